// SPDX-License-Identifier: GPL-3.0-or-later
// rollcall history: what was done.
#include "app/look_back.h"
#include "app/suggest.h"
#include "base/profile.h"
#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/history_page.h"
#include "cli/history_text.h"

#include <argp.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAME "rollcall history"

enum { OPTION_DELETE = 0x100, OPTION_DELETE_ALL, OPTION_YES, OPTION_PROFILES };

struct options {
    bool        csv, json, delete_all, yes, profiles;
    long long   delete_id;
    const char *html, *out;
};

static const struct argp_option option_list[] = {
    {"csv", 'c', 0, 0, "A line for each window of work, to stdout", 0},
    {"json", 'j', 0, 0, "Everything that is kept, to stdout", 0},
    {"html", 'w', "FILE", 0, "A page with charts that needs nothing else", 0},
    {"export", 'e', "FILE", 0, "Everything that is kept, as JSON, to a file",
     0},
    {"delete", OPTION_DELETE, "NUMBER", 0, "Delete this session for good", 0},
    {"delete-all", OPTION_DELETE_ALL, 0, 0,
     "Delete the whole history for good; asks first", 0},
    {"yes", 'y', 0, 0, "Do not ask", 0},
    {"profiles", OPTION_PROFILES, 0, 0,
     "The names that --profile was given so far", 0},
    {0}};

static error_t
parse(int key, char *arg, struct argp_state *state)
{
    struct options *o = state->input;
    char           *end;

    switch (key) {
    case 'c': o->csv = true; return 0;
    case 'j': o->json = true; return 0;
    case 'w': o->html = arg; return 0;
    case 'e': o->out = arg; return 0;
    case 'y': o->yes = true; return 0;
    case OPTION_PROFILES: o->profiles = true; return 0;
    case OPTION_DELETE:
        o->delete_id = strtoll(arg, &end, 10);
        if (*end || o->delete_id < 1)
            argp_error(state,
                       "--delete takes the number of a session, not "
                       "'%s'",
                       arg);
        return 0;
    case OPTION_DELETE_ALL: o->delete_all = true; return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "it takes no '%s'", arg);
        return EINVAL;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    option_list,
    parse,
    "",
    "Shows what you did: sessions, streak, minutes a week, muscles, "
    "discomfort.  It is kept on this device and sent nowhere."
    "\v  rollcall history\n"
    "  rollcall history --html history.html\n"
    "  rollcall --profile anna history --csv > anna.csv\n",
    0,
    0,
    0};

static int
fail(enum status st, const struct diag *diag)
{
    fprintf(stderr, NAME ": %s\n",
            diag->text[0] ? diag->text : "it cannot be written");
    return status_exit(st);
}

// ---- the list -----------------------------------------------------------

static void
print_session(const struct past_session *s)
{
    char when[40];

    history_time(when, s->started, s->zone);
    when[10] = ' ';
    printf("%4lld  %.16s  %-20s %5.1f min  %d done", (long long)s->id, when,
           s->routine, s->worked / 60, s->done);
    if (s->shortened) printf(", %d shortened", s->shortened);
    if (s->skipped) printf(", %d skipped", s->skipped);
    if (s->pains) printf(", pain");
    if (s->devices) printf(", sound was lost");
    if (s->before >= 0 && s->after >= 0)
        printf(", discomfort %d to %d", s->before, s->after);
    if (!*s->ended)
        printf(", broke off");
    else if (strcmp(s->ended, "ended") == 0)
        printf(", ended early");
    putchar('\n');
}

// "3 days ago"
static void
print_ago(int64_t days)
{
    if (days <= 0)
        printf("today");
    else if (days == 1)
        printf("yesterday");
    else
        printf("%lld days ago", (long long)days);
}

static void
print_muscles(const struct look_back *back)
{
    if (back->muscles.count == 0) return;
    puts("\nMuscles, in all:");
    for (size_t i = 0; i < back->muscles.count; i++) {
        const struct past_muscle *m = &back->muscles.list[i];
        printf("  %-28s %-5s %6.1f min, last ", m->muscle, m->side,
               m->seconds / 60);
        print_ago(back->today - summary_day(m->last, m->zone));
        putchar('\n');
    }
}

static void
print_summary(const struct summary *s)
{
    printf("\nStreak: %d day%s, the longest %d.  ", s->streak,
           s->streak == 1 ? "" : "s", s->longest);
    printf("This week %.0f minutes, last week %.0f; in all %.0f in %d "
           "session%s.\n",
           s->week[SUMMARY_WEEKS - 1], s->week[SUMMARY_WEEKS - 2], s->minutes,
           s->sessions, s->sessions == 1 ? "" : "s");
    if (s->pairs)
        printf("Discomfort: a session takes away %.1f on the average.",
               s->relief);
    if (s->tellings >= 3)
        printf("  Before a session it %s by %.1f a week.",
               s->trend <= 0 ? "falls" : "rises",
               s->trend <= 0 ? -s->trend : s->trend);
    if (s->pairs || s->tellings >= 3) putchar('\n');
}

