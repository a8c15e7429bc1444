// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/layout.h"

// Silence between two utterances, and before the zero tone.
static int64_t
gap_of(const struct cue *a, const struct cue *b, unsigned rate)
{
    bool counting =
        a->importance == IMPORTANCE_COUNT && b->importance == IMPORTANCE_COUNT;
    return counting ? 0 : rate / 5;
}

static int64_t
wanted(const struct cue *cue, int64_t length)
{
    switch (cue->anchor) {
    case ANCHOR_START: return cue->offset;
    case ANCHOR_MIDDLE: return length / 2 + cue->offset;
    default: return length + cue->offset;
    }
}

// What one pass of placing knows.
struct pass {
    const struct segment     *segment;
    unsigned                  rate;
    int64_t                   length;
    int64_t                   now;
    const struct layout_span *busy;
    size_t                    busy_count;
    int64_t                  *at;
    bool                      placed[PLAN_MOST_CUES];
};

// Where speech [from, from + cue->length) may begin instead, given what it
// runs into; FROM itself when it runs into nothing.
static int64_t
push_back(const struct pass *pass, const struct cue *cue, int64_t from)
{
    const struct cue *cues = pass->segment->cues;

    for (size_t i = 0; i < pass->segment->count; i++) {
        if (!pass->placed[i]) continue;
        int64_t gap = gap_of(cue, &cues[i], pass->rate);
        int64_t end = pass->at[i] + cues[i].length + gap;
        if (from < end && from + cue->length + gap > pass->at[i]) return end;
    }
    for (size_t i = 0; i < pass->busy_count; i++) {
        int64_t gap = pass->rate / 5;
        int64_t end = pass->busy[i].to + gap;
        if (from < end && from + cue->length + gap > pass->busy[i].from)
            return end;
    }
    return from;
}

static void
place(struct pass *pass, size_t i)
{
    const struct cue *cue   = &pass->segment->cues[i];
    int64_t           from  = wanted(cue, pass->length);
    int64_t           least = pass->now;

    pass->at[i] = LAYOUT_DROPPED;
    if (from < least && (cue->exact || cue->anchor != ANCHOR_START)) return;
    if (from < least) from = least;
    for (;;) {
        if (from + cue->length + cue->leave > pass->length) return;
        int64_t later = push_back(pass, cue, from);
        if (later == from) break;
        if (cue->exact) return;
        from = later;
    }
    pass->at[i]     = from;
    pass->placed[i] = true;
}

// The most important first; among equals in their order.
static void
place_all(struct pass *pass, const bool skip[PLAN_MOST_CUES])
{
    for (int level = IMPORTANCE_COUNT; level >= IMPORTANCE_TIP; level--) {
        for (size_t i = 0; i < pass->segment->count; i++) {
            if (skip[i]) continue;
            if ((int)pass->segment->cues[i].importance == level) place(pass, i);
        }
    }
}

void
layout_place(const struct segment *segment, unsigned rate, int64_t length,
             int64_t at[PLAN_MOST_CUES])
{
    struct pass pass = {
        .segment = segment, .rate = rate, .length = length, .at = at};
    const bool skip[PLAN_MOST_CUES] = {false};

    place_all(&pass, skip);
}

void
layout_replace(const struct segment *segment, unsigned rate, int64_t length,
               int64_t now, const struct layout_span *busy, size_t count,
               int64_t at[PLAN_MOST_CUES])
{
    struct pass pass                 = {.segment    = segment,
                                        .rate       = rate,
                                        .length     = length,
                                        .now        = now,
                                        .busy       = busy,
                                        .busy_count = count,
                                        .at         = at};
    bool        skip[PLAN_MOST_CUES] = {false};

    for (size_t i = 0; i < segment->count; i++) {
        const struct cue *cue    = &segment->cues[i];
        bool              begun  = at[i] != LAYOUT_DROPPED && at[i] < now;
        bool              missed = at[i] == LAYOUT_DROPPED;
        bool again = cue->anchor == ANCHOR_END && wanted(cue, length) >= now;

        // A line that found no room before is not dug out again.
        if (missed && cue->anchor == ANCHOR_START) skip[i] = true;
        if (begun && !again) skip[i] = true;
    }
    place_all(&pass, skip);
}

int64_t
layout_gap(const struct segment *segment, unsigned rate, int64_t segment_length,
           int64_t now, int64_t from, int64_t length,
           const int64_t at[PLAN_MOST_CUES])
{
    int64_t gap    = rate / 5;
    int64_t before = from;

    for (bool moved = true; moved;) {
        moved = false;
        for (size_t i = 0; i < segment->count; i++) {
            bool important = segment->cues[i].importance >= IMPORTANCE_TEN;
            bool soon      = at[i] < before;
            if (at[i] < now || (!important && !soon)) continue;
            int64_t end = at[i] + segment->cues[i].length + gap;
            if (from < end && from + length + gap > at[i]) {
                from  = end;
                moved = true;
            }
        }
    }
    return from + length + gap > segment_length ? LAYOUT_DROPPED : from;
}
