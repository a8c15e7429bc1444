// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/codebook.h"

#include "listen/wide.h"
#include <stdint.h>

#define LANES WIDE_LANES
#define ROWS  (CODEBOOK_DENSITIES / LANES) // of densities
#define LEAST (-1e30F)

// The logarithms of all densities, and the highest of each lane.
struct scores {
    float of[CODEBOOK_DENSITIES];
    float peaks[LANES];
};

// Which densities are good enough: of lane L those with bit ROW.
struct found {
    int32_t rows[LANES];
};

static inline const wide_floats *
rows_at(const float *from)
{
    return (const wide_floats *)from;
}

WIDE_BODY void
weigh_row(wide_floats *sum, float value, const wide_floats *mean,
          const wide_floats *sharpness)
{
    wide_floats off = value - *mean;
    *sum -= off * off * *sharpness;
}

WIDE_BODY void
weigh(const struct codebook *book, const float *values, struct scores *scores)
{
    wide_floats peaks = {0};
    peaks += LEAST;
    for (int at = 0; at < CODEBOOK_DENSITIES; at += 4 * LANES) {
        const wide_floats *base = rows_at(book->base + at);
        wide_floats       *to   = (wide_floats *)(scores->of + at);
        wide_floats        a = base[0], b = base[1], c = base[2], d = base[3];
        for (int i = 0; i < CODEBOOK_VALUES; i++) {
            const wide_floats *means     = rows_at(book->means[i] + at);
            const wide_floats *sharpness = rows_at(book->sharpness[i] + at);
            weigh_row(&a, values[i], means, sharpness);
            weigh_row(&b, values[i], means + 1, sharpness + 1);
            weigh_row(&c, values[i], means + 2, sharpness + 2);
            weigh_row(&d, values[i], means + 3, sharpness + 3);
        }
        to[0] = a;
        to[1] = b;
        to[2] = c;
        to[3] = d;
        wide_raise(&a, &b);
        wide_raise(&c, &d);
        wide_raise(&a, &c);
        wide_raise(&peaks, &a);
    }
    *(wide_floats *)scores->peaks = peaks;
}

// The higher stays, the other one is returned.
static inline float
keep_peak(float *peak, float one)
{
    float other = *peak < one ? *peak : one;
    *peak       = *peak < one ? one : *peak;
    return other;
}

// The fourth highest of the peaks: the best four are none worse.
static inline float
limit_of(const float peaks[LANES])
{
    float a = LEAST, b = LEAST, c = LEAST, d = LEAST;
    for (int i = 0; i < LANES; i++) {
        float one = keep_peak(&a, peaks[i]);
        one       = keep_peak(&b, one);
        one       = keep_peak(&c, one);
        keep_peak(&d, one);
    }
    return d;
}

WIDE_BODY void
pick(const struct scores *scores, struct found *found)
{
    const wide_floats *all   = rows_at(scores->of);
    float              limit = limit_of(scores->peaks);
    wide_ints          bit = {1, 1, 1, 1, 1, 1, 1, 1}, rows = {0};
    for (int row = 0; row < ROWS; row++) {
        rows |= (all[row] >= limit) & bit;
        bit += bit;
    }
    *(wide_ints *)found->rows = rows;
}

WIDE static void
search_wide(const struct codebook *book, const float *values,
            struct scores *scores, struct found *found)
{
    weigh(book, values, scores);
    pick(scores, found);
}

static void
search_anywhere(const struct codebook *book, const float *values,
                struct scores *scores, struct found *found)
{
    weigh(book, values, scores);
    pick(scores, found);
}

// A score and its density as a number that is higher where they are better.
static inline uint64_t
rank(float score, int density)
{
    union {
        float    number;
        uint32_t bits;
    } x           = {score};
    uint32_t sign = x.bits >> 31;
    return (uint64_t)(x.bits ^ ((0 - sign) | 0x80000000U)) << 32 |
           (uint32_t)(CODEBOOK_DENSITIES - 1 - density);
}

// The better stays, the other one is returned; without a branch, as which it is
// is chance.
static inline uint64_t
keep(uint64_t *best, uint64_t one)
{
    uint64_t other = *best < one ? *best : one;
    *best          = *best < one ? one : *best;
    return other;
}

static inline void
insert(uint64_t best[CODEBOOK_BEST], uint64_t one)
{
    one = keep(&best[0], one);
    one = keep(&best[1], one);
    one = keep(&best[2], one);
    keep(&best[3], one);
}

static inline void
rank_found(const struct scores *scores, const struct found *found,
           uint64_t best[CODEBOOK_BEST])
{
    for (int lane = 0; lane < LANES; lane += 4) {
        uint64_t left = 0;
        for (int i = 0; i < 4; i++)
            left |= (uint64_t)found->rows[lane + i] << (i * ROWS);
        for (; left; left &= left - 1) {
            int bit     = __builtin_ctzll(left);
            int density = bit % ROWS * LANES + lane + bit / ROWS;
            insert(best, rank(scores->of[density], density));
        }
    }
}

void
codebook_search(const struct codebook *book, const float *values,
                struct codebook_best *best)
{
    uint64_t      ranks[CODEBOOK_BEST] = {0};
    struct scores scores;
    struct found  found;
    if (wide_runs())
        search_wide(book, values, &scores, &found);
    else
        search_anywhere(book, values, &scores, &found);
    rank_found(&scores, &found, ranks);
    for (int i = 0; i < CODEBOOK_BEST; i++) {
        best->density[i] = CODEBOOK_DENSITIES - 1 - (int)(uint32_t)ranks[i];
        best->score[i]   = scores.of[best->density[i]];
    }
}
