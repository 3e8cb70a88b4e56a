#ifndef BASE_SECRET_H
#define BASE_SECRET_H
/* base/secret.h — a process that holds a secret leaves no trace of its memory. */

/*
 * No core dump of this process from now on, and no debugger of the same user. Builds with a sanitizer only give
 * up the core dump: their leak check has to look into the process.
 */
void secret_process(void);

#endif
