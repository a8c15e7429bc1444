// SPDX-License-Identifier: GPL-3.0-or-later
// What is done when the sound device is lost in the middle of a session.
//
// The engine's frames stand while there is no device, and the session's time
// with them.
#ifndef APP_RECOVER_H
#define APP_RECOVER_H
#include "app/playing.h"

// Pauses, waits until the device is there again, and says where we were.
// Where the sound system hangs it does not return: the session goes on in a
// fresh start of the program.  LEAD: frames decided ahead.
enum status
recover_device(struct player *p, int64_t lead);

// Pauses, where the session can, and keeps where it is.
void
recover_pause(struct player *p, int64_t frame);

// Says where we were; then, in recover_come_back(), the session goes on.
void
recover_begin_return(struct player *p, int64_t frame);
void
recover_come_back(struct player *p, int64_t frame);

// There was no sound for a session that goes on in this start of the program:
// once more from the start, a little later.  Returns only where the person
// has enough of it.
enum status
recover_later(struct player *p, struct player_result *result,
              struct diag *diag);
#endif
