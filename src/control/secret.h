// SPDX-License-Identifier: GPL-3.0-or-later
// A password from a file of its owner's.
#ifndef CONTROL_SECRET_H
#define CONTROL_SECRET_H
#include "base/diag.h"
#include "base/status.h"
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

// The first line of the file PATH, which nobody but its owner may read, or,
// below $CREDENTIALS_DIRECTORY, its group; one of nothing, or that does not
// fit, is STATUS_BAD_INPUT, too.  The text never stands in *diag.
enum status
secret_read(char *secret, size_t size, const char *path, struct diag *diag);

// Leaves nothing of it in memory.
void
secret_forget(char *secret, size_t size);

// Whether a file of that MODE at PATH is for its owner's eyes, or for whom
// systemd handed it over to.
bool
secret_is_private(const char *path, mode_t mode);
#endif
