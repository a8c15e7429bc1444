// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/soundcheck.h"
#include "cli/forget.h"

#include "app/interrupt.h"
#include "app/soundcheck.h"
#include "audio/devices.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define NAME "rollcall setup"

static bool
find_path(char path[PATH_SIZE])
{
    if (surroundings_path(path)) return true;
    fputs(NAME ": there is no home folder to keep it in\n", stderr);
    return false;
}

static int
fail(enum status st, const struct diag *diag)
{
    fprintf(stderr, NAME ": %s\n", diag->text);
    return status_exit(st);
}

static void
print(const struct surroundings *s)
{
    printf("room      %6.1f dB of full scale in silence\n", s->noise);
    if (s->echoes) {
        printf("delay     %6.1f ms from the loudspeaker back to the "
               "microphone\n",
               s->delay_ms);
        printf("echo      %6.1f dB of what is played\n", s->echo);
    } else {
        puts("echo        none: the microphone does not hear the loudspeaker");
    }
    if (s->speaks)
        printf("speech    %6.1f dB of full scale, %.0f dB over the room\n",
               s->speech, s->speech - s->noise);
    else
        puts("speech      nobody was heard");
}

static void
print_devices(void)
{
    struct device *devices = NULL;
    size_t         count   = 0;
    struct diag    diag    = {""};

    if (devices_list(&devices, &count, &diag) != STATUS_OK) return;
    for (size_t i = 0; i < count; i++) {
        const struct device *d = &devices[i];
        printf("%-32s %s%s%s\n", d->name, d->outputs ? "plays " : "",
               d->inputs ? "records " : "",
               d->default_input || d->default_output ? "(default)" : "");
    }
    free(devices);
    putchar('\n');
}

static void
clear_level(void)
{
    if (isatty(STDERR_FILENO) == 1) fputs("\r\033[K", stderr);
}

static void
print_said(void *ctx, const char *text)
{
    (void)ctx;
    clear_level();
    puts(text);
    fflush(stdout);
}

// A bar from -70 dB to 0.
static void
draw_level(void *ctx, double decibels)
{
    int length = (int)(decibels + 70) / 2;

    (void)ctx;
    if (isatty(STDERR_FILENO) != 1) return;
    fprintf(stderr, "\r\033[K%4.0f dB ", decibels);
    for (int i = 0; i < length && i < 35; i++) fputc('#', stderr);
}

int
soundcheck_live(const struct soundcheck_wish *wish)
{
    const struct soundcheck_options options = {.host   = &host_portaudio,
                                               .input  = wish->input,
                                               .output = wish->output,
                                               .silent = wish->quiet,
                                               .say    = print_said,
                                               .level  = draw_level};
    struct surroundings             found;
    struct diag                     diag = {""};
    char                            path[PATH_SIZE];

    if (!find_path(path)) return 1;
    interrupt_watch();
    print_devices();
    enum status st = soundcheck_run(&options, &found, &diag);
    clear_level();
    if (!st) st = surroundings_write(&found, path, &diag);
    if (st) return fail(st, &diag);
    putchar('\n');
    print(&found);
    return 0;
}

int
soundcheck_show(void)
{
    struct surroundings found;
    struct report       report = {0};
    char                path[PATH_SIZE];
    enum status         st = STATUS_OK;

    if (!find_path(path)) return 1;
    if (!path_exists(path)) {
        puts("Nothing was measured yet: 'rollcall setup --sound' does.");
        return 0;
    }
    st = surroundings_read(&found, path, &report);
    report_print(&report, stderr);
    report_release(&report);
    if (st) return status_exit(st);
    printf("%s\n", path);
    print(&found);
    return 0;
}

int
soundcheck_forget(void)
{
    char path[PATH_SIZE];

    if (!find_path(path)) return 1;
    return forget_file(path, "no sound was measured");
}
