// SPDX-License-Identifier: GPL-3.0-or-later
// What a person wants to know of their sessions: streak, minutes a week, how
// discomfort went.  Pure; days are those of the place where a session was.
#ifndef HISTORY_SUMMARY_H
#define HISTORY_SUMMARY_H
#include "history/past.h"

#define SUMMARY_WEEKS 12

struct summary {
    int    sessions; // that count: a minute of work at least
    double minutes;  // of work, in all
    int    streak;   // days in a row up to today, or up to yesterday
    int    longest;  // streak ever
    // Weeks from Monday on; [SUMMARY_WEEKS - 1] is this week.
    double week[SUMMARY_WEEKS]; // minutes of work
    int    pairs;    // sessions with discomfort told before and after
    double relief;   // mean of before - after, over these
    int    tellings; // of discomfort before a session
    double trend;    // change of it a week, by least squares; 0 below three
};

// TODAY as summary_day() gives it.
void
summary_make(struct summary *summary, const struct past_sessions *sessions,
             int64_t today);

// The day, from 0 at 1970-01-01, of a time in seconds since then at a place
// ZONE minutes east.
int64_t
summary_day(int64_t seconds, int zone);

// The date of a day.
void
summary_date(int64_t day, int *year, int *month, int *date);
#endif
