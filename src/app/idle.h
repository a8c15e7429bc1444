// SPDX-License-Identifier: GPL-3.0-or-later
// Between sessions: waits for the phrase that starts one, or for a wish.
#ifndef APP_IDLE_H
#define APP_IDLE_H
#include "app/player.h"
#include "app/steering.h"

struct idle;

// OPTIONS as the sessions have them: the microphone is listened to where they
// listen on a sound device.  Opens no device yet.
enum status
idle_new(struct idle **out, const struct player_options *options,
         struct steering *steering);

void
idle_free(struct idle *idle); // NULL is fine

enum idle_end {
    IDLE_WOKEN, // the start phrase was said
    IDLE_WISH,  // *wish is a WISH_PLAY, to be answered
    IDLE_INTERRUPTED,
};

// Answers what can be answered while nothing is being played.  No device is
// open when it returns.
enum idle_end
idle_wait(struct idle *idle, struct wish *wish);
#endif
