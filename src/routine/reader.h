// SPDX-License-Identifier: GPL-3.0-or-later
// Reading a YAML map into a struct by a table of its keys, with every problem
// reported.  What cannot be read leaves its field as it was.
#ifndef ROUTINE_READER_H
#define ROUTINE_READER_H
#include "base/arena.h"
#include "routine/routine.h"
#include "yaml/yaml.h"

// The reading of one file.  What belongs to the routine is in the arena, which
// the files that it is made of share.
struct reader {
    struct yaml         *yaml; // the file at hand
    struct arena        *arena;
    struct report       *report;
    struct shelf        *shelf;   // of exercise files
    const char          *path;    // of the routine
    const struct reader *above;   // of the routine that chains it, NULL: none
    bool                 partial; // what is missing is given elsewhere
    bool                 no_memory;
};

struct field;
struct shelf;

// Reads VALUE into the struct INTO; FIELD says where and within which limits.
typedef void
field_read(struct reader *reader, const struct field *field,
           const struct yaml_node *value, void *into);

struct field {
    const char *key;
    field_read *read;
    size_t      offset;   // in the struct
    int         least;    // limits of times (ms), counts
    int         most;     // ... and of characters; 0: ROUTINE_LONGEST_LINE
    const char *required; // an example of it; NULL: may be left out
    const char *unless;   // required where this key is not given

    // what read_choice() takes, where the field is an enum that counts from 0,
    // and read_words()
    const char *const *words;
    size_t             choices;
};

// Reads every key of MAP that FIELDS names; reports unknown and missing ones.
// WHAT names the map ("an exercise").  Not a map: reported, with EXAMPLE.
bool
read_map(struct reader *reader, const struct yaml_node *map, const char *what,
         const char *example, const struct field *fields, size_t count,
         void *into);

field_read read_text;          // const char *
field_read read_id;            // const char *
field_read read_lines;         // struct lines, from a list
field_read read_text_or_lines; // struct lines, from a list or one text
field_read read_time;          // int, ms
field_read read_time_range;    // struct range, ms
field_read read_count_range;   // struct range
field_read read_choice;        // enum
field_read read_words;         // struct lines, each one of the words
field_read read_body;          // struct lines, each one of known_bodies
field_read read_flag;          // bool

// For lists of maps: how many items VALUE has, at most MOST; 0 where it is no
// list, which is reported.
size_t
read_list(struct reader *reader, const char *key, const struct yaml_node *value,
          size_t most);

// Zeroed.  NULL sets no_memory.
void *
reader_alloc(struct reader *reader, size_t count, size_t size);

// VALUE as one line of speech: white space is one space, no control character,
// at most MOST characters, not empty.  NULL where it is none, reported.
const char *
reader_line(struct reader *reader, const char *key,
            const struct yaml_node *value, int most);
#endif
