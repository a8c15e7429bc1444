// SPDX-License-Identifier: GPL-3.0-or-later
// The socket of the daemon: where it is, and both ends of it.
#ifndef CONTROL_ENDPOINT_H
#define CONTROL_ENDPOINT_H
#include "base/diag.h"
#include "base/path.h"
#include "base/status.h"

// $ROLLCALL_SOCKET, else $XDG_RUNTIME_DIR/rollcall.sock.  STATUS_NOT_FOUND
// where neither is set.
enum status
endpoint_path(char path[PATH_SIZE], struct diag *diag);

// A socket that listens at PATH, for its owner alone; *fd is the caller's.
// What a daemon that was killed has left there is replaced; where one answers,
// STATUS_BAD_INPUT.
enum status
endpoint_listen(int *fd, const char *path, struct diag *diag);

// STATUS_NOT_FOUND where nobody listens.
enum status
endpoint_connect(int *fd, const char *path, struct diag *diag);
#endif
