/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>

#include "cli/say.h"
#include "kernel/kernel.h"
#include "tenon/verb.h"
#include "util/cleanup.h"
#include "util/escape.h"
#include "util/file.h"
#include "util/newfile.h"
#include "util/num.h"

/*
 * The one place that writes to standard output: takes the options, has the verb build its document, and prints that in the
 * form that was asked for.
 */

#define WIDTH_DEFAULT 80
#define WIDTH_MIN     20
#define WIDTH_MAX     1000

static void print_verbs(void)
{
        puts("\nVerbs, which may be shortened (tenon VERB -h has their options):");
        for (size_t i = 0; tn_verbs[i]; i++)
                if (tn_verbs[i]->name[0])
                        printf("  %-12s %s\n", tn_verbs[i]->name, tn_verbs[i]->help);
        printf("  %-12s %s\n", "help", "open the manual page of a verb");
}

/* A document that has nothing but what is wrong with the command line. */
static void print_usage_error(const char *verb, const char *root, const char *error)
{
        _cleanup_(tn_document_fini) struct tn_document doc = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };
        struct tn_text text = { .out = &out };

        tn_document_init(&doc, verb, NULL, root);
        tn_json_add_str(&doc.json, doc.json.root, "error", error);
        doc.status = TN_STATUS_USAGE;
        if (tn_document_end(&doc) == 0 && tn_render(doc.json.root, TN_FORM_JSON, &text) == 0)
                (void)tn_file_write(STDOUT_FILENO, tn_buf_span(&out));
}

/* What was asked for in a command line that cannot be parsed: whether for JSON, and the root. */
static bool wants_json(char **argv, const char **ret_root)
{
        static const char root[] = "--root";
        size_t len = strlen(root);
        bool json = false;

        for (size_t i = 1; argv[i] && strcmp(argv[i], "--") != 0; i++) {
                if (strcmp(argv[i], "--json") == 0 || strcmp(argv[i], "-j") == 0)
                        json = true;
                else if (strcmp(argv[i], root) == 0 && argv[i + 1])
                        *ret_root = argv[++i];
                else if (strncmp(argv[i], root, len) == 0 && argv[i][len] == '=')
                        *ret_root = argv[i] + len + 1;
        }
        return json;
}

/* root is what was found of it before. */
static int end_usage(char **argv, const char *verb, const char *root, const char *error)
{
        if (error)
                tn_say("tenon: %s: %s (tenon -h lists the verbs)\n", verb, error);
        if (wants_json(argv, &root))
                print_usage_error(verb, root, error ? error : "the options are wrong");
        return TN_STATUS_USAGE;
}

static int open_manual(const struct tn_arguments *arguments, const char *verb)
{
        bool several;
        const struct tn_verb *found = verb ? tn_verb_find(verb, &several) : NULL;
        _cleanup_(tn_buf_fini) struct tn_buf page = { 0 };

        if (verb && !found) {
                tn_say("tenon: there is no verb '%s'\n", verb);
                return TN_STATUS_USAGE;
        }
        tn_buf_addf(&page, "tenon%s%s", found && *found->name ? "-" : "", found ? found->name : "");
        if (tn_buf_str(&page))
                execlp("man", "man", page.ptr, (char *)NULL);
        tn_arguments_help(found ? &found->arguments : arguments);
        return 0;
}

/* The width, and the colour, that the options say, or that the terminal has. */
static int set_look(struct tn_run *run, struct tn_text *text, const char **ret_error)
{
        bool terminal = isatty(STDOUT_FILENO);
        const char *kind = getenv("TERM"), *no_color = getenv("NO_COLOR");
        struct winsize size;
        uint64_t width = WIDTH_DEFAULT;

        *ret_error = "--width takes a number of columns, 20 to 1000";
        if (run->width) {
                if (tn_num_parse(tn_span_of(run->width), 10, &width) < 0 || width < WIDTH_MIN ||
                    width > WIDTH_MAX)
                        return -EINVAL;
        } else if (terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= WIDTH_MIN) {
                width = MIN(size.ws_col, WIDTH_MAX);
        }
        text->width = (unsigned)width;
        *ret_error = "--color takes always, auto or never";
        if (!run->color || strcmp(run->color, "auto") == 0)
                text->color = terminal && !(no_color && *no_color) && kind && strcmp(kind, "dumb") != 0;
        else if (strcmp(run->color, "always") == 0)
                text->color = true;
        else if (strcmp(run->color, "never") != 0)
                return -EINVAL;
        return 0;
}

