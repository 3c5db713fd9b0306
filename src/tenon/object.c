/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "cli/operand.h"
#include "core/unknown.h"
#include "format/modname.h"
#include "format/mountinfo.h"
#include "kernel/kernel.h"
#include "tenon/object.h"
#include "util/cleanup.h"
#include "util/file.h"

static const char *const names[TN_OBJECT_KINDS] = {
        [TN_OBJECT_MODULE] = "module", [TN_OBJECT_ALIAS] = "alias",   [TN_OBJECT_FILE] = "file",
        [TN_OBJECT_MOUNT] = "mount",   [TN_OBJECT_CONFIG] = "config",
};

const char *tn_object_kind_name(enum tn_object_kind kind)
{
        return names[kind];
}

void tn_object_fini(struct tn_object *object)
{
        tn_matches_fini(&object->matches);
        tn_arena_fini(&object->arena);
}

/* Takes "KIND:" off the word. Without it: all kinds. */
static unsigned take_kinds(const char **word)
{
        for (size_t i = 0; i < TN_OBJECT_KINDS; i++) {
                size_t len = strlen(names[i]);

                if (strncmp(*word, names[i], len) != 0 || (*word)[len] != ':')
                        continue;
                *word += len + 1;
                return 1u << i;
        }
        return ~0u;
}

static bool is_config(const char *path)
{
        struct span dir = tn_span_of(path), base = tn_span_base(dir);

        dir.len -= base.len;
        return tn_span_eq(base, SPAN("modprobe.conf")) || tn_span_ends(dir, SPAN("/modprobe.d/")) ||
               tn_span_ends(dir, SPAN("/depmod.d/"));
}

static bool is_regular(const char *path)
{
        struct stat st;

        return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/* What a path can be; a bare word is only ever a module file. */
static unsigned kinds_of_path(const struct tn_run *run, const char *word, struct tn_buf *type)
{
        unsigned kinds = 0;

        if (tn_modname_is_file(tn_span_of(word), NULL) && (tn_operand_is_path(word) || is_regular(word)))
                kinds |= 1u << TN_OBJECT_FILE;
        if (strchr(word, '/') && is_config(word))
                kinds |= 1u << TN_OBJECT_CONFIG;
        if (run->live && word[0] == '/' && tn_kernel_mount_type(word, type) == 0)
                kinds |= 1u << TN_OBJECT_MOUNT;
        return kinds;
}

static bool is_loaded(const struct tn_run *run, const char *word)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        enum tn_kernel_state state;

        if (!run->live)
                return false;
        tn_modname_from_text(tn_span_of(word), &name);
        return tn_buf_str(&name) && tn_modname_is_sane(tn_buf_span(&name)) &&
               tn_kernel_module_state(name.ptr, &state) == 0 && state != TN_KERNEL_ABSENT;
}

static unsigned kind_of_rule(enum tn_rule rule)
{
        switch (rule) {
        case TN_RULE_NAME:
        case TN_RULE_COMMAND:
        case TN_RULE_BUILTIN: return 1u << TN_OBJECT_MODULE;
        default: return 1u << TN_OBJECT_ALIAS;
        }
}

static unsigned kinds_of_matches(const struct tn_matches *matches)
{
        unsigned kinds = 0;
        const struct tn_match *match;

        tn_vec_each (match, matches)
                kinds |= kind_of_rule(match->rule);
        return kinds;
}

/* What a word looks like that nothing is known of. "vfat.ko" is a name that somebody has mistaken. */
static unsigned kinds_by_look(const char *word)
{
        if (tn_operand_is_path(word))
                return 1u << (is_config(word) ? TN_OBJECT_CONFIG : TN_OBJECT_FILE);
        return 1u << (strchr(word, ':') ? TN_OBJECT_ALIAS : TN_OBJECT_MODULE);
}

