// SPDX-License-Identifier: GPL-3.0-or-later
// rollcall setup: learns how its user says the commands.
#include "app/interrupt.h"
#include "app/teacher.h"
#include "audio/clip.h"
#include "cli/commands.h"
#include "cli/forget.h"
#include "cli/screening.h"
#include "cli/soundcheck.h"
#include "listen/person.h"
#include <argp.h>
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RATE 16000 // of recordings

struct options {
    bool        show, forget, quiet, screening, sound;
    const char *from, *input, *output;
};

static const struct argp_option option_list[] = {
    {"show", 's', 0, 0, "Tell what is known of your voice", 0},
    {"forget", 'f', 0, 0, "Remove what is known of your voice", 0},
    {"quiet", 'q', 0, 0, "Print what to say, do not speak", 0},
    {"from", 'd', "FOLDER", 0,
     "Learn from recordings: a sound file for each phrase or take, named like "
     "\"next set.wav\" or \"next_set-2.flac\"",
     0},
    {"screening", 'S', 0, 0,
     "Ask the ten questions before a first session once more; with --quiet on "
     "the terminal, with --show or --forget what was answered",
     0},
    {"sound", 'm', 0, 0,
     "Try loudspeaker and microphone, with a sweep, and say what is good "
     "enough and what to change; with --quiet on the terminal, with --show or "
     "--forget what was measured",
     0},
    {"input", 'i', "DEVICE", 0, "Part of the microphone's name", 0},
    {"output", 'o', "DEVICE", 0, "Part of the loudspeaker's name", 0},
    {0}};

static error_t
parse(int key, char *arg, struct argp_state *state)
{
    struct options *options = state->input;
    switch (key) {
    case 's': options->show = true; return 0;
    case 'f': options->forget = true; return 0;
    case 'q': options->quiet = true; return 0;
    case 'd': options->from = arg; return 0;
    case 'S': options->screening = true; return 0;
    case 'm': options->sound = true; return 0;
    case 'i': options->input = arg; return 0;
    case 'o': options->output = arg; return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "it takes no '%s'", arg);
        return EINVAL;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    option_list,
    parse,
    "",
    "Learns how you say the main commands, so that yours are understood more "
    "surely and other people's words taken more rarely. It asks for each three "
    "times, in about two minutes. Ctrl-C stops it; the next time it goes on "
    "from there.",
    0,
    0,
    0};

static int
fail(enum status status, const char *text)
{
    size_t length = strlen(text);
    bool   line   = length > 0 && text[length - 1] == '\n';
    fprintf(stderr, "rollcall setup: %s%s", text, line ? "" : "\n");
    return status_exit(status);
}

static int
show(const char *path)
{
    struct person *person = NULL;
    struct diag    diag   = {""};
    if (!path_exists(path)) {
        puts("No voice was learnt yet: 'rollcall setup' does.");
        return 0;
    }
    enum status status = person_read(&person, path, &diag);
    if (status != STATUS_OK) return fail(status, diag.text);
    printf("%s\n", path);
    for (size_t i = 0; i < person_count(person); i++) {
        const char *phrase = person_take(person, i)->phrase;
        bool        seen   = false;
        for (size_t j = 0; j < i; j++)
            seen |= strcmp(person_take(person, j)->phrase, phrase) == 0;
        if (!seen)
            printf("  %-12s %d takes\n", phrase, person_takes(person, phrase));
    }
    person_free(person);
    return 0;
}

static const char *
verdict(enum lesson_verdict verdict)
{
    switch (verdict) {
    case LESSON_TAKEN: return "heard";
    case LESSON_UNSURE: return "not understood; once more, please";
    case LESSON_DIFFERENT:
        return "not like the times before; once more, please";
    default: return "not kept";
    }
}

static void
print_step(void *ctx, const struct teacher_step *step)
{
    (void)ctx;
    switch (step->moment) {
    case TEACHER_ASKS:
        printf("%2zu of %zu: say \"%s\" ... ", step->number, step->count,
               step->phrase);
        break;
    case TEACHER_HEARD: puts(verdict(step->result.verdict)); break;
    case TEACHER_DEAF: puts("nothing was heard"); break;
    }
    fflush(stdout);
}

static int
live(const struct options *options, const char *path)
{
    struct diag            diag   = {""};
    int                    missed = 0;
    struct teacher_options teach  = {.path   = path,
                                     .input  = options->input,
                                     .output = options->output,
                                     .silent = options->quiet,
                                     .step   = print_step};
    puts("Say each phrase as you would while rolling, from where you will "
         "lie. Ctrl-C stops;\nthe next time it goes on from there.");
    interrupt_watch();
    enum status status = teacher_run(&teach, &missed, &diag);
    if (status != STATUS_OK) {
        putchar('\n');
        return fail(status, diag.text);
    }
    if (interrupted()) puts("\nStopped. What was heard is kept.");
    if (missed > 0)
        printf("Not learnt: %d of the phrases; 'rollcall setup' asks again.\n",
               missed);
    return 0;
}

