// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/history_page.h"

#include "cli/history_text.h"
#include <string.h>

#define WIDE  640 // of a chart, in its own units
#define HIGH  180
#define BASE  150 // y of the axis
#define MOST  12  // muscles shown
#define ROW   34  // of a muscle
#define LABEL 210

static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<title>rollcall: history</title>\n<style>\n"
    ":root{color-scheme:light dark;--back:#fbfaf7;--text:#22252b;"
    "--soft:#5d6470;--line:#d9d6cd;--one:#1f6f6b;--two:#b4632a}\n"
    "@media(prefers-color-scheme:dark){:root{--back:#16181c;--text:#e6e4df;"
    "--soft:#a2a8b3;--line:#363b44;--one:#5cc2b9;--two:#e0995f}}\n"
    "@media print{:root{--back:#fff;--text:#000;--soft:#444;--line:#bbb;"
    "--one:#1f6f6b;--two:#b4632a}section{break-inside:avoid}}\n"
    "body{margin:0 auto;max-width:44rem;padding:1.2rem;background:var(--back);"
    "color:var(--text);font:1rem/1.5 system-ui,sans-serif}\n"
    "h1{font-size:1.6rem;margin:.2rem 0}h2{font-size:1.15rem;margin:2rem 0 "
    ".6rem}"
    "p{margin:.4rem 0}.soft{color:var(--soft)}\n"
    ".tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(8rem,1fr)"
    ")"
    ";gap:.7rem;margin:1.2rem 0}\n"
    ".tile{border:1px solid var(--line);border-radius:.6rem;padding:.6rem "
    ".8rem}"
    ".tile b{display:block;font-size:1.6rem;line-height:1.2}\n"
    "svg{width:100%;height:auto;display:block}svg text{fill:var(--soft);"
    "font:13px system-ui,sans-serif}.value{fill:var(--text)!important}\n"
    ".one{fill:var(--one)}.two{fill:var(--two)}.axis{stroke:var(--line)}"
    ".before{stroke:var(--two);fill:none;stroke-width:2}"
    ".after{stroke:var(--one);fill:none;stroke-width:2}\n"
    ".scroll{overflow-x:auto}table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;padding:.35rem .5rem;border-bottom:1px solid "
    "var(--line);vertical-align:top}th{color:var(--soft);font-weight:500}"
    "td:first-child{white-space:nowrap}td.n,th.n{text-align:right;white-space:"
    "nowrap}\n"
    "@media(max-width:36rem){svg text{font-size:16px}}\n"
    "</style>\n</head>\n<body>\n";

// Text with what HTML would take for its own written otherwise.
static void
text(FILE *file, const char *from)
{
    for (; *from; from++) {
        switch (*from) {
        case '<': fputs("&lt;", file); break;
        case '>': fputs("&gt;", file); break;
        case '&': fputs("&amp;", file); break;
        case '"': fputs("&quot;", file); break;
        default: fputc(*from, file);
        }
    }
}

static void
tile(FILE *file, const char *what, double value, const char *unit)
{
    fprintf(file, "<div class=\"tile\"><b>%.0f</b>%s<br>", value, unit);
    fprintf(file, "<span class=\"soft\">%s</span></div>\n", what);
}

static void
write_tiles(FILE *file, const struct summary *s)
{
    fputs("<div class=\"tiles\">\n", file);
    tile(file, "streak", s->streak, s->streak == 1 ? "day" : "days");
    tile(file, "longest streak", s->longest, s->longest == 1 ? "day" : "days");
    tile(file, "this week", s->week[SUMMARY_WEEKS - 1], "minutes");
    tile(file, "in all", s->minutes, "minutes");
    tile(file, "in all", s->sessions,
         s->sessions == 1 ? "session" : "sessions");
    fputs("</div>\n", file);
}

// ---- minutes a week -----------------------------------------------------

static void
begin_chart(FILE *file, const char *title, int height)
{
    fprintf(file,
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n",
            WIDE, height, title);
}

static void
week_label(char to[16], int64_t today, int ago)
{
    int     year, month, date;
    int64_t monday = today - (today + 3) % 7 - 7 * (int64_t)ago;

    summary_date(monday, &year, &month, &date);
    snprintf(to, 16, "%d/%d", month, date);
}

