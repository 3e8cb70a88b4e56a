#ifndef BASE_STATUS_H
#define BASE_STATUS_H
/*
 * base/status.h — the codes that functions above core return: 0 or one of these.
 * A function's header comment says which it can return; outputs are untouched on failure.
 */
enum status {
	OK = 0,
	NONE = -1,        /* there is no such thing */
	INVALID = -2,     /* the input is wrong; the caller was told where and why */
	FORBIDDEN = -3,   /* the actor may not do this */
	CONFLICT = -4,    /* somebody else changed it first, or it exists already */
	TOO_LARGE = -5,   /* a stated limit was exceeded */
	IO_ERROR = -6,    /* the operating system refused; errno says why */
	NO_SPACE = -7,    /* the disk is full */
	UNAVAILABLE = -8, /* a service (database, helper process) cannot be reached */
	CANCELLED = -9    /* the user or a time limit stopped it */
};

#endif
