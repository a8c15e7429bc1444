// SPDX-License-Identifier: GPL-3.0-or-later
#include "history/summary.h"

#include <string.h>

#define COUNTS 60.0 // seconds of work: of a session, and of a day

int64_t
summary_day(int64_t seconds, int zone)
{
    int64_t local = seconds + (int64_t)zone * 60;
    return local / 86400 - (local % 86400 < 0);
}

// H. Hinnant, "chrono-compatible low-level date algorithms": civil_from_days.
void
summary_date(int64_t day, int *year, int *month, int *date)
{
    int64_t shifted = day + 719468;
    int64_t era     = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int64_t doe     = shifted - era * 146097;
    int64_t yoe     = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy     = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp      = (5 * doy + 2) / 153;

    *date  = (int)(doy - (153 * mp + 2) / 5 + 1);
    *month = (int)(mp < 10 ? mp + 3 : mp - 9);
    *year  = (int)(yoe + era * 400 + (*month <= 2));
}

// Weeks begin on Monday; day 0 was a Thursday.
static int64_t
week_of(int64_t day)
{
    return (day + 3) / 7 - ((day + 3) % 7 < 0);
}

static int64_t
day_of(const struct past_session *session)
{
    return summary_day(session->started, session->zone);
}

// Days in a row, as sessions come in the order of their time.
struct row {
    int64_t last; // that counts
    int     length;
    bool    any;
    int64_t day;    // of the session before
    double  worked; // on it, seconds
};

// To the east over the date line a day comes twice.
static void
add_work(struct row *row, int64_t day, double worked)
{
    if (day != row->day) row->worked = 0;
    row->day = day;
    row->worked += worked;
    if (row->worked < COUNTS || (row->any && day <= row->last)) return;
    row->length = row->any && day == row->last + 1 ? row->length + 1 : 1;
    row->last   = day;
    row->any    = true;
}

// Least squares of discomfort before a session over weeks.
struct line {
    int    n;
    double x, y, xx, xy;
};

static void
add_point(struct line *line, double x, double y)
{
    line->n++;
    line->x += x;
    line->y += y;
    line->xx += x * x;
    line->xy += x * y;
}

static double
slope(const struct line *line)
{
    double spread = line->n * line->xx - line->x * line->x;
    if (line->n < 3 || spread < 1e-9) return 0;
    return (line->n * line->xy - line->x * line->y) / spread;
}

static void
add_discomfort(struct summary *summary, struct line *line,
               const struct past_session *session, int64_t today)
{
    if (session->before < 0) return;
    summary->tellings++;
    add_point(line, (double)(day_of(session) - today) / 7, session->before);
    if (session->after < 0) return;
    summary->pairs++;
    summary->relief += session->before - session->after;
}

void
summary_make(struct summary *summary, const struct past_sessions *sessions,
             int64_t today)
{
    struct row  row  = {0};
    struct line line = {0};

    memset(summary, 0, sizeof *summary);
    for (size_t i = 0; i < sessions->count; i++) {
        const struct past_session *session = &sessions->list[i];
        int64_t                    day     = day_of(session);
        int64_t                    ago     = week_of(today) - week_of(day);

        summary->minutes += session->worked / 60;
        if (ago >= 0 && ago < SUMMARY_WEEKS)
            summary->week[SUMMARY_WEEKS - 1 - ago] += session->worked / 60;
        add_discomfort(summary, &line, session, today);
        summary->sessions += session->worked >= COUNTS;
        add_work(&row, day, session->worked);
        if (row.length > summary->longest) summary->longest = row.length;
    }
    if (row.any && row.last >= today - 1) summary->streak = row.length;
    if (summary->pairs) summary->relief /= summary->pairs;
    summary->trend = slope(&line);
}
