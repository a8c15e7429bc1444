// SPDX-License-Identifier: GPL-3.0-or-later
#include "routine/known.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const char *const bodies[] = {
    "full body", "back",  "upper back", "lower back", "sides",  "shoulders",
    "chest",     "arms",  "neck",       "hips",       "glutes", "legs",
    "thighs",    "quads", "hamstrings", "it band",    "calves", "feet",
};

// The part before, what it belongs to behind.
static const char *const part_of[][2] = {
    {"upper back", "back"}, {"lower back", "back"}, {"sides", "back"},
    {"quads", "thighs"},    {"quads", "legs"},      {"hamstrings", "thighs"},
    {"hamstrings", "legs"}, {"it band", "thighs"},  {"it band", "legs"},
    {"thighs", "legs"},     {"calves", "legs"},     {"glutes", "hips"},
    {"shoulders", "arms"},
};

static const char *const muscles[] = {
    "trapezius",
    "upper trapezius",
    "middle trapezius",
    "lower trapezius",
    "rhomboids",
    "rhomboid major",
    "rhomboid minor",
    "latissimus dorsi",
    "teres major",
    "teres minor",
    "infraspinatus",
    "supraspinatus",
    "subscapularis",
    "rotator cuff",
    "serratus anterior",
    "levator scapulae",
    "spinal erectors",
    "quadratus lumborum",
    "multifidus",
    "deltoids",
    "front deltoid",
    "rear deltoid",
    "pectorals",
    "pectoralis major",
    "pectoralis minor",
    "biceps",
    "triceps",
    "forearm flexors",
    "forearm extensors",
    "abdominals",
    "obliques",
    "diaphragm",
    "intercostals",
    "hip flexors",
    "psoas",
    "iliacus",
    "tensor fasciae latae",
    "gluteus maximus",
    "gluteus medius",
    "gluteus minimus",
    "piriformis",
    "deep hip rotators",
    "adductors",
    "quadriceps",
    "rectus femoris",
    "vastus lateralis",
    "vastus medialis",
    "vastus intermedius",
    "sartorius",
    "hamstrings",
    "biceps femoris",
    "semitendinosus",
    "semimembranosus",
    "iliotibial band",
    "calves",
    "gastrocnemius",
    "soleus",
    "tibialis anterior",
    "peroneals",
    "plantar fascia",
    "neck muscles",
};

// The first PRESSING of them press.
#define PRESSING 5
static const char *const tools[] = {
    "foam roller",   "massage ball", "peanut ball", "stick roller",
    "massage chair", "wall",         "chair",       "desk",
    "mat",           "towel",        "pillow",      "strap",
    "door frame",    "step",
};

const struct known known_bodies  = {COUNT(bodies), bodies};
const struct known known_muscles = {COUNT(muscles), muscles};
const struct known known_tools   = {COUNT(tools), tools};

bool
known_has(const struct known *known, const char *word)
{
    for (size_t i = 0; i < known->count; i++) {
        if (strcmp(known->words[i], word) == 0) return true;
    }
    return false;
}

bool
known_presses(const char *tool)
{
    for (size_t i = 0; i < PRESSING; i++) {
        if (strcmp(tools[i], tool) == 0) return true;
    }
    return false;
}

bool
known_covers(const char *body, const char *part)
{
    if (strcmp(body, part) == 0 || strcmp(body, "full body") == 0) return true;
    for (size_t i = 0; i < COUNT(part_of); i++) {
        if (strcmp(part_of[i][0], part) == 0 &&
            strcmp(part_of[i][1], body) == 0)
            return true;
    }
    return false;
}
