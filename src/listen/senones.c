// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen/senones.h"

#include <stdlib.h>
#include <string.h>

#define HEAD_LINE  512
#define HEAD_LINES 64
#define ORDER      0x11223344 // in the byte order of the machine that wrote

bool
senones_make(struct senones *senones, int count)
{
    *senones = (struct senones){.count = count};
    senones->costs =
        calloc((size_t)count * SENONES_FRAMES, sizeof *senones->costs);
    return senones->costs != NULL;
}

void
senones_release(struct senones *senones)
{
    free(senones->costs);
    *senones = (struct senones){0};
}

// Lines "name value" up to "endhdr", and the byte order.
static bool
read_head(FILE *file)
{
    char    line[HEAD_LINE] = "";
    int32_t order           = 0;
    for (int i = 0; i < HEAD_LINES && strcmp(line, "endhdr\n") != 0; i++)
        if (!fgets(line, sizeof line, file)) return false;
    return fread(&order, sizeof order, 1, file) == 1 && order == ORDER;
}

bool
senones_read(struct senones *senones, FILE *file)
{
    int16_t count;
    senones->frames = 0;
    if (!read_head(file)) return false;
    while (senones->frames < SENONES_FRAMES &&
           fread(&count, sizeof count, 1, file) == 1) {
        size_t   all = (size_t)senones->count;
        int16_t *to  = senones->costs + (size_t)senones->frames * all;
        if (count != senones->count) return false;
        if (fread(to, sizeof *to, all, file) != all) break;
        senones->frames++;
    }
    return true;
}
