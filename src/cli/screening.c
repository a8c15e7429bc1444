// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/screening.h"

#include "app/interrupt.h"
#include "app/person.h"
#include "app/player.h"
#include "cli/ask.h"
#include "cli/forget.h"
#include "cli/guess.h"
#include "cli/session_options.h"
#include <errno.h>
#include <stdio.h>

#define NAME "rollcall setup"

static bool
find_path(char path[PATH_SIZE])
{
    if (person_path(path)) return true;
    fputs(NAME ": there is no home folder to keep answers in\n", stderr);
    return false;
}

int
screening_show(void)
{
    struct screening kept;
    char             path[PATH_SIZE];

    if (!find_path(path)) return 1;
    person_recall(&kept);
    if (!kept.asked) {
        puts("No question was answered yet: \"rollcall setup --screening\" "
             "asks them.");
        return 0;
    }
    printf("%s\n", path);
    for (int i = 0; i < GATE_COUNT; i++) {
        if (kept.asked >> i & 1)
            printf("  %-20s  %s\n", gate_ids[i],
                   kept.yes >> i & 1 ? "yes" : "no");
    }
    return 0;
}

int
screening_forget(void)
{
    char path[PATH_SIZE];

    if (!find_path(path)) return 1;
    return forget_file(path, "no question was answered");
}

// Yes or no on the terminal; an empty line leaves the answer as it is.
static void
ask_typed(struct screening *answers, const struct phrasebook *book, int gate)
{
    static const char *const words[] = {"yes", "no", "y", "n", "?"};
    gate_set                 bit     = 1u << gate;
    const char              *usual   = "?";
    char                     text[ASK_SIZE];

    if (answers->asked & bit) usual = answers->yes & bit ? "yes" : "no";
    ask_word(text,
             phrase_text(book, (enum phrase)(PHRASE_ASK_OPEN_WOUND + gate)),
             usual, words, 5, false);
    if (*text == '?') return;
    answers->asked |= bit;
    answers->yes &= ~bit;
    if (*text == 'y') answers->yes |= bit;
}

static int
ask_all_typed(const char *path)
{
    struct phrasebook *book = NULL;
    struct screening   answers;
    struct diag        diag = {""};

    enum status st = guess_phrases(&book, &diag);
    if (!st) {
        person_recall(&answers);
        fprintf(stderr, "%s\n", phrase_text(book, PHRASE_EDUCATION));
        for (int gate = 0; gate < GATE_SCREENED; gate++)
            ask_typed(&answers, book, gate);
        st = screening_write(&answers, path, &diag);
    }
    phrasebook_free(book);
    if (!st) return screening_show();
    fprintf(stderr, NAME ": %s\n", diag.text);
    return status_exit(st);
}

// A session of nothing but questions.
static enum status
ask_all_spoken(const struct screening_options *options, struct report *report,
               struct diag *diag)
{
    struct player_result  result;
    struct player_options player = {
        .prepare =
            {
                .routine   = "upper-back",
                .screening = SCREENING_NOW,
            },
        .host      = &host_portaudio,
        .sound     = {.input = options->input, .output = options->output},
        .high_pass = PLAYER_HIGH_PASS,
        .listen    = true,
        .print     = true,
        .typed     = true,
    };

    player.prepare.plan.level          = LEVEL_STANDARD;
    player.prepare.plan.only_questions = true;
    interrupt_watch();
    return player_run(&player, &result, report, diag);
}

int
screening_ask(const struct screening_options *options)
{
    struct report report = {0};
    struct diag   diag   = {""};
    char          path[PATH_SIZE];

    if (!find_path(path)) return 1;
    if (options->typed) return ask_all_typed(path);
    enum status st = ask_all_spoken(options, &report, &diag);
    if (st == STATUS_NO_DEVICE) {
        report_release(&report);
        return ask_all_typed(path);
    }
    if (st) return session_failed(NAME, st, &report, &diag);
    report_release(&report);
    return screening_show();
}
