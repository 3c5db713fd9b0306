/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "depmod/emit.h"
#include "format/devname.h"
#include "util/brief.h"
#include "util/cleanup.h"
#include "util/num.h"

/* Blanks separate dependencies: what a path has behind one would be read as a path of its own. */
static bool fits_list(struct span path)
{
        return !tn_span_has_any(path, " ");
}

int tn_emit_depline(const struct tn_depmod *depmod, uint32_t i, struct tn_reach *reach, struct tn_buf *out)
{
        int r;

        tn_buf_add_span(out, depmod->modules.v[i].path);
        tn_buf_add_char(out, ':');
        if (depmod->bare && depmod->bare[i])
                return tn_buf_error(out);
        r = tn_reach_find(reach, &depmod->graph, &depmod->topo, i);
        if (r < 0)
                return r;
        for (size_t k = 0; k < reach->list.n; k++) {
                struct span path = depmod->modules.v[reach->list.v[k]].path;

                if (!fits_list(path))
                        continue;
                tn_buf_add_char(out, ' ');
                tn_buf_add_span(out, path);
        }
        return tn_buf_error(out);
}

static void report_left_out(const struct tn_depmod *depmod, uint32_t i)
{
        const uint32_t *deps;
        uint32_t n = tn_graph_deps(&depmod->graph, i, &deps);

        for (uint32_t d = 0; d < n; d++)
                if (!fits_list(depmod->modules.v[deps[d]].path))
                        tn_log(depmod->log, TN_LOG_WARNING,
                               "Module '%s' needs '%s', whose path has a blank and cannot be a dependency, "
                               "left out",
                               depmod->modules.v[i].name.ptr, depmod->modules.v[deps[d]].path.ptr);
}

int tn_emit_dep(const struct tn_depmod *depmod, struct tn_buf *out)
{
        _cleanup_(tn_reach_fini) struct tn_reach reach = { 0 };
        int r = 0;

        for (uint32_t i = 0; i < depmod->modules.n && r == 0; i++) {
                r = tn_emit_depline(depmod, i, &reach, out);
                tn_buf_add_char(out, '\n');
                report_left_out(depmod, i);
        }
        return r < 0 ? r : tn_buf_error(out);
}

/* Behind a blank, the rest of the name would be read as part of what is said of another module. */
static bool fits_name(const struct tn_depmod *depmod, const struct tn_depmod_module *mod, const char *word)
{
        if (!tn_span_has_any(mod->name, " "))
                return true;
        tn_log(depmod->log, TN_LOG_WARNING, "Module '%s' has a blank in its name, its %s is left out",
               mod->name.ptr, word);
        return false;
}

/* A newline within would make a line of its own, with a meaning of its own. */
static bool fits_line(const struct tn_depmod *depmod, const struct tn_depmod_module *mod, const char *word,
                      struct span text)
{
        if (tn_span_chr(text, '\n') == text.len)
                return true;
        tn_log(depmod->log, TN_LOG_WARNING, "Module '%s' has a newline in its %s, left out", mod->name.ptr,
               word);
        return false;
}

static int emit_deps(const struct tn_depmod *depmod, enum tn_depmod_kind kind, const char *word,
                     struct tn_buf *out)
{
        for (size_t i = 0; i < depmod->modules.n; i++) {
                const struct tn_depmod_module *mod = &depmod->modules.v[i];
                struct span rest = tn_depmod_list_span(&mod->lists[kind]), text;

                while (tn_depmod_list_next(&rest, &text))
                        if (fits_name(depmod, mod, word) && fits_line(depmod, mod, word, text)) {
                                tn_buf_add_str(out, word);
                                tn_buf_add_char(out, ' ');
                                tn_buf_add_span(out, mod->name);
                                tn_buf_add_char(out, ' ');
                                tn_buf_add_span(out, text);
                                tn_buf_add_char(out, '\n');
                        }
        }
        return tn_buf_error(out);
}

int tn_emit_softdep(const struct tn_depmod *depmod, struct tn_buf *out)
{
        tn_buf_add_str(out, "# Soft dependencies extracted from modules themselves.\n");
        return emit_deps(depmod, TN_DEPMOD_SOFTDEP, "softdep", out);
}

int tn_emit_weakdep(const struct tn_depmod *depmod, struct tn_buf *out)
{
        tn_buf_add_str(out, "# Weak dependencies extracted from modules themselves.\n");
        return emit_deps(depmod, TN_DEPMOD_WEAKDEP, "weakdep", out);
}

static char *write_text(char *to, struct span s)
{
        if (s.len)
                memcpy(to, s.ptr, s.len);
        return to + s.len;
}

/* There are tens of thousands of these. */
static void add_alias(struct tn_buf *out, struct span prefix, struct span alias, struct span module)
{
        size_t len = strlen("alias ") + prefix.len + alias.len + strlen(" ") + module.len + strlen("\n");
        char *to = tn_buf_reserve(out, len);

        if (!to)
                return;
        to = write_text(to, SPAN("alias "));
        to = write_text(to, prefix);
        to = write_text(to, alias);
        *to++ = ' ';
        to = write_text(to, module);
        *to = '\n';
        out->len += len;
}

