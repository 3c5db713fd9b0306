/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TENON_VERB_H
#define TN_TENON_VERB_H

#include "cli/arguments.h"
#include "core/world.h"
#include "tenon/document.h"
#include "tenon/render.h"
#include "tenon/stream.h"

/* How tenon is called, of every verb: the first member of a verb's own run. All zero is: no options. */
struct tn_run {
        struct tn_tool tool;
        bool json;
        const char *root;
        const char *release;
        const char *color; /* WHEN */
        const char *width; /* as it was given */

        struct tn_world world; /* opened by tn_run_open() */
        struct tn_buf kernel;  /* the release it is about */
        bool live;             /* that is the running kernel, on the running system: its state counts */
        enum tn_form form;     /* what is printed; a verb may change it before it returns */
        const char *output;    /* the file that it goes to; NULL and "-": standard output. Not of JSON */
        const struct tn_stream_sink
                *sink;               /* for a verb that makes a stream, with the form that is to be printed */
        struct json_object *foreign; /* of view: the document that is printed in place of its own; owned */
};

/* The rows that every verb's table of options begins with. */
#define TN_VERB_OPTIONS                                                                                      \
        { 0, NULL, NULL, "Options of all verbs:" },                                                          \
                { 'j', "json", NULL, "print the JSON document", TN_OPTION_SETS(struct tn_run, json) },       \
                { TN_OPTION_LONG + 200, "root", "DIR", "look at the system in DIR",                          \
                  TN_OPTION_KEEPS(struct tn_run, root) },                                                    \
                { 'k', "release", "RELEASE", "of that kernel, not the running one",                          \
                  TN_OPTION_KEEPS(struct tn_run, release) },                                                 \
                { TN_OPTION_LONG + 201, "color", "WHEN", "always, auto or never",                            \
                  TN_OPTION_KEEPS(struct tn_run, color) },                                                   \
                { TN_OPTION_LONG + 202, "width", "COLUMNS", "of text; 80, or what the terminal has",         \
                  TN_OPTION_KEEPS(struct tn_run, width) },                                                   \
                { TN_OPTION_ROW_VERSION },                                                                   \
        {                                                                                                    \
                TN_OPTION_ROW_HELP                                                                           \
        }

struct tn_verb {
        const char *name; /* "" for tenon alone */
        const char *help; /* one line */
        struct tn_arguments arguments;
        size_t size; /* of its run, which begins with a struct tn_run */

        /*
         * Fills the document; operands is argv behind the options, NULL at the end. Sets the document's status. Returns 0,
         * or -errno when nothing can be said at all; what is wrong with the command line by tn_run_usage().
         */
        int (*build)(struct tn_run *run, char **operands, struct tn_document *doc);

        void (*fini)(struct tn_run *run); /* what its run owns; may be NULL */
        tn_render_fn *render[TN_FORMS];   /* NULL: it has no such form. JSON is the same for all */
        tn_render_fn
                *record; /* of a verb with streams: the text of one record; of NULL: what stands above them */
        bool has_findings; /* its text has the findings in it */
};

/* All verbs, in the order of the help, and NULL. */
extern const struct tn_verb *const tn_verbs[];

/* The verb whose name begins with the word, if there is one and no other. NULL: *ret_several tells whether there are several. */
const struct tn_verb *tn_verb_find(const char *word, bool *ret_several);

/* The verb of exactly that name, as a document has it; or NULL. */
const struct tn_verb *tn_verb_of_document(const char *name);

/*
 * Opens parts of the world that is asked about (core/world.h). What cannot be opened is added to the document as incomplete
 * and makes its status UNKNOWN. Returns 0 or -errno.
 */
int tn_run_open(struct tn_run *run, unsigned parts, struct tn_document *doc);

/*
 * Appends the names of modules that the running kernel refuses (module_blacklist=), commas between; nothing of another
 * kernel. What it does not tell is added to the document as incomplete. Returns 0 or -ENOMEM.
 */
int tn_run_refused(const struct tn_run *run, struct tn_document *doc, struct tn_buf *names);

/* Reports what is wrong with the command line, as printf(3) has it. Returns -EINVAL, for build. */
int tn_run_usage(struct tn_document *doc, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

extern const struct tn_verb tn_verb_overview, tn_verb_config, tn_verb_check, tn_verb_graph, tn_verb_list,
        tn_verb_show, tn_verb_trace, tn_verb_view, tn_verb_why;

#endif
