// SPDX-License-Identifier: GPL-3.0-or-later
#include "listen_table.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

void
table_add(struct table_lines *lines, const char *name, struct tally tally)
{
    if (lines->count == TABLE_ROWS) return;
    struct table_row *row = &lines->rows[lines->count++];
    snprintf(row->name, sizeof row->name, "%s", name);
    row->tally = tally;
}

void
table_bar(struct listen_table *table, const char *name, bool most, double bar,
          double measured)
{
    if (table->bar_count == TABLE_BARS) return;
    table->bars[table->bar_count++] =
        (struct table_bar){name, most, bar, measured};
}

static bool
is_met(const struct table_bar *b)
{
    return b->most ? b->measured <= b->bar : b->measured >= b->bar;
}

static void
print_bars(const struct listen_table *r)
{
    printf("\n%-54s     bar  measured\n", "Bars");
    for (int i = 0; i < r->bar_count; i++) {
        const struct table_bar *b = &r->bars[i];
        printf("  %-52s %s %5.4g  %8.3g  %s\n", b->name,
               b->most ? "<=" : ">=", b->bar, b->measured,
               is_met(b) ? "met" : "not met");
    }
}

static void
print_lines(const struct table_lines *lines)
{
    printf("%-34s  sounds   right   wrong  missed  (%%)\n", lines->title);
    for (int i = 0; i < lines->count; i++) {
        const struct tally *t = &lines->rows[i].tally;
        printf("  %-32s %7d %7.1f %7.1f %7.1f\n", lines->rows[i].name, t->files,
               percent(t->right, t->files), percent(t->wrong, t->files),
               percent(t->missed, t->files));
    }
    putchar('\n');
}

void
table_print(const struct listen_table *r)
{
    print_lines(&r->words);
    print_lines(&r->states);
    print_lines(&r->rooms);
    print_lines(&r->own);
    print_lines(&r->known);
    printf("False commands an hour\n");
    printf("  %-32s %7.2f\n", "speech of others", r->speech);
    printf("  %-32s %7.2f\n", "noise", r->noise);
    printf("  %-32s %7.2f\n", "own voice alone", r->own_false);
    printf("  %-32s %7.2f\n", "speech, while a session plays",
           r->speech_playing);
    printf("  %-32s %7.2f\n", "noise, while a session plays", r->noise_playing);
    printf("\nSeconds from the end of a word to its decision\n");
    printf("  %-32s %7.3f %7.3f\n", "median, 95th percentile", r->lag,
           r->lag_95);
    printf("\nSeconds of CPU a second of audio\n");
    for (int g = CORPUS_COMMANDS; g <= CORPUS_NOISE; g++)
        printf("  %-32s %7.4f\n", corpus_group_name((enum corpus_group)g),
               r->cpu[g]);
    printf("  %-32s %7.4f  pocketsphinx_continuous -kws %.4f: %.2f\n",
           "speech, whole process", r->cpu_speech, r->kws_speech,
           r->cpu_speech / (r->kws_speech + 1e-9));
    printf("  %-32s %7.4f  pocketsphinx_continuous -kws %.4f: %.2f\n",
           "80 % silence, whole process", r->cpu_track, r->kws_track,
           r->cpu_track / (r->kws_track + 1e-9));
    printf("\nMemory: %.0f MB\n", r->memory);
    print_bars(r);
    printf("\nAccepted from %.3f up.  No model judged a speaker, a synthetic "
           "voice, a noise or a\nroom it was fitted on.\n",
           r->least);
}

static void
json_lines(const char *name, const struct table_lines *lines)
{
    printf("\"%s\":{", name);
    for (int i = 0; i < lines->count; i++) {
        const struct tally *t = &lines->rows[i].tally;
        printf("%s\"%s\":{\"sounds\":%d,\"right\":%d,\"wrong\":%d,"
               "\"missed\":%d}",
               i ? "," : "", lines->rows[i].name, t->files, t->right, t->wrong,
               t->missed);
    }
    printf("},");
}

