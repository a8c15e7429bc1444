// SPDX-License-Identifier: GPL-3.0-or-later
// rollcall plan: a session as a timetable.
#include "app/prepare.h"
#include "base/fresh.h"
#include "cli/commands.h"
#include "cli/session_options.h"
#include "plan/layout.h"
#include "plan/timeline.h"
#include "plan/timetable.h"

#include <argp.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

struct options {
    struct prepare_options prepare;
    bool                   json;
    bool                   words;
    const char            *svg; // file, or NULL
};

static const struct argp_option option_list[] = {
    {"json", 'j', 0, 0, "Every segment with its cues, as one JSON object", 0},
    {"svg", 'S', "FILE", 0, "Draw it as a timeline, one page of SVG", 0},
    {"words", 'w', 0, 0, "Show what is said, too", 0},
    {0}};

static error_t
parse(int key, char *arg, struct argp_state *state)
{
    struct options *o = state->input;

    switch (key) {
    case ARGP_KEY_INIT: state->child_inputs[0] = &o->prepare; return 0;
    case 'j': o->json = true; return 0;
    case 'w': o->words = true; return 0;
    case 'S': o->svg = arg; return 0;
    default: return session_routine(key, arg, state, &o->prepare);
    }
}

static const struct argp_child children[] = {
    {&session_argp, 0, "The session", 1}, {0}};

static const struct argp argp = {
    option_list,
    parse,
    "ROUTINE",
    "Shows what a session will be: every segment with its time and length."
    "\v" SESSION_ROUTINE "  rollcall plan upper-back\n"
    "  rollcall plan upper-back --level deep --words\n"
    "  rollcall plan upper-back --json | jq .seconds\n"
    "  rollcall plan upper-back --svg upper-back.svg\n",
    children,
    0,
    0};

static double
seconds(const struct plan *plan, int64_t frames)
{
    return (double)frames / plan->rate;
}

static json_t *
text_or_null(const char *text)
{
    return text ? json_string(text) : json_null();
}

// The cues that are said, in the order of the routine's.
static json_t *
cues_json(const struct plan *plan, const struct segment *segment, int64_t at)
{
    static const char *const anchors[] = {"start", "middle", "end"};
    int64_t                  starts[PLAN_MOST_CUES];
    json_t                  *cues = json_array();

    layout_place(segment, plan->rate, segment->length, starts);
    for (size_t i = 0; i < segment->count; i++) {
        const struct cue *cue = &segment->cues[i];
        if (starts[i] == LAYOUT_DROPPED) continue;
        json_int_t frame = at + starts[i];
        json_array_append_new(
            cues,
            json_pack("{s:f,s:I,s:f,s:s,s:s}", "at", seconds(plan, frame),
                      "frame", frame, "seconds", seconds(plan, cue->length),
                      "anchor", anchors[cue->anchor], "text", cue->text));
    }
    return cues;
}

static json_t *
segment_json(const struct plan *plan, const struct segment *segment, int64_t at)
{
    static const char *const ends[]   = {NULL,  "go",       "side",
                                         "set", "exercise", "session"};
    const struct exercise   *exercise = plan_exercise(plan, segment);
    bool                     set      = segment->set > 0;

    return json_pack("{s:f,s:I,s:s,s:o,s:o,s:o,s:o,s:f,s:b,s:o,s:o}", "at",
                     seconds(plan, at), "frame", (json_int_t)at, "kind",
                     segment_kind_name(segment->kind), "exercise",
                     text_or_null(exercise ? exercise->id : NULL), "set",
                     set ? json_integer(segment->set) : json_null(), "sets",
                     set ? json_integer(segment->sets) : json_null(), "side",
                     text_or_null(side_name(segment->side)), "seconds",
                     seconds(plan, segment->length), "open", segment->open,
                     "ends", text_or_null(ends[segment->end]), "cues",
                     cues_json(plan, segment, at));
}

static bool
print_json(const struct plan *plan)
{
    json_t *segments = json_array();
    int64_t at       = 0;

    for (size_t i = 0; i < plan->count; i++) {
        json_array_append_new(segments,
                              segment_json(plan, &plan->segments[i], at));
        at += plan->segments[i].length;
    }
    json_t *object = json_pack("{s:s,s:s,s:f,s:i,s:o}", "routine",
                               plan->routine->id, "title", plan->routine->title,
                               "seconds", seconds(plan, plan->length), "rate",
                               (int)plan->rate, "segments", segments);
    if (!object) return false;
    json_dumpf(object, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(12));
    putchar('\n');
    json_decref(object);
    return true;
}

static bool
draw(const struct plan *plan, const char *path)
{
    struct fresh fresh;

    if (!fresh_begin_named(&fresh, path, 0666)) return false;
    timeline_print(plan, fresh.file);
    return fresh_end(&fresh);
}

int
cmd_plan(int argc, char **argv)
{
    struct options  options  = {.prepare.rate = PREPARE_RATE};
    struct prepared prepared = {0};
    struct report   report   = {0};
    struct diag     diag     = {0};
    bool            good     = true;

    argp_parse(&argp, argc, argv, 0, 0, &options);
    enum status st = prepare(&prepared, &options.prepare, &report, &diag);
    if (st) return session_failed(argv[0], st, &report, &diag);

    report_print(&report, stderr);
    report_release(&report);
    if (options.svg && !draw(prepared.plan, options.svg)) {
        fprintf(stderr, "%s: %s: cannot be written: %s\n", argv[0], options.svg,
                strerror(errno));
        prepared_release(&prepared);
        return 1;
    }
    if (options.json)
        good = print_json(prepared.plan);
    else if (!options.svg)
        timetable_print(prepared.plan, options.words, stdout);
    prepared_release(&prepared);
    if (!good) fprintf(stderr, "%s: there is not enough memory\n", argv[0]);
    return good ? 0 : 1;
}
