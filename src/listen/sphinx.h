// SPDX-License-Identifier: GPL-3.0-or-later
// PocketSphinx, 5prealpha or 5.x: the one door to it.
//
// Whole utterances only, so that the cepstral mean is that of the utterance.
#ifndef LISTEN_SPHINX_H
#define LISTEN_SPHINX_H
#include "base/diag.h"
#include "base/status.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SPHINX_RATE        16000 // Hz, mono, the rate of its models
#define SPHINX_MOST_PIECES 128

struct sphinx;

// A word of the best path; fillers and silence ("<sil>", "[NOISE]") included.
struct sphinx_piece {
    char word[32];
    int  from;  // frames of 10 ms of the decoded audio, silence taken out
    int  to;    // one past the last
    int  score; // acoustic, in the decoder's logarithm, at most 0
};

struct sphinx_path {
    struct sphinx_piece pieces[SPHINX_MOST_PIECES];
    size_t              count;
    int                 score;  // of the whole path, grammar included
    int                 frames; // decoded
};

// Loads the acoustic model in the folder MODEL, without a dictionary.
enum status
sphinx_open(struct sphinx **out, const char *model, struct diag *diag);

void
sphinx_close(struct sphinx *sphinx); // NULL is fine

// PHONES: "S T AA P".  A further pronunciation of "stop" is the word "stop(2)".
// False where the model does not know a phone.
bool
sphinx_add_word(struct sphinx *sphinx, const char *word, const char *phones);

// Makes the grammar NAME (JSGF, words added before); replaces an older one.
bool
sphinx_add_grammar(struct sphinx *sphinx, const char *name, const char *jsgf);

void
sphinx_drop_grammar(struct sphinx *sphinx, const char *name);

// The best path of the grammar NAME through SAMPLES.  False where there is
// none that reaches the grammar's end.
bool
sphinx_decode(struct sphinx *sphinx, const char *name, const int16_t *samples,
              size_t count, struct sphinx_path *path);
#endif
