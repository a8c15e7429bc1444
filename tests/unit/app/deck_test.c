// SPDX-License-Identifier: GPL-3.0-or-later
// An engine and its host are at one rate, whatever the device wants.
#include "app/deck.h"

#include "app/prepare.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct host host;
static unsigned    wanted[2]; // by the device, as often as it is opened
static int         opened, closed;

static enum status
open_fake(struct host **out, const struct host_config *config,
          host_render *render, void *ctx, struct diag *diag);

static enum status
close_fake(struct host *own, struct diag *diag)
{
    (void)diag;
    assert_ptr_equal(own, &host);
    closed++;
    return STATUS_OK;
}

static const struct host_ops fake = {"fake", open_fake, NULL, close_fake};

static enum status
open_fake(struct host **out, const struct host_config *config,
          host_render *render, void *ctx, struct diag *diag)
{
    float sound[64];

    assert_true(config->rate >= 8000);
    if (wanted[opened] == 0) {
        diag_set(diag, NULL, "nothing there");
        return STATUS_NO_DEVICE;
    }
    render(ctx, NULL, sound, 64); // the engine is there, and of this rate
    host = (struct host){.ops = &fake, .rate = wanted[opened++]};
    *out = &host;
    return STATUS_OK;
}

static enum status
open_deck(struct deck *deck, unsigned first, unsigned then, struct diag *diag)
{
    struct host_config config = {.rate = 1};

    opened = closed = 0;
    wanted[0]       = first;
    wanted[1]       = then;
    *deck           = (struct deck){NULL, NULL};
    return deck_open(deck, &fake, &config, diag);
}

static void
a_device_of_the_usual_rate_is_opened_once(void **state)
{
    struct deck deck;
    struct diag diag;

    (void)state;
    assert_int_equal(open_deck(&deck, PREPARE_RATE, 0, &diag), STATUS_OK);
    assert_int_equal(opened, 1);
    assert_int_equal(deck_hears(&deck, &diag), STATUS_NO_DEVICE);
    assert_string_equal(diag.text, "there is no microphone");
    deck_close(&deck);
    assert_int_equal(closed, 1);
    assert_null(deck.engine);
    deck_close(&deck);
}

static void
one_of_another_rate_gets_an_engine_of_that_rate(void **state)
{
    struct deck deck;
    struct diag diag;

    (void)state;
    assert_int_equal(open_deck(&deck, 44100, 44100, &diag), STATUS_OK);
    assert_int_equal(opened, 2);
    assert_int_equal(deck.host->rate, 44100);
    deck_close(&deck);
    assert_int_equal(closed, 2);
}

static void
one_that_cannot_decide_is_refused(void **state)
{
    struct deck deck;
    struct diag diag;

    (void)state;
    assert_int_equal(open_deck(&deck, 44100, 32000, &diag), STATUS_NO_DEVICE);
    assert_non_null(strstr(diag.text, "another rate each time"));
    assert_int_equal(closed, 2);
    assert_null(deck.host);
}

static void
what_cannot_be_opened_leaves_nothing_open(void **state)
{
    struct deck deck;
    struct diag diag;

    (void)state;
    assert_int_equal(open_deck(&deck, 0, 0, &diag), STATUS_NO_DEVICE);
    assert_string_equal(diag.text, "nothing there");
    assert_null(deck.engine);
    assert_int_equal(open_deck(&deck, 44100, 0, &diag), STATUS_NO_DEVICE);
    assert_null(deck.engine);
    assert_null(deck.host);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_device_of_the_usual_rate_is_opened_once),
        cmocka_unit_test(one_of_another_rate_gets_an_engine_of_that_rate),
        cmocka_unit_test(one_that_cannot_decide_is_refused),
        cmocka_unit_test(what_cannot_be_opened_leaves_nothing_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
