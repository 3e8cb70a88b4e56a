#ifndef HTTP_API_JOB_H
#define HTTP_API_JOB_H
/* http/api_job.h — what endpoints that start a job answer. */
#include "app/job.h"
#include "http/request.h"

/* 202 with the shape Job, and where to look at it. */
MUST_USE int api_job_accepted(struct request *q, const struct job_row *row);

/* Answers with a kept file (app/file_store.h), as an attachment of that name. Its codes. */
MUST_USE int api_job_file(struct request *q, const char *tag, int64_t size, const char *name);

#endif
