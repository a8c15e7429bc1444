// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/state.h"

#include "base/text.h"
#include "session/session.h"
#include <string.h>

void
state_clear(struct state *state)
{
    memset(state, 0, sizeof *state);
}

bool
state_is_same(const struct state *a, const struct state *b)
{
    // NOLINTNEXTLINE(bugprone-suspicious-memory-comparison): all are cleared
    return memcmp(a, b, sizeof *a) == 0;
}

const char *
activity_name(enum activity activity)
{
    static const char *const names[ACTIVITIES] = {"idle", "starting", "playing",
                                                  "paused"};
    return names[activity];
}

static json_t *
text_or_null(const char *text)
{
    return *text ? json_string(text) : json_null();
}

static json_t *
number_or_null(int number)
{
    return number ? json_integer(number) : json_null();
}

json_t *
state_json(const struct state *s)
{
    int  left = s->length - s->position;
    char problem[sizeof s->problem];

    text_copy(problem, sizeof problem, s->problem);
    text_mend(problem); // a file or a device may be called anything
    return json_pack(
        "{s:s,s:b,s:b,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:i,s:i,s:i,s:i,s:i,"
        "s:o,s:o,s:o}",
        "state", activity_name(s->activity), "muted", s->muted, "hears",
        s->hears, "selected", text_or_null(s->selected), "routine",
        text_or_null(s->routine), "title", text_or_null(s->title), "kind",
        text_or_null(s->kind), "exercise", text_or_null(s->exercise),
        "exercise_title", text_or_null(s->exercise_title), "side",
        text_or_null(s->side), "set", number_or_null(s->set), "sets",
        number_or_null(s->sets), "position", s->position, "length", s->length,
        "left", left > 0 ? left : 0, "session_left", s->session_left, "volume",
        s->volume, "command", text_or_null(s->command), "source",
        text_or_null(s->source), "problem", text_or_null(problem));
}

#define RANGE (SESSION_LOUDEST - SESSION_QUIETEST)

int
state_percent(int decibels)
{
    return ((decibels - SESSION_QUIETEST) * 100 + RANGE / 2) / RANGE;
}

int
state_decibels(int percent)
{
    return SESSION_QUIETEST + (percent * RANGE + 50) / 100;
}
