// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/yaml.h"

#include "base/text.h"
#include "yaml/tree.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Enough for every node, key and text that the other limits let through.
#define MOST_MEMORY ((size_t)16 << 20)

static enum status
refuse(const char *name, struct report *report, enum status status,
       const char *message)
{
    struct source source = {.name = name};
    source_refuse(&source, report, message);
    return status;
}

// A byte order mark says nothing here and would shift the first column.
static void
skip_mark(const char **text, size_t *length)
{
    if (*length >= 3 && memcmp(*text, "\xEF\xBB\xBF", 3) == 0) {
        *text += 3;
        *length -= 3;
    }
}

static bool
keep_source(struct yaml *yaml, const char *name, const char *text,
            size_t length)
{
    struct source *source = &yaml->source;
    source->name          = arena_text(yaml->arena, name, strlen(name));
    source->text          = arena_text(yaml->arena, text, length);
    source->length        = length;
    return source->name && source->text;
}

enum status
yaml_parse(struct yaml **out, const char *name, const char *text, size_t length,
           struct report *report)
{
    *out = NULL;
    skip_mark(&text, &length);
    struct source given = {.name = name, .text = text, .length = length};
    if (!source_is_sound(&given, report)) return STATUS_BAD_INPUT;

    enum status  st   = STATUS_OK;
    struct yaml *yaml = calloc(1, sizeof *yaml);
    if (yaml) yaml->arena = arena_new(MOST_MEMORY);
    if (!yaml || !yaml->arena || !keep_source(yaml, name, text, length)) {
        st = refuse(name, report, STATUS_NO_MEMORY, "out of memory");
        goto done;
    }
    yaml->report = report;
    st           = tree_build(yaml);
    if (st != STATUS_OK) goto done;
    *out = yaml;
    yaml = NULL;
done:
    yaml_free(yaml);
    return st;
}

// At most SIZE bytes of PATH; the count is -1 where it cannot be read, and
// errno says why.
static long
read_bytes(const char *path, char *bytes, size_t size)
{
    FILE *file = fopen(path, "rb");
    if (!file) return -1;

    errno       = 0;
    size_t read = fread(bytes, 1, size, file);
    int    why  = ferror(file) ? errno : 0;
    (void)fclose(file);
    errno = why;
    return why ? -1 : (long)read;
}

static enum status
refuse_file(const char *path, struct report *report, int why)
{
    char message[160];

    if (why == ENOENT)
        return refuse(path, report, STATUS_NOT_FOUND, "there is no such file");
    if (why == EISDIR)
        return refuse(path, report, STATUS_BAD_INPUT,
                      "this is a folder; name a file in it");
    if (why == ENOMEM)
        return refuse(path, report, STATUS_NO_MEMORY, "out of memory");
    snprintf(message, sizeof message, "cannot be read: %s", strerror(why));
    return refuse(path, report, STATUS_FAILED, message);
}

enum status
yaml_read(struct yaml **out, const char *path, struct report *report)
{
    const size_t size  = YAML_MOST_BYTES + 4; // a mark, and one too many
    char        *bytes = malloc(size);
    enum status  st;

    *out = NULL;
    if (!bytes) return refuse(path, report, STATUS_NO_MEMORY, "out of memory");
    long length = read_bytes(path, bytes, size);
    if (length < 0)
        st = refuse_file(path, report, errno);
    else
        st = yaml_parse(out, path, bytes, (size_t)length, report);
    free(bytes);
    return st;
}

void
yaml_free(struct yaml *yaml)
{
    if (!yaml) return;
    arena_free(yaml->arena);
    free(yaml);
}

const struct yaml_node *
yaml_root(const struct yaml *yaml)
{
    return yaml->root;
}

bool
yaml_is_map(const struct yaml_node *node)
{
    return node && node->kind == YAML_MAP;
}

bool
yaml_is_list(const struct yaml_node *node)
{
    return node && node->kind == YAML_LIST;
}

