// SPDX-License-Identifier: GPL-3.0-or-later
// What "rollcall history" shows to people, in their language:
// voices/LANG/history.yaml.
#ifndef CLI_HISTORY_WORDS_H
#define CLI_HISTORY_WORDS_H
#include "base/diag.h"
#include "base/report.h"
#include "base/status.h"
#include <stdint.h>

// Key in the file, and the {names} its text may hold.
#define HISTORY_WORDS(X)                                                       \
    X(DECIMAL, decimal, "")                                                    \
    X(DATE, date, "year month day")                                            \
    X(WEEK, week, "month day")                                                 \
    X(MIN, min, "n")                                                           \
    X(DAY, day, "")                                                            \
    X(DAYS, days, "")                                                          \
    X(MINUTE, minute, "")                                                      \
    X(MINUTES, minutes, "")                                                    \
    X(SESSION, session, "")                                                    \
    X(SESSIONS, sessions, "")                                                  \
    X(LEFT, left, "")                                                          \
    X(RIGHT, right, "")                                                        \
    X(DONE, done, "n")                                                         \
    X(SHORTENED, shortened, "n")                                               \
    X(SKIPPED, skipped, "n")                                                   \
    X(PAIN, pain, "")                                                          \
    X(SOUND_LOST, sound_lost, "")                                              \
    X(DISCOMFORT, discomfort, "before after")                                  \
    X(BROKE_OFF, broke_off, "")                                                \
    X(ENDED_EARLY, ended_early, "")                                            \
    X(NOTHING_YET, nothing_yet, "")                                            \
    X(NO_SESSION, no_session, "")                                              \
    X(STREAK, streak, "days longest")                                          \
    X(WEEKS, weeks, "this last all sessions")                                  \
    X(RELIEF, relief, "n")                                                     \
    X(FALLS, falls, "n")                                                       \
    X(RISES, rises, "n")                                                       \
    X(DUE, due, "muscle n command")                                            \
    X(USUAL, usual, "n days command")                                          \
    X(UNEVEN, uneven, "muscle side n other")                                   \
    X(MUSCLES, muscles, "")                                                    \
    X(LAST, last, "when")                                                      \
    X(TODAY, today, "")                                                        \
    X(YESTERDAY, yesterday, "")                                                \
    X(DAYS_AGO, days_ago, "n")                                                 \
    X(DELETE_ALL, delete_all, "")                                              \
    X(YES, yes, "")                                                            \
    X(NO, no, "")                                                              \
    X(ALL_DELETED, all_deleted, "")                                            \
    X(ONE_DELETED, one_deleted, "n")                                           \
    X(NONE_DELETED, none_deleted, "")                                          \
    X(TITLE, title, "")                                                        \
    X(HEADING, heading, "")                                                    \
    X(ABOUT, about, "")                                                        \
    X(TILE_STREAK, tile_streak, "")                                            \
    X(TILE_LONGEST, tile_longest, "")                                          \
    X(TILE_WEEK, tile_week, "")                                                \
    X(TILE_ALL, tile_all, "")                                                  \
    X(CHART_WEEKS, chart_weeks, "")                                            \
    X(CHART_WEEKS_LONG, chart_weeks_long, "")                                  \
    X(CHART_WEEKS_NOTE, chart_weeks_note, "")                                  \
    X(CHART_MUSCLES, chart_muscles, "")                                        \
    X(CHART_MUSCLES_LONG, chart_muscles_long, "")                              \
    X(CHART_MUSCLES_NOTE, chart_muscles_note, "")                              \
    X(CHART_MUSCLES_NONE, chart_muscles_none, "")                              \
    X(CHART_DISCOMFORT, chart_discomfort, "")                                  \
    X(CHART_DISCOMFORT_LONG, chart_discomfort_long, "")                        \
    X(BEFORE, before, "")                                                      \
    X(AFTER, after, "")                                                        \
    X(TOOK_AWAY, took_away, "n")                                               \
    X(TABLE, table, "")                                                        \
    X(COLUMN_WHEN, column_when, "")                                            \
    X(COLUMN_WHAT, column_what, "")                                            \
    X(COLUMN_MINUTES, column_minutes, "")                                      \
    X(COLUMN_SETS, column_sets, "")                                            \
    X(COLUMN_DISCOMFORT, column_discomfort, "")                                \
    X(SETS_OF, sets_of, "n")

enum history_word {
#define X(id, key, names) HISTORY_##id,
    HISTORY_WORDS(X)
#undef X
        HISTORY_COUNT
};

#define HISTORY_SIZE 512 // bytes of what is said, its NUL included

struct history_words;

// Of the language of this session.  Problems of the file go to REPORT, anything
// else to DIAG.  For history_words_free().
enum status
history_words_read(struct history_words **out, struct report *report,
                   struct diag *diag);

void
history_words_free(struct history_words *words); // NULL is fine

// As it stands.
const char *
history_word(const struct history_words *words, enum history_word word);

// With its values in place of its {names}: strings in the order of the names
// above, NULL behind the last.  Cut where it would not fit.
void
history_say(char to[HISTORY_SIZE], const struct history_words *words,
            enum history_word word, ...) __attribute__((sentinel));

// "1,5": VALUE with so many DECIMALS, as the language writes it.
void
history_number(char to[HISTORY_SIZE], const struct history_words *words,
               double value, int decimals);

// "1 day", "2 days": a whole number and its unit, ONE or MANY.
void
history_amount(char to[HISTORY_SIZE], const struct history_words *words,
               double value, enum history_word one, enum history_word many);

// "24.05.2026 07:30": SECONDS since 1970, at a place ZONE minutes east.
void
history_when(char to[HISTORY_SIZE], const struct history_words *words,
             int64_t seconds, int zone);

// SIDE as the history keeps it, "left", "right" or "", in the language.
const char *
history_side(const struct history_words *words, const char *side);
#endif
