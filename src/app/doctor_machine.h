#ifndef APP_DOCTOR_MACHINE_H
#define APP_DOCTOR_MACHINE_H
/* app/doctor_machine.h — what the office stands on. */
#include "app/doctor_report.h"

/* The machine: user, descriptors, clock, fonts, sandbox, and room on the disk of each folder (NULL at the end). */
void doctor_machine(struct doctor_report *r, const char *const *folders);

#endif
