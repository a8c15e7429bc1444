// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/endpoint.h"

#include "base/text.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define BACKLOG 16
#define TURN_MS 2000 // that another daemon takes to begin, at most

enum status
endpoint_path(char path[PATH_SIZE], struct diag *diag)
{
    const char *named  = getenv("ROLLCALL_SOCKET");
    const char *folder = getenv("XDG_RUNTIME_DIR");

    if (named && *named) {
        if (text_copy(path, PATH_SIZE, named)) return STATUS_OK;
        diag_set(diag, NULL, "the path in ROLLCALL_SOCKET is too long");
        return STATUS_BAD_INPUT;
    }
    if (folder && folder[0] == '/' && path_join(path, folder, "rollcall.sock"))
        return STATUS_OK;
    diag_set(diag, NULL,
             "there is no place for the socket: XDG_RUNTIME_DIR is not set. "
             "Log in as usual, or name a file in ROLLCALL_SOCKET.");
    return STATUS_NOT_FOUND;
}

static enum status
fill_address(struct sockaddr_un *address, const char *path, struct diag *diag)
{
    memset(address, 0, sizeof *address);
    address->sun_family = AF_UNIX;
    if (text_copy(address->sun_path, sizeof address->sun_path, path))
        return STATUS_OK;
    diag_set(diag, path, "is too long for a socket: at most %zu bytes",
             sizeof address->sun_path - 1);
    return STATUS_BAD_INPUT;
}

static int
new_socket(void)
{
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (fd >= 0) fcntl(fd, F_SETFD, FD_CLOEXEC);
    return fd;
}

enum status
endpoint_connect(int *fd, const char *path, struct diag *diag)
{
    struct sockaddr_un address;
    enum status        st = fill_address(&address, path, diag);
    if (st) return st;

    int s = new_socket();
    if (s >= 0 &&
        connect(s, (struct sockaddr *)&address, sizeof address) == 0) {
        *fd = s;
        return STATUS_OK;
    }
    int  error  = errno;
    bool nobody = error == ENOENT || error == ECONNREFUSED;
    if (nobody)
        diag_set(diag, NULL,
                 "no rollcall is there to be told; start one with 'rollcall "
                 "serve'");
    else
        diag_set(diag, path, "cannot be reached: %s", strerror(error));
    if (s >= 0) close(s);
    return nobody ? STATUS_NOT_FOUND : STATUS_FAILED;
}

// Removes a socket that nobody answers at; anything else stays.
static enum status
make_room(const char *path, struct diag *diag)
{
    struct stat info;
    struct diag why = {""};
    int         fd  = -1;

    if (lstat(path, &info) != 0) return STATUS_OK;
    if (!S_ISSOCK(info.st_mode)) {
        diag_set(diag, path, "is there and is no socket; move it away");
        return STATUS_BAD_INPUT;
    }
    enum status st = endpoint_connect(&fd, path, &why);
    if (st == STATUS_NOT_FOUND) {
        unlink(path);
        return STATUS_OK;
    }
    if (st) {
        if (diag) *diag = why;
        return st;
    }
    close(fd);
    diag_set(diag, path, "another 'rollcall serve' is running; end it first");
    return STATUS_BAD_INPUT;
}

// One daemon at a time looks for another and takes the place; of two that
// start together, one would remove the other's socket before it listens.  -1
// where the folder cannot be locked: bind() then says what is wrong, if
// anything is.
static int
take_turn(const char *path)
{
    struct timespec step = {.tv_nsec = 10000000};
    char            folder[PATH_SIZE];

    text_copy(folder, sizeof folder, path);
    char *slash = strrchr(folder, '/');
    if (slash) slash[slash == folder] = '\0';
    int fd = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return -1;
    for (int ms = 0; ms < TURN_MS; ms += 10) {
        if (flock(fd, LOCK_EX | LOCK_NB) == 0) return fd;
        nanosleep(&step, NULL);
    }
    close(fd);
    return -1;
}

// Nobody can connect between bind() and chmod(): it does not listen yet.
static enum status
listen_at(int *fd, const struct sockaddr_un *address, struct diag *diag)
{
    const char *path = address->sun_path;
    enum status st   = make_room(path, diag);
    if (st) return st;

    int s = new_socket();
    if (s >= 0 &&
        bind(s, (const struct sockaddr *)address, sizeof *address) == 0 &&
        chmod(path, 0600) == 0 && listen(s, BACKLOG) == 0) {
        *fd = s;
        return STATUS_OK;
    }
    diag_set(diag, path, "no socket can be made there: %s", strerror(errno));
    if (s >= 0) close(s);
    return STATUS_FAILED;
}

enum status
endpoint_listen(int *fd, const char *path, struct diag *diag)
{
    struct sockaddr_un address;
    enum status        st = fill_address(&address, path, diag);
    if (st) return st;

    int turn = take_turn(path);
    st       = listen_at(fd, &address, diag);
    if (turn >= 0) close(turn);
    return st;
}
