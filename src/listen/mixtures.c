// SPDX-License-Identifier: GPL-3.0-or-later
// As in PocketSphinx: of each codebook the best four densities count, none
// less than FAINT below the best of all codebooks.
#include "listen/mixtures.h"

#include "base/path.h"
#include "listen/codebook.h"
#include "listen/wide.h"
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STREAMS 3          // cepstra, slopes, bends
#define LANES   WIDE_LANES // senones that are summed up together
#define STEP    0.1024     // nepers a unit of a cost: 1024 * log(1.0001)
#define FAINT   (96 * STEP)
#define LEAST   1e-4F // variance
#define BATCH   16    // frames for which a codebook is looked at together
#define ORDER   0x11223344
#define LINE    512

// The senones that are asked for stand first, codebook by codebook, each with a
// place more, the bound: it fits as well as any of the others could.
struct mixtures {
    int                   senones, count; // codebooks
    int                   room;           // places, padded for each codebook
    int                  *first;          // of each codebook, and the end
    int                  *end;            // of those of each that are asked for
    int                  *bound;          // the last place of each
    int                  *other;          // of each codebook's others, the end
    uint16_t             *senone;         // at each place; padding: 65535
    struct codebook      *codebooks;      // by codebook, stream
    struct codebook_best *best;           // the same
    float                *weights;        // by stream, density, place
    float                *sums;           // of a frame, by place
    float                *bounds;         // of a frame, by codebook
};

// "s3", lines up to "endhdr", the byte order, then what is in the file.
static FILE *
open_gaussians(const char *path, int count)
{
    char    line[LINE] = "";
    int32_t head[5 + STREAMS];
    FILE   *file = fopen(path, "rb");
    if (!file) return NULL;
    while (!strstr(line, "endhdr\n") && fgets(line, sizeof line, file)) {
    }
    bool right =
        fread(head, sizeof head, 1, file) == 1 && head[0] == ORDER &&
        head[1] == count && head[2] == STREAMS &&
        head[3] == CODEBOOK_DENSITIES && head[4] == CODEBOOK_VALUES &&
        head[5] == CODEBOOK_VALUES && head[6] == CODEBOOK_VALUES &&
        head[7] == count * STREAMS * CODEBOOK_DENSITIES * CODEBOOK_VALUES;
    if (right) return file;
    fclose(file);
    errno = EINVAL;
    return NULL;
}

static void
take_means(struct codebook *book, int k, const float values[CODEBOOK_VALUES])
{
    for (int i = 0; i < CODEBOOK_VALUES; i++) book->means[i][k] = values[i];
}

static void
take_variances(struct codebook *book, int k,
               const float values[CODEBOOK_VALUES])
{
    for (int i = 0; i < CODEBOOK_VALUES; i++) {
        float variance        = values[i] > LEAST ? values[i] : LEAST;
        book->sharpness[i][k] = 0.5F / variance;
        book->base[k] -= 0.5F * logf(6.2831853F * variance);
    }
}

static bool
read_gaussians(struct mixtures *m, const char *path,
               void (*take)(struct codebook *, int, const float *))
{
    float values[CODEBOOK_VALUES];
    FILE *file = open_gaussians(path, m->count);
    bool  fine = file != NULL;
    for (int i = 0; i < m->count * STREAMS * CODEBOOK_DENSITIES && fine; i++) {
        fine = fread(values, sizeof values, 1, file) == 1;
        if (fine)
            take(&m->codebooks[i / CODEBOOK_DENSITIES], i % CODEBOOK_DENSITIES,
                 values);
    }
    if (file) fclose(file);
    return fine;
}

// Those of codebook C that are NEEDED, or are not, from AT on; where they end.
static int
place_some(struct mixtures *m, const struct phones *phones, const bool *needed,
           bool which, int c, int at)
{
    for (int s = 0; s < m->senones; s++)
        if (phones_owner(phones, s) == c && (!needed || needed[s]) == which)
            m->senone[at++] = (uint16_t)s;
    return at;
}

