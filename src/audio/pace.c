// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/pace.h"

#include <string.h>

enum {
    SURE = 300, // ms that it stays behind before it is believed
};

static const double slack  = 0.12; // s: bursts are shorter
static const double follow = 0.01; // of a difference, with each look

void
pace_begin(struct pace *pace, unsigned rate)
{
    memset(pace, 0, sizeof *pace);
    pace->rate = rate;
}

static double
ahead_of(const struct pace *pace, long long now, int64_t frames)
{
    double due = (double)(now - pace->begin) * pace->rate / 1000;
    return (double)(frames - pace->frames) - due;
}

static void
start(struct pace *pace, long long now, int64_t frames)
{
    pace_begin(pace, pace->rate);
    pace->going  = true;
    pace->begin  = now;
    pace->frames = frames;
}

static void
fall_behind(struct pace *pace, long long now, double behind)
{
    pace->behind = behind;
    pace->since  = now;
}

int64_t
pace_look(struct pace *pace, long long now, int64_t frames)
{
    if (!pace->going) start(pace, now, frames);
    double behind = pace->ahead - ahead_of(pace, now, frames);

    if (behind < slack * pace->rate) {
        pace->ahead -= follow * behind;
        pace->since = 0;
    } else if (!pace->since || behind > pace->behind + slack / 2 * pace->rate) {
        fall_behind(pace, now, behind); // or stands still yet
    } else if (now - pace->since >= SURE) {
        start(pace, now, frames);
        return (int64_t)behind;
    }
    return 0;
}
