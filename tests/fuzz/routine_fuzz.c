// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a routine file: it is read or refused, never hurts, and what is
// read keeps the promises of routine.h.
#include "routine/routine.h"

#include <stdint.h>
#include <stdlib.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

const char *
__lsan_default_suppressions(void);

// libfyaml 0.7.12 does not free the buffer of a long scalar in whose middle it
// finds an error.  What we forget to free shows in the unit tests, which run
// under the sanitizer without this.
const char *
__lsan_default_suppressions(void)
{
    return "leak:libfyaml.so\n";
}

static void
expect(bool promise)
{
    if (!promise) abort();
}

static void
check_lines(const struct lines *lines)
{
    expect(lines->count <= ROUTINE_MOST_LINES);
    for (size_t i = 0; i < lines->count; i++) expect(lines->text[i][0] != '\0');
}

static void
check_exercise(const struct exercise *e)
{
    expect(e->id[0] != '\0' && e->title[0] != '\0');
    expect(e->tool && e->why && e->instead);
    expect(e->time.low >= ROUTINE_SHORTEST_WORK);
    expect(e->time.low <= e->time.high);
    expect(e->time.high <= ROUTINE_LONGEST_WORK);
    expect(e->sets.low >= 1 && e->sets.low <= e->sets.high);
    expect(e->sets.high <= ROUTINE_MOST_SETS);
    expect(e->pace >= 0 && e->pace <= ROUTINE_FASTEST_PACE);
    expect(e->ready >= 0 && e->ready <= ROUTINE_LONGEST_PAUSE);
    expect(e->lead_in >= 0 && e->lead_in <= ROUTINE_LONGEST_PAUSE);
    expect(e->change >= 0 && e->change <= ROUTINE_LONGEST_PAUSE);
    expect(e->rest >= 0 && e->rest <= ROUTINE_LONGEST_PAUSE);
    check_lines(&e->muscles);
    check_lines(&e->setup);
    check_lines(&e->stretch);
    check_lines(&e->cues);
    check_lines(&e->gates);
    check_lines(&e->body);
    expect(e->known_as[0] != '\0');
    expect(e->brief && e->feel && e->avoid && e->how_often);
    expect(e->gated >> GATE_COUNT == 0);
    for (size_t i = 0; i < e->replies; i++) {
        expect(e->reply[i].key != NULL);
        expect(e->reply[i].say[0] != '\0');
    }
    for (size_t i = 0; i < e->varies; i++) {
        const struct vary *vary = &e->vary[i];
        expect(vary->say[0] != '\0');
        expect(vary->last_set ||
               (vary->first >= 1 && vary->first <= vary->last));
    }
    for (size_t i = 0; i < e->cautions; i++)
        expect(e->caution[i].say && e->caution[i].stop_if);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct report   report  = {0};
    struct routine *routine = NULL;
    enum status     st =
        routine_parse(&routine, "fuzz", (const char *)data, size, &report);

    expect((st == STATUS_OK) == (routine != NULL));
    expect((st == STATUS_OK) == (report.errors == 0));
    if (routine) {
        size_t all = routine->count + routine->spares;
        expect(routine->count >= 1 && all <= ROUTINE_MOST_EXERCISES);
        for (int i = 0; i < LEVELS; i++)
            expect(routine->minutes[i] >= 0 &&
                   routine->minutes[i] <= ROUTINE_MOST_MINUTES);
        check_lines(&routine->needs);
        check_lines(&routine->body);
        check_lines(&routine->chain);
        for (size_t i = 0; i < all; i++) {
            const char *instead = routine->exercises[i].instead;
            check_exercise(&routine->exercises[i]);
            expect(!*instead || routine_exercise(routine, instead) != NULL);
        }
    }
    routine_free(routine);
    report_release(&report);
    return 0;
}