static int
pad(struct mixtures *m, int at)
{
    while (at % LANES) m->senone[at++] = UINT16_MAX;
    return at;
}

static bool
place_senones(struct mixtures *m, const struct phones *phones,
              const bool *needed)
{
    int at    = 0;
    m->first  = calloc((size_t)m->count + 1, sizeof *m->first);
    m->end    = calloc((size_t)m->count + 1, sizeof *m->end);
    m->bound  = calloc((size_t)m->count + 1, sizeof *m->bound);
    m->other  = calloc((size_t)m->count + 1, sizeof *m->other);
    m->senone = calloc((size_t)m->room, sizeof *m->senone);
    if (!m->first || !m->end || !m->bound || !m->other || !m->senone)
        return false;
    for (int c = 0; c < m->count; c++) {
        m->first[c]     = at;
        at              = place_some(m, phones, needed, true, c, at);
        m->end[c]       = at;
        m->senone[at++] = UINT16_MAX;
        at              = pad(m, at);
        m->bound[c]     = at - 1;
    }
    m->first[m->count] = at;
    for (int c = 0; c < m->count; c++) {
        m->other[c] = at;
        at          = pad(m, place_some(m, phones, needed, false, c, at));
    }
    m->other[m->count] = at;
    return true;
}

// Strings with their lengths, up to an empty one.
static bool
skip_head(FILE *file)
{
    int32_t length = 1;
    while (length > 0)
        if (fread(&length, sizeof length, 1, file) != 1 || length < 0 ||
            length > 999 || fseek(file, length, SEEK_CUR) != 0)
            return false;
    return true;
}

static void
set_bounds(const struct mixtures *m, float *row)
{
    for (int c = 0; c < m->count; c++) {
        float *bound = &row[m->bound[c]];
        *bound       = 0;
        for (int i = m->other[c]; i < m->other[c + 1]; i++)
            if (row[i] > *bound) *bound = row[i];
    }
}

// A byte is a cost.
static bool
read_rows(struct mixtures *m, FILE *file)
{
    float    shares[256];
    bool     fine = true;
    uint8_t *row  = malloc((size_t)m->senones);
    for (int i = 0; i < 256; i++) shares[i] = expf((float)(-STEP * i));
    for (int r = 0; r < STREAMS * CODEBOOK_DENSITIES && row && fine; r++) {
        float *to = m->weights + (size_t)r * (size_t)m->room;
        fine = fread(row, 1, (size_t)m->senones, file) == (size_t)m->senones;
        for (int i = 0; i < m->other[m->count] && fine; i++)
            to[i] = m->senone[i] == UINT16_MAX ? 0 : shares[row[m->senone[i]]];
        set_bounds(m, to);
    }
    free(row);
    return fine && row;
}

static bool
read_weights(struct mixtures *m, const char *path)
{
    int32_t rows = 0, columns = 0;
    FILE   *file = fopen(path, "rb");
    if (!file) return false;
    bool fine = skip_head(file) && fread(&rows, 4, 1, file) == 1 &&
                fread(&columns, 4, 1, file) == 1 &&
                rows == CODEBOOK_DENSITIES && columns == m->senones;
    if (!fine) errno = EINVAL;
    fine = fine && read_rows(m, file);
    fclose(file);
    return fine;
}

static bool
make_room(struct mixtures *m)
{
    size_t books = (size_t)m->count * STREAMS, room = (size_t)m->room;
    m->codebooks = calloc(books, sizeof *m->codebooks);
    m->best      = calloc(BATCH * books, sizeof *m->best);
    m->weights =
        calloc(STREAMS * CODEBOOK_DENSITIES * room, sizeof *m->weights);
    m->sums   = calloc(room, sizeof *m->sums);
    m->bounds = calloc(books, sizeof *m->bounds);
    return m->codebooks && m->best && m->weights && m->sums && m->bounds;
}

