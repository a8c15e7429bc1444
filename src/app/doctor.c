// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/doctor.h"

#include "app/ears.h"
#include "app/prepare.h"
#include "audio/deadline.h"
#include "audio/devices.h"
#include "audio/host.h"
#include "audio/inlet.h"
#include "base/language.h"
#include "base/text.h"
#include "control/broker.h"
#include "control/secret.h"
#include "listen/listener.h"
#include "routine/library.h"
#include <errno.h>
#include <netdb.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/un.h>
#include <unistd.h>

#define LISTENED_MS 500
#define LEAST_BYTES (32 << 20) // free, for history and what is kept of speech

struct doctor {
    const struct settings *settings;
    int                    wrong;
    bool                   sounds, hears; // as sound was opened
    char                   microphone[512];
    atomic_bool            signal; // the microphone gave other than zeros
};

static const char *
set(const struct doctor *doctor, const char *key)
{
    const char *text = settings_value(doctor->settings, setting_find(key));
    return *text ? text : NULL;
}

static bool
is_set_to(const struct doctor *doctor, const char *key, const char *value)
{
    const char *text = set(doctor, key);
    return text && strcmp(text, value) == 0;
}

// A pipe has only the microphone that is named.
static bool
is_deaf(const struct doctor *doctor)
{
    return is_set_to(doctor, "listen", "no") ||
           (is_set_to(doctor, "host", "pipe") && !set(doctor, "input"));
}

