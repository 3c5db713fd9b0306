/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "tenon/object.h"
#include "tenon/why.h"
#include "tenon/why_show.h"
#include "util/cleanup.h"
#include "util/set.h"

#define INDENT_MAX 30u

/* The step of a target's own module. */
static const struct json_object *own_step(const struct json_object *target)
{
        const struct json_object *steps = tn_json_array(target, "steps"), *step;

        for (size_t i = 0; i < tn_json_count(steps); i++) {
                step = tn_json_at(steps, i);
                if (strcmp(tn_json_str(step, "module"), tn_json_str(target, "module")) == 0)
                        return step;
        }
        return NULL;
}

static void print_target(const struct tn_why_showing *showing, const struct json_object *target)
{
        const struct json_object *step = own_step(target);
        const char *path = tn_why_below(showing, tn_json_str(step, "path"));
        _cleanup_(tn_buf_fini) struct tn_buf line = { 0 };

        tn_why_print_name(showing, "", tn_json_str(target, "module"), TN_STYLE_BOLD);
        tn_why_add_match(showing, tn_json_object(target, "match"), &line);
        tn_why_print_beside(showing, true, &line);
        if (!*path)
                return;
        tn_buf_reset(&line);
        tn_buf_add_str(&line, path);
        tn_why_print_beside(showing, false, &line);
}

static void print_steps_of(const struct tn_why_showing *showing, const struct json_object *target,
                           bool left_out, unsigned *n)
{
        const struct json_object *steps = tn_json_array(target, "steps");

        for (size_t i = 0; i < tn_json_count(steps); i++) {
                const struct json_object *step = tn_json_at(steps, i);

                if (tn_why_is_left_out(step) != left_out)
                        continue;
                if ((*n)++ == 0)
                        tn_why_print_heading(showing, left_out ? "Left out" : "Order");
                tn_why_print_step(showing, step, left_out ? 0 : *n);
        }
}

/* Of one module that nothing is done for, the last line says so. */
static bool says_nothing(const struct json_object *target)
{
        const struct json_object *steps = tn_json_array(target, "steps"), *step = tn_json_at(steps, 0);
        const char *kind = tn_json_str(step, "kind");

        return tn_json_count(steps) == 1 && (strcmp(kind, "loaded") == 0 || strcmp(kind, "blacklisted") == 0);
}

static void print_targets(const struct tn_why_showing *showing)
{
        const struct json_object *targets = tn_json_array(showing->result, "targets");
        size_t n = tn_json_count(targets);
        unsigned steps = 0, left_out = 0;

        if (n)
                tn_why_print_heading(showing, n > 1 ? "Leads to each of" : "Leads to");
        for (size_t i = 0; i < n; i++)
                print_target(showing, tn_json_at(targets, i));
        if (n == 1 && says_nothing(tn_json_at(targets, 0)))
                return;
        for (size_t i = 0; i < n; i++)
                print_steps_of(showing, tn_json_at(targets, i), false, &steps);
        for (size_t i = 0; i < n; i++)
                print_steps_of(showing, tn_json_at(targets, i), true, &left_out);
}

static void print_losers(const struct tn_why_showing *showing)
{
        const struct json_object *losers = tn_json_array(showing->result, "losers");
        unsigned n = 0;

        for (size_t i = 0; i < tn_json_count(losers); i++) {
                const struct json_object *loser = tn_json_at(losers, i);
                _cleanup_(tn_buf_fini) struct tn_buf line = { 0 };

                if (strcmp(tn_json_str(loser, "why"), "command") == 0)
                        continue; /* what the line asks for was left out, and that is told */
                if (n++ == 0)
                        tn_why_print_heading(showing, "Does not count");
                tn_buf_add_str(&line, tn_json_str(loser, "line"));
                tn_why_add_place(showing, tn_json_object(loser, "where"), &line);
                tn_text_add(showing->text, "    ");
                tn_text_wrap(showing->text, 4, 8, tn_buf_str(&line) ? line.ptr : "");
                tn_text_add(showing->text, "        ");
                tn_text_wrap(showing->text, 8, 8, tn_json_str(loser, "text"));
        }
}

/* Names that are told of, the more of them the shorter: "vfat", "vfat and msdos", "5 modules". */
struct names {
        const char *first, *last;
        size_t n;
};

