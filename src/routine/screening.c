// SPDX-License-Identifier: GPL-3.0-or-later
#include "routine/screening.h"

#include "base/fresh.h"
#include "base/text.h"
#include "yaml/yaml.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

static void
read_list(struct yaml *yaml, const char *key, gate_set *gates)
{
    const struct yaml_node *list = yaml_get(yaml_root(yaml), key);

    if (!yaml_is_list(list)) {
        yaml_problem(yaml, list ? list : yaml_root(yaml), SEVERITY_ERROR,
                     "'%s' must be a list, as [numbness], or []", key);
        return;
    }
    for (size_t i = 0; i < yaml_count(list); i++) {
        const struct yaml_node *item = yaml_item(list, i);
        enum gate               gate;
        if (yaml_text(item) && gate_find(&gate, yaml_text(item)))
            *gates |= 1u << gate;
        else
            yaml_unknown(yaml, item, "there is no gate", gate_ids, GATE_COUNT);
    }
}

static enum status
read_all(struct screening *screening, struct yaml *yaml, struct report *report)
{
    static const char *const known[] = {"yes", "no"};
    struct screening         read    = {0};
    gate_set                 no      = 0;

    yaml_known_keys(yaml, yaml_root(yaml), "the answers", known, 2);
    read_list(yaml, "yes", &read.yes);
    read_list(yaml, "no", &no);
    if (report->errors) return STATUS_BAD_INPUT;
    read.asked = read.yes | no;
    *screening = read;
    return STATUS_OK;
}

enum status
screening_read(struct screening *screening, const char *path,
               struct report *report)
{
    struct yaml *yaml = NULL;
    enum status  st   = yaml_read(&yaml, path, report);

    if (!st) st = read_all(screening, yaml, report);
    yaml_free(yaml);
    return st;
}

enum status
screening_parse(struct screening *screening, const char *name, const char *text,
                size_t length, struct report *report)
{
    struct yaml *yaml = NULL;
    enum status  st   = yaml_parse(&yaml, name, text, length, report);

    if (!st) st = read_all(screening, yaml, report);
    yaml_free(yaml);
    return st;
}

static void
write_list(FILE *file, const char *key, gate_set gates)
{
    const char *comma = "";

    fprintf(file, "%s: [", key);
    for (int i = 0; i < GATE_COUNT; i++) {
        if (!(gates >> i & 1)) continue;
        fprintf(file, "%s%s", comma, gate_ids[i]);
        comma = ", ";
    }
    fputs("]\n", file);
}

enum status
screening_write(const struct screening *screening, const char *path,
                struct diag *diag)
{
    struct fresh fresh;
    bool         good = fresh_begin(&fresh, path);

    if (good) {
        fputs("# What you answered to the questions before a first session.\n"
              "# \"rollcall setup --screening\" asks them again.\n",
              fresh.file);
        write_list(fresh.file, "yes", screening->yes);
        write_list(fresh.file, "no", screening->asked & ~screening->yes);
        good = fresh_end(&fresh);
    }
    if (good) return STATUS_OK;
    diag_set(diag, path, "your answers cannot be kept: %s", strerror(errno));
    return STATUS_FAILED;
}

bool
screening_list(gate_set *gates, const char *list, struct diag *diag)
{
    static const char blank[] = " \t,";
    char              name[64];

    for (list += strspn(list, blank); *list; list += strspn(list, blank)) {
        size_t    length = strcspn(list, ",");
        enum gate gate;
        snprintf(name, sizeof name, "%.*s", (int)length, list);
        for (size_t end = strlen(name); end && name[end - 1] == ' '; end--)
            name[end - 1] = '\0';
        if (!gate_find(&gate, name)) {
            const char *near = text_nearest(name, gate_ids, GATE_COUNT);
            diag_set(diag, NULL, "'%s' is no gate; %s%s%s", name,
                     near ? "did you mean '" : "see docs/routine-format.md",
                     near ? near : "", near ? "'?" : "");
            return false;
        }
        *gates |= 1u << gate;
        list += length;
    }
    return true;
}
