// SPDX-License-Identifier: GPL-3.0-or-later
// Differences between the two APIs: 5.x has ps_config_*, ps_add_* and
// ps_activate_search where 5prealpha has cmd_ln_*, ps_set_* and ps_set_search,
// and no longer takes silence out in its front end.
#include "listen/sphinx.h"

#include <pocketsphinx.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if __has_include(<pocketsphinx/endpointer.h>)
#define SPHINX_5 1
#include <pocketsphinx/err.h>
#else
#define SPHINX_5 0
#include <ps_search.h>
#include <sphinxbase/cmd_ln.h>
#include <sphinxbase/err.h>
#endif

// Alive in a frame: a fifth of the time of the default 30000, and hardly a
// difference to the best path.
#define MOST_HMMS 300

struct sphinx {
    ps_decoder_t *decoder;
};

#if SPHINX_5
static ps_decoder_t *
open_decoder(const char *model)
{
    ps_config_t *config = ps_config_init(NULL);
    if (!config) return NULL;
    ps_config_set_str(config, "hmm", model);
    ps_config_set_str(config, "lm", NULL);
    ps_config_set_str(config, "dict", NULL);
    ps_config_set_str(config, "cmn", "batch");
    ps_config_set_int(config, "ds", 2);
    ps_config_set_int(config, "maxhmmpf", MOST_HMMS);
    ps_decoder_t *decoder = ps_init(config);
    ps_config_free(config);
    return decoder;
}
#else
static ps_decoder_t *
open_decoder(const char *model)
{
    cmd_ln_t *config = cmd_ln_init(NULL, ps_args(), TRUE, NULL);
    if (!config) return NULL;
    cmd_ln_set_str_r(config, "-hmm", model);
    cmd_ln_set_str_r(config, "-cmn", "batch");
    cmd_ln_set_int_r(config, "-ds", 2);
    cmd_ln_set_int_r(config, "-maxhmmpf", MOST_HMMS);
    ps_decoder_t *decoder = ps_init(config);
    cmd_ln_free_r(config);
    return decoder;
}
#define ps_add_jsgf_string ps_set_jsgf_string
#define ps_activate_search ps_set_search
#define ps_remove_search   ps_unset_search
#endif

enum status
sphinx_open(struct sphinx **out, const char *model, struct diag *diag)
{
    err_set_logfp(NULL); // it prints some hundred lines otherwise
    struct sphinx *sphinx = calloc(1, sizeof *sphinx);
    if (!sphinx) return STATUS_NO_MEMORY;
    sphinx->decoder = open_decoder(model);
    if (!sphinx->decoder) {
        diag_set(diag, model,
                 "the acoustic model cannot be loaded; is the package "
                 "pocketsphinx-en-us installed?");
        free(sphinx);
        return STATUS_FAILED;
    }
    *out = sphinx;
    return STATUS_OK;
}

void
sphinx_close(struct sphinx *sphinx)
{
    if (!sphinx) return;
    ps_free(sphinx->decoder);
    free(sphinx);
}

bool
sphinx_add_word(struct sphinx *sphinx, const char *word, const char *phones)
{
    return ps_add_word(sphinx->decoder, word, phones, FALSE) >= 0;
}

bool
sphinx_add_grammar(struct sphinx *sphinx, const char *name, const char *jsgf)
{
    return ps_add_jsgf_string(sphinx->decoder, name, jsgf) >= 0;
}

void
sphinx_drop_grammar(struct sphinx *sphinx, const char *name)
{
    ps_remove_search(sphinx->decoder, name);
}

static void
read_pieces(ps_decoder_t *decoder, struct sphinx_path *path)
{
    ps_seg_t *seg = ps_seg_iter(decoder);
    while (seg) {
        int from, to, score, graph, back;
        ps_seg_frames(seg, &from, &to);
        ps_seg_prob(seg, &score, &graph, &back);
        bool null = strcmp(ps_seg_word(seg), "(NULL)") == 0;
        if (!null && path->count < SPHINX_MOST_PIECES) {
            struct sphinx_piece *piece = &path->pieces[path->count++];
            snprintf(piece->word, sizeof piece->word, "%s", ps_seg_word(seg));
            piece->from  = from;
            piece->to    = to + 1;
            piece->score = score;
        }
        seg = ps_seg_next(seg);
    }
}

bool
sphinx_decode(struct sphinx *sphinx, const char *name, const int16_t *samples,
              size_t count, struct sphinx_path *path)
{
    ps_decoder_t *decoder = sphinx->decoder;
    int           score   = 0;

    memset(path, 0, sizeof *path);
    if (ps_activate_search(decoder, name) < 0) return false;
    if (ps_start_utt(decoder) < 0) return false;
    ps_process_raw(decoder, samples, count, FALSE, TRUE);
    ps_end_utt(decoder);
    path->frames = ps_get_n_frames(decoder);
    if (!ps_get_hyp(decoder, &score)) return false;
    path->score = score;
    read_pieces(decoder, path);
    return true;
}
