/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/evidence_file.h"
#include "core/modfacts.h"
#include "format/modsig.h"
#include "util/buf.h"
#include "util/cleanup.h"

/* Enough to know what a file is. */
#define HEAD_SIZE 64

/* What a link can say at most. */
#define LINK_SIZE 4096

int tn_evidence_link_read(const char *path, struct tn_arena *arena, struct tn_evidence_link *ret_link)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        char *to = tn_buf_reserve(&text, LINK_SIZE);
        struct tn_evidence_link link = { 0 };
        ssize_t n;

        if (!to)
                return -ENOMEM;
        n = readlink(path, to, LINK_SIZE);
        if (n > 0) {
                link.text = tn_arena_dup(arena, (struct span){ to, (size_t)n });
                if (!link.text)
                        return -ENOMEM;
                link.is_here = strcmp(link.text, path) != 0 && access(link.text, F_OK) == 0;
        }
        *ret_link = link;
        return 0;
}

static int read_head(struct tn_evidence *evidence, int fd)
{
        char head[HEAD_SIZE], tail[TN_MODSIG_TAIL];
        struct stat st;
        ssize_t n;

        if (fstat(fd, &st) < 0 || (n = pread(fd, head, sizeof(head), 0)) < 0)
                return -errno;
        evidence->file_size = (uint64_t)st.st_size;
        evidence->head.len = (size_t)n;
        evidence->signed_end = st.st_size >= TN_MODSIG_TAIL &&
                               pread(fd, tail, sizeof(tail), st.st_size - TN_MODSIG_TAIL) == sizeof(tail) &&
                               tn_modsig_size((struct span){ tail, sizeof(tail) }) > 0;
        evidence->head.ptr = tn_arena_dup(&evidence->arena, (struct span){ head, (size_t)n });
        return evidence->head.ptr ? 0 : -ENOMEM;
}

int tn_evidence_file_add(const struct tn_catalog *catalog, const char *path, unsigned facts,
                         struct tn_evidence *evidence)
{
        _cleanup_(closep) int fd = tn_catalog_open_file(catalog, path);

        evidence->parts |= TN_EVIDENCE_FILE;
        evidence->file_err = fd < 0 ? fd : read_head(evidence, fd);
        evidence->facts_err = evidence->file_err;
        if (evidence->file_err == -ENOENT || evidence->file_err == -ELOOP)
                return tn_evidence_link_read(path, &evidence->arena, &evidence->link);
        if (evidence->file_err < 0)
                return evidence->file_err == -ENOMEM ? -ENOMEM : 0;
        evidence->facts_err = tn_modfacts_load_take(TAKE_FD(fd), facts | TN_FACTS_ELF, &evidence->facts);
        if (evidence->facts_err == 0)
                evidence->parts |= TN_EVIDENCE_FACTS;
        return evidence->facts_err == -ENOMEM ? -ENOMEM : 0;
}

int tn_evidence_file_load(const struct tn_catalog *catalog, const char *name, const char *path,
                          struct tn_evidence *ret_evidence)
{
        _cleanup_(tn_evidence_fini) struct tn_evidence evidence = { 0 };
        int r;

        evidence.name = tn_arena_dup(&evidence.arena, tn_span_of(name));
        evidence.path = tn_arena_dup(&evidence.arena, tn_span_of(path));
        if (!evidence.name || !evidence.path)
                return -ENOMEM;
        r = tn_evidence_file_add(catalog, path, TN_FACTS_INFO, &evidence);
        if (r == 0)
                *ret_evidence = TAKE(evidence);
        return r;
}
