// SPDX-License-Identifier: GPL-3.0-or-later
// rollcall history: what was done.
#include "app/look_back.h"
#include "base/fresh.h"
#include "base/profile.h"
#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/history_list.h"
#include "cli/history_page.h"
#include "cli/history_text.h"

#include <argp.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

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

static void
parse_id(struct options *o, const char *arg, struct argp_state *state)
{
    char *end;

    if (o->delete_id) argp_error(state, "--delete takes one session at a time");
    o->delete_id = strtoll(arg, &end, 10);
    if (*end || o->delete_id < 1)
        argp_error(state, "--delete takes the number of a session, not '%s'",
                   arg);
}

// Of which one is done.
static int
asked(const struct options *o)
{
    return o->csv + o->json + !!o->html + !!o->out + !!o->delete_id +
           o->delete_all + o->profiles;
}

static error_t
parse(int key, char *arg, struct argp_state *state)
{
    struct options *o = state->input;

    switch (key) {
    case 'c': o->csv = true; return 0;
    case 'j': o->json = true; return 0;
    case 'w': o->html = arg; return 0;
    case 'e': o->out = arg; return 0;
    case 'y': o->yes = true; return 0;
    case OPTION_PROFILES: o->profiles = true; return 0;
    case OPTION_DELETE: parse_id(o, arg, state); return 0;
    case OPTION_DELETE_ALL: o->delete_all = true; return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "it takes no '%s'", arg);
        return EINVAL;
    case ARGP_KEY_END:
        if (asked(o) > 1)
            argp_error(state, "one of --csv, --json, --html, --export, "
                              "--delete, --delete-all and --profiles at a "
                              "time");
        return 0;
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

// ---- files --------------------------------------------------------------

// As a page with WORDS, as JSON without.  For its owner alone.
static int
write_file(const char *path, const struct look_back *back,
           const struct history_words *words)
{
    struct fresh fresh;
    struct diag  diag = {""};
    enum status  st   = STATUS_OK;
    bool         good = fresh_begin_named(&fresh, path, 0600);

    if (good && words)
        history_write_page(fresh.file, back, words, profile_name());
    else if (good)
        st = history_write_json(fresh.file, back, &diag);
    if (st && !ferror(fresh.file)) {
        fresh_drop(&fresh);
        return fail(st, &diag);
    }
    if (good && fresh_end(&fresh)) return 0;
    diag_set(&diag, path, "cannot be written: %s", strerror(errno));
    return fail(STATUS_FAILED, &diag);
}

static int
print_text(const struct look_back *back, bool csv)
{
    struct diag diag = {""};
    enum status st   = csv ? history_write_csv(stdout, back, &diag)
                           : history_write_json(stdout, back, &diag);
    return st && !ferror(stdout) ? fail(st, &diag) : 0;
}

// ---- deleting -----------------------------------------------------------

static bool
is_sure(const struct history_words *words)
{
    const char       *yes         = history_word(words, HISTORY_YES);
    const char       *no          = history_word(words, HISTORY_NO);
    const char        short_yes[] = {yes[0], '\0'}, short_no[] = {no[0], '\0'};
    const char *const known[] = {yes, no, short_yes, short_no};
    char              text[ASK_SIZE];

    ask_word(text, history_word(words, HISTORY_DELETE_ALL), no, known, 4,
             false);
    return text[0] == yes[0];
}

static int
delete_some(const struct options *o, const struct history_words *words)
{
    struct store *store = NULL;
    struct diag   diag  = {""};
    char          said[HISTORY_SIZE], number[24];

    if (o->delete_all && !o->yes && !is_sure(words)) {
        puts(history_word(words, HISTORY_NONE_DELETED));
        return 0;
    }
    enum status st = look_back_open(&store, false, &diag);
    if (!st)
        st = o->delete_all ? store_delete_all(store, &diag)
                           : store_delete(store, o->delete_id, &diag);
    store_close(store);
    if (st) return fail(st, &diag);
    snprintf(number, sizeof number, "%lld", o->delete_id);
    history_say(said, words,
                o->delete_all ? HISTORY_ALL_DELETED : HISTORY_ONE_DELETED,
                number, NULL);
    puts(said);
    return 0;
}

static void
print_profiles(void)
{
    struct profiles profiles;

    profile_list(&profiles);
    for (size_t i = 0; i < profiles.count; i++) puts(profiles.names[i]);
    if (profiles.count == 0)
        puts("There is none: 'rollcall --profile NAME play ...' begins one.");
}

// WORDS: NULL where it is for programs.
static int
show(const struct options *o, const struct history_words *words)
{
    struct look_back back;
    struct diag      diag = {""};
    char             folder[PATH_SIZE];
    int              code = 0;

    enum status st = look_back_read(&back, &diag);
    if (st == STATUS_NOT_FOUND && words && !o->html && profile_folder(folder)) {
        puts(history_word(words, HISTORY_NOTHING_YET));
        return 0;
    }
    if (st) return fail(st, &diag);
    if (o->html || o->out)
        code = write_file(o->html ? o->html : o->out, &back, words);
    else if (words)
        history_print_list(&back, words);
    else
        code = print_text(&back, o->csv);
    look_back_release(&back);
    return code;
}

static int
show_or_delete(const struct options *o)
{
    struct history_words *words  = NULL;
    struct report         report = {0};
    struct diag           diag   = {""};
    bool for_programs            = (o->csv || o->json || o->out) && !o->html;
    bool deletes                 = o->delete_all || o->delete_id;

    if (!for_programs || deletes) {
        enum status st = history_words_read(&words, &report, &diag);
        report_print(&report, stderr);
        report_release(&report);
        if (st && diag.text[0]) return fail(st, &diag);
        if (st) return status_exit(st);
    }
    int code = deletes ? delete_some(o, words) : show(o, words);
    history_words_free(words);
    return code;
}

int
cmd_history(int argc, char **argv)
{
    struct options options = {0};

    argp_parse(&argp, argc, argv, 0, NULL, &options);
    if (!options.profiles) return show_or_delete(&options);
    print_profiles();
    return 0;
}