static void add_names(const struct names *names, struct tn_buf *out)
{
        if (names->n == 1)
                tn_buf_add_str(out, names->first);
        else if (names->n == 2)
                tn_buf_addf(out, "%s and %s", names->first, names->last);
        else
                tn_buf_addf(out, "%zu modules", names->n);
}

static void take_name(struct names *names, const char *name)
{
        if (names->n++ == 0)
                names->first = name;
        names->last = name;
}

static int collect_targets(const struct tn_why_showing *showing, struct tn_set *names)
{
        const struct json_object *targets = tn_json_array(showing->result, "targets");
        int r = 0;

        for (size_t i = 0; r >= 0 && i < tn_json_count(targets); i++)
                r = tn_set_add(names, tn_span_of(tn_json_str(tn_json_at(targets, i), "module")));
        return r;
}

/* "vfat would be loaded, with fat". */
static void add_loads(const struct tn_why_showing *showing, struct tn_buf *out)
{
        const struct json_object *loads = tn_json_array(showing->result, "loads");
        _cleanup_(tn_set_fini) struct tn_set targets = { 0 };
        struct names asked = { 0 }, others = { 0 };
        int r = collect_targets(showing, &targets);

        if (r < 0)
                out->err = r;
        for (size_t i = 0; i < tn_json_count(loads); i++) {
                const char *name = tn_json_str_at(loads, i);

                take_name(tn_set_has(&targets, tn_span_of(name)) ? &asked : &others, name);
        }
        add_names(&asked, out);
        tn_buf_add_str(out, " would be loaded");
        if (!others.n)
                return;
        tn_buf_add_str(out, ", with ");
        if (others.n > 2)
                tn_buf_addf(out, "%zu others", others.n);
        else
                add_names(&others, out);
}

/* The first target that comes to what all come to. */
static const struct json_object *deciding(const struct tn_why_showing *showing)
{
        const struct json_object *targets = tn_json_array(showing->result, "targets");
        const char *outcome = tn_json_str(showing->result, "outcome");

        for (size_t i = 0; i < tn_json_count(targets); i++)
                if (strcmp(tn_json_str(tn_json_at(targets, i), "outcome"), outcome) == 0)
                        return tn_json_at(targets, i);
        return NULL;
}

/* How it ends, by the outcome: the name of the module stands before the words. */
static const struct {
        const char *outcome, *words;
        enum tn_style style;
} ends[] = {
        { "loads", NULL, TN_STYLE_GOOD },
        { "loaded", " is in the kernel already: nothing would be done", TN_STYLE_GOOD },
        { "builtin", " is built into the kernel: nothing would be done", TN_STYLE_GOOD },
        { "command", ": whether it is loaded is up to the command, which was not run", TN_STYLE_WARNING },
        { "not-found", "no module has that name or alias: nothing would be loaded", TN_STYLE_BAD },
};

/* Of what only has a name or an alias, that there is none is the reason. */
static const char *words_of(size_t end, const struct json_object *object)
{
        const char *kind = tn_json_str(object, "kind");
        bool named = strcmp(kind, "file") != 0 && strcmp(kind, "mount") != 0;

        if (end == ARRAY_SIZE(ends))
                return " would not be loaded";
        return strcmp(ends[end].outcome, "not-found") == 0 && !named ? "nothing would be loaded"
                                                                     : ends[end].words;
}

static void add_end(const struct tn_why_showing *showing, struct tn_buf *out, enum tn_style *ret_style)
{
        const char *outcome = tn_json_str(showing->result, "outcome");
        const struct json_object *target = deciding(showing),
                                 *object = tn_json_object(showing->result, "object");
        size_t i = 0;

        while (i < ARRAY_SIZE(ends) && strcmp(ends[i].outcome, outcome) != 0)
                i++;
        *ret_style = i < ARRAY_SIZE(ends) ? ends[i].style : TN_STYLE_BAD;
        if (i < ARRAY_SIZE(ends) && !ends[i].words) {
                add_loads(showing, out);
                return;
        }
        if (!target && strcmp(tn_json_str(object, "kind"), "mount") == 0 && *tn_json_str(object, "name")) {
                *ret_style = TN_STYLE_GOOD;
                tn_buf_addf(out, "%s is mounted, so the kernel has it; no module has the alias %s",
                            tn_json_str(object, "word"), tn_json_str(object, "name"));
                return;
        }
        if (target || i == ARRAY_SIZE(ends)) /* else there is no module to name */
                tn_buf_add_str(out, target ? tn_json_str(target, "module") : tn_json_str(object, "word"));
        tn_buf_add_str(out, words_of(i, object));
}