static bool
read_all(struct mixtures *m, const char *folder, const struct phones *phones,
         const bool *needed, char *path)
{
    return make_room(m) && place_senones(m, phones, needed) &&
           path_join(path, folder, "means") &&
           read_gaussians(m, path, take_means) &&
           path_join(path, folder, "variances") &&
           read_gaussians(m, path, take_variances) &&
           path_join(path, folder, "sendump") && read_weights(m, path);
}

enum status
mixtures_read(struct mixtures **out, const char *folder,
              const struct phones *phones, const bool *needed,
              struct diag *diag)
{
    char             path[PATH_SIZE] = "";
    struct mixtures *m               = calloc(1, sizeof *m);
    if (!m) return STATUS_NO_MEMORY;
    m->senones = phones_senones(phones);
    m->count   = phones_count(phones);
    m->room    = m->senones + m->count * (2 * LANES - 1);
    errno      = 0;
    if (!read_all(m, folder, phones, needed, path)) {
        diag_set(diag, path, "%s",
                 errno && errno != EINVAL
                     ? strerror(errno)
                     : "this is no phonetically tied model of PocketSphinx "
                       "(three streams of 13 values, 128 densities)");
        mixtures_free(m);
        return STATUS_BAD_INPUT;
    }
    *out = m;
    return STATUS_OK;
}

void
mixtures_free(struct mixtures *m)
{
    if (!m) return;
    free(m->first);
    free(m->end);
    free(m->bound);
    free(m->other);
    free(m->senone);
    free(m->codebooks);
    free(m->best);
    free(m->weights);
    free(m->sums);
    free(m->bounds);
    free(m);
}

// From logarithms to shares of the best of all codebooks.
static void
share(const struct mixtures *m, struct codebook_best *bests, int stream)
{
    float most = -1e30F, faint = expf((float)-FAINT);
    for (int c = 0; c < m->count; c++) {
        const struct codebook_best *best = &bests[c * STREAMS + stream];
        if (best->score[0] > most) most = best->score[0];
    }
    for (int c = 0; c < m->count; c++) {
        struct codebook_best *best = &bests[c * STREAMS + stream];
        for (int i = 0; i < CODEBOOK_BEST; i++) {
            float off      = best->score[i] - most;
            best->score[i] = off > (float)-FAINT ? expf(off) : faint;
        }
    }
}

WIDE_BODY void
multiply(float *restrict sums, const float *const rows[CODEBOOK_BEST],
         const float shares[CODEBOOK_BEST], int count)
{
    const float *restrict a = rows[0], *restrict b = rows[1];
    const float *restrict c = rows[2], *restrict d = rows[3];
    for (int at = 0; at < count; at += LANES)
        for (int i = at; i < at + LANES; i++)
            sums[i] *= shares[0] * a[i] + shares[1] * b[i] + shares[2] * c[i] +
                       shares[3] * d[i];
}

// The places FIRST to END.
WIDE_BODY void
sum_up(struct mixtures *m, const struct codebook_best *best, int stream,
       int first, int end)
{
    const float *rows[CODEBOOK_BEST] = {NULL};
    for (int i = 0; i < CODEBOOK_BEST; i++)
        rows[i] =
            m->weights + first +
            ((size_t)stream * CODEBOOK_DENSITIES + (size_t)best->density[i]) *
                (size_t)m->room;
    multiply(m->sums + first, rows, best->score, end - first);
}

WIDE_BODY void
sum_all(struct mixtures *m, const struct codebook_best *bests, int first,
        int end)
{
    for (int i = first; i < end; i++) m->sums[i] = 1;
    for (int s = 0; s < STREAMS; s++) sum_up(m, &bests[s], s, first, end);
}

