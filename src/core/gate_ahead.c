/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "core/evidence_file.h"
#include "core/gate_ahead.h"
#include "core/gate_evidence.h"
#include "util/cleanup.h"
#include "util/pool.h"

struct tn_gate_ahead_file {
        const char *path;
        unsigned facts;
        struct tn_evidence evidence; /* of the file alone, once it was read */
        struct tn_gate_ahead_file *before;
};

void tn_gate_ahead_fini(struct tn_gate_ahead *ahead)
{
        for (struct tn_gate_ahead_file *file = ahead->newest; file; file = file->before)
                tn_evidence_fini(&file->evidence);
        tn_map_fini(&ahead->files);
        tn_vec_fini(&ahead->unread);
        tn_arena_fini(&ahead->arena);
}

int tn_gate_ahead_add(struct tn_gate_ahead *ahead, const struct tn_gate_kernel *kernel,
                      const struct tn_step *step)
{
        struct tn_gate_ahead_file *file;
        struct span path;

        if (tn_map_find(&ahead->files, tn_span_of(step->path)))
                return 0;
        file = tn_arena_alloc(&ahead->arena, sizeof(*file));
        path = (struct span){ tn_arena_dup(&ahead->arena, tn_span_of(step->path)), strlen(step->path) };
        if (!file || !path.ptr)
                return -ENOMEM;
        file->path = path.ptr;
        file->facts = tn_gate_evidence_facts(kernel, step);
        file->before = ahead->newest;
        ahead->newest = file;
        return tn_map_add(&ahead->files, path, file) < 0 ? -ENOMEM : tn_vec_add(&ahead->unread, file);
}

struct reading {
        struct tn_gate_ahead *ahead;
        const struct tn_gate_kernel *kernel;
};

struct result {
        struct tn_evidence evidence;
        int err;
};

static size_t run(void *data, void *room, size_t i, void *result)
{
        const struct reading *reading = data;
        const struct tn_gate_ahead_file *file = reading->ahead->unread.v[i];
        struct result *to = result;

        (void)room;
        *to = (struct result){ 0 };
        to->err = tn_evidence_file_add(reading->kernel->catalog, file->path, file->facts, &to->evidence);
        return 0;
}

static int take(void *data, size_t i, void *result)
{
        const struct reading *reading = data;
        struct result *from = result;

        if (from->err == 0)
                reading->ahead->unread.v[i]->evidence = TAKE(from->evidence);
        return from->err;
}

static void fini_result(void *result)
{
        tn_evidence_fini(&((struct result *)result)->evidence);
}

int tn_gate_ahead_read(struct tn_gate_ahead *ahead, const struct tn_gate_kernel *kernel)
{
        struct reading reading = { ahead, kernel };
        const struct tn_pool_work work = {
                .n = ahead->unread.n,
                .data = &reading,
                .run = run,
                .take = take,
                .fini_result = fini_result,
                .result_size = sizeof(struct result),
        };
        int r = ahead->unread.n ? tn_pool_run(&work) : 0;

        ahead->unread.n = 0;
        return r;
}

void tn_gate_ahead_take(struct tn_gate_ahead *ahead, const char *path, struct tn_evidence *evidence)
{
        struct tn_gate_ahead_file *file = tn_map_find(&ahead->files, tn_span_of(path));

        if (file && file->evidence.parts)
                *evidence = TAKE(file->evidence);
}
