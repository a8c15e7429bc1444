// SPDX-License-Identifier: GPL-3.0-or-later
// What rollcall itself says, as opposed to what a routine says: one phrase a
// key in voices/LANG/phrases.yaml, with {names} where values go.
#ifndef PLAN_PHRASEBOOK_H
#define PLAN_PHRASEBOOK_H
#include "base/report.h"
#include "base/status.h"
#include <stdbool.h>
#include <stddef.h>

// Key in the file, and the {names} its text may hold.
#define PHRASES(X)                                                             \
    X(WELCOME, welcome, "title")                                               \
    X(TAKES, takes, "duration")                                                \
    X(NEEDS, needs, "things")                                                  \
    X(NEEDS_JOIN, needs_join, "first last")                                    \
    X(NEEDS_AND, needs_and, "first last")                                      \
    X(SPEAK_UP, speak_up, "")                                                  \
    X(NO_MICROPHONE, no_microphone, "")                                        \
    X(FIT_GENTLE, fit_gentle, "")                                              \
    X(FIT_DEEP, fit_deep, "")                                                  \
    X(FIT_SETS, fit_sets, "sets")                                              \
    X(FIT_ONE_SET, fit_one_set, "")                                            \
    X(FIT_LEAVES_OUT, fit_leaves_out, "things")                                \
    X(FIT_SHORTEST, fit_shortest, "")                                          \
    X(GATE_LEAVES_OUT, gate_leaves_out, "title why")                           \
    X(GATE_REPLACES, gate_replaces, "title instead why")                       \
    X(GATE_NOTHING, gate_nothing, "")                                          \
    X(AND, and, "first last")                                                  \
    X(FIRST_EXERCISE, first_exercise, "title tool")                            \
    X(NEXT_EXERCISE, next_exercise, "title tool")                              \
    X(LAST_EXERCISE, last_exercise, "title tool")                              \
    X(NEXT_EXERCISE_FETCH, next_exercise_fetch, "title tool")                  \
    X(LAST_EXERCISE_FETCH, last_exercise_fetch, "title tool")                  \
    X(FIRST_BARE, first_bare, "title")                                         \
    X(NEXT_BARE, next_bare, "title")                                           \
    X(LAST_BARE, last_bare, "title")                                           \
    X(STOP_IF, stop_if, "what")                                                \
    X(READY_SOON, ready_soon, "duration")                                      \
    X(READY_SAY, ready_say, "duration")                                        \
    X(READY_WAITS, ready_waits, "")                                            \
    X(SET, set, "set sets")                                                    \
    X(LAST_SET, last_set, "set sets")                                          \
    X(SET_SIDE, set_side, "set sets side")                                     \
    X(LAST_SET_SIDE, last_set_side, "set sets side")                           \
    X(SIDE_FIRST, side_first, "side")                                          \
    X(SIDE_ONLY, side_only, "side")                                            \
    X(CHANGE, change, "side")                                                  \
    X(LEFT, left, "")                                                          \
    X(RIGHT, right, "")                                                        \
    X(REST, rest, "")                                                          \
    X(REST_STRETCH, rest_stretch, "")                                          \
    X(REST_MORE, rest_more, "title")                                           \
    X(REST_MORE_FETCH, rest_more_fetch, "title tool")                          \
    X(REST_NEXT, rest_next, "title")                                           \
    X(REST_FETCH, rest_fetch, "title tool")                                    \
    X(HALFWAY, halfway, "")                                                    \
    X(TEN_SECONDS, ten_seconds, "")                                            \
    X(THREE, three, "")                                                        \
    X(TWO, two, "")                                                            \
    X(ONE, one, "")                                                            \
    X(FREE, free, "")                                                          \
    X(OUTRO, outro, "")                                                        \
    X(AFTERCARE, aftercare, "")                                                \
    X(STOPPED, stopped, "")                                                    \
    X(PAIN, pain, "")                                                          \
    X(PAIN_SHARP, pain_sharp, "")                                              \
    X(PAIN_SORE, pain_sore, "")                                                \
    X(PAIN_NEXT, pain_next, "")                                                \
    X(SHARP, sharp, "answer")                                                  \
    X(CONFIRM_END, confirm_end, "")                                            \
    X(CONFIRM, confirm, "what")                                                \
    X(GO_ON, go_on, "where")                                                   \
    X(GO_ON_READY, go_on_ready, "left")                                        \
    X(ENDED, ended, "")                                                        \
    X(TIME_LEFT, time_left, "left total")                                      \
    X(TIME_LEFT_OPEN, time_left_open, "total")                                 \
    X(WHERE, where, "title set sets")                                          \
    X(WHERE_SIDE, where_side, "title set sets side")                           \
    X(WHERE_ONE, where_one, "title")                                           \
    X(WHERE_ONE_SIDE, where_one_side, "title side")                            \
    X(WHERE_REST, where_rest, "title set sets")                                \
    X(WHERE_REST_ONE, where_rest_one, "title")                                 \
    X(WHERE_SETUP, where_setup, "title")                                       \
    X(WHERE_INTRO, where_intro, "title")                                       \
    X(WHERE_OUTRO, where_outro, "title")                                       \
    X(NEXT_SET_IS, next_set_is, "set sets")                                    \
    X(NEXT_ONE_IS, next_one_is, "title")                                       \
    X(NEXT_SIDE_IS, next_side_is, "side")                                      \
    X(NEXT_EXERCISE_IS, next_exercise_is, "title tool")                        \
    X(NEXT_IS_END, next_is_end, "")                                            \
    X(NO_ANSWER, no_answer, "")                                                \
    X(LIGHTER, lighter, "")                                                    \
    X(LIGHTEST, lightest, "")                                                  \
    X(DEEPER, deeper, "")                                                      \
    X(DEEPEST, deepest, "")                                                    \
    X(LESS_TALK, less_talk, "")                                                \
    X(MORE_TALK, more_talk, "")                                                \
    X(UNDONE, undone, "")                                                      \
    X(SCREEN_HELLO, screen_hello, "")                                          \
    X(EDUCATION, education, "")                                                \
    X(UNANSWERED, unanswered, "")                                              \
    X(SCREENED, screened, "")                                                  \
    X(ASK_OPEN_WOUND, ask_open_wound, "")                                      \
    X(ASK_RECENT_FRACTURE, ask_recent_fracture, "")                            \
    X(ASK_BLOOD_CLOT, ask_blood_clot, "")                                      \
    X(ASK_BONE_INFECTION, ask_bone_infection, "")                              \
    X(ASK_INFLAMED_AREA, ask_inflamed_area, "")                                \
    X(ASK_MUSCLE_OSSIFICATION, ask_muscle_ossification, "")                    \
    X(ASK_NUMBNESS, ask_numbness, "")                                          \
    X(ASK_RECENT_SURGERY, ask_recent_surgery, "")                              \
    X(ASK_PREGNANCY, ask_pregnancy, "")                                        \
    X(ASK_FRESH_BACK_STRAIN, ask_fresh_back_strain, "")                        \
    X(ASK_SIDE, ask_side, "title")                                             \
    X(ASK_BEFORE, ask_before, "")                                              \
    X(ASK_AFTER, ask_after, "")                                                \
    X(WHY_OPEN_WOUND, why_open_wound, "")                                      \
    X(WHY_RECENT_FRACTURE, why_recent_fracture, "")                            \
    X(WHY_BLOOD_CLOT, why_blood_clot, "")                                      \
    X(WHY_BONE_INFECTION, why_bone_infection, "")                              \
    X(WHY_INFLAMED_AREA, why_inflamed_area, "")                                \
    X(WHY_MUSCLE_OSSIFICATION, why_muscle_ossification, "")                    \
    X(WHY_NUMBNESS, why_numbness, "")                                          \
    X(WHY_RECENT_SURGERY, why_recent_surgery, "")                              \
    X(WHY_PREGNANCY, why_pregnancy, "")                                        \
    X(WHY_FRESH_BACK_STRAIN, why_fresh_back_strain, "")                        \
    X(WHY_LOWER_BACK_PAIN, why_lower_back_pain, "")                            \
    X(WHY_NECK_PAIN, why_neck_pain, "")                                        \
    X(WHY_SHOULDER_INJURY, why_shoulder_injury, "")                            \
    X(WHY_HIP_INJURY, why_hip_injury, "")                                      \
    X(WHY_KNEE_INJURY, why_knee_injury, "")                                    \
    X(WHY_ANKLE_INJURY, why_ankle_injury, "")                                  \
    X(WHY_WRIST_PAIN, why_wrist_pain, "")                                      \
    X(WHY_IT_BAND, why_it_band, "")                                            \
    X(HELP_SIDE, help_side, "")                                                \
    X(HELP_NUMBER, help_number, "")                                            \
    X(HELP_QUESTION, help_question, "")                                        \
    X(HELP_READYING, help_readying, "")                                        \
    X(HELP_RUNNING, help_running, "")                                          \
    X(HELP_PAUSED, help_paused, "")                                            \
    X(CHECK_QUIET, check_quiet, "")                                            \
    X(CHECK_SPEAK, check_speak, "")                                            \
    X(CHECK_GOOD, check_good, "")                                              \
    X(CHECK_NO_SPEECH, check_no_speech, "")                                    \
    X(CHECK_CLIPS, check_clips, "")                                            \
    X(CHECK_SOFT, check_soft, "")                                              \
    X(CHECK_NOISY, check_noisy, "")                                            \
    X(CHECK_NO_ECHO, check_no_echo, "")                                        \
    X(CHECK_ECHO, check_echo, "")                                              \
    X(CHECK_LATE, check_late, "")                                              \
    X(CHECK_TOO_LATE, check_too_late, "")                                      \
    X(HEAR_NO_MORE, hear_no_more, "")                                          \
    X(HEAR_AGAIN, hear_again, "")                                              \
    X(LOUDEST, loudest, "")                                                    \
    X(QUIETEST, quietest, "")                                                  \
    X(NO_SHORTER, no_shorter, "")                                              \
    X(SECOND, second, "")                                                      \
    X(SECONDS, seconds, "n")                                                   \
    X(MINUTE, minute, "")                                                      \
    X(MINUTES, minutes, "n")                                                   \
    X(MINUTES_SECONDS, minutes_seconds, "minutes seconds")

