// SPDX-License-Identifier: GPL-3.0-or-later
// The socket as clients see it, with a board that nobody plays behind.
#include "control/control.h"

#include "control/client.h"
#include "control/endpoint.h"
#include "control/server.h"
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define PATIENCE_MS 60000

static char            folder[] = "/tmp/rollcall-server-XXXXXX";
static char            path[64];
static struct board   *board;
static struct control *control;

static int
begin(void **state)
{
    struct control_config config = {.socket = path};
    struct state          shown;
    struct diag           diag = {""};

    (void)state;
    assert_int_equal(board_new(&board), STATUS_OK);
    state_clear(&shown);
    strcpy(shown.selected, "lats");
    board_publish(board, &shown, 0);
    assert_int_equal(control_open(&control, board, &config, &diag), STATUS_OK);
    return 0;
}

static int
end(void **state)
{
    (void)state;
    control_close(control);
    board_free(board);
    assert_int_not_equal(access(path, F_OK), 0);
    return 0;
}

static int
client(void)
{
    int fd = -1;
    assert_int_equal(endpoint_connect(&fd, path, NULL), STATUS_OK);
    return fd;
}

// The next line; "" at the end.
static const char *
line_of(int fd)
{
    static char   line[8192];
    size_t        length = 0;
    struct pollfd ready  = {.fd = fd, .events = POLLIN};

    while (length + 1 < sizeof line) {
        assert_int_equal(poll(&ready, 1, PATIENCE_MS), 1);
        if (read(fd, line + length, 1) <= 0 || line[length] == '\n') break;
        length++;
    }
    line[length] = '\0';
    return line;
}

static void
send_text(int fd, const char *text)
{
    assert_int_equal(send(fd, text, strlen(text), MSG_NOSIGNAL), strlen(text));
}

static struct wish
wished(void)
{
    struct wish wish;
    for (int i = 0; i < PATIENCE_MS / 10; i++) {
        if (board_wish(board, &wish)) return wish;
        board_sleep(board, 10);
    }
    fail_msg("nothing was wished for");
    return wish;
}

static void
the_state_comes_first_and_whole(void **state)
{
    int fd = client();

    (void)state;
    assert_non_null(strstr(line_of(fd), "{\"event\":\"state\",\"state\":{"
                                        "\"state\":\"idle\""));
    close(fd);
}

static void
nobody_else_may_open_the_socket(void **state)
{
    struct stat info;

    (void)state;
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
}

static void
an_answer_finds_its_client_by_its_id(void **state)
{
    int         one = client(), two = client();
    struct wish first, second;

    (void)state;
    line_of(one);
    line_of(two);
    send_text(one, "{\"id\":1,\"do\":\"command\",\"command\":\"pause\"}\n");
    first = wished();
    assert_int_equal(first.command, COMMAND_PAUSE);
    assert_int_equal(first.source, SOURCE_SOCKET);
    send_text(two, "{\"id\":1,\"do\":\"command\",\"command\":\"next\"}\n");
    second = wished();
    board_answer(board, &second, OUTCOME_DECLINED, "not now");
    board_answer(board, &first, OUTCOME_DONE, "");
    assert_string_equal(line_of(one), "{\"id\":1,\"ok\":true}");
    assert_string_equal(line_of(two),
                        "{\"id\":1,\"error\":{\"code\":\"declined\","
                        "\"message\":\"not now\"}}");
    close(one);
    close(two);
}

