// SPDX-License-Identifier: GPL-3.0-or-later
// A routine while it is read: beside each exercise, where it is written.
#ifndef ROUTINE_PARTS_H
#define ROUTINE_PARTS_H
#include "routine/exercise.h"

struct parts {
    struct routine         routine; // first: what the keys of a file fill
    struct exercise_place *places;  // one an exercise, spares too; of no use
                                    // for a chain, whose files are closed
};

// Reads the document of READER.  Problems are in its report; false: no memory.
bool
parts_read(struct reader *reader, struct parts *parts);

// The keys of a routine in their order.
const struct field *
routine_fields(size_t *count);
const struct field *
minutes_fields(size_t *count);

// "chain", a key of a routine: reads the routines that it names, one behind
// the other, into struct parts.
field_read chain_read;

// Finds who each `instead` names: another exercise, or an exercise file, which
// is read behind the others.
void
stand_ins_find(struct reader *reader, struct parts *parts);
#endif
