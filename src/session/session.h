// SPDX-License-Identifier: GPL-3.0-or-later
// A session under way: where in the plan it is, what it says and when, and
// what each command means there.
//
// Pure: (session, event) -> session and effects.  No I/O, no allocation, no
// clock but the frames it is told.  A session may be copied to be put back
// later.  Times are output frames; a segment's own clock ("elapsed") stands
// still while the session is paused.
#ifndef SESSION_SESSION_H
#define SESSION_SESSION_H
#include "plan/layout.h"
#include "plan/plan.h"
#include "session/command.h"

enum session_state {
    SESSION_IDLE,     // before the start
    SESSION_READYING, // intro, setup, getting into position
    SESSION_RUNNING,  // lead-in, work, change, rest
    SESSION_CLOSING,  // outro
    SESSION_PAUSED,
    SESSION_ENDING, // "end session" can still be taken back
    SESSION_ENDED,
    SESSION_STATES
};

enum signal {
    SIGNAL_GO,
    SIGNAL_ZERO_SIDE,
    SIGNAL_ZERO_SET,
    SIGNAL_ZERO_EXERCISE,
    SIGNAL_ZERO_SESSION,
    SIGNAL_ACCEPTED,
    SIGNAL_DECLINED,
    SIGNAL_PACE_UP, // of a stroke
    SIGNAL_PACE_DOWN,
    SIGNALS
};

enum effect_kind {
    EFFECT_SEGMENT, // a segment begins
    EFFECT_SAY,     // narration
    EFFECT_ASIDE,   // an answer; narration does not sound at the same time
    EFFECT_SIGNAL,
    EFFECT_HOLD,      // freeze narration
    EFFECT_GO_ON,     // and let it go on
    EFFECT_CUT,       // silence narration, frozen or not, and answers
    EFFECT_CUT_ASIDE, // silence answers only
    EFFECT_GAIN,      // volume, dB
    EFFECT_MUSIC,     // on or off, and how loud
    EFFECT_LENGTH,    // the segment's length has changed
    EFFECT_PAIN,      // a pain was told of, or told more exactly
    EFFECT_ANSWER,    // a question of the session was answered
    EFFECT_END,
};

struct session_music {
    bool there; // any at all
    bool off;
    int  gain; // dB on top of what was asked for at the start
};

struct effect {
    enum effect_kind kind;
    int64_t          frame;
    union {
        struct {
            const char *text; // valid until the next event
            int64_t     length;
        } say;
        const struct segment *segment;
        enum signal           signal;
        int                   gain;
        struct session_music  music;
        const char           *reason; // "completed", "ended"
        struct {
            const char *what;                // "told", "sharp", "sore",
                                             // "taken_back" by undo
            const struct exercise *exercise; // under way, NULL: none
        } pain;
        struct {
            const struct segment *to;    // the question
            int                   value; // 0 no, 1 yes; enum side; 0..10
        } answer;
    };
    int64_t length;  // SEGMENT, LENGTH: of the segment, frames
    int64_t elapsed; // SEGMENT: not 0 where undo comes back into it
};

// One event makes at most this many.
#define SESSION_MOST_EFFECTS 16

struct effects {
    size_t        count;
    struct effect list[SESSION_MOST_EFFECTS];
};

// An answer, waiting or being said.
struct aside {
    char    text[ANSWER_SIZE];
    int64_t length; // 0: none
    int64_t at;     // output frame
    bool    begun;
    bool    holds;    // the segment's clock stands while it is said
    bool    explains; // a line of "explain"
};

// What a yes or a no answers.
enum question {
    QUESTION_NONE,
    QUESTION_PAIN,    // sharp, numb or tingling?
    QUESTION_COMMAND, // is that what you said?
    QUESTION_GO_ON,   // where an earlier session broke off?
};

struct session_undo;