static void
find(struct check *check, enum finding finding, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void
find(struct check *check, enum finding finding, const char *format, ...)
{
    va_list args;

    check->finding = finding;
    va_start(args, format);
    vsnprintf(check->found, sizeof check->found, format, args);
    va_end(args);
}

static void
advise(struct check *check, const char *text)
{
    snprintf(check->remedy, sizeof check->remedy, "%s", text);
}

static void
look_files(struct doctor *doctor, struct check *check)
{
    char           share[PATH_SIZE];
    struct library library = {0};
    struct diag    diag    = {""};

    (void)doctor;
    check->name = "files";
    if (!path_share(share) || !path_exists(share)) {
        find(check, FINDING_BROKEN, "rollcall's own files are not there");
        advise(check, "Install rollcall again, or set ROLLCALL_SHARE to the "
                      "folder that holds voices/ and routines/.");
        return;
    }
    enum status st = library_scan(&library, &diag);
    if (st || library.count == 0) {
        find(check, FINDING_BROKEN, "there is no routine to play%s%s",
             *diag.text ? ": " : "", diag.text);
        advise(check, "'rollcall new NAME' writes one of your own.");
    } else {
        find(check, FINDING_GOOD, "%.400s, %zu routines", share, library.count);
    }
    library_release(&library);
}

static void
look_settings(struct doctor *doctor, struct check *check)
{
    char path[PATH_SIZE];

    check->name = "settings";
    if (!settings_path(path)) {
        find(check, FINDING_NOTE, "there is no home folder, so there are none");
        advise(check, "Set HOME or XDG_CONFIG_HOME.");
    } else if (doctor->wrong) {
        find(check, FINDING_BROKEN, "%.400s has %d error%s", path,
             doctor->wrong, doctor->wrong == 1 ? "" : "s");
        advise(check, "'rollcall config' shows where, and what was expected.");
    } else {
        find(check, FINDING_GOOD, "%.400s%s", path,
             path_exists(path) ? "" : " is not there: all is as usual");
    }
}

static void
look_voice(struct doctor *doctor, struct check *check)
{
    struct prepared prepared = {0};
    struct report   report   = {0};
    struct diag     diag     = {""};

    check->name    = "voice";
    enum status st = prepare_voice(&prepared, set(doctor, "voice"),
                                   PREPARE_RATE, false, &report, &diag);
    if (st) {
        find(check, FINDING_BROKEN, "nothing can be said: %.400s",
             *diag.text ? diag.text : "the files of the language are broken");
        advise(check, "'rollcall voices' lists the voices; eSpeak NG's own "
                      "files are in Debian's espeak-ng-data.");
    } else {
        find(check, FINDING_GOOD, "%s, in %s", set(doctor, "voice"),
             language_name());
    }
    prepared_release(&prepared);
    report_release(&report);
}

static void
listen_in(void *ctx, const float *in, float *out, size_t frames)
{
    struct doctor *doctor = ctx;

    for (size_t i = 0; i < frames; i++) {
        out[i] = 0;
        if (in && in[i] != 0.0f) atomic_store(&doctor->signal, true);
    }
}

// Opens what a session would, and plays half a second of silence.
static enum status
try_sound(struct doctor *doctor, struct diag *diag)
{
    struct host       *host   = NULL;
    bool               listen = !is_set_to(doctor, "listen", "no");
    struct host_config config = {.rate   = PREPARE_RATE,
                                 .output = set(doctor, "output"),
                                 .input  = set(doctor, "input"),
                                 .listen = listen};

    enum status st =
        host_portaudio.open(&host, &config, listen_in, doctor, diag);
    if (st) return st;
    for (int i = 0; i < LISTENED_MS / 10 && !st; i++)
        st = host->ops->run(host, host->rate / 100, diag);
    doctor->sounds = st == STATUS_OK;
    doctor->hears  = host->hears;
    if (host->note)
        snprintf(doctor->microphone, sizeof doctor->microphone, "%s",
                 host->note);
    host->ops->close(host, NULL);
    return st;
}

// The microphone alone, for half a second.
static void
try_microphone(struct doctor *doctor)
{
    enum { FRAMES = PREPARE_RATE / 100 };
    float         out[FRAMES];
    struct inlet *inlet =
        inlet_open(set(doctor, "input"), PREPARE_RATE, doctor->microphone,
                   sizeof doctor->microphone);

    if (!inlet) return;
    for (int ms = 0; ms < LISTENED_MS; ms += 10) {
        deadline_sleep(10);
        listen_in(doctor, inlet_take(inlet, FRAMES), out, FRAMES);
    }
    doctor->hears = inlet_look(inlet);
    inlet_close(inlet);
}

// A card that only some may use is the commonest reason for finding none.
static bool
card_is_locked(void)
{
    return access("/dev/snd/controlC0", F_OK) == 0 &&
           access("/dev/snd/controlC0", R_OK | W_OK) != 0 && errno == EACCES;
}

static void
look_sound(struct doctor *doctor, struct check *check)
{
    struct diag diag = {""};

    check->name = "loudspeaker";
    if (is_set_to(doctor, "host", "pipe")) {
        doctor->sounds = true;
        find(check, FINDING_GOOD, "sound goes into a pipe, %.400s",
             set(doctor, "output") ? set(doctor, "output") : "stdout");
        if (!is_deaf(doctor)) try_microphone(doctor);
        return;
    }
    if (try_sound(doctor, &diag) == STATUS_OK) {
        find(check, FINDING_GOOD, "%.400s can be played through",
             set(doctor, "output") ? set(doctor, "output")
                                   : "the default device");
        return;
    }
    find(check, FINDING_BROKEN, "%.500s", diag.text);
    advise(check,
           card_is_locked()
               ? "You may not use the sound card: as root, 'usermod -aG audio' "
                 "and your name, then log in again."
               : "'rollcall devices' shows what there is; 'output' in "
                 "config.yaml names one.");
}

static void
look_microphone(struct doctor *doctor, struct check *check)
{
    check->name = "microphone";
    if (is_deaf(doctor)) {
        find(check, FINDING_NOTE, "it is not used: so it was set");
    } else if (!doctor->hears) {
        find(check, FINDING_BROKEN, "%.500s",
             *doctor->microphone ? doctor->microphone
                                 : "there is none that could be opened");
        advise(check, "Plug one in; 'input' in config.yaml names another. "
                      "Without one commands can be typed; 'listen: no' says "
                      "that this is meant.");
    } else if (!atomic_load(&doctor->signal)) {
        find(check, FINDING_BROKEN, "it gives nothing but silence");
        advise(check, "It is muted, by a switch or in the mixer "
                      "('alsamixer', 'pavucontrol'), or it is not the one you "
                      "mean: 'rollcall listen' shows its level.");
    } else {
        find(check, FINDING_GOOD, "%.400s is heard",
             set(doctor, "input") ? set(doctor, "input")
                                  : "the default device");
    }
}

static void
look_listening(struct doctor *doctor, struct check *check)
{
    char             voices[PATH_SIZE];
    struct listener *listener = NULL;
    struct diag      diag     = {""};

    check->name = "listening";
    if (!prepare_voices(voices) || !ears_know(voices)) {
        find(check, FINDING_NOTE,
             "there is no acoustic model for %s: commands can only be typed",
             language_name());
        return;
    }
    struct listener_config config = {.voices = voices, .rate = PREPARE_RATE};
    if (listener_open(&listener, &config, &diag) == STATUS_OK) {
        find(check, FINDING_GOOD, "the model and the phrases of %s are there",
             language_name());
    } else {
        find(check,
             is_set_to(doctor, "listen", "no") ? FINDING_NOTE : FINDING_BROKEN,
             "%.500s", diag.text);
        advise(check, "The acoustic model is in Debian's pocketsphinx-en-us.");
    }
    listener_close(listener);
}

// The nearest folder above PATH that is there.
static void
to_existing(char path[PATH_SIZE])
{
    while (!path_exists(path)) {
        char *slash = strrchr(path, '/');
        if (!slash || slash == path) break;
        *slash = '\0';
    }
}

static void
look_data(struct doctor *doctor, struct check *check)
{
    char           path[PATH_SIZE];
    struct statvfs disk;
    struct stat    folder;

    (void)doctor;
    check->name = "your data";
    if (!path_user_data(path)) {
        find(check, FINDING_BROKEN, "there is no home folder to keep it in");
        advise(check, "Set HOME or XDG_DATA_HOME.");
        return;
    }
    bool there = stat(path, &folder) == 0;
    to_existing(path);
    if (access(path, W_OK | X_OK) != 0) {
        find(check, FINDING_BROKEN, "%.400s cannot be written: %s", path,
             strerror(errno));
        advise(check, "It must belong to you: as root, 'chown -R' it.");
    } else if (statvfs(path, &disk) == 0 &&
               disk.f_bavail * disk.f_frsize < LEAST_BYTES) {
        find(check, FINDING_BROKEN, "%.400s: the disk is full", path);
        advise(check, "Nothing can be kept until there is room again.");
    } else if (there && (folder.st_mode & 0077)) {
        find(check, FINDING_NOTE, "%.400s can be read by others", path);
        advise(check, "'chmod 700' it: it holds what you answered about your "
                      "health.");
    } else {
        find(check, FINDING_GOOD, "%.400s%s", path,
             there ? "" : " can be written");
    }
}

static void
look_runtime(struct doctor *doctor, struct check *check)
{
    const char *path = getenv("XDG_RUNTIME_DIR");
    struct stat folder;

    (void)doctor;
    check->name = "runtime";
    if (!path || stat(path, &folder) != 0) {
        find(check, FINDING_NOTE,
             "there is no XDG_RUNTIME_DIR, so no daemon can be reached");
        advise(check, "Log in in the usual way, not by 'su'; for a loudspeaker "
                      "without login, 'loginctl enable-linger' and the "
                      "user's name.");
    } else if (folder.st_uid != getuid() || (folder.st_mode & 0077)) {
        find(check, FINDING_BROKEN, "%.400s is not yours alone", path);
        advise(check, "It must belong to you and have mode 700.");
    } else {
        find(check, FINDING_GOOD, "%.400s", path);
    }
}

static bool
answers(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int                fd      = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0) return false;
    bool good = text_copy(address.sun_path, sizeof address.sun_path, path) &&
                connect(fd, (struct sockaddr *)&address, sizeof address) == 0;
    close(fd);
    return good;
}

