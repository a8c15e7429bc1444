// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/questions.h"

#define ANSWER_MS 8000 // time for an answer, each time it is asked
#define START_MS  500

_Static_assert(PHRASE_ASK_FRESH_BACK_STRAIN - PHRASE_ASK_OPEN_WOUND ==
                   GATE_SCREENED - 1,
               "a question for every screened gate, in their order");

static const char *
text_of(const struct compiler *c, enum phrase phrase)
{
    return phrase_text(c->draft.voice->book, phrase);
}

// Ends the segment at hand with the question, asked twice.
static struct segment *
end_asking(struct compiler *c, const char *question, enum asks asks, int about)
{
    draft_line(&c->draft, question, ANSWER_MS);
    draft_line(&c->draft, question, ANSWER_MS);
    struct segment *segment = draft_end_spoken(&c->draft, SEGMENT_QUESTION);
    segment->asks           = asks;
    segment->about          = about;
    return segment;
}

void
questions_add_screening(struct compiler *c)
{
    for (int gate = 0; gate < GATE_SCREENED; gate++) {
        draft_begin(&c->draft, START_MS);
        if (gate == 0) {
            draft_line(&c->draft, text_of(c, PHRASE_EDUCATION),
                       COMPILER_BETWEEN_LINES);
            draft_line(&c->draft, text_of(c, PHRASE_SCREEN_HELLO),
                       COMPILER_BETWEEN_LINES);
        }
        end_asking(c, text_of(c, (enum phrase)(PHRASE_ASK_OPEN_WOUND + gate)),
                   ASKS_GATE, gate);
    }
}

void
questions_add_thanks(struct compiler *c)
{
    draft_begin(&c->draft, START_MS);
    draft_line(&c->draft, text_of(c, PHRASE_SCREENED), 0);
    draft_end_spoken(&c->draft, SEGMENT_OUTRO);
}

void
questions_add_discomfort(struct compiler *c, int after)
{
    draft_begin(&c->draft, START_MS + COMPILER_AFTER_TONE);
    end_asking(c, text_of(c, after ? PHRASE_ASK_AFTER : PHRASE_ASK_BEFORE),
               ASKS_DISCOMFORT, after);
}

void
questions_add_side(struct compiler *c, const struct exercise *exercise,
                   int index)
{
    struct phrase_value title = {.name = "title", .text = exercise->title};

    draft_begin(&c->draft, START_MS + COMPILER_AFTER_TONE);
    const char *question = draft_expand(&c->draft, PHRASE_ASK_SIDE, &title, 1);
    end_asking(c, question, ASKS_SIDE, index)->exercise = index;
}
