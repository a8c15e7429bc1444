// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/mpris_object.h"

#ifdef ROLLCALL_SD_BUS
#include "control/media.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

#define OBJECT   "/org/mpris/MediaPlayer2"
#define ROOT     "org.mpris.MediaPlayer2"
#define PLAYER   "org.mpris.MediaPlayer2.Player"
#define NO_TRACK "/org/mpris/MediaPlayer2/TrackList/NoTrack"
#define MICRO    1e6

// ---- commands ----------------------------------------------------------

static void
ask(struct board *board, enum command command, int times)
{
    struct wish wish = {
        .kind = WISH_COMMAND, .source = SOURCE_MPRIS, .command = command};

    if (command == COMMANDS) return;
    for (int i = 0; i < times; i++) board_ask(board, &wish);
}

static int
press(sd_bus_message *message, struct board *board, enum media_key key)
{
    struct state state;

    board_read(board, &state, NULL);
    ask(board, media_command(&state, key), 1);
    return sd_bus_reply_method_return(message, "");
}

#define KEY(name, key)                                                         \
    static int name(sd_bus_message *message, void *board, sd_bus_error *error) \
    {                                                                          \
        (void)error;                                                           \
        return press(message, board, key);                                     \
    }
KEY(on_play, MEDIA_PLAY)
KEY(on_pause, MEDIA_PAUSE)
KEY(on_play_pause, MEDIA_PLAY_PAUSE)
KEY(on_stop, MEDIA_STOP)
KEY(on_next, MEDIA_NEXT)
KEY(on_previous, MEDIA_PREVIOUS)

static int
on_nothing(sd_bus_message *message, void *ctx, sd_bus_error *error)
{
    (void)ctx;
    (void)error;
    return sd_bus_reply_method_return(message, "");
}

static int
on_open_uri(sd_bus_message *message, void *ctx, sd_bus_error *error)
{
    (void)message;
    (void)ctx;
    return sd_bus_error_set(error, SD_BUS_ERROR_NOT_SUPPORTED,
                            "rollcall plays its routines only: rollcall tell "
                            "play lats");
}

static void
seek(struct board *board, double by, bool absolute)
{
    struct state state;
    double       position = 0;
    int          times    = 0;

    board_read(board, &state, &position);
    enum command command =
        media_seek(&state, position, absolute ? by : position + by, &times);
    ask(board, command, times);
}

static int
on_seek(sd_bus_message *message, void *board, sd_bus_error *error)
{
    int64_t by = 0;

    (void)error;
    int r = sd_bus_message_read(message, "x", &by);
    if (r < 0) return r;
    seek(board, (double)by / MICRO, false);
    return sd_bus_reply_method_return(message, "");
}

static void
track_of(char track[64], const struct state *state)
{
    if (*state->routine)
        snprintf(track, 64, "/org/rollcall/step/%u", state->step);
    else
        snprintf(track, 64, "%s", NO_TRACK);
}

// A position in another segment than this one comes too late.
static int
on_set_position(sd_bus_message *message, void *ctx, sd_bus_error *error)
{
    struct board *board  = ctx;
    const char   *wanted = NULL;
    char          track[64];
    struct state  state;
    int64_t       to = 0;

    (void)error;
    int r = sd_bus_message_read(message, "ox", &wanted, &to);
    if (r < 0) return r;
    board_read(board, &state, NULL);
    track_of(track, &state);
    if (strcmp(track, wanted) == 0) seek(board, (double)to / MICRO, true);
    return sd_bus_reply_method_return(message, "");
}

// ---- properties --------------------------------------------------------

#define GETTER(name)                                                           \
    static int name(sd_bus *bus, const char *path, const char *interface,      \
                    const char *property, sd_bus_message *reply, void *ctx,    \
                    sd_bus_error *error)
#define UNUSED                                                                 \
    (void)bus, (void)path, (void)interface, (void)property, (void)ctx,         \
        (void)error