// Media keys and the phone's remote come over it.
static void
look_bus(struct doctor *doctor, struct check *check)
{
    static const char prefix[] = "unix:path=";
    const char       *address  = getenv("DBUS_SESSION_BUS_ADDRESS");
    const char       *runtime  = getenv("XDG_RUNTIME_DIR");
    char              path[PATH_SIZE];

    (void)doctor;
    check->name = "session bus";
    path[0]     = '\0';
    if (address && strncmp(address, prefix, sizeof prefix - 1) == 0) {
        const char *from = address + sizeof prefix - 1;
        snprintf(path, sizeof path, "%.*s", (int)strcspn(from, ",;"), from);
    } else if (!address && runtime && !path_join(path, runtime, "bus")) {
        path[0] = '\0';
    }
    if (*path && answers(path)) {
        find(check, FINDING_GOOD, "%.400s", path);
    } else if (!*path && address) {
        find(check, FINDING_NOTE, "it is at %.400s", address);
    } else {
        find(check, FINDING_NOTE,
             "there is none, so media keys and remotes do nothing");
        advise(check, "Debian's dbus-user-session starts one for each user.");
    }
}

// Whether something takes connections at TEXT, HOST[:PORT], within three
// seconds.
static bool
is_reached(const char *text, int usual_port)
{
    struct addrinfo *found = NULL, wish = {.ai_socktype = SOCK_STREAM};
    struct broker    broker;
    struct diag      diag;
    char             port[16];
    bool             good = false;

    if (!broker_read(&broker, text, &diag)) return false;
    snprintf(port, sizeof port, "%d", broker.port ? broker.port : usual_port);
    if (getaddrinfo(broker.host, port, &wish, &found) != 0) return false;
    for (struct addrinfo *at = found; at && !good; at = at->ai_next) {
        struct timeval patience = {.tv_sec = 3}; // also of connect()
        int fd = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (fd < 0) continue;
        (void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience,
                         sizeof patience);
        good = connect(fd, at->ai_addr, at->ai_addrlen) == 0;
        close(fd);
    }
    freeaddrinfo(found);
    return good;
}