enum phrase {
#define X(id, key, names) PHRASE_##id,
    PHRASES(X)
#undef X
        PHRASE_COUNT
};

#define PHRASE_SIZE 512 // bytes of an expanded phrase, its NUL included

struct phrasebook;

// All keys must be there and no others; every problem goes to REPORT.
enum status
phrasebook_read(struct phrasebook **out, const char *path,
                struct report *report);

// What is good of a damaged file: phrases that are missing or no text are "",
// so that they are not said; of one that is no YAML, all.
enum status
phrasebook_salvage(struct phrasebook **out, const char *path);

void
phrasebook_free(struct phrasebook *book); // NULL is fine

// A value for a {name}: TEXT, or NUMBER where TEXT is NULL.
struct phrase_value {
    const char *name;
    const char *text;
    long        number;
};

// The phrase with its values filled in; cut where it would not fit.  Allocates
// nothing.
void
phrase_expand(char to[PHRASE_SIZE], const struct phrasebook *book,
              enum phrase phrase, const struct phrase_value *values,
              size_t count);

// "40 seconds", "1 minute 20 seconds"; from ten minutes on, whole minutes.
void
phrase_duration(char to[PHRASE_SIZE], const struct phrasebook *book,
                long seconds);

// The phrase without values.
const char *
phrase_text(const struct phrasebook *book, enum phrase phrase);
#endif
