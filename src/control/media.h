// SPDX-License-Identifier: GPL-3.0-or-later
// What the words of a media player mean for a session.
#ifndef CONTROL_MEDIA_H
#define CONTROL_MEDIA_H
#include "control/board.h"

enum media_key {
    MEDIA_PLAY,
    MEDIA_PAUSE,
    MEDIA_PLAY_PAUSE,
    MEDIA_STOP,
    MEDIA_NEXT,
    MEDIA_PREVIOUS,
};

// The command for KEY where the session stands as STATE tells; COMMANDS: none.
enum command
media_command(const struct state *state, enum media_key key);

// Going to TARGET seconds of a segment at POSITION: past its end is the next
// one, before its start the set again; in between its end moves by steps of
// ten seconds, *times of them.  COMMANDS: nothing.
enum command
media_seek(const struct state *state, double position, double target,
           int *times);
#endif
