// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/history_page.h"

#include "base/language.h"
#include <string.h>

#define WIDE 640 // of a chart, in its own units
#define HIGH 180
#define BASE 150 // y of the axis
#define MOST 12  // muscles shown
#define NAME 24  // height of a muscle's name
#define BAR  21  // and of each of its sides
#define GAP  8
#define SAID 150 // width of what stands behind a bar

// Between the language and the title.
static const char head[] =
    "\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<style>\n"
    ":root{color-scheme:light dark;--back:#fbfaf7;--text:#22252b;"
    "--soft:#5d6470;--line:#d9d6cd;--one:#1f6f6b;--two:#b4632a}\n"
    "@media(prefers-color-scheme:dark){:root{--back:#16181c;--text:#e6e4df;"
    "--soft:#a2a8b3;--line:#363b44;--one:#5cc2b9;--two:#e0995f}}\n"
    "@media print{:root{--back:#fff;--text:#000;--soft:#444;--line:#bbb;"
    "--one:#1f6f6b;--two:#b4632a}svg,tr,.tiles{break-inside:avoid}"
    "h2{break-after:avoid}}\n"
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
    "svg{width:100%;height:auto;display:block;overflow:visible}"
    "svg text{fill:var(--soft);font:13px system-ui,sans-serif}"
    ".value{fill:var(--text)!important}\n"
    ".one{fill:var(--one)}.two{fill:var(--two)}.axis{stroke:var(--line)}"
    ".before{stroke:var(--two);fill:none;stroke-width:2}"
    ".after{stroke:var(--one);fill:none;stroke-width:2}\n"
    ".scroll{overflow-x:auto}table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;padding:.35rem .4rem;border-bottom:1px solid "
    "var(--line);vertical-align:top}th{color:var(--soft);font-weight:500}"
    "td:first-child{white-space:nowrap}td.n,th.n{text-align:right;white-space:"
    "nowrap}\n"
    "@media(max-width:36rem){body{padding:.7rem}svg text{font-size:21px}"
    ".every-other{display:none}table{font-size:.8rem}"
    "th,td{padding:.35rem .15rem}th{font-size:.7rem}"
    "td:first-child,td.n{white-space:normal}}\n"
    "</style>\n<title>";

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

// The same, as one of ours.
static void
word(FILE *file, const struct history_words *words, enum history_word word)
{
    text(file, history_word(words, word));
}

// BEFORE and AFTER are HTML.
static void
word_in(FILE *file, const char *before, const struct history_words *words,
        enum history_word which, const char *after)
{
    fputs(before, file);
    word(file, words, which);
    fputs(after, file);
}

static void
tile(FILE *file, const struct history_words *words, enum history_word what,
     double value, enum history_word one, enum history_word many)
{
    char amount[HISTORY_SIZE];

    history_amount(amount, words, value, one, many);
    size_t digits = strspn(amount, "-0123456789");
    fprintf(file, "<div class=\"tile\"><b>%.*s</b>", (int)digits, amount);
    text(file, amount + digits);
    word_in(file, "<br><span class=\"soft\">", words, what, "</span></div>\n");
}

static void
write_tiles(FILE *file, const struct summary *s,
            const struct history_words *words)
{
    fputs("<div class=\"tiles\">\n", file);
    tile(file, words, HISTORY_TILE_STREAK, s->streak, HISTORY_DAY,
         HISTORY_DAYS);
    tile(file, words, HISTORY_TILE_LONGEST, s->longest, HISTORY_DAY,
         HISTORY_DAYS);
    tile(file, words, HISTORY_TILE_WEEK, s->week[SUMMARY_WEEKS - 1],
         HISTORY_MINUTE, HISTORY_MINUTES);
    tile(file, words, HISTORY_TILE_ALL, s->minutes, HISTORY_MINUTE,
         HISTORY_MINUTES);
    tile(file, words, HISTORY_TILE_ALL, s->sessions, HISTORY_SESSION,
         HISTORY_SESSIONS);
    fputs("</div>\n", file);
}

// ---- minutes a week -----------------------------------------------------

static void
begin_chart(FILE *file, const struct history_words *words,
            enum history_word title, int height)
{
    fprintf(file, "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"", WIDE,
            height);
    word_in(file, "", words, title, "\">\n");
}

static void
week_label(char to[HISTORY_SIZE], const struct history_words *words,
           int64_t today, int ago)
{
    char    month_text[16], date_text[16];
    int     year, month, date;
    int64_t monday = today - (today + 3) % 7 - 7 * (int64_t)ago;

    summary_date(monday, &year, &month, &date);
    snprintf(month_text, sizeof month_text, "%d", month);
    snprintf(date_text, sizeof date_text, "%d", date);
    history_say(to, words, HISTORY_WEEK, month_text, date_text, NULL);
}

