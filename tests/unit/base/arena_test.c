// SPDX-License-Identifier: GPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include <stdalign.h>
#include <string.h>

static void
memory_is_zeroed_and_aligned_for_any_type(void **state)
{
    (void)state;
    static const unsigned char zeros[100];
    struct arena              *arena = arena_new(1 << 20);
    for (size_t size = 1; size <= 100; size++) {
        void *memory = arena_alloc(arena, 1, size);
        assert_non_null(memory);
        assert_int_equal((uintptr_t)memory % alignof(max_align_t), 0);
        assert_memory_equal(memory, zeros, size);
        memset(memory, 0xFF, size);
    }
    arena_free(arena);
}

static void
pieces_do_not_overlap(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 20);
    char         *pieces[500];
    for (int i = 0; i < 500; i++) {
        pieces[i] = arena_alloc(arena, 100, 1);
        memset(pieces[i], i % 128, 100);
    }
    for (int i = 0; i < 500; i++) {
        for (int at = 0; at < 100; at++)
            assert_int_equal(pieces[i][at], i % 128);
    }
    arena_free(arena);
}

static void
a_piece_larger_than_a_block_is_given(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 20);
    char         *large = arena_alloc(arena, 1, 100000);
    assert_non_null(large);
    memset(large, 1, 100000);
    assert_non_null(arena_alloc(arena, 1, 10));
    arena_free(arena);
}

static void
nothing_is_given_beyond_the_limit(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1024);
    assert_non_null(arena_alloc(arena, 32, 16));
    assert_null(arena_alloc(arena, 33, 16));
    assert_non_null(arena_alloc(arena, 32, 16));
    assert_null(arena_alloc(arena, 1, 1));
    arena_free(arena);
}

static void
a_size_that_overflows_is_refused(void **state)
{
    (void)state;
    struct arena *arena = arena_new(SIZE_MAX);
    assert_null(arena_alloc(arena, SIZE_MAX, 2));
    assert_null(arena_alloc(arena, SIZE_MAX / 2, 16));
    assert_null(arena_alloc(arena, SIZE_MAX, 1));
    assert_null(arena_text(arena, "x", SIZE_MAX));
    arena_free(arena);
}

static void
nothing_of_something_has_an_address(void **state)
{
    (void)state;
    struct arena *arena = arena_new(64);
    assert_non_null(arena_alloc(arena, 0, 8));
    assert_non_null(arena_alloc(arena, 8, 0));
    arena_free(arena);
}

static void
a_text_is_copied_with_its_end(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1024);
    assert_string_equal(arena_text(arena, "lats and more", 4), "lats");
    assert_string_equal(arena_text(arena, "", 0), "");
    arena_free(arena);
    arena_free(NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_and_aligned_for_any_type),
        cmocka_unit_test(pieces_do_not_overlap),
        cmocka_unit_test(a_piece_larger_than_a_block_is_given),
        cmocka_unit_test(nothing_is_given_beyond_the_limit),
        cmocka_unit_test(a_size_that_overflows_is_refused),
        cmocka_unit_test(nothing_of_something_has_an_address),
        cmocka_unit_test(a_text_is_copied_with_its_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
