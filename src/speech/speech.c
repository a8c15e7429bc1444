// SPDX-License-Identifier: GPL-3.0-or-later
// The main thread asks and waits; the speech thread alone calls the engine.
#include "speech/speech.h"

#include "base/log.h"
#include "base/path.h"
#include "base/report.h"
#include "speech/cache.h"
#include "speech/profile.h"
#include "speech/pronounce.h"
#include "speech/synth.h"
#include "speech/take.h"
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BUCKETS        256
#define RECENT         32 // clips kept as they sound, at most
#define RECENT_SECONDS 30 // and together, ...
#define RECENT_KEPT    8  // ... in real time, where there is time to make them

struct line {
    struct line  *same_hash;
    struct line  *asked_after;
    bool          done;   // under the lock; what follows is written before
    struct take  *take;   // in memory, or
    struct cached cached; // in the cache, or in neither: it failed
    struct pcm   *clip;   // the main thread's: made when it was last to sound
    char          text[];
};

struct speech {
    struct profile    profile;
    struct pronounce *pronounce;
    struct clips     *clips; // or NULL
    unsigned          rate;
    pthread_t         thread;
    pthread_mutex_t   lock; // guards all below
    pthread_cond_t    asked;
    pthread_cond_t    made;
    struct line      *lines[BUCKETS];
    struct line      *first; // the queue of what is not made yet
    struct line      *last;
    struct cache     *cache; // or NULL; the speech thread writes
    bool              closing;
    bool started;       // the engine gave its answer, in STATUS and DIAG,
                        // or did so in an earlier run
    bool        failed; // and said so
    enum status status;
    struct diag diag;

    // the main thread's
    double high_pass; // Hz
    // the last clips said, oldest first
    struct line *recent[RECENT];
    size_t       recent_count;
    int64_t      recent_frames;
};

// eSpeak NG is one to a process.  Main thread.
static bool open_already;

// FNV-1a, 32 bit.
static uint32_t
hash(const char *text)
{
    uint32_t sum = 2166136261u;
    for (; *text; text++) sum = (sum ^ (unsigned char)*text) * 16777619u;
    return sum;
}

static struct line *
find(const struct speech *speech, const char *text)
{
    struct line *line = speech->lines[hash(text) % BUCKETS];
    while (line && strcmp(line->text, text) != 0) line = line->same_hash;
    return line;
}

static struct line *
add(struct speech *speech, const char *text)
{
    struct line **bucket = &speech->lines[hash(text) % BUCKETS];
    size_t        size   = strlen(text) + 1;
    struct line  *line   = calloc(1, sizeof *line + size);
    if (!line) return NULL;
    memcpy(line->text, text, size);
    line->same_hash = *bucket;
    *bucket         = line;
    return line;
}

static struct line *
find_or_add(struct speech *speech, const char *text)
{
    struct line *line = find(speech, text);
    if (line) return line;
    line = add(speech, text);
    if (!line) return NULL;

    if (speech->last)
        speech->last->asked_after = line;
    else
        speech->first = line;
    speech->last = line;
    pthread_cond_signal(&speech->asked);
    return line;
}

// A text of an earlier run.
static void
add_cached(void *ctx, const char *text, const struct cached *cached)
{
    struct speech *speech = ctx;
    if (clips_find(speech->clips, text)) return; // recorded since then
    struct line *line = find(speech, text);
    if (!line) line = add(speech, text);
    if (!line) return;
    line->done      = true;
    line->cached    = *cached;
    speech->started = true;
}

static struct take *
make(const struct speech *speech, const char *text)
{
    size_t       count;
    unsigned     rate;
    struct take *clip = clips_take(speech->clips, text, speech->profile.gain);
    if (clip) return clip;

    char        *spelt   = pronounce_apply(speech->pronounce, text);
    const short *samples = spelt ? synth_say(spelt, &count, &rate) : NULL;
    free(spelt);
    if (!samples) return NULL;
    return take_new(samples, count, rate, speech->profile.gain);
}

// Under the lock, which it gives up while the engine speaks.
static void
make_first(struct speech *speech)
{
    struct line *line = speech->first;

    pthread_mutex_unlock(&speech->lock);
    struct take  *take   = make(speech, line->text);
    struct cached cached = {0};
    if (take && speech->cache && !clips_find(speech->clips, line->text) &&
        cache_add(speech->cache, line->text, take, &cached)) {
        free(take);
        take = NULL;
    }
    pthread_mutex_lock(&speech->lock);

    if (!take && !cached.at && !speech->failed) {
        speech->failed = true;
        log_print(LOG_ERROR, "cannot say \"%.80s\"; the speech engine failed",
                  line->text);
    }
    line->take    = take;
    line->cached  = cached;
    line->done    = true;
    speech->first = line->asked_after;
    if (!speech->first) speech->last = NULL;
    pthread_cond_broadcast(&speech->made);
}

