/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "core/bounds.h"
#include "depmod/cache_inputs.h"
#include "depmod/depmod.h"
#include "depmod/emit.h"
#include "depmod/ownfile.h"
#include "depmod/state.h"
#include "util/cleanup.h"
#include "util/file.h"
#include "util/sum.h"
#include "util/when.h"

/* ---- what the files are made of ---- */

static struct span bytes_of(const struct tn_depcache_id *id)
{
        return (struct span){ (const char *)id, sizeof(*id) };
}

static int add_list(const struct tn_depmod *depmod, const char *name, struct tn_buf *all)
{
        struct stat st;
        _cleanup_(closep) int fd = tn_dir_open_known(&depmod->source.dir, name, &st);
        struct tn_depcache_id id;

        if (fd < 0)
                return fd;
        id = tn_depcache_id_of(&st);
        tn_buf_add_span(all, bytes_of(&id));
        return tn_file_read(fd, TN_BOUND_LIST, all);
}

int tn_cache_inputs_sum_lists(const struct tn_depmod *depmod, uint64_t *ret_sum)
{
        static const char *const names[] = { "modules.order", "modules.builtin", "modules.builtin.modinfo" };
        _cleanup_(tn_buf_fini) struct tn_buf all = { 0 };
        int r = 0;

        for (size_t i = 0; i < ARRAY_SIZE(names) && r == 0; i++)
                r = add_list(depmod, names[i], &all);
        if (r == 0)
                r = tn_buf_error(&all);
        if (r == 0)
                *ret_sum = tn_sum(tn_buf_span(&all), 0);
        return r;
}

static void add_text(struct tn_buf *out, const char *text)
{
        tn_buf_add_str(out, text ? text : "");
        tn_buf_add_char(out, '\0');
}

/* Whatever makes other files, or other messages, of the same modules. */
static void add_rest(const struct tn_cache *cache, const struct tn_depmod_options *options,
                     struct tn_buf *out)
{
        tn_buf_add(out, &cache->program, sizeof(cache->program));
        add_text(out, options->out_dir);
        tn_buf_add_char(out, options->symbol_prefix);
        tn_buf_add_char(out, options->warn_twice);
        tn_buf_add(out, &cache->lists, sizeof(cache->lists));
        for (size_t i = 0; i < tn_n_emitters; i++)
                add_text(out, tn_emitters[i].name.file);
}

/* The modules are in no particular order: the sums of each are added up. */
static void add_modules(struct tn_cache *cache, const struct tn_depmod *depmod, struct tn_buf *room)
{
        const struct tn_depmod_module *mod;

        tn_vec_each (mod, &depmod->modules) {
                tn_buf_reset(room);
                tn_buf_add_span(room, bytes_of(&cache->seen.v[mod->seen]));
                tn_buf_add_span(room, mod->path);
                cache->inputs[0] += tn_sum(tn_buf_span(room), 1);
                cache->inputs[1] += tn_sum(tn_buf_span(room), 2);
        }
}

static void sum_inputs(struct tn_cache *cache, const struct tn_depmod *depmod,
                       const struct tn_depmod_options *options)
{
        _cleanup_(tn_buf_fini) struct tn_buf room = { 0 };

        if (tn_cache_inputs_sum_lists(depmod, &cache->lists) < 0)
                return;
        add_rest(cache, options, &room);
        cache->inputs[0] = tn_sum(tn_buf_span(&room), 1);
        cache->inputs[1] = tn_sum(tn_buf_span(&room), 2);
        add_modules(cache, depmod, &room);
        cache->has_inputs = tn_buf_error(&room) == 0;
}

/* ---- the modules ---- */

static struct tn_depcache_id look_at(struct tn_cache *cache, const struct tn_depmod *depmod, struct span path)
{
        struct tn_dir dir = tn_source_dir(&depmod->source, path);
        struct stat st;

        if (tn_dir_stat(&dir, path.ptr, &st) < 0 || !S_ISREG(st.st_mode))
                return (struct tn_depcache_id){ 0 };
        if (tn_when_is_before(cache->newest, st.st_mtim))
                cache->newest = st.st_mtim;
        return tn_depcache_id_of(&st);
}

void tn_cache_look(struct tn_cache *cache, struct tn_depmod *depmod, const struct tn_depmod_options *options)
{
        struct tn_depmod_module *mod;

        if (!cache || cache->dirfd < 0)
                return;
        cache->n_logged_before = cache->n_logged;
        if (tn_vec_reserve(&cache->seen, depmod->modules.n) < 0) {
                close(TAKE_FD(cache->dirfd));
                return;
        }
        tn_vec_each (mod, &depmod->modules) {
                mod->seen = (uint32_t)cache->seen.n;
                cache->seen.v[cache->seen.n++] = look_at(cache, depmod, mod->path);
        }
        sum_inputs(cache, depmod, options);
}

/* ---- the files ---- */

static bool is_current(const struct tn_cache *cache, const struct tn_fileset *set, size_t i,
                       struct tn_buf *room)
{
        const struct tn_depcache_output *output = &cache->old.outputs[i];
        bool is_dep = tn_emitters[i].emit == tn_emit_dep;
        struct stat st;
        _cleanup_(closep) int fd = tn_ownfile_open(set->dirfd, tn_emitters[i].name.file, &st);

        if (fd < 0 || (uint64_t)st.st_size != output->size || !tn_fileset_is_as_new(set, &st))
                return false;
        if (is_dep && tn_when_is_before(st.st_mtim, cache->newest))
                return false;
        tn_buf_reset(room);
        return tn_file_read(fd, output->size, room) == 0 && room->len == output->size &&
               tn_sum(tn_buf_span(room), 0) == output->sum;
}

bool tn_cache_is_current(const struct tn_cache *cache, const struct tn_fileset *set)
{
        _cleanup_(tn_buf_fini) struct tn_buf room = { 0 };

        if (!cache || cache->fd < 0 || !cache->has_inputs || cache->old.n_outputs != tn_n_emitters ||
            cache->inputs[0] != cache->old.inputs[0] || cache->inputs[1] != cache->old.inputs[1])
                return false;
        for (size_t i = 0; i < tn_n_emitters; i++)
                if (!is_current(cache, set, i, &room))
                        return false;
        return true;
}
