// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/timeline.h"

#include "plan/layout.h"
#include <math.h>
#include <string.h>

// Units of the picture: A4 across, 297 : 210.
#define WIDTH     1188
#define HEIGHT    840
#define MARGIN    44
#define TOP       86
#define BOTTOM    60
#define MOST_ROWS 9
#define LETTER    5.8 // mean width of a letter at 11 units
#define LEAST     6   // letters of a title that are worth their ink

// A picture under way.
struct picture {
    const struct plan *plan;
    FILE              *out;
    double             row_seconds;
    int                rows;
    double             row_height;
};

#define RIGHT "#d4754f" // work of the right side

static const char *
colour(const struct segment *segment)
{
    static const char *const colours[SEGMENT_KINDS] = {
        [SEGMENT_INTRO] = "#d9d4ec", [SEGMENT_SETUP] = "#d9d4ec",
        [SEGMENT_READY] = "#ece8f5", [SEGMENT_LEAD_IN] = "#f6d9a8",
        [SEGMENT_WORK] = "#e58f65",  [SEGMENT_CHANGE] = "#f6d9a8",
        [SEGMENT_REST] = "#a9d0b6",  [SEGMENT_QUESTION] = "#c3d9ec",
        [SEGMENT_OUTRO] = "#d9d4ec",
    };
    if (segment->kind == SEGMENT_WORK && segment->side == SIDE_RIGHT)
        return RIGHT;
    return colours[segment->kind];
}

static void
print_escaped(FILE *out, const char *text)
{
    for (; *text; text++) {
        switch (*text) {
        case '<': fputs("&lt;", out); break;
        case '>': fputs("&gt;", out); break;
        case '&': fputs("&amp;", out); break;
        case '"': fputs("&quot;", out); break;
        default: fputc(*text, out);
        }
    }
}

static double
seconds(const struct picture *p, int64_t frames)
{
    return (double)frames / p->plan->rate;
}

static double
x_of(const struct picture *p, double in_row)
{
    return MARGIN + in_row * (WIDTH - 2 * MARGIN) / p->row_seconds;
}

static double
y_of(const struct picture *p, int row)
{
    return TOP + row * p->row_height;
}

static void
print_text(const struct picture *p, double x, double y, const char *class,
           const char *text)
{
    fprintf(p->out, "<text x=\"%.1f\" y=\"%.1f\" class=\"%s\">", x, y, class);
    print_escaped(p->out, text);
    fputs("</text>\n", p->out);
}

static bool
fits(const char *text, double wide)
{
    return (double)strlen(text) * LETTER <= wide;
}

// TEXT, cut to what a box of WIDE units can hold; NULL where that is nothing.
static const char *
cut(char text[128], double wide)
{
    size_t most = wide > 0 ? (size_t)(wide / LETTER) : 0;

    if (fits(text, wide)) return text;
    if (most < LEAST || most + 4 > 128) return NULL;
    most--;
    while (most > 0 && ((unsigned char)text[most] & 0xC0) == 0x80) most--;
    memcpy(text + most, "\xE2\x80\xA6", 4); // an ellipsis
    return text;
}

// "Lats 2/3 left", or what of it is not too WIDE: "2/3 left", "2/3 L"; a
// single set is not counted.
static void
label_work(const struct picture *p, const struct segment *segment, double wide,
           char text[128])
{
    const char *side      = side_name(segment->side);
    char        count[24] = "";

    if (segment->sets > 1)
        snprintf(count, sizeof count, "%d/%d", segment->set, segment->sets);
    snprintf(text, 128, "%s%s%s%s%s", plan_exercise(p->plan, segment)->title,
             *count ? " " : "", count, side ? " " : "", side ? side : "");
    if (fits(text, wide) || !(*count || side)) return;
    snprintf(text, 128, "%s%s%s", count, *count && side ? " " : "",
             side ? side : "");
    if (fits(text, wide) || !side) return;
    snprintf(text, 128, "%s%s%c", count, *count ? " " : "",
             segment->side == SIDE_LEFT ? 'L' : 'R');
}

// What a box of that many units can hold, or NULL.
static const char *
label(const struct picture *p, const struct segment *segment, double wide,
      char text[128])
{
    const struct exercise *exercise = plan_exercise(p->plan, segment);

    switch (segment->kind) {
    case SEGMENT_WORK: label_work(p, segment, wide, text); break;
    case SEGMENT_SETUP: snprintf(text, 128, "%s", exercise->title); break;
    case SEGMENT_LEAD_IN:
    case SEGMENT_READY: snprintf(text, 128, "ready"); break;
    case SEGMENT_CHANGE: snprintf(text, 128, "change"); break;
    default: snprintf(text, 128, "%s", segment_kind_name(segment->kind));
    }
    return cut(text, wide);
}

