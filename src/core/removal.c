/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/detect.h"
#include "core/detect_name.h"
#include "core/removal.h"
#include "util/cleanup.h"

/* Of an interface's tun_flags: what it carries, and that it stays when nobody has it open. */
#define TUN_FRAMES  UINT64_C(0x2)
#define TUN_PERSIST UINT64_C(0x800)

void tn_removal_fini(struct tn_removal *removal)
{
        tn_vec_fini(&removal->holders);
        tn_vec_fini(&removal->users);
        tn_arena_fini(&removal->arena);
        *removal = (struct tn_removal){ 0 };
}

static int add(const struct tn_removal *removal, enum tn_finding_code code, struct tn_findings *findings)
{
        return tn_findings_add(findings, (struct tn_finding){ .code = code, .name = removal->name });
}

/* The kernel asks for the right first. What it would refuse outside of a namespace, too, goes before that. */
static int detect_policy(const struct tn_removal *removal, struct tn_findings *findings)
{
        const struct tn_kernel_policy *policy = &removal->policy;

        if (policy->disabled && (policy->in_namespace || !policy->no_right))
                return add(removal, TN_FINDING_MODULES_DISABLED, findings);
        return policy->no_right ? tn_detect_no_right(removal->name, policy, findings) : 0;
}

/* The kernel itself holds a module whose init function has not ended. */
static int detect_underway(const struct tn_removal *removal, struct tn_findings *findings)
{
        switch (removal->state) {
        case TN_KERNEL_COMING: return add(removal, TN_FINDING_MODULE_COMING, findings);
        case TN_KERNEL_GOING: return add(removal, TN_FINDING_MODULE_GOING, findings);
        default: return 0;
        }
}

/* A live module that is busy, other than in use, has an init function and no exit function. */
static int detect_state(const struct tn_removal *removal, struct tn_findings *findings)
{
        if (removal->state == TN_KERNEL_LIVE)
                return add(removal, TN_FINDING_NO_EXIT, findings);
        return detect_underway(removal, findings);
}

static int detect_holders(const struct tn_removal *removal, struct tn_findings *findings)
{
        int r = 0;

        for (size_t i = 0; r == 0 && i < removal->holders.n; i++)
                r = tn_findings_add(findings, (struct tn_finding){ .code = TN_FINDING_HOLDER_MODULE,
                                                                   .name = removal->name,
                                                                   .subject = removal->holders.v[i] });
        return r;
}

/* An interface alone holds no module; one of tun does that is to stay. */
static bool is_guess(const struct tn_removal_user *user)
{
        return user->guess || (user->kind == TN_KERNEL_USER_INTERFACE && !(user->tun_flags & TUN_PERSIST));
}

static struct tn_finding finding_of(const struct tn_removal *removal, const struct tn_removal_user *user)
{
        static const enum tn_finding_code codes[] = {
                [TN_KERNEL_USER_MOUNT] = TN_FINDING_HOLDER_MOUNT,
                [TN_KERNEL_USER_LOOP] = TN_FINDING_HOLDER_LOOP,
                [TN_KERNEL_USER_SWAP] = TN_FINDING_HOLDER_SWAP,
                [TN_KERNEL_USER_INTERFACE] = TN_FINDING_HOLDER_INTERFACE,
                [TN_KERNEL_USER_PROCESS] = TN_FINDING_HOLDER_PROCESS,
        };
        struct tn_finding finding = {
                .code = codes[user->kind],
                .guess = is_guess(user),
                .name = removal->name,
                .subject = user->name,
                .other = user->other,
                .value = user->path,
        };

        if (user->kind == TN_KERNEL_USER_MOUNT && user->path[0] != '/')
                finding.value = NULL;
        if (user->kind == TN_KERNEL_USER_INTERFACE && !finding.guess) {
                finding.code = TN_FINDING_HOLDER_TUNNEL;
                finding.other = user->tun_flags & TUN_FRAMES ? "tap" : "tun";
        }
        return finding;
}

/* A process may have a device open more than once, and a file system may be mounted twice at one place. */
static bool is_told(const struct tn_removal *removal, size_t at)
{
        const struct tn_removal_user *user = &removal->users.v[at];

        for (size_t i = 0; i < at; i++)
                if (removal->users.v[i].kind == user->kind &&
                    strcmp(removal->users.v[i].name, user->name) == 0)
                        return true;
        return false;
}

static int add_users(const struct tn_removal *removal, bool guess, struct tn_findings *findings)
{
        const struct tn_removal_user *user;
        int r = 0;

        tn_vec_each (user, &removal->users)
                if (r == 0 && is_guess(user) == guess && !is_told(removal, (size_t)(user - removal->users.v)))
                        r = tn_findings_add(findings, finding_of(removal, user));
        return r;
}

static int detect_users(const struct tn_removal *removal, struct tn_findings *findings)
{
        struct tn_finding unknown = { .code = TN_FINDING_HOLDER_UNKNOWN, .name = removal->name };
        size_t before = findings->list.n;
        int r;

        if (removal->refcnt <= (int64_t)removal->holders.n || removal->state == TN_KERNEL_COMING)
                return 0;
        r = add_users(removal, false, findings);
        if (r == 0 && findings->list.n == before)
                r = add_users(removal, true, findings);
        if (r < 0 || findings->list.n > before)
                return r;
        if (removal->hidden)
                unknown.value = "this user may not look at all processes";
        return tn_findings_add(findings, unknown);
}

/* Not loaded: its name may be misspelt. */
static int detect_loaded(const struct tn_removal *removal, struct tn_findings *findings)
{
        struct tn_finding finding = { .code = TN_FINDING_LOADED_NEAREST, .name = removal->name };
        struct span name = tn_span_of(removal->name);

        finding.subject = tn_detect_like_case(removal->loaded, name);
        if (!finding.subject)
                finding.subject = tn_detect_like_nearest(removal->loaded, name);
        return finding.subject ? tn_findings_add(findings, finding) : 0;
}

static const struct {
        int err;
        enum tn_removal_part part;
        int (*detect)(const struct tn_removal *removal, struct tn_findings *findings);
} detectors[] = {
        { -EPERM, TN_REMOVAL_POLICY, detect_policy },   { -EBUSY, TN_REMOVAL_STATE, detect_state },
        { -EAGAIN, TN_REMOVAL_STATE, detect_underway }, { -EAGAIN, TN_REMOVAL_USERS, detect_holders },
        { -EAGAIN, TN_REMOVAL_USERS, detect_users },    { -ENOENT, TN_REMOVAL_LOADED, detect_loaded },
};

unsigned tn_removal_wants(int err)
{
        unsigned wants = 0;

        for (size_t i = 0; i < ARRAY_SIZE(detectors); i++)
                wants |= detectors[i].err == err ? detectors[i].part : 0u;
        return wants;
}

int tn_removal_detect(const struct tn_removal *removal, struct tn_findings *findings)
{
        int r = 0;

        for (size_t i = 0; r == 0 && i < ARRAY_SIZE(detectors); i++)
                if (detectors[i].err == removal->err && (removal->parts & detectors[i].part))
                        r = detectors[i].detect(removal, findings);
        return r;
}
