// SPDX-License-Identifier: GPL-3.0-or-later
// What the program says about itself, on stderr.  Never from a library's
// failure path (that is struct diag) and never from the audio callback.
#ifndef BASE_LOG_H
#define BASE_LOG_H

enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO, LOG_DEBUG };

// What is shown from now on; LOG_WARNING at start.  Any thread.
void
log_level(enum log_level level);

// One line, "rollcall: ..." with a newline added.  Any thread.
void
log_print(enum log_level level, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
#endif
