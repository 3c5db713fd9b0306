/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "format/modname.h"
#include "kernel/kernel.h"
#include "libkmod/export.h"
#include "libkmod/module.h"
#include "util/cleanup.h"

struct section {
        unsigned long address;
        char name[];
};

static int add_section(const struct kmod_module *mod, const char *name, struct kmod_list **list)
{
        _cleanup_(freep) struct section *section = malloc(sizeof(*section) + strlen(name) + 1);
        uint64_t address;
        int r = section ? tn_kernel_module_section(mod->name, name, &address) : -ENOMEM;

        if (r < 0)
                return r;
        section->address = (unsigned long)address;
        strcpy(section->name, name);
        r = tn_node_add(list, section);
        if (r == 0)
                section = NULL;
        return r;
}

KMOD_EXPORT struct kmod_list *kmod_module_get_sections(const struct kmod_module *mod)
{
        _cleanup_(tn_node_freep) struct kmod_list *list = NULL;
        _cleanup_(tn_buf_fini) struct tn_buf names = { 0 };
        struct span rest, name;
        int r;

        if (!mod || !tn_modname_is_sane(tn_span_of(mod->name)))
                return NULL;
        r = tn_kernel_module_sections(mod->name, &names);
        if (r < 0)
                say_error(mod->ctx, "could not open '/sys/module/%s/sections': %s\n", mod->name,
                          strerror(-r));
        rest = tn_buf_span(&names);
        while (r == 0 && tn_span_split(&rest, '\0', &name)) {
                r = add_section(mod, name.ptr, &list);
                if (r < 0)
                        say_error(mod->ctx, "could not read '/sys/module/%s/sections/%s': %s\n", mod->name,
                                  name.ptr, strerror(-r));
        }
        return r < 0 ? NULL : TAKE(list);
}

KMOD_EXPORT const char *kmod_module_section_get_name(const struct kmod_list *entry)
{
        const struct section *section = entry ? entry->data : NULL;

        return section ? section->name : NULL;
}

KMOD_EXPORT unsigned long kmod_module_section_get_address(const struct kmod_list *entry)
{
        const struct section *section = entry ? entry->data : NULL;

        return section ? section->address : (unsigned long)-1;
}

KMOD_EXPORT void kmod_module_section_free_list(struct kmod_list *list)
{
        tn_node_free(list, free);
}
