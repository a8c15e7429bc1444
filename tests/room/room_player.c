// SPDX-License-Identifier: GPL-3.0-or-later
// room_player TICKS [HEARD.wav [OUTPUT [INPUT]]]: a tick of 20 ms each second
// through the device host, the first at frame 0, ending with the last one; what
// the microphone hears goes to a file.  OUTPUT and INPUT are parts of devices'
// names.  Prints "ready" when frames begin to count, at the end a line of
// figures, and the host's note where it has one.
#include "audio/engine.h"
#include "audio/host.h"
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>

enum { RATE = 48000, TICK = 960 };

struct player {
    struct engine *engine;
    struct host   *host;
    SNDFILE       *heard;
    int64_t        pairs; // written to HEARD
    int            ticks;
};

static int
give_up(const char *why)
{
    fprintf(stderr, "room_player: %s\n", why);
    return 1;
}

// A square wave of 1 kHz: loud from its first sample on.
static struct pcm *
make_tick(void)
{
    struct pcm *pcm = pcm_new(RATE, TICK);
    for (int i = 0; pcm && i < TICK; i++)
        pcm->samples[i] = i / 24 % 2 ? -0.5F : 0.5F;
    return pcm;
}

static bool
ask_for_ticks(struct player *player)
{
    struct pcm *tick = make_tick();
    bool        ok   = tick != NULL;

    for (int i = 0; ok && i < player->ticks; i++)
        ok = engine_play(player->engine, LAYER_TONE, tick, (int64_t)i * RATE);
    pcm_drop(tick);
    return ok;
}

static void
write_heard(struct player *player)
{
    static struct heard_frame pairs[4800];
    static float              samples[4800];
    int64_t                   first;
    size_t                    count;

    while ((count = engine_heard(player->engine, pairs, 4800, &first)) > 0) {
        for (size_t i = 0; i < count; i++) samples[i] = pairs[i].microphone;
        if (player->heard)
            sf_write_float(player->heard, samples, (sf_count_t)count);
        player->pairs += (int64_t)count;
    }
}

static int
run(struct player *player)
{
    struct diag diag = {0};
    int64_t     last = (int64_t)(player->ticks - 1) * RATE + TICK;

    puts("ready");
    fflush(stdout);
    while (engine_frames(player->engine) < last) {
        if (player->host->ops->run(player->host, 480, &diag))
            return give_up(diag.text);
        write_heard(player);
        engine_collect(player->engine);
    }
    printf("frames %lld heard %lld late %u latency %lld hears %d\n",
           (long long)engine_frames(player->engine), (long long)player->pairs,
           engine_late(player->engine), (long long)player->host->latency,
           player->host->hears);
    if (player->host->note) printf("%s\n", player->host->note);
    return 0;
}

static int
open_and_run(struct player *player, const struct host_config *config)
{
    struct diag diag = {0};

    if (engine_new(&player->engine, RATE, true) || !ask_for_ticks(player))
        return give_up("no memory");
    if (host_portaudio.open(&player->host, config, engine_render,
                            player->engine, &diag))
        return give_up(diag.text);
    int st = run(player);
    if (player->host->ops->close(player->host, &diag)) st = give_up(diag.text);
    return st;
}

int
main(int argc, char **argv)
{
    struct player      player = {0};
    struct host_config config = {.rate = RATE, .listen = true};
    SF_INFO            info   = {.samplerate = RATE,
                                 .channels   = 1,
                                 .format     = SF_FORMAT_WAV | SF_FORMAT_PCM_16};

    if (argc < 2) return give_up("TICKS [HEARD.wav [OUTPUT [INPUT]]]");
    player.ticks = atoi(argv[1]);
    if (argc > 2) player.heard = sf_open(argv[2], SFM_WRITE, &info);
    if (argc > 3) config.output = argv[3];
    if (argc > 4) config.input = argv[4];
    int st = open_and_run(&player, &config);
    engine_free(player.engine);
    if (player.heard) sf_close(player.heard);
    return st;
}
