// SPDX-License-Identifier: GPL-3.0-or-later
// rollcall new: a routine of one's own, by a few questions.
#include "base/text.h"
#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/file.h"
#include "routine/known.h"
#include "routine/library.h"
#include "routine/routine.h"
#include <argp.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define MOST_CHOSEN 12
#define LEAST_TALK  15             // seconds of work that have room for a cue
#define WITHOUT     "belly-breath" // what asks nothing of anybody

static const char usage[] = "NAME";
static const char about[] =
    "Asks a few questions, and writes a routine with comments to go on from.\v"
    "An empty line takes the answer in brackets.  NAME is small letters, "
    "digits and hyphens; the file goes to ./routines where there is such a "
    "folder, else to your own data folder, so that \"rollcall play NAME\" "
    "finds it.  A NAME that ends in .yaml is the file itself.  A file that is "
    "there already is never touched.\n\n"
    "Examples:\n"
    "  rollcall new evening\n"
    "  rollcall new ./evening.yaml";

static error_t
parse(int key, char *arg, struct argp_state *state)
{
    const char **name = state->input;

    switch (key) {
    case ARGP_KEY_ARG:
        if (state->arg_num > 0) argp_usage(state);
        *name = arg;
        return 0;
    case ARGP_KEY_NO_ARGS: argp_usage(state); return EINVAL;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {NULL, parse, usage, about, NULL, NULL, NULL};

// What is being written.
struct draft_file {
    FILE          *out;
    struct library exercises; // that can be used
    char           body[ASK_SIZE];
    int            sets;
    char           list[ASK_SIZE]; // where the chosen ones' names are
    char          *chosen[MOST_CHOSEN];
    size_t         count;
};

// ---- where to ----------------------------------------------------------

// The folder of the user's own routines, which is made.
static bool
own_folder(char path[PATH_SIZE])
{
    char data[PATH_SIZE];

    if (!path_user_data(data) || !path_join(path, data, "routines"))
        return false;
    return path_make_folders(path) &&
           (mkdir(path, 0700) == 0 || errno == EEXIST);
}

static bool
ends_in_yaml(const char *name)
{
    size_t length = strlen(name);
    return length > 5 && strcmp(name + length - 5, ".yaml") == 0;
}

// The id and the file of NAME.
static enum status
place(char id[ASK_SIZE], char path[PATH_SIZE], const char *name,
      struct diag *diag)
{
    char folder[PATH_SIZE] = "routines", better[ROUTINE_LONGEST_NAME + 1];
    const char *slash      = strrchr(name, '/');
    bool        file       = ends_in_yaml(name);

    text_copy(id, ASK_SIZE, slash ? slash + 1 : name);
    if (ends_in_yaml(id)) id[strlen(id) - 5] = '\0';
    routine_suggest_id(better, id);
    if (!*id || strcmp(better, id) != 0 || (slash && !file)) {
        diag_set(diag, name,
                 "a routine is named with small letters, digits and hyphens; "
                 "write for example %s",
                 *better ? better : "evening");
        return STATUS_BAD_INPUT;
    }
    if (file && text_copy(path, PATH_SIZE, name)) return STATUS_OK;
    if (!path_exists(folder) && !own_folder(folder)) {
        diag_set(diag, folder, "cannot be made: %s", strerror(errno));
        return STATUS_FAILED;
    }
    char base[ASK_SIZE + 8];
    snprintf(base, sizeof base, "%s.yaml", id);
    if (path_join(path, folder, base)) return STATUS_OK;
    diag_set(diag, NULL, "the path is too long");
    return STATUS_BAD_INPUT;
}

// ---- text of the file --------------------------------------------------

static void
quote(FILE *out, const char *text)
{
    fputc('"', out);
    for (; *text; text++) {
        if (*text == '"' || *text == '\\') fputc('\\', out);
        fputc(*text, out);
    }
    fputc('"', out);
}

// "front-of-hip" -> "Front of hip".
static void
title_of(char to[ROUTINE_LONGEST_NAME + 1], const char *id)
{
    text_copy(to, ROUTINE_LONGEST_NAME + 1, id);
    if (*to >= 'a' && *to <= 'z') *to = (char)(*to - 'a' + 'A');
    for (char *c = to; *c; c++) {
        if (*c == '-') *c = ' ';
    }
}

static void
write_head(const struct draft_file *draft, const char *id, const char *title)
{
    fprintf(draft->out,
            "# A routine for rollcall.  \"rollcall check\" tells what is "
            "wrong in it,\n"
            "# \"rollcall plan\" how long it takes and what is said.\n"
            "routine: %s\n"
            "title: ",
            id);
    quote(draft->out, title);
    fprintf(draft->out,
            "\n# said at the beginning, after the title\n"
            "about: This is education, not a prescription.\n"
            "# what it is for, and how many minutes you want it to take\n"
            "body: [%s]\n"
            "# minutes: 10\n"
            "# needs: [foam roller]    # left out: the tools of the exercises\n"
            "\nexercises:\n",
            draft->body);
}

static bool
is_chosen(const struct draft_file *draft, const char *id)
{
    for (size_t i = 0; i < draft->count; i++) {
        if (strcmp(draft->chosen[i], id) == 0) return true;
    }
    return false;
}

// Who stands in for the exercise file ENTRY; empty: nobody.
static void
stand_in_of(char to[ASK_SIZE], const struct library_entry *entry)
{
    struct report   report  = {0};
    struct routine *routine = NULL;

    text_copy(to, ASK_SIZE, "");
    if (routine_read(&routine, entry->path, &report) == STATUS_OK)
        text_copy(to, ASK_SIZE, routine->exercises[0].instead);
    routine_free(routine);
    report_release(&report);
}

static void
write_use(const struct draft_file *draft, const struct library_entry *entry)
{
    char instead[ASK_SIZE];

    stand_in_of(instead, entry);
    fprintf(draft->out,
            "  # from the library; a key that you add counts before the "
            "file's own\n"
            "  - use: %s\n",
            entry->id);
    if (*instead && !is_chosen(draft, instead) &&
        library_entry(&draft->exercises, WITHOUT) &&
        strcmp(entry->id, WITHOUT) != 0)
        fprintf(draft->out, "    instead: %s\n", WITHOUT);
    fprintf(draft->out, "    sets: %d\n", draft->sets);
}

static void
write_safety(FILE *out)
{
    fprintf(out,
            "    # who leaves it out, by the questions before a first session\n"
            "    gates: [open_wound, recent_fracture, blood_clot, numbness, "
            "it_band]\n"
            "    cautions:\n"
            "      - Stay on muscle, away from bones and joints.\n"
            "      - stop_if: something sharp, numb or tingling\n");
}

static void
write_own(const struct draft_file *draft, const char *name)
{
    static const char *const kinds[] = {"roll", "hold"};
    char  id[ROUTINE_LONGEST_NAME + 1], title[ROUTINE_LONGEST_NAME + 1];
    char  kind[ASK_SIZE], tool[ASK_SIZE];
    FILE *out = draft->out;

    routine_suggest_id(id, name);
    title_of(title, id);
    fprintf(stderr, "\n%s is an exercise of your own.\n", title);
    ask_word(kind, "  Do you roll, or hold still? (roll, hold)", "hold", kinds,
             2, false);
    ask_word(tool, "  With which tool? (none, foam roller, massage ball, ...)",
             "none", known_tools.words, known_tools.count, true);
    int seconds =
        ask_number("  How many seconds?", 30, ROUTINE_SHORTEST_WORK / 1000,
                   ROUTINE_LONGEST_WORK / 1000);
    bool sides = ask_yes("  Each side on its own? (yes, no)", false);

    fprintf(out, "  # your own; write down how it is done\n  - id: %s\n", id);
    fprintf(out, "    title: %s\n", title);
    if (strcmp(tool, "none") != 0) {
        fprintf(out, "    tool: ");
        quote(out, tool);
        fputc('\n', out);
    }
    fprintf(out, "    # muscles: [trapezius]\n"
                 "    # why: One sentence, for who asks.\n"
                 "    # feel: Where it is felt.\n");
    if (known_presses(tool)) write_safety(out);
    fprintf(out,
            "    # said in this order, one action a sentence\n"
            "    setup:\n"
            "      - Get into position.\n"
            "    work: {kind: %s, time: %ds}\n"
            "    sets: %d\n",
            kind, seconds, draft->sets);
    if (sides) fprintf(out, "    sides: each\n    change: 8s\n");
    if (draft->sets > 1) fprintf(out, "    rest: {time: 30s}\n");
    if (seconds >= LEAST_TALK)
        fprintf(out, "    # short lines while you work\n"
                     "    cues:\n"
                     "      - Long, slow breaths.\n"
                     "      - Let it soften.\n");
}

// ---- the questions -----------------------------------------------------

static void
ask_body(struct draft_file *draft)
{
    ask_word(draft->body, "Which part of the body is it for?", "upper back",
             known_bodies.words, known_bodies.count, false);
}

// Whether the exercise file ENTRY is for BODY.
static bool
is_for(const struct library_entry *entry, const char *body)
{
    struct report   report  = {0};
    struct routine *routine = NULL;
    bool            is      = false;

    if (routine_read(&routine, entry->path, &report) == STATUS_OK) {
        for (size_t i = 0; i < routine->body.count && !is; i++)
            is = known_covers(body, routine->body.text[i]);
    }
    routine_free(routine);
    report_release(&report);
    return is;
}

// The first three exercises for the body, as "a, b, c".
static void
suggest(char to[ASK_SIZE], const struct draft_file *draft)
{
    size_t used = 0, count = 0;

    text_copy(to, ASK_SIZE, "my-stretch");
    for (size_t i = 0; i < draft->exercises.count && count < 3; i++) {
        const struct library_entry *entry = &draft->exercises.entries[i];
        if (strlen(entry->id) > ROUTINE_LONGEST_NAME) continue;
        if (!is_for(entry, draft->body)) continue;
        used += (size_t)snprintf(to + used, ASK_SIZE - used, "%s%s",
                                 count ? ", " : "", entry->id);
        count++;
    }
}

// Takes WORD for an exercise of the library, or of one's own; asks where it is
// but misspelt.
static void
choose(struct draft_file *draft, char *word)
{
    const char *ids[256];
    size_t      count = 0;
    char        id[ROUTINE_LONGEST_NAME + 1], question[ASK_SIZE + 64];

    if (draft->count == MOST_CHOSEN) return;
    for (; count < draft->exercises.count && count < 256; count++)
        ids[count] = draft->exercises.entries[count].id;
    routine_suggest_id(id, word);
    const char *nearest = text_nearest(id, ids, count);
    if (nearest && strcmp(nearest, id) != 0) {
        snprintf(question, sizeof question, "  Is '%s' %s? (yes, no)", word,
                 nearest);
        if (ask_yes(question, true)) text_copy(id, sizeof id, nearest);
    }
    if (!*id || is_chosen(draft, id)) return;
    char *kept = strdup(id);
    if (kept) draft->chosen[draft->count++] = kept;
}

static void
ask_exercises(struct draft_file *draft)
{
    char  usual[ASK_SIZE];
    char *list = draft->list, *word;

    fprintf(stderr, "\nExercises of the library:");
    for (size_t i = 0; i < draft->exercises.count; i++)
        fprintf(stderr, "%s %s", i ? "," : "", draft->exercises.entries[i].id);
    fprintf(stderr, "\nOther names are exercises of your own.\n");
    suggest(usual, draft);
    ask_text(draft->list, "Which ones, with commas between them?", usual);
    while ((word = ask_split(&list)) != NULL) choose(draft, word);
    if (draft->count > 0) return;
    text_copy(draft->list, ASK_SIZE, usual);
    list = draft->list;
    while ((word = ask_split(&list)) != NULL) choose(draft, word);
}

static void
ask_all(struct draft_file *draft, const char *id)
{
    char title[ASK_SIZE], usual[ROUTINE_LONGEST_NAME + 1];

    title_of(usual, id);
    ask_text(title, "Its title, as it is spoken?", usual);
    if (strlen(title) > ROUTINE_LONGEST_NAME) {
        fprintf(stderr, "  that is longer than %d characters\n",
                ROUTINE_LONGEST_NAME);
        text_copy(title, sizeof title, usual);
    }
    ask_body(draft);
    ask_exercises(draft);
    draft->sets = ask_number("How many sets of each?", 2, 1, ROUTINE_MOST_SETS);
    write_head(draft, id, title);
    for (size_t i = 0; i < draft->count; i++) {
        const struct library_entry *entry =
            library_entry(&draft->exercises, draft->chosen[i]);
        if (i > 0) fputc('\n', draft->out);
        if (entry)
            write_use(draft, entry);
        else
            write_own(draft, draft->chosen[i]);
    }
}

// Asks, and writes the answers to PATH.
static enum status
make(const char *id, const char *path, struct diag *diag)
{
    struct draft_file draft = {0};
    char             *text  = NULL;
    size_t            size  = 0;

    enum status st = library_scan_exercises(&draft.exercises, path, diag);
    if (st != STATUS_OK) return st;
    draft.out = open_memstream(&text, &size);
    if (draft.out) {
        ask_all(&draft, id);
        bool good = fclose(draft.out) == 0;
        st = good ? file_create(path, text, size, diag) : STATUS_NO_MEMORY;
    } else {
        st = STATUS_NO_MEMORY;
    }
    if (st == STATUS_NO_MEMORY) diag_set(diag, NULL, "out of memory");
    for (size_t i = 0; i < draft.count; i++) free(draft.chosen[i]);
    free(text);
    library_release(&draft.exercises);
    return st;
}

int
cmd_new(int argc, char **argv)
{
    struct diag diag = {""};
    const char *name = NULL;
    char        id[ASK_SIZE], path[PATH_SIZE];

    if (argp_parse(&argp, argc, argv, 0, NULL, &name) != 0) return 2;
    enum status st = place(id, path, name, &diag);
    if (st == STATUS_OK && path_exists(path)) {
        diag_set(&diag, path, "is there already, and stays as it is");
        st = STATUS_BAD_INPUT;
    }
    if (st == STATUS_OK) st = make(id, path, &diag);
    if (st != STATUS_OK) {
        fprintf(stderr, "rollcall: %s\n", diag.text);
        return status_exit(st);
    }
    puts(path);
    fprintf(stderr,
            "Written.  Now look at it, and then:\n"
            "  rollcall check %s\n"
            "  rollcall play %s\n",
            path, ends_in_yaml(name) ? path : id);
    return 0;
}
