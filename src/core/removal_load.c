/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdarg.h>

#include "core/removal.h"
#include "format/modname.h"
#include "format/procmod.h"
#include "util/cleanup.h"

struct gathering {
        struct tn_removal *removal;
        struct tn_catalog *catalog;
};

static int dup_to(struct tn_removal *removal, const char *text, const char **ret_text)
{
        *ret_text = text ? tn_arena_dup(&removal->arena, tn_span_of(text)) : NULL;
        return text && !*ret_text ? -ENOMEM : 0;
}

/* Whether an alias leads to the module. 1, 0 or -ENOMEM. */
__attribute__((format(printf, 2, 3))) static int has_alias(struct gathering *gathering, const char *fmt, ...)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 }, alias = { 0 };
        struct tn_index_hits hits = { 0 };
        bool found = false;
        va_list ap;
        int r;

        va_start(ap, fmt);
        tn_buf_vaddf(&text, fmt, ap);
        va_end(ap);
        r = tn_buf_error(&text);
        if (r == 0)
                r = tn_modname_from_alias(tn_buf_span(&text), &alias);
        if (r == 0)
                r = tn_catalog_match(gathering->catalog, TN_CATALOG_ALIAS, tn_buf_span(&alias),
                                     &gathering->removal->arena, &hits);
        for (size_t i = 0; r == 0 && i < hits.n; i++)
                found |= tn_span_eq(hits.v[i].value, tn_span_of(gathering->removal->name));
        tn_index_hits_fini(&hits);
        return r == -ENOMEM ? r : found;
}

static bool is_module(const struct gathering *gathering, struct span text)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };

        return tn_modname_from_alias(text, &name) == 0 &&
               tn_span_eq(tn_buf_span(&name), tn_span_of(gathering->removal->name));
}

/* 1: the module drives it; 0: it does not, or nobody knows; *ret_guess: it has only the name of who does. */
static int drives(struct gathering *gathering, const struct tn_kernel_device *device, bool *ret_guess)
{
        _cleanup_(tn_buf_fini) struct tn_buf module = { 0 }, name = { 0 }, owner = { 0 };
        const char *kind = device->block ? "block" : "char";
        int r;

        if (device->block && device->major == 0)
                return 0;
        if (tn_kernel_device_module(device, &module) == 0)
                return is_module(gathering, tn_buf_span(&module));
        r = has_alias(gathering, "%s-major-%u-%u", kind, device->major, device->minor);
        if (r == 0 && tn_kernel_device_name(device, &name) == 0)
                r = has_alias(gathering, "devname:%.*s", SPAN_FMT(tn_buf_span(&name)));
        if (r != 0 || tn_kernel_device_owner(device, &owner) < 0)
                return r;
        *ret_guess = true;
        return is_module(gathering, tn_buf_span(&owner));
}

/* Whether it uses the module: as drives(). */
static int uses(struct gathering *gathering, const struct tn_kernel_user *user, bool *ret_guess)
{
        int r;

        switch (user->kind) {
        case TN_KERNEL_USER_MOUNT:
                if (is_module(gathering, tn_span_of(user->other)))
                        return 1;
                r = has_alias(gathering, "fs-%s", user->other);
                return r != 0 ? r : drives(gathering, &user->device, ret_guess);
        case TN_KERNEL_USER_INTERFACE: return is_module(gathering, tn_span_of(user->other));
        default: return drives(gathering, &user->device, ret_guess);
        }
}

static int take_user(void *data, const struct tn_kernel_user *user)
{
        struct gathering *gathering = data;
        struct tn_removal *removal = gathering->removal;
        struct tn_removal_user taken = { .kind = user->kind, .tun_flags = user->tun_flags };
        int r = uses(gathering, user, &taken.guess);

        if (r <= 0)
                return r;
        r = dup_to(removal, user->name, &taken.name);
        if (r == 0)
                r = dup_to(removal, user->other, &taken.other);
        if (r == 0)
                r = dup_to(removal, user->path, &taken.path);
        return r == 0 ? tn_vec_add(&removal->users, taken) : r;
}

/* Who is no module is looked for only where there are more than modules. */
static int gather_users(struct gathering *gathering)
{
        _cleanup_(tn_buf_fini) struct tn_buf names = { 0 };
        struct tn_removal *removal = gathering->removal;
        struct span rest, name;
        const char *holder;
        int r = tn_kernel_module_holders(removal->name, &names);

        if (r == -ENOMEM)
                return r;
        rest = tn_buf_span(&names);
        for (r = 0; r == 0 && tn_span_split(&rest, '\0', &name);) {
                r = dup_to(removal, name.ptr, &holder);
                if (r == 0)
                        r = tn_vec_add(&removal->holders, holder);
        }
        if (r == 0 && tn_kernel_module_refcnt(removal->name, &removal->refcnt) == 0 &&
            removal->refcnt > (int64_t)removal->holders.n)
                r = tn_kernel_each_user(take_user, gathering, &removal->hidden);
        return r;
}

static int gather_policy(struct gathering *gathering)
{
        tn_kernel_policy_get(&gathering->removal->policy);
        return 0;
}

static int gather_state(struct gathering *gathering)
{
        return tn_kernel_module_state(gathering->removal->name, &gathering->removal->state);
}

static int add_name(struct span name, struct tn_buf *names)
{
        _cleanup_(tn_buf_fini) struct tn_buf normal = { 0 };

        if (tn_modname_from_alias(name, &normal) == 0)
                tn_buf_add_span(names, tn_buf_span(&normal));
        tn_buf_add_char(names, '\0');
        return tn_buf_error(&normal);
}

static int gather_loaded(struct gathering *gathering)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 }, names = { 0 };
        struct tn_removal *removal = gathering->removal;
        struct tn_procmod mod;
        struct span rest;
        int r = 0;

        if (tn_kernel_modules(&text) == -ENOMEM)
                return -ENOMEM;
        for (rest = tn_buf_span(&text); r == 0 && tn_procmod_next(&rest, &mod);)
                r = add_name(mod.name, &names);
        removal->loaded.len = names.len;
        removal->loaded.ptr = tn_arena_dup(&removal->arena, tn_buf_span(&names));
        return removal->loaded.ptr ? r : -ENOMEM;
}

static const struct {
        enum tn_removal_part part;
        int (*gather)(struct gathering *gathering);
} table[] = {
        { TN_REMOVAL_POLICY, gather_policy },
        { TN_REMOVAL_STATE, gather_state },
        { TN_REMOVAL_USERS, gather_users },
        { TN_REMOVAL_LOADED, gather_loaded },
};

int tn_removal_load(const char *name, int err, struct tn_catalog *catalog, struct tn_removal *ret_removal)
{
        _cleanup_(tn_removal_fini) struct tn_removal removal = { .err = err };
        struct gathering gathering = { &removal, catalog };
        int r = dup_to(&removal, name, &removal.name);

        for (size_t i = 0; r != -ENOMEM && i < ARRAY_SIZE(table); i++) {
                if (!(tn_removal_wants(err) & table[i].part))
                        continue;
                r = table[i].gather(&gathering);
                removal.parts |= r == 0 ? table[i].part : 0u;
        }
        if (r == -ENOMEM)
                return r;
        *ret_removal = TAKE(removal);
        return 0;
}
