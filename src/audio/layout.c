// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/layout.h"

#include "audio/choice.h"
#include <portaudio.h>
#include <stdio.h>

static const double latency = 0.07; // s, wished for

static PaStreamParameters
parameters(PaDeviceIndex device, int channels)
{
    return (PaStreamParameters){.device           = device,
                                .channelCount     = channels,
                                .sampleFormat     = paFloat32,
                                .suggestedLatency = latency};
}

static PaError
open_streams(struct layout *layout, PaDeviceIndex output, PaDeviceIndex input,
             bool split)
{
    struct stream     *stream = &layout->stream;
    double             rate   = layout->rate;
    PaStreamParameters out    = parameters(output, stream->channels);
    PaStreamParameters in     = parameters(input, 1);
    bool               both   = input != paNoDevice && !split;

    stream->split = split;
    stream->hears = input != paNoDevice;
    layout->microphone =
        (struct microphone){.device  = split ? input : paNoDevice,
                            .rate    = rate,
                            .latency = latency,
                            .to      = stream,
                            .there   = split};
    PaError error = Pa_OpenStream(&layout->output, both ? &in : NULL, &out,
                                  rate, paFramesPerBufferUnspecified, paNoFlag,
                                  stream_output, stream);
    if (error != paNoError) layout->output = NULL;
    if (error != paNoError || !split) return error;
    return microphone_open(&layout->microphone);
}

void
layout_close(struct layout *layout)
{
    microphone_close(&layout->microphone);
    if (layout->output) Pa_CloseStream(layout->output);
    layout->output = NULL;
}

static PaError
start_streams(struct layout *layout)
{
    Pa_SetStreamFinishedCallback(layout->output, stream_finished);
    PaError error = Pa_StartStream(layout->output);
    if (error == paNoError && layout->microphone.stream)
        error = Pa_StartStream(layout->microphone.stream);
    return error;
}

static PaError
try_layout(struct layout *layout, PaDeviceIndex output, PaDeviceIndex input,
           bool split)
{
    PaError error = open_streams(layout, output, input, split);
    if (error == paNoError) error = start_streams(layout);
    if (error != paNoError) layout_close(layout);
    return error;
}

// What cannot be opened now may be later: until then it hears silence.
static void
wait_for(struct layout *layout, PaDeviceIndex input)
{
    layout->microphone.device = input;
    layout->microphone.there  = false;
    layout->stream.split      = true; // nothing flows yet
    layout->stream.hears      = true;
}

// Both ways in one; in two; output alone.
static PaError
try_layouts(struct layout *layout, PaDeviceIndex output, PaDeviceIndex input)
{
    PaError error = paNoError;

    if (input != paNoDevice && !layout->apart &&
        choice_is_one_clock(output, input)) {
        error = try_layout(layout, output, input, false);
        if (error == paNoError) return error;
    }
    if (input != paNoDevice) {
        error = try_layout(layout, output, input, true);
        if (error == paNoError) return error;
        snprintf(layout->note, sizeof layout->note,
                 "no microphone: \"%s\" cannot be opened (%s)",
                 Pa_GetDeviceInfo(input)->name, Pa_GetErrorText(error));
    }
    error = try_layout(layout, output, paNoDevice, false);
    if (error == paNoError && input != paNoDevice) wait_for(layout, input);
    return error;
}

PaError
layout_open(struct layout *layout, PaDeviceIndex output, PaDeviceIndex input)
{
    double  other = Pa_GetDeviceInfo(output)->defaultSampleRate;
    PaError error = try_layouts(layout, output, input);
    if (error != paInvalidSampleRate || other < 8000 || other > 384000)
        return error;
    layout->note[0] = '\0';
    layout->rate    = other;
    return try_layouts(layout, output, input);
}
