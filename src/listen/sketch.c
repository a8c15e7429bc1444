// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/sketch.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STEP   3    // frames to a point
#define AROUND 3    // frames taken before and after
#define WHOLE  10   // of a deviation
#define SLOPE  0.7F // what a slope counts against a point
#define ALL    (2 * MFCC_COUNT)
#define FAR    9.0

// One over the deviation of each cepstrum, and of its slope over two points,
// in the commands of a crowd of speakers (Speech Commands).
static const float scale[MFCC_COUNT] = {0.357F, 1.20F, 2.12F, 2.51F, 2.94F,
                                        4.52F,  4.88F, 5.56F, 6.31F, 6.59F,
                                        6.99F,  7.83F, 8.72F};
static const float slope_scale[MFCC_COUNT] = {
    0.495F, 1.74F, 2.62F, 2.94F, 3.78F, 4.78F, 5.16F,
    5.62F,  6.31F, 6.67F, 7.01F, 7.63F, 8.35F};

static int8_t
small(float value)
{
    float tenths = roundf(WHOLE * value);
    return (int8_t)(tenths > 99 ? 99 : tenths < -99 ? -99 : tenths);
}

// The mean over STEP frames from frame FROM on.
static void
average(struct mfcc *mfcc, const int16_t *samples, size_t count, int from,
        float mean[MFCC_COUNT])
{
    float cepstra[MFCC_COUNT];
    for (int c = 0; c < MFCC_COUNT; c++) mean[c] = 0;
    for (int t = from; t < from + STEP; t++) {
        mfcc_at(mfcc, samples, count, (size_t)t * MFCC_STEP + MFCC_STEP / 2,
                cepstra);
        for (int c = 0; c < MFCC_COUNT; c++) mean[c] += cepstra[c] / STEP;
    }
}

void
sketch_make(struct sketch *s, struct mfcc *mfcc, const int16_t *samples,
            size_t count, int from, int to)
{
    float points[SKETCH_POINTS][MFCC_COUNT], mean[MFCC_COUNT] = {0};
    int   last = (int)(count / MFCC_STEP);
    from       = from > AROUND ? from - AROUND : 0;
    to         = to + AROUND < last ? to + AROUND : last;
    s->count   = to > from ? (to - from) / STEP : 0;
    if (s->count > SKETCH_POINTS) s->count = SKETCH_POINTS;
    for (int p = 0; p < s->count; p++) {
        average(mfcc, samples, count, from + STEP * p, points[p]);
        for (int c = 0; c < MFCC_COUNT; c++)
            mean[c] += points[p][c] / (float)s->count;
    }
    for (int p = 0; p < s->count; p++)
        for (int c = 0; c < MFCC_COUNT; c++)
            s->points[p][c] = small(scale[c] * (points[p][c] - mean[c]));
}

// Points and slopes of a sketch, weighed.
struct lines {
    float at[SKETCH_POINTS][ALL];
};

static void
draw(const struct sketch *s, struct lines *lines)
{
    for (int p = 0; p < s->count; p++) {
        const int8_t *before = s->points[p > 0 ? p - 1 : p];
        const int8_t *after  = s->points[p < s->count - 1 ? p + 1 : p];
        for (int c = 0; c < MFCC_COUNT; c++) {
            float slope     = (float)(after[c] - before[c]) / WHOLE;
            lines->at[p][c] = (float)s->points[p][c] / WHOLE;
            lines->at[p][c + MFCC_COUNT] =
                SLOPE * slope * slope_scale[c] / scale[c];
        }
    }
}

static double
apart(const float *a, const float *b)
{
    float sum = 0;
    for (int i = 0; i < ALL; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
    return sqrt((double)sum / ALL);
}

double
sketch_distance(const struct sketch *a, const struct sketch *b)
{
    struct lines x, y;
    double       row[SKETCH_POINTS] = {0};
    if (a->count == 0 || b->count == 0) return FAR;
    draw(a, &x);
    draw(b, &y);
    for (int i = 0; i < a->count; i++) {
        double corner = i > 0 ? row[0] : 0;
        for (int j = 0; j < b->count; j++) {
            double cost  = apart(x.at[i], y.at[j]);
            double above = i > 0 ? row[j] : INFINITY;
            double best =
                i + j == 0 || (i > 0 && j > 0) ? corner + 2 * cost : INFINITY;
            if (above + cost < best) best = above + cost;
            if (j > 0 && row[j - 1] + cost < best) best = row[j - 1] + cost;
            corner = above;
            row[j] = best;
        }
    }
    return row[b->count - 1] / (a->count + b->count);
}

void
sketch_write(const struct sketch *s, char text[SKETCH_TEXT])
{
    size_t at = 0;
    *text     = '\0';
    for (int p = 0; p < s->count; p++)
        for (int c = 0; c < MFCC_COUNT; c++) {
            const char *end = c < MFCC_COUNT - 1 ? " "
                              : p < s->count - 1 ? " / "
                                                 : "";
            at += (size_t)snprintf(text + at, SKETCH_TEXT - at, "%d%s",
                                   s->points[p][c], end);
        }
}

static bool
read_point(int8_t *point, const char **text)
{
    for (int c = 0; c < MFCC_COUNT; c++) {
        char *end;
        long  value = strtol(*text, &end, 10);
        if (end == *text || value < -99 || value > 99) return false;
        point[c] = (int8_t)value;
        *text    = end;
    }
    *text += strspn(*text, " ");
    return true;
}

bool
sketch_read(struct sketch *s, const char *text)
{
    s->count = 0;
    while (s->count < SKETCH_POINTS && read_point(s->points[s->count], &text)) {
        s->count++;
        if (*text == '\0') return true;
        if (*text++ != '/') return false;
    }
    return false;
}
