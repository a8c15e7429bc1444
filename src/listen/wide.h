// SPDX-License-Identifier: GPL-3.0-or-later
// Loops that are compiled twice: for every processor, and for those that take
// eight numbers at a time.  Both yield the same to the last bit, as neither
// rounds less often or in another order.
#ifndef LISTEN_WIDE_H
#define LISTEN_WIDE_H
#include <stdbool.h>
#include <stdint.h>

#define WIDE_LANES 8

// Eight numbers, aligned as one of them is.
typedef float wide_floats
    __attribute__((vector_size(4 * WIDE_LANES), aligned(4), may_alias));
typedef int32_t wide_ints
    __attribute__((vector_size(4 * WIDE_LANES), aligned(4), may_alias));

#define WIDE_BODY static inline __attribute__((always_inline))

// TO becomes the higher one, lane by lane.
WIDE_BODY void
wide_raise(wide_floats *to, const wide_floats *other)
{
    wide_ints higher = *other > *to;
    *to              = (wide_floats)(((wide_ints)*other & higher) |
                        ((wide_ints)*to & ~higher));
}

#if defined(__x86_64__)
#define WIDE __attribute__((target("avx2")))
#else
#define WIDE
#endif

// Whether a function that is WIDE runs here.
static inline bool
wide_runs(void)
{
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx2");
#else
    return true;
#endif
}
#endif
