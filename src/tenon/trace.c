/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>
#include <sys/wait.h>

#include "format/cmdline.h"
#include "kernel/kernel.h"
#include "kernel/tracing.h"
#include "tenon/trace.h"
#include "util/cleanup.h"
#include "util/num.h"

static const char usage[] =
        "Usage:\n"
        "\ttenon trace [options] [-- COMMAND...]\n"
        "Shows who asks the kernel for modules, what came of it, and what is loaded, until it is\n"
        "interrupted, or the command ends. Of a command only what it causes is shown; what it prints\n"
        "goes to standard error.\n";

static const struct tn_option table[] = {
        { 0, NULL, NULL, "Options:" },
        { TN_OPTION_LONG, "boot", NULL, "show what trace_event= has recorded since the boot",
          TN_OPTION_SETS(struct tn_trace, boot) },
        { TN_OPTION_LONG + 1, "svg", "FILE", "draw a timeline; -: to standard output",
          TN_OPTION_KEEPS(struct tn_trace, svg) },
        TN_VERB_OPTIONS,
};

/* The words that make a kernel record what --boot shows. */
#define BOOT_WORDS                                                                                           \
        "trace_event=module:module_request,module:module_load,module:module_free,"                           \
        "initcall:initcall_start,initcall:initcall_finish"

static int refuse(struct tn_document *doc, int err)
{
        const char *why = strerror(-err);

        if (err == -ENOENT)
                why = "it is not mounted, or this kernel cannot trace (mount -t tracefs tracefs "
                      "/sys/kernel/tracing)";
        else if (err == -EACCES || err == -EPERM)
                why = "only root may trace";
        tn_document_add_incomplete(doc, "tracefs", why);
        doc->status = TN_STATUS_UNKNOWN;
        return 0;
}

/* "# entries-in-buffer/entries-written: 24/30": what is not there any more was overwritten. */
static uint64_t count_overwritten(struct span text)
{
        struct span line, in;
        uint64_t kept, written;

        while (tn_span_split(&text, '\n', &line) && tn_span_starts(line, SPAN("#"))) {
                if (!tn_span_starts(line, SPAN("# entries-in-buffer/entries-written: ")))
                        continue;
                line = tn_span_skip(line, tn_span_chr(line, ':') + 2);
                tn_span_split(&line, '/', &in);
                if (tn_num_parse(in, 10, &kept) == 0 &&
                    tn_num_parse(tn_span_word(&line, " "), 10, &written) == 0 && written > kept)
                        return written - kept;
        }
        return 0;
}

/* Whether the kernel was asked at its start to record requests. */
static bool is_recorded(void)
{
        _cleanup_(tn_buf_fini) struct tn_buf cmdline = { 0 };
        struct span value;

        if (tn_kernel_cmdline(&cmdline) < 0)
                return false;
        value = tn_cmdline_value(tn_buf_span(&cmdline), SPAN("trace_event"));
        return tn_span_has_word(value, ",", SPAN("module:module_request")) ||
               tn_span_has_word(value, ",", SPAN("module:*")) || tn_span_has_word(value, ",", SPAN("module"));
}

static int read_boot(struct tn_trace *trace, int tracefs)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        int r = tn_tracing_boot(tracefs, &text);

        if (r < 0)
                return r;
        trace->lost = count_overwritten(tn_buf_span(&text));
        r = tn_stream_begin(trace->doc, trace->run.sink);
        if (r == 0)
                r = tn_trace_take(trace, &text);
        if (r == 0)
                r = tn_requests_end(&trace->requests);
        if (r == 0 && !trace->records && !is_recorded()) {
                tn_document_add_incomplete(trace->doc, "the boot",
                                           "the kernel recorded no requests; for the next boot add to its "
                                           "command line: " BOOT_WORDS);
                trace->doc->status = TN_STATUS_UNKNOWN;
        }
        return r;
}

static void add_count(struct tn_document *doc, const char *what, uint64_t n, uint64_t of, const char *reason)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        if (!n)
                return;
        tn_buf_addf(&text, what, (unsigned long long)n, (unsigned long long)of);
        tn_document_add_incomplete(doc, tn_buf_str(&text), reason);
}

