// SPDX-License-Identifier: GPL-3.0-or-later
#include "routine/format.h"

#include "routine/rules.h"
#include "routine/sheet.h"
#include <stdlib.h>
#include <string.h>

#define MOST_KEYS 64

// The keys of one map, in the order that they should have.
struct order {
    const struct field *fields;
    size_t              count;
};

static size_t
rank(const struct order *order, const char *key)
{
    size_t i = 0;
    while (i < order->count && strcmp(order->fields[i].key, key) != 0) i++;
    return i; // unknown ones behind all others
}

// A key of a map with its lines: [lead, line) is what stands above it, [line,
// end) it and its value.
struct block {
    const struct yaml_node *key;
    const struct yaml_node *value;
    size_t                  lead;
    size_t                  line;
    size_t                  end;
    size_t                  rank;
};

static void
format_value(struct sheet *sheet, const struct block *block, bool exercise);

// ---- maps --------------------------------------------------------------

// Whether MAP is written with each key at the same column of a line of its
// own; only the first may stand behind a "- ".
static bool
is_block(const struct sheet *sheet, const struct yaml_node *map, bool item)
{
    size_t count = yaml_count(map), column = 0;

    if (!yaml_is_map(map) || count == 0 || count > MOST_KEYS) return false;
    if (sheet->text[yaml_offset(map)] == '{') return false;
    for (size_t i = 0; i < count; i++) {
        size_t at   = yaml_offset(yaml_key(map, i));
        size_t own  = sheet_column(sheet, at);
        bool   dash = sheet_has_dash(sheet, at);
        if (i == 0) column = own;
        if (own != column || dash != (item && i == 0)) return false;
        if (!dash && sheet_indent(sheet, sheet_line(sheet, at)) != own)
            return false;
    }
    return true;
}

// Fills BLOCKS with the COUNT keys of MAP, whose lines end before END.
static void
find_blocks(const struct sheet *sheet, const struct yaml_node *map, size_t end,
            const struct order *order, struct block *blocks, size_t count)
{
    size_t column = sheet_column(sheet, yaml_offset(yaml_key(map, 0)));

    for (size_t i = 0; i < count; i++) {
        const struct yaml_node *key = yaml_key(map, i);
        blocks[i].key               = key;
        blocks[i].value             = yaml_item(map, i);
        blocks[i].line              = sheet_line(sheet, yaml_offset(key));
        blocks[i].rank              = rank(order, yaml_text(key));
    }
    for (size_t i = 0; i < count; i++) {
        size_t next    = i + 1 < count ? blocks[i + 1].line : end;
        blocks[i].end  = sheet_trim(sheet, blocks[i].line + 1, next, column);
        blocks[i].lead = i > 0 ? blocks[i - 1].end : blocks[i].line;
    }
}

// Stable, and short.
static void
sort_blocks(struct block *blocks, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct block block = blocks[i];
        size_t       k     = i;
        for (; k > 0 && blocks[k - 1].rank > block.rank; k--)
            blocks[k] = blocks[k - 1];
        blocks[k] = block;
    }
}

// Writes MAP, which begins with its first key's line, up to END.  An item
// gives its "- " to whichever key comes first.
static void
format_map(struct sheet *sheet, const struct yaml_node *map, size_t end,
           const struct order *order, bool exercise, bool item)
{
    struct block blocks[MOST_KEYS];
    size_t       count = yaml_count(map);

    if (count == 0) return; // is_block() has seen to it
    find_blocks(sheet, map, end, order, blocks, count);
    size_t first = blocks[0].line;
    size_t last  = blocks[count - 1].end;
    bool   loose = !item;

    sort_blocks(blocks, count);
    for (size_t i = 0; i < count; i++) {
        sheet_write(sheet, blocks[i].lead, blocks[i].line, loose);
        if (item && i == 0 && blocks[i].line != first)
            sheet_write_dashed(sheet, blocks[i].line, first);
        else if (item && i > 0 && blocks[i].line == first)
            sheet_write_undashed(sheet, first);
        else
            sheet_write(sheet, blocks[i].line, blocks[i].line + 1, true);
        format_value(sheet, &blocks[i], exercise);
    }
    sheet_write(sheet, last, end, loose);
}

