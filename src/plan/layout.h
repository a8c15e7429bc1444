// SPDX-License-Identifier: GPL-3.0-or-later
// Where the cues of one segment go: never overlapping, never past its end, the
// least important left out when time is short.  Pure; allocates nothing.
#ifndef PLAN_LAYOUT_H
#define PLAN_LAYOUT_H
#include "plan/plan.h"

#define LAYOUT_DROPPED (-1)

// A stretch of a segment in which nothing may be placed.
struct layout_span {
    int64_t from;
    int64_t to;
};

// Places the cues of SEGMENT as if it were LENGTH frames long.  AT[i] is where
// cue i begins, in frames from the segment's start, or LAYOUT_DROPPED.
void
layout_place(const struct segment *segment, unsigned rate, int64_t length,
             int64_t at[PLAN_MOST_CUES]);

// Places again what has not begun before NOW, with a new LENGTH.  Cues with
// AT[i] < NOW stay; those of them that hang from the end and lie ahead again
// ("ten seconds") come again.  BUSY are COUNT stretches taken by speech: what
// is being said, and answers.
void
layout_replace(const struct segment *segment, unsigned rate, int64_t length,
               int64_t now, const struct layout_span *busy, size_t count,
               int64_t at[PLAN_MOST_CUES]);

// The first frame from FROM on where LENGTH frames of speech cover neither a
// count nor a line that begins between NOW and then, and end before the
// segment does; or LAYOUT_DROPPED.  AT as placed before.
int64_t
layout_gap(const struct segment *segment, unsigned rate, int64_t segment_length,
           int64_t now, int64_t from, int64_t length,
           const int64_t at[PLAN_MOST_CUES]);
#endif
