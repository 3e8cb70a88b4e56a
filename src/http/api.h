#ifndef HTTP_API_H
#define HTTP_API_H
/* http/api.h — all endpoints, one table a file api_*.c. */
#include "http/route.h"

extern const struct route api_account[], api_health[], api_session[];
extern const size_t api_account_count, api_health_count, api_session_count;

/* All tables as one; free it with routes_free. */
MUST_USE struct routes *api_routes(void);

#endif
