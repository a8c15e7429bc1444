// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/session_options.h"

#include "base/status.h"
#include "plan/fit.h"
#include "routine/screening.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    OPTION_SCREENING = 0x100,
    OPTION_NO_SCREENING,
    OPTION_LANGUAGE,
    OPTION_NO_PACE,
    OPTION_NO_DISCOMFORT,
    OPTION_HIGH_PASS,
    OPTION_SHUFFLE,
    OPTION_PROFILE
};

static const struct argp_option options[] = {
    {"sets", 's', "N", 0, "Sets of every exercise (1 to 20)", 0},
    {"level", 'l', "LEVEL", 0,
     "gentle, standard (default) or deep: low, middle or high end of each "
     "dose",
     0},
    {"minutes", 'M', "N", 0,
     "Fit the session to this time: by dose, then sets, then by leaving out",
     0},
    {"talk", 't', "HOW", 0,
     "usual (default): the better you know an exercise, the less is explained; "
     "or full, brief, quiet",
     0},
    {"known", 'k', "N", 0,
     "Explain as to somebody who has done each exercise N times before: all of "
     "it at 0, a line or two at 1 and 2, from 3 on its name",
     0},
    {"pace", 'p', 0, 0,
     "Soft tones up and down to roll by, where a routine gives a pace", 0},
    {"no-pace", OPTION_NO_PACE, 0, 0,
     "No tones to roll by, whatever the settings say", 0},
    {"gates", 'g', "LIST", 0,
     "What you have today, as \"numbness, knee injury\": exercises that are "
     "not for it are left out or replaced",
     0},
    {"discomfort", 'd', 0, 0,
     "Ask how much discomfort there is, 0 to 10, before and after", 0},
    {"no-discomfort", OPTION_NO_DISCOMFORT, 0, 0,
     "Do not ask for discomfort, whatever the settings say", 0},
    {"screening", OPTION_SCREENING, 0, 0,
     "Ask the ten questions of a first session once more", 0},
    {"no-screening", OPTION_NO_SCREENING, 0, 0,
     "Ask none of the ten questions of a first session, and let what was "
     "answered not count",
     0},
    {"language", OPTION_LANGUAGE, "LANG", 0,
     "A folder of voices/, or how it begins: en (default), de", 0},
    {"profile", OPTION_PROFILE, "NAME", 0,
     "Whose session it is, where several people share the device", 0},
    {"voice", 'v', "NAME", 0, "A voice of 'rollcall voices'; calm if not given",
     0},
    {0}};

static int
parse_number(struct argp_state *state, const char *option, const char *text,
             long least, long most)
{
    char *end;
    long  number = strtol(text, &end, 10);

    if (*end || end == text || number < least || number > most)
        argp_error(state, "%s takes a number from %ld to %ld, not '%s'", option,
                   least, most, text);
    return (int)number;
}

static int
known_times(void *ctx, const char *known_as)
{
    const int *times = ctx;
    (void)known_as;
    return *times;
}

static error_t
parse_known(struct argp_state *state, struct plan_options *plan,
            const char *text)
{
    static int times;
    char      *end;
    long       number = strtol(text, &end, 10);

    if (*end || end == text || number < 0 || number > 1000000)
        argp_error(state, "--known takes a number from 0, not '%s'", text);
    times         = (int)number;
    plan->met     = known_times;
    plan->met_ctx = &times;
    return 0;
}

static error_t
parse_gates(struct argp_state *state, gate_set *gates, const char *list)
{
    struct diag diag = {""};
    if (!screening_list(gates, list, &diag))
        argp_error(state, "--gates: %s", diag.text);
    return 0;
}