static void
print_suggestion(const struct look_back *back)
{
    struct suggestion s;

    suggest_make(&s, back);
    if (*s.due)
        printf("Due: %s, last %d days ago: rollcall play %s\n", s.muscle,
               s.days, s.due);
    if (*s.usual)
        printf("As usual, %d times in %d days: rollcall play %s\n", s.times,
               LOOK_BACK_DAYS, s.usual);
    if (*s.uneven)
        printf("Balance: %s, the %s side had %.1f minutes and the other "
               "%.1f.\n",
               s.uneven, s.less, s.had / 60, s.other / 60);
}

static int
print_all(const struct look_back *back)
{
    for (size_t i = 0; i < back->sessions.count; i++)
        print_session(&back->sessions.list[i]);
    if (back->sessions.count == 0) puts("There is no session in it.");
    print_summary(&back->summary);
    print_suggestion(back);
    print_muscles(back);
    return 0;
}

// ---- files --------------------------------------------------------------

// For its owner alone; a file there is replaced whole, or not at all.
static int
write_file(const char *path, const struct look_back *back, bool html)
{
    char        fresh[PATH_SIZE];
    struct diag diag = {""};
    enum status st   = STATUS_OK;

    if (snprintf(fresh, sizeof fresh, "%s.new", path) >= PATH_SIZE) return 2;
    int   fd   = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
    if (file && html) history_write_page(file, back, profile_name());
    if (file && !html) st = history_write_json(file, back, &diag);
    bool good = file && !ferror(file) && fflush(file) == 0;
    if (file) good = fclose(file) == 0 && good;
    if (!st && good && rename(fresh, path) == 0) return 0;
    if (!diag.text[0])
        diag_set(&diag, path, "cannot be written: %s", strerror(errno));
    if (fd >= 0) unlink(fresh);
    return fail(STATUS_FAILED, &diag);
}

static int
print_text(const struct look_back *back, bool csv)
{
    struct diag diag = {""};
    enum status st   = csv ? history_write_csv(stdout, back, &diag)
                           : history_write_json(stdout, back, &diag);
    if (!st && fflush(stdout) != 0) st = STATUS_FAILED;
    return st ? fail(st, &diag) : 0;
}

// ---- deleting -----------------------------------------------------------

static int
delete_some(const struct options *o)
{
    struct store *store = NULL;
    struct diag   diag  = {""};

    if (o->delete_all && !o->yes &&
        !ask_yes("Delete the whole history for good?", false)) {
        puts("Nothing was deleted.");
        return 0;
    }
    enum status st = look_back_open(&store, false, &diag);
    if (!st)
        st = o->delete_all ? store_delete_all(store, &diag)
                           : store_delete(store, o->delete_id, &diag);
    store_close(store);
    if (st) return fail(st, &diag);
    if (o->delete_all)
        puts("The history is deleted.");
    else
        printf("Session %lld is deleted.\n", o->delete_id);
    return 0;
}

static int
print_profiles(void)
{
    struct profiles profiles;

    profile_list(&profiles);
    for (size_t i = 0; i < profiles.count; i++) puts(profiles.names[i]);
    if (profiles.count == 0)
        puts("There is none: 'rollcall --profile NAME play ...' begins one.");
    return fflush(stdout) == 0 ? 0 : 1;
}

static int
show(const struct options *o, const struct look_back *back)
{
    if (o->html) return write_file(o->html, back, true);
    if (o->out) return write_file(o->out, back, false);
    if (o->csv || o->json) return print_text(back, o->csv);
    return print_all(back);
}

int
cmd_history(int argc, char **argv)
{
    struct options   options = {0};
    struct look_back back;
    struct diag      diag = {""};

    argp_parse(&argp, argc, argv, 0, NULL, &options);
    if (options.profiles) return print_profiles();
    if (options.delete_all || options.delete_id) return delete_some(&options);
    enum status st = look_back_read(&back, &diag);
    if (st == STATUS_NOT_FOUND && !options.html && !options.out &&
        !options.csv && !options.json) {
        printf("%s.\n", diag.text);
        return 0;
    }
    if (st) return fail(st, &diag);
    int code = show(&options, &back);
    look_back_release(&back);
    if (fflush(stdout) != 0 && code == 0) {
        diag_set(&diag, "stdout", "%s", strerror(errno));
        return fail(STATUS_FAILED, &diag);
    }
    return code;
}
