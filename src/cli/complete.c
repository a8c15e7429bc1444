// SPDX-License-Identifier: GPL-3.0-or-later
// rollcall complete KIND: words for a shell's completion, one a line.  What
// cannot be found out is no word: a shell has no use for messages.
#include "app/setting.h"
#include "audio/devices.h"
#include "base/language.h"
#include "cli/commands.h"
#include "routine/library.h"
#include "speech/profile.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
print_routines(void)
{
    struct library library = {0};
    struct diag    diag;

    if (library_scan(&library, &diag) == STATUS_OK)
        for (size_t i = 0; i < library.count; i++) puts(library.entries[i].id);
    library_release(&library);
}

static void
print_voices(void)
{
    struct profile_list list = {0};
    char                folder[PATH_SIZE];

    if (language_path(folder, NULL) &&
        profile_list_read(&list, folder) == STATUS_OK)
        for (size_t i = 0; i < list.count; i++) puts(list.names[i]);
    profile_list_release(&list);
}

static void
print_languages(void)
{
    char           share[PATH_SIZE], voices[PATH_SIZE];
    struct dirent *entry;

    if (!path_share(share) || !path_join(voices, share, "voices")) return;
    DIR *folder = opendir(voices);
    while (folder && (entry = readdir(folder)))
        if (entry->d_name[0] != '.') puts(entry->d_name);
    if (folder) (void)closedir(folder);
}

static void
print_devices(bool inputs)
{
    struct device *devices = NULL;
    size_t         count   = 0;
    struct diag    diag;

    if (devices_list(&devices, &count, &diag) != STATUS_OK) return;
    for (size_t i = 0; i < count; i++)
        if ((inputs ? devices[i].inputs : devices[i].outputs) > 0)
            puts(devices[i].name);
    free(devices);
}

// The words of a setting, as those of "level".
static void
print_words(const char *key)
{
    const struct setting *setting = setting_find(key);

    for (size_t i = 0; setting && setting->words && setting->words[i]; i++)
        puts(setting->words[i]);
}

static void
print_outputs(void)
{
    print_devices(false);
}

static void
print_inputs(void)
{
    print_devices(true);
}

int
cmd_complete(int argc, char **argv)
{
    static const struct {
        const char *kind;
        void (*print)(void);
    } kinds[] = {
        {"command", commands_print},   {"voice", print_voices},
        {"language", print_languages}, {"output", print_outputs},
        {"input", print_inputs},       {"play", print_routines},
        {"render", print_routines},    {"plan", print_routines},
        {"check", print_routines},     {"format", print_routines},
    };
    const char *kind = argc == 2 ? argv[1] : "";

    if (argc != 2) {
        fprintf(stderr, "Usage: %s KIND\nfor the completion of shells\n",
                argv[0]);
        return 2;
    }
    print_words(kind);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kind, kinds[i].kind) == 0) kinds[i].print();
    return 0;
}
