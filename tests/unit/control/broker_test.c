// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/broker.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
a_host_is_a_name_or_an_address_and_may_have_a_port(void **state)
{
    static const struct {
        const char *text, *host;
        int         port;
    } known[] = {
        {"broker.lan", "broker.lan", 0},
        {"broker.lan:8883", "broker.lan", 8883},
        {"127.0.0.1:1", "127.0.0.1", 1},
        {"::1", "::1", 0},
        {"fe80::1%eth0", "fe80::1%eth0", 0},
        {"[::1]", "::1", 0},
        {"[::1]:65535", "::1", 65535},
    };
    struct broker broker;
    struct diag   diag;

    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        assert_true(broker_read(&broker, known[i].text, &diag));
        assert_string_equal(broker.host, known[i].host);
        assert_int_equal(broker.port, known[i].port);
    }
}

static void
a_port_is_a_number_that_fits(void **state)
{
    static const char *const wrong[] = {"a:b",     "a:",      "a:0",
                                        "a:65536", "a: 1",    "a:+1",
                                        "a:1x",    "[::1]:x", "a:99999999999"};
    struct broker            broker;
    struct diag              diag;

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(broker_read(&broker, wrong[i], &diag));
        assert_non_null(strstr(diag.text, "is no port"));
    }
}

static void
a_host_is_not_empty_and_not_endless(void **state)
{
    char          endless[300];
    struct broker broker;
    struct diag   diag;

    (void)state;
    memset(endless, 'a', sizeof endless - 1);
    endless[sizeof endless - 1] = '\0';
    assert_false(broker_read(&broker, "", &diag));
    assert_false(broker_read(&broker, ":1883", &diag));
    assert_false(broker_read(&broker, endless, &diag));
    endless[255] = '\0';
    assert_true(broker_read(&broker, endless, &diag));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_host_is_a_name_or_an_address_and_may_have_a_port),
        cmocka_unit_test(a_port_is_a_number_that_fits),
        cmocka_unit_test(a_host_is_not_empty_and_not_endless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
