// SPDX-License-Identifier: GPL-3.0-or-later
// What the engine plays through: a sound device, a file, or a pipe.
//
// A host calls RENDER for every block, on whatever thread it likes, one call
// at a time, and counts frames; that count is the program's only clock.
// Nothing is rendered before the first run(), so that what needs the rate the
// device wanted can still be made after open().
#ifndef AUDIO_HOST_H
#define AUDIO_HOST_H
#include "base/diag.h"
#include "base/status.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct host;

// IN is what the microphone gave for these frames, mono, or NULL without one;
// OUT is to be filled, mono.  May run on a real-time thread.
typedef void
host_render(void *ctx, const float *in, float *out, size_t frames);

struct host_config {
    unsigned    rate;       // wished for; host->rate is what it became
    const char *path;       // file host: what to write, by its ending: .wav,
                            // .flac, .ogg, .oga, .opus or .mp3;
                            // pipe host: where to, NULL: stdout
    const char *title;      // file host: of what is rendered, or NULL
    bool        split;      // file host: a file for each part
    const char *microphone; // file host: a recording as the microphone, or NULL
    const char *output;     // device host: part of a device's name, or NULL
    const char *input;      // the same; pipe host: NULL is no microphone
    bool        listen;     // device and pipe host: open a microphone too
    bool        realtime;   // device host: priority for its thread, if it may
};

struct host_ops {
    const char *name;
    enum status (*open)(struct host **out, const struct host_config *config,
                        host_render *render, void *ctx, struct diag *diag);
    // File: renders FRAMES frames and returns.  Device: returns when FRAMES
    // more have been rendered, or sooner (after at most 10 ms); 0: at once, as
    // frames only are to flow from now on.  STATUS_LOST when the device stopped
    // asking for frames; STATUS_FAILED when the file cannot be written.
    enum status (*run)(struct host *host, int64_t frames, struct diag *diag);
    // Ends well: what was rendered is heard or written in full.  A file that
    // failed is removed, never left looking whole.  NULL is fine.
    enum status (*close)(struct host *host, struct diag *diag);
};

// What every host begins with.
struct host {
    const struct host_ops *ops;
    unsigned               rate;  // Hz
    bool                   live;  // runs by itself, in real time
    bool                   flows; // frames go on between calls of run(), too
    bool                   hears; // IN is given; device and pipe host: and
                                  // sounds come, which may change
    int64_t     latency;          // frames from OUT to the ear, as reported
    const char *note;             // something the person should know ("no
                                  // microphone: ..."), or NULL
    unsigned stalls;              // live: how often it stood still and went on
    int64_t  stalled;             // frames of time that this took in all
    unsigned restarts;            // live: how often its streams were begun anew
    unsigned xruns;               // as the device told them
    int64_t  slept; // live: ms that the machine slept since it started
    int64_t  microphone_frames; // file host: of the recording, 0: none
    bool     discard; // set by the caller before close(): keep no file
};

extern const struct host_ops host_file;

// A file host that splits begins another file at FRAME, which is not rendered
// yet: "x.wav" becomes "x-01-intro.wav", "x-02-NAME.wav" and so on.
void
host_file_part(struct host *host, int64_t frame, const char *name,
               const char *title);

extern const struct host_ops host_portaudio;
extern const struct host_ops host_pipe;
#endif
