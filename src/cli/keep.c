// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/keep.h"

#include "base/profile.h"
#include "base/text.h"
#include "cli/file.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME "rollcall config"

static int
fail(enum status st, const struct diag *diag)
{
    fprintf(stderr, NAME ": %s\n",
            diag->text[0] ? diag->text : "there is not enough memory");
    return status_exit(st);
}

// Whether VALUE can stand in a file of settings.
static bool
is_text(const char *value, const char *key, struct diag *diag)
{
    size_t bad;

    for (const char *c = value; *c; c++) {
        if ((unsigned char)*c >= 0x20 && *c != 0x7F) continue;
        diag_set(diag, NULL, "'%s' has a control character in it", key);
        return false;
    }
    if (text_is_utf8(value, strlen(value), &bad)) return true;
    diag_set(diag, NULL, "'%s' has a byte in it that is not UTF-8: 0x%02X", key,
             (unsigned char)value[bad]);
    return false;
}

static enum status
take_option(struct settings *own, const struct settings *settings,
            const struct setting *setting, struct diag *diag)
{
    const char *value = settings_value(settings, setting);

    if (!setting->person) {
        diag_set(diag, NULL,
                 "'%s' is for everybody here, so it stands in config.yaml",
                 setting->key);
        return STATUS_BAD_INPUT;
    }
    if (setting->path && *value != '/') {
        diag_set(diag, NULL, "a file is named from / here, not '%.60s'", value);
        return STATUS_BAD_INPUT;
    }
    if (!is_text(value, setting->key, diag)) return STATUS_BAD_INPUT;
    return settings_set(own, setting, value, SETTINGS_PERSON, diag);
}

// Everything that was given; nothing given is wrong, too.
static enum status
take_options(struct settings *own, const struct settings *settings,
             struct diag *diag)
{
    size_t                count, taken = 0;
    const struct setting *all = setting_all(&count);
    enum status           st  = STATUS_OK;

    for (size_t i = 0; i < count && !st; i++) {
        if (settings_from(settings, &all[i]) != SETTINGS_OPTION) continue;
        st = take_option(own, settings, &all[i], diag);
        taken++;
    }
    if (st || taken) return st;
    diag_set(diag, NULL,
             "--keep keeps the options beside it, as in '" NAME
             " --keep --level gentle'");
    return STATUS_BAD_INPUT;
}

// As a value in double quotes of YAML.
static void
write_value(FILE *file, const char *value)
{
    fputc('"', file);
    for (; *value; value++) {
        if (*value == '"' || *value == '\\') fputc('\\', file);
        fputc(*value, file);
    }
    fputs("\"\n", file);
}

static enum status
create(const char *path, const char *bytes, size_t length, struct diag *diag)
{
    if (path_make_folders(path)) return file_create(path, bytes, length, diag);
    diag_set(diag, path, "cannot be written: %s", strerror(errno));
    return STATUS_FAILED;
}

static enum status
write_all(const struct settings *own, const char *path, struct diag *diag)
{
    size_t                count;
    const struct setting *all    = setting_all(&count);
    char                 *bytes  = NULL;
    size_t                length = 0;
    FILE                 *file   = open_memstream(&bytes, &length);

    if (!file) return STATUS_NO_MEMORY;
    fprintf(file, "# Kept by '" NAME " --keep'.\n");
    for (size_t i = 0; i < count; i++) {
        if (settings_from(own, &all[i]) != SETTINGS_PERSON) continue;
        fprintf(file, "%s: ", all[i].key);
        write_value(file, settings_value(own, &all[i]));
    }
    bool        good = !ferror(file);
    enum status st   = STATUS_NO_MEMORY;
    if (fclose(file) == 0 && good) {
        st = path_exists(path) ? file_replace(path, bytes, length, diag)
                               : create(path, bytes, length, diag);
    }
    free(bytes);
    return st;
}

static void
tell(const struct settings *settings)
{
    size_t                count;
    const struct setting *all = setting_all(&count);

    const char *before = ": ";
    printf("From now on%s%s", *profile_name() ? " for " : "", profile_name());
    for (size_t i = 0; i < count; i++) {
        if (settings_from(settings, &all[i]) != SETTINGS_OPTION) continue;
        printf("%s%s %s", before, all[i].key,
               settings_value(settings, &all[i]));
        before = ", ";
    }
    putchar('\n');
}

int
keep_options(const struct settings *settings)
{
    struct settings *own    = NULL;
    struct report    report = {0};
    struct diag      diag   = {""};
    char             path[PATH_SIZE];

    if (!settings_person_path(path)) {
        diag_set(&diag, NULL, "there is no home folder to keep it in");
        return fail(STATUS_FAILED, &diag);
    }
    enum status st = settings_person(&own, &report);
    if (!st && report.errors) {
        // it was told when the program began
        diag_set(&diag, path, "mend or delete it first");
        st = STATUS_BAD_INPUT;
    }
    report_release(&report);
    if (!st) st = take_options(own, settings, &diag);
    if (!st) st = write_all(own, path, &diag);
    settings_free(own);
    if (st) return fail(st, &diag);
    tell(settings);
    return 0;
}
