// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/media.h"

#include <math.h>
#include <string.h>

#define STEP_S     10 // of more_time and less_time
#define MOST_STEPS 6

static bool
is_active(const struct state *state)
{
    return state->activity == ACTIVITY_PLAYING ||
           state->activity == ACTIVITY_PAUSED;
}

// Where a session explains, or waits for somebody to be ready.
static bool
is_before_start(const struct state *state)
{
    return strcmp(state->kind, "intro") == 0 ||
           strcmp(state->kind, "setup") == 0 ||
           strcmp(state->kind, "ready") == 0;
}

static enum command
play(const struct state *state)
{
    if (state->activity == ACTIVITY_IDLE) return COMMAND_START;
    if (state->activity == ACTIVITY_PAUSED) return COMMAND_RESUME;
    return state->activity == ACTIVITY_PLAYING && is_before_start(state)
               ? COMMAND_START
               : COMMANDS;
}

enum command
media_command(const struct state *state, enum media_key key)
{
    switch (key) {
    case MEDIA_PLAY: return play(state);
    case MEDIA_PLAY_PAUSE:
        return play(state) == COMMANDS ? media_command(state, MEDIA_PAUSE)
                                       : play(state);
    case MEDIA_PAUSE:
        return state->activity == ACTIVITY_PLAYING ? COMMAND_PAUSE : COMMANDS;
    case MEDIA_STOP: return is_active(state) ? COMMAND_END_SESSION : COMMANDS;
    case MEDIA_NEXT: return is_active(state) ? COMMAND_NEXT : COMMANDS;
    case MEDIA_PREVIOUS: return is_active(state) ? COMMAND_BACK : COMMANDS;
    }
    return COMMANDS;
}

enum command
media_seek(const struct state *state, double position, double target,
           int *times)
{
    double steps = fabs(target - position) / STEP_S;

    *times = 1;
    if (!is_active(state) || !state->length) return COMMANDS;
    if (target >= state->length) return COMMAND_NEXT;
    if (target <= 0) return COMMAND_REPEAT_SET;
    *times = steps > MOST_STEPS ? MOST_STEPS : (int)lround(steps);
    if (*times == 0) return COMMANDS;
    return target > position ? COMMAND_LESS_TIME : COMMAND_MORE_TIME;
}
