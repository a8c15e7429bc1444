// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/devices.h"

#include "audio/backend.h"
#include "audio/deadline.h"
#include "base/text.h"
#include <portaudio.h>
#include <stdlib.h>

enum { PATIENCE = 10000 }; // ms: a machine with many cards is slow

struct list {
    struct device *devices;
    size_t         count;
    enum status    st;
    struct diag    diag;
};

static void
describe(struct device *to, PaDeviceIndex index)
{
    const PaDeviceInfo  *info = Pa_GetDeviceInfo(index);
    const PaHostApiInfo *api  = Pa_GetHostApiInfo(info->hostApi);

    text_copy(to->name, sizeof to->name, info->name);
    text_copy(to->api, sizeof to->api, api->name);
    to->inputs         = info->maxInputChannels;
    to->outputs        = info->maxOutputChannels;
    to->rate           = info->defaultSampleRate;
    to->default_input  = index == Pa_GetDefaultInputDevice();
    to->default_output = index == Pa_GetDefaultOutputDevice();
}

static void
fill_list(struct list *list)
{
    int count = Pa_GetDeviceCount();

    if (count <= 0) return;
    list->devices = calloc((size_t)count, sizeof *list->devices);
    if (!list->devices) {
        diag_set(&list->diag, NULL, "No memory left to list the devices.");
        list->st = STATUS_NO_MEMORY;
        return;
    }
    for (int i = 0; i < count; i++) describe(&list->devices[i], i);
    list->count = (size_t)count;
}

static void
make_list(void *ctx)
{
    struct list *list = ctx;

    list->st = backend_start(&list->diag);
    if (list->st == STATUS_NO_DEVICE)
        list->st = STATUS_OK; // an empty list
    else if (!list->st) {
        fill_list(list);
        backend_stop();
    }
}

enum status
devices_list(struct device **out, size_t *count, struct diag *diag)
{
    struct list *list = calloc(1, sizeof *list);
    if (!list) {
        diag_set(diag, NULL, "No memory left to list the devices.");
        return STATUS_NO_MEMORY;
    }
    int  saved = backend_hush();
    bool done  = deadline_run(make_list, list, PATIENCE);
    backend_unhush(saved);
    if (!done) { // the list is the lost thread's now
        backend_give_up();
        diag_set(diag, NULL, "The sound system does not answer.");
        return STATUS_LOST;
    }
    enum status st = list->st;
    if (st)
        diag_set(diag, NULL, "%s", list->diag.text);
    else {
        *out   = list->devices;
        *count = list->count;
    }
    free(list);
    return st;
}
