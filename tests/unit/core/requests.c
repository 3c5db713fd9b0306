/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "core/requests.h"
#include "util/buf.h"
#include "util/cleanup.h"

/* What has ended, as text: a line each. */
struct heard {
        struct tn_requests requests;
        struct tn_buf text;
};

static int hear_request(void *data, const struct tn_request *request)
{
        struct heard *heard = data;

        tn_buf_addf(&heard->text, "%s %llu asks %s:", request->command, (unsigned long long)request->pid,
                    request->name);
        for (size_t i = 0; i < request->modules.n; i++)
                tn_buf_addf(&heard->text, " %s", request->modules.v[i]);
        tn_buf_addf(&heard->text, " until %llu\n", (unsigned long long)request->end_ns);
        return 0;
}

static int hear_loaded(void *data, const struct tn_loaded *loaded)
{
        struct heard *heard = data;

        tn_buf_addf(&heard->text, "%s loads %s for %s, %llu to %llu: %lld\n", loaded->command, loaded->module,
                    loaded->request ? loaded->request->name : "-", (unsigned long long)loaded->start_ns,
                    (unsigned long long)loaded->end_ns, (long long)loaded->result);
        return 0;
}

static int hear_freed(void *data, const struct tn_ftrace_line *line)
{
        struct heard *heard = data;

        tn_buf_addf(&heard->text, "%.*s goes\n", SPAN_FMT(line->name));
        return 0;
}

/* Modules are for requests that end as they do: fat for fs-fat. */
static bool serves(void *data, const struct tn_request *request, struct span module)
{
        (void)data;
        return tn_span_ends(tn_span_of(request->name), module);
}

static void init(struct heard *heard)
{
        *heard = (struct heard){
                .requests = { hear_request, hear_loaded, hear_freed, .data = heard,
                              .helper = "/sbin/modprobe" },
        };
}

static void fini(struct heard *heard)
{
        tn_requests_fini(&heard->requests);
        tn_buf_fini(&heard->text);
}

static void take_asked(struct heard *heard, const struct tn_ftrace_line *line, struct span asked)
{
        struct tn_request *request;

        assert_int_equal(tn_requests_take(&heard->requests, line, asked, &request), 0);
        assert_true((request != NULL) == (line->event == TN_FTRACE_REQUEST));
}

static void take(struct heard *heard, enum tn_ftrace_event event, uint64_t time, uint64_t pid,
                 struct span command, struct span name)
{
        take_asked(heard,
                   &(struct tn_ftrace_line){ .event = event,
                                             .time_ns = time,
                                             .pid = pid,
                                             .command = command,
                                             .name = name,
                                             .wait = true },
                   SPAN(""));
}

#define MOUNT  10, SPAN("mount")
#define CAT    11, SPAN("cat")
#define HELPER SPAN("/sbin/modprobe")
#define FIRST  20, SPAN("modprobe")
#define SECOND 21, SPAN("modprobe")
#define NONE   SPAN("")

CHECK(requests_have_what_their_helper_loads)
{
        _cleanup_(fini) struct heard heard;

        init(&heard);
        take(&heard, TN_FTRACE_REQUEST, 1, MOUNT, SPAN("fs-vfat"));
        take(&heard, TN_FTRACE_EXEC, 2, FIRST, HELPER);
        take(&heard, TN_FTRACE_LOAD, 3, FIRST, SPAN("fat"));
        take(&heard, TN_FTRACE_START, 4, FIRST, NONE);
        take(&heard, TN_FTRACE_FINISH, 6, FIRST, NONE);
        take(&heard, TN_FTRACE_LOAD, 7, FIRST, SPAN("vfat")); /* has no init */
        take(&heard, TN_FTRACE_EXIT, 9, FIRST, NONE);
        take(&heard, TN_FTRACE_FREE, 12, CAT, SPAN("vfat"));
        assert_string_equal(tn_buf_str(&heard.text), "modprobe loads fat for fs-vfat, 4 to 6: 0\n"
                                                     "modprobe loads vfat for fs-vfat, 0 to 0: 0\n"
                                                     "mount 10 asks fs-vfat: fat vfat until 9\n"
                                                     "vfat goes\n");
}

CHECK(requests_at_the_same_time_are_told_apart)
{
        _cleanup_(fini) struct heard heard;

        init(&heard);
        take(&heard, TN_FTRACE_REQUEST, 1, MOUNT, SPAN("fs-a"));
        take(&heard, TN_FTRACE_REQUEST, 2, CAT, SPAN("fs-b"));
        take_asked(&heard, &(struct tn_ftrace_line){ .event = TN_FTRACE_EXEC, .pid = 20, .name = HELPER },
                   SPAN("fs-b"));
        take(&heard, TN_FTRACE_EXEC, 4, SECOND, HELPER);
        take(&heard, TN_FTRACE_LOAD, 5, FIRST, SPAN("b"));
        take(&heard, TN_FTRACE_LOAD, 6, SECOND, SPAN("a"));
        take(&heard, TN_FTRACE_EXIT, 7, SECOND, NONE);
        take(&heard, TN_FTRACE_EXIT, 8, FIRST, NONE);
        assert_string_equal(tn_buf_str(&heard.text), "modprobe loads a for fs-a, 0 to 0: 0\n"
                                                     "mount 10 asks fs-a: a until 7\n"
                                                     "modprobe loads b for fs-b, 0 to 0: 0\n"
                                                     "cat 11 asks fs-b: b until 8\n");
}