// Constants by the first letters of their names.
GETTER(get_constant)
{
    UNUSED;
    if (strncmp(property, "Supported", 9) == 0)
        return sd_bus_message_append(reply, "as", 0);
    if (strcmp(property, "Identity") == 0 ||
        strcmp(property, "DesktopEntry") == 0)
        return sd_bus_message_append(reply, "s", "rollcall");
    if (strstr(property, "Rate")) return sd_bus_message_append(reply, "d", 1.0);
    bool yes =
        strcmp(property, "CanControl") == 0 || strcmp(property, "CanPlay") == 0;
    return sd_bus_message_append(reply, "b", yes);
}

GETTER(get_status)
{
    static const char *const words[ACTIVITIES] = {"Stopped", "Playing",
                                                  "Playing", "Paused"};
    struct state             state;

    UNUSED;
    board_read(ctx, &state, NULL);
    return sd_bus_message_append(reply, "s", words[state.activity]);
}

// CanGoNext, CanGoPrevious, CanPause, CanSeek
GETTER(get_able)
{
    struct state state;

    UNUSED;
    board_read(ctx, &state, NULL);
    bool able =
        state.activity == ACTIVITY_PLAYING || state.activity == ACTIVITY_PAUSED;
    return sd_bus_message_append(reply, "b", able);
}

GETTER(get_volume)
{
    struct state state;

    UNUSED;
    board_read(ctx, &state, NULL);
    return sd_bus_message_append(reply, "d", state.volume / 100.0);
}

GETTER(get_position)
{
    struct state state;
    double       position = 0;

    UNUSED;
    board_read(ctx, &state, &position);
    return sd_bus_message_append(reply, "x", (int64_t)(position * MICRO));
}

// "roll, set 2 of 3, left side"
static void
comment_of(char comment[96], const struct state *state)
{
    char set[48] = "";

    if (state->set)
        snprintf(set, sizeof set, ", set %d of %d", state->set, state->sets);
    snprintf(comment, 96, "%s%s%s%s%s", state->kind, set,
             *state->side ? ", " : "", state->side,
             *state->side ? " side" : "");
}

static int
append_track(sd_bus_message *reply, const struct state *state)
{
    char        comment[96];
    const char *title =
        *state->exercise_title ? state->exercise_title : state->title;

    comment_of(comment, state);
    int r = sd_bus_message_append(
        reply, "{sv}{sv}{sv}{sv}{sv}", "mpris:length", "x",
        (int64_t)state->length * 1000000, "xesam:title", "s", title,
        "xesam:album", "s", state->title, "xesam:artist", "as", 1, "rollcall",
        "xesam:comment", "as", 1, comment);
    if (r < 0 || !state->set) return r;
    return sd_bus_message_append(reply, "{sv}", "xesam:trackNumber", "i",
                                 state->set);
}

GETTER(get_metadata)
{
    struct state state;
    char         track[64];

    UNUSED;
    board_read(ctx, &state, NULL);
    track_of(track, &state);
    int r = sd_bus_message_open_container(reply, 'a', "{sv}");
    if (r >= 0)
        r = sd_bus_message_append(reply, "{sv}", "mpris:trackid", "o", track);
    if (r >= 0 && *state.routine) r = append_track(reply, &state);
    return r < 0 ? r : sd_bus_message_close_container(reply);
}

static int
set_volume(sd_bus *bus, const char *path, const char *interface,
           const char *property, sd_bus_message *value, void *ctx,
           sd_bus_error *error)
{
    double volume = 0;

    UNUSED;
    int r = sd_bus_message_read(value, "d", &volume);
    if (r < 0) return r;
    if (!(volume > 0)) volume = 0;
    if (volume > 1) volume = 1;
    struct wish wish = {.kind   = WISH_VOLUME,
                        .source = SOURCE_MPRIS,
                        .volume = (int)lround(volume * 100)};
    board_ask(ctx, &wish);
    return 0;
}

// Playback has one rate only, but the property must be writable.
static int
set_rate(sd_bus *bus, const char *path, const char *interface,
         const char *property, sd_bus_message *value, void *ctx,
         sd_bus_error *error)
{
    UNUSED;
    (void)value;
    return 0;
}

#define FIXED  SD_BUS_VTABLE_PROPERTY_CONST
#define TOLD   SD_BUS_VTABLE_PROPERTY_EMITS_CHANGE
#define ANYONE SD_BUS_VTABLE_UNPRIVILEGED

