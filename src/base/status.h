// SPDX-License-Identifier: GPL-3.0-or-later
// How a call went.  The words for a person are in the struct diag beside it.
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

enum status {
    STATUS_OK,
    STATUS_BAD_INPUT, // a file, option or value that cannot be used
    STATUS_NOT_FOUND, // what was named is not there
    STATUS_FAILED,    // the system or a library failed
    STATUS_NO_MEMORY,
    STATUS_NO_DEVICE, // no such sound device, or none at all
    STATUS_LOST,      // a device that was there is gone
};

// The exit status of a program that ends with this: 0 done, 1 the work failed,
// 2 wrong usage or bad input.
int
status_exit(enum status status);
#endif
