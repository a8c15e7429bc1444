// SPDX-License-Identifier: GPL-3.0-or-later
// What "rollcall setup" keeps of a person, and how they have it forgotten.
#ifndef CLI_FORGET_H
#define CLI_FORGET_H

// Removes the file PATH and tells; where there is none, that there is nothing
// to forget: NOTHING.  The exit status.
int
forget_file(const char *path, const char *nothing);
#endif
