// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef ROUTINE_EXERCISE_H
#define ROUTINE_EXERCISE_H
#include "routine/reader.h"

// Where an exercise is written: in the routine, over the exercise file that it
// uses.  Either may be missing.
struct exercise_place {
    struct yaml            *yaml;
    const struct yaml_node *own;
    struct yaml            *base_yaml;
    const struct yaml_node *base;
};

// The value of KEY as it counts, and the file it is in; NULL: nowhere.
const struct yaml_node *
exercise_value(const struct exercise_place *place, const char *key,
               struct yaml **yaml);

// Reads one exercise of a routine.  Where the file is wrong EXERCISE stays as
// far as it could be read, every text of it non-NULL.
void
exercise_read(struct reader *reader, const struct yaml_node *node,
              struct exercise *exercise, struct exercise_place *place);

// Reads the exercise file ID.  False where there is none: nothing is reported.
bool
exercise_read_file(struct reader *reader, const char *id,
                   struct exercise *exercise, struct exercise_place *place);

// Reads the document of READER, which is an exercise file.
void
exercise_read_document(struct reader *reader, struct exercise *exercise,
                       struct exercise_place *place);

// Whether the document is an exercise file, not a routine.
bool
exercise_is_file(const struct yaml *yaml);

// The keys of an exercise in their order, for editors and `format`: first
// "use", then those of an exercise file.  Map by map.
const struct field *
exercise_fields(size_t *count);
const struct field *
exercise_work_fields(size_t *count);
const struct field *
exercise_rest_fields(size_t *count);
const struct field *
vary_fields(size_t *count);
const struct field *
caution_fields(size_t *count);

// "vary", "cautions" and "answers" of an exercise, fields of struct exercise.
field_read read_varies;
field_read read_cautions;
field_read read_replies;

// Checks EXERCISE's varies against its sets, where NODE has them; those of an
// exercise file may name sets that a routine leaves out.
void
varies_check(struct reader *reader, const struct yaml_node *node,
             const struct exercise *exercise);
#endif
