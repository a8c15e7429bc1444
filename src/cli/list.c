// SPDX-License-Identifier: GPL-3.0-or-later
// rollcall list: the routines there are.
#include "base/text.h"
#include "cli/commands.h"
#include "cli/guess.h"
#include "cli/json_option.h"
#include "routine/library.h"
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char about[] =
    "Lists the routines: id, title, minutes, and what they need.\v"
    "They are looked for in ./routines, in your own data folder "
    "(~/.local/share/rollcall/routines), and in the one that came with "
    "rollcall.\n\n"
    "Examples:\n"
    "  rollcall list\n"
    "  rollcall list --json | jq -r '.[].id'\n"
    "  rollcall play upper-back";

static const struct argp argp = {json_options, json_parse, "",  about,
                                 NULL,         NULL,       NULL};

struct row {
    const struct library_entry *entry;
    struct routine             *routine;
    long                        seconds;
};

struct table {
    size_t      count;
    struct row *rows;
};

static enum status
measure(struct row *row, const struct phrasebook *book, struct diag *diag)
{
    int64_t ms = guess_session(row->routine, LEVEL_STANDARD, book, diag);

    row->seconds = (long)(ms / 1000);
    return ms < 0 ? STATUS_BAD_INPUT : STATUS_OK;
}

// Reads the routine of ENTRY; what cannot be used is noted on stderr.
static bool
fill(struct row *row, const struct library_entry *entry,
     const struct phrasebook *book)
{
    struct report report = {0};
    struct diag   diag   = {""};
    int           errors;

    *row           = (struct row){.entry = entry};
    enum status st = routine_read(&row->routine, entry->path, &report);
    errors         = report.errors;
    report_release(&report);
    if (st == STATUS_OK) st = measure(row, book, &diag);
    if (st == STATUS_OK) return true;
    if (errors) {
        fprintf(stderr,
                "rollcall: %s is left out, it has %d error%s; \"rollcall "
                "check %s\" shows them\n",
                entry->path, errors, errors == 1 ? "" : "s", entry->path);
    } else {
        fprintf(stderr, "rollcall: %s is left out: %s\n", entry->path,
                diag.text);
    }
    routine_free(row->routine);
    return false;
}

static long
minutes(const struct row *row)
{
    long rounded = (row->seconds + 30) / 60;
    return rounded > 0 ? rounded : 1;
}

static void
print_padded(const char *text, size_t width)
{
    size_t used = text_columns(text);
    printf("%s%*s  ", text, (int)(width > used ? width - used : 0), "");
}

static void
print_row(const char *id, const char *title, const char *time,
          const struct lines *needs, const size_t width[2])
{
    print_padded(id, width[0]);
    print_padded(title, width[1]);
    printf("%7s  ", time);
    for (size_t i = 0; i < needs->count; i++)
        printf("%s%s", i ? ", " : "", needs->text[i]);
    putchar('\n');
}

static void
print_table(const struct table *table)
{
    static const char *const head[]  = {"needs"};
    const struct lines       needs   = {1, head};
    size_t                   width[] = {2, 5};

    for (size_t i = 0; i < table->count; i++) {
        const struct routine *routine = table->rows[i].routine;
        size_t                id      = text_columns(routine->id),
               title                  = text_columns(routine->title);
        if (id > width[0]) width[0] = id;
        if (title > width[1]) width[1] = title;
    }
    print_row("id", "title", "minutes", &needs, width);
    for (size_t i = 0; i < table->count; i++) {
        const struct routine *routine = table->rows[i].routine;
        char                  time[32];
        snprintf(time, sizeof time, "%ld", minutes(&table->rows[i]));
        print_row(routine->id, routine->title, time, &routine->needs, width);
    }
}

static json_t *
row_to_json(const struct row *row)
{
    const struct lines *needs = &row->routine->needs;
    json_t             *list  = json_array();

    for (size_t i = 0; i < needs->count; i++)
        json_array_append_new(list, json_string(needs->text[i]));
    return json_pack("{s:s, s:s, s:s, s:i, s:i, s:o, s:s}", "id",
                     row->routine->id, "title", row->routine->title, "about",
                     row->routine->about, "minutes", (int)minutes(row),
                     "seconds", (int)row->seconds, "needs", list, "path",
                     row->entry->path);
}

static enum status
print_json(const struct table *table)
{
    json_t *rows = json_array();

    for (size_t i = 0; i < table->count; i++)
        json_array_append_new(rows, row_to_json(&table->rows[i]));
    bool written = json_dumpf(rows, stdout, JSON_INDENT(2)) == 0;
    json_decref(rows);
    putchar('\n');
    return written || ferror(stdout) ? STATUS_OK : STATUS_NO_MEMORY;
}

static enum status
fill_table(struct table *table, const struct library *library,
           const struct phrasebook *book)
{
    table->count = 0;
    table->rows  = calloc(library->count + 1, sizeof *table->rows);
    if (!table->rows) return STATUS_NO_MEMORY;
    for (size_t i = 0; i < library->count; i++) {
        if (fill(&table->rows[table->count], &library->entries[i], book))
            table->count++;
    }
    return STATUS_OK;
}

static void
release_table(struct table *table)
{
    for (size_t i = 0; i < table->count; i++)
        routine_free(table->rows[i].routine);
    free(table->rows);
}

static enum status
list(bool json, struct diag *diag)
{
    struct phrasebook *book    = NULL;
    struct library     library = {0};
    struct table       table   = {0};

    enum status st = guess_phrases(&book, diag);
    if (st == STATUS_OK) st = library_scan(&library, diag);
    if (st == STATUS_OK) st = fill_table(&table, &library, book);
    if (st == STATUS_OK && json)
        st = print_json(&table);
    else if (st == STATUS_OK)
        print_table(&table);
    release_table(&table);
    library_release(&library);
    phrasebook_free(book);
    return st;
}

int
cmd_list(int argc, char **argv)
{
    struct diag diag = {""};
    bool        json = false;

    if (argp_parse(&argp, argc, argv, 0, NULL, &json) != 0) return 2;
    enum status st = list(json, &diag);
    if (st != STATUS_OK)
        fprintf(stderr, "rollcall: %s\n",
                diag.text[0] ? diag.text : "there is not enough memory");
    return status_exit(st);
}
