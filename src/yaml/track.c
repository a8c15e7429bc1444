// SPDX-License-Identifier: GPL-3.0-or-later
// Where libfyaml's events are in the text.  Its marks leave out quotes, '*',
// and the indentation of a block of text, and nothing has no mark at all.
#include "yaml/tree.h"

#include <libfyaml.h>
#include <string.h>

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// An empty value has no place of its own: it is shown at the '-' of its item,
// else at what was read before it.
static void
place_nothing(const struct track *track, struct yaml_node *node)
{
    const struct source *source = track->source;
    size_t               i      = track->end;

    while (i < source->length && is_blank(source->text[i])) i++;
    node->at    = track->last;
    node->width = track->end > track->last ? track->end - track->last : 1;
    if (i < source->length && source->text[i] == '-') {
        node->at    = i;
        node->width = 1;
    }
}

void
track_place(struct track *track, struct fy_event *event, struct yaml_node *node)
{
    const struct source  *source = track->source;
    const struct fy_mark *start  = fy_event_start_mark(event);
    const struct fy_mark *end    = fy_event_end_mark(event);

    if (!start || !end || start->input_pos > source->length ||
        end->input_pos < start->input_pos) {
        place_nothing(track, node);
        return;
    }
    size_t at = start->input_pos, to = end->input_pos;
    char   before = at > 0 ? source->text[at - 1] : '\0';
    if (node->kind == YAML_SCALAR && strchr("\"'*", before) && before) {
        at--;
        if (before != '*') to++;
    }
    while (at < to && is_blank(source->text[at])) at++;
    node->at    = at;
    node->width = to > at ? to - at : 1;
    track->last = at;
    track->end  = to;
}

void
track_pass(struct track *track, struct fy_event *event)
{
    const struct source  *source = track->source;
    const struct fy_mark *end    = fy_event_end_mark(event);

    if (!end || end->input_pos > source->length || end->input_pos <= track->end)
        return;
    if (!strchr("]}", source->text[end->input_pos - 1])) return;
    track->last = end->input_pos - 1;
    track->end  = end->input_pos;
}
