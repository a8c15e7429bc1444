// SPDX-License-Identifier: GPL-3.0-or-later
// The connection to a broker, where there is none.
#include "control/mqtt.h"

#include <netdb.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

static atomic_bool asked, answers, answered;

static void
wait_for(atomic_bool *flag)
{
    struct timespec step = {.tv_nsec = 5000000};
    while (!atomic_load(flag)) nanosleep(&step, NULL);
}

// A name server that takes its time, in place of the C library's.
int // NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name)
getaddrinfo(const char *node, const char *service, const struct addrinfo *hints,
            struct addrinfo **found)
{
    (void)node;
    (void)service;
    (void)hints;
    (void)found;
    atomic_store(&asked, true);
    wait_for(&answers);
    atomic_store(&answered, true);
    return EAI_AGAIN;
}

static void
a_name_server_that_does_not_answer_holds_up_no_end(void **state)
{
    struct mqtt_config config = {.host = "broker.lan", .room = "den"};
    struct diag        diag   = {""};
    struct board      *board  = NULL;
    struct mqtt       *mqtt   = NULL;

    (void)state;
    assert_int_equal(board_new(&board), STATUS_OK);
    enum status st = mqtt_open(&mqtt, board, &config, &diag);
    if (st == STATUS_NOT_FOUND) skip(); // built without
    assert_int_equal(st, STATUS_OK);
    wait_for(&asked);
    mqtt_close(mqtt);
    assert_false(atomic_load(&answered));
    board_free(board);
    atomic_store(&answers, true); // the thread ends, and touches nothing of it
    wait_for(&answered);
}

static void
a_name_has_letters_digits_and_two_signs(void **state)
{
    (void)state;
    assert_true(mqtt_is_name("Den-2_b"));
    assert_false(mqtt_is_name(""));
    assert_false(mqtt_is_name("den/2"));
    assert_false(mqtt_is_name("den+"));
    assert_false(mqtt_is_name("küche"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_server_that_does_not_answer_holds_up_no_end),
        cmocka_unit_test(a_name_has_letters_digits_and_two_signs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
