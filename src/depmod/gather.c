/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "depmod/gather.h"
#include "util/cleanup.h"
#include "util/file.h"
#include "util/when.h"

/*
 * All together is counted as bytes and a charge for each text. An index has at most 530 bytes beside each key and value
 * (a node with its table, one more above it, the number of values and a priority): with 128 bytes each, what weighs
 * 60 MiB fits into the format's 256 MiB whatever the keys are. modules.softdep is read as a file of configuration.
 * The 4,230 modules of Debian's kernels 6.1 and 6.12 have together 27,459 aliases of 0.9 MB, 15,520 exports of 0.3 MB
 * and 197,617 needs of 4 MB.
 */
static const struct {
        size_t charge;
        size_t total; /* what those of all modules may weigh */
} bounds[TN_DEPMOD_KINDS] = {
        [TN_DEPMOD_ALIAS] = { 128, 60 << 20 },  [TN_DEPMOD_SOFTDEP] = { 128, 8 << 20 },
        [TN_DEPMOD_WEAKDEP] = { 128, 8 << 20 }, [TN_DEPMOD_EXPORT] = { 128, 60 << 20 },
        [TN_DEPMOD_NEED] = { 16, 120 << 20 },
};

static size_t weight_of(const struct tn_depmod *depmod, uint32_t i, int kind)
{
        const struct tn_depmod_list *list = &depmod->modules.v[i].lists[kind];

        return list->len + list->n * (bounds[kind].charge + depmod->modules.v[i].name.len);
}

/* Until what is left fits: the texts of the module that has most, of equal ones the last. */
static void leave_out(struct tn_gather *gather, int kind)
{
        struct tn_depmod *depmod = gather->depmod;

        while (gather->weight[kind] > bounds[kind].total) {
                _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
                uint32_t most = 0;
                size_t n;

                for (uint32_t i = 1; i < depmod->modules.n; i++)
                        if (weight_of(depmod, i, kind) >= weight_of(depmod, most, kind))
                                most = i;
                n = depmod->modules.v[most].lists[kind].n;
                gather->weight[kind] -= weight_of(depmod, most, kind);
                tn_depmod_list_fini(&depmod->modules.v[most].lists[kind]);
                tn_log(depmod->log, TN_LOG_WARNING,
                       "%s has %zu %s, they are left out: all modules have too many, and none has more",
                       tn_depmod_path(depmod, most, &path), n, tn_depmod_kind_names[kind]);
        }
}

/*
 * What is wrong with the module costs a message; it stays in modules.dep, without what was in it. What is wrong with
 * the machine would cost its dependencies and aliases, and ends the run. So does a library for its compression that
 * is not there: mostly all modules are compressed alike.
 */
static int complain(const struct tn_depmod *depmod, uint32_t i, int r)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };

        if (r == -ENOMEM)
                return r;
        tn_log(depmod->log, TN_LOG_ERR, "failed to load symbols from %s: %s",
               tn_depmod_path(depmod, i, &path),
               r == -ENOSYS ? "no library for its compression" : strerror(-r));
        return tn_file_is_fault(r) ? 0 : r;
}

static void report(const struct tn_depmod *depmod, uint32_t i, const struct tn_digest *digest)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
        const struct tn_digest_note *note;

        tn_vec_each (note, &digest->notes)
                tn_digest_report(note, tn_depmod_path(depmod, i, &path), depmod->log);
}

int tn_gather_take(struct tn_gather *gather, uint32_t i, struct tn_job_result *result)
{
        struct tn_depmod *depmod = gather->depmod;

        if (tn_when_is_before(depmod->newest, result->changed))
                depmod->newest = result->changed;
        if (result->error)
                return complain(depmod, i, result->error);
        report(depmod, i, &result->digest);
        for (int kind = 0; kind < TN_DEPMOD_KINDS; kind++) {
                depmod->modules.v[i].lists[kind] = TAKE(result->digest.lists[kind]);
                gather->weight[kind] += weight_of(depmod, i, kind);
                leave_out(gather, kind);
        }
        return 0;
}
