/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>

#include "core/evidence_name.h"
#include "core/twins.h"
#include "util/cleanup.h"

void tn_twins_fini(struct tn_twins *twins)
{
        tn_vec_fini(&twins->list);
        tn_arena_fini(&twins->arena);
        *twins = (struct tn_twins){ 0 };
}

static int dup_to(struct tn_twins *twins, struct span text, const char **ret_text)
{
        *ret_text = tn_arena_dup(&twins->arena, text);
        return *ret_text ? 0 : -ENOMEM;
}

/* What cannot be looked at is no twin either. */
static bool is_same_file(const struct tn_dir *dir, struct span a, struct span b)
{
        struct stat one, two;

        if (tn_dir_stat(dir, a.ptr, &one) < 0 || tn_dir_stat(dir, b.ptr, &two) < 0)
                return true;
        return one.st_dev == two.st_dev && one.st_ino == two.st_ino;
}

/* "override vfat * kernel/fs/fat": a file at the top or outside of the directory cannot be named so. */
/* The path up to the first '.' of its base name, which is what an override compares. */
static struct span stem_of(const struct tn_claim *claim)
{
        struct span base = tn_span_base(claim->path);

        return tn_span_head(claim->path, claim->path.len - base.len + tn_span_chr(base, '.'));
}

/* "a.ko" and "a.ko.xz" in one directory are one to an override. */
static bool can_override(const struct tn_claim *taken, const struct tn_claim *other)
{
        return tn_claim_rule(taken, other) > TN_CLAIM_OVERRIDE &&
               (taken->root != other->root || !tn_span_eq(stem_of(taken), stem_of(other)));
}

static int add_override(struct tn_twins *twins, const struct tn_inroot *root, const struct tn_claim *claim,
                        struct tn_twin *twin)
{
        struct span base = tn_span_base(claim->path);
        struct span dir = tn_span_head(claim->path, claim->path.len - base.len);
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        if (claim->root || dir.len == 0 || tn_span_starts(dir, SPAN("/")))
                return 0;
        tn_buf_addf(&text, "echo 'override %.*s * %.*s' >>%s/etc/depmod.d/%s.conf",
                    SPAN_FMT(tn_span_head(base, tn_span_chr(base, '.'))),
                    SPAN_FMT(tn_span_head(dir, dir.len - 1)), root ? root->dir : "", twin->name);
        return tn_buf_error(&text) < 0 ? -ENOMEM : dup_to(twins, tn_buf_span(&text), &twin->command);
}

static int add_twin(struct tn_twins *twins, const struct tn_inroot *root, const struct tn_priority *priority,
                    const struct tn_claimed *taken, const struct tn_claimed *other)
{
        _cleanup_(tn_buf_fini) struct tn_buf why = { 0 };
        const struct tn_priority_line *line = tn_priority_why(priority, &taken->claim, &other->claim, &why);
        struct tn_twin twin = { .line = line ? line->number : 0 };
        int r = tn_buf_error(&why);

        if (r == 0)
                r = dup_to(twins, taken->name, &twin.name);
        if (r == 0)
                r = dup_to(twins, taken->path, &twin.taken);
        if (r == 0)
                r = dup_to(twins, other->path, &twin.other);
        if (r == 0)
                r = dup_to(twins, tn_buf_span(&why), &twin.why);
        if (r == 0 && line)
                r = dup_to(twins, tn_span_of(line->file), &twin.conf);
        if (r == 0 && can_override(&taken->claim, &other->claim))
                r = add_override(twins, root, &other->claim, &twin);
        return r < 0 ? r : tn_vec_add(&twins->list, twin);
}

int tn_twins_add(struct tn_twins *twins, const struct tn_dir *dir, const struct tn_priority *priority,
                 const struct tn_claims *claims, const char *name)
{
        const struct tn_claimed *other;
        int r = 0;

        tn_vec_each (other, &claims->beaten) {
                const struct tn_claimed *taken = tn_claims_find(claims, other->name);

                if (r == 0 && taken && (!name || tn_span_eq(taken->name, tn_span_of(name))) &&
                    !is_same_file(dir, taken->path, other->path))
                        r = add_twin(twins, dir->root, priority, taken, other);
        }
        return r;
}

