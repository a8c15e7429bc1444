// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/likeness.h"

#include <string.h>

#define GAP 0.8
#define KIN 0.5

static const struct {
    char name[4];
    char kin[4]; // families; two phones that share a letter are kin
} phones[] = {
    {"AA", "ao"}, {"AE", "ae"}, {"AH", "ae"}, {"AO", "ao"}, {"AW", "ao"},
    {"AY", "ai"}, {"B", "b"},   {"CH", "cs"}, {"D", "d"},   {"DH", "dt"},
    {"EH", "e"},  {"ER", "er"}, {"EY", "ei"}, {"F", "f"},   {"G", "g"},
    {"HH", "h"},  {"IH", "ei"}, {"IY", "i"},  {"JH", "cd"}, {"K", "g"},
    {"L", "l"},   {"M", "m"},   {"N", "m"},   {"NG", "m"},  {"OW", "ou"},
    {"OY", "oi"}, {"P", "b"},   {"R", "r"},   {"S", "s"},   {"SH", "cs"},
    {"T", "d"},   {"TH", "ft"}, {"UH", "u"},  {"UW", "u"},  {"V", "fv"},
    {"W", "lv"},  {"Y", "i"},   {"Z", "s"},   {"ZH", "cs"},
};
#define PHONES (sizeof phones / sizeof phones[0])

static void
add_one(struct sounds *sounds, const char *name, size_t length)
{
    if (sounds->count == SOUNDS_MOST) return;
    for (size_t i = 0; i < PHONES; i++)
        if (strlen(phones[i].name) == length &&
            memcmp(phones[i].name, name, length) == 0)
            sounds->phones[sounds->count++] = (unsigned char)i;
}

void
sounds_add(struct sounds *sounds, const char *names)
{
    while (*names) {
        size_t length = strcspn(names, " ");
        if (length > 0) add_one(sounds, names, length);
        names += length;
        names += strspn(names, " ");
    }
}

static double
change(unsigned char a, unsigned char b)
{
    if (a == b) return 0;
    return strpbrk(phones[a].kin, phones[b].kin) ? KIN : 1;
}

static double
least(double a, double b, double c)
{
    double ab = a < b ? a : b;
    return ab < c ? ab : c;
}

double
sounds_distance(const struct sounds *a, const struct sounds *b)
{
    double row[SOUNDS_MOST + 1];
    for (size_t j = 0; j <= b->count; j++) row[j] = GAP * (double)j;
    for (size_t i = 0; i < a->count; i++) {
        double diagonal = row[0];
        row[0]          = GAP * (double)(i + 1);
        for (size_t j = 0; j < b->count; j++) {
            double cost = diagonal + change(a->phones[i], b->phones[j]);
            diagonal    = row[j + 1];
            row[j + 1]  = least(cost, diagonal + GAP, row[j] + GAP);
        }
    }
    return row[b->count];
}
