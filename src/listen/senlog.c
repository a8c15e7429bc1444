// SPDX-License-Identifier: GPL-3.0-or-later
// Differences between the two APIs: 5.x has ps_config_*, ps_add_* and
// ps_activate_search where 5prealpha has cmd_ln_*, ps_set_* and ps_set_search,
// and no longer takes silence out in its front end.
#include "listen/senlog.h"

#include "base/path.h"
#include <dirent.h>
#include <pocketsphinx.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if __has_include(<pocketsphinx/endpointer.h>)
#define SPHINX_5 1
#include <pocketsphinx/err.h>
#else
#define SPHINX_5 0
#include <ps_search.h>
#include <sphinxbase/cmd_ln.h>
#include <sphinxbase/err.h>
#endif

struct senlog {
    ps_decoder_t *decoder;
    char          folder[PATH_SIZE]; // where it writes scores; "" before
};

// It only scores when it searches: for next to nothing.
static const char search[] = "#JSGF V1.0; grammar s; public <s> = a;";

#if SPHINX_5
static ps_decoder_t *
open_decoder(const char *model, const char *folder)
{
    ps_config_t *config = ps_config_init(NULL);
    if (!config) return NULL;
    ps_config_set_str(config, "hmm", model);
    ps_config_set_str(config, "lm", NULL);
    ps_config_set_str(config, "dict", NULL);
    ps_config_set_str(config, "cmn", "batch");
    ps_config_set_bool(config, "compallsen", TRUE);
    ps_config_set_str(config, "senlogdir", folder);
    ps_decoder_t *decoder = ps_init(config);
    ps_config_free(config);
    return decoder;
}
#else
static ps_decoder_t *
open_decoder(const char *model, const char *folder)
{
    cmd_ln_t *config = cmd_ln_init(NULL, ps_args(), TRUE, NULL);
    if (!config) return NULL;
    cmd_ln_set_str_r(config, "-hmm", model);
    cmd_ln_set_str_r(config, "-cmn", "batch");
    cmd_ln_set_boolean_r(config, "-remove_silence", FALSE);
    cmd_ln_set_boolean_r(config, "-compallsen", TRUE);
    cmd_ln_set_str_r(config, "-senlogdir", folder);
    ps_decoder_t *decoder = ps_init(config);
    cmd_ln_free_r(config);
    return decoder;
}
#define ps_add_jsgf_string ps_set_jsgf_string
#define ps_activate_search ps_set_search
#endif

static bool
make_folder(char folder[PATH_SIZE])
{
    const char *places[] = {"/dev/shm", getenv("TMPDIR"), "/tmp"};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        if (places[i] &&
            path_join(folder, places[i], "rollcall-scores-XXXXXX") &&
            mkdtemp(folder))
            return true;
    *folder = '\0';
    return false;
}

// The one file with scores in the folder, opened and then taken out of it.
static FILE *
take_scores(const char *folder)
{
    DIR           *listing = opendir(folder);
    struct dirent *entry;
    FILE          *file = NULL;
    if (!listing) return NULL;
    while ((entry = readdir(listing))) {
        char path[PATH_SIZE];
        if (entry->d_name[0] == '.' || !path_join(path, folder, entry->d_name))
            continue;
        if (!file) file = fopen(path, "rb");
        unlink(path);
    }
    closedir(listing);
    return file;
}

static enum status
open_parts(struct senlog *senlog, const char *model, struct diag *diag)
{
    if (!make_folder(senlog->folder)) {
        diag_set(diag, NULL,
                 "no folder for the listener's scores can be made "
                 "in /dev/shm, $TMPDIR or /tmp");
        return STATUS_FAILED;
    }
    senlog->decoder = open_decoder(model, senlog->folder);
    if (senlog->decoder &&
        ps_add_word(senlog->decoder, "a", "AH", FALSE) >= 0 &&
        ps_add_jsgf_string(senlog->decoder, "s", search) >= 0 &&
        ps_activate_search(senlog->decoder, "s") >= 0)
        return STATUS_OK;
    diag_set(diag, model,
             "the acoustic model cannot be loaded; is the package "
             "pocketsphinx-en-us installed?");
    return STATUS_FAILED;
}

enum status
senlog_open(struct senlog **out, const char *model, struct diag *diag)
{
    err_set_logfp(NULL); // it prints some hundred lines otherwise
    struct senlog *senlog = calloc(1, sizeof *senlog);
    if (!senlog) return STATUS_NO_MEMORY;
    enum status status = open_parts(senlog, model, diag);
    if (status != STATUS_OK) {
        senlog_close(senlog);
        return status;
    }
    *out = senlog;
    return STATUS_OK;
}

void
senlog_close(struct senlog *senlog)
{
    if (!senlog) return;
    if (senlog->decoder) ps_free(senlog->decoder);
    if (*senlog->folder) {
        FILE *left = take_scores(senlog->folder);
        if (left) fclose(left);
        rmdir(senlog->folder);
    }
    free(senlog);
}

bool
senlog_score(struct senlog *senlog, const int16_t *samples, size_t count,
             struct senones *senones)
{
    size_t most     = (size_t)SENONES_FRAMES * (SENLOG_RATE / 100);
    senones->frames = 0;
    if (ps_start_utt(senlog->decoder) < 0) return false;
    ps_process_raw(senlog->decoder, samples, count < most ? count : most, FALSE,
                   TRUE);
    ps_end_utt(senlog->decoder);
    FILE *file = take_scores(senlog->folder);
    if (!file) return false;
    bool read = senones_read(senones, file);
    fclose(file);
    return read && senones->frames > 0;
}
