// SPDX-License-Identifier: GPL-3.0-or-later
// rollcall devices: what sound can be played through and heard with.
#include "audio/devices.h"

#include "cli/commands.h"
#include "cli/json_option.h"
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

static const struct argp argp = {
    .options = json_options,
    .parser  = json_parse,
    .doc =
        "List the sound devices and mark the default ones.\v"
        "Any part of a name chooses a device: rollcall play "
        "--output NAME --input NAME.\n\nIts exit status is 1 where there is no "
        "device at all.",
};

static void
print_table(const struct device *devices, size_t count)
{
    printf("   %-10s %3s %3s %7s  %s\n", "system", "in", "out", "Hz", "name");
    for (size_t i = 0; i < count; i++) {
        const struct device *device = &devices[i];
        printf("%c%c %-10s %3d %3d %7.0f  %s\n",
               device->default_input ? 'i' : ' ',
               device->default_output ? 'o' : ' ', device->api, device->inputs,
               device->outputs, device->rate, device->name);
    }
    printf("i: the default microphone, o: the default loudspeaker\n");
}

static json_t *
as_json(const struct device *device)
{
    return json_pack("{s:s, s:s, s:i, s:i, s:f, s:b, s:b}", "name",
                     device->name, "system", device->api, "inputs",
                     device->inputs, "outputs", device->outputs, "rate",
                     device->rate, "default_input", (int)device->default_input,
                     "default_output", (int)device->default_output);
}

// False: no memory, or a name is no UTF-8.
static bool
print_json(const struct device *devices, size_t count)
{
    json_t *array = json_array();

    for (size_t i = 0; i < count; i++)
        json_array_append_new(array, as_json(&devices[i]));
    bool ok = json_array_size(array) == count &&
              json_dumpf(array, stdout, JSON_INDENT(2)) == 0;
    putchar('\n');
    json_decref(array);
    return ok;
}

static void
say_none(void)
{
    fprintf(stderr,
            "rollcall: no sound device was found.  Plug one in or start the "
            "sound server\n(PipeWire or PulseAudio), then try again; "
            "`rollcall render ROUTINE -o FILE`\nneeds none.\n");
}

int
cmd_devices(int argc, char **argv)
{
    struct device *devices = NULL;
    size_t         count   = 0;
    struct diag    diag    = {0};
    bool           json    = false;
    bool           ok      = true;

    argp_parse(&argp, argc, argv, 0, NULL, &json);
    enum status st = devices_list(&devices, &count, &diag);
    if (st) {
        fprintf(stderr, "rollcall: %s\n", diag.text);
        return status_exit(st);
    }
    if (json) ok = print_json(devices, count);
    if (!json && count > 0) print_table(devices, count);
    if (count == 0) say_none();
    free(devices);
    return ok && count > 0 ? 0 : 1;
}
