// SPDX-License-Identifier: GPL-3.0-or-later
// Commands as people type them: by name, or by a phrase of their language.
#ifndef APP_TYPED_H
#define APP_TYPED_H
#include "session/command.h"

struct typed;

// FILE of the language: "commands.yaml", "choosing.yaml".  Phrases that cannot
// be read are logged; names will do then.
struct typed *
typed_open(const char *file);

void
typed_close(struct typed *typed); // NULL is fine

// The name of the command whose phrase LINE is, in small letters; NULL: of
// none.
const char *
typed_name(const struct typed *typed, const char *line);

// LINE in small letters.  False where it is no command.
bool
typed_command(const struct typed *typed, enum command *command,
              const char *line);
#endif
