// SPDX-License-Identifier: GPL-3.0-or-later
// Usage: soak [SESSIONS]
// Plays one session after another in one process, each with a voice, a history,
// an events file and, every twelfth, ears; none may leave anything behind. What
// the first ones needed, all that follow may.
#include "app/player.h"

#include <dirent.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SESSIONS 24
#define WARM     12 // sessions before the first look
#define EARS     12
#define MOST_KIB 4096 // more after the last session than at that look

static char folder[] = "/tmp/rollcall-soak-XXXXXX";

static const char routine[] = "routine: short\n"
                              "title: A short one\n"
                              "about: One exercise, for a few seconds.\n"
                              "minutes: 1\n"
                              "needs: [foam roller]\n"
                              "exercises:\n"
                              "  - id: side\n"
                              "    title: Side\n"
                              "    tool: foam roller\n"
                              "    muscles: [latissimus dorsi]\n"
                              "    why: It is short.\n"
                              "    setup: [Lie on your side.]\n"
                              "    ready: 1s\n"
                              "    work: {kind: hold, time: 5s}\n"
                              "    sets: 1\n"
                              "    sides: both\n";

struct look {
    long kib, files, threads;
};

static const char *
in_folder(char path[128], const char *name)
{
    snprintf(path, 128, "%s/%s", folder, name);
    return path;
}

static long
count_in(const char *path)
{
    long count = 0;
    DIR *dir   = opendir(path);

    while (dir && readdir(dir)) count++;
    if (dir) closedir(dir);
    return count - 2; // . and ..
}

static struct look
look(void)
{
    struct look look  = {0, count_in("/proc/self/fd"),
                         count_in("/proc/self/task")};
    long        pages = 0;
    FILE       *file  = fopen("/proc/self/statm", "r");

    malloc_trim(0);
    if (!file || fscanf(file, "%*d %ld", &pages) != 1) pages = 0;
    if (file) fclose(file);
    look.kib = pages * (sysconf(_SC_PAGESIZE) / 1024);
    return look;
}

static bool
play(int number)
{
    char                  path[128], sound[128], events[128];
    struct player_options options = {
        .prepare   = {.routine   = in_folder(path, "short.yaml"),
                      .screening = SCREENING_NEVER},
        .host      = &host_file,
        .sound     = {.path = in_folder(sound, "sound.wav")},
        .events    = in_folder(events, "events"),
        .high_pass = PLAYER_HIGH_PASS,
        .keep      = true,
    };
    struct player_result result;
    struct report        report = {0};
    struct diag          diag   = {""};
    char                 heard[128];

    if (number % EARS == 0) {
        options.listen           = true;
        options.sound.microphone = in_folder(heard, "heard.wav");
    }
    enum status st = player_run(&options, &result, &report, &diag);
    if (st) report_print(&report, stderr);
    if (st) fprintf(stderr, "session %d: %s\n", number, diag.text);
    report_release(&report);
    if (number == 1) // how the first one begins is heard by others
        return !st && rename(sound, in_folder(heard, "heard.wav")) == 0 &&
               truncate(heard, 4 * 96000) == 0;
    return !st;
}

static bool
set_up(void)
{
    char  path[128];
    FILE *file;

    if (!mkdtemp(folder) || setenv("XDG_DATA_HOME", folder, 1) != 0 ||
        setenv("XDG_CACHE_HOME", folder, 1) != 0 ||
        setenv("XDG_CONFIG_HOME", folder, 1) != 0)
        return false;
    file = fopen(in_folder(path, "short.yaml"), "w");
    return file && fputs(routine, file) >= 0 && fclose(file) == 0;
}

static bool
tear_down(void)
{
    char command[128];

    snprintf(command, sizeof command, "rm -r '%s'", folder);
    return system(command) == 0; // NOLINT(bugprone-command-processor)
}

static void
print(const char *when, struct look look)
{
    printf("%-22s  %7ld KiB  %3ld files  %3ld threads\n", when, look.kib,
           look.files, look.threads);
}

int
main(int argc, char **argv)
{
    int         sessions = argc > 1 ? (int)strtol(argv[1], NULL, 10) : SESSIONS;
    struct look first = {0}, now = {0};
    bool        good = set_up();

    for (int i = 1; i <= sessions && good; i++) {
        good = play(i);
        if (i != WARM && i != sessions && i % 100) continue;
        char when[32];
        now = look();
        snprintf(when, sizeof when, "after session %d", i);
        print(when, now);
        if (i == WARM) first = now;
    }
    if (now.files > first.files || now.threads > first.threads ||
        now.kib > first.kib + MOST_KIB) {
        fputs("something is left behind\n", stderr);
        good = false;
    }
    return tear_down() && good ? 0 : 1;
}
