// SPDX-License-Identifier: GPL-3.0-or-later
// libfyaml says what it stumbled over; a person needs what to do about it.
#include "yaml/tree.h"

#include <stdio.h>
#include <string.h>

// FOUND starts one of libfyaml 0.7's messages.
static const struct remedy {
    const char *found;
    const char *say;
} remedies[] = {
    {"invalid nested block mapping on the same line",
     "a second ': ' in one line; put quotes around the text that contains it"},
    {"invalid multiline plain key",
     "this text runs on into the next line, which looks like a key; indent "
     "keys of one map equally, or put quotes around the text"},
    {"invalid value after mapping",
     "this line is neither a key with a ':' behind it nor a list item; a list "
     "item starts with '- ', and the lines of one map start in one column"},
    {"wrongly indented double-quoted scalar",
     "the text that starts here has no closing \" in its own lines; add it"},
    {"wrongly indented single-quoted scalar",
     "the text that starts here has no closing ' in its own lines; add it"},
    {"invalid trailing content after single-quoted scalar",
     "text goes on behind the closing '; write '' for an apostrophe within "
     "single quotes, or use double quotes"},
    {"invalid trailing content after double-quoted scalar",
     "text goes on behind the closing \"; write \\\" for a quote within "
     "double quotes"},
    {"flow sequence without a closing bracket",
     "a list opened with '[' is not closed; add the ']'"},
    {"flow mapping without a closing brace",
     "a map opened with '{' is not closed; add the '}'"},
    {"did not find expected node content",
     "a value is expected here; if a '[' or '{' above is still open, close it"},
    {"missing comma in flow mapping",
     "a ',' or the closing '}' is missing here"},
    {"missing comma in flow sequence",
     "a ',' or the closing ']' is missing here"},
    {"flow sequence with invalid extra closing bracket",
     "one ']' too many; delete it"},
    {"flow mapping with invalid extra closing brace",
     "one '}' too many; delete it"},
    {"plain scalar cannot start with",
     "text cannot start with this character; put quotes around it"},
    {"invalid escape",
     "unknown escape in double quotes; write \\\\ for a backslash"},
};

static bool
starts(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

// The first tab that indents a line, in the line of AT or the next one.
static bool
indenting_tab(const struct source *source, size_t at, size_t *tab)
{
    const char *text  = source->text;
    size_t      start = at < source->length ? at : source->length;

    while (start > 0 && text[start - 1] != '\n') start--;
    for (int line = 0; line < 2; line++) {
        size_t i = start;
        while (i < source->length && text[i] == ' ') i++;
        if (i < source->length && text[i] == '\t') {
            *tab = i;
            return true;
        }
        while (i < source->length && text[i] != '\n') i++;
        start = i + 1;
    }
    return false;
}

void
syntax_problem(const struct source *source, struct report *report, size_t at,
               const char *found)
{
    char   message[512];
    size_t tab;

    if (indenting_tab(source, at, &tab)) {
        source_problem(source, report, SEVERITY_ERROR, tab, 1,
                       "a tab indents this line; use spaces");
        return;
    }
    for (size_t i = 0; i < sizeof remedies / sizeof remedies[0]; i++) {
        if (starts(found, remedies[i].found)) {
            source_problem(source, report, SEVERITY_ERROR, at, 1,
                           remedies[i].say);
            return;
        }
    }
    snprintf(message, sizeof message, "not valid YAML: %s", found);
    source_problem(source, report, SEVERITY_ERROR, at, 1, message);
}
