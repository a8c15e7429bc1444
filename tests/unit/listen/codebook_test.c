// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/codebook.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static uint32_t seed = 1;

static float
dice(void)
{
    seed = seed * 1664525U + 1013904223U;
    return (float)(seed >> 8) / 8388608 - 1;
}

static void
make_book(struct codebook *book)
{
    for (int k = 0; k < CODEBOOK_DENSITIES; k++) {
        book->base[k] = dice();
        for (int i = 0; i < CODEBOOK_VALUES; i++) {
            book->means[i][k]     = 2 * dice();
            book->sharpness[i][k] = 1.5F + dice();
        }
    }
}

static float
score_of(const struct codebook *book, const float *values, int k)
{
    float score = book->base[k];
    for (int i = 0; i < CODEBOOK_VALUES; i++) {
        float off = values[i] - book->means[i][k];
        score -= off * off * book->sharpness[i][k];
    }
    return score;
}

static void
the_best_four_of_all_are_found(void **state)
{
    (void)state;
    static struct codebook book;
    make_book(&book);
    for (int n = 0; n < 200; n++) {
        float                values[CODEBOOK_VALUES];
        struct codebook_best best;
        for (int i = 0; i < CODEBOOK_VALUES; i++) values[i] = 2 * dice();
        codebook_search(&book, values, &best);
        for (int b = 0; b < CODEBOOK_BEST; b++) {
            int above = 0;
            for (int k = 0; k < CODEBOOK_DENSITIES; k++)
                above += score_of(&book, values, k) > best.score[b];
            assert_int_equal(above, b);
            assert_true(best.score[b] ==
                        score_of(&book, values, best.density[b]));
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_four_of_all_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
