// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE // fopencookie
#include "audio/backend.h"

#include "audio/devices.h"
#include <dlfcn.h>
#include <fcntl.h>
#include <portaudio.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#if __has_include(<alsa/asoundlib.h>)
#include <alsa/asoundlib.h>
#define HAVE_ALSA 1
#else
#define HAVE_ALSA 0
#endif

static atomic_bool given_up;

#if HAVE_ALSA
static void
say_nothing(const char *file, int line, const char *function, int error,
            const char *format, ...)
{
    (void)file;
    (void)line;
    (void)function;
    (void)error;
    (void)format;
}

static bool
alsa_has(const char *name)
{
    snd_config_t *node = NULL;
    return snd_config_search(snd_config, name, &node) >= 0;
}

// PortAudio 19.6 and 19.7 abort (an assertion in BuildDeviceList) where the
// ALSA configuration names neither of the two devices it looks at last.
static bool
alsa_is_safe(void)
{
    if (snd_config_update() < 0 || !snd_config) return false;
    return alsa_has("pcm.default") || alsa_has("pcm.dmix");
}

static void
quiet_alsa(void)
{
    snd_lib_error_set_handler(say_nothing);
}
#else
static bool
alsa_is_safe(void)
{
    return true;
}

static void
quiet_alsa(void)
{
}
#endif

#ifdef __GLIBC__
// PortAudio's "Expression '...' failed in ..." when a device goes away, three
// lines or millions of them, printed to stderr and by nothing to be turned off.
static ssize_t
write_but_expressions(void *ctx, const char *text, size_t size)
{
    static const char expression[] = "Expression '";

    (void)ctx;
    if (size >= sizeof expression &&
        memcmp(text, expression, sizeof expression - 1) == 0)
        return (ssize_t)size;
    return write(STDERR_FILENO, text, size);
}

static void
quiet_portaudio(void)
{
    static atomic_flag done = ATOMIC_FLAG_INIT;

    if (atomic_flag_test_and_set(&done)) return;
    FILE *file = fopencookie(
        NULL, "w", (cookie_io_functions_t){.write = write_but_expressions});
    if (!file) return;
    setvbuf(file, NULL, _IONBF, 0);
    stderr = file;
}
#else
static void
quiet_portaudio(void)
{
}
#endif

static void
say_nothing_of_jack(const char *text)
{
    (void)text;
}

// libportaudio brings libjack along; nothing here links to it.
static void
quiet_jack(const char *setter)
{
    typedef void  set_function(void (*say)(const char *text));
    set_function *set    = NULL;
    void         *symbol = dlsym(RTLD_DEFAULT, setter);

    if (!symbol) return;
    memcpy(&set, &symbol, sizeof set); // ISO C knows no such cast
    set(say_nothing_of_jack);
}

void
devices_quiet(void)
{
    setenv("JACK_NO_START_SERVER", "1", 1);
    quiet_portaudio();
    quiet_alsa();
    quiet_jack("jack_set_error_function");
    quiet_jack("jack_set_info_function");
}

enum status
backend_none(struct diag *diag)
{
    diag_set(diag, NULL,
             "No sound device was found.  Plug one in or start the sound "
             "server (PipeWire or PulseAudio), then try again; `rollcall "
             "render` writes the session to a file instead.");
    return STATUS_NO_DEVICE;
}

enum status
backend_start(struct diag *diag)
{
    if (atomic_load(&given_up)) {
        diag_set(diag, NULL,
                 "The sound system stopped answering; start the program "
                 "again.");
        return STATUS_LOST;
    }
    devices_quiet();
    if (!alsa_is_safe()) return backend_none(diag);
    PaError error = Pa_Initialize();
    if (error == paNoError) return STATUS_OK;
    diag_set(diag, NULL, "PortAudio cannot be started: %s.",
             Pa_GetErrorText(error));
    return STATUS_FAILED;
}

void
backend_stop(void)
{
    Pa_Terminate();
}

void
backend_give_up(void)
{
    atomic_store(&given_up, true);
}

int
backend_hush(void)
{
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere < 0) return -1;
    int saved = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    if (saved >= 0) dup2(nowhere, STDERR_FILENO);
    close(nowhere);
    return saved;
}

void
backend_unhush(int saved)
{
    if (saved < 0) return;
    dup2(saved, STDERR_FILENO);
    close(saved);
}
