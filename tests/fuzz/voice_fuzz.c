// SPDX-License-Identifier: GPL-3.0-or-later
// Files of a language and a voice, and how somebody says the commands: each
// reader gets each file, and those that are not its own, too.
#define _GNU_SOURCE // memfd_create
#include "listen/confidence.h"
#include "listen/lexicon.h"
#include "listen/person.h"
#include "listen/phrases.h"
#include "plan/phrasebook.h"
#include "routine/answers.h"
#include "speech/profile.h"
#include "speech/pronounce.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
read_for_listening(const char *path)
{
    static const struct phrases  none;
    static const struct evidence nothing;
    struct lexicon              *lexicon    = NULL;
    struct confidence           *confidence = NULL;
    struct person               *person     = NULL;
    struct diag                  diag       = {""};

    if (!lexicon_read(&lexicon, "/dev/null", path, &none, &diag))
        lexicon_free(lexicon);
    if (!confidence_read(&confidence, path, &diag)) {
        confidence_judge(confidence, &nothing);
        confidence_free(confidence);
    }
    if (!person_read(&person, path, &diag)) person_free(person);
}

static void
read_for_speaking(const char *path)
{
    struct report      report    = {0};
    struct profile     profile   = {0};
    struct pronounce  *pronounce = NULL;
    struct phrasebook *book      = NULL;
    struct answers    *answers   = NULL;

    if (!profile_read(&profile, path, &report) && !profile.voice[0]) abort();
    if (!pronounce_read(&pronounce, path, &report)) {
        free(pronounce_apply(pronounce, "the trapezius, and so on"));
        pronounce_free(pronounce);
    }
    if (!phrasebook_read(&book, path, &report)) phrasebook_free(book);
    if (!answers_read(&answers, path, &report)) answers_free(answers);
    report_release(&report);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64];
    int  fd = memfd_create("voice_fuzz", MFD_CLOEXEC);

    if (fd < 0 || write(fd, data, size) != (ssize_t)size) abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    read_for_listening(path);
    read_for_speaking(path);
    close(fd);
    return 0;
}
