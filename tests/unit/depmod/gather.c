/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "depmod/gather.h"
#include "logged.h"
#include "util/cleanup.h"

/* Two modules of which nothing is known yet. */
struct pair {
        struct tn_depmod_module modules[2];
        struct tn_depmod depmod;
        struct tn_gather gather;
        struct logged logged;
};

static void pair_init(struct pair *pair)
{
        *pair = (struct pair){
                .modules = { { .name = SPAN("a"), .path = SPAN("a.ko") },
                             { .name = SPAN("b"), .path = SPAN("b.ko") } },
                .depmod = { .source.dir.path = "D", .log = &pair->logged.log },
                .gather = { .depmod = &pair->depmod },
        };
        pair->depmod.modules.v = pair->modules;
        pair->depmod.modules.n = 2;
        logged_init(&pair->logged);
}

static void pair_fini(struct pair *pair)
{
        logged_fini(&pair->logged);
}

static void assert_said(struct pair *pair, const char *text)
{
        const char *said = tn_buf_str(&pair->logged.text);

        assert_string_equal(said ? said : "", text);
        tn_buf_reset(&pair->logged.text);
}

/* The job ended like that. */
static int take(struct pair *pair, uint32_t i, int error, time_t changed)
{
        struct tn_job_result result = { .error = error, .changed = { changed, 0 } };

        return tn_gather_take(&pair->gather, i, &result);
}

CHECK(gather_goes_on_after_a_fault_of_the_file_and_ends_with_one_of_the_machine)
{
        _cleanup_(pair_fini) struct pair pair;

        pair_init(&pair);
        assert_int_equal(take(&pair, 0, -ENOEXEC, 0), 0);
        assert_said(&pair, "3 failed to load symbols from D/a.ko: Exec format error\n");
        assert_int_equal(take(&pair, 1, -EIO, 0), -EIO);
        assert_said(&pair, "3 failed to load symbols from D/b.ko: Input/output error\n");
        assert_int_equal(take(&pair, 1, -ENOSYS, 0), -ENOSYS);
        assert_said(&pair, "3 failed to load symbols from D/b.ko: no library for its compression\n");
        assert_int_equal(take(&pair, 1, -ENOMEM, 0), -ENOMEM);
        assert_said(&pair, "");
}

CHECK(gather_knows_when_the_last_module_was_changed)
{
        _cleanup_(pair_fini) struct pair pair;

        pair_init(&pair);
        assert_int_equal(take(&pair, 0, -ENOEXEC, 1000), 0);
        assert_int_equal(pair.depmod.newest.tv_sec, 1000);
        assert_int_equal(take(&pair, 1, 0, 500), 0);
        assert_int_equal(pair.depmod.newest.tv_sec, 1000);
        assert_int_equal(take(&pair, 1, 0, 2000), 0);
        assert_int_equal(pair.depmod.newest.tv_sec, 2000);
}

/* One softdep of so many bytes, which nobody reads here. */
static void take_softdep(struct pair *pair, uint32_t i, size_t len)
{
        struct tn_job_result result = { 0 };

        result.digest.lists[TN_DEPMOD_SOFTDEP] = (struct tn_depmod_list){ .len = len, .n = 1 };
        assert_int_equal(tn_gather_take(&pair->gather, i, &result), 0);
}

/* Each weighs 128 more, and the name of its module; all together 8 MiB. */
CHECK(gather_leaves_out_the_greediest_from_the_byte_on_that_is_too_much)
{
        const size_t beside = 128 + 1, max = (size_t)8 << 20;
        struct tn_depmod_list *lists[2];
        _cleanup_(pair_fini) struct pair pair;

        pair_init(&pair);
        for (size_t i = 0; i < 2; i++)
                lists[i] = &pair.modules[i].lists[TN_DEPMOD_SOFTDEP];
        take_softdep(&pair, 0, max - beside - beside - 7);
        take_softdep(&pair, 1, 7);
        assert_int_equal(lists[0]->n, 1);
        assert_said(&pair, "");
        pair.gather.weight[TN_DEPMOD_SOFTDEP] -= beside + 7;
        take_softdep(&pair, 1, 8);
        assert_int_equal(lists[0]->n, 0);
        assert_int_equal(lists[1]->n, 1);
        assert_int_equal(pair.gather.weight[TN_DEPMOD_SOFTDEP], beside + 8);
        assert_said(&pair,
                    "4 D/a.ko has 1 softdeps, they are left out: all modules have too many, and none has "
                    "more\n");
}

CHECK(gather_leaves_out_the_last_of_two_that_have_as_much)
{
        const size_t beside = 128 + 1, max = (size_t)8 << 20;
        _cleanup_(pair_fini) struct pair pair;

        pair_init(&pair);
        take_softdep(&pair, 0, max / 2 - beside + 1);
        take_softdep(&pair, 1, max / 2 - beside + 1);
        assert_int_equal(pair.modules[0].lists[TN_DEPMOD_SOFTDEP].n, 1);
        assert_int_equal(pair.modules[1].lists[TN_DEPMOD_SOFTDEP].n, 0);
}
