// SPDX-License-Identifier: GPL-3.0-or-later
// Preloaded into the program, it makes the world a worse one:
//
//   ROLLCALL_FAULT_DISK=FOLDER  whoever writes below FOLDER waits
//   ROLLCALL_FAULT_HANG=FILE    ... as long as FILE exists; then there is
//                               FILE.waits, and FILE.main where it is the main
//                               thread that waits
//   ROLLCALL_FAULT_ERROR=FILE   ... or fails with the errno in FILE, as long as
//                               that exists: 28 for a full disk, 30 for one
//                               that can only be read
//   ROLLCALL_FAULT_CLOCK=FILE   the time of day is wrong by the seconds in FILE
//   ROLLCALL_FAULT_SLEEP=FILE   the machine slept for the seconds in FILE, by
//                               the clock that goes on meanwhile
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define PATH 4096

static void
note(const char *hang, const char *ending)
{
    char path[PATH];

    snprintf(path, sizeof path, "%s.%s", hang, ending);
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (fd >= 0) close(fd);
}

static bool
is_on_disk(const char *path)
{
    const char *folder = getenv("ROLLCALL_FAULT_DISK");
    return folder && strncmp(path, folder, strlen(folder)) == 0;
}

static bool
is_slow(int fd)
{
    char    link[64], path[PATH];
    ssize_t length;

    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    length = readlink(link, path, sizeof path - 1);
    if (length < 0) return false;
    path[length] = '\0';
    return is_on_disk(path);
}

// The number in the file that VARIABLE names; 0 without one.
static long
number_in(const char *variable)
{
    const char *path     = getenv(variable);
    char        text[32] = "";
    int         fd =
        path ? (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC)
                     : -1;

    if (fd < 0) return 0;
    ssize_t length = read(fd, text, sizeof text - 1);
    close(fd);
    return length > 0 ? strtol(text, NULL, 10) : 0;
}

static bool
fails(int fd)
{
    long error = number_in("ROLLCALL_FAULT_ERROR");

    if (error == 0 || !is_slow(fd)) return false;
    errno = (int)error;
    return true;
}

// Nothing can be made, changed or renamed where all can only be read.
static bool
is_read_only(const char *path)
{
    if (!is_on_disk(path) || number_in("ROLLCALL_FAULT_ERROR") != EROFS)
        return false;
    errno = EROFS;
    return true;
}

static void
wait_for_disk(int fd)
{
    const char     *hang = getenv("ROLLCALL_FAULT_HANG");
    struct timespec tick = {.tv_nsec = 20000000};
    struct stat     st;

    if (!hang || stat(hang, &st) != 0 || !is_slow(fd)) return;
    note(hang, getpid() == (pid_t)syscall(SYS_gettid) ? "main" : "waits");
    while (stat(hang, &st) == 0) nanosleep(&tick, NULL);
}

ssize_t
write(int fd, const void *buf, size_t n)
{
    wait_for_disk(fd);
    if (fails(fd)) return -1;
    return (ssize_t)syscall(SYS_write, fd, buf, n);
}

ssize_t
pwrite(int fd, const void *buf, size_t n, off_t offset)
{
    wait_for_disk(fd);
    if (fails(fd)) return -1;
    return (ssize_t)syscall(SYS_pwrite64, fd, buf, n, offset);
}

ssize_t
pwrite64(int fd, const void *buf, size_t n, off_t offset)
    __attribute__((alias("pwrite")));

int
fsync(int fd)
{
    wait_for_disk(fd);
    return (int)syscall(SYS_fsync, fd);
}

int
fdatasync(int fildes)
{
    wait_for_disk(fildes);
    return (int)syscall(SYS_fdatasync, fildes);
}

int
open(const char *file, int oflag, ...)
{
    va_list  list;
    unsigned mode;

    va_start(list, oflag);
    mode = oflag & O_CREAT ? va_arg(list, unsigned) : 0;
    va_end(list);
    if ((oflag & O_ACCMODE) != O_RDONLY && is_read_only(file)) return -1;
    return (int)syscall(SYS_openat, AT_FDCWD, file, oflag, mode);
}

int
open64(const char *file, int oflag, ...)
    __attribute__((alias("open"), nonnull(1)));

int
mkdir(const char *path, mode_t mode)
{
    if (is_read_only(path)) return -1;
    return (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
}

int
rename(const char *old, const char *new)
{
    if (is_read_only(old)) return -1;
    return (int)syscall(SYS_renameat2, AT_FDCWD, old, AT_FDCWD, new, 0);
}

int
unlink(const char *name)
{
    if (is_read_only(name)) return -1;
    return (int)syscall(SYS_unlinkat, AT_FDCWD, name, 0);
}

static time_t
wrong_by(void)
{
    return (time_t)number_in("ROLLCALL_FAULT_CLOCK");
}

int
clock_gettime(clockid_t clock_id, struct timespec *tp)
{
    int status = (int)syscall(SYS_clock_gettime, clock_id, tp);

    if (status == 0 &&
        (clock_id == CLOCK_REALTIME || clock_id == CLOCK_REALTIME_COARSE))
        tp->tv_sec += wrong_by();
    if (status == 0 && clock_id == CLOCK_BOOTTIME)
        tp->tv_sec += (time_t)number_in("ROLLCALL_FAULT_SLEEP");
    return status;
}

int
gettimeofday(struct timeval *restrict tv, void *restrict tz)
{
    struct timespec now;

    (void)tz;
    if (clock_gettime(CLOCK_REALTIME, &now) != 0) return -1;
    tv->tv_sec  = now.tv_sec;
    tv->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t
time(time_t *timer)
{
    struct timespec now;

    if (clock_gettime(CLOCK_REALTIME, &now) != 0) return -1;
    if (timer) *timer = now.tv_sec;
    return now.tv_sec;
}
