// SPDX-License-Identifier: GPL-3.0-or-later
// What a broker may deliver: the first byte chooses the topic.
#include "control/request.h"
#include "control/topic.h"

#include <stdint.h>
#include <stdlib.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const verbs[] = {"command", "play", "select",
                                        "volume",  "mute", "class"};
    struct wish              wish    = {0};
    struct diag              diag    = {""};

    if (size == 0) return 0;
    switch (topic_read(&wish, verbs[*data % 6], data + 1, size - 1, &diag)) {
    case TOPIC_WISH:
        if (*wish.routine && !request_is_name(wish.routine)) abort();
        if (wish.volume < 0 || wish.volume > 100) abort();
        break;
    case TOPIC_WRONG:
        if (!diag.text[0]) abort();
        break;
    default: break;
    }
    return 0;
}
