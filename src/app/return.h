// SPDX-License-Identifier: GPL-3.0-or-later
// A session that broke off, and goes on in another run of the program.
#ifndef APP_RETURN_H
#define APP_RETURN_H
#include "app/playing.h"

// Prepares the session that broke off, where there is one of the routine file
// PATH that fits OPTIONS and the person wants it or CAN be asked.  False: a new
// one is to be prepared.
bool
return_open(struct player *p, const char *path,
            const struct prepare_options *options, bool can_answer);

// Whether it is worth to be offered still.
bool
return_is_recent(const struct bookmark *bookmark);

// What the bookmark of the session that is prepared must tell.
void
return_describe(struct player *p, const char *path,
                const struct prepare_options *options);

// In place of the start: at the place where it broke off.
void
return_begin(struct player *p, struct effects *fx);
#endif
