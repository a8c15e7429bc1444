// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/language.h"
#include "base/profile.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/defaults.h"

#include <argp.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct subcommand {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *about;
    unsigned    settings; // that it takes, of enum setting_for
};

static const struct subcommand subcommands[] = {
    {"start", cmd_start, "choose a session by voice, then play it",
     SETTING_PLAY},
    {"play", cmd_play, "play a session, listening for your commands",
     SETTING_PLAY},
    {"render", cmd_render, "write a session to a sound file", SETTING_RENDER},
    {"plan", cmd_plan, "show a session as a timetable", SETTING_PLAN},
    {"list", cmd_list, "the routines there are", 0},
    {"check", cmd_check, "check routine files", 0},
    {"new", cmd_new, "write a routine of your own, by a few questions", 0},
    {"format", cmd_format, "put routine files in their usual order", 0},
    {"voices", cmd_voices, "the voices there are", 0},
    {"devices", cmd_devices, "the sound devices there are", 0},
    {"serve", cmd_serve, "always there: wait for the start phrase, or be told",
     SETTING_PLAY | SETTING_SERVE},
    {"tell", cmd_tell, "steer the one that serves: next, pause, play lats", 0},
    {"listen", cmd_listen, "which commands are heard in recordings", 0},
    {"history", cmd_history, "what you did, and how it went", 0},
    {"setup", cmd_setup, "learn how you say the commands", 0},
    {"doctor", cmd_doctor, "what is wrong with this machine, and what to do",
     0},
    {"config", cmd_config, "your settings, and where each came from", 0},
};

// No command of people's: not in the help.
static const struct subcommand hidden = {"complete", cmd_complete, NULL, 0};

#define SUBCOMMANDS (sizeof subcommands / sizeof *subcommands)

void
commands_print(void)
{
    for (size_t i = 0; i < SUBCOMMANDS; i++) puts(subcommands[i].name);
}

static void
print_help(FILE *out)
{
    fprintf(out, "Usage: rollcall COMMAND [ARGUMENTS]\n"
                 "   or: rollcall        (hands free, as \"rollcall start\")\n"
                 "Leads you through a foam-rolling session by voice.\n\n");
    for (size_t i = 0; i < SUBCOMMANDS; i++)
        fprintf(out, "  %-8s  %s\n", subcommands[i].name, subcommands[i].about);
    fprintf(out, "\nTo begin:\n"
                 "  rollcall list\n"
                 "  rollcall play upper-back\n\n"
                 "While it plays, say \"pause\", \"resume\", \"next set\", "
                 "\"repeat\" or \"it hurts\".\n"
                 "'rollcall COMMAND --help' tells more about each.\n"
                 "With '--language de' before or behind it every COMMAND is in "
                 "German;\nwith '--profile NAME' it is for one of several "
                 "people: each has answers, history,\n"
                 "a level and a learnt voice of their own.\n");
}

static const struct subcommand *
find(const char *name)
{
    for (size_t i = 0; i < SUBCOMMANDS; i++)
        if (strcmp(name, subcommands[i].name) == 0) return &subcommands[i];
    return strcmp(name, hidden.name) == 0 ? &hidden : NULL;
}

static int
unknown(const char *name)
{
    const char *names[SUBCOMMANDS];

    for (size_t i = 0; i < SUBCOMMANDS; i++) names[i] = subcommands[i].name;
    const char *nearest = text_nearest(name, names, SUBCOMMANDS);
    fprintf(stderr, "rollcall: there is no command '%s'", name);
    if (nearest)
        fprintf(stderr, "; did you mean '%s'?\n", nearest);
    else
        fprintf(stderr, "; 'rollcall --help' lists them\n");
    return 2;
}

// What was set under KEY, NULL where it is as usual.
static const char *
set(const char *key)
{
    const struct settings *settings = defaults_settings();
    const struct setting  *setting  = setting_find(key);

    return settings && settings_from(settings, setting) != SETTINGS_USUAL
               ? settings_value(settings, setting)
               : NULL;
}