static void add_unseen(struct tn_trace *trace)
{
        struct tn_document *doc = trace->doc;

        add_count(doc, "the user of %llu of %llu requests", trace->nobody, trace->asked,
                  trace->boot ? "a trace does not have it" : "who asked no longer waited");
        add_count(doc, "events, at least %llu", trace->lost, 0, "the kernel had no room for them");
        add_count(doc, "lines of the trace: %llu", trace->unreadable, 0, "they have no form that is known");
}

/* What the command ended with goes to the document. */
static void add_command(struct tn_trace *trace, char **argv)
{
        int status = trace->command_status;
        struct tn_json *json = &trace->doc->json;
        struct json_object *record = tn_stream_record(trace->doc, "command"), *words;

        words = tn_json_add_array(json, record, "argv");
        for (size_t i = 0; argv[i]; i++)
                tn_json_add_str(json, words, NULL, argv[i]);
        if (WIFEXITED(status))
                tn_json_add_int(json, record, "status", WEXITSTATUS(status));
        else
                tn_json_add_null(json, record, "status");
        if (WIFSIGNALED(status))
                tn_json_add_int(json, record, "signal", WTERMSIG(status));
        else
                tn_json_add_null(json, record, "signal");
        (void)tn_stream_emit(trace->doc); /* -EPIPE: nobody reads it, which is no failure */
}

static int trace_it(struct tn_trace *trace, char **operands)
{
        _cleanup_(closep) int tracefs = tn_tracing_open();
        int r = tracefs;

        if (r < 0)
                return refuse(trace->doc, r);
        r = tn_kernel_helper(&trace->helper);
        if (r == -ENOMEM)
                return r;
        trace->requests.helper = tn_buf_str(&trace->helper);
        r = tn_run_refused(&trace->run, trace->doc, &trace->refused);
        if (r == 0)
                r = trace->boot ? read_boot(trace, tracefs) : tn_trace_follow(trace, tracefs, operands);
        if (trace->doc->sink && trace->command)
                add_command(trace, operands);
        add_unseen(trace);
        if (r < 0 && !trace->doc->sink && r != -ENOMEM)
                return refuse(trace->doc, r);
        return r == -EPIPE ? 0 : r;
}

static int trace_build(struct tn_run *run, char **operands, struct tn_document *doc)
{
        struct tn_trace *trace = (struct tn_trace *)run;

        if (trace->boot && operands[0])
                return tn_run_usage(doc, "--boot takes no command, so not '%s'", operands[0]);
        if (!run->live)
                return tn_run_usage(doc, "only the running kernel can be traced, so neither --root nor -k");
        if (trace->svg)
                run->form = TN_FORM_SVG;
        run->output = trace->svg;
        trace->doc = doc;
        trace->requests.request = tn_trace_add_request;
        trace->requests.loaded = tn_trace_add_loaded;
        trace->requests.freed = tn_trace_add_freed;
        trace->requests.serves = tn_trace_serves;
        trace->requests.data = trace;
        return trace_it(trace, operands);
}

static void trace_fini(struct tn_run *run)
{
        struct tn_trace *trace = (struct tn_trace *)run;

        tn_requests_fini(&trace->requests);
        tn_buf_fini(&trace->helper);
        tn_buf_fini(&trace->refused);
        tn_vec_fini(&trace->family);
}

static void render_nothing(const struct json_object *root, struct tn_text *text)
{
        (void)root;
        (void)text;
}

const struct tn_verb tn_verb_trace = {
        .name = "trace",
        .help = "who asks the kernel for modules, and what came of it",
        .arguments = { TN_ARGUMENTS(usage, table) },
        .size = sizeof(struct tn_trace),
        .build = trace_build,
        .fini = trace_fini,
        .record = tn_trace_text,
        .render = { [TN_FORM_TEXT] = render_nothing, [TN_FORM_SVG] = tn_trace_svg },
};