// A box from FROM to TO seconds, in as many rows as it crosses.
static void
print_box(const struct picture *p, double from, double to, double dy,
          double high, const char *fill, const struct segment *segment)
{
    char text[128];

    for (int row = (int)(from / p->row_seconds); row < p->rows; row++) {
        double start = from - row * p->row_seconds;
        double end   = to - row * p->row_seconds;
        if (start < 0) start = 0;
        if (end > p->row_seconds) end = p->row_seconds;
        if (end <= start) return;

        double x = x_of(p, start), wide = x_of(p, end) - x;
        double y = y_of(p, row) + dy;
        fprintf(p->out,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" "
                "fill=\"%s\"/>\n",
                x, y, wide, high, fill);
        const char *words = segment ? label(p, segment, wide - 6, text) : NULL;
        if (words) print_text(p, x + 4, y + high / 2 + 4, "in", words);
    }
}

// A mark at a tone: a line through the box and a triangle above.
static void
print_tone(const struct picture *p, double at, enum segment_end end)
{
    int    row = (int)(at / p->row_seconds);
    double x   = x_of(p, at - row * p->row_seconds);
    double y   = y_of(p, row);
    double big = end == END_GO ? 3 : end >= END_EXERCISE ? 6 : 4.5;

    if (row >= p->rows) return;
    fprintf(p->out, "<path d=\"M%.1f %.1fl%.1f %.1fh%.1fz\" fill=\"%s\"/>\n", x,
            y, -big, -1.6 * big, 2 * big,
            end == END_GO ? "#b7802c" : "#8c2f1b");
}

static void
print_segment(const struct picture *p, const struct segment *segment,
              int64_t at)
{
    int64_t starts[PLAN_MOST_CUES];
    double  box = p->row_height * 0.42, from = seconds(p, at);

    print_box(p, from, from + seconds(p, segment->length), 0, box,
              colour(segment), segment);
    layout_place(segment, p->plan->rate, segment->length, starts);
    for (size_t i = 0; i < segment->count; i++) {
        const struct cue *cue = &segment->cues[i];
        if (starts[i] == LAYOUT_DROPPED) continue;
        double said = seconds(p, at + starts[i]);
        print_box(p, said, said + seconds(p, cue->length), box + 2, 7,
                  cue->importance >= IMPORTANCE_TEN ? "#8c2f1b" : "#47406b",
                  NULL);
    }
    if (segment->end != END_SILENT)
        print_tone(p, from + seconds(p, segment->length), segment->end);
}

static void
print_clock(const struct picture *p)
{
    char text[32];
    int  step  = p->row_seconds > 240 ? 60 : 30;
    int  whole = (int)seconds(p, p->plan->length);

    for (int row = 0; row < p->rows; row++) {
        double y = y_of(p, row) + p->row_height * 0.42 + 22;
        for (int s = 0; s <= (int)p->row_seconds; s += step) {
            int at = row * (int)p->row_seconds + s;
            if (at > whole || (s == (int)p->row_seconds && row + 1 < p->rows))
                continue;
            snprintf(text, sizeof text, "%d:%02d", at / 60, at % 60);
            print_text(p, x_of(p, s), y, "clock", text);
        }
    }
}

static void
print_legend(const struct picture *p)
{
    static const struct {
        const char *fill;
        const char *words;
    } entries[] = {
        {"#d9d4ec", "how to"},
        {"#f6d9a8", "lead-in, change of sides"},
        {"#e58f65", "work"},
        {RIGHT, "of the right side"},
        {"#a9d0b6", "rest and stretch"},
        {"#c3d9ec", "question"},
        {"#47406b", "spoken"},
        {"#8c2f1b", "counted"},
    };
    double x = MARGIN, y = HEIGHT - 30;

    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        fprintf(p->out,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"12\" height=\"12\" "
                "fill=\"%s\"/>\n",
                x, y - 10, entries[i].fill);
        print_text(p, x + 17, y, "in", entries[i].words);
        x += 30 + (double)strlen(entries[i].words) * LETTER;
    }
    print_text(p, x, y, "in",
               "\xE2\x96\xBC go (small), end of a set, of an exercise (large)");
}

static void
print_head(const struct picture *p)
{
    char line[128];
    int  whole = (int)(seconds(p, p->plan->length) + 0.5);

    fprintf(p->out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
            "width=\"297mm\" height=\"210mm\" font-family=\"sans-serif\">\n"
            "<style>.head{font-size:24px}.sub,.in{font-size:11px}"
            ".clock{font-size:9px;fill:#666}</style>\n"
            "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n",
            WIDTH, HEIGHT, WIDTH, HEIGHT);
    print_text(p, MARGIN, 44, "head", p->plan->routine->title);
    snprintf(line, sizeof line, "%d:%02d in all", whole / 60, whole % 60);
    print_text(p, MARGIN, 64, "sub", line);
}

void
timeline_print(const struct plan *plan, FILE *out)
{
    struct picture p  = {.plan = plan, .out = out};
    double         s  = (double)plan->length / plan->rate;
    int            of = 120; // seconds of a row
    int64_t        at = 0;

    while (s / of > MOST_ROWS) of += 60;
    p.row_seconds = of;
    p.rows        = (int)ceil(s / of);
    p.row_height  = (double)(HEIGHT - TOP - BOTTOM) / p.rows;
    if (p.row_height > 110) p.row_height = 110;

    print_head(&p);
    for (size_t i = 0; i < plan->count; i++) {
        print_segment(&p, &plan->segments[i], at);
        at += plan->segments[i].length;
    }
    print_clock(&p);
    print_legend(&p);
    fputs("</svg>\n", out);
}
