#ifndef APP_JOB_LEDGER_H
#define APP_JOB_LEDGER_H
/* app/job_ledger.h — the job "ledger": the ledger's static files (app/ledger_export.h) as a zip. The request is {}. */
#include "app/job_work.h"

extern const struct job_kind job_ledger;

#endif
