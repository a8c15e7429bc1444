// SPDX-License-Identifier: GPL-3.0-or-later
// Files of a language that are damaged, one after another and all at once: a
// session plays all the same, to its end.
#include "fake_helper.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char share[96];  // of these sessions
static char whole[256]; // the one it is made of

static int
set_up(void **state)
{
    char from[300], to[256];

    if (fake_set_up(state)) return -1;
    snprintf(whole, sizeof whole, "%s", getenv("ROLLCALL_SHARE"));
    snprintf(share, sizeof share, "%s", fake_path("share"));
    if (mkdir(share, 0700)) return -1;
    snprintf(from, sizeof from, "%s/routines", whole);
    snprintf(to, sizeof to, "%s/routines", share);
    return symlink(from, to) || setenv("ROLLCALL_SHARE", share, 1);
}

// All but NAMES are as they are; these hold TEXT.
static void
make_language(const char *const *names, const char *text)
{
    char           from[256], to[256], path[600], link[600];
    struct dirent *entry;

    snprintf(from, sizeof from, "%.200s/voices/en-us", whole);
    snprintf(to, sizeof to, "%s/voices", share);
    (void)mkdir(to, 0700);
    snprintf(to, sizeof to, "%s/voices/en-us", share);
    (void)mkdir(to, 0700);
    DIR *folder = opendir(from);
    assert_non_null(folder);
    while ((entry = readdir(folder))) {
        if (entry->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "%s/%s", from, entry->d_name);
        snprintf(link, sizeof link, "%s/%s", to, entry->d_name);
        unlink(link);
        assert_int_equal(symlink(path, link), 0);
    }
    (void)closedir(folder);
    for (; *names; names++) {
        snprintf(link, sizeof link, "%s/%s", to, *names);
        unlink(link);
        FILE *file = fopen(link, "w");
        assert_non_null(file);
        fputs(text, file);
        fclose(file);
    }
}

static int
count_said(const json_t *events, const char *text)
{
    const json_t *event;
    size_t        i;
    int           count = 0;

    json_array_foreach(events, i, event)
    {
        const char *said = json_string_value(json_object_get(event, "text"));
        count += fake_is(event, "say") && (!text || strcmp(said, text) == 0);
    }
    return count;
}

// How often TEXT is said in the session, or anything where that is NULL.
static int
said(const char *text)
{
    struct player_result result;
    json_t              *events = fake_play(&fake_host, false, &result);
    int                  count  = count_said(events, text);

    assert_string_equal(result.ended, "completed");
    json_decref(events);
    return count;
}

static void
what_is_wrong_in_a_file_is_left_unsaid(void **state)
{
    static const char *const none[] = {NULL}, *const one[] = {"phrases.yaml",
                                                              NULL};

    (void)state;
    make_language(none, "");
    assert_true(said("Three.") > 0);
    make_language(one, "welcome: '{title}.'\nthree: [Three.]\n");
    assert_int_equal(said("Three."), 0);
    assert_int_equal(said("Sides of the back."), 1);
}

static void
damaged_files_keep_nobody_from_a_session(void **state)
{
    static const char *const all[] = {"phrases.yaml", "answers.yaml",
                                      "pronunciation.yaml", "calm.yaml", NULL};

    (void)state;
    for (size_t i = 0; all[i]; i++) {
        const char *const one[] = {all[i], NULL};
        make_language(one, "hello: [");
        assert_true(said(NULL) > 0);
    }
    make_language(all, "\xff\x01");
    assert_true(said(NULL) > 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_wrong_in_a_file_is_left_unsaid),
        cmocka_unit_test(damaged_files_keep_nobody_from_a_session),
    };
    return cmocka_run_group_tests(tests, set_up, fake_tear_down);
}