static error_t
parse(int key, char *arg, struct argp_state *state)
{
    struct prepare_options *o = state->input;

    switch (key) {
    case 'M':
        o->minutes = parse_number(state, "--minutes", arg, 1, FIT_MOST_MINUTES);
        return 0;
    case 's':
        o->plan.sets = parse_number(state, "--sets", arg, 1, ROUTINE_MOST_SETS);
        return 0;
    case 'l':
        if (!level_parse(&o->plan.level, arg))
            argp_error(state, "--level is gentle, standard or deep, not '%s'",
                       arg);
        return 0;
    case 't':
        if (!talk_parse(&o->plan.talk, arg))
            argp_error(state, "--talk is usual, full, brief or quiet, not '%s'",
                       arg);
        return 0;
    case 'k': return parse_known(state, &o->plan, arg);
    case 'p': o->plan.pace = true; return 0;
    case OPTION_NO_PACE: o->plan.pace = false; return 0;
    case 'g': return parse_gates(state, &o->plan.given.gates, arg);
    case 'd': o->plan.discomfort = true; return 0;
    case OPTION_NO_DISCOMFORT: o->plan.discomfort = false; return 0;
    case OPTION_LANGUAGE:
    case OPTION_PROFILE: return 0; // main() took them out
    case OPTION_SCREENING: o->screening = SCREENING_NOW; return 0;
    case OPTION_NO_SCREENING: o->screening = SCREENING_NEVER; return 0;
    case 'v': o->voice = arg; return 0;
    case ARGP_KEY_INIT:
        o->plan.level = LEVEL_STANDARD;
        o->plan.talk  = TALK_USUAL;
        return 0;
    case ARGP_KEY_FINI: o->plan.sets_level = o->plan.level; return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

const struct argp session_argp = {options, parse, 0, 0, 0, 0, 0};

error_t
session_routine(int key, char *arg, struct argp_state *state,
                struct prepare_options *o)
{
    switch (key) {
    case ARGP_KEY_ARG:
        if (state->arg_num > 0) argp_usage(state);
        o->routine = arg;
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "which routine? 'rollcall list' shows them");
        return EINVAL;
    default: return ARGP_ERR_UNKNOWN;
    }
}

#define MUSIC_VOLUME (-10) // dB

static const struct argp_option music_options[] = {
    {"music", 'u', "FILE", 0,
     "Music under the session: a sound file, or a folder of them; softer while "
     "somebody speaks",
     0},
    {"music-volume", 'U', "DB", 0,
     "How loud, in decibels against speech (-40 to 10); -10 if not given", 0},
    {"shuffle", OPTION_SHUFFLE, 0, 0, "Play a folder of music in any order", 0},
    {"high-pass", OPTION_HIGH_PASS, "HZ", 0,
     "Take out what is lower (20 to 300, 0 for nothing), which a small "
     "loudspeaker only rattles with; 80 if not given",
     0},
    {0}};

static int
parse_high_pass(struct argp_state *state, const char *text)
{
    char *end;
    long  hz = strtol(text, &end, 10);
    if (*end || end == text || (hz && hz < 20) || hz > 300 || hz < 0)
        argp_error(state, "--high-pass takes 0 or 20 to 300, not '%s'", text);
    return (int)hz;
}

static error_t
parse_music(int key, char *arg, struct argp_state *state)
{
    struct player_options *o = state->input;

    switch (key) {
    case ARGP_KEY_INIT:
        o->music_volume = MUSIC_VOLUME;
        o->high_pass    = PLAYER_HIGH_PASS;
        return 0;
    case OPTION_SHUFFLE: o->shuffle = true; return 0;
    case OPTION_HIGH_PASS: o->high_pass = parse_high_pass(state, arg); return 0;
    case 'u': o->music = arg; return 0;
    case 'U':
        o->music_volume = parse_number(state, "--music-volume", arg, -40, 10);
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

const struct argp music_argp = {music_options, parse_music, 0, 0, 0, 0, 0};

int
session_failed(const char *name, enum status st, struct report *report,
               const struct diag *diag)
{
    report_print(report, stderr);
    if (diag->text[0])
        fprintf(stderr, "%s: %s\n", name, diag->text);
    else if (st == STATUS_NO_MEMORY)
        fprintf(stderr, "%s: there is not enough memory\n", name);
    report_release(report);
    return status_exit(st);
}
