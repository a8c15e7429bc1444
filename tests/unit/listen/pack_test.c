// SPDX-License-Identifier: GPL-3.0-or-later
// Chains searched together, against the same searched one by one.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "listen/pack.h"
#include <cmocka.h>

#define SENONES 8
#define FRAMES  40
#define CHAINS  5
#define LONGEST 9

static struct senones senones;
static struct filler  filler;
static uint32_t       seed = 1;

static int
dice(int most)
{
    seed = seed * 1664525U + 1013904223U;
    return (int)(seed >> 16) % (most + 1);
}

static void
hear_anything(int frames)
{
    senones.frames = frames;
    for (int t = 0; t < frames; t++) {
        for (int s = 0; s < SENONES; s++)
            senones.costs[t * SENONES + s] = (int16_t)dice(90);
        filler.cost[t]       = dice(60);
        filler.before[t + 1] = filler.before[t] + filler.cost[t];
    }
}

// One letter a frame: the senone that costs nothing; all others cost 10.  A
// dot is silence: filler costs nothing, else it costs 20.
static void
hear(const char *frames)
{
    senones.frames = 0;
    for (int t = 0; frames[t]; t++) {
        for (int s = 0; s < SENONES; s++)
            senones.costs[t * SENONES + s] = frames[t] == '0' + s ? 0 : 10;
        filler.cost[t]       = frames[t] == '.' ? 0 : 20;
        filler.before[t + 1] = filler.before[t] + filler.cost[t];
        senones.frames       = t + 1;
    }
}

static struct chain_state states_of[CHAINS][LONGEST];
static struct chain       chains[CHAINS];

// A word of two states; the first of FIRST, the other of the next senone.
static void
make_word(int chain, int first)
{
    struct chain_state *s = states_of[chain];
    s[0] = (struct chain_state){(int16_t)first, -1, -1, 0, 0, 0, true, false};
    s[1] = s[0];
    s[1].senone++;
    s[1].before   = 0;
    s[1].ends     = true;
    chains[chain] = (struct chain){.states = s, .count = 2, .words = 1};
}

// Two words of two ways each, a pause allowed between them.
static void
make_phrase(int chain)
{
    static const int16_t before[LONGEST] = {-1, 0, -1, 2, -1, -1, 5, -1, 7};
    static const int16_t join[LONGEST]   = {-1, -1, -1, -1, 0, 0, -1, 0, -1};
    struct chain_state  *s               = states_of[chain];
    for (int i = 0; i < LONGEST; i++)
        s[i] =
            (struct chain_state){.senone = (int16_t)dice(SENONES - 1),
                                 .before = before[i],
                                 .join   = join[i],
                                 .cost = (int16_t)(before[i] < 0 ? dice(9) : 0),
                                 .starts = true,
                                 .ends   = i == 6 || i == 8};
    s[4].senone   = -1;
    s[4].cost     = 0;
    chains[chain] = (struct chain){
        .states = s, .count = LONGEST, .joins = {{{1, 3, 4}, 3}}, .words = 2};
}

// Two words of one way each, a pause allowed between them; two such begin
// alike.
static void
make_pair(int chain, int last)
{
    static const int16_t before[] = {-1, 0, -1, -1, 3};
    static const int16_t senone[] = {2, 5, -1, 1, 0};
    struct chain_state  *s        = states_of[chain];
    for (int i = 0; i < 5; i++)
        s[i] = (struct chain_state){.senone = senone[i],
                                    .before = before[i],
                                    .join   = i == 2 || i == 3 ? 0 : -1,
                                    .starts = true,
                                    .ends   = i == 4};
    s[4].senone   = (int16_t)last;
    chains[chain] = (struct chain){
        .states = s, .count = 5, .joins = {{{1, 2}, 2}}, .words = 2};
}

static int
make(void **state)
{
    (void)state;
    return senones_make(&senones, SENONES) ? 0 : -1;
}

static int
release(void **state)
{
    (void)state;
    senones_release(&senones);
    return 0;
}

static void
each_costs_what_it_costs_alone(void **state)
{
    (void)state;
    for (int n = 0; n < 200; n++) {
        struct pack pack;
        int         costs[CHAINS];
        make_phrase(0);
        make_word(1, dice(SENONES - 2));
        make_phrase(2);
        make_pair(3, 3);
        make_pair(4, 4);
        assert_true(pack_make(&pack, chains, CHAINS));
        hear_anything(n % FRAMES);
        pack_search(&pack, &senones, &filler, costs, 0, NULL);
        for (int c = 0; c < CHAINS; c++)
            assert_int_equal(costs[c],
                             route_find(&chains[c], &senones, &filler).cost);
        pack_release(&pack);
    }
}

static void
what_begins_alike_is_there_once(void **state)
{
    (void)state;
    struct pack pack;
    make_pair(0, 3);
    make_pair(1, 4);
    make_pair(2, 3);
    make_pair(3, 4);
    assert_true(pack_make(&pack, chains, 4));
    assert_int_equal(pack.states, 8); // six, and what fills them up
    pack_release(&pack);
}

static struct loop_path
loop_over_words(const char *frames)
{
    struct pack      pack;
    struct loop_path path;
    make_word(0, 0);
    make_word(1, 2);
    assert_true(pack_make(&pack, chains, 2));
    hear(frames);
    pack_search(&pack, &senones, &filler, NULL, 5, &path);
    pack_release(&pack);
    return path;
}

static void
a_loop_goes_through_several_words(void **state)
{
    (void)state;
    struct loop_path path = loop_over_words(".0011.2233.0011");
    assert_int_equal(path.cost, 15);
    assert_int_equal(path.before[0], 0);
    assert_int_equal(path.before[1], 0);
    assert_int_equal(path.before[6], 5);
    assert_int_equal(path.before[15], 15);
    assert_int_equal(path.count, 3);
    assert_int_equal(path.items[0].chain, 0);
    assert_int_equal(path.items[1].chain, 1);
    assert_int_equal(path.items[1].from, 6);
    assert_int_equal(path.items[1].to, 10);
    assert_int_equal(path.items[2].chain, 0);
}

static void
a_loop_over_silence_is_silence(void **state)
{
    (void)state;
    struct loop_path path = loop_over_words("........");
    assert_int_equal(path.cost, 0);
    assert_int_equal(path.count, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_costs_what_it_costs_alone),
        cmocka_unit_test(what_begins_alike_is_there_once),
        cmocka_unit_test(a_loop_goes_through_several_words),
        cmocka_unit_test(a_loop_over_silence_is_silence),
    };
    return cmocka_run_group_tests(tests, make, release);
}