// ---- what a key holds --------------------------------------------------

static struct order
order_of_map(const char *key, bool exercise)
{
    struct order order = {0};

    if (exercise && strcmp(key, "work") == 0)
        order.fields = exercise_work_fields(&order.count);
    if (!exercise && strcmp(key, "minutes") == 0)
        order.fields = minutes_fields(&order.count);
    if (exercise && strcmp(key, "rest") == 0)
        order.fields = exercise_rest_fields(&order.count);
    return order;
}

// Where item I of LIST ends, whose lines end before END.
static size_t
item_end(const struct sheet *sheet, const struct yaml_node *list, size_t i,
         size_t end)
{
    size_t line = sheet_line(sheet, yaml_offset(yaml_item(list, i)));

    for (size_t k = i + 1; k < yaml_count(list); k++) {
        size_t next = sheet_line(sheet, yaml_offset(yaml_item(list, k)));
        if (next <= line || next >= end) continue; // an alias
        end = next;
        break;
    }
    return sheet_trim(sheet, line + 1, end, sheet_indent(sheet, line));
}

// The exercises of a routine: one after the other, a blank line between two
// stays.
static void
format_exercises(struct sheet *sheet, const struct block *block)
{
    const struct yaml_node *list  = block->value;
    size_t                  count = yaml_count(list);
    size_t                  at    = block->line + 1;
    struct order            order;

    order.fields = exercise_fields(&order.count);
    for (size_t i = 0; i < count; i++) {
        const struct yaml_node *item = yaml_item(list, i);
        size_t                  line = sheet_line(sheet, yaml_offset(item));
        if (line < at) continue; // an alias, or not on a line of its own
        size_t end = item_end(sheet, list, i, block->end);
        sheet_write(sheet, at, line, true);
        if (is_block(sheet, item, true))
            format_map(sheet, item, end, &order, true, true);
        else
            sheet_write_raw(sheet, line, end);
        at = end;
    }
    sheet_write(sheet, at, block->end, true);
}

// Whether the value stands below its key: an alias stands elsewhere.
static bool
is_within(const struct sheet *sheet, const struct block *block)
{
    size_t line = sheet_line(sheet, yaml_offset(block->value));
    return line > block->line && line < block->end;
}

// The lines of BLOCK behind its first.
static void
format_value(struct sheet *sheet, const struct block *block, bool exercise)
{
    const char  *key   = yaml_text(block->key);
    struct order order = order_of_map(key, exercise);
    bool         below = is_within(sheet, block);

    if (below && order.count > 0 && is_block(sheet, block->value, false)) {
        size_t line = sheet_line(sheet, yaml_offset(yaml_key(block->value, 0)));
        sheet_write(sheet, block->line + 1, line, true);
        format_map(sheet, block->value, block->end, &order, true, false);
    } else if (below && !exercise && strcmp(key, "exercises") == 0 &&
               yaml_is_list(block->value) &&
               sheet->text[yaml_offset(block->value)] != '[') {
        format_exercises(sheet, block);
    } else {
        sheet_write_raw(sheet, block->line + 1, block->end);
    }
}

static bool
format_root(struct sheet *sheet, const struct yaml *yaml)
{
    const struct yaml_node *root     = yaml_root(yaml);
    bool                    exercise = exercise_is_file(yaml);
    struct order            order;

    if (!is_block(sheet, root, false)) return false;
    order.fields =
        exercise ? exercise_fields(&order.count) : routine_fields(&order.count);
    sheet_write(sheet, 0, sheet_line(sheet, yaml_offset(yaml_key(root, 0))),
                true);
    format_map(sheet, root, sheet->count, &order, exercise, false);
    return true;
}

// ---- the whole ---------------------------------------------------------

