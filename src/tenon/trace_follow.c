/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "kernel/tracing.h"
#include "tenon/trace.h"
#include "util/cleanup.h"
#include "util/dir.h"
#include "util/file.h"
#include "util/num.h"

/* How long requests that do not sleep may take after the command has ended. */
#define LINGER_MS 10000

/* A file of /proc that is read has no more. */
#define PROC_MAX  65536

static int read_proc(uint64_t pid, const char *file, struct tn_buf *text)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };

        tn_buf_addf(&path, "/proc/%llu/%s", (unsigned long long)pid, file);
        return tn_buf_str(&path) ? tn_file_read_at(AT_FDCWD, path.ptr, PROC_MAX, text) : -ENOMEM;
}

/* The first number in the line of /proc/PID/status that begins so. */
static bool find_number(struct span status, struct span key, uint64_t *ret_number)
{
        struct span line;

        while (tn_span_split(&status, '\n', &line))
                if (tn_span_starts(line, key)) {
                        line = tn_span_skip(line, key.len);
                        return tn_num_parse(tn_span_word(&line, " \t"), 10, ret_number) == 0;
                }
        return false;
}

/*
 * Looks at the thread while it sleeps in its request. That it has the same command still does not prove that it is the
 * same thread; a number that was given anew within the milliseconds since would have to go to a process of that command.
 */
static int see_asker(struct tn_trace *trace, struct tn_request *request)
{
        _cleanup_(tn_buf_fini) struct tn_buf command = { 0 }, status = { 0 }, login = { 0 };
        struct tn_trace_asker *asker = calloc(1, sizeof(*asker));

        if (!asker)
                return -ENOMEM;
        request->data = asker;
        asker->is_family = tn_trace_is_family(trace, request->pid);
        if (!request->wait || read_proc(request->pid, "status", &status) < 0 ||
            read_proc(request->pid, "loginuid", &login) < 0 || read_proc(request->pid, "comm", &command) < 0)
                return 0;
        if (strcmp(request->command, TN_FTRACE_FORGOTTEN) == 0)
                request->command = tn_arena_dup(&request->arena, tn_span_trim(tn_buf_span(&command)));
        if (!request->command)
                return -ENOMEM;
        if (!tn_span_eq(tn_span_trim(tn_buf_span(&command)), tn_span_of(request->command)))
                return 0;
        asker->has_uid = find_number(tn_buf_span(&status), SPAN("Uid:"), &asker->uid);
        asker->has_loginuid = tn_num_parse(tn_span_trim(tn_buf_span(&login)), 10, &asker->loginuid) == 0 &&
                              asker->loginuid != UINT32_MAX;
        return 0;
}

/* What the process of a helper was asked to load: its last argument. Empty when it is gone. */
static struct span see_asked(const struct tn_ftrace_line *line, struct tn_buf *room)
{
        struct span rest, word, last = SPAN("");

        if (line->event != TN_FTRACE_EXEC || read_proc(line->pid, "cmdline", room) < 0)
                return last;
        for (rest = tn_buf_span(room); tn_span_split(&rest, '\0', &word);)
                last = word;
        return last;
}

static int follow_family(struct tn_trace *trace, const struct tn_ftrace_line *line)
{
        for (size_t i = 0; i < trace->family.n; i++) {
                if (trace->family.v[i] != line->pid)
                        continue;
                if (line->event == TN_FTRACE_FORK)
                        return tn_vec_add(&trace->family, line->child);
                if (line->event == TN_FTRACE_EXIT)
                        trace->family.v[i] = trace->family.v[--trace->family.n];
                return 0;
        }
        return 0;
}

static int take_line(struct tn_trace *trace, const struct tn_ftrace_line *line)
{
        _cleanup_(tn_buf_fini) struct tn_buf room = { 0 };
        struct tn_request *request;
        int r;

        if (line->event == TN_FTRACE_LOST)
                trace->lost += line->value ? (uint64_t)line->value : 1;
        r = tn_requests_take(&trace->requests, line, trace->boot ? SPAN("") : see_asked(line, &room),
                             &request);
        if (r == 0 && request && !trace->boot)
                r = see_asker(trace, request);
        return r == 0 ? follow_family(trace, line) : r;
}

