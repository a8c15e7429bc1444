// SPDX-License-Identifier: GPL-3.0-or-later
// Routes through made costs: two states a word, senone N for state N.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "listen/route.h"
#include <cmocka.h>
#include <string.h>

#define SENONES 8

static struct senones senones;
static struct filler  filler;

// A word of two states; the first of FIRST, the other of the next senone.
static struct chain_state states_of[2][2];
static struct chain       words[2];

static void
make_word(int word, int first)
{
    struct chain_state *s = states_of[word];
    s[0]                  = (struct chain_state){
                         .senone = (int16_t)first, .before = -1, .join = -1, .starts = true};
    s[1]        = (struct chain_state){.senone = (int16_t)(first + 1),
                                       .before = 0,
                                       .join   = -1,
                                       .starts = true,
                                       .ends   = true};
    words[word] = (struct chain){.states = s, .count = 2, .words = 1};
}

// One letter a frame: the senone that costs nothing; all others cost 10.  A
// dot is silence: filler costs nothing, else it costs 20.
static void
hear(const char *frames)
{
    senones.frames   = (int)strlen(frames);
    filler.before[0] = 0;
    for (int t = 0; t < senones.frames; t++) {
        bool silence = frames[t] == '.';
        for (int s = 0; s < SENONES; s++)
            senones.costs[t * SENONES + s] = frames[t] == '0' + s ? 0 : 10;
        filler.cost[t]       = silence ? 0 : 20;
        filler.before[t + 1] = filler.before[t] + filler.cost[t];
    }
}

static int
make(void **state)
{
    (void)state;
    make_word(0, 0);
    make_word(1, 2);
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
a_phrase_is_found_between_silences(void **state)
{
    (void)state;
    hear("...00011..");
    struct route route = route_find(&words[0], &senones, &filler);
    assert_int_equal(route.cost, 0);
    assert_int_equal(route.from, 3);
    assert_int_equal(route.to, 8);
}

static void
what_fits_badly_costs_what_its_frames_do(void **state)
{
    (void)state;
    hear("..02021..");
    assert_int_equal(route_find(&words[0], &senones, &filler).cost, 20);
    hear("..2233..");
    assert_int_equal(route_find(&words[0], &senones, &filler).cost, 40);
    assert_int_equal(route_find(&words[1], &senones, &filler).cost, 0);
}

static void
speech_beside_a_phrase_costs_as_filler(void **state)
{
    (void)state;
    hear("..0011....44");
    struct route route = route_find(&words[0], &senones, &filler);
    assert_int_equal(route.cost, 40); // the phrase drawn out would cost 60
    assert_int_equal(route.to, 6);
    hear("..001144");
    assert_int_equal(route_find(&words[0], &senones, &filler).cost, 20);
}

static void
fewer_frames_than_states_have_no_route(void **state)
{
    (void)state;
    hear("0");
    assert_int_equal(route_find(&words[0], &senones, &filler).cost, ROUTE_NONE);
    hear("");
    assert_int_equal(route_find(&words[0], &senones, &filler).cost, ROUTE_NONE);
}

static void
a_trace_tells_the_frames_and_costs_of_each_phone(void **state)
{
    struct route_pieces pieces;
    (void)state;
    hear(".000511..");
    assert_true(route_trace(&words[0], &senones, &filler, &pieces));
    assert_int_equal(pieces.count, 2);
    assert_int_equal(pieces.items[0].from, 1);
    assert_int_equal(pieces.items[1].from, pieces.items[0].to);
    assert_int_equal(pieces.items[1].to, 7);
    assert_int_equal(pieces.items[0].cost + pieces.items[1].cost, 10);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_phrase_is_found_between_silences),
        cmocka_unit_test(what_fits_badly_costs_what_its_frames_do),
        cmocka_unit_test(speech_beside_a_phrase_costs_as_filler),
        cmocka_unit_test(fewer_frames_than_states_have_no_route),
        cmocka_unit_test(a_trace_tells_the_frames_and_costs_of_each_phone),
    };
    return cmocka_run_group_tests(tests, make, release);
}
