/*
 * status.h - how a call went. A value exists only where a caller acts on it.
 *
 * What failed is said in words once, where it is known, by log_error().
 */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

enum status {
	OK,
	NOT_FOUND,
	CONFLICT, /* taken already, or changed by someone else meanwhile */
	INVALID,  /* the input is at fault, and the caller says where */
	DENIED,
	FAILED, /* the system: disk, network, memory; logged where it happened */
};

/* The result of the call may not be ignored. */
#define CHECKED __attribute__((warn_unused_result))

#endif