int tn_trace_take(struct tn_trace *trace, struct tn_buf *text)
{
        struct span rest = tn_buf_span(text), line;
        int r = 0;

        while (r == 0 && tn_span_chr(rest, '\n') < rest.len && tn_span_split(&rest, '\n', &line)) {
                struct tn_ftrace_line parsed;
                int form = tn_ftrace_parse(line, &parsed);

                trace->unreadable += form == -EINVAL;
                if (form == 0)
                        r = take_line(trace, &parsed);
        }
        memmove(text->ptr, rest.ptr, rest.len);
        text->len = rest.len;
        return r;
}

/* The child waits until it is traced. What it prints must not come between the records. */
static void run_child(int go, char **argv)
{
        sigset_t none;
        char byte;

        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        signal(SIGPIPE, SIG_DFL);
        if (read(go, &byte, 1) != 1)
                _exit(127);
        dup2(STDERR_FILENO, STDOUT_FILENO);
        execvp(argv[0], argv);
        fprintf(stderr, "tenon: could not run %s: %s\n", argv[0], strerror(errno));
        _exit(127);
}

static int start_command(struct tn_trace *trace, char **argv, int *ret_go)
{
        int ends[2];

        if (pipe2(ends, O_CLOEXEC) < 0)
                return -errno;
        trace->command = fork();
        if (trace->command == 0)
                run_child(ends[0], argv);
        closep(&ends[0]);
        if (trace->command < 0) {
                int r = -errno;

                trace->command = 0;
                closep(&ends[1]);
                return r;
        }
        *ret_go = ends[1];
        return tn_vec_add(&trace->family, (uint64_t)trace->command);
}

/*
 * Traces the start of the helper alone. Other programs have names that any user chooses, of any length, with newlines in
 * them: the rest of such a name would be read as a line of the trace.
 */
static int enable_helper(const struct tn_trace *trace, const struct tn_tracing *tracing)
{
        _cleanup_(tn_buf_fini) struct tn_buf filter = { 0 };
        const char *helper = trace->requests.helper;

        if (!helper || !*helper || strpbrk(helper, "\"'*\\\n"))
                return -EINVAL;
        tn_buf_addf(&filter, "filename == \"%s\"", helper);
        return tn_buf_str(&filter)
                       ? tn_tracing_enable(tracing, tn_ftrace_event_dir(TN_FTRACE_EXEC), filter.ptr)
                       : -ENOMEM;
}

/* What is traced: without the first two it makes no sense. Older kernels may lack others. */
static int enable(const struct tn_trace *trace, const struct tn_tracing *tracing, bool *ret_helper)
{
        static const enum tn_ftrace_event events[] = { TN_FTRACE_REQUEST, TN_FTRACE_LOAD,   TN_FTRACE_FREE,
                                                       TN_FTRACE_START,   TN_FTRACE_FINISH, TN_FTRACE_EXEC,
                                                       TN_FTRACE_EXIT,    TN_FTRACE_FORK };
        int r = 0;

        *ret_helper = true;
        for (size_t i = 0; i < ARRAY_SIZE(events) && r == 0; i++) {
                if (events[i] == TN_FTRACE_FORK && !trace->command)
                        continue;
                r = events[i] == TN_FTRACE_EXEC
                            ? enable_helper(trace, tracing)
                            : tn_tracing_enable(tracing, tn_ftrace_event_dir(events[i]), NULL);
                if (r < 0 && i > 1) {
                        *ret_helper =
                                *ret_helper && events[i] != TN_FTRACE_EXEC && events[i] != TN_FTRACE_EXIT;
                        r = 0;
                }
        }
        return r;
}

