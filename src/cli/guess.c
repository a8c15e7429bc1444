// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/guess.h"

#include "app/prepare.h"

// The calm voice takes about this long for a character, and pauses for a full
// stop.
#define RATE           1000
#define MS_A_CHARACTER 68
#define MS_A_SENTENCE  250

int64_t
guess_speech(void *ctx, const char *text)
{
    int64_t length = 0;
    (void)ctx;
    for (; *text; text++)
        length += *text == '.' ? MS_A_SENTENCE : MS_A_CHARACTER;
    return length;
}

struct plan_voice
guess_voice(const struct phrasebook *book)
{
    return (struct plan_voice){
        .rate = RATE, .book = book, .length = guess_speech};
}

int64_t
guess_session(const struct routine *routine, enum level level,
              const struct phrasebook *book, struct diag *diag)
{
    const struct plan_options options = {.level = level, .sets_level = level};
    const struct plan_voice   voice   = guess_voice(book);
    struct plan              *plan    = NULL;
    int64_t                   length  = -1;

    if (plan_compile(&plan, routine, &options, &voice, diag) == STATUS_OK)
        length = plan->length;
    plan_free(plan);
    return length;
}

enum status
guess_phrases(struct phrasebook **book, struct diag *diag)
{
    struct report report = {0};
    char          voices[PATH_SIZE], path[PATH_SIZE];

    if (!prepare_voices(voices) || !path_join(path, voices, "phrases.yaml")) {
        diag_set(diag, NULL, "cannot tell where rollcall's own files are");
        return STATUS_NOT_FOUND;
    }
    enum status st = phrasebook_read(book, path, &report);
    report_print(&report, stderr);
    if (st != STATUS_OK) diag_set(diag, path, "cannot be used");
    report_release(&report);
    return st;
}