/* The first kind of those: a path is what it says, a name is more than an alias. */
static enum tn_object_kind choose(unsigned kinds)
{
        static const enum tn_object_kind order[] = {
                TN_OBJECT_MODULE, TN_OBJECT_ALIAS, TN_OBJECT_MOUNT, TN_OBJECT_CONFIG, TN_OBJECT_FILE,
        };

        for (size_t i = 0; i < ARRAY_SIZE(order); i++)
                if (kinds & 1u << order[i])
                        return order[i];
        return TN_OBJECT_MODULE;
}

static int look_up(struct tn_run *run, struct tn_object *object)
{
        return tn_lookup(run->world.catalog, run->world.config, tn_span_of(object->text), &object->arena,
                         &object->matches);
}

/* What is to be looked up for it. */
static int set_text(struct tn_object *object, struct tn_buf *type)
{
        object->text = object->word;
        if (object->kind == TN_OBJECT_MODULE || object->kind == TN_OBJECT_ALIAS)
                return 0;
        object->path = object->word;
        object->text = NULL;
        if (object->kind != TN_OBJECT_MOUNT || !object->known)
                return 0;
        object->text = tn_arena_dup(&object->arena, tn_buf_span(type));
        return object->text ? 0 : -ENOMEM;
}

int tn_object_resolve(struct tn_run *run, const char *word, struct tn_object *ret_object)
{
        struct tn_object *object = ret_object;
        _cleanup_(tn_buf_fini) struct tn_buf type = { 0 };
        unsigned asked, found;
        int r;

        *object = (struct tn_object){ 0 };
        asked = take_kinds(&word);
        object->told = asked != ~0u;
        object->word = object->text = word;
        tn_buf_add_str(&type, "fs-");
        found = kinds_of_path(run, word, &type);
        if (asked & (1u << TN_OBJECT_MODULE | 1u << TN_OBJECT_ALIAS)) {
                r = look_up(run, object);
                if (r < 0)
                        return r;
                found |= kinds_of_matches(&object->matches);
                if (!(found & 1u << TN_OBJECT_MODULE) && is_loaded(run, word))
                        found |= 1u << TN_OBJECT_MODULE;
        }
        object->known = found & asked;
        if (!object->known)
                found = kinds_by_look(word);
        object->kind = choose(found & asked ? found & asked : asked);
        object->also = object->known ? found & ~(1u << object->kind) : 0;
        r = set_text(object, &type);
        if (r == 0 && object->kind == TN_OBJECT_MOUNT && object->text)
                r = look_up(run, object);
        return r;
}

/* The kinds that some verbs do not take. */
static const struct {
        enum tn_object_kind kind;
        const char *error; /* of the word, and of the verb */
} refused[] = {
        { TN_OBJECT_CONFIG, "%s is a file of the configuration, which tenon config checks" },
        { TN_OBJECT_FILE, "%s is a file: %s takes modules by their names" },
};

static int refuse_kind(const struct tn_object *object, const char *verb, struct tn_document *doc)
{
        for (size_t i = 0; i < ARRAY_SIZE(refused); i++)
                if (refused[i].kind == object->kind)
                        return tn_run_usage(doc, refused[i].error, object->word, verb);
        return tn_run_usage(doc, "%s takes no %s", verb, names[object->kind]);
}

/* What a word is that is not of the kind that the user said. */
static int explain_kind(struct tn_run *run, const struct tn_object *object, struct tn_document *doc)
{
        static const enum tn_object_kind by_lookup[] = { TN_OBJECT_ALIAS, TN_OBJECT_MODULE };
        unsigned is = kinds_of_matches(&object->matches);
        struct tn_finding finding = {
                .code = TN_FINDING_OBJECT_KIND,
                .name = object->word,
                .subject = object->kind == TN_OBJECT_MOUNT ? "mount point" : names[object->kind],
        };

        if (object->kind == TN_OBJECT_MOUNT && !run->live)
                return tn_run_usage(doc, "mount points are those of the running system, not of %s",
                                    run->root ? run->root : tn_buf_str(&run->kernel));
        for (size_t i = 0; i < ARRAY_SIZE(by_lookup); i++)
                if (is & 1u << by_lookup[i])
                        finding.other = names[by_lookup[i]];
        tn_document_add_finding(doc, &finding, names[object->kind]);
        doc->status = TN_STATUS_NO;
        return 1;
}

