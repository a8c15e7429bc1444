// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/timetable.h"

#include "plan/layout.h"
#include <string.h>

// "12:07.5"
static void
print_time(const struct plan *plan, int64_t frames, FILE *out)
{
    long tenths = (long)((frames * 10 + plan->rate / 2) / plan->rate);
    fprintf(out, "%3ld:%02ld.%ld", tenths / 600, tenths / 10 % 60, tenths % 10);
}

static int
title_width(const struct plan *plan)
{
    size_t width = strlen("exercise");
    for (size_t i = 0; i < plan->routine->count; i++) {
        size_t length = strlen(plan->routine->exercises[i].title);
        if (length > width) width = length;
    }
    return (int)width;
}

static void
print_segment(const struct plan *plan, const struct segment *segment,
              int64_t at, int width, FILE *out)
{
    const struct exercise *exercise = plan_exercise(plan, segment);
    char                   set[16]  = "";
    const char            *side     = side_name(segment->side);

    if (segment->set)
        snprintf(set, sizeof set, "%d of %d", segment->set, segment->sets);
    print_time(plan, at, out);
    fprintf(out, "  %-8s  %-*s  %-8s  %-5s %7.1f s%s\n",
            segment_kind_name(segment->kind), width,
            exercise ? exercise->title : "", set, side ? side : "",
            (double)segment->length / plan->rate,
            segment->open ? "  or longer" : "");
}

// The cues in the order of their time.
static void
print_words(const struct plan *plan, const struct segment *segment, int64_t at,
            FILE *out)
{
    int64_t starts[PLAN_MOST_CUES];

    layout_place(segment, plan->rate, segment->length, starts);
    for (int64_t last = -1;;) {
        size_t next = segment->count;
        for (size_t i = 0; i < segment->count; i++) {
            if (starts[i] <= last) continue;
            if (next == segment->count || starts[i] < starts[next]) next = i;
        }
        if (next == segment->count) return;
        last = starts[next];
        print_time(plan, at + last, out);
        fprintf(out, "      \"%s\"\n", segment->cues[next].text);
    }
}

void
timetable_print(const struct plan *plan, bool words, FILE *out)
{
    int     width = title_width(plan);
    int64_t at    = 0;

    fprintf(out, "%s\n\n", plan->routine->title);
    fprintf(out, "   time  %-8s  %-*s  %-8s  %-5s %9s\n", "segment", width,
            "exercise", "set", "side", "length");
    for (size_t i = 0; i < plan->count; i++) {
        print_segment(plan, &plan->segments[i], at, width, out);
        if (words) print_words(plan, &plan->segments[i], at, out);
        at += plan->segments[i].length;
    }
    print_time(plan, at, out);
    fprintf(out, "  in all\n");
}