/* The file that another takes the place of, where it is more than a matter of the order in which they are seen. */
static bool is_settled(const struct tn_claims *claims, const struct tn_claimed *taken, struct span indexed)
{
        const struct tn_claimed *other;

        tn_vec_each (other, &claims->beaten)
                if (tn_span_eq(other->path, indexed))
                        return tn_claim_rule(&taken->claim, &other->claim) == TN_CLAIM_PATH;
        return false;
}

static int find_unknown(struct tn_twins *twins, struct tn_catalog *catalog, const struct tn_claims *claims,
                        const char *name, const char *path)
{
        const struct tn_claimed *taken = tn_claims_find(claims, tn_span_of(name));
        _cleanup_(tn_buf_fini) struct tn_buf full = { 0 };
        struct span indexed = tn_span_of(path), dir = tn_span_of(tn_catalog_dir(catalog));
        struct stat one, two;

        if (!taken)
                return 0;
        tn_catalog_add_path(catalog, taken->path, &full);
        if (!tn_buf_str(&full))
                return -ENOMEM;
        if (tn_span_starts(indexed, dir) && indexed.len > dir.len)
                indexed = tn_span_skip(indexed, dir.len + 1);
        if (strcmp(full.ptr, path) == 0 || is_settled(claims, taken, indexed))
                return 0;
        if (stat(full.ptr, &one) == 0 && stat(path, &two) == 0 && one.st_dev == two.st_dev &&
            one.st_ino == two.st_ino)
                return 0;
        return dup_to(twins, taken->path, &twins->unknown);
}

static int take_place(struct tn_twins *twins, struct tn_catalog *catalog, const char *name)
{
        _cleanup_(tn_evidence_name_fini) struct tn_evidence_name evidence = { 0 };
        const struct tn_evidence_name_from from = { .asked = name, .catalog = catalog };
        int r = tn_evidence_name_init(&from, &evidence);

        if (r == 0)
                r = dup_to(twins, tn_span_of(evidence.version), &twins->version);
        if (r == 0 && evidence.base)
                r = dup_to(twins, tn_span_of(evidence.base), &twins->base);
        return r;
}

int tn_twins_load(struct tn_catalog *catalog, const char *name, const char *path, struct tn_twins *ret_twins)
{
        const struct tn_dir *where = tn_catalog_where(catalog);
        _cleanup_(tn_priority_fini) struct tn_priority priority = { 0 };
        _cleanup_(tn_claims_fini) struct tn_claims claims = { 0 };
        _cleanup_(tn_twins_fini) struct tn_twins twins = { 0 };
        _cleanup_(closep) int fd = tn_dir_open(where, ".", O_RDONLY | O_DIRECTORY);
        struct tn_dir dir = *where;
        const struct tn_claims_from from = {
                .dir = &dir,
                .root = dir.root,
                .priority = &priority,
                .keeps_beaten = true,
        };
        int r = fd < 0 ? fd : tn_priority_load_for(where, &priority);

        dir.fd = fd;
        if (r == 0)
                r = tn_claims_load(&from, NULL, &claims);
        if (r == 0)
                r = take_place(&twins, catalog, name);
        if (r == 0)
                r = find_unknown(&twins, catalog, &claims, name, path);
        if (r == 0)
                r = tn_twins_add(&twins, &dir, &priority, &claims, name);
        if (r == -ENOMEM)
                return r;
        *ret_twins = TAKE(twins);
        return 0;
}

int tn_detect_twins(const struct tn_twins *twins, struct tn_findings *findings)
{
        const struct tn_twin *twin;
        int r = 0;

        if (twins->unknown)
                return tn_findings_add(findings, (struct tn_finding){ .code = TN_FINDING_INDEX_STALE,
                                                                      .path = twins->unknown,
                                                                      .subject = twins->version,
                                                                      .value = twins->base });
        tn_vec_each (twin, &twins->list)
                if (r == 0)
                        r = tn_findings_add(findings, (struct tn_finding){ .code = TN_FINDING_FILE_TWICE,
                                                                           .name = twin->name,
                                                                           .path = twin->taken,
                                                                           .other = twin->other,
                                                                           .value = twin->why,
                                                                           .subject = twin->command,
                                                                           .file = twin->conf,
                                                                           .line = twin->line });
        return r;
}
