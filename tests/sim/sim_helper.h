// SPDX-License-Identifier: GPL-3.0-or-later
// A session on a virtual clock of 1000 frames a second: frames read as
// milliseconds.  Speech takes 50 ms a letter, so lengths can be told from the
// text.
#ifndef SIM_HELPER_H
#define SIM_HELPER_H
#include "session/session.h"

#define SECOND 1000

#define SIM_MOST_PLANS 32

struct sim {
    struct routine     *routine;
    struct phrasebook  *book;
    struct answers     *answers;
    struct plan_options options;
    struct plan_set     plans[SIM_MOST_PLANS]; // the first it begins with
    size_t              compiled;
    const struct plan  *plan; // the one it begins with
    struct session_undo undo;
    struct plan_voice   voice;
    struct session      session;
    char                log[1 << 16]; // "FRAME what\n" for every effect
    size_t              log_length;
    int64_t             ended; // frame, or -1
};

// A session of the routine in YAML text, started at frame 0.
void
sim_open(struct sim *sim, const char *yaml, const struct plan_options *options);

// The same from a routine file.
void
sim_open_file(struct sim *sim, const char *path,
              const struct plan_options *options);

void
sim_close(struct sim *sim);

// Everything due up to and at FRAME.
void
sim_reach(struct sim *sim, int64_t frame);

// Everything due before and at FRAME, then the command.
bool
sim_command(struct sim *sim, int64_t frame, enum command command);

// The first frame of the N-th (from 1) segment of that kind in the plan.
int64_t
sim_segment(const struct sim *sim, enum segment_kind kind, int n);

// What was logged since the last call, as "FRAME what" lines joined by "; ".
// Only lines whose "what" begins with one of the words of ONLY (NULL: all).
const char *
sim_heard(struct sim *sim, const char *only);

// In the N-th work segment, MS after its start, the log emptied.  Gives the
// frame of its start.
int64_t
sim_work(struct sim *sim, int n, int64_t ms);

// Fails unless sim_heard(ONLY) is EXPECTED, with frames counted from START.
void
sim_assert_heard(struct sim *sim, int64_t start, const char *only,
                 const char *expected);

// A routine of two exercises: rolling with three sets and rests, then a hold
// on each side.  The cues are "Slow." (250 ms) and "Breathe." (400 ms).
extern const char sim_two_exercises[];

int64_t
sim_length(void *ctx, const char *text);
#endif
