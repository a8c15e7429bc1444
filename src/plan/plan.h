// SPDX-License-Identifier: GPL-3.0-or-later
// A plan: the segments of a session in their order, each with the cues that
// hang from its start, its middle or its end.  All times are frames.
//
// A plan never changes; what a person's commands change is the session's.
#ifndef PLAN_PLAN_H
#define PLAN_PLAN_H
#include "base/diag.h"
#include "base/status.h"
#include "plan/phrasebook.h"
#include "routine/answers.h"
#include "routine/routine.h"
#include <stdint.h>

#define PLAN_MOST_CUES     80
#define PLAN_MOST_SEGMENTS 4000

enum segment_kind {
    SEGMENT_INTRO,
    SEGMENT_SETUP,
    SEGMENT_READY,
    SEGMENT_LEAD_IN,
    SEGMENT_WORK,
    SEGMENT_CHANGE,
    SEGMENT_REST,
    SEGMENT_QUESTION,
    SEGMENT_OUTRO,
    SEGMENT_KINDS
};

enum side { SIDE_NONE, SIDE_LEFT, SIDE_RIGHT };

// What the tone at a segment's end tells.
enum segment_end {
    END_SILENT,
    END_GO, // work begins
    END_SIDE,
    END_SET,
    END_EXERCISE,
    END_SESSION,
};

// What a question is about.
enum asks {
    ASKS_NOTHING,
    ASKS_GATE,       // yes or no
    ASKS_SIDE,       // left or right
    ASKS_DISCOMFORT, // 0 to 10
};

enum anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };

// What yields to what when time is short: the lower value goes first.
enum importance {
    IMPORTANCE_TIP,
    IMPORTANCE_HALFWAY,
    IMPORTANCE_LINE,
    IMPORTANCE_TEN,
    IMPORTANCE_COUNT,
};

struct cue {
    enum anchor     anchor;
    int64_t         offset; // from the anchor to the first sample
    int64_t         length;
    int64_t         leave; // frames before the segment's end left free
    const char     *text;
    enum importance importance;
    bool            exact;       // at its frame or not at all; else later
    bool            instruction; // what "repeat" says again
};

struct segment {
    enum segment_kind kind;
    int               exercise; // index in the routine, -1: none
    int               set;      // 1.., 0: before the first
    int               sets;
    enum side         side;
    int64_t           length;
    bool              open;   // lasts until told; a render gives it its length
    bool              spoken; // as long as its words: its clock may wait
    enum segment_end  end;
    int               pace; // strokes a minute to give by tones, 0: none
    enum asks         asks;
    int               about; // the gate; discomfort: 0 before, 1 after
    size_t            count;
    const struct cue *cues;
};

// How much is said.
enum talk {
    TALK_FULL,
    TALK_USUAL, // as much, but the less the better an exercise is known
    TALK_BRIEF,
    TALK_QUIET,
    TALKS
};

#define PLAN_MOST_NOTES 16

// What a person has answered in a session, or before it; a plan is made for it.
struct given {
    gate_set  asked;                         // the gates that were answered
    gate_set  gates;                         // ... with yes
    enum side first[ROUTINE_MOST_EXERCISES]; // SIDE_NONE: not answered
    int       discomfort[2]; // before and after: 1 more than said, 0: not said
};

// Whether a plan for the one will do for the other.
bool
given_is_same(const struct given *a, const struct given *b);

struct plan_options {
    enum level level;
    enum talk  talk;
    int        sets;       // 0: what the routine says
    enum level sets_level; // whose end of the range of sets
    bool       listening;  // a person is told what to say
    bool       deaf;       // wanted to listen, but there is no microphone
    // The exercises to do, by their index in the routine, in this order; none:
    // all of them.
    size_t choices;
    int    choice[ROUTINE_MOST_EXERCISES];
    // Said in the intro: what was left out, and why.
    size_t       notes;
    const char  *note[PLAN_MOST_NOTES];
    bool         attended;       // someone can end an open segment
    bool         screening;      // the ten questions come first
    bool         discomfort;     // asked before and after
    bool         nothing;        // all exercises are left out, see plan_gate()
    bool         only_questions; // no session follows them
    struct given given;
    bool         pace; // tones for the strokes, where a routine has a pace
    // How often the exercise of that name in a history was done before, for
    // words that grow fewer with less talk than TALK_FULL; NULL: never.
    int (*met)(void *ctx, const char *known_as);
    void *met_ctx;
};

// What is said, and how long a spoken text is, in frames at RATE.
struct plan_voice {
    unsigned                 rate;
    const struct phrasebook *book;
    const struct answers    *answers; // a session needs them, a plan does not
    int64_t (*length)(void *ctx, const char *text);
    void *ctx;
};

struct arena;

struct plan {
    unsigned              rate;
    const struct routine *routine; // must outlive the plan
    size_t                count;   // at least one segment
    const struct segment *segments;
    int64_t               length; // of all segments
    struct arena         *arena;  // what the texts and cues live in
};

enum status
plan_compile(struct plan **out, const struct routine *routine,
             const struct plan_options *options, const struct plan_voice *voice,
             struct diag *diag);

void
plan_free(struct plan *plan); // NULL is fine

// The same session at every level and with every amount of talk: the same
// segments in the same order, other doses and words.
struct plan_set {
    struct plan *plan[LEVELS][TALKS];
};

// All plans of ROUTINE, with the sets that OPTIONS's own level asks for.
enum status
plan_set_compile(struct plan_set *set, const struct routine *routine,
                 const struct plan_options *options,
                 const struct plan_voice *voice, struct diag *diag);

void
plan_set_release(struct plan_set *set); // zeroed is fine

// The exercise a segment belongs to, NULL where none.
const struct exercise *
plan_exercise(const struct plan *plan, const struct segment *segment);

// "lead_in", "left" (NULL for SIDE_NONE): as in events and JSON.
const char *
segment_kind_name(enum segment_kind kind);
const char *
side_name(enum side side);

// Names as options give them; false where TEXT is none of them.
bool
level_parse(enum level *level, const char *text);
bool
talk_parse(enum talk *talk, const char *text);
#endif
