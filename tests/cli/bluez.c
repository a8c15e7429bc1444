// SPDX-License-Identifier: GPL-3.0-or-later
// BlueZ without Bluetooth: an adapter on the system bus at which players are
// registered.  Says "registered" once one is; each line of stdin, as "Next", is
// a button of a headset, and is followed by "ok", or by why not.
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-bus.h>

#define ADAPTER "/org/bluez/hci0"
#define PLAYER  "org.mpris.MediaPlayer2.Player"

static char *sender, *path; // of the player that was registered last

static void
say(const char *text)
{
    puts(text);
    fflush(stdout);
}

static int
on_register(sd_bus_message *m, void *ctx, sd_bus_error *error)
{
    const char *text = NULL;
    int         r    = sd_bus_message_read(m, "o", &text);

    (void)ctx;
    (void)error;
    if (r < 0) return r;
    free(path);
    free(sender);
    path   = strdup(text);
    sender = strdup(sd_bus_message_get_sender(m));
    say("registered");
    return sd_bus_reply_method_return(m, "");
}

static int
on_unregister(sd_bus_message *m, void *ctx, sd_bus_error *error)
{
    (void)ctx;
    (void)error;
    say("unregistered");
    return sd_bus_reply_method_return(m, "");
}

static const sd_bus_vtable adapter[] = {SD_BUS_VTABLE_START(0),
                                        SD_BUS_VTABLE_END};

static const sd_bus_vtable media[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_METHOD("RegisterPlayer", "oa{sv}", "", on_register,
                  SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("UnregisterPlayer", "o", "", on_unregister,
                  SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_VTABLE_END};

static int
open_bus(sd_bus **bus)
{
    int r = sd_bus_open_system(bus);
    if (r >= 0) r = sd_bus_add_object_manager(*bus, NULL, "/");
    if (r >= 0)
        r = sd_bus_add_object_vtable(*bus, NULL, ADAPTER, "org.bluez.Adapter1",
                                     adapter, NULL);
    if (r >= 0)
        r = sd_bus_add_object_vtable(*bus, NULL, ADAPTER, "org.bluez.Media1",
                                     media, NULL);
    if (r >= 0) r = sd_bus_request_name(*bus, "org.bluez", 0);
    return r;
}

// As BlueZ does it: no answer is waited for; mpris-proxy gives none, either.
static int
press(sd_bus *bus, const char *button)
{
    sd_bus_message *m = NULL;
    int             r =
        sd_bus_message_new_method_call(bus, &m, sender, path, PLAYER, button);

    if (r >= 0) r = sd_bus_message_set_expect_reply(m, 0);
    if (r >= 0) r = sd_bus_send(bus, m, NULL);
    sd_bus_message_unref(m);
    return r;
}

int
main(void)
{
    sd_bus *bus = NULL;
    char    line[64];
    int     r = open_bus(&bus);

    setvbuf(stdin, NULL, _IONBF, 0); // so that poll() knows of all of it
    while (r >= 0) {
        while ((r = sd_bus_process(bus, NULL)) > 0) {
        }
        struct pollfd ready[2] = {{.fd = 0, .events = POLLIN},
                                  {.fd = sd_bus_get_fd(bus), .events = POLLIN}};
        if (r < 0 || poll(ready, 2, -1) < 0) break;
        if (!ready[0].revents) continue;
        if (!fgets(line, sizeof line, stdin)) break;
        line[strcspn(line, "\n")] = '\0';
        if (path) r = press(bus, line);
    }
    if (r < 0) fprintf(stderr, "bluez: %s\n", strerror(-r));
    sd_bus_flush_close_unref(bus);
    free(path);
    free(sender);
    return r < 0;
}