struct session {
    const struct plan_set *plans;
    const struct plan     *plan; // of the segment under way
    enum level             level;
    enum talk              talk;
    struct plan_voice      voice;
    enum session_state     state;
    enum session_state     before_pause;
    int64_t                now;
    size_t                 segment;
    int64_t                length;  // of the segment as it is now
    int64_t                added;   // to its level's, by "more", "less time"
    int64_t                origin;  // output frame of elapsed 0; moves by holds
    int64_t                elapsed; // while held
    bool                   held;
    int64_t                at[PLAN_MOST_CUES];
    int64_t                cursor; // elapsed before which all cues were said
    int64_t                speech_until; // elapsed, end of the last narration
    int64_t       counted_until; // the same of the last "ten seconds" or count
    int           instruction;   // index of the last one here, -1: none
    const char   *last_text;     // what "repeat" says, or NULL
    bool          cut_short;     // "stop" cut an instruction
    struct aside  aside;
    enum question question;
    enum command  asked;  // what QUESTION_COMMAND is about
    int64_t       remind; // output frame to ask again, expire, or end
    bool          reminded;
    bool          hurt;            // a sharp pain: this area is over
    struct session_undo *undo;     // or NULL
    enum command         deferred; // answered in the next segment; or COMMANDS
    int  explained; // the line of "explain" that comes next; -1: none
    bool stays;     // paused when "explain" came, and so after it
    int  beat;      // the half stroke whose tone comes next
    int  gain;      // dB
    struct session_music music; // THERE: set after session_init()
    struct given         given; // what was answered
    bool answered;              // the question under way; its segment ends soon
    bool completed;             // ENDING: all was done or left out
};

#define SESSION_LOUDEST  9
#define SESSION_QUIETEST (-24)

#define SESSION_MUSIC_LOUDEST  12
#define SESSION_MUSIC_QUIETEST (-24)

// The session as it was before the last command that changed it.
struct session_undo {
    bool           there;
    int64_t        at;   // output frame of that command
    bool           pain; // it told of one
    struct session before;
};

// VOICE is copied; plans, phrasebook, answers, context and UNDO (NULL: nothing
// can be undone) must outlive the session.
void
session_init(struct session *session, const struct plan_set *plans,
             enum level level, enum talk talk, const struct plan_voice *voice,
             struct session_undo *undo);

// Where a session broke off.
struct session_place {
    size_t  segment; // of the plan for the session's level and talk
    int64_t elapsed; // of the segment's clock, frames; 0..length
    int64_t length;  // of the segment, as it had become
    int     gain;    // dB
    bool    ask;     // whether to go on there; "no" begins at the beginning
};

// In place of COMMAND_START: goes on at PLACE.  The person first gets into
// position again; a sentence that broke off is said again.
void
session_come_back(struct session *session, int64_t frame,
                  const struct session_place *place, struct effects *effects);

// The next frame at which something happens by itself, INT64_MAX: never.
int64_t
session_due(const struct session *session);

// The clock has reached FRAME: does the first thing due at or before it, if
// any, at its own frame.  Call until session_due() lies behind FRAME.
void
session_reach(struct session *session, int64_t frame, struct effects *effects);

// COMMAND comes at FRAME (no earlier than anything before).  False where it
// means nothing now: then only a declining signal is made.
bool
session_command(struct session *session, int64_t frame, enum command command,
                struct effects *effects);

// Sets the volume at FRAME, without a word; what is out of range comes to its
// end.
void
session_volume(struct session *session, int64_t frame, int decibels,
               struct effects *effects);

// From the next segment on the session goes by other plans: those for what was
// answered.  The segments up to this one must be the same; the plans before
// must stay as long as the session.
void
session_adopt(struct session *session, const struct plan_set *plans);

// Asks back whether COMMAND was meant, where it was heard with doubt; "yes"
// within ten seconds does it, unless it has come by itself, or a question of
// yes or no has.  False where it means nothing now, and where the session waits
// for an answer about a pain, or whether to go on.
bool
session_ask(struct session *session, int64_t frame, enum command command,
            struct effects *effects);

// Says a phrase that nobody asked for, between other things.  False where
// there is no room for it now; then it may be tried again.
bool
session_tell(struct session *session, int64_t frame, enum phrase phrase,
             struct effects *effects);

// Which commands mean something now: bit per enum command.
uint64_t
session_commands(const struct session *session);

// Frames of the segment's clock; frames that remain in all.
int64_t
session_elapsed(const struct session *session);
int64_t
session_left(const struct session *session);

// The segment's clock at FRAME, which may lie behind what the session was told
// of last.
int64_t
session_elapsed_at(const struct session *session, int64_t frame);

// Whether narration or an answer is being said.
bool
session_is_speaking(const struct session *session);

const struct segment *
session_segment(const struct session *session);
#endif
