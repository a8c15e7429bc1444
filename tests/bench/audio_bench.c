// SPDX-License-Identifier: GPL-3.0-or-later
// Measures sound:
//
//     bench_audio [--json] [callback] [render] [room] [soak]
//
// All four where none is named: the audio callback at buffers of 5 ms; what
// a render costs beside espeak-ng, and beside a script of espeak-ng and sox;
// first sound, CPU and memory of a session played in the virtual room; whether
// memory grows in eight hours of a session.
#include "audio_callback.h"
#include "audio_render.h"
#include "audio_room.h"
#include "audio_soak.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH = 4096 };

// The program beside this one, unless $ROLLCALL names another.
static bool
find_program(char program[PATH], char self[PATH])
{
    ssize_t length = readlink("/proc/self/exe", self, PATH - 1);
    if (length <= 0) return false;
    self[length] = '\0';

    const char *named = getenv("ROLLCALL");
    char       *slash = strrchr(self, '/');
    if (named)
        snprintf(program, PATH, "%s", named);
    else
        snprintf(program, PATH, "%.*s/rollcall", (int)(slash - self), self);
    return access(program, X_OK) == 0;
}

static bool
wanted(int argc, char **argv, const char *name)
{
    bool any = false;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], name) == 0) return true;
        any |= argv[i][0] != '-';
    }
    return !any;
}

int
main(int argc, char **argv)
{
    static char    program[PATH], self[PATH];
    struct figures figures = {0};

    if (!find_program(program, self)) {
        fprintf(stderr, "bench_audio: there is no rollcall to measure\n");
        return 1;
    }
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--json") == 0) figures.json = true;
        if (strcmp(argv[i], "--room") == 0) return measure_play(program);
    }
    if (wanted(argc, argv, "callback")) measure_callback(&figures);
    if (wanted(argc, argv, "render")) measure_render(&figures, program);
    if (wanted(argc, argv, "room")) measure_room(&figures, self);
    if (wanted(argc, argv, "soak")) measure_soak(&figures);
    figures_end(&figures);
    return 0;
}
