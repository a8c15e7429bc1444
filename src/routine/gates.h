// SPDX-License-Identifier: GPL-3.0-or-later
// What a person may have that an exercise is not for: the one list of it.
//
// A routine names gates by their id; blanks and hyphens for its underscores
// are fine ("fresh back strain").
#ifndef ROUTINE_GATES_H
#define ROUTINE_GATES_H
#include <stdbool.h>

// Id in a routine and in what is kept of a person, and how it reads in a
// sentence: "left out for WORDS".  The first ten are asked in the screening
// before a first session: consensus of experts, J Clin Med 2021, 10:5360.
#define GATES(X)                                                               \
    X(OPEN_WOUND, open_wound, "an open wound")                                 \
    X(RECENT_FRACTURE, recent_fracture, "a recent fracture")                   \
    X(BLOOD_CLOT, blood_clot, "a blood clot")                                  \
    X(BONE_INFECTION, bone_infection, "an infection of a bone")                \
    X(INFLAMED_AREA, inflamed_area, "an inflamed area")                        \
    X(MUSCLE_OSSIFICATION, muscle_ossification, "bone growing in a muscle")    \
    X(NUMBNESS, numbness, "numbness")                                          \
    X(RECENT_SURGERY, recent_surgery, "recent surgery")                        \
    X(PREGNANCY, pregnancy, "pregnancy")                                       \
    X(FRESH_BACK_STRAIN, fresh_back_strain, "a fresh strain of the back")      \
    X(LOWER_BACK_PAIN, lower_back_pain, "pain in the lower back")              \
    X(NECK_PAIN, neck_pain, "pain in the neck")                                \
    X(SHOULDER_INJURY, shoulder_injury, "an injured shoulder")                 \
    X(HIP_INJURY, hip_injury, "an injured hip")                                \
    X(KNEE_INJURY, knee_injury, "an injured knee")                             \
    X(ANKLE_INJURY, ankle_injury, "an injured ankle")                          \
    X(WRIST_PAIN, wrist_pain, "pain in a wrist")                               \
    X(IT_BAND, it_band, "a sore outer side of the thigh")

enum gate {
#define X(id, key, words) GATE_##id,
    GATES(X)
#undef X
        GATE_COUNT
};

#define GATE_SCREENED 10 // the first so many are asked in the screening

// For sets of them: "open_wound" is 1u << GATE_OPEN_WOUND.
typedef unsigned gate_set;

// All ids, for a search and for messages.
extern const char *const gate_ids[GATE_COUNT];

// False where TEXT is none of them.
bool
gate_find(enum gate *gate, const char *text);

const char *
gate_words(enum gate gate);
#endif