// The voice has spoken in an earlier run, so that nobody waits to hear whether
// the engine has it.  Under the lock, which it gives up meanwhile.
static void
start_late(struct speech *speech)
{
    struct diag diag;

    pthread_mutex_unlock(&speech->lock);
    if (synth_start(&speech->profile, &diag) != STATUS_OK)
        log_print(LOG_ERROR, "%s", diag.text);
    pthread_mutex_lock(&speech->lock);
}

static void *
run(void *context)
{
    struct speech *speech = context;

    pthread_mutex_lock(&speech->lock);
    if (!speech->started) {
        speech->status  = synth_start(&speech->profile, &speech->diag);
        speech->started = true;
        pthread_cond_broadcast(&speech->made);
    } else {
        start_late(speech);
    }
    while (!speech->closing) {
        if (speech->first)
            make_first(speech);
        else
            pthread_cond_wait(&speech->asked, &speech->lock);
    }
    pthread_mutex_unlock(&speech->lock);
    return NULL;
}

static void
free_lines(struct speech *speech)
{
    for (size_t i = 0; i < BUCKETS; i++) {
        while (speech->lines[i]) {
            struct line *line = speech->lines[i];
            speech->lines[i]  = line->same_hash;
            pcm_drop(line->clip);
            free(line->take);
            free(line);
        }
    }
}

// With no thread, or none any more.
static void
speech_free(struct speech *speech)
{
    if (!speech) return;
    free_lines(speech);
    pronounce_free(speech->pronounce);
    clips_free(speech->clips);
    cache_close(speech->cache);
    pthread_cond_destroy(&speech->made);
    pthread_cond_destroy(&speech->asked);
    pthread_mutex_destroy(&speech->lock);
    free(speech);
}

static struct speech *
speech_new(const struct profile *profile, unsigned rate)
{
    struct speech *speech = calloc(1, sizeof *speech);
    if (!speech) return NULL;
    speech->profile = *profile;
    speech->rate    = rate;
    pthread_mutex_init(&speech->lock, NULL);
    pthread_cond_init(&speech->asked, NULL);
    pthread_cond_init(&speech->made, NULL);
    return speech;
}

static void
stop_thread(struct speech *speech)
{
    pthread_mutex_lock(&speech->lock);
    speech->closing = true;
    pthread_cond_signal(&speech->asked);
    pthread_mutex_unlock(&speech->lock);
    pthread_join(speech->thread, NULL);
    open_already = false;
}

static enum status
start_thread(struct speech *speech, struct diag *diag)
{
    if (pthread_create(&speech->thread, NULL, run, speech)) {
        diag_set(diag, NULL, "no thread can be started for speech");
        return STATUS_FAILED;
    }
    open_already = true;
    pthread_mutex_lock(&speech->lock);
    while (!speech->started) pthread_cond_wait(&speech->made, &speech->lock);
    enum status st = speech->status;
    pthread_mutex_unlock(&speech->lock);
    if (st == STATUS_OK) return st;

    diag_set(diag, speech->profile.name, "%s", speech->diag.text);
    stop_thread(speech);
    return st;
}

// "no voice 'clam'; there are: brisk, calm"
static void
name_the_known(struct diag *diag, const struct speech_config *config)
{
    struct profile_list list;
    char                names[sizeof diag->text] = "";
    size_t              used                     = 0;

    profile_list_read(&list, config->voices);
    for (size_t i = 0; i < list.count && used < sizeof names; i++) {
        used += (size_t)snprintf(names + used, sizeof names - used, "%s%s",
                                 i ? ", " : "", list.names[i]);
    }
    if (list.count)
        diag_set(diag, NULL, "there is no voice '%.100s'; there are: %s",
                 config->voice, names);
    else
        diag_set(diag, config->voices, "there are no voice profiles here");
    profile_list_release(&list);
}

static enum status
read_profile(struct profile *profile, const struct speech_config *config,
             struct diag *diag)
{
    char          file[PROFILE_TEXT + 8], path[PATH_SIZE];
    struct report report = {0};

    int length = snprintf(file, sizeof file, "%s.yaml", config->voice);
    if (length < 0 || (size_t)length >= sizeof file ||
        strchr(config->voice, '/') || !path_join(path, config->voices, file) ||
        !path_exists(path)) {
        name_the_known(diag, config);
        return STATUS_NOT_FOUND;
    }
    enum status st = profile_read(profile, path, &report);
    if (st != STATUS_OK) report_tell(&report, NULL, diag);
    report_release(&report);
    return st;
}

// A list that is damaged keeps nobody from a session.
static enum status
read_pronunciations(struct speech *speech, const struct speech_config *config,
                    struct diag *diag)
{
    char          path[PATH_SIZE];
    struct report report = {0};

    if (!path_join(path, config->voices, "pronunciation.yaml") ||
        !path_exists(path))
        return STATUS_OK;
    enum status st = pronounce_read(&speech->pronounce, path, &report);
    if (st == STATUS_BAD_INPUT && config->keep) {
        report_print(&report, stderr);
        log_print(LOG_WARNING, "every word is said as the engine says it");
        st = STATUS_OK;
    }
    if (st != STATUS_OK) report_tell(&report, NULL, diag);
    report_release(&report);
    return st;
}