static void print_end(const struct tn_why_showing *showing)
{
        _cleanup_(tn_buf_fini) struct tn_buf line = { 0 };
        enum tn_style style;

        add_end(showing, &line, &style);
        tn_text_add(showing->text, "\n");
        tn_text_style(showing->text, style, tn_buf_str(&line) ? line.ptr : "");
        tn_text_add(showing->text, "\n");
}

static void print_request(const struct tn_why_showing *showing, const struct json_object *root)
{
        static const struct {
                const char *as, *words;
        } askers[] = {
                { "user", "a user" },
                { "kernel", "the kernel" },
                { "udev", "udev" },
        };
        const struct json_object *object = tn_json_object(showing->result, "object"),
                                 *call = tn_json_array(showing->result, "call");
        _cleanup_(tn_buf_fini) struct tn_buf line = { 0 };

        tn_text_style(showing->text, TN_STYLE_BOLD, tn_json_str(object, "word"));
        tn_buf_add_str(&line, ", asked for by ");
        for (size_t i = 0; i < ARRAY_SIZE(askers); i++)
                if (strcmp(askers[i].as, tn_json_str(showing->result, "as")) == 0)
                        tn_buf_add_str(&line, askers[i].words);
        tn_buf_add_str(&line, ":");
        for (size_t i = 0; i < tn_json_count(call); i++)
                tn_buf_addf(&line, " %s", tn_json_str_at(call, i));
        tn_text_wrap(showing->text, tn_text_columns(tn_json_str(object, "word")), 4,
                     tn_buf_str(&line) ? line.ptr : "");
        if (tn_json_bool(showing->result, "fresh"))
                tn_text_add(showing->text, "as if %s had been booted and nothing were loaded\n",
                            tn_json_str(root, "kernel"));
        tn_object_text(object, showing->text);
}

/* As wide as the longest name, within bounds. */
static unsigned indent_of(const struct json_object *result)
{
        const struct json_object *targets = tn_json_array(result, "targets");
        unsigned indent = 12;

        for (size_t i = 0; i < tn_json_count(targets); i++) {
                const struct json_object *steps = tn_json_array(tn_json_at(targets, i), "steps");

                for (size_t j = 0; j < tn_json_count(steps); j++)
                        indent =
                                MAX(indent, 6 + tn_text_columns(tn_json_str(tn_json_at(steps, j), "module")));
        }
        return MIN(indent, INDENT_MAX);
}

/* At boot, the image decides. */
static void print_image(const struct tn_why_showing *showing)
{
        const struct json_object *image = tn_json_object(showing->result, "image"),
                                 *modules = tn_json_array(image, "modules");
        bool older = tn_json_has(image, "older_than");
        _cleanup_(tn_buf_fini) struct tn_buf line = { 0 };

        if (!older && !modules)
                return;
        tn_buf_addf(&line, "initramfs %s", tn_json_str(image, "path"));
        if (older)
                tn_buf_addf(&line, " is older than %s", tn_json_str(image, "older_than"));
        for (size_t i = 0; i < tn_json_count(modules); i++)
                tn_buf_addf(&line, "%s %s %s",
                            i       ? ","
                            : older ? "; it"
                                    : "",
                            tn_json_bool(tn_json_at(modules, i), "there") ? "has" : "has no",
                            tn_json_str(tn_json_at(modules, i), "name"));
        tn_text_add(showing->text, "\n");
        tn_text_wrap(showing->text, 0, 4, tn_buf_str(&line) ? line.ptr : "");
}

void tn_why_text(const struct json_object *root, struct tn_text *text)
{
        struct tn_why_showing showing = { .text = text, .result = tn_json_object(root, "result") };

        showing.dir = tn_json_str(showing.result, "directory");
        showing.indent = indent_of(showing.result);
        print_request(&showing, root);
        print_targets(&showing);
        print_losers(&showing);
        print_end(&showing);
        print_image(&showing);
}
