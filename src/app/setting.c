// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/setting.h"

#include "base/language.h"
#include "base/profile.h"
#include "base/text.h"
#include "control/broker.h"
#include "control/mqtt.h"
#include "plan/fit.h"
#include "routine/library.h"
#include "routine/routine.h"
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const yes_no[] = {"yes", "no", NULL};
static const char *const levels[] = {"gentle", "standard", "deep", NULL};
static const char *const talks[]  = {"usual", "full", "brief", "quiet", NULL};
static const char *const hosts[]  = {"portaudio", "pipe", NULL};

static bool
is_language(const char *text, struct diag *diag)
{
    char name[LANGUAGE_LONGEST];
    return language_find(name, text, diag) == STATUS_OK;
}

static bool
is_broker(const char *text, struct diag *diag)
{
    struct broker broker;
    return broker_read(&broker, text, diag);
}

static bool
is_mqtt_name(const char *text, struct diag *diag)
{
    if (mqtt_is_name(text)) return true;
    diag_set(diag, NULL,
             "'%.60s' is no name at a broker; letters, digits, '-' and '_' "
             "only, at most %d",
             text, MQTT_NAME - 1);
    return false;
}

static enum status
find_routine(const char *text, struct diag *diag)
{
    char path[PATH_SIZE];
    return library_find(path, text, diag);
}

static enum status
find_music(const char *text, struct diag *diag)
{
    if (access(text, R_OK) == 0) return STATUS_OK;
    diag_set(diag, text, "%s", strerror(errno));
    return STATUS_NOT_FOUND;
}

static const struct setting settings[] = {
    {.key    = "language",
     .person = true,
     .usual  = "en-us",
     .fits   = is_language,
     .about = "what is spoken and listened for: a folder of voices/, or how it "
              "begins"},
    {.key   = "profile",
     .usual = "",
     .fits  = profile_is_name,
     .about = "whose sessions they are, where several people share the device"},
    {.key      = "voice",
     .person   = true,
     .option   = "--voice",
     .commands = SETTING_ALL,
     .usual    = "calm",
     .about    = "a voice of 'rollcall voices'"},
    {.key      = "level",
     .person   = true,
     .option   = "--level",
     .commands = SETTING_ALL,
     .usual    = "standard",
     .words    = levels,
     .about    = "low, middle or high end of each dose"},
    {.key      = "talk",
     .person   = true,
     .option   = "--talk",
     .commands = SETTING_ALL,
     .usual    = "usual",
     .words    = talks,
     .about    = "how much is explained; usual: the better an exercise is "
                 "known, the less"},
    {.key      = "sets",
     .person   = true,
     .option   = "--sets",
     .commands = SETTING_ALL,
     .usual    = "",
     .least    = 1,
     .most     = ROUTINE_MOST_SETS,
     .about    = "sets of every exercise; if not given, as the routine has it"},
    {.key      = "minutes",
     .person   = true,
     .option   = "--minutes",
     .commands = SETTING_ALL,
     .usual    = "",
     .least    = 1,
     .most     = FIT_MOST_MINUTES,
     .about    = "fit every session to this time"},
    {.key       = "pace",
     .person    = true,
     .option    = "--pace",
     .off       = "--no-pace",
     .commands  = SETTING_ALL,
     .usual     = "no",
     .words     = yes_no,
     .about_off = "no tones to roll by",
     .about     = "soft tones to roll by"},
    {.key       = "discomfort",
     .person    = true,
     .option    = "--discomfort",
     .off       = "--no-discomfort",
     .commands  = SETTING_ALL,
     .usual     = "no",
     .words     = yes_no,
     .about_off = "do not ask for your discomfort",
     .about     = "ask for your discomfort before and after"},
    {.key      = "music",
     .person   = true,
     .option   = "--music",
     .commands = SETTING_SOUND,
     .usual    = "",
     .path     = true,
     .find     = find_music,
     .about    = "a sound file, or a folder of them, under the session"},
    {.key      = "music_volume",
     .person   = true,
     .option   = "--music-volume",
     .commands = SETTING_SOUND,
     .usual    = "-10",
     .least    = -40,
     .most     = 10,
     .about    = "how loud, in decibels against speech"},
    {.key      = "high_pass",
     .option   = "--high-pass",
     .commands = SETTING_SOUND,
     .usual    = "80",
     .least    = 20,
     .most     = 300,
     .or_none  = true,
     .about    = "Hz below which a small loudspeaker only rattles; 0 for none"},
    {.key      = "routine",
     .option   = "--routine",
     .commands = SETTING_SERVE,
     .usual    = "upper-back",
     .find     = find_routine,
     .about    = "what 'start' plays in the daemon until another is chosen"},
    {.key      = "output",
     .option   = "--output",
     .commands = SETTING_PLAY,
     .usual    = "",
     .about    = "part of the loudspeaker's name in 'rollcall devices'"},
    {.key      = "input",
     .option   = "--input",
     .commands = SETTING_PLAY,
     .usual    = "",
     .about    = "part of the microphone's name"},
    {.key      = "host",
     .option   = "--host",
     .commands = SETTING_PLAY,
     .usual    = "portaudio",
     .words    = hosts,
     .about    = "the sound devices, or raw sound into a pipe"},
    {.key       = "listen",
     .option    = "--listen",
     .off       = "--no-listen",
     .commands  = SETTING_PLAY,
     .usual     = "yes",
     .words     = yes_no,
     .about_off = "do not use the microphone",
     .about     = "whether the microphone is used"},
    {.key       = "realtime",
     .option    = "--realtime",
     .off       = "--no-realtime",
     .commands  = SETTING_PLAY,
     .usual     = "no",
     .words     = yes_no,
     .about_off = "ordinary priority for the sound",
     .about     = "real-time priority for the sound, where it is to be had"},
    {.key       = "mpris",
     .off       = "--no-mpris",
     .commands  = SETTING_SERVE,
     .usual     = "yes",
     .words     = yes_no,
     .about_off = "no media keys or headset buttons",
     .about     = "media keys and headset buttons, over the session bus"},
    {.key      = "mqtt.host",
     .option   = "--mqtt",
     .commands = SETTING_SERVE,
     .usual    = "",
     .fits     = is_broker,
     .about    = "a broker, as HOST or HOST:PORT; without it there is none"},
    {.key      = "mqtt.room",
     .option   = "--mqtt-room",
     .commands = SETTING_SERVE,
     .usual    = "",
     .fits     = is_mqtt_name,
     .needs    = "mqtt.host",
     .about    = "this player's name there; the machine's if not given"},
    {.key      = "mqtt.class",
     .option   = "--mqtt-class",
     .commands = SETTING_SERVE,
     .usual    = "",
     .fits     = is_mqtt_name,
     .needs    = "mqtt.host",
     .about    = "a class that this room takes part in"},
    {.key      = "mqtt.user",
     .option   = "--mqtt-user",
     .commands = SETTING_SERVE,
     .usual    = "",
     .needs    = "mqtt.host",
     .about    = "who logs in there"},
    {.key      = "mqtt.password_file",
     .option   = "--mqtt-password-file",
     .commands = SETTING_SERVE,
     .usual    = "",
     .path     = true,
     .needs    = "mqtt.user",
     .about    = "a file with the password; it is never shown"},
    {.key      = "mqtt.tls",
     .option   = "--mqtt-tls",
     .commands = SETTING_SERVE,
     .usual    = "no",
     .words    = yes_no,
     .needs    = "mqtt.host",
     .about    = "encrypted, with the system's certificates"},
    {.key      = "mqtt.ca",
     .option   = "--mqtt-ca",
     .commands = SETTING_SERVE,
     .usual    = "",
     .path     = true,
     .needs    = "mqtt.host",
     .about    = "encrypted, with the certificates of this file"},
    {.key      = "mqtt.discovery",
     .option   = "--mqtt-discovery",
     .commands = SETTING_SERVE,
     .usual    = "homeassistant",
     .about = "where Home Assistant looks for devices; none: tell it nothing"},
};

