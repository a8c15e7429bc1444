// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/texts.h"

#include "base/text.h"
#include <string.h>

static bool
check_names(struct yaml *yaml, const struct yaml_node *node, const char *key,
            const char *names)
{
    const char *text = yaml_text(node);
    bool        good = true;

    while ((text = strchr(text, '{'))) {
        size_t length = strcspn(++text, "}");
        if (text_index(names, text, length) >= 0) continue;
        yaml_problem(yaml, node, SEVERITY_ERROR,
                     "'%s' has no value {%.*s}; it may hold: %s", key,
                     (int)length, text, *names ? names : "none");
        good = false;
    }
    return good;
}

static const char *
read_one(struct yaml *yaml, const struct texts_form *form, int i)
{
    const struct yaml_node *root = yaml_root(yaml);
    const struct yaml_node *node = yaml_get(root, form->keys[i]);
    const char             *text = yaml_text(node);

    if (!node) {
        yaml_problem(yaml, root, SEVERITY_ERROR, "%s '%s' is missing",
                     form->one, form->keys[i]);
        return NULL;
    }
    if (!text || strlen(text) > TEXTS_LONGEST) {
        yaml_problem(yaml, node, SEVERITY_ERROR,
                     "'%s' must be a text of at most %d characters",
                     form->keys[i], TEXTS_LONGEST);
        return NULL;
    }
    return check_names(yaml, node, form->keys[i], form->names[i]) ? text : NULL;
}

void
texts_read(const char **text, struct yaml *yaml, const struct texts_form *form)
{
    yaml_known_keys(yaml, yaml_root(yaml), form->what, form->keys,
                    (size_t)form->count);
    for (int i = 0; i < form->count; i++) text[i] = read_one(yaml, form, i);
}

static size_t
append(char *to, size_t size, size_t used, const char *text, size_t length)
{
    if (length > size - 1 - used) length = size - 1 - used;
    memcpy(to + used, text, length);
    return used + length;
}

void
texts_fill(char *to, size_t size, const char *from, texts_value *value,
           void *ctx)
{
    size_t used = 0;

    while (*from) {
        size_t plain = strcspn(from, "{");
        used         = append(to, size, used, from, plain);
        from += plain;
        if (!*from) break;

        size_t      length = strcspn(++from, "}");
        const char *said   = value(ctx, from, length);
        if (said) used = append(to, size, used, said, strlen(said));
        from += length + (from[length] == '}');
    }
    to[used] = '\0';
}
