// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/recover.h"

#include "app/interrupt.h"
#include "app/opening.h"
#include "base/log.h"
#include "base/notify.h"
#include <time.h>

static const struct command_source device = {.name = "device"};

void
recover_pause(struct player *p, int64_t frame)
{
    uint64_t allowed = session_commands(&p->session);

    again_save(&p->again, &p->session, &p->prepared.plans, frame);
    bool cut_short  = p->again.session.cut_short;
    p->again.paused = !(allowed >> COMMAND_PAUSE & 1);
    if (!p->again.paused) player_command(p, frame, COMMAND_PAUSE, &device);
    again_save(&p->again, &p->session, &p->prepared.plans, frame);
    p->again.session.cut_short = cut_short;
}

void
recover_begin_return(struct player *p, int64_t frame)
{
    if (session_commands(&p->session) >> COMMAND_WHERE & 1)
        player_command(p, frame, COMMAND_WHERE, &device);
    p->returning = !p->again.paused;
}

void
recover_come_back(struct player *p, int64_t frame)
{
    if (!p->returning || p->session.aside.length) return;
    if (session_commands(&p->session) >> COMMAND_RESUME & 1)
        player_command(p, frame, COMMAND_RESUME, &device);
    p->returning = false;
}

// Where nothing of the sound system can be used any more, in a new process;
// where there can be none, this one waits on.
static void
start_afresh(struct player *p)
{
    if (!p->options->arguments) return;
    log_print(LOG_WARNING, "the sound system hangs; starting afresh");
    if (p->diary) p->again.thread = diary_thread(p->diary);
    diary_close(p->diary, p->again.frame, "", true);
    p->diary = p->stage.diary = NULL;
    again_start(&p->again, p->options->arguments); // every event is written
    p->bookmark.thread = p->again.thread;
    player_keep(p);
}

// False where the person does not want to wait any longer.
static bool
wait_ms(int ms)
{
    struct timespec step = {.tv_nsec = 50000000};
    for (; ms > 0 && !interrupted(); ms -= 50) {
        notify_alive();
        nanosleep(&step, NULL);
    }
    return !interrupted();
}

static enum status
reopen(struct player *p)
{
    unsigned    rate = p->prepared.voice.rate;
    enum status st   = opening_open_device(p, rate, &p->run_diag);

    if (st || p->host->rate == rate) return st;
    p->host->ops->close(p->host, NULL);
    p->host = NULL;
    diag_set(&p->run_diag, NULL, "the sound device came back at another rate");
    return STATUS_NO_DEVICE;
}

enum status
recover_device(struct player *p, int64_t lead)
{
    int64_t     frame = player_rendered(p) + lead;
    enum status st;

    if (p->options->print) console_clear(&p->console);
    log_print(LOG_WARNING, "%s  Waiting for it to come back.",
              p->run_diag.text);
    events_plain(p->events, frame, "lost");
    diary_device(p->diary, frame, "lost");
    recover_pause(p, frame);
    st      = p->host->ops->close(p->host, &p->run_diag);
    p->host = NULL;
    for (int ms = 100;; ms = ms < 1000 ? 2 * ms : 2000) {
        if (st == STATUS_LOST) start_afresh(p);
        if (!wait_ms(ms)) break;
        st = reopen(p);
        if (!st) break;
    }
    if (!p->host) {
        p->stage.ended = "interrupted";
        p->stage.end   = frame;
        return STATUS_OK;
    }
    health_begin(p);
    if (p->ears) ears_renew(p->ears);
    if (p->host->note) log_print(LOG_WARNING, "%s", p->host->note);
    events_plain(p->events, frame, "back");
    recover_begin_return(p, frame);
    return STATUS_OK;
}

enum status
recover_later(struct player *p, struct player_result *result, struct diag *diag)
{
    int tries = p->again.tries++;

    if (wait_ms(tries < 5 ? 100 << tries : 3000))
        again_start(&p->again, p->options->arguments);
    events_close(p->events, NULL);
    p->events = NULL;
    enum status st =
        events_open(&p->events, p->options->events, PREPARE_RATE, true, diag);
    if (!st) events_end(p->events, p->again.frame, "interrupted");
    result->ended   = "interrupted";
    result->seconds = (double)p->again.frame / PREPARE_RATE;
    return st;
}