static int set_kernel(struct tn_run *run)
{
        _cleanup_(tn_buf_fini) struct tn_buf running = { 0 };
        int r = tn_kernel_release(&running);

        if (r < 0)
                return r;
        if (run->release)
                tn_buf_add_str(&run->kernel, run->release);
        else
                tn_buf_add_span(&run->kernel, tn_buf_span(&running));
        if (!tn_buf_str(&run->kernel))
                return -ENOMEM;
        run->live = !run->root && tn_span_eq(tn_buf_span(&run->kernel), tn_buf_span(&running));
        return 0;
}

static int write_out(struct tn_run *run, struct span bytes)
{
        bool to_file = run->output && strcmp(run->output, "-") != 0 && run->form != TN_FORM_JSON;
        int r = to_file ? tn_newfile_write(run->output, bytes) : tn_file_write(STDOUT_FILENO, bytes);
        if (r < 0)
                tn_tool_error(&run->tool, "could not write %s: %s", to_file ? run->output : "the document",
                              strerror(-r));
        return r;
}

static int print(struct tn_run *run, const struct json_object *root, struct tn_text *text)
{
        int r = tn_render(root, run->form, text), status = (int)tn_json_int(root, "status");

        if (r == -EOPNOTSUPP) {
                tn_tool_error(&run->tool, "%s has no form %s", tn_json_str(root, "verb"),
                              tn_form_name(run->form));
                return TN_STATUS_USAGE;
        }
        if (r == 0 && write_out(run, tn_buf_span(text->out)) < 0)
                return TN_STATUS_UNKNOWN;
        if (r == 0)
                return status >= 0 && status <= TN_STATUS_UNKNOWN ? status : TN_STATUS_UNKNOWN;
        tn_tool_error(&run->tool, "could not print the document: %s", strerror(-r));
        return TN_STATUS_UNKNOWN;
}

/* A picture has no room for them; it is drawn all the same. */
static void say_beside(const struct json_object *root)
{
        const struct json_object *findings = tn_json_array(root, "findings"),
                                 *incomplete = tn_json_array(root, "incomplete");

        for (size_t i = 0; i < tn_json_count(findings); i++) {
                const struct json_object *finding = tn_json_at(findings, i);

                tn_say("tenon: %s: %s\n", tn_json_str(finding, "severity"), tn_json_str(finding, "text"));
        }
        for (size_t i = 0; i < tn_json_count(incomplete); i++) {
                const struct json_object *one = tn_json_at(incomplete, i);

                tn_say("tenon: not seen: %s: %s\n", tn_json_str(one, "what"), tn_json_str(one, "reason"));
        }
}

/* What a stream is printed to. */
struct printer {
        struct tn_stream_sink sink;
        const struct tn_verb *verb;
        struct tn_run *run;
        struct tn_document *doc;
        struct tn_text *text;
};

static int flush(struct printer *printer)
{
        struct tn_text *text = printer->text;
        int r = tn_file_write(STDOUT_FILENO, tn_buf_span(text->out));

        text->begun = text->begun || text->out->len;
        tn_buf_reset(text->out);
        return r;
}

static int print_record(void *data, const struct json_object *record)
{
        struct printer *printer = data;
        enum tn_form form;
        int r;

        if (printer->run->json)
                printer->run->form = TN_FORM_JSON;
        form = printer->run->form;
        printer->sink.keeps = form != TN_FORM_JSON && form != TN_FORM_TEXT;
        r = tn_render_record(printer->verb, printer->doc->json.root, record, form, printer->text);
        return r == 0 ? flush(printer) : r;
}

/* Whether the records were printed when they were made: the end is left. */
static bool is_printed(const struct tn_run *run, const struct tn_document *doc)
{
        return doc->sink && !run->sink->keeps;
}

static int print_end(struct tn_run *run, struct tn_document *doc, struct tn_text *text)
{
        int r = tn_render_end(doc->json.root, run->form, text);

        if (r == 0)
                r = tn_file_write(STDOUT_FILENO, tn_buf_span(text->out));
        if (r == 0 || r == -EPIPE)
                return (int)doc->status;
        tn_tool_error(&run->tool, "could not print the end: %s", strerror(-r));
        return TN_STATUS_UNKNOWN;
}

/* What went wrong goes to standard error, unless the document that has it is printed as such. */
static int print_own(struct tn_run *run, struct tn_document *doc, struct tn_text *text)
{
        const char *error = tn_json_str(doc->json.root, "error");

        if (tn_document_end(doc) < 0) {
                tn_tool_error(&run->tool, "%s", strerror(ENOMEM));
                return TN_STATUS_UNKNOWN;
        }
        if (*error && run->form != TN_FORM_JSON) {
                tn_tool_error(&run->tool, "%s", error);
                return (int)doc->status;
        }
        if (tn_form_is_picture(run->form))
                say_beside(doc->json.root);
        return is_printed(run, doc) ? print_end(run, doc, text) : print(run, doc->json.root, text);
}