static void
look_broker(struct doctor *doctor, struct check *check)
{
    const char *broker   = set(doctor, "mqtt.host");
    const char *password = set(doctor, "mqtt.password_file");
    bool tls = is_set_to(doctor, "mqtt.tls", "yes") || set(doctor, "mqtt.ca");
    struct stat file;

    check->name = "broker";
    if (!broker) {
        find(check, FINDING_GOOD, "none was set, so none is needed");
    } else if (password && stat(password, &file) != 0) {
        find(check, FINDING_BROKEN, "%.400s: %s", password, strerror(errno));
        advise(check, "It is to hold the password, and nothing else.");
    } else if (password && !secret_is_private(password, file.st_mode)) {
        find(check, FINDING_BROKEN, "%.400s can be read by others", password);
        advise(check, "'chmod 600' it: it is a password.");
    } else if (!is_reached(broker, tls ? 8883 : 1883)) {
        find(check, FINDING_BROKEN, "%.400s takes no connection", broker);
        advise(check, "Is it on, and reached from here? 'mqtt: host' in "
                      "config.yaml says where it is.");
    } else {
        find(check, FINDING_GOOD, "%.400s takes connections", broker);
    }
}

int
doctor_look(struct check checks[DOCTOR_CHECKS], const struct settings *settings,
            int wrong)
{
    static void (*const looks[DOCTOR_CHECKS])(struct doctor *,
                                              struct check *) = {
        look_files,      look_settings,  look_voice, look_sound,
        look_microphone, look_listening, look_data,  look_runtime,
        look_bus,        look_broker};
    struct doctor doctor = {.settings = settings, .wrong = wrong};
    int           broken = 0;

    for (int i = 0; i < DOCTOR_CHECKS; i++) {
        checks[i] = (struct check){0};
        looks[i](&doctor, &checks[i]);
        broken += checks[i].finding == FINDING_BROKEN;
    }
    return broken;
}
