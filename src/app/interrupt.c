// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interrupt.h"

#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t flag;

static void
raise_flag(int number)
{
    flag = 1;
    signal(number, SIG_DFL);
}

void
interrupt_watch(void)
{
    struct sigaction action = {.sa_handler = raise_flag};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);

    // The terminal is gone, unless "nohup" says that it is not missed.
    struct sigaction before;
    if (sigaction(SIGHUP, NULL, &before) == 0 && before.sa_handler != SIG_IGN)
        sigaction(SIGHUP, &action, NULL);
}

bool
interrupted(void)
{
    return flag != 0;
}
