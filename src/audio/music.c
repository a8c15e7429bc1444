// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/music.h"

#include "audio/deadline.h"
#include "base/log.h"
#include "pcm/highpass.h"
#include <dirent.h>
#include <ebur128.h>
#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <sndfile.h>
#include <soxr.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
    BLOCK   = 4096, // frames decoded at a time
    SECONDS = 2,    // in the ring
    HEARD   = 60,   // seconds of a track whose loudness is measured
    NAP     = 50,   // ms, of the thread
};

static const double loudness = -23; // LUFS, as speech has it

struct music {
    char      **tracks;
    size_t      count;
    size_t      next;
    size_t      broken; // in a row, without a frame
    unsigned    rate;
    struct ring ring;
    pthread_t   thread;
    bool        live;
    atomic_bool closing;

    // the track that plays
    SNDFILE        *file;
    SF_INFO         info;
    soxr_t          resampler; // goes on from track to track of one rate
    int             from;      // Hz, its input's
    float           gain;
    float          *frames;           // BLOCK, interleaved
    float           mono[BLOCK];      // at the file's rate
    float           ready[4 * BLOCK]; // at ours
    struct highpass highpass;
    size_t          ready_count, ready_given;
};

// ---- tracks ----

static bool
add_track(struct music *music, const char *folder, const char *name)
{
    size_t size  = strlen(folder) + strlen(name) + 2;
    char  *track = malloc(size);
    char **grown =
        realloc(music->tracks, (music->count + 1) * sizeof *music->tracks);

    if (grown) music->tracks = grown;
    if (!track || !grown) {
        free(track);
        return false;
    }
    snprintf(track, size, "%s%s%s", folder, *folder ? "/" : "", name);
    music->tracks[music->count++] = track;
    return true;
}

static bool
is_sound(const char *path)
{
    struct stat stat_;
    SF_INFO     info = {0};

    if (stat(path, &stat_) || !S_ISREG(stat_.st_mode)) return false;
    SNDFILE *file = sf_open(path, SFM_READ, &info);
    if (file) sf_close(file);
    return file != NULL;
}

static void
drop_last_unless_sound(struct music *music)
{
    char *last = music->tracks[music->count - 1];
    if (is_sound(last)) return;
    free(last);
    music->count--;
}

static int
by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static enum status
list_folder(struct music *music, const char *path)
{
    enum status st  = STATUS_OK;
    DIR        *dir = opendir(path);

    if (!dir) return STATUS_NOT_FOUND;
    for (struct dirent *entry; !st && (entry = readdir(dir));) {
        if (entry->d_name[0] == '.') continue;
        if (!add_track(music, path, entry->d_name))
            st = STATUS_NO_MEMORY;
        else
            drop_last_unless_sound(music);
    }
    closedir(dir);
    if (music->count)
        qsort(music->tracks, music->count, sizeof *music->tracks, by_name);
    return st;
}