static void
a_refusal_is_for_the_way_it_was_asked_by(void **state)
{
    struct wish        mqtt = {.source = SOURCE_MQTT, .token = 2}, wish, class;
    struct board_reply reply;
    int                fd = client();

    (void)state;
    line_of(fd);
    send_text(fd, "{\"id\":7,\"do\":\"command\",\"command\":\"pause\"}\n");
    wish  = wished();
    class = (struct wish){.source = SOURCE_MQTT};
    board_answer(board, &mqtt, OUTCOME_UNKNOWN, "no such routine");
    board_answer(board, &class, OUTCOME_IDLE, "nothing is being played");
    board_answer(board, &wish, OUTCOME_DONE, "");
    assert_string_equal(line_of(fd), "{\"id\":7,\"ok\":true}");
    assert_false(board_next_answer(board, SOURCE_MPRIS, &reply));
    assert_true(board_next_answer(board, SOURCE_MQTT, &reply));
    assert_int_equal(reply.token, 2);
    assert_int_equal(reply.outcome, OUTCOME_UNKNOWN);
    assert_string_equal(reply.text, "no such routine");
    assert_false(board_next_answer(board, SOURCE_MQTT, &reply));
    close(fd);
}

static void
only_a_subscriber_hears_of_events(void **state)
{
    int          one = client(), two = client();
    struct state shown;

    (void)state;
    line_of(one);
    line_of(two);
    send_text(one, "{\"id\":1,\"do\":\"subscribe\"}\n");
    assert_string_equal(line_of(one), "{\"id\":1,\"ok\":true}");
    assert_non_null(strstr(line_of(one), "\"selected\":\"lats\""));
    board_event(board, "{\"event\":\"say\"}");
    assert_string_equal(line_of(one), "{\"event\":\"say\"}");
    state_clear(&shown);
    shown.activity = ACTIVITY_PLAYING;
    board_publish(board, &shown, 0);
    assert_non_null(strstr(line_of(one), "\"playing\""));
    send_text(two, "{\"id\":2,\"do\":\"unsubscribe\"}\n");
    assert_string_equal(line_of(two), "{\"id\":2,\"ok\":true}");
    close(one);
    close(two);
}

// It reads nothing; the player is never kept waiting, the others go on.
static void
a_client_that_does_not_read_is_let_go(void **state)
{
    int         slow = client(), other = client();
    struct wish wish;

    (void)state;
    line_of(other);
    send_text(slow, "{\"id\":1,\"do\":\"subscribe\"}\n");
    for (int i = 0; i < 400; i++) {
        char event[3000];
        memset(event, 'x', sizeof event - 1);
        event[sizeof event - 1] = '\0';
        board_event(board, event);
        if (i % 50) continue;
        send_text(other, "{\"id\":2,\"do\":\"mute\"}\n");
        wish = wished();
        board_answer(board, &wish, OUTCOME_DONE, "");
        assert_string_equal(line_of(other), "{\"id\":2,\"ok\":true}");
    }
    while (*line_of(slow)) {
    }
    close(slow);
    close(other);
}

static void
requests_that_wait_are_bounded(void **state)
{
    int fd = client();

    (void)state;
    line_of(fd);
    for (int i = 0; i < 9; i++) send_text(fd, "{\"id\":1,\"do\":\"mute\"}\n");
    assert_non_null(strstr(line_of(fd), "\"too_many\""));
    close(fd);
}

static void
one_client_too_many_is_told_and_sent_away(void **state)
{
    struct client_link *link   = NULL;
    json_t             *answer = NULL;
    struct diag         diag   = {""};
    int                 fds[SERVER_MOST_CLIENTS + 1];

    (void)state;
    for (int i = 0; i <= SERVER_MOST_CLIENTS; i++) {
        bool full        = i == SERVER_MOST_CLIENTS;
        fds[i]           = client();
        const char *line = line_of(fds[i]);
        assert_non_null(strstr(line, full ? "\"full\"" : "\"state\""));
    }
    assert_string_equal(line_of(fds[SERVER_MOST_CLIENTS]), "");

    setenv("ROLLCALL_SOCKET", path, 1);
    assert_int_equal(client_open(&link, &diag), STATUS_OK);
    assert_int_equal(
        client_ask(link, json_pack("{s:s}", "do", "state"), &answer, &diag),
        STATUS_FAILED);
    assert_non_null(strstr(diag.text, "too many programs"));
    client_close(link);
    for (int i = 0; i <= SERVER_MOST_CLIENTS; i++) close(fds[i]);
}