// Natural logarithm to 1e-4: the exponent, and a polynomial for the rest.
WIDE_BODY float
quick_log(float x)
{
    union {
        float    number;
        uint32_t bits;
    } y            = {x};
    float exponent = (float)((int)(y.bits >> 23) - 127);
    y.bits         = (y.bits & 0x7FFFFF) | 0x3F800000;
    float z        = y.number - 1.5F;
    return 0.6931472F * exponent + 0.4054651F +
           z * (0.6666667F +
                z * (-0.2222222F +
                     z * (0.0987654F + z * (-0.0493827F + z * 0.0263374F))));
}

WIDE_BODY float
highest(const struct mixtures *m, int first, int end)
{
    wide_floats peaks = {0};
    float       most  = 0;
    for (int i = first; i < end; i += LANES)
        wide_raise(&peaks, (const wide_floats *)&m->sums[i]);
    for (int i = 0; i < LANES; i++)
        if (peaks[i] > most) most = peaks[i];
    return most;
}

// The highest sum of all senones: the others are only looked at where one of
// them may be it.
WIDE_BODY float
sum_senones(struct mixtures *m, const struct codebook_best *bests)
{
    float *sums = m->sums, most;
    for (int c = 0; c < m->count; c++) {
        sum_all(m, &bests[c * STREAMS], m->first[c], m->first[c + 1]);
        m->bounds[c]      = sums[m->bound[c]];
        sums[m->bound[c]] = 0;
    }
    most = highest(m, 0, m->first[m->count]);
    for (int c = 0; c < m->count; c++) {
        if (!(m->bounds[c] > most)) continue;
        sum_all(m, &bests[c * STREAMS], m->other[c], m->other[c + 1]);
        float other = highest(m, m->other[c], m->other[c + 1]);
        if (other > most) most = other;
    }
    return most;
}

// The sums become costs.
WIDE_BODY void
weigh_sums(struct mixtures *m, float most)
{
    float *restrict sums = m->sums;
    int   end            = m->first[m->count];
    float from           = quick_log(most);
    for (int at = 0; at < end; at += LANES)
        for (int i = at; i < at + LANES; i++)
            sums[i] = (from - quick_log(sums[i])) / (float)STEP + 0.5F;
}

WIDE_BODY void
score_body(struct mixtures *m, const struct codebook_best *bests)
{
    weigh_sums(m, sum_senones(m, bests));
}

WIDE static void
score_wide(struct mixtures *m, const struct codebook_best *bests)
{
    score_body(m, bests);
}

static void
score_anywhere(struct mixtures *m, const struct codebook_best *bests)
{
    score_body(m, bests);
}

static void
score_frame(struct mixtures *m, struct codebook_best *bests, int16_t *costs)
{
    for (int s = 0; s < STREAMS; s++) share(m, bests, s);
    if (wide_runs())
        score_wide(m, bests);
    else
        score_anywhere(m, bests);
    for (int c = 0; c < m->count; c++)
        for (int i = m->first[c]; i < m->end[c]; i++)
            costs[m->senone[i]] = (int16_t)m->sums[i];
}

static void
score_batch(struct mixtures *m, const float (*frames)[MIXTURES_VALUES],
            int count, int16_t *costs)
{
    int books = m->count * STREAMS;
    for (int b = 0; b < books; b++)
        for (int t = 0; t < count; t++)
            codebook_search(&m->codebooks[b],
                            frames[t] + CODEBOOK_VALUES * (b % STREAMS),
                            &m->best[t * books + b]);
    for (int t = 0; t < count; t++)
        score_frame(m, &m->best[t * books],
                    costs + (size_t)t * (size_t)m->senones);
}

void
mixtures_score(struct mixtures *m, const float (*frames)[MIXTURES_VALUES],
               int count, int16_t *costs)
{
    for (int t = 0; t < count; t += BATCH)
        score_batch(m, frames + t, count - t < BATCH ? count - t : BATCH,
                    costs + (size_t)t * (size_t)m->senones);
}