// Marsaglia's xorshift64.
static uint64_t
next_number(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static void
shuffle_tracks(struct music *music, uint64_t state)
{
    for (size_t i = music->count; i > 1; i--) {
        size_t other         = (size_t)(next_number(&state) % i);
        char  *track         = music->tracks[i - 1];
        music->tracks[i - 1] = music->tracks[other];
        music->tracks[other] = track;
    }
}

static enum status
find_tracks(struct music *music, const char *path, struct diag *diag)
{
    struct stat stat_;

    if (stat(path, &stat_)) {
        diag_set(diag, path, "no such music: %s", strerror(errno));
        return STATUS_NOT_FOUND;
    }
    if (S_ISDIR(stat_.st_mode)) {
        enum status st = list_folder(music, path);
        if (st) return st;
    } else {
        if (!add_track(music, "", path)) return STATUS_NO_MEMORY;
        drop_last_unless_sound(music);
    }
    if (music->count) return STATUS_OK;
    diag_set(diag, path,
             "no music in here that can be played (WAV, FLAC, Ogg, Opus, "
             "MP3)");
    return STATUS_BAD_INPUT;
}

// ---- the track that plays ----

static void
end_track(struct music *music)
{
    if (music->file) sf_close(music->file);
    free(music->frames);
    music->file   = NULL;
    music->frames = NULL;
}

static size_t
decode(struct music *music)
{
    int        channels = music->info.channels;
    sf_count_t got      = sf_readf_float(music->file, music->frames, BLOCK);

    for (sf_count_t i = 0; i < got; i++) {
        float sum = 0;
        for (int c = 0; c < channels; c++)
            sum += music->frames[i * channels + c];
        sum /= (float)channels;
        music->mono[i] = isfinite(sum) ? sum : 0;
    }
    return got > 0 ? (size_t)got : 0;
}

// The factor to the common loudness, by the track's first minute.
static float
measure(struct music *music)
{
    unsigned       rate  = (unsigned)music->info.samplerate;
    ebur128_state *meter = ebur128_init(1, rate, EBUR128_MODE_I);
    double         lufs  = -HUGE_VAL;
    size_t         got, left = (size_t)rate * HEARD;

    if (!meter) return 1;
    while (left > 0 && (got = decode(music)) > 0) {
        ebur128_add_frames_float(meter, music->mono, got);
        left -= got < left ? got : left;
    }
    ebur128_loudness_global(meter, &lufs);
    ebur128_destroy(&meter);
    if (!isfinite(lufs)) return 1;
    double gain = pow(10, (loudness - lufs) / 20);
    return (float)(gain < 8 ? gain : 8);
}

static bool
begin_track(struct music *music, const char *path)
{
    memset(&music->info, 0, sizeof music->info);
    music->file = sf_open(path, SFM_READ, &music->info);
    if (!music->file) return false;
    music->frames =
        malloc(sizeof(float) * BLOCK * (size_t)music->info.channels);
    if (!music->frames) return false;
    music->gain = measure(music);
    return sf_seek(music->file, 0, SEEK_SET) == 0;
}

static void
next_track(struct music *music)
{
    const char *path = music->tracks[music->next];

    music->next = (music->next + 1) % music->count;
    if (begin_track(music, path)) return;
    log_print(LOG_WARNING, "%s: cannot be played and is passed over", path);
    end_track(music);
    music->broken++;
}

// Into music->ready.  Where it fails, the next track gets another resampler.
static bool
resample(struct music *music, const float *from, size_t count)
{
    const char *error =
        soxr_process(music->resampler, from, count, NULL, music->ready,
                     sizeof music->ready / sizeof(float), &music->ready_count);

    if (!error) return true;
    soxr_delete(music->resampler);
    music->resampler   = NULL;
    music->from        = 0;
    music->ready_count = 0;
    return false;
}

// What the resampler still holds of tracks of another rate; at the end of it
// there is one for this track.
static void
change_rate(struct music *music)
{
    soxr_quality_spec_t quality = soxr_quality_spec(SOXR_HQ, 0);
    soxr_runtime_spec_t here    = soxr_runtime_spec(1);

    if (music->resampler && resample(music, NULL, 0) && music->ready_count)
        return;
    soxr_delete(music->resampler);
    music->resampler = NULL;
    music->from      = music->info.samplerate;
    if ((unsigned)music->from == music->rate) return;
    music->resampler =
        soxr_create(music->from, music->rate, 1, NULL, NULL, &quality, &here);
    if (music->resampler) return;
    music->from = 0;
    music->broken++;
    end_track(music);
}

// False where the track is over, or cannot be resampled.  The rest of the block
// before comes first: of a low rate it becomes more than there is room for, and
// would pile up.
static bool
decode_some(struct music *music)
{
    bool resampled = music->resampler != NULL;

    if (resampled && !resample(music, music->mono, 0)) return false;
    if (music->ready_count) return true;

    size_t got = decode(music);

    for (size_t i = 0; i < got; i++) music->mono[i] *= music->gain;
    if (resampled && got && !resample(music, music->mono, got)) return false;
    if (!resampled) {
        memcpy(music->ready, music->mono, got * sizeof(float));
        music->ready_count = got;
    }
    if (got) music->broken = 0;
    return got > 0;
}

// The next frames, in music->ready.
static void
make_ready(struct music *music)
{
    music->ready_given = music->ready_count = 0;
    if (music->from != music->info.samplerate) {
        change_rate(music);
    } else if (!decode_some(music)) {
        music->broken++; // unless the next one has a frame
        end_track(music);
    }
    highpass_run(&music->highpass, music->ready, music->ready_count);
}

void
music_fill(struct music *music)
{
    while (music->broken < 2 * music->count) {
        size_t left = music->ready_count - music->ready_given;
        if (left > 0) {
            size_t put = ring_push(&music->ring,
                                   music->ready + music->ready_given, left);
            music->ready_given += put;
            if (put < left) return;
        } else if (music->file) {
            make_ready(music);
        } else {
            next_track(music);
        }
    }
}

static void *
play(void *ctx)
{
    struct music *music = ctx;

    while (!atomic_load(&music->closing)) {
        music_fill(music);
        deadline_sleep(NAP);
    }
    return NULL;
}

// ---- opening and closing ----

enum status
music_open(struct music **out, const char *path, unsigned rate, bool live,
           uint64_t shuffle, double high_pass, struct diag *diag)
{
    struct music *music = calloc(1, sizeof *music);
    enum status   st    = STATUS_NO_MEMORY;

    if (music) {
        music->rate = rate;
        highpass_set(&music->highpass, rate, high_pass);
        st = find_tracks(music, path, diag);
        if (!st && shuffle) shuffle_tracks(music, shuffle);
        if (!st && !ring_init(&music->ring, sizeof(float), rate * SECONDS))
            st = STATUS_NO_MEMORY;
        if (!st && live)
            music->live =
                pthread_create(&music->thread, NULL, play, music) == 0;
    }
    if (st == STATUS_NO_MEMORY) diag_set(diag, path, "no memory for music");
    if (st)
        music_close(music);
    else
        *out = music;
    return st;
}

void
music_close(struct music *music)
{
    if (!music) return;
    if (music->live) {
        atomic_store(&music->closing, true);
        pthread_join(music->thread, NULL);
    }
    end_track(music);
    soxr_delete(music->resampler);
    for (size_t i = 0; i < music->count; i++) free(music->tracks[i]);
    free(music->tracks);
    ring_release(&music->ring);
    free(music);
}

struct ring *
music_ring(struct music *music)
{
    return &music->ring;
}