CHECK(requests_are_told_apart_by_modules_where_helpers_were_not_seen)
{
        _cleanup_(fini) struct heard heard;

        init(&heard);
        heard.requests.serves = serves;
        take(&heard, TN_FTRACE_REQUEST, 1, MOUNT, SPAN("fs-a"));
        take(&heard, TN_FTRACE_REQUEST, 2, CAT, SPAN("fs-b"));
        take(&heard, TN_FTRACE_LOAD, 3, SECOND, SPAN("b"));
        take(&heard, TN_FTRACE_LOAD, 4, 30, SPAN("udevd"), SPAN("a")); /* no helper */
        assert_int_equal(tn_requests_end(&heard.requests), 0);
        assert_string_equal(tn_buf_str(&heard.text), "modprobe loads b for fs-b, 0 to 0: 0\n"
                                                     "udevd loads a for -, 0 to 0: 0\n"
                                                     "mount 10 asks fs-a: until 0\n"
                                                     "cat 11 asks fs-b: b until 0\n");
}

CHECK(requests_end_when_their_thread_goes_on)
{
        _cleanup_(fini) struct heard heard;

        init(&heard);
        take(&heard, TN_FTRACE_REQUEST, 1, MOUNT, SPAN("fs-a"));
        take(&heard, TN_FTRACE_REQUEST, 2, MOUNT, SPAN("fs-b"));
        assert_string_equal(tn_buf_str(&heard.text), "mount 10 asks fs-a: until 0\n");
        take(&heard, TN_FTRACE_EXIT, 3, MOUNT, NONE);
        assert_string_equal(tn_buf_str(&heard.text),
                            "mount 10 asks fs-a: until 0\nmount 10 asks fs-b: until 0\n");
}

CHECK(requests_do_not_have_what_failed_in_its_init)
{
        _cleanup_(fini) struct heard heard;

        init(&heard);
        take(&heard, TN_FTRACE_REQUEST, 1, MOUNT, SPAN("fs-b"));
        take(&heard, TN_FTRACE_EXEC, 2, FIRST, HELPER);
        take(&heard, TN_FTRACE_LOAD, 3, FIRST, SPAN("a"));
        take(&heard, TN_FTRACE_LOAD, 4, FIRST, SPAN("b"));
        take(&heard, TN_FTRACE_START, 5, FIRST, NONE);
        take_asked(
                &heard,
                &(struct tn_ftrace_line){ .event = TN_FTRACE_FINISH, .time_ns = 6, .pid = 20, .value = -19 },
                NONE);
        take(&heard, TN_FTRACE_EXIT, 7, FIRST, NONE);
        assert_string_equal(tn_buf_str(&heard.text), "modprobe loads a for fs-b, 0 to 0: 0\n"
                                                     "modprobe loads b for fs-b, 5 to 6: -19\n"
                                                     "mount 10 asks fs-b: a until 7\n");
}

CHECK(requests_go_on_when_their_thread_is_killed)
{
        _cleanup_(fini) struct heard heard;

        init(&heard);
        take(&heard, TN_FTRACE_REQUEST, 1, MOUNT, SPAN("fs-a"));
        take(&heard, TN_FTRACE_EXEC, 2, FIRST, HELPER);
        take(&heard, TN_FTRACE_EXIT, 3, MOUNT, NONE);
        take(&heard, TN_FTRACE_LOAD, 4, FIRST, SPAN("a"));
        take(&heard, TN_FTRACE_EXIT, 5, FIRST, NONE);
        assert_string_equal(tn_buf_str(&heard.text), "modprobe loads a for fs-a, 0 to 0: 0\n"
                                                     "mount 10 asks fs-a: a until 5\n");
}

CHECK(requests_have_a_bound)
{
        _cleanup_(fini) struct heard heard;

        init(&heard);
        for (uint64_t i = 1; i <= TN_REQUESTS_MAX + 2; i++) {
                take(&heard, TN_FTRACE_REQUEST, i, i, SPAN("a"), SPAN("x"));
                take(&heard, TN_FTRACE_LOAD, i, i, SPAN("a"), SPAN("x"));
        }
        assert_int_equal(heard.requests.open.n, TN_REQUESTS_MAX);
        assert_int_equal(heard.requests.loading.n, TN_REQUESTS_MAX);
}