const struct setting *
setting_all(size_t *count)
{
    *count = sizeof settings / sizeof *settings;
    return settings;
}

const struct setting *
setting_find(const char *key)
{
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        if (strcmp(settings[i].key, key) == 0) return &settings[i];
    return NULL;
}

static bool
is_one_of(const struct setting *setting, const char *text, struct diag *diag)
{
    const char *const *words = setting->words;
    char               all[256];
    size_t             count = 0, used = 0;

    all[0] = '\0';
    for (; words[count]; count++) {
        if (strcmp(words[count], text) == 0) return true;
        int more = snprintf(all + used, sizeof all - used, "%s%s",
                            count == 0         ? ""
                            : words[count + 1] ? ", "
                                               : " or ",
                            words[count]);
        used += more > 0 ? (size_t)more : 0;
    }
    const char *near = text_nearest(text, words, count);
    if (near)
        diag_set(diag, NULL, "'%s' is %s, not '%.60s'; did you mean '%s'?",
                 setting->key, all, text, near);
    else
        diag_set(diag, NULL, "'%s' is %s, not '%.60s'", setting->key, all,
                 text);
    return false;
}

static bool
is_number(const struct setting *setting, const char *text, struct diag *diag)
{
    char *end;
    long  number = strtol(text, &end, 10);

    bool within = (number >= setting->least && number <= setting->most) ||
                  (number == 0 && setting->or_none);

    if (end != text && !*end && !isspace((unsigned char)*text) && within)
        return true;
    diag_set(diag, NULL, "'%s' is %sa whole number from %d to %d, not '%.60s'",
             setting->key, setting->or_none ? "0 or " : "", setting->least,
             setting->most, text);
    return false;
}

bool
setting_fits(const struct setting *setting, const char *text, struct diag *diag)
{
    if (!*text) {
        diag_set(diag, NULL,
                 "'%s' has no value; leave the line out for the "
                 "usual one",
                 setting->key);
        return false;
    }
    if (strlen(text) >= SETTING_SIZE) {
        diag_set(diag, NULL, "'%s' is longer than %d bytes", setting->key,
                 SETTING_SIZE - 1);
        return false;
    }
    if (setting->words) return is_one_of(setting, text, diag);
    if (setting->least || setting->most) return is_number(setting, text, diag);
    return !setting->fits || setting->fits(text, diag);
}

bool
setting_is_yes_or_no(const struct setting *setting)
{
    return setting->words == yes_no;
}

void
setting_variable(const struct setting *setting, char name[64])
{
    int length = snprintf(name, 64, "ROLLCALL_%s", setting->key);

    for (int i = 0; i < length && i < 64; i++) {
        char *letter = &name[i];
        *letter = *letter == '.' ? '_' : (char)toupper((unsigned char)*letter);
    }
}