const char *
yaml_text(const struct yaml_node *node)
{
    return node ? node->text : NULL;
}

size_t
yaml_count(const struct yaml_node *node)
{
    return node ? node->count : 0;
}

const struct yaml_node *
yaml_item(const struct yaml_node *node, size_t i)
{
    return i < yaml_count(node) ? node->items[i] : NULL;
}

const struct yaml_node *
yaml_key(const struct yaml_node *map, size_t i)
{
    return yaml_is_map(map) && i < map->count ? map->keys[i] : NULL;
}

const struct yaml_node *
yaml_get(const struct yaml_node *map, const char *key)
{
    if (!yaml_is_map(map)) return NULL;
    for (size_t i = 0; i < map->count; i++) {
        if (strcmp(map->keys[i]->text, key) == 0) return map->items[i];
    }
    return NULL;
}

int
yaml_line(const struct yaml *yaml, const struct yaml_node *node)
{
    return source_line(&yaml->source, node->at);
}

size_t
yaml_offset(const struct yaml_node *node)
{
    return node->at;
}

// Bytes of TEXT up to LENGTH, without half a character at the end.
static size_t
whole_characters(const char *text, size_t length)
{
    while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80) length--;
    return length;
}

struct yaml_brief
yaml_brief(const struct yaml_node *node)
{
    struct yaml_brief brief = {{0}};
    const char       *text  = yaml_text(node);
    size_t            most  = sizeof brief.text - 4;

    if (yaml_is_map(node)) text = "a map";
    if (yaml_is_list(node)) text = "a list";
    if (!text) text = "";
    size_t length = strlen(text);
    bool   fits   = length <= most;
    if (!fits) length = whole_characters(text, most);
    memcpy(brief.text, text, length);
    if (!fits) memcpy(brief.text + length, "...", 4);
    return brief;
}

void
yaml_problem(struct yaml *yaml, const struct yaml_node *node,
             enum severity severity, const char *format, ...)
{
    char    message[1024];
    va_list args;

    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    if (node) {
        source_problem(&yaml->source, yaml->report, severity, node->at,
                       node->width, message);
        return;
    }
    struct place file = {.file = yaml->source.name};
    report_add(yaml->report, severity, &file, message);
}

// "a, b or c", as much as fits.
static void
list_words(char *to, size_t size, const char *const *words, size_t count)
{
    size_t used = 0;

    to[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        const char *before = i == 0 ? "" : i + 1 < count ? ", " : " or ";
        int more = snprintf(to + used, size - used, "%s%s", before, words[i]);
        if (more < 0 || (size_t)more >= size - used) return;
        used += (size_t)more;
    }
}

const char *
yaml_unknown(struct yaml *yaml, const struct yaml_node *node, const char *said,
             const char *const *known, size_t count)
{
    struct yaml_brief given   = yaml_brief(node);
    const char       *nearest = text_nearest(given.text, known, count);
    char              all[512];

    if (nearest) {
        yaml_problem(yaml, node, SEVERITY_ERROR, "%s '%s'; did you mean '%s'?",
                     said, given.text, nearest);
    } else {
        list_words(all, sizeof all, known, count);
        yaml_problem(yaml, node, SEVERITY_ERROR, "%s '%s'; expected %s", said,
                     given.text, all);
    }
    return nearest;
}

bool
yaml_known_keys(struct yaml *yaml, const struct yaml_node *map,
                const char *what, const char *const *known, size_t count)
{
    bool all_known = true;
    char said[128];

    snprintf(said, sizeof said, "%s has no key", what);
    for (size_t i = 0; i < yaml_count(map); i++) {
        const struct yaml_node *key = yaml_key(map, i);
        if (!key) return false; // not a map
        bool found = false;
        for (size_t k = 0; k < count && !found; k++)
            found = strcmp(yaml_text(key), known[k]) == 0;
        if (found) continue;
        yaml_unknown(yaml, key, said, known, count);
        all_known = false;
    }
    return all_known;
}