int tn_object_take(struct tn_run *run, const char *verb, unsigned kinds, const char *word,
                   struct tn_document *doc, struct tn_object *ret_object)
{
        int r = tn_object_resolve(run, word, ret_object);

        if (r < 0)
                return r;
        if (!*ret_object->word)
                return tn_run_usage(doc, "%s: an object is empty", word);
        if (!(kinds & 1u << ret_object->kind))
                return refuse_kind(ret_object, verb, doc);
        if (!ret_object->told || ret_object->known || ret_object->kind == TN_OBJECT_FILE)
                return 0;
        return ret_object->kind == TN_OBJECT_MOUNT || ret_object->matches.n
                       ? explain_kind(run, ret_object, doc)
                       : 0;
}

int tn_object_explain_file(struct tn_run *run, const struct tn_object *object, struct tn_document *doc)
{
        _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };
        const struct tn_catalog *catalog = run->world.catalog;
        _cleanup_(closep) int fd = tn_catalog_open_file(catalog, object->path);
        int r;

        if (fd == -EACCES || fd == -EPERM) {
                tn_document_add_incomplete(doc, object->path, strerror(-fd));
                doc->status = TN_STATUS_UNKNOWN;
                return 1;
        }
        r = tn_unknown_explain_file(catalog, object->path, &findings);
        if (r < 0 || findings.list.n == 0)
                return r;
        tn_document_add_findings(doc, &findings);
        if (doc->status == TN_STATUS_YES)
                doc->status = TN_STATUS_NO;
        return 1;
}

const char *tn_object_builtin(const struct tn_object *object)
{
        bool alone = object->kind == TN_OBJECT_MOUNT && object->known && object->matches.n == 0;

        return alone ? object->text + strlen("fs-") : NULL;
}

int tn_object_explain(struct tn_run *run, const struct tn_object *object, struct tn_document *doc)
{
        static const struct tn_evidence_tool me = { "tenon show", "--root", "-k", "tenon show" };
        _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };
        const struct tn_evidence_name_from from = {
                .asked = object->text ? object->text : object->word,
                .catalog = run->world.catalog,
                .has_config = !tn_world_root(&run->world),
                .tool = &me,
        };
        int r = tn_unknown_explain(&from, &findings);

        tn_document_add_findings(doc, &findings);
        if (doc->status == TN_STATUS_YES)
                doc->status = TN_STATUS_NO;
        return r;
}

void tn_object_add(const struct tn_object *object, struct tn_document *doc, struct json_object *to)
{
        struct json_object *added = tn_json_add_object(&doc->json, to, "object"), *also;

        tn_json_add_str(&doc->json, added, "kind", names[object->kind]);
        tn_json_add_str(&doc->json, added, "name", object->text);
        tn_json_add_str(&doc->json, added, "path", object->path);
        tn_json_add_str(&doc->json, added, "word", object->word);
        also = tn_json_add_array(&doc->json, added, "also");
        for (size_t i = 0; i < TN_OBJECT_KINDS; i++)
                if (object->also & 1u << i)
                        tn_json_add_str(&doc->json, also, NULL, names[i]);
}

void tn_object_text(const struct json_object *object, struct tn_text *text)
{
        const struct json_object *also = tn_json_array(object, "also");
        const char *word = tn_json_str(object, "word");

        if (!tn_json_count(also))
                return;
        tn_text_add(text, "%s is taken as %s:%s; it is also", word, tn_json_str(object, "kind"), word);
        for (size_t i = 0; i < tn_json_count(also); i++)
                tn_text_add(text, "%s %s:%s", i ? "," : "", tn_json_str_at(also, i), word);
        tn_text_add(text, "\n");
}