static void
write_weeks(FILE *file, const struct look_back *back,
            const struct history_words *words)
{
    const double *week = back->summary.week;
    double        most = 1;

    for (int i = 0; i < SUMMARY_WEEKS; i++)
        if (week[i] > most) most = week[i];
    word_in(file, "<section><h2>", words, HISTORY_CHART_WEEKS, "</h2>\n");
    begin_chart(file, words, HISTORY_CHART_WEEKS_LONG, HIGH);
    fprintf(file,
            "<line class=\"axis\" x1=\"0\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>\n",
            WIDE, BASE, BASE);
    for (int i = 0; i < SUMMARY_WEEKS; i++) {
        double step   = (double)WIDE / SUMMARY_WEEKS;
        double height = week[i] / most * (BASE - 26);
        double x      = i * step + step / 2;
        char   label[HISTORY_SIZE];
        week_label(label, words, back->today, SUMMARY_WEEKS - 1 - i);
        fprintf(file,
                "<rect class=\"one\" rx=\"3\" x=\"%.1f\" y=\"%.1f\" "
                "width=\"%.1f\" height=\"%.1f\"/>",
                x - step * 0.32, BASE - height, step * 0.64, height);
        fprintf(file, "<text%s text-anchor=\"middle\" x=\"%.1f\" y=\"%d\">",
                i % 2 ? "" : " class=\"every-other\"", x, BASE + 20);
        text(file, label);
        fputs("</text>", file);
        if (week[i] >= 0.5)
            fprintf(file,
                    "<text class=\"value\" text-anchor=\"middle\" x=\"%.1f\" "
                    "y=\"%.1f\">%.0f</text>",
                    x, BASE - height - 6, week[i]);
        fputc('\n', file);
    }
    word_in(file, "</svg>\n<p class=\"soft\">", words, HISTORY_CHART_WEEKS_NOTE,
            "</p></section>\n");
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
bar(FILE *file, const struct history_words *words, const struct past_muscle *m,
    int y, double most)
{
    double width = m->seconds / most * (WIDE - SAID);
    bool   right = strcmp(m->side, "right") == 0;
    char   number[HISTORY_SIZE];

    fprintf(file,
            "<rect class=\"%s\" rx=\"2\" x=\"0\" y=\"%d\" width=\"%.1f\" "
            "height=\"%d\"/><text x=\"%.1f\" y=\"%d\">",
            right ? "two" : "one", y, width, BAR - 3, width + 6, y + 16);
    text(file, history_side(words, m->side));
    history_number(number, words, m->seconds / 60, 1);
    fputs(*m->side ? " " : "", file);
    text(file, number);
    fputs("</text>\n", file);
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

// The first MOST muscles: how many entries they are, and how high.
static size_t
shown(const struct past_muscles *muscles, int *height)
{
    size_t i = 0;

    *height = 0;
    for (int row = 0; row < MOST && i < muscles->count; row++) {
        size_t sides = sides_at(muscles, i);
        *height += NAME + (int)sides * BAR + GAP;
        i += sides;
    }
    return i;
}

static void
write_muscles(FILE *file, const struct look_back *back,
              const struct history_words *words)
{
    const struct past_muscles *all = &back->recent;
    int                        height, y = 0;
    size_t                     count = shown(all, &height);

    word_in(file, "<section><h2>", words, HISTORY_CHART_MUSCLES, "</h2>\n");
    if (count == 0) {
        word_in(file, "<p class=\"soft\">", words, HISTORY_CHART_MUSCLES_NONE,
                "</p></section>\n");
        return;
    }
    begin_chart(file, words, HISTORY_CHART_MUSCLES_LONG, height);
    for (size_t i = 0, sides = 0; i < count; i += sides) {
        sides = sides_at(all, i);
        fprintf(file, "<text class=\"value\" x=\"0\" y=\"%d\">", y + 18);
        text(file, all->list[i].muscle);
        fputs("</text>", file);
        y += NAME;
        for (size_t side = 0; side < sides; side++, y += BAR)
            bar(file, words, &all->list[i + side], y, most_of(all));
        y += GAP;
    }
    word_in(file, "</svg>\n<p class=\"soft\">", words,
            HISTORY_CHART_MUSCLES_NOTE, "</p></section>\n");
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
write_relief(FILE *file, const struct summary *s,
             const struct history_words *words)
{
    char number[HISTORY_SIZE], said[HISTORY_SIZE];

    if (!s->pairs) return;
    history_number(number, words, s->relief, 1);
    history_say(said, words, HISTORY_TOOK_AWAY, number, NULL);
    fputc(' ', file);
    text(file, said);
}

static void
write_discomfort(FILE *file, const struct look_back *back,
                 const struct history_words *words)
{
    const struct summary *s = &back->summary;

    if (s->tellings == 0) return;
    word_in(file, "<section><h2>", words, HISTORY_CHART_DISCOMFORT, "</h2>\n");
    begin_chart(file, words, HISTORY_CHART_DISCOMFORT_LONG, HIGH - 20);
    for (int value = 0; value <= 10; value += 5)
        fprintf(file,
                "<line class=\"axis\" x1=\"30\" x2=\"%d\" y1=\"%.0f\" "
                "y2=\"%.0f\"/><text x=\"4\" y=\"%.0f\">%d</text>\n",
                WIDE - 20, chart_y(value), chart_y(value), chart_y(value) + 4,
                value);
    curve(file, &back->sessions, false, s->tellings);
    curve(file, &back->sessions, true, s->tellings);
    word_in(file, "</svg>\n<p><span style=\"color:var(--two)\">&#9632;</span> ",
            words, HISTORY_BEFORE, ", ");
    word_in(file, "<span style=\"color:var(--one)\">&#9632;</span> ", words,
            HISTORY_AFTER, ".");
    write_relief(file, s, words);
    fputs("</p></section>\n", file);
}

// ---- sessions -----------------------------------------------------------

// " (broke off)", softly.
static void
aside(FILE *file, const char *before, const char *said, const char *after)
{
    fprintf(file, " <span class=\"soft\">%s", before);
    text(file, said);
    fprintf(file, "%s</span>", after);
}

static void
write_sets(FILE *file, const struct past_session *s,
           const struct history_words *words)
{
    char said[HISTORY_SIZE], number[16];

    fprintf(file, "</td><td class=\"n\">%d", s->done);
    if (!s->shortened && !s->skipped) return;
    snprintf(number, sizeof number, "%d", s->done + s->shortened + s->skipped);
    history_say(said, words, HISTORY_SETS_OF, number, NULL);
    aside(file, "", said, "");
}

static void
write_session(FILE *file, const struct past_session *s,
              const struct history_words *words)
{
    char said[HISTORY_SIZE];

    history_when(said, words, s->started, s->zone);
    fputs("<tr><td>", file);
    text(file, said);
    fputs("</td><td>", file);
    text(file, s->title);
    if (!*s->ended)
        aside(file, "(", history_word(words, HISTORY_BROKE_OFF), ")");
    fputs("</td><td class=\"n\">", file);
    history_number(said, words, s->worked / 60, 1);
    text(file, said);
    write_sets(file, s, words);
    fputs("</td><td class=\"n\">", file);
    if (s->before >= 0) fprintf(file, "%d", s->before);
    if (s->after >= 0) fprintf(file, " &rarr; %d", s->after);
    if (s->pains)
        word_in(file, s->before >= 0 ? ", " : "", words, HISTORY_PAIN, "");
    fputs("</td></tr>\n", file);
}

static void
write_sessions(FILE *file, const struct past_sessions *sessions,
               const struct history_words *words)
{
    static const enum history_word columns[] = {
        HISTORY_COLUMN_WHEN, HISTORY_COLUMN_WHAT, HISTORY_COLUMN_MINUTES,
        HISTORY_COLUMN_SETS, HISTORY_COLUMN_DISCOMFORT};

    word_in(file, "<section><h2>", words, HISTORY_TABLE,
            "</h2>\n<div class=\"scroll\"><table>\n<tr>");
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        word_in(file, i < 2 ? "<th>" : "<th class=\"n\">", words, columns[i],
                "</th>");
    fputs("</tr>\n", file);
    for (size_t i = sessions->count; i-- > 0;)
        write_session(file, &sessions->list[i], words);
    fputs("</table></div></section>\n", file);
}

static void
write_head(FILE *file, const struct history_words *words, const char *name)
{
    fputs("<!DOCTYPE html>\n<html lang=\"", file);
    text(file, language_name());
    word_in(file, head, words, HISTORY_TITLE, "</title>\n</head>\n<body>\n");
    word_in(file, "<h1>", words, HISTORY_HEADING, *name ? ", " : "");
    text(file, name);
    word_in(file, "</h1>\n<p class=\"soft\">", words, HISTORY_ABOUT, "</p>\n");
}

void
history_write_page(FILE *file, const struct look_back *back,
                   const struct history_words *words, const char *name)
{
    write_head(file, words, name);
    write_tiles(file, &back->summary, words);
    write_weeks(file, back, words);
    write_muscles(file, back, words);
    write_discomfort(file, back, words);
    write_sessions(file, &back->sessions, words);
    fputs("</body>\n</html>\n", file);
}
