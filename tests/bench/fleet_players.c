// SPDX-License-Identifier: GPL-3.0-or-later
#include "fleet_players.h"

#include "base/text.h"
#include "control/control.h"
#include "fleet_broker.h"
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CREW   100
#define CREWS  (FLEET_MOST / CREW)
#define LENGTH 40 // seconds of a segment

struct fleet_player {
    struct board   *board;
    struct control *control;
    struct state    state;
    double          begun; // the segment
    char            room[32];
};

struct crew { // a process of players, as it tells of itself
    double cpu;
    double memory;
};

struct shared {
    volatile int    step; // ms
    volatile double told[FLEET_MOST];
    struct crew     crews[CREWS];
};

static struct fleet_player players[CREW];
static struct shared      *shared;
static pid_t               crews[CREWS];
static int                 players_count;

static void
begin_session(struct state *state)
{
    state_clear(state);
    state->activity = ACTIVITY_PLAYING;
    state->length   = LENGTH;
    state->sets     = 3;
    state->set      = 1;
    state->volume   = 73;
    text_copy(state->selected, sizeof state->selected, "upper-back");
    text_copy(state->routine, sizeof state->routine, "upper-back");
    text_copy(state->title, sizeof state->title, "Upper back release");
    text_copy(state->kind, sizeof state->kind, "work");
    text_copy(state->exercise, sizeof state->exercise, "trapezius");
    text_copy(state->exercise_title, sizeof state->exercise_title, "Trapezius");
}

static enum status
open_one(struct fleet_player *player, int number, int port, struct diag *diag)
{
    struct mqtt_config mqtt = {
        .host = "127.0.0.1", .port = port, .groups = 1, .group = {FLEET_CLASS}};
    struct control_config config = {.mqtt = &mqtt};

    snprintf(player->room, sizeof player->room, "room-%04d", number);
    mqtt.room      = player->room;
    enum status st = board_new(&player->board);
    if (st) return st;
    begin_session(&player->state);
    board_publish(player->board, &player->state, 0);
    return control_open(&player->control, player->board, &config, diag);
}

static void
take_wishes(struct fleet_player *player, int number, double now)
{
    struct wish wish;

    while (board_wish(player->board, &wish)) {
        if (shared->told[number] == 0) shared->told[number] = now;
        player->state.commands++;
        text_copy(player->state.command, sizeof player->state.command,
                  command_name(wish.command));
        text_copy(player->state.source, sizeof player->state.source,
                  source_name(wish.source));
    }
}

static void
turn(int first, int count, double now)
{
    for (int i = 0; i < count; i++) {
        struct fleet_player *player = &players[i];

        take_wishes(player, first + i, now);
        // spread out, so that segments do not begin all at once
        if (player->begun == 0) player->begun = now - (first + i) % LENGTH;
        if (now - player->begun >= LENGTH) {
            player->begun += LENGTH;
            player->state.step++;
            player->state.set = player->state.set % 3 + 1;
        }
        player->state.position = (int)(now - player->begun);
        board_publish(player->board, &player->state, now - player->begun);
    }
}

static double
own_memory(void) // KiB
{
    long  size = 0, pages = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    if (!file) return 0;
    if (fscanf(file, "%ld %ld", &size, &pages) != 2) pages = 0;
    fclose(file);
    return (double)pages * (double)sysconf(_SC_PAGESIZE) / 1024;
}

static double
own_cpu(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

// A process of its own, until it is ended.
static void
run_crew(struct crew *crew, int first, int count, int port)
{
    struct diag diag   = {""};
    double      before = own_memory(), looked = 0;

    for (int i = 0; i < count; i++) {
        if (open_one(&players[i], first + i, port, &diag)) _exit(1);
    }
    for (;;) {
        double now = bench_now();
        turn(first, count, now);
        crew->cpu = own_cpu();
        if (now - looked > 1) crew->memory = own_memory() - before;
        if (now - looked > 1) looked = now;
        nanosleep(&(struct timespec){.tv_nsec = shared->step * 1000000L}, NULL);
    }
}

enum status
fleet_open(int count, int port, struct diag *diag)
{
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
                  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) return STATUS_NO_MEMORY;
    shared->step  = 100;
    players_count = count;
    for (int i = 0; i * CREW < count; i++) {
        int left = count - i * CREW;
        crews[i] = fork();
        if (crews[i] == 0)
            run_crew(&shared->crews[i], i * CREW, left < CREW ? left : CREW,
                     port);
        if (crews[i] > 0) continue;
        diag_set(diag, NULL, "no process could be started");
        return STATUS_FAILED;
    }
    return STATUS_OK;
}

void
fleet_close(void)
{
    for (int i = 0; i < CREWS; i++) {
        if (crews[i] <= 0) continue;
        kill(crews[i], SIGKILL);
        waitpid(crews[i], NULL, 0);
        crews[i] = 0;
    }
}

void
fleet_step(int ms)
{
    shared->step = ms;
}

void
fleet_expect(void)
{
    for (int i = 0; i < players_count; i++) shared->told[i] = 0;
}

const volatile double *
fleet_told(int *missing)
{
    *missing = 0;
    for (int i = 0; i < players_count; i++) *missing += shared->told[i] == 0;
    return shared->told;
}

double
fleet_cpu(void)
{
    double all = 0;
    for (int i = 0; i < CREWS; i++) all += shared->crews[i].cpu;
    return all;
}

double
fleet_memory(void)
{
    double all = 0;
    for (int i = 0; i < CREWS; i++) all += shared->crews[i].memory;
    return all;
}
