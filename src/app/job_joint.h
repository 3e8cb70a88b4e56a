#ifndef APP_JOB_JOINT_H
#define APP_JOB_JOINT_H
/*
 * app/job_joint.h — the job "joint": another department's draw is prepared beside the lead's, with the list of its people that was
 * uploaded (app/life_prepare.h, kind joint). The request is {department, lead, replaces?, upload}.
 */
#include "app/job_work.h"

extern const struct job_kind job_joint;

struct job_joint_ask {
	const char *lead, *department, *upload;
	const char *replaces; /* NULL: none */
};
MUST_USE const char *job_joint_request(struct arena *a, const struct job_joint_ask *ask);

#endif
