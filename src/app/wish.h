// SPDX-License-Identifier: GPL-3.0-or-later
// What somebody types to choose a session: "shoulders, 10 minutes".
#ifndef APP_WISH_H
#define APP_WISH_H

struct wish {
    char what[80]; // a routine's id, a part of the body, a command; may be ""
    int  minutes;  // 1 to 180; 0: not said
};

// A number alone is no time, but what is wished: the one of that number.
void
wish_parse(struct wish *wish, const char *line);
#endif
