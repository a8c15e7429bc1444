// SPDX-License-Identifier: GPL-3.0-or-later
// A plan being written: the segment at hand gathers cues, then is kept.
#ifndef PLAN_DRAFT_H
#define PLAN_DRAFT_H
#include "plan/plan.h"

#define DRAFT_AFTER_WORDS_MS 700 // quiet at the end of a spoken segment

struct draft {
    struct arena            *arena;
    const struct plan_voice *voice;
    struct segment          *segments; // room for PLAN_MOST_SEGMENTS + 1
    size_t                   count;
    // The segment at hand.
    struct cue cues[PLAN_MOST_CUES];
    size_t     cue_count;
    int64_t    cursor; // where the next line of a row begins
    bool       full;   // more segments than there is room for
    bool       failed; // no memory
};

int64_t
draft_frames(const struct draft *draft, int64_t ms);

// A new segment, its first line START_MS after its beginning.
void
draft_begin(struct draft *draft, int start_ms);

// Adds a cue, to be placed by the caller.  NULL where TEXT is empty, cannot be
// said, or finds no room.
struct cue *
draft_cue(struct draft *draft, const char *text, enum importance importance);

// A line after the lines before it in this segment, GAP_MS of silence behind.
void
draft_line(struct draft *draft, const char *text, int gap_ms);

// A phrase exactly MS before its anchor, or not at all.
void
draft_exact(struct draft *draft, enum phrase phrase, enum anchor anchor, int ms,
            enum importance importance);

// "Three", "two", "one" before the end.
void
draft_count(struct draft *draft);

// Keeps the cues gathered so far as a segment of at least LENGTH frames: up to
// the next tenth of a second, so that times are short to write.
struct segment *
draft_end(struct draft *draft, enum segment_kind kind, int64_t length);

// The same, as long as its lines.
struct segment *
draft_end_spoken(struct draft *draft, enum segment_kind kind);

// A copy of TEXT, kept as long as the plan.
const char *
draft_keep(struct draft *draft, const char *text);

// A phrase with values, kept as long as the plan.
const char *
draft_expand(struct draft *draft, enum phrase phrase,
             const struct phrase_value *values, size_t count);

// A phrase with a {duration}.
const char *
draft_expand_duration(struct draft *draft, enum phrase phrase, int64_t ms);
#endif