static void
write_weeks(FILE *file, const struct look_back *back)
{
    const double *week = back->summary.week;
    double        most = 1;

    for (int i = 0; i < SUMMARY_WEEKS; i++)
        if (week[i] > most) most = week[i];
    fputs("<section><h2>Minutes of work a week</h2>\n", file);
    begin_chart(file, "Minutes of work in each of the last 12 weeks", HIGH);
    fprintf(file,
            "<line class=\"axis\" x1=\"0\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>\n",
            WIDE, BASE, BASE);
    for (int i = 0; i < SUMMARY_WEEKS; i++) {
        double step   = (double)WIDE / SUMMARY_WEEKS;
        double height = week[i] / most * (BASE - 26);
        double x      = i * step + step / 2;
        char   label[16];
        week_label(label, back->today, SUMMARY_WEEKS - 1 - i);
        fprintf(file,
                "<rect class=\"one\" rx=\"3\" x=\"%.1f\" y=\"%.1f\" "
                "width=\"%.1f\" height=\"%.1f\"/>",
                x - step * 0.32, BASE - height, step * 0.64, height);
        fprintf(file,
                "<text text-anchor=\"middle\" x=\"%.1f\" y=\"%d\">%s</text>", x,
                BASE + 18, label);
        if (week[i] >= 0.5)
            fprintf(file,
                    "<text class=\"value\" text-anchor=\"middle\" x=\"%.1f\" "
                    "y=\"%.1f\">%.0f</text>",
                    x, BASE - height - 6, week[i]);
        fputc('\n', file);
    }
    fputs("</svg>\n<p class=\"soft\">Weeks by the month and day of their "
          "Monday.</p></section>\n",
          file);
}

// ---- muscles ------------------------------------------------------------

static double
most_of(const struct past_muscles *muscles)
{
    double most = 1;
    for (size_t i = 0; i < muscles->count; i++)
        if (muscles->list[i].seconds > most) most = muscles->list[i].seconds;
    return most;
}

static void
bar(FILE *file, const struct past_muscle *m, int y, int height, double most)
{
    double room  = WIDE - LABEL - 84;
    double width = m->seconds / most * room;
    bool   left  = strcmp(m->side, "left") == 0;
    bool   right = strcmp(m->side, "right") == 0;

    fprintf(file,
            "<rect class=\"%s\" rx=\"2\" x=\"%d\" y=\"%d\" width=\"%.1f\" "
            "height=\"%d\"/><text x=\"%.1f\" y=\"%d\">%s%.1f</text>\n",
            right ? "two" : "one", LABEL, y, width, height, LABEL + width + 6,
            y + height / 2 + 5,
            left    ? "left "
            : right ? "right "
                    : "",
            m->seconds / 60);
}

// How many entries of the same muscle begin at I.
static size_t
sides_at(const struct past_muscles *muscles, size_t i)
{
    size_t n = 1;
    while (i + n < muscles->count &&
           strcmp(muscles->list[i].muscle, muscles->list[i + n].muscle) == 0)
        n++;
    return n;
}

static int
rows_of(const struct past_muscles *muscles)
{
    int rows = 0;
    for (size_t i = 0; i < muscles->count && rows < MOST;
         i += sides_at(muscles, i))
        rows++;
    return rows;
}

static void
write_muscles(FILE *file, const struct look_back *back)
{
    const struct past_muscles *all  = &back->recent;
    int                        rows = rows_of(all);
    size_t                     i    = 0;

    fputs("<section><h2>Muscles, in the last four weeks</h2>\n", file);
    if (rows == 0) {
        fputs("<p class=\"soft\">None was worked.</p></section>\n", file);
        return;
    }
    begin_chart(file, "Minutes of work for each muscle and side", rows * ROW);
    for (int row = 0; row < rows; row++) {
        size_t sides = sides_at(all, i);
        fprintf(file,
                "<text class=\"value\" text-anchor=\"end\" x=\"%d\" "
                "y=\"%d\">",
                LABEL - 10, row * ROW + 21);
        text(file, all->list[i].muscle);
        fputs("</text>", file);
        for (size_t side = 0; side < sides; side++)
            bar(file, &all->list[i + side],
                row * ROW + 3 + (int)side * (int)(28 / sides),
                (int)(26 / sides), most_of(all));
        i += sides;
    }
    fputs("</svg>\n<p class=\"soft\">Minutes; a window counts for each of its "
          "muscles.</p></section>\n",
          file);
}

