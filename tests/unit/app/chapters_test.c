// SPDX-License-Identifier: GPL-3.0-or-later
// Where the exercises of a rendered session begin, as cue sheet and as .lrc.
#include "app/chapters.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

enum { RATE = 48000 };

static struct exercise      exercises[] = {{.id = "a", .title = "The \"lats\""},
                                           {.id = "b", .title = "Calves"}};
static const struct routine routine     = {
        .title = "Back \"and\" legs", .count = 2, .exercises = exercises};
static const struct segment segments[] = {
    {.kind = SEGMENT_INTRO, .exercise = -1},
    {.kind = SEGMENT_SETUP, .exercise = 0},
    {.kind = SEGMENT_WORK, .exercise = 0, .set = 1, .sets = 2},
    {.kind     = SEGMENT_WORK,
     .exercise = 1,
     .set      = 1,
     .sets     = 1,
     .side     = SIDE_RIGHT},
    {.kind = SEGMENT_OUTRO, .exercise = -1}};
static const struct plan plan = {
    .rate = RATE, .routine = &routine, .count = 5, .segments = segments};

static char folder[] = "/tmp/rollcall-chapters-XXXXXX";

static const char *
path_of(const char *name)
{
    static char path[96];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static int
set_up(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int
tear_down(void **state)
{
    (void)state;
    return rmdir(folder); // every test leaves it empty
}

// A session of 5 segments, one each 61.51 s.
static struct chapters *
chapters_of_a_session(const char *path, const char *sound)
{
    struct host_config config   = {.rate = RATE, .path = path_of("s.wav")};
    struct chapters   *chapters = NULL;
    struct host       *host     = NULL;
    struct diag        diag     = {""};

    assert_int_equal(chapters_open(&chapters, path, sound, &diag), STATUS_OK);
    assert_int_equal(host_file.open(&host, &config, NULL, NULL, &diag),
                     STATUS_OK);
    for (int i = 0; i < 5; i++)
        chapters_segment(chapters, host, (int64_t)i * 61510 * RATE / 1000,
                         &plan, &segments[i]);
    host->discard = true;
    host->ops->close(host, &diag);
    return chapters;
}

static void
assert_written(const char *name, const char *sound, const char *wanted)
{
    struct diag diag = {""};
    char        path[96], text[2048];

    snprintf(path, sizeof path, "%s", path_of(name));
    struct chapters *chapters = chapters_of_a_session(path, sound);
    assert_int_equal(chapters_close(chapters, true, &diag), STATUS_OK);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    unlink(path);
    assert_string_equal(text, wanted);
}

// 75 to the second; quotes would end a title.
static void
a_cue_sheet_has_a_track_for_each_exercise(void **state)
{
    (void)state;
    assert_written("s.cue", "/some/where/s.flac",
                   "TITLE \"Back 'and' legs\"\n"
                   "FILE \"s.flac\" WAVE\n"
                   "  TRACK 01 AUDIO\n"
                   "    TITLE \"Back 'and' legs\"\n"
                   "    INDEX 01 00:00:00\n"
                   "  TRACK 02 AUDIO\n"
                   "    TITLE \"The 'lats'\"\n"
                   "    INDEX 01 01:01:38\n"
                   "  TRACK 03 AUDIO\n"
                   "    TITLE \"Calves\"\n"
                   "    INDEX 01 03:04:39\n"
                   "  TRACK 04 AUDIO\n"
                   "    TITLE \"Back 'and' legs\"\n"
                   "    INDEX 01 04:06:03\n");
}

static void
lines_of_a_player_tell_the_sets_too(void **state)
{
    (void)state;
    assert_written("s.LRC", "s.mp3",
                   "[ti:Back \"and\" legs]\n[re:rollcall]\n"
                   "[00:00.00]Back \"and\" legs\n"
                   "[01:01.51]The \"lats\"\n"
                   "[02:03.02]The \"lats\", set 1 of 2\n"
                   "[03:04.53]Calves\n"
                   "[03:04.53]Calves, set 1 of 1, right side\n"
                   "[04:06.04]Back \"and\" legs\n");
}

static void
another_ending_is_refused(void **state)
{
    struct chapters *chapters = NULL;
    struct diag      diag     = {""};

    (void)state;
    assert_int_equal(chapters_open(&chapters, "s.txt", "s.wav", &diag),
                     STATUS_BAD_INPUT);
    assert_non_null(strstr(diag.text, ".cue or .lrc"));
    assert_int_equal(chapters_open(&chapters, "cue", "s.wav", &diag),
                     STATUS_BAD_INPUT);
    assert_null(chapters);
}

static void
what_is_not_to_be_kept_is_not_written(void **state)
{
    struct diag diag = {""};
    char        path[96];

    (void)state;
    snprintf(path, sizeof path, "%s", path_of("s.cue"));
    struct chapters *chapters = chapters_of_a_session(path, "s.wav");
    assert_int_equal(chapters_close(chapters, false, &diag), STATUS_OK);
    assert_int_not_equal(access(path, F_OK), 0);
    chapters = chapters_of_a_session(NULL, "s.wav");
    assert_int_equal(chapters_close(chapters, true, &diag), STATUS_OK);
    assert_int_equal(chapters_close(NULL, true, &diag), STATUS_OK);
}

static void
what_cannot_be_written_is_told(void **state)
{
    struct diag diag = {""};

    (void)state;
    struct chapters *chapters =
        chapters_of_a_session("/nowhere/at/all/s.cue", "s.wav");
    assert_int_equal(chapters_close(chapters, true, &diag), STATUS_FAILED);
    assert_non_null(strstr(diag.text, "/nowhere/at/all/s.cue"));
    assert_non_null(strstr(diag.text, "No such file"));
}

// Where the disk is full, too.
static void
what_was_there_stays_until_all_is_written(void **state)
{
    struct rlimit none = {.rlim_cur = 0}, usual;
    struct diag   diag = {""};
    char          path[96], text[8] = "";

    (void)state;
    snprintf(path, sizeof path, "%s", path_of("s.cue"));
    FILE *file = fopen(path, "w+");
    assert_non_null(file);
    fputs("mine", file);
    struct chapters *chapters = chapters_of_a_session(path, "s.wav");
    fflush(file);
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &usual), 0);
    none.rlim_max = usual.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
    enum status st = chapters_close(chapters, true, &diag);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &usual), 0);
    assert_int_equal(st, STATUS_FAILED);
    assert_non_null(strstr(diag.text, "File too large"));
    fclose(file);
    file = fopen(path, "r");
    assert_non_null(file);
    assert_int_equal(fread(text, 1, sizeof text, file), 4);
    assert_string_equal(text, "mine");
    fclose(file);
    unlink(path);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cue_sheet_has_a_track_for_each_exercise),
        cmocka_unit_test(lines_of_a_player_tell_the_sets_too),
        cmocka_unit_test(another_ending_is_refused),
        cmocka_unit_test(what_is_not_to_be_kept_is_not_written),
        cmocka_unit_test(what_cannot_be_written_is_told),
        cmocka_unit_test(what_was_there_stays_until_all_is_written),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