void
table_json(const struct listen_table *r)
{
    printf("{");
    json_lines("all", &r->words);
    json_lines("by_state", &r->states);
    json_lines("rooms", &r->rooms);
    json_lines("own_voice", &r->own);
    json_lines("own_voice_known", &r->known);
    printf("\"false_an_hour\":{\"speech\":%.3f,\"noise\":%.3f,"
           "\"own_voice\":%.3f,\"speech_playing\":%.3f,"
           "\"noise_playing\":%.3f},",
           r->speech, r->noise, r->own_false, r->speech_playing,
           r->noise_playing);
    printf("\"decision\":{\"median\":%.3f,\"p95\":%.3f},", r->lag, r->lag_95);
    printf("\"cpu\":{");
    for (int g = CORPUS_COMMANDS; g <= CORPUS_NOISE; g++)
        printf("\"%s\":%.4f,", corpus_group_name((enum corpus_group)g),
               r->cpu[g]);
    printf("\"process_speech\":%.4f,\"kws_speech\":%.4f,"
           "\"process_track\":%.4f,\"kws_track\":%.4f},",
           r->cpu_speech, r->kws_speech, r->cpu_track, r->kws_track);
    printf("\"bars\":[");
    for (int i = 0; i < r->bar_count; i++) {
        const struct table_bar *b = &r->bars[i];
        printf("%s{\"name\":\"%s\",\"%s\":%g,\"measured\":%.4g,\"met\":%s}",
               i ? "," : "", b->name, b->most ? "at_most" : "at_least", b->bar,
               b->measured, is_met(b) ? "true" : "false");
    }
    printf("],");
    printf("\"memory_mb\":%.1f,\"accept\":%.3f}\n", r->memory, r->least);
}

#define WIDE   560.0
#define HIGH   320.0
#define LEFT   60.0
#define TOP    30.0
#define MOST_X 10.0 // false commands an hour
#define POINTS 200

static void
curve(FILE *file, const char *colour, const double *x, const double *y,
      int count)
{
    fprintf(file,
            "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" "
            "points=\"",
            colour);
    for (int i = 0; i < count; i++)
        fprintf(file, "%.1f,%.1f ", LEFT + WIDE * fmin(x[i], MOST_X) / MOST_X,
                TOP + HIGH * y[i] / 100);
    fprintf(file, "\"/>\n");
}

static void
frame(FILE *file)
{
    fprintf(file,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" "
            "height=\"%.0f\" font-family=\"sans-serif\" font-size=\"12\">\n"
            "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n"
            "<text x=\"%.0f\" y=\"18\">Commands of the crowd not taken "
            "against false commands in speech (blue) and noise (red)</text>\n",
            LEFT + WIDE + 20, TOP + HIGH + 50, LEFT);
    for (int i = 0; i <= 10; i++) {
        double y = TOP + HIGH * i / 10, x = LEFT + WIDE * i / 10;
        fprintf(file,
                "<path d=\"M%.0f %.0fh%.0fM%.0f %.0fv%.0f\" stroke=\"#ddd\"/>"
                "<text x=\"8\" y=\"%.0f\">%d %%</text>"
                "<text x=\"%.0f\" y=\"%.0f\">%.0f</text>\n",
                LEFT, y, WIDE, x, TOP, HIGH, y + 4, i * 10, x - 3,
                TOP + HIGH + 16, MOST_X * i / 10);
    }
    fprintf(file, "<text x=\"%.0f\" y=\"%.0f\">an hour</text>\n",
            LEFT + WIDE / 2, TOP + HIGH + 36);
}

enum status
table_svg(const char *path, const struct cases *words,
          const struct cases *streams, const struct corpus *corpus,
          const struct models *models, struct diag *diag)
{
    double  speech[POINTS + 1], noise[POINTS + 1], missed[POINTS + 1];
    double *a    = models_judge_all(models, words);
    double *b    = models_judge_all(models, streams);
    FILE   *file = a && b ? fopen(path, "w") : NULL;
    for (int i = 0; i <= POINTS && file; i++) {
        struct score w = score_at(words, corpus, 1, a, (double)i / POINTS);
        struct score s = score_at(streams, corpus, 1, b, (double)i / POINTS);
        missed[i]      = 100 - percent(w.hard.right, w.hard.files);
        speech[i]      = s.speech;
        noise[i]       = s.noise;
    }
    free(a);
    free(b);
    if (!file) {
        diag_set(diag, path, "%s", strerror(errno));
        return STATUS_FAILED;
    }
    frame(file);
    curve(file, "#1f5fbf", speech, missed, POINTS + 1);
    curve(file, "#bf1f1f", noise, missed, POINTS + 1);
    fprintf(file, "</svg>\n");
    return fclose(file) == 0 ? STATUS_OK : STATUS_FAILED;
}
