// SPDX-License-Identifier: GPL-3.0-or-later
// rollcall voices: the voices there are.
#include "app/prepare.h"
#include "base/path.h"
#include "base/report.h"
#include "cli/commands.h"
#include "cli/json_option.h"
#include "speech/profile.h"
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char about[] =
    "Lists the voices that can be chosen with --voice.\v"
    "A voice is a file in the folder voices/en-us: which voice of eSpeak NG, "
    "how many words a minute, how high. Copy one and change it to make your "
    "own; it may say any phrase by a recorded clip (docs/audio.md).\n\n"
    "Examples:\n"
    "  rollcall voices\n"
    "  rollcall play upper-back --voice brisk\n"
    "  rollcall voices --json | jq -r '.[].name'";

static const struct argp argp = {json_options, json_parse, "",  about,
                                 NULL,         NULL,       NULL};

struct table {
    struct profile *rows;
    size_t          count;
    enum status     wrong; // with files that cannot be used, told on stderr
};

static void
fill_row(struct table *table, const char *folder, const char *name)
{
    struct report report = {0};
    char          file[PROFILE_TEXT + 8], path[PATH_SIZE];

    snprintf(file, sizeof file, "%s.yaml", name);
    enum status st = STATUS_BAD_INPUT;
    if (path_join(path, folder, file))
        st = profile_read(&table->rows[table->count], path, &report);
    if (st == STATUS_OK)
        table->count++;
    else if (status_exit(table->wrong) != 1)
        table->wrong = st;
    report_print(&report, stderr);
    report_release(&report);
}

static enum status
fill(struct table *table, const char *folder)
{
    struct profile_list list = {0};
    enum status         st   = profile_list_read(&list, folder);

    if (st == STATUS_OK) {
        table->rows = calloc(list.count + 1, sizeof *table->rows);
        if (!table->rows) st = STATUS_NO_MEMORY;
    }
    for (size_t i = 0; st == STATUS_OK && i < list.count; i++)
        fill_row(table, folder, list.names[i]);
    profile_list_release(&list);
    return st;
}

static void
print_table(const struct table *table)
{
    int width = 5;
    for (size_t i = 0; i < table->count; i++) {
        int length = (int)strlen(table->rows[i].name);
        if (length > width) width = length;
    }
    printf("%-*s  words/min  about\n", width, "voice");
    for (size_t i = 0; i < table->count; i++) {
        const struct profile *row = &table->rows[i];
        printf("%-*s  %9d  %s\n", width, row->name, row->rate, row->about);
    }
}

static json_t *
row_to_json(const struct profile *row)
{
    return json_pack("{s:s, s:s, s:s, s:i, s:i, s:i, s:i, s:i, s:s*, s:f}",
                     "name", row->name, "about", row->about, "voice",
                     row->voice, "rate", row->rate, "pitch", row->pitch,
                     "range", row->range, "word_gap", row->word_gap, "comma",
                     row->comma, "clips", row->clips[0] ? row->clips : NULL,
                     "gain", row->gain);
}

static void
print_json(const struct table *table)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < table->count; i++)
        json_array_append_new(rows, row_to_json(&table->rows[i]));
    json_dumpf(rows, stdout, JSON_INDENT(2));
    json_decref(rows);
    putchar('\n');
}

int
cmd_voices(int argc, char **argv)
{
    struct table table = {0};
    bool         json  = false;
    char         folder[PATH_SIZE];

    if (argp_parse(&argp, argc, argv, 0, NULL, &json) != 0) return 2;
    if (!prepare_voices(folder)) {
        fprintf(stderr,
                "rollcall: cannot tell where rollcall's own files are\n");
        return status_exit(STATUS_FAILED);
    }
    enum status st = fill(&table, folder);
    if (st == STATUS_NO_MEMORY) {
        fputs("rollcall: there is not enough memory\n", stderr);
    } else if (st != STATUS_OK) {
        fprintf(stderr, "rollcall: %s: cannot be read as a folder of voices\n",
                folder);
    } else if (json) {
        print_json(&table);
    } else {
        print_table(&table);
    }
    free(table.rows);
    return status_exit(st == STATUS_OK ? table.wrong : st);
}