int tn_emit_alias(const struct tn_depmod *depmod, struct tn_buf *out)
{
        tn_buf_add_str(out, "# Aliases extracted from modules themselves.\n");
        for (size_t i = 0; i < depmod->modules.n; i++) {
                const struct tn_depmod_module *mod = &depmod->modules.v[i];
                struct span rest = tn_depmod_list_span(&mod->lists[TN_DEPMOD_ALIAS]), alias;

                while (tn_depmod_list_next(&rest, &alias))
                        if (fits_line(depmod, mod, "alias", alias))
                                add_alias(out, SPAN(""), alias, mod->name);
        }
        return tn_buf_error(out);
}

int tn_emit_symbols(const struct tn_depmod *depmod, struct tn_buf *out)
{
        _cleanup_(freep) struct tn_keyed *sorted = NULL;
        size_t n;
        int r = tn_symtab_sorted(&depmod->symtab, &sorted, &n);

        if (r < 0)
                return r;
        tn_buf_add_str(out, "# Aliases for symbols, used by symbol_request().\n");
        for (size_t i = 0; i < n; i++) {
                const struct tn_symbol *sym = &depmod->symtab.symbols.v[sorted[i].n];
                const struct tn_depmod_module *mod = &depmod->modules.v[sym->owner];

                if (fits_line(depmod, mod, "symbol", sym->name))
                        add_alias(out, SPAN("symbol:"), sym->name, mod->name);
        }
        return tn_buf_error(out);
}

struct devname {
        struct span node; /* ptr NULL: none seen */
        char type;        /* 'c', 'b' or 0 */
        uint64_t major;
        uint64_t minor;
};

/* Takes a decimal number off the front. */
static bool pop_number(struct span *text, uint64_t *ret_num)
{
        size_t n = 0;

        while (n < text->len && text->ptr[n] >= '0' && text->ptr[n] <= '9')
                n++;
        if (tn_num_parse(tn_span_head(*text, n), 10, ret_num) < 0 || *ret_num > UINT32_MAX)
                return false;
        *text = tn_span_skip(*text, n);
        return true;
}

/* "char-major-10-235"; what follows the minor number does not count. */
static void parse_device(struct span alias, struct span prefix, char type, struct devname *dev)
{
        uint64_t major, minor;

        if (!tn_span_starts(alias, prefix))
                return;
        alias = tn_span_skip(alias, prefix.len);
        if (!pop_number(&alias, &major) || !tn_span_starts(alias, SPAN("-")))
                return;
        alias = tn_span_skip(alias, 1);
        if (!pop_number(&alias, &minor))
                return;
        dev->type = type;
        dev->major = major;
        dev->minor = minor;
}

/* Programs make what the file names, as root. */
static void take_node(const struct tn_depmod *depmod, const struct tn_depmod_module *mod, struct span node,
                      struct devname *dev)
{
        if (tn_devname_is_node(node))
                dev->node = node;
        else
                tn_log(depmod->log, TN_LOG_WARNING,
                       "Module '%s' has the alias devname:%s, which is no device node below /dev, left out",
                       mod->name.ptr, TN_BRIEF(node));
}

/* The first pair of a node and its numbers that is complete; until then later aliases replace earlier ones. */
static void find_devname(const struct tn_depmod *depmod, const struct tn_depmod_module *mod,
                         struct devname *dev)
{
        struct span rest = tn_depmod_list_span(&mod->lists[TN_DEPMOD_ALIAS]), alias;

        while (!(dev->node.ptr && dev->type) && tn_depmod_list_next(&rest, &alias)) {
                if (tn_span_starts(alias, SPAN("devname:"))) {
                        take_node(depmod, mod, tn_span_skip(alias, strlen("devname:")), dev);
                } else {
                        parse_device(alias, SPAN("char-major-"), 'c', dev);
                        parse_device(alias, SPAN("block-major-"), 'b', dev);
                }
        }
}

int tn_emit_devname(const struct tn_depmod *depmod, struct tn_buf *out)
{
        for (size_t i = 0; i < depmod->modules.n; i++) {
                const struct tn_depmod_module *mod = &depmod->modules.v[i];
                struct devname dev = { 0 };

                find_devname(depmod, mod, &dev);
                if (!dev.node.ptr || !fits_name(depmod, mod, "devname"))
                        continue;
                if (!dev.type) {
                        tn_log(depmod->log, TN_LOG_ERR,
                               "Module '%s' has devname (%s) but lacks major and minor information. "
                               "Ignoring.",
                               mod->name.ptr, TN_BRIEF(dev.node));
                        continue;
                }
                if (out->len == 0)
                        tn_buf_add_str(out, "# Device nodes to trigger on-demand module loading.\n");
                tn_buf_addf(out, "%s %.*s %c%u:%u\n", mod->name.ptr, SPAN_FMT(dev.node), dev.type,
                            (unsigned)dev.major, (unsigned)dev.minor);
        }
        return tn_buf_error(out);
}
