// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/draft.h"

#include "base/arena.h"
#include <string.h>

int64_t
draft_frames(const struct draft *draft, int64_t ms)
{
    return ms * draft->voice->rate / 1000;
}

struct cue *
draft_cue(struct draft *draft, const char *text, enum importance importance)
{
    if (draft->cue_count == PLAN_MOST_CUES || !*text) return NULL;
    int64_t length = draft->voice->length(draft->voice->ctx, text);
    if (length <= 0) return NULL; // logged by the speech module

    struct cue *cue = &draft->cues[draft->cue_count++];
    *cue            = (struct cue){
                   .text       = text,
                   .length     = length,
                   .importance = importance,
    };
    return cue;
}

void
draft_line(struct draft *draft, const char *text, int gap_ms)
{
    struct cue *cue = draft_cue(draft, text, IMPORTANCE_LINE);
    if (!cue) return;
    cue->anchor      = ANCHOR_START;
    cue->offset      = draft->cursor;
    cue->instruction = true;
    draft->cursor += cue->length + draft_frames(draft, gap_ms);
}

void
draft_exact(struct draft *draft, enum phrase phrase, enum anchor anchor, int ms,
            enum importance importance)
{
    struct cue *cue =
        draft_cue(draft, phrase_text(draft->voice->book, phrase), importance);
    if (!cue) return;
    cue->anchor = anchor;
    cue->offset = -draft_frames(draft, ms);
    cue->exact  = true;
}

void
draft_count(struct draft *draft)
{
    draft_exact(draft, PHRASE_THREE, ANCHOR_END, 3000, IMPORTANCE_COUNT);
    draft_exact(draft, PHRASE_TWO, ANCHOR_END, 2000, IMPORTANCE_COUNT);
    draft_exact(draft, PHRASE_ONE, ANCHOR_END, 1000, IMPORTANCE_COUNT);
}

const char *
draft_keep(struct draft *draft, const char *text)
{
    const char *kept = arena_text(draft->arena, text, strlen(text));
    if (!kept) draft->failed = true;
    return kept ? kept : "";
}

const char *
draft_expand(struct draft *draft, enum phrase phrase,
             const struct phrase_value *values, size_t count)
{
    char text[PHRASE_SIZE];
    phrase_expand(text, draft->voice->book, phrase, values, count);
    return draft_keep(draft, text);
}

const char *
draft_expand_duration(struct draft *draft, enum phrase phrase, int64_t ms)
{
    char text[PHRASE_SIZE];
    phrase_duration(text, draft->voice->book, (long)((ms + 500) / 1000));
    struct phrase_value value = {.name = "duration", .text = text};
    return draft_expand(draft, phrase, &value, 1);
}

void
draft_begin(struct draft *draft, int start_ms)
{
    draft->cue_count = 0;
    draft->cursor    = draft_frames(draft, start_ms);
}

struct segment *
draft_end(struct draft *draft, enum segment_kind kind, int64_t length)
{
    if (draft->count == PLAN_MOST_SEGMENTS) {
        draft->full = true;
        return &draft->segments[draft->count - 1];
    }
    int64_t         tenth   = draft->voice->rate / 10;
    struct segment *segment = &draft->segments[draft->count++];
    struct cue     *cues =
        arena_alloc(draft->arena, draft->cue_count, sizeof *cues);
    *segment = (struct segment){
        .kind     = kind,
        .exercise = -1,
        .length   = (length + tenth - 1) / tenth * tenth,
    };
    if (!cues) {
        draft->failed = true;
        return segment;
    }
    memcpy(cues, draft->cues, draft->cue_count * sizeof *cues);
    segment->cues  = cues;
    segment->count = draft->cue_count;
    return segment;
}

struct segment *
draft_end_spoken(struct draft *draft, enum segment_kind kind)
{
    struct segment *segment = draft_end(
        draft, kind, draft->cursor + draft_frames(draft, DRAFT_AFTER_WORDS_MS));
    segment->spoken = true;
    return segment;
}