static const sd_bus_vtable root_table[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_METHOD("Raise", "", "", on_nothing, ANYONE),
    SD_BUS_METHOD("Quit", "", "", on_nothing, ANYONE),
    SD_BUS_PROPERTY("CanQuit", "b", get_constant, 0, FIXED),
    SD_BUS_PROPERTY("CanRaise", "b", get_constant, 0, FIXED),
    SD_BUS_PROPERTY("HasTrackList", "b", get_constant, 0, FIXED),
    SD_BUS_PROPERTY("Identity", "s", get_constant, 0, FIXED),
    SD_BUS_PROPERTY("DesktopEntry", "s", get_constant, 0, FIXED),
    SD_BUS_PROPERTY("SupportedUriSchemes", "as", get_constant, 0, FIXED),
    SD_BUS_PROPERTY("SupportedMimeTypes", "as", get_constant, 0, FIXED),
    SD_BUS_VTABLE_END};

static const sd_bus_vtable player_table[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_METHOD("Next", "", "", on_next, ANYONE),
    SD_BUS_METHOD("Previous", "", "", on_previous, ANYONE),
    SD_BUS_METHOD("Pause", "", "", on_pause, ANYONE),
    SD_BUS_METHOD("PlayPause", "", "", on_play_pause, ANYONE),
    SD_BUS_METHOD("Stop", "", "", on_stop, ANYONE),
    SD_BUS_METHOD("Play", "", "", on_play, ANYONE),
    SD_BUS_METHOD("Seek", "x", "", on_seek, ANYONE),
    SD_BUS_METHOD("SetPosition", "ox", "", on_set_position, ANYONE),
    SD_BUS_METHOD("OpenUri", "s", "", on_open_uri, ANYONE),
    SD_BUS_SIGNAL("Seeked", "x", 0),
    SD_BUS_PROPERTY("PlaybackStatus", "s", get_status, 0, TOLD),
    SD_BUS_PROPERTY("Metadata", "a{sv}", get_metadata, 0, TOLD),
    SD_BUS_PROPERTY("CanGoNext", "b", get_able, 0, TOLD),
    SD_BUS_PROPERTY("CanGoPrevious", "b", get_able, 0, TOLD),
    SD_BUS_PROPERTY("CanPause", "b", get_able, 0, TOLD),
    SD_BUS_PROPERTY("CanSeek", "b", get_able, 0, TOLD),
    SD_BUS_PROPERTY("CanPlay", "b", get_constant, 0, FIXED),
    SD_BUS_PROPERTY("CanControl", "b", get_constant, 0, FIXED),
    SD_BUS_PROPERTY("MinimumRate", "d", get_constant, 0, FIXED),
    SD_BUS_PROPERTY("MaximumRate", "d", get_constant, 0, FIXED),
    SD_BUS_PROPERTY("Position", "x", get_position, 0, 0),
    SD_BUS_WRITABLE_PROPERTY("Rate", "d", get_constant, set_rate, 0,
                             TOLD | ANYONE),
    SD_BUS_WRITABLE_PROPERTY("Volume", "d", get_volume, set_volume, 0,
                             TOLD | ANYONE),
    SD_BUS_VTABLE_END};

int
mpris_object_add(sd_bus *bus, struct board *board)
{
    int r =
        sd_bus_add_object_vtable(bus, NULL, OBJECT, ROOT, root_table, board);
    return r < 0 ? r
                 : sd_bus_add_object_vtable(bus, NULL, OBJECT, PLAYER,
                                            player_table, board);
}

void
mpris_object_changed(sd_bus *bus, bool another)
{
    sd_bus_emit_properties_changed(
        bus, OBJECT, PLAYER, "PlaybackStatus", "Metadata", "Volume",
        "CanGoNext", "CanGoPrevious", "CanPause", "CanSeek", NULL);
    if (another)
        sd_bus_emit_signal(bus, OBJECT, PLAYER, "Seeked", "x", (int64_t)0);
}
#else
typedef int mpris_object_is_not_built;
#endif
