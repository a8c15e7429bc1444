// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef ROUTINE_EXERCISE_H
#define ROUTINE_EXERCISE_H
#include "routine/reader.h"

// Reads one exercise of a routine.  EXERCISE is zeroed; where the file is
// wrong it stays as far as it could be read, every text of it non-NULL.
void
exercise_read(struct reader *reader, const struct yaml_node *node,
              struct exercise *exercise);

// "vary" and "cautions" of an exercise, fields of struct exercise.
field_read read_varies;
field_read read_cautions;

// Checks EXERCISE's varies against its sets.
void
varies_check(struct reader *reader, const struct yaml_node *node,
             const struct exercise *exercise);
#endif
