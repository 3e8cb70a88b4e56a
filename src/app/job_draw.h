#ifndef APP_JOB_DRAW_H
#define APP_JOB_DRAW_H
/*
 * app/job_draw.h — the jobs "draw" and "draw-audit": a draw's dr1 folder as a zip, in the public or the auditor's form
 * (app/life_export.h), which asks the rights of whoever wants it. The request is {draw}.
 */
#include "app/job_work.h"

extern const struct job_kind job_draw, job_draw_audit;

MUST_USE const char *job_draw_request(struct arena *a, const char *draw);

#endif
