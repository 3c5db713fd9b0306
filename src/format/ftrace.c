/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "format/ftrace.h"
#include "util/cleanup.h"
#include "util/num.h"

#define COMMAND_COLUMNS 16
#define PID_COLUMNS     7
#define FLAGS_LEAST     4

/* How many blanks a text begins with. */
static size_t blanks_of(struct span text)
{
        size_t n = 0;

        while (n < text.len && text.ptr[n] == ' ')
                n++;
        return n;
}

/* Takes " call_site=X" and the like off the end of an event's text. */
static bool take_last(struct span *text, struct span key, struct span *ret_value)
{
        size_t at = text->len;

        while (at > 0 && text->ptr[at - 1] != ' ')
                at--;
        if (at == 0 || !tn_span_starts(tn_span_skip(*text, at), key))
                return false;
        *ret_value = tn_span_skip(*text, at + key.len);
        *text = tn_span_head(*text, at - 1);
        return true;
}

/* Takes " call_site=f" off the end, or " call_site=f [module]" where the function is a module's. */
static bool take_site(struct span *text, struct span *ret_site)
{
        struct span all = *text, module = SPAN("");

        if (tn_span_ends(all, SPAN("]")) && take_last(text, SPAN("["), &module))
                module = tn_span_skip(all, text->len);
        if (!take_last(text, SPAN("call_site="), ret_site))
                return false;
        ret_site->len += module.len;
        return true;
}

static bool parse_signed(struct span text, int64_t *ret_value)
{
        bool negative = tn_span_starts(text, SPAN("-"));
        uint64_t value;

        if (tn_num_parse(tn_span_skip(text, negative), 10, &value) < 0 || value > INT64_MAX)
                return false;
        *ret_value = negative ? -(int64_t)value : (int64_t)value;
        return true;
}

/* "fs-vfat wait=1 call_site=get_fs_type"; the name may have anything in it. */
static bool parse_request(struct span text, struct tn_ftrace_line *line)
{
        struct span wait;

        if (!take_site(&text, &line->call_site) || !take_last(&text, SPAN("wait="), &wait))
                return false;
        line->name = text;
        line->wait = tn_span_eq(wait, SPAN("1"));
        return line->wait || tn_span_eq(wait, SPAN("0"));
}

/* "fat " or "lab OE" */
static bool parse_load(struct span text, struct tn_ftrace_line *line)
{
        size_t len = tn_span_chr(text, ' ');

        line->name = tn_span_head(text, len);
        line->taints = tn_span_trim(tn_span_skip(text, len));
        return line->name.len > 0 && tn_span_chr(line->taints, ' ') == line->taints.len;
}

static bool parse_free(struct span text, struct tn_ftrace_line *line)
{
        line->name = tn_span_trim(text);
        return line->name.len > 0 && tn_span_chr(line->name, ' ') == line->name.len;
}

/* "fat call_site=resolve_symbol refcnt=2" */
static bool parse_count(struct span text, struct tn_ftrace_line *line)
{
        struct span count;

        if (!take_last(&text, SPAN("refcnt="), &count) || !take_site(&text, &line->call_site))
                return false;
        return parse_signed(count, &line->value) && parse_free(text, line);
}

/* "func=0xffffffffc02de039": the function is of another module once the text of init is freed. */
static bool parse_start(struct span text, struct tn_ftrace_line *line)
{
        (void)line;
        return tn_span_starts(text, SPAN("func="));
}

/* "func=0xffffffffc02de039 ret=0" */
static bool parse_finish(struct span text, struct tn_ftrace_line *line)
{
        struct span value;

        return take_last(&text, SPAN("ret="), &value) && parse_signed(value, &line->value) &&
               parse_start(text, line);
}

/* "comm=sh pid=1 child_comm=sh child_pid=101"; commands may have anything in them. */
static bool parse_fork(struct span text, struct tn_ftrace_line *line)
{
        struct span child;

        return take_last(&text, SPAN("child_pid="), &child) && tn_num_parse(child, 10, &line->child) == 0;
}

/* "filename=/sbin/modprobe pid=110 old_pid=110" */
static bool parse_exec(struct span text, struct tn_ftrace_line *line)
{
        struct span number;

        if (!take_last(&text, SPAN("old_pid="), &number) || !take_last(&text, SPAN("pid="), &number) ||
            !tn_span_starts(text, SPAN("filename=")))
                return false;
        line->name = tn_span_skip(text, strlen("filename="));
        return true;
}

/* "comm=modprobe pid=110 prio=120", and later kernels more; all that counts stands in front. */
static bool parse_exit(struct span text, struct tn_ftrace_line *line)
{
        (void)line;
        return tn_span_starts(text, SPAN("comm="));
}