// Takes OPTION and its value out of the arguments, wherever it stands: it is
// for every command.  USUAL where it is not there.
static const char *
take_option(int *argc, char **argv, const char *option, const char *usual)
{
    size_t length = strlen(option);
    int    kept   = 0;

    for (int i = 0; i < *argc; i++) {
        bool has = strncmp(argv[i], option, length) == 0;
        if (has && argv[i][length] == '=')
            usual = argv[i] + length + 1;
        else if (has && !argv[i][length])
            usual = i + 1 < *argc ? argv[++i] : "?";
        else
            argv[kept++] = argv[i];
    }
    *argc      = kept;
    argv[kept] = NULL;
    return usual;
}

// In which language, and whose session it is.
static enum status
take_options(int *argc, char **argv)
{
    struct diag diag    = {""};
    const char *profile = take_option(argc, argv, "--profile", set("profile"));
    enum status st      = profile ? profile_choose(profile, &diag) : STATUS_OK;

    enum status own = st ? STATUS_OK : defaults_read_person();
    if (own) return own; // told there
    const char *given    = take_option(argc, argv, "--language", NULL);
    const char *language = given ? given : set("language");
    if (!st && language) st = language_choose(language, &diag);
    if (!st && given)
        st = settings_set(defaults_settings(), setting_find("language"),
                          language_name(), SETTINGS_OPTION, &diag);
    if (st)
        fprintf(stderr, "rollcall: %s\n",
                diag.text[0] ? diag.text : "there is not enough memory");
    return st;
}

// ARGV[0] becomes its name.
static int
run(const struct subcommand *command, int argc, char **argv)
{
    char name[64];

    snprintf(name, sizeof name, "rollcall %s", command->name);
    argv[0] = name;
    argv    = defaults_arguments(command->settings, &argc, argv);
    if (!argv) {
        fputs("rollcall: there is not enough memory\n", stderr);
        return 1;
    }
    return command->run(argc, argv);
}

// A stream that was closed before the program began would be the next file that
// is opened: the sound for a closed stdout was written to another file.  What
// is written to such a stream fails, what is read from it is at its end.
static void
hold_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0)
            (void)open("/dev/null", O_RDONLY); // the lowest one that is free
}

static int status; // what the program ends with

// As "head" does, which is no mistake.
static bool
has_reader_left(void)
{
    struct pollfd out = {.fd = STDOUT_FILENO};
    return poll(&out, 1, 0) == 1 && (out.revents & (POLLERR | POLLHUP)) != 0;
}

// At the very end, which is argp's after --help: who wants what is printed must
// not take a part of it for the whole.
static void
check_printed(void)
{
    bool flushed = fflush(stdout) == 0;
    int  because = errno;

    if (flushed && !ferror(stdout)) return;
    if (has_reader_left()) return;
    fprintf(stderr, "rollcall: what it prints could not be written%s%s\n",
            flushed ? "" : ": ", flushed ? "" : strerror(because));
    _exit(status ? status : 1);
}

static int
begin(int argc, char **argv)
{
    enum status st = defaults_read();
    if (st) return status_exit(st);
    st = take_options(&argc, argv);
    if (st) return status_exit(st);
    if (argc < 2) return run(find("start"), argc, argv);
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        print_help(stdout);
        return 0;
    }
    if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0) {
        puts("rollcall " ROLLCALL_VERSION);
        return 0;
    }
    const struct subcommand *command = find(argv[1]);
    if (!command) return unknown(argv[1]);
    return run(command, argc - 1, argv + 1);
}

int
main(int argc, char **argv)
{
    hold_streams();
    if (atexit(check_printed) != 0) return 1;
    setlocale(LC_CTYPE, "");
    argp_err_exit_status = 2;
    status               = begin(argc, argv);
    return status;
}
