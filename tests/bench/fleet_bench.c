// SPDX-License-Identifier: GPL-3.0-or-later
// A clinic on one broker: what a class of many players costs, how soon a word
// reaches all of them, what a restart and a slow subscriber do.
//
// bench_fleet [--json] [PLAYERS [SECONDS]]
#include "base/log.h"
#include "fleet_broker.h"
#include "fleet_players.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE 30 // seconds
#define ROUNDS   10

struct figures {
    int    players;
    double connect;     // s until all are there
    double memory;      // KiB a player
    double cpu;         // percent of a core a player
    double broker_cpu;  // percent of a core
    double broker_size; // MiB
    double rate;        // messages a second
    double word[3];     // ms: half of all, 99 of 100, the last
    double status[3];   // ms, until their new state is seen
    double restart;     // s until all are there again
    double slow[3];     // as word, with a subscriber that reads nothing
    int    lost;        // words that did not come
};

static void
rest(int ms)
{
    nanosleep(&(struct timespec){.tv_nsec = ms * 1000000L}, NULL);
}

// Seconds until all are online; PATIENCE: not all are.
static double
until_online(int players)
{
    double begin = bench_now();
    while (watcher_online() < players && bench_now() - begin < PATIENCE)
        rest(20);
    return bench_now() - begin;
}

static int
by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void
summarize(double out[3], double *all, int count)
{
    if (count == 0) return;
    qsort(all, (size_t)count, sizeof *all, by_size);
    out[0] = all[count / 2] * 1000;
    out[1] = all[count * 99 / 100] * 1000;
    out[2] = all[count - 1] * 1000;
}

// One word to the class, again and again: when each player has it, and when
// each player's answering state is seen.
static void
measure_word(struct figures *f, double word[3], double status[3])
{
    static double heard[ROUNDS * FLEET_MOST], seen[ROUNDS * FLEET_MOST];
    int           heards = 0, seens = 0;

    fleet_step(10); // as a session looks
    for (int round = 0; round < ROUNDS; round++) {
        int missing = f->players;
        fleet_expect();
        watcher_forget();
        double                 begin = bench_now();
        const volatile double *told  = NULL;
        watcher_tell(round % 2 ? "louder" : "quieter");
        while (missing && bench_now() - begin < 3) {
            rest(1);
            told = fleet_told(&missing);
        }
        for (int i = 0; i < 50; i++) rest(10);
        f->lost += missing;
        for (int i = 0; told && i < f->players; i++) {
            double at = watcher_status(i);
            if (told[i] > 0) heard[heards++] = told[i] - begin;
            if (at > begin) seen[seens++] = at - begin;
        }
    }
    fleet_step(100);
    summarize(word, heard, heards);
    if (status) summarize(status, seen, seens);
}

static void
measure_load(struct figures *f, int seconds)
{
    double broker_before, broker_after, size;
    double cpu = fleet_cpu(), begin = bench_now();
    long   messages = watcher_messages();

    broker_usage(&broker_before, &size);
    while (bench_now() - begin < seconds) rest(100);
    double took = bench_now() - begin;
    broker_usage(&broker_after, &size);
    f->cpu         = (fleet_cpu() - cpu) / took * 100 / f->players;
    f->broker_cpu  = (broker_after - broker_before) / took * 100;
    f->broker_size = size / 1048576;
    f->rate        = (double)(watcher_messages() - messages) / took;
}

static enum status
measure(struct figures *f, int seconds, struct diag *diag)
{
    int         port = 0;
    enum status st   = broker_start(&port, diag);
    if (!st) st = watcher_open(port, diag);
    if (!st) st = fleet_open(f->players, port, diag);
    if (st) return st;

    f->connect = until_online(f->players);
    rest(900);
    rest(900);
    f->memory = fleet_memory() / f->players;
    measure_load(f, seconds);
    measure_word(f, f->word, f->status);
    broker_stop();
    for (int i = 0; i < 50; i++) rest(20);
    watcher_forget();
    st = broker_start(&port, diag);
    if (st) return st;
    f->restart = until_online(f->players);
    st         = dawdler_open(port);
    if (!st) measure_word(f, f->slow, NULL);
    return st;
}

static void
print_table(const struct figures *f)
{
    printf("%d players, one mosquitto, this machine for all of them\n",
           f->players);
    printf("  %-44s %8.1f s\n", "all connected after", f->connect);
    printf("  %-44s %8.0f KiB\n", "memory of a player", f->memory);
    printf("  %-44s %8.3f %%\n", "a core, for a player in a session", f->cpu);
    printf("  %-44s %8.1f %%\n", "a core, for the broker", f->broker_cpu);
    printf("  %-44s %8.1f MiB\n", "memory of the broker", f->broker_size);
    printf("  %-44s %8.0f /s\n", "messages", f->rate);
    printf("  %-44s %6.0f %6.0f %6.0f ms\n",
           "a word to the class: half, 99 %, last", f->word[0], f->word[1],
           f->word[2]);
    printf("  %-44s %6.0f %6.0f %6.0f ms\n", "until their state is seen",
           f->status[0], f->status[1], f->status[2]);
    printf("  %-44s %8.1f s\n", "all back after the broker's restart",
           f->restart);
    printf("  %-44s %6.0f %6.0f %6.0f ms\n",
           "a word, with a subscriber that reads nothing", f->slow[0],
           f->slow[1], f->slow[2]);
    printf("  %-44s %8d\n", "words that did not come", f->lost);
}

static void
print_json(const struct figures *f)
{
    printf("{\"players\":%d,\"connect_s\":%.2f,\"memory_kib\":%.0f,"
           "\"cpu_percent\":%.4f,\"broker_cpu_percent\":%.2f,"
           "\"broker_mib\":%.1f,\"messages_per_s\":%.0f,"
           "\"word_ms\":[%.1f,%.1f,%.1f],\"status_ms\":[%.1f,%.1f,%.1f],"
           "\"restart_s\":%.2f,\"slow_word_ms\":[%.1f,%.1f,%.1f],"
           "\"lost\":%d}\n",
           f->players, f->connect, f->memory, f->cpu, f->broker_cpu,
           f->broker_size, f->rate, f->word[0], f->word[1], f->word[2],
           f->status[0], f->status[1], f->status[2], f->restart, f->slow[0],
           f->slow[1], f->slow[2], f->lost);
}

int
main(int argc, char **argv)
{
    bool           json  = argc > 1 && strcmp(argv[1], "--json") == 0;
    char         **words = argv + (json ? 2 : 1);
    struct figures f     = {.players = 500};
    struct diag    diag  = {""};
    struct rlimit  files;
    int            seconds = 20;

    if (words[0]) f.players = (int)strtol(words[0], NULL, 10);
    if (words[0] && words[1]) seconds = (int)strtol(words[1], NULL, 10);
    if (f.players < 1 || f.players > FLEET_MOST || seconds < 1) {
        fprintf(stderr, "bench_fleet [--json] [PLAYERS [SECONDS]]\n");
        return 2;
    }
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) { // a dozen a player
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
    log_level(LOG_ERROR); // that the broker goes is meant
    enum status st = measure(&f, seconds, &diag);
    dawdler_close();
    fleet_close();
    watcher_close();
    broker_stop();
    if (st)
        fprintf(stderr, "bench_fleet: %s\n", diag.text);
    else if (json)
        print_json(&f);
    else
        print_table(&f);
    return st ? 1 : 0;
}