static const struct {
        const char *dir;
        struct span name;
        bool (*parse)(struct span text, struct tn_ftrace_line *line);
} events[TN_FTRACE_EVENTS] = {
        [TN_FTRACE_REQUEST] = { "module/module_request", SPAN("module_request"), parse_request },
        [TN_FTRACE_LOAD] = { "module/module_load", SPAN("module_load"), parse_load },
        [TN_FTRACE_FREE] = { "module/module_free", SPAN("module_free"), parse_free },
        [TN_FTRACE_GET] = { "module/module_get", SPAN("module_get"), parse_count },
        [TN_FTRACE_PUT] = { "module/module_put", SPAN("module_put"), parse_count },
        [TN_FTRACE_START] = { "initcall/initcall_start", SPAN("initcall_start"), parse_start },
        [TN_FTRACE_FINISH] = { "initcall/initcall_finish", SPAN("initcall_finish"), parse_finish },
        [TN_FTRACE_FORK] = { "sched/sched_process_fork", SPAN("sched_process_fork"), parse_fork },
        [TN_FTRACE_EXEC] = { "sched/sched_process_exec", SPAN("sched_process_exec"), parse_exec },
        [TN_FTRACE_EXIT] = { "sched/sched_process_exit", SPAN("sched_process_exit"), parse_exit },
};

const char *tn_ftrace_event_dir(enum tn_ftrace_event event)
{
        return events[event].dir;
}

/* "5.594548": seconds and a fraction of any length up to nanoseconds. */
static bool parse_time(struct span text, uint64_t *ret_ns)
{
        size_t dot = tn_span_chr(text, '.');
        struct span fraction = tn_span_skip(text, dot + 1);
        uint64_t sec, part;

        if (dot == text.len || fraction.len == 0 || fraction.len > 9)
                return false;
        if (tn_num_parse(tn_span_head(text, dot), 10, &sec) < 0 || tn_num_parse(fraction, 10, &part) < 0 ||
            sec > UINT64_MAX / 1000000000 - 1)
                return false;
        for (size_t digits = fraction.len; digits < 9; digits++)
                part *= 10;
        *ret_ns = sec * 1000000000 + part;
        return true;
}

/* "CPU:0 [LOST 12 EVENTS]" */
static int parse_lost(struct span line, struct tn_ftrace_line *ret_line)
{
        struct span rest = line, word, count = SPAN("");
        uint64_t lost = 0;

        tn_span_split(&rest, ' ', &word);
        if (!tn_span_starts(word, SPAN("CPU:")) || !tn_span_starts(rest, SPAN("[LOST ")))
                return -EINVAL;
        rest = tn_span_skip(rest, strlen("[LOST "));
        tn_span_split(&rest, ' ', &count);
        if (tn_num_parse(count, 10, &lost) < 0 || lost > INT64_MAX)
                lost = 0; /* "[LOST EVENTS]": it does not know how many */
        *ret_line = (struct tn_ftrace_line){ .event = TN_FTRACE_LOST, .value = (int64_t)lost };
        return 0;
}

/* Takes "[000] .....     5.594548" off the front; what is left begins behind the colon. */
static bool take_context(struct span *text, struct tn_ftrace_line *line)
{
        struct span rest = *text, cpu, flags, time;
        uint64_t number;

        if (!tn_span_starts(rest, SPAN("[")))
                return false;
        rest = tn_span_skip(rest, 1);
        if (!tn_span_split(&rest, ']', &cpu) || tn_num_parse(cpu, 10, &number) < 0 ||
            !tn_span_starts(rest, SPAN(" ")))
                return false;
        rest = tn_span_skip(rest, 1);
        if (!tn_span_split(&rest, ' ', &flags) || flags.len < FLAGS_LEAST)
                return false;
        rest = tn_span_skip(rest, blanks_of(rest));
        if (!tn_span_split(&rest, ':', &time) || !parse_time(time, &line->time_ns) ||
            !tn_span_starts(rest, SPAN(" ")))
                return false;
        *text = tn_span_skip(rest, 1);
        return true;
}

/* Takes the command and the thread id off the front, by their columns. */
static bool take_task(struct span *text, struct tn_ftrace_line *line)
{
        struct span rest = tn_span_skip(*text, COMMAND_COLUMNS), pid;
        size_t blanks;

        if (text->len <= COMMAND_COLUMNS || rest.ptr[0] != '-')
                return false;
        line->command = tn_span_head(*text, COMMAND_COLUMNS);
        line->command = tn_span_skip(line->command, blanks_of(line->command));
        rest = tn_span_skip(rest, 1);
        if (!tn_span_split(&rest, ' ', &pid) || tn_num_parse(pid, 10, &line->pid) < 0)
                return false;
        blanks = pid.len < PID_COLUMNS ? PID_COLUMNS - pid.len : 0;
        if (blanks_of(rest) != blanks)
                return false;
        *text = tn_span_skip(rest, blanks);
        return true;
}

int tn_ftrace_parse(struct span text, struct tn_ftrace_line *ret_line)
{
        struct tn_ftrace_line line = { 0 };
        struct span name;

        if (text.len == 0 || text.ptr[0] == '#')
                return -ENOENT;
        if (tn_span_starts(text, SPAN("CPU:")))
                return parse_lost(text, ret_line);
        if (!take_task(&text, &line) || !take_context(&text, &line) || !tn_span_split(&text, ':', &name))
                return -EINVAL;
        text = tn_span_skip(text, tn_span_starts(text, SPAN(" ")));
        for (size_t i = 0; i < TN_FTRACE_LOST; i++) {
                if (!tn_span_eq(name, events[i].name))
                        continue;
                line.event = (enum tn_ftrace_event)i;
                if (!events[i].parse(text, &line))
                        return -EINVAL;
                *ret_line = line;
                return 0;
        }
        return -ENOENT;
}
