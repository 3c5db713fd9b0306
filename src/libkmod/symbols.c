/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

#include "core/modfacts.h"
#include "libkmod/export.h"
#include "libkmod/module.h"
#include "util/cleanup.h"

/* What all three kinds of list hold: clients take one kind for another. */
struct symbol {
        uint64_t crc;
        char bind;
        char name[];
};

static int add_symbol(const struct tn_modsym *sym, struct kmod_list **list)
{
        _cleanup_(freep) struct symbol *symbol = malloc(sizeof(*symbol) + sym->name.len + 1);
        int r;

        if (!symbol)
                return -ENOMEM;
        symbol->crc = sym->crc;
        symbol->bind = sym->bind;
        memcpy(symbol->name, sym->name.ptr, sym->name.len);
        symbol->name[sym->name.len] = '\0';
        r = tn_node_add(list, symbol);
        if (r == 0)
                symbol = NULL;
        return r;
}

static int load(const struct kmod_module *mod, unsigned part, struct kmod_list **list)
{
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        _cleanup_(tn_node_freep) struct kmod_list *made = NULL;
        const char *path = kmod_module_get_path(mod);
        const struct tn_modsyms *syms;
        const struct tn_modsym *it;
        int r = path ? tn_modfacts_load(AT_FDCWD, path, part, &facts) : -ENOENT;

        if (r == 0)
                r = tn_facts_symbols(&facts, part, &syms);
        if (r < 0)
                return r;
        tn_vec_each (it, syms)
                if (add_symbol(it, &made) < 0)
                        return -ENOMEM;
        *list = TAKE(made);
        return (int)syms->n;
}

static int get(const struct kmod_module *mod, unsigned part, struct kmod_list **list)
{
        if (!mod || !list)
                return -ENOENT;
        return *list ? -EINVAL : load(mod, part, list);
}

KMOD_EXPORT int kmod_module_get_versions(const struct kmod_module *mod, struct kmod_list **list)
{
        return get(mod, TN_FACTS_VERSIONS, list);
}

KMOD_EXPORT int kmod_module_get_symbols(const struct kmod_module *mod, struct kmod_list **list)
{
        int n = get(mod, TN_FACTS_EXPORTS, list);

        return n == 0 ? -ENODATA : n;
}

KMOD_EXPORT int kmod_module_get_dependency_symbols(const struct kmod_module *mod, struct kmod_list **list)
{
        return get(mod, TN_FACTS_NEEDS, list);
}

static const char *name_of(const struct kmod_list *entry)
{
        const struct symbol *symbol = entry ? entry->data : NULL;

        return symbol ? symbol->name : NULL;
}

KMOD_EXPORT const char *kmod_module_version_get_symbol(const struct kmod_list *entry)
{
        return name_of(entry);
}

KMOD_EXPORT const char *kmod_module_symbol_get_symbol(const struct kmod_list *entry)
{
        return name_of(entry);
}

KMOD_EXPORT const char *kmod_module_dependency_symbol_get_symbol(const struct kmod_list *entry)
{
        return name_of(entry);
}

static uint64_t crc_of(const struct kmod_list *entry)
{
        const struct symbol *symbol = entry ? entry->data : NULL;

        return symbol ? symbol->crc : 0;
}

KMOD_EXPORT uint64_t kmod_module_version_get_crc(const struct kmod_list *entry)
{
        return crc_of(entry);
}

KMOD_EXPORT uint64_t kmod_module_symbol_get_crc(const struct kmod_list *entry)
{
        return crc_of(entry);
}

KMOD_EXPORT uint64_t kmod_module_dependency_symbol_get_crc(const struct kmod_list *entry)
{
        return crc_of(entry);
}

KMOD_EXPORT int kmod_module_dependency_symbol_get_bind(const struct kmod_list *entry)
{
        const struct symbol *symbol = entry ? entry->data : NULL;

        return symbol ? symbol->bind : KMOD_SYMBOL_NONE;
}

KMOD_EXPORT void kmod_module_versions_free_list(struct kmod_list *list)
{
        tn_node_free(list, free);
}

KMOD_EXPORT void kmod_module_symbols_free_list(struct kmod_list *list)
{
        tn_node_free(list, free);
}

KMOD_EXPORT void kmod_module_dependency_symbols_free_list(struct kmod_list *list)
{
        tn_node_free(list, free);
}