// A device may have a name in some other encoding.
static void
a_problem_that_is_no_utf8_is_told(void **state)
{
    struct state shown;

    (void)state;
    state_clear(&shown);
    strcpy(shown.problem, "M\xfcller");
    board_publish(board, &shown, 0);
    int fd = client();
    assert_non_null(strstr(line_of(fd), "\"problem\":\"M?ller\""));
    close(fd);
}

static void
a_second_daemon_is_refused_and_says_why(void **state)
{
    struct diag diag = {""};
    int         fd   = -1;

    (void)state;
    assert_int_equal(endpoint_listen(&fd, path, &diag), STATUS_BAD_INPUT);
    assert_non_null(strstr(diag.text, "another 'rollcall serve' is running"));
}

static void
a_socket_of_somebody_else_is_left_alone(void **state)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct diag        diag    = {""};
    int                fd      = socket(AF_UNIX, SOCK_DGRAM, 0);
    int                other   = -1;

    (void)state;
    snprintf(address.sun_path, sizeof address.sun_path, "%s/other", folder);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(endpoint_listen(&other, address.sun_path, &diag),
                     STATUS_FAILED);
    assert_non_null(strstr(diag.text, "cannot be reached"));
    assert_int_equal(unlink(address.sun_path), 0);
    close(fd);
}

// One of several daemons: BEGIN ends when they may begin, FINISH when all have
// tried.
static void
try_to_listen(const char *place, int begin, int told, int finish)
{
    struct diag diag = {""};
    int         fd   = -1;
    char        byte;

    if (read(begin, &byte, 1) != 0) _exit(1);
    enum status st = endpoint_listen(&fd, place, &diag);
    if (write(told, st ? "n" : "y", 1) != 1) _exit(1);
    _exit(read(finish, &byte, 1) == 0 ? 0 : 1);
}

#define FAMILY 6

static int
start_family(const char *place)
{
    int  begin[2], told[2], finish[2], fd = -1, listening = 0;
    char said;

    assert_int_equal(pipe(begin) + pipe(told) + pipe(finish), 0);
    for (int i = 0; i < FAMILY; i++) {
        if (fork() != 0) continue;
        close(begin[1]);
        close(finish[1]);
        try_to_listen(place, begin[0], told[1], finish[0]);
    }
    close(begin[1]);
    for (int i = 0; i < FAMILY; i++) {
        assert_int_equal(read(told[0], &said, 1), 1);
        listening += said == 'y';
    }
    assert_int_equal(endpoint_connect(&fd, place, NULL), STATUS_OK);
    close(fd);
    close(finish[1]);
    for (int i = 0; i < FAMILY; i++) wait(NULL);
    close(begin[0]);
    close(finish[0]);
    close(told[0]);
    close(told[1]);
    return listening;
}

// Each time they find the socket of one that has gone.
static void
of_daemons_that_start_together_one_is_there(void **state)
{
    char place[80];

    (void)state;
    snprintf(place, sizeof place, "%s/many", folder);
    for (int i = 0; i < 40; i++) assert_int_equal(start_family(place), 1);
    assert_int_equal(unlink(place), 0);
}

static int
make_folder(void **state)
{
    (void)state;
    if (!mkdtemp(folder)) return -1;
    snprintf(path, sizeof path, "%s/socket", folder);
    return 0;
}

static int
remove_folder(void **state)
{
    (void)state;
    return rmdir(folder);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_state_comes_first_and_whole),
        TEST(nobody_else_may_open_the_socket),
        TEST(an_answer_finds_its_client_by_its_id),
        TEST(a_refusal_is_for_the_way_it_was_asked_by),
        TEST(only_a_subscriber_hears_of_events),
        TEST(a_client_that_does_not_read_is_let_go),
        TEST(requests_that_wait_are_bounded),
        TEST(one_client_too_many_is_told_and_sent_away),
        TEST(a_problem_that_is_no_utf8_is_told),
        TEST(a_second_daemon_is_refused_and_says_why),
        TEST(a_socket_of_somebody_else_is_left_alone),
        cmocka_unit_test(of_daemons_that_start_together_one_is_there),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
