// SPDX-License-Identifier: GPL-3.0-or-later
// Differences between the two APIs: 5.x has ps_config_*, ps_add_* and
// ps_activate_search where 5prealpha has cmd_ln_*, ps_set_* and ps_set_search,
// and no longer takes silence out in its front end.
#include "listen/sphinx.h"

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

struct sphinx {
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
open_parts(struct sphinx *sphinx, const char *model, struct diag *diag)
{
    if (!make_folder(sphinx->folder)) {
        diag_set(diag, NULL,
                 "no folder for the listener's scores can be made "
                 "in /dev/shm, $TMPDIR or /tmp");
        return STATUS_FAILED;
    }
    sphinx->decoder = open_decoder(model, sphinx->folder);
    if (sphinx->decoder &&
        ps_add_word(sphinx->decoder, "a", "AH", FALSE) >= 0 &&
        ps_add_jsgf_string(sphinx->decoder, "s", search) >= 0 &&
        ps_activate_search(sphinx->decoder, "s") >= 0)
        return STATUS_OK;
    diag_set(diag, model,
             "the acoustic model cannot be loaded; is the package "
             "pocketsphinx-en-us installed?");
    return STATUS_FAILED;
}

enum status
sphinx_open(struct sphinx **out, const char *model, struct diag *diag)
{
    err_set_logfp(NULL); // it prints some hundred lines otherwise
    struct sphinx *sphinx = calloc(1, sizeof *sphinx);
    if (!sphinx) return STATUS_NO_MEMORY;
    enum status status = open_parts(sphinx, model, diag);
    if (status != STATUS_OK) {
        sphinx_close(sphinx);
        return status;
    }
    *out = sphinx;
    return STATUS_OK;
}

void
sphinx_close(struct sphinx *sphinx)
{
    if (!sphinx) return;
    if (sphinx->decoder) ps_free(sphinx->decoder);
    if (*sphinx->folder) {
        FILE *left = take_scores(sphinx->folder);
        if (left) fclose(left);
        rmdir(sphinx->folder);
    }
    free(sphinx);
}

bool
sphinx_score(struct sphinx *sphinx, const int16_t *samples, size_t count,
             struct senones *senones)
{
    size_t most     = (size_t)SENONES_FRAMES * (SPHINX_RATE / 100);
    senones->frames = 0;
    if (ps_start_utt(sphinx->decoder) < 0) return false;
    ps_process_raw(sphinx->decoder, samples, count < most ? count : most, FALSE,
                   TRUE);
    ps_end_utt(sphinx->decoder);
    FILE *file = take_scores(sphinx->folder);
    if (!file) return false;
    bool read = senones_read(senones, file);
    fclose(file);
    return read && senones->frames > 0;
}
