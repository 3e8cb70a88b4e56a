#ifndef APP_DOCTOR_H
#define APP_DOCTOR_H
/*
 * app/doctor.h — is this machine fit for the office, and the office for work? Looks only, changes nothing. Each step
 * is ✓, ✗ (work is at risk now) or a remark (VERIFY_UNKNOWN: somebody should look), with what to do.
 */
#include "app/doctor_report.h"
#include "app/office.h"

/* Fills the report, texts in the arena. */
void doctor_look(struct arena *a, const struct office_where *where, struct doctor_report *ret);

#endif