// ---- discomfort ---------------------------------------------------------

static double
chart_y(int discomfort)
{
    return 12 + (10 - discomfort) * (BASE - 12) / 10.0;
}

// One line through all sessions that told.
static void
curve(FILE *file, const struct past_sessions *sessions, bool after, int count)
{
    int nth = 0;

    fprintf(file, "<polyline class=\"%s\" points=\"",
            after ? "after" : "before");
    for (size_t i = 0; i < sessions->count; i++) {
        const struct past_session *s     = &sessions->list[i];
        int                        value = after ? s->after : s->before;
        if (s->before < 0) continue;
        double x = 30 + (WIDE - 50) * (count > 1 ? nth / (count - 1.0) : 0.5);
        nth++;
        if (value >= 0) fprintf(file, "%.1f,%.1f ", x, chart_y(value));
    }
    fputs("\"/>\n", file);
}

static void
write_discomfort(FILE *file, const struct look_back *back)
{
    const struct summary *s = &back->summary;

    if (s->tellings == 0) return;
    fputs("<section><h2>Discomfort</h2>\n", file);
    begin_chart(file, "Discomfort before and after each session, 0 to 10",
                HIGH - 20);
    for (int value = 0; value <= 10; value += 5)
        fprintf(file,
                "<line class=\"axis\" x1=\"30\" x2=\"%d\" y1=\"%.0f\" "
                "y2=\"%.0f\"/><text x=\"4\" y=\"%.0f\">%d</text>\n",
                WIDE - 20, chart_y(value), chart_y(value), chart_y(value) + 4,
                value);
    curve(file, &back->sessions, false, s->tellings);
    curve(file, &back->sessions, true, s->tellings);
    fputs("</svg>\n<p><span style=\"color:var(--two)\">&#9632;</span> before, "
          "<span style=\"color:var(--one)\">&#9632;</span> after.",
          file);
    if (s->pairs)
        fprintf(file, " A session took away %.1f on the average.", s->relief);
    fputs("</p></section>\n", file);
}

// ---- sessions -----------------------------------------------------------

static void
write_session(FILE *file, const struct past_session *s)
{
    char when[40];

    history_time(when, s->started, s->zone);
    when[10] = ' ';
    fprintf(file, "<tr><td>%.16s</td><td>", when);
    text(file, s->title);
    if (!*s->ended) fputs(" <span class=\"soft\">(broke off)</span>", file);
    fprintf(file, "</td><td class=\"n\">%.1f</td><td class=\"n\">%d",
            s->worked / 60, s->done);
    if (s->shortened + s->skipped)
        fprintf(file, " <span class=\"soft\">of %d</span>",
                s->done + s->shortened + s->skipped);
    fputs("</td><td class=\"n\">", file);
    if (s->before >= 0) fprintf(file, "%d", s->before);
    if (s->after >= 0) fprintf(file, " &rarr; %d", s->after);
    if (s->pains) fprintf(file, "%spain", s->before >= 0 ? ", " : "");
    fputs("</td></tr>\n", file);
}

void
history_write_page(FILE *file, const struct look_back *back, const char *name)
{
    fputs(head, file);
    fputs("<h1>Rolling", file);
    if (*name) {
        fputs(", ", file);
        text(file, name);
    }
    fputs("</h1>\n<p class=\"soft\">From rollcall's history on this device. "
          "Nothing here was sent anywhere.</p>\n",
          file);
    write_tiles(file, &back->summary);
    write_weeks(file, back);
    write_muscles(file, back);
    write_discomfort(file, back);
    fputs("<section><h2>Sessions</h2>\n<div class=\"scroll\"><table>\n<tr>"
          "<th>When</th><th>What</th><th class=\"n\">Minutes</th>"
          "<th class=\"n\">Sets</th><th class=\"n\">Discomfort</th></tr>\n",
          file);
    for (size_t i = back->sessions.count; i-- > 0;)
        write_session(file, &back->sessions.list[i]);
    fputs("</table></div></section>\n</body>\n</html>\n", file);
}