static int open_signals(void)
{
        sigset_t set;
        int fd;

        sigemptyset(&set);
        sigaddset(&set, SIGINT);
        sigaddset(&set, SIGTERM);
        sigaddset(&set, SIGHUP);
        sigaddset(&set, SIGCHLD);
        sigprocmask(SIG_BLOCK, &set, NULL);
        signal(SIGPIPE, SIG_IGN); /* the instance must go, whoever reads the records */
        fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
        return fd < 0 ? -errno : fd;
}

/*
 * Returns 1 when the run is to end: with its command, if there is one. A terminal interrupts the command by itself; other
 * signals are handed on to it.
 */
static int take_signals(struct tn_trace *trace, int signals)
{
        struct signalfd_siginfo info;

        while (read(signals, &info, sizeof(info)) == (ssize_t)sizeof(info)) {
                if (!trace->command && info.ssi_signo != SIGCHLD)
                        return 1;
                if (info.ssi_signo == SIGTERM || info.ssi_signo == SIGHUP)
                        (void)kill(trace->command, (int)info.ssi_signo);
                if (trace->command &&
                    waitpid(trace->command, &trace->command_status, WNOHANG) == trace->command)
                        return 1;
        }
        return 0;
}

static bool has_open(const struct tn_trace *trace)
{
        for (size_t i = 0; i < trace->requests.open.n; i++) {
                const struct tn_trace_asker *asker = trace->requests.open.v[i]->data;

                if (asker && asker->is_family)
                        return true;
        }
        return false;
}

static int read_on(struct tn_trace *trace, const struct tn_tracing *tracing, struct tn_buf *text)
{
        int r = tn_tracing_read(tracing, text);

        return r == 0 ? tn_trace_take(trace, text) : r;
}

static int64_t now_ms(void)
{
        struct timespec ts;

        clock_gettime(CLOCK_MONOTONIC, &ts);
        return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* What has happened before the end is in the pipe, or will soon be: a helper ends after who does not wait for it. */
static int linger(struct tn_trace *trace, const struct tn_tracing *tracing, struct tn_buf *text)
{
        struct pollfd on = { .fd = tracing->pipe, .events = POLLIN };
        int r = read_on(trace, tracing, text);

        for (int64_t end = now_ms() + LINGER_MS; r == 0 && has_open(trace) && now_ms() < end;) {
                (void)poll(&on, 1, 50);
                r = read_on(trace, tracing, text);
        }
        return r;
}

static int follow(struct tn_trace *trace, const struct tn_tracing *tracing, int signals)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct pollfd on[] = { { .fd = tracing->pipe, .events = POLLIN },
                               { .fd = signals, .events = POLLIN } };
        int r = 0, end = 0;

        while (r == 0 && !end) {
                if (poll(on, ARRAY_SIZE(on), -1) < 0 && errno != EINTR)
                        return -errno;
                r = read_on(trace, tracing, &text);
                end = take_signals(trace, signals);
        }
        if (r == 0)
                r = linger(trace, tracing, &text);
        trace->is_ending = true;
        return r == 0 ? tn_requests_end(&trace->requests) : r;
}

int tn_trace_follow(struct tn_trace *trace, int tracefs, char **argv)
{
        _cleanup_(tn_tracing_end) struct tn_tracing tracing = TN_TRACING_NONE;
        _cleanup_(closep) int signals = open_signals(), go = -1;
        int r = signals < 0 ? signals : tn_tracing_begin(tracefs, &tracing);

        if (r == 0 && argv[0])
                r = start_command(trace, argv, &go);
        if (r == 0)
                r = enable(trace, &tracing, &trace->traces_helper);
        if (trace->traces_helper)
                trace->requests.serves = NULL; /* who was not seen to be a helper is none */
        if (r == 0)
                r = tn_stream_begin(trace->doc, trace->run.sink);
        if (r == 0 && go >= 0 && write(go, "", 1) != 1)
                r = -errno;
        if (r == 0)
                r = follow(trace, &tracing, signals);
        closep(&go); /* a command that was never to begin ends here */
        return r;
}