static enum status
read_clips(struct speech *speech, const struct speech_config *config,
           struct diag *diag)
{
    char          folder[PATH_SIZE];
    struct report report = {0};

    if (!speech->profile.clips[0] || !config->read ||
        !path_join(folder, config->voices, speech->profile.clips))
        return STATUS_OK;
    enum status st = clips_read(&speech->clips, folder, config->read, &report);
    if (st != STATUS_OK) report_tell(&report, NULL, diag);
    report_release(&report);
    return st;
}

// All that the sound of a text depends on.
static struct cache *
open_cache(struct speech *speech)
{
    const struct profile *p = &speech->profile;
    char                  key[3 * PROFILE_TEXT];

    snprintf(key, sizeof key, "%d %s %llx %s %d %d %d %d %d %g %g",
             TAKE_VERSION, synth_version(),
             (unsigned long long)pronounce_version(speech->pronounce), p->voice,
             p->rate, p->pitch, p->range, p->word_gap, p->comma, p->gain,
             TAKE_LOUDNESS);
    return cache_open(key, add_cached, speech);
}

enum status
speech_open(struct speech **out, const struct speech_config *config,
            struct diag *diag)
{
    struct profile profile;

    if (open_already) {
        diag_set(diag, NULL, "speech is open already in this program");
        return STATUS_FAILED;
    }
    enum status st = read_profile(&profile, config, diag);
    if (st != STATUS_OK) return st;

    struct speech *speech = speech_new(&profile, config->rate);
    if (!speech) return STATUS_NO_MEMORY;
    st = read_pronunciations(speech, config, diag);
    if (st == STATUS_OK) st = read_clips(speech, config, diag);
    if (st == STATUS_OK) {
        if (config->keep) speech->cache = open_cache(speech);
        st = start_thread(speech, diag);
    }
    if (st == STATUS_OK)
        *out = speech;
    else
        speech_free(speech);
    return st;
}

void
speech_high_pass(struct speech *speech, double hz)
{
    speech->high_pass = hz;
}

void
speech_close(struct speech *speech)
{
    if (!speech) return;
    stop_thread(speech);
    speech_free(speech);
}

void
speech_request(struct speech *speech, const char *text)
{
    pthread_mutex_lock(&speech->lock);
    find_or_add(speech, text);
    pthread_mutex_unlock(&speech->lock);
}

int64_t
speech_guess(void *speech, const char *text)
{
    speech_request(speech, text);
    return (int64_t)strlen(text) * ((struct speech *)speech)->rate / 15 + 1;
}

// Waits until TEXT is made.
static struct line *
made(struct speech *speech, const char *text)
{
    pthread_mutex_lock(&speech->lock);
    struct line *line = find_or_add(speech, text);
    while (line && !line->done) pthread_cond_wait(&speech->made, &speech->lock);
    pthread_mutex_unlock(&speech->lock);
    if (!line)
        log_print(LOG_ERROR, "cannot say \"%.80s\": out of memory", text);
    return line && (line->take || line->cached.at) ? line : NULL;
}

static struct pcm *
make_clip(const struct speech *speech, const struct line *line)
{
    unsigned rate = speech->rate;

    if (line->take) return take_clip(line->take, rate, speech->high_pass);
    struct take *take = cache_take(speech->cache, &line->cached);
    if (!take) return NULL;
    struct pcm *clip = take_clip(take, rate, speech->high_pass);
    free(take);
    return clip;
}

// LINE is no longer among the recent; its clip stays.
static void
take_out(struct speech *speech, const struct line *line)
{
    size_t i = 0;
    while (speech->recent[i] != line) i++;
    speech->recent_count--;
    speech->recent_frames -= line->clip->frames;
    memmove(speech->recent + i, speech->recent + i + 1,
            (speech->recent_count - i) * sizeof(void *));
}

// LINE's clip is the newest: older ones make room for it.
static void
remember(struct speech *speech, struct line *line)
{
    int     seconds = speech->cache ? RECENT_KEPT : RECENT_SECONDS;
    int64_t most    = (int64_t)speech->rate * seconds;

    speech->recent_frames += line->clip->frames;
    while (speech->recent_count == RECENT ||
           (speech->recent_count && speech->recent_frames > most)) {
        struct line *oldest = speech->recent[0];
        take_out(speech, oldest);
        pcm_drop(oldest->clip);
        oldest->clip = NULL;
    }
    speech->recent[speech->recent_count++] = line;
}

struct pcm *
speech_clip(struct speech *speech, const char *text)
{
    struct line *line = made(speech, text);

    if (!line) return NULL;
    if (line->clip)
        take_out(speech, line);
    else
        line->clip = make_clip(speech, line);
    if (line->clip)
        remember(speech, line);
    else
        log_print(LOG_ERROR, "cannot say \"%.80s\": out of memory", text);
    return line->clip;
}

int64_t
speech_length(void *speech, const char *text)
{
    unsigned           rate = ((struct speech *)speech)->rate;
    const struct line *line = made(speech, text);

    if (!line) return 0;
    if (line->take) return take_length(line->take, rate);
    return pcm_resampled(line->cached.frames, line->cached.rate, rate);
}
