// SPDX-License-Identifier: GPL-3.0-or-later
// The database: its versions, what goes in and comes out, two at once; and the
// thread that writes it.
#include "history/migrate.h"
#include "history/past.h"
#include "history/recorder.h"

#include "base/path.h"
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[32], path[64], mark[64];

static int
make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/history.XXXXXX");
    if (!mkdtemp(folder)) return 1;
    snprintf(path, sizeof path, "%s/history.db", folder);
    snprintf(mark, sizeof mark, "%s/bookmark", folder);
    return 0;
}

static int
remove_folder(void **state)
{
    (void)state;
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static struct store *
opened(void)
{
    struct store *store = NULL;
    struct diag   diag  = {""};
    if (store_open(&store, path, false, &diag)) fail_msg("%s", diag.text);
    return store;
}

static const struct store_session morning = {.key     = "a1",
                                             .started = 1779600000,
                                             .zone    = 120,
                                             .routine = "lats",
                                             .title   = "Lats",
                                             .level   = "gentle",
                                             .talk    = "full"};

static struct store_segment
window(int visit, const char *side, double done, const char *how)
{
    struct store_segment s = {.visit    = visit,
                              .exercise = "lats",
                              .title    = "Lats",
                              .set      = 1,
                              .sets     = 3,
                              .planned  = 30,
                              .done     = done,
                              .muscles  = "latissimus dorsi\nteres major"};
    snprintf(s.side, sizeof s.side, "%s", side);
    snprintf(s.how, sizeof s.how, "%s", how);
    return s;
}

static int64_t
fill(struct store *store)
{
    struct store_segment s[]     = {window(0, "left", 30, "done"),
                                    window(1, "right", 12, "shortened"),
                                    window(2, "left", 0, "skipped")};
    struct store_command c       = {12.5, "next_set", "voice", true};
    struct store_remark  r       = {1, "discomfort_before", "6"};
    struct store_end     e       = {120.5, "completed"};
    struct store_session session = morning;
    int64_t              id      = 0;

    assert_int_equal(store_session(store, &session, &id, NULL), STATUS_OK);
    for (int i = 0; i < 3; i++)
        assert_int_equal(store_segment(store, id, &s[i], NULL), STATUS_OK);
    assert_int_equal(store_command(store, id, &c, NULL), STATUS_OK);
    assert_int_equal(store_remark(store, id, &r, NULL), STATUS_OK);
    assert_int_equal(store_end(store, id, &e, NULL), STATUS_OK);
    return id;
}

static void
what_goes_in_comes_out(void **state)
{
    (void)state;
    struct store        *store = opened();
    struct past_sessions sessions;
    struct past_segments segments;
    struct past_muscles  muscles;
    int64_t              id = fill(store);

    assert_int_equal(past_sessions(&sessions, store, NULL), STATUS_OK);
    assert_int_equal(sessions.count, 1);
    const struct past_session *s = &sessions.list[0];
    assert_int_equal(s->id, id);
    assert_string_equal(s->routine, "lats");
    assert_string_equal(s->ended, "completed");
    assert_float_equal(s->worked, 42, 1e-9);
    assert_int_equal(s->done, 1);
    assert_int_equal(s->shortened, 1);
    assert_int_equal(s->skipped, 1);
    assert_int_equal(s->commands, 1);
    assert_int_equal(s->before, 6);
    assert_int_equal(s->after, -1);
    assert_int_equal(past_segments(&segments, store, id, NULL), STATUS_OK);
    assert_int_equal(segments.count, 3);
    assert_string_equal(segments.list[1].side, "right");
    assert_string_equal(segments.list[0].muscles,
                        "latissimus dorsi\nteres major");
    assert_int_equal(past_muscles(&muscles, store, 0, NULL), STATUS_OK);
    assert_int_equal(muscles.count, 4); // two muscles, two sides
    assert_float_equal(muscles.list[0].seconds, 30, 1e-9);
    past_release(&muscles);
    past_release(&segments);
    past_release(&sessions);
    store_close(store);
}

static void
a_window_written_twice_counts_once(void **state)
{
    (void)state;
    struct store         *store = opened();
    struct past_exercises exercises;
    int64_t               id    = fill(store);
    struct store_segment  again = window(0, "left", 30, "done");

    assert_int_equal(store_segment(store, id, &again, NULL), STATUS_OK);
    assert_int_equal(fill(store), id); // the same key, the same session
    assert_int_equal(past_exercises(&exercises, store, "", NULL), STATUS_OK);
    assert_int_equal(exercises.count, 1);
    assert_int_equal(exercises.list[0].sessions, 1);
    past_release(&exercises);
    assert_int_equal(past_exercises(&exercises, store, "a1", NULL), STATUS_OK);
    assert_int_equal(exercises.count, 0);
    past_release(&exercises);
    store_close(store);
}

static void
what_is_deleted_is_gone_from_the_disk(void **state)
{
    (void)state;
    struct store        *store = opened();
    struct past_sessions sessions;
    char                 command[128];

    int64_t id = fill(store);
    assert_int_equal(store_delete(store, id + 1, NULL), STATUS_NOT_FOUND);
    assert_int_equal(store_delete(store, id, NULL), STATUS_OK);
    assert_int_equal(past_sessions(&sessions, store, NULL), STATUS_OK);
    assert_int_equal(sessions.count, 0);
    snprintf(command, sizeof command, "cat %s/* | grep -aq latissimus", folder);
    assert_int_not_equal(system(command), 0);
    fill(store);
    assert_int_equal(store_delete_all(store, NULL), STATUS_OK);
    assert_int_not_equal(system(command), 0);
    store_close(store);
}

static void
it_is_for_its_owner_alone(void **state)
{
    (void)state;
    struct stat info;
    store_close(opened());
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
}

static void
two_at_once_do_not_lock_each_other_out(void **state)
{
    (void)state;
    struct store        *one = opened(), *two = opened();
    struct past_sessions sessions;

    assert_int_equal(store_begin(one, NULL), STATUS_OK);
    int64_t id = fill(one);
    // the other reads on, and sees what was committed
    assert_int_equal(past_sessions(&sessions, two, NULL), STATUS_OK);
    assert_int_equal(sessions.count, 0);
    past_release(&sessions);
    assert_int_equal(store_commit(one, NULL), STATUS_OK);
    struct store_segment more = window(7, "", 30, "done");
    assert_int_equal(store_segment(two, id, &more, NULL), STATUS_OK);
    store_close(one);
    store_close(two);
}

// ---- versions -----------------------------------------------------------

static const char *const three[] = {
    "CREATE TABLE t(a)",
    "ALTER TABLE t ADD b DEFAULT 7; INSERT INTO t(a) VALUES(1)",
    "UPDATE t SET a = a + b"};

static int
number(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    int           value     = -1;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        value = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    return value;
}

static void
each_version_becomes_the_next(void **state)
{
    (void)state;
    for (int from = 0; from <= 3; from++) {
        sqlite3 *db = NULL;
        assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
        assert_int_equal(migrate(db, three, from, "x", NULL), STATUS_OK);
        assert_int_equal(migrate(db, three, 3, "x", NULL), STATUS_OK);
        assert_int_equal(number(db, "SELECT a FROM t"), 8);
        assert_int_equal(number(db, "PRAGMA user_version"), 3);
        sqlite3_close(db);
    }
}

static void
a_step_that_fails_leaves_the_version_before(void **state)
{
    (void)state;
    const char *bad[] = {three[0], three[1], "UPDATE nothing SET a = 1"};
    struct diag diag  = {""};
    sqlite3    *db    = NULL;

    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(migrate(db, three, 1, "x", NULL), STATUS_OK);
    assert_int_equal(migrate(db, bad, 3, "x", &diag), STATUS_FAILED);
    assert_non_null(strstr(diag.text, "nothing"));
    assert_int_equal(number(db, "PRAGMA user_version"), 1);
    assert_int_equal(number(db, "SELECT count(*) FROM t"), 0);
    assert_int_equal(migrate(db, three, 3, "x", NULL), STATUS_OK);
    sqlite3_close(db);
}

static void
a_newer_version_is_left_alone(void **state)
{
    (void)state;
    struct store *store = NULL;
    struct diag   diag  = {""};
    sqlite3      *db    = NULL;

    store_close(opened());
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_exec(db, "PRAGMA user_version = 99", NULL, NULL, NULL);
    sqlite3_close(db);
    assert_int_equal(store_open(&store, path, false, &diag), STATUS_FAILED);
    assert_non_null(strstr(diag.text, "newer rollcall"));
}

// ---- the recorder -------------------------------------------------------

static struct recorder *
recording(void)
{
    struct recorder_config config = {
        .history = path, .bookmark = mark, .session = morning};
    struct recorder *recorder = NULL;
    assert_int_equal(recorder_open(&recorder, &config), STATUS_OK);
    return recorder;
}

static void
write_segment(struct recorder *recorder, int visit)
{
    struct record record = {.kind    = RECORD_SEGMENT,
                            .segment = window(visit, "", 30, "done")};
    recorder_write(recorder, &record);
}

static size_t
segments_kept(void)
{
    struct store        *store = opened();
    struct past_segments segments;
    assert_int_equal(past_segments(&segments, store, 1, NULL), STATUS_OK);
    size_t count = segments.count;
    past_release(&segments);
    store_close(store);
    return count;
}

static void
all_that_is_given_is_written_before_the_end(void **state)
{
    (void)state;
    char             kept[SLOT_MOST];
    size_t           length;
    struct diag      diag     = {""};
    struct recorder *recorder = recording();

    for (int i = 0; i < 300; i++) {
        write_segment(recorder, i);
        recorder_mark(recorder, &i, sizeof i);
    }
    assert_false(recorder_close(recorder, 60000, &diag));
    assert_int_equal(segments_kept(), 300);
    slot_read(mark, kept, &length);
    int last = 299;
    assert_int_equal(length, sizeof last);
    assert_memory_equal(kept, &last, sizeof last);
}

static void
a_damaged_history_is_put_aside(void **state)
{
    (void)state;
    struct diag diag = {""};
    char        command[128];
    FILE       *file = fopen(path, "w");

    for (int i = 0; i < 1000; i++) fputs("this is no database\n", file);
    fclose(file);
    struct recorder *recorder = recording();
    write_segment(recorder, 0);
    assert_true(recorder_close(recorder, 60000, &diag));
    assert_non_null(strstr(diag.text, "history.db.damaged-"));
    assert_int_equal(segments_kept(), 1);
    snprintf(command, sizeof command, "grep -q 'no database' %s/*.damaged-*",
             folder);
    assert_int_equal(system(command), 0);
}

static void
where_nothing_can_be_written_it_says_so_once(void **state)
{
    (void)state;
    struct diag diag = {""};

    assert_int_equal(mkdir(path, 0700), 0); // no file can be there
    struct recorder *recorder = recording();
    write_segment(recorder, 0);
    recorder_mark(recorder, "x", 1);
    for (int i = 0; i < 3000 && !recorder_problem(recorder, &diag); i++)
        usleep(20000);
    assert_non_null(strstr(diag.text, "plays on"));
    assert_false(recorder_problem(recorder, &diag));
    assert_false(recorder_close(recorder, 60000, &diag));
    char   kept[SLOT_MOST];
    size_t length;
    slot_read(mark, kept, &length); // the bookmark is kept all the same
    assert_int_equal(length, 1);
}

int
main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, make_folder, remove_folder)
    const struct CMUnitTest tests[] = {
        TEST(what_goes_in_comes_out),
        TEST(a_window_written_twice_counts_once),
        TEST(what_is_deleted_is_gone_from_the_disk),
        TEST(it_is_for_its_owner_alone),
        TEST(two_at_once_do_not_lock_each_other_out),
        TEST(each_version_becomes_the_next),
        TEST(a_step_that_fails_leaves_the_version_before),
        TEST(a_newer_version_is_left_alone),
        TEST(all_that_is_given_is_written_before_the_end),
        TEST(a_damaged_history_is_put_aside),
        TEST(where_nothing_can_be_written_it_says_so_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