/* What no verb can make sense of. */
static int check_words(struct tn_run *run, char **operands, struct tn_document *doc)
{
        if (run->release && (!*run->release || strchr(run->release, '/')))
                return tn_run_usage(doc, "-k takes the release of a kernel, as uname -r prints it");
        for (size_t i = 0; operands[i]; i++)
                if (!*operands[i])
                        return tn_run_usage(doc, "an object is empty");
        return 0;
}

static int run_verb(const struct tn_verb *verb, struct tn_run *run, char **operands)
{
        _cleanup_(tn_document_fini) struct tn_document doc = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };
        struct tn_text text = { .out = &out };
        struct printer printer = { { print_record, &printer, false }, verb, run, &doc, &text };
        const char *error;
        int r = set_kernel(run);

        run->sink = &printer.sink;
        tn_document_init(&doc, verb->name, tn_buf_str(&run->kernel), run->root);
        run->form = run->json ? TN_FORM_JSON : TN_FORM_TEXT;
        if (set_look(run, &text, &error) < 0)
                r = tn_run_usage(&doc, "%s", error);
        if (r == 0)
                r = check_words(run, operands, &doc);
        if (r == 0)
                r = verb->build(run, operands, &doc);
        if (run->json)
                run->form = TN_FORM_JSON;
        if (r < 0 && doc.status != TN_STATUS_USAGE) {
                tn_json_add_str(&doc.json, doc.json.root, "error", strerror(-r));
                doc.status = TN_STATUS_UNKNOWN;
        }
        return run->foreign && r == 0 ? print(run, run->foreign, &text) : print_own(run, &doc, &text);
}

static int end_run(const struct tn_verb *verb, struct tn_run *run, int status)
{
        if (verb->fini)
                verb->fini(run);
        tn_world_close(&run->world);
        tn_buf_fini(&run->kernel);
        return status;
}

/* After the help or the version. */
static int end_help(struct tn_run *run)
{
        return tn_tool_end(&run->tool, 0) ? TN_STATUS_UNKNOWN : TN_STATUS_YES;
}

/* argv[0] is the verb as it was given. */
static int take_verb(const struct tn_verb *verb, const struct tn_run *common, int argc, char **argv)
{
        struct tn_run *run = calloc(1, verb->size);
        char name[64];
        int status;

        if (!run)
                return TN_STATUS_UNKNOWN;
        *run = *common;
        tn_tool_init(&run->tool, "tenon", TN_LOG_WARNING);
        snprintf(name, sizeof(name), "tenon %s", verb->name);
        argv[0] = name;
        if (!tn_arguments_take(&verb->arguments, argc, argv, &run->tool, run, &status))
                status = status ? end_usage(argv, verb->name, common->root, NULL) : end_help(run);
        else
                status = end_run(verb, run, run_verb(verb, run, argv + optind));
        free(run);
        return status;
}

/* Whether options were given that only tenon without a verb has. */
static bool has_own_options(const struct tn_run *run, size_t size)
{
        const char *at = (const char *)run;

        for (size_t i = sizeof(*run); i < size; i++)
                if (at[i])
                        return true;
        return false;
}

/* No verb, for it has no document. It may be shortened as verbs may. */
static bool is_help(const char *word)
{
        return *word && strncmp("help", word, strlen(word)) == 0;
}

/* The options in front of the verb are those of tenon alone, of which a verb takes the ones that all have. */
static int take_all(struct tn_run *run, int argc, char **argv)
{
        struct tn_arguments arguments = tn_verb_overview.arguments;
        const struct tn_verb *verb;
        bool several;
        int status, at;

        arguments.until_operand = true;
        arguments.more_help = print_verbs;
        tn_tool_init(&run->tool, "tenon", TN_LOG_WARNING);
        if (!tn_arguments_take(&arguments, argc, argv, &run->tool, run, &status))
                return status ? end_usage(argv, "", NULL, NULL) : end_help(run);
        at = optind;
        if (at == argc)
                return end_run(&tn_verb_overview, run, run_verb(&tn_verb_overview, run, argv + at));
        verb = tn_verb_find(argv[at], &several);
        if (is_help(argv[at]) && !verb && !several)
                return open_manual(&arguments, argv[at + 1]);
        if (!verb)
                return end_usage(argv, argv[at], run->root,
                                 several ? "several verbs begin so" : "there is no such verb");
        if (has_own_options(run, tn_verb_overview.size))
                return end_usage(argv, argv[at], run->root, "an option in front of it is for no verb");
        return take_verb(verb, run, argc - at, argv + at);
}

int main(int argc, char **argv)
{
        struct tn_run *run = calloc(1, tn_verb_overview.size);
        char name[] = "tenon";
        int status;

        if (!run)
                return TN_STATUS_UNKNOWN;
        argv[0] = name;
        status = take_all(run, argc, argv);
        free(run);
        return status;
}
