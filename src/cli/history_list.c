// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/history_list.h"

#include "app/suggest.h"
#include "base/text.h"
#include <stdio.h>
#include <string.h>

#define MUSCLE 28 // columns at the least
#define WIDEST 48 // and at the most
#define SIDE   6

// ", 3 skipped"
static void
print_count(const struct history_words *words, enum history_word word,
            int count)
{
    char said[HISTORY_SIZE], digits[16];

    if (!count) return;
    snprintf(digits, sizeof digits, "%d", count);
    history_say(said, words, word, digits, NULL);
    printf(", %s", said);
}

static void
print_if(bool condition, const struct history_words *words,
         enum history_word word)
{
    if (condition) printf(", %s", history_word(words, word));
}

static void
print_session(const struct past_session *s, const struct history_words *words)
{
    char said[HISTORY_SIZE], number[HISTORY_SIZE], other[HISTORY_SIZE];

    history_when(said, words, s->started, s->zone);
    printf("%4lld  %s  %-20s ", (long long)s->id, said, s->routine);
    history_number(number, words, s->worked / 60, 1);
    history_say(said, words, HISTORY_MIN, number, NULL);
    printf("%9s  ", said);
    snprintf(number, sizeof number, "%d", s->done);
    history_say(said, words, HISTORY_DONE, number, NULL);
    fputs(said, stdout);
    print_count(words, HISTORY_SHORTENED, s->shortened);
    print_count(words, HISTORY_SKIPPED, s->skipped);
    print_if(s->pains > 0, words, HISTORY_PAIN);
    print_if(s->devices > 0, words, HISTORY_SOUND_LOST);
    if (s->before >= 0 && s->after >= 0) {
        snprintf(number, sizeof number, "%d", s->before);
        snprintf(other, sizeof other, "%d", s->after);
        history_say(said, words, HISTORY_DISCOMFORT, number, other, NULL);
        printf(", %s", said);
    }
    print_if(!*s->ended, words, HISTORY_BROKE_OFF);
    print_if(strcmp(s->ended, "ended") == 0, words, HISTORY_ENDED_EARLY);
    putchar('\n');
}

// "3 days ago"
static void
say_ago(char to[HISTORY_SIZE], const struct history_words *words, int64_t days)
{
    char digits[24];

    snprintf(digits, sizeof digits, "%lld", (long long)days);
    history_say(to, words,
                days <= 0   ? HISTORY_TODAY
                : days == 1 ? HISTORY_YESTERDAY
                            : HISTORY_DAYS_AGO,
                digits, NULL);
}

static void
print_padded(const char *text, size_t width)
{
    size_t used = text_columns(text);
    printf("%s%*s ", text, (int)(width > used ? width - used : 0), "");
}

static size_t
muscle_width(const struct past_muscles *muscles)
{
    size_t width = MUSCLE;

    for (size_t i = 0; i < muscles->count; i++) {
        size_t columns = text_columns(muscles->list[i].muscle);
        if (columns > width && columns <= WIDEST) width = columns;
    }
    return width;
}

static void
print_muscles(const struct look_back *back, const struct history_words *words)
{
    char said[HISTORY_SIZE], number[HISTORY_SIZE], ago[HISTORY_SIZE];

    size_t width = muscle_width(&back->muscles);

    if (back->muscles.count == 0) return;
    printf("\n%s\n", history_word(words, HISTORY_MUSCLES));
    for (size_t i = 0; i < back->muscles.count; i++) {
        const struct past_muscle *m = &back->muscles.list[i];
        fputs("  ", stdout);
        print_padded(m->muscle, width);
        print_padded(history_side(words, m->side), SIDE);
        history_number(number, words, m->seconds / 60, 1);
        history_say(said, words, HISTORY_MIN, number, NULL);
        printf("%10s, ", said);
        say_ago(ago, words, back->today - summary_day(m->last, m->zone));
        history_say(said, words, HISTORY_LAST, ago, NULL);
        puts(said);
    }
}

static void
print_streak(const struct summary *s, const struct history_words *words)
{
    char said[HISTORY_SIZE], days[HISTORY_SIZE], longest[16];
    char this_week[HISTORY_SIZE], last_week[HISTORY_SIZE];
    char all[HISTORY_SIZE], sessions[HISTORY_SIZE];

    history_amount(days, words, s->streak, HISTORY_DAY, HISTORY_DAYS);
    snprintf(longest, sizeof longest, "%d", s->longest);
    history_say(said, words, HISTORY_STREAK, days, longest, NULL);
    printf("\n%s  ", said);
    history_amount(this_week, words, s->week[SUMMARY_WEEKS - 1], HISTORY_MINUTE,
                   HISTORY_MINUTES);
    history_amount(last_week, words, s->week[SUMMARY_WEEKS - 2], HISTORY_MINUTE,
                   HISTORY_MINUTES);
    history_amount(all, words, s->minutes, HISTORY_MINUTE, HISTORY_MINUTES);
    history_amount(sessions, words, s->sessions, HISTORY_SESSION,
                   HISTORY_SESSIONS);
    history_say(said, words, HISTORY_WEEKS, this_week, last_week, all, sessions,
                NULL);
    puts(said);
}

static void
print_discomfort(const struct summary *s, const struct history_words *words)
{
    char said[HISTORY_SIZE], number[HISTORY_SIZE];

    if (s->pairs) {
        history_number(number, words, s->relief, 1);
        history_say(said, words, HISTORY_RELIEF, number, NULL);
        fputs(said, stdout);
    }
    if (s->tellings >= 3) {
        history_number(number, words, s->trend < 0 ? -s->trend : s->trend, 1);
        history_say(said, words, s->trend <= 0 ? HISTORY_FALLS : HISTORY_RISES,
                    number, NULL);
        printf("%s%s", s->pairs ? "  " : "", said);
    }
    if (s->pairs || s->tellings >= 3) putchar('\n');
}

static void
print_offer(const struct history_words *words, enum history_word word,
            const char *first, const char *second, const char *routine)
{
    char said[HISTORY_SIZE], command[STORE_NAME + 16];

    snprintf(command, sizeof command, "rollcall play %s", routine);
    history_say(said, words, word, first, second, command, NULL);
    puts(said);
}

static void
print_suggestion(const struct look_back     *back,
                 const struct history_words *words)
{
    struct suggestion s;
    char              said[HISTORY_SIZE], n[16], days[16];
    char              had[HISTORY_SIZE], other[HISTORY_SIZE];

    suggest_make(&s, back);
    snprintf(n, sizeof n, "%d", s.days);
    if (*s.due) print_offer(words, HISTORY_DUE, s.muscle, n, s.due);
    snprintf(n, sizeof n, "%d", s.times);
    snprintf(days, sizeof days, "%d", LOOK_BACK_DAYS);
    if (*s.usual) print_offer(words, HISTORY_USUAL, n, days, s.usual);
    if (!*s.uneven) return;
    history_number(had, words, s.had / 60, 1);
    history_number(other, words, s.other / 60, 1);
    history_say(said, words, HISTORY_UNEVEN, s.uneven,
                history_side(words, s.less), had, other, NULL);
    puts(said);
}

void
history_print_list(const struct look_back     *back,
                   const struct history_words *words)
{
    for (size_t i = 0; i < back->sessions.count; i++)
        print_session(&back->sessions.list[i], words);
    if (back->sessions.count == 0)
        puts(history_word(words, HISTORY_NO_SESSION));
    print_streak(&back->summary, words);
    print_discomfort(&back->summary, words);
    print_suggestion(back, words);
    print_muscles(back, words);
}
