// SPDX-License-Identifier: GPL-3.0-or-later
// A few words kept, whatever a write is torn by.
#include "history/slot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/slot.XXXXXX";
static char path[64];

static int
make_folder(void **state)
{
    (void)state;
    if (!mkdtemp(folder)) return 1;
    snprintf(path, sizeof path, "%s/slot", folder);
    return 0;
}

static int
remove_folder(void **state)
{
    (void)state;
    return rmdir(folder);
}

static int
remove_file(void **state)
{
    (void)state;
    unlink(path);
    return 0;
}

static void
write_text(const char *text)
{
    struct slot slot;
    struct diag diag = {""};
    assert_int_equal(slot_open(&slot, path, &diag), STATUS_OK);
    assert_int_equal(slot_write(&slot, text, strlen(text), &diag), STATUS_OK);
    slot_close(&slot);
}

static void
assert_kept(const char *text)
{
    char   kept[SLOT_MOST + 1];
    size_t length;
    slot_read(path, kept, &length);
    kept[length] = '\0';
    assert_string_equal(kept, text);
}

static void
what_was_written_last_is_read(void **state)
{
    (void)state;
    assert_kept("");
    write_text("one");
    assert_kept("one");
    write_text("two");
    assert_kept("two");
    write_text("");
    assert_kept("");
}

static void
what_is_too_long_is_refused(void **state)
{
    (void)state;
    static char text[SLOT_MOST + 1];
    struct slot slot;
    assert_int_equal(slot_open(&slot, path, NULL), STATUS_OK);
    assert_int_equal(slot_write(&slot, text, SLOT_MOST, NULL), STATUS_OK);
    assert_int_equal(slot_write(&slot, text, SLOT_MOST + 1, NULL),
                     STATUS_BAD_INPUT);
    slot_close(&slot);
}

static void
read_file(unsigned char *to)
{
    FILE *file = fopen(path, "rb");
    memset(to, 0, 2 * SLOT_SIZE);
    assert_non_null(file);
    assert_true(fread(to, 1, 2 * SLOT_SIZE, file) > 0);
    fclose(file);
}

static void
write_file(const unsigned char *from, size_t length)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(from, 1, length, file), length);
    fclose(file);
}

static void
two_programs_do_not_write_the_same_one(void **state)
{
    (void)state;
    struct slot one, two;
    struct diag diag = {""};
    assert_false(slot_is_held(path));
    assert_int_equal(slot_open(&one, path, &diag), STATUS_OK);
    assert_true(slot_is_held(path));
    assert_int_equal(slot_open(&two, path, &diag), STATUS_LOST);
    slot_close(&one);
    assert_false(slot_is_held(path));
}

// A block goes to a disk byte by byte at worst: the new one up to some byte,
// the old one behind.
static void
a_write_torn_at_any_byte_leaves_the_old_words_or_the_new(void **state)
{
    (void)state;
    static unsigned char before[2 * SLOT_SIZE], after[2 * SLOT_SIZE];
    static unsigned char torn[2 * SLOT_SIZE];
    char                 kept[SLOT_MOST];
    size_t               length;
    int                  news = 0;

    write_text("set two, and 17 seconds");
    write_text("set two, and 16 seconds");
    write_text("set two, and 15 seconds");
    read_file(before);
    write_text("set two, and 14 seconds");
    read_file(after);
    for (size_t cut = 0; cut <= 2 * SLOT_SIZE; cut++) {
        if (cut < 2 * SLOT_SIZE && before[cut] == after[cut]) continue;
        memcpy(torn, after, cut);
        memcpy(torn + cut, before + cut, 2 * SLOT_SIZE - cut);
        write_file(torn, sizeof torn);
        slot_read(path, kept, &length);
        assert_int_equal(length, 23);
        bool is_new = memcmp(kept, "set two, and 14 seconds", 23) == 0;
        assert_true(is_new || memcmp(kept, "set two, and 15 seconds", 23) == 0);
        news += is_new;
    }
    assert_true(news >= 1);
}

static void
a_file_cut_off_anywhere_gives_what_is_whole_in_it(void **state)
{
    (void)state;
    static unsigned char whole[2 * SLOT_SIZE];
    char                 kept[SLOT_MOST];
    size_t               length;

    write_text("first"); // in the second slot
    write_text("second");
    read_file(whole);
    for (size_t cut = 0; cut < 2 * SLOT_SIZE; cut += 61) {
        write_file(whole, cut);
        slot_read(path, kept, &length);
        assert_true(length == 0 || (length == 6 && cut >= 30));
    }
}

static void
a_changed_bit_is_noticed(void **state)
{
    (void)state;
    static unsigned char whole[2 * SLOT_SIZE];
    char                 kept[SLOT_MOST];
    size_t               length;

    write_text("old");
    write_text("new");
    read_file(whole);
    for (size_t byte = 0; byte < 27; byte++) {
        for (int bit = 0; bit < 8; bit++) {
            whole[byte] ^= (unsigned char)(1 << bit);
            write_file(whole, sizeof whole);
            slot_read(path, kept, &length);
            assert_int_equal(length, 3);
            assert_memory_equal(kept, "old", 3);
            whole[byte] ^= (unsigned char)(1 << bit);
        }
    }
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_teardown(name, remove_file)
    const struct CMUnitTest tests[] = {
        TEST(what_was_written_last_is_read),
        TEST(what_is_too_long_is_refused),
        TEST(two_programs_do_not_write_the_same_one),
        TEST(a_write_torn_at_any_byte_leaves_the_old_words_or_the_new),
        TEST(a_file_cut_off_anywhere_gives_what_is_whole_in_it),
        TEST(a_changed_bit_is_noticed),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
