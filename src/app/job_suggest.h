#ifndef APP_JOB_SUGGEST_H
#define APP_JOB_SUGGEST_H
/* app/job_suggest.h — the job "suggest": the whole registry of sites is searched for rows that may be one (registry_suggest.h). */
#include "app/job_work.h"

extern const struct job_kind job_suggest;

#endif