// The texts, blanks aside.
static bool
same_text(const char *a, const char *b)
{
    static const char blank[] = " \t\r\n";

    for (;;) {
        a += strspn(a, blank);
        b += strspn(b, blank);
        if (!*a || !*b) return *a == *b;
        if (*a++ != *b++) return false;
        if ((strchr(blank, *a) != NULL) != (strchr(blank, *b) != NULL))
            return false;
    }
}

// Whether A and B mean the same: maps in any order.
static bool
same_tree(const struct yaml_node *a, const struct yaml_node *b)
{
    if (!a || !b || yaml_count(a) != yaml_count(b)) return false;
    if (yaml_is_map(a) != yaml_is_map(b)) return false;
    if (yaml_is_list(a) != yaml_is_list(b)) return false;
    if (yaml_text(a)) return same_text(yaml_text(a), yaml_text(b));
    for (size_t i = 0; i < yaml_count(a); i++) {
        const struct yaml_node *other =
            yaml_is_map(a) ? yaml_get(b, yaml_text(yaml_key(a, i)))
                           : yaml_item(b, i);
        if (!same_tree(yaml_item(a, i), other)) return false;
    }
    return true;
}

static enum status
refuse(const char *name, struct report *report, enum status status,
       const char *message)
{
    struct place place = {.file = name};
    report_add(report, SEVERITY_ERROR, &place, message);
    return status;
}

// Puts TEXT, which YAML is of, in order into SHEET.
static enum status
write_sheet(struct sheet *sheet, const struct yaml *yaml, const char *name,
            const char *text, size_t length, struct report *report)
{
    bool opened = sheet_open(sheet, text, length);

    if (opened && !format_root(sheet, yaml)) {
        return refuse(name, report, STATUS_BAD_INPUT,
                      "cannot be put in order; write its keys each on a line "
                      "of its own, at the margin");
    }
    if (!opened || sheet->failed)
        return refuse(name, report, STATUS_NO_MEMORY, "out of memory");
    return STATUS_OK;
}

// That the sheet still means what YAML does, and is in order now.
static enum status
settle(const struct sheet *sheet, const struct yaml *yaml)
{
    struct report quiet = {0};
    struct sheet  next  = {0};
    struct yaml  *again = NULL;
    enum status   st =
        yaml_parse(&again, "formatted", sheet->out, sheet->length, &quiet);

    bool same = st == STATUS_OK && quiet.errors == 0 &&
                same_tree(yaml_root(yaml), yaml_root(again));
    if (same)
        st = write_sheet(&next, again, "formatted", sheet->out, sheet->length,
                         &quiet);
    same = same && st == STATUS_OK && next.length == sheet->length &&
           memcmp(next.out, sheet->out, next.length) == 0;
    sheet_close(&next);
    yaml_free(again);
    report_release(&quiet);
    if (st == STATUS_NO_MEMORY) return st;
    return same ? STATUS_OK : STATUS_BAD_INPUT;
}

enum status
routine_format(char **out, size_t *out_length, const char *name,
               const char *text, size_t length, struct report *report)
{
    struct sheet sheet  = {0};
    struct yaml *yaml   = NULL;
    int          errors = report->errors;
    enum status  st     = yaml_parse(&yaml, name, text, length, report);

    if (st == STATUS_OK && report->errors > errors) st = STATUS_BAD_INPUT;
    if (st == STATUS_OK)
        st = write_sheet(&sheet, yaml, name, text, length, report);
    if (st == STATUS_OK) {
        st = settle(&sheet, yaml);
        if (st == STATUS_NO_MEMORY)
            refuse(name, report, st, "out of memory");
        else if (st != STATUS_OK)
            refuse(name, report, st,
                   "cannot be put in order without changing what it means; "
                   "an & may have to stand above its *");
    }
    if (st == STATUS_OK) {
        *out        = sheet.out;
        *out_length = sheet.length;
        sheet.out   = NULL;
    }
    sheet_close(&sheet);
    yaml_free(yaml);
    return st;
}