// "/x/next_set-2.wav" -> "next set"
static void
phrase_of(char to[64], const char *file)
{
    const char *slash = strrchr(file, '/');
    size_t      n     = 0;
    for (const char *c = slash ? slash + 1 : file; *c && *c != '.'; c++) {
        char letter = *c == '_' || *c == '-' ? ' ' : *c;
        if (n < 63) to[n++] = (char)tolower((unsigned char)letter);
    }
    while (n > 0 && (isdigit((unsigned char)to[n - 1]) || to[n - 1] == ' '))
        n--;
    to[n] = '\0';
}

static int
find(const struct lesson *lesson, const char *name)
{
    char other[64];
    int  i = lesson_find(lesson, name);
    if (i >= 0) return i;
    snprintf(other, sizeof other, "%s", name);
    for (char *c = other; *c; c++)
        if (*c == ' ') *c = '_';
    return lesson_find(lesson, other);
}

static enum status
learn_file(struct lesson *lesson, const char *file, struct diag *diag)
{
    char                 name[64];
    struct pcm          *pcm = NULL;
    struct lesson_result result;
    phrase_of(name, file);
    int i = find(lesson, name);
    if (i < 0) {
        fprintf(stderr, "%s: \"%s\" is no phrase to learn; left out\n", file,
                name);
        return STATUS_OK;
    }
    enum status status = clip_read(&pcm, file, RATE, diag);
    if (status != STATUS_OK) return status;
    lesson_begin(lesson, (size_t)i);
    lesson_feed(lesson, pcm->samples, NULL, (size_t)pcm->frames);
    lesson_finish(lesson);
    pcm_drop(pcm);
    while (status == STATUS_OK && lesson_next(lesson, 0, &result)) {
        printf("%s: \"%s\" at %.2f s: %s (%.0f %% sure)\n", file,
               lesson_phrase(lesson, (size_t)i), (double)result.from / RATE,
               verdict(result.verdict), 100 * result.confidence);
        if (result.verdict != LESSON_NOT_KEPT) continue;
        diag_set(diag, NULL, "%s", lesson_problem(lesson));
        status = STATUS_FAILED;
    }
    return status;
}

static int
no_dots(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static enum status
learn_folder(struct lesson *lesson, const char *folder, struct diag *diag)
{
    struct dirent **entries = NULL;
    enum status     status  = STATUS_OK;
    int             count   = scandir(folder, &entries, no_dots, alphasort);
    if (count < 0) {
        diag_set(diag, folder, "%s", strerror(errno));
        return STATUS_NOT_FOUND;
    }
    for (int i = 0; i < count; i++) {
        char path[PATH_SIZE];
        if (status == STATUS_OK && path_join(path, folder, entries[i]->d_name))
            status = learn_file(lesson, path, diag);
        free(entries[i]);
    }
    free(entries);
    return status;
}

static int
from_recordings(const struct options *options, const char *path)
{
    struct lesson *lesson = NULL;
    struct diag    diag   = {""};
    enum status    status = lesson_open(&lesson, path, RATE, &diag);
    if (status == STATUS_OK)
        status = learn_folder(lesson, options->from, &diag);
    lesson_close(lesson);
    if (status != STATUS_OK) return fail(status, diag.text);
    return show(path);
}

static int
screening(const struct options *options)
{
    const struct screening_options how = {.input  = options->input,
                                          .output = options->output,
                                          .typed  = options->quiet};
    if (options->forget) return screening_forget();
    if (options->show) return screening_show();
    return screening_ask(&how);
}

static int
sound(const struct options *options)
{
    const struct soundcheck_wish wish = {.input  = options->input,
                                         .output = options->output,
                                         .quiet  = options->quiet};
    if (options->forget) return soundcheck_forget();
    if (options->show) return soundcheck_show();
    return soundcheck_live(&wish);
}

int
cmd_setup(int argc, char **argv)
{
    struct options options = {0};
    char           path[PATH_SIZE];

    if (argp_parse(&argp, argc, argv, 0, NULL, &options) != 0) return 2;
    if (options.screening) return screening(&options);
    if (options.sound) return sound(&options);
    if (!lesson_path(path)) {
        fputs("rollcall setup: there is no home folder to keep it in\n",
              stderr);
        return 1;
    }
    if (options.forget) return forget_file(path, "no voice was learnt");
    if (options.show) return show(path);
    if (options.from) return from_recordings(&options, path);
    return live(&options, path);
}
