/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdint.h>

#include "core/deporder.h"
#include "format/modname.h"
#include "util/buf.h"
#include "util/cleanup.h"
#include "util/set.h"
#include "util/vec.h"

/* Dependencies of dependencies; Linux' own are below 15 deep. */
#define DEPTH_MAX 128

static const char blanks[] = " \t";

/* One line on its way; the names are keys of maps, and therefore live in the arena. */
struct order {
        tn_deporder_find *find;
        void *data;
        struct tn_arena *arena;
        struct tn_map places;      /* name to its place in the line, from 1 */
        struct tn_set seen;        /* names that have been collected */
        TN_VEC(struct span) paths; /* used before users */
};

static void order_fini(struct order *order)
{
        tn_map_fini(&order->places);
        tn_set_fini(&order->seen);
        tn_vec_fini(&order->paths);
}

static int name_of(const struct order *order, struct span path, struct span *ret_name)
{
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        const char *copy;

        tn_modname_from_path(path, &name);
        copy = tn_buf_error(&name) < 0 ? NULL : tn_arena_dup(order->arena, tn_buf_span(&name));
        *ret_name = (struct span){ copy, name.len };
        return copy ? 0 : -ENOMEM;
}

/* The dependencies that the line of a module names; none when it has no line. */
static int deps_of(const struct order *order, struct span name, struct span *ret_deps)
{
        struct tn_depline line = { 0 };
        int r = order->find(order->data, name, &line);

        if (r < 0 && r != -ENOENT && r != -EINVAL)
                return r;
        *ret_deps = r < 0 ? SPAN("") : line.deps;
        return 0;
}

/* Gives each dependency of the line its place; *ret_twice: one is named twice. */
static int number(struct order *order, struct span deps, bool *ret_twice)
{
        uintptr_t place = 0;
        struct span path, name;

        *ret_twice = false;
        while ((path = tn_span_word(&deps, blanks)).len) {
                int r = name_of(order, path, &name);

                if (r == 0)
                        r = tn_map_add_new(&order->places, name, (void *)(place + 1));
                if (r < 0)
                        return r;
                place += (unsigned)r;
                *ret_twice |= r == 0;
        }
        return 0;
}

/* Whether all that a dependency needs stands behind it. */
static int is_before_its_own(struct order *order, struct span name, struct span self, bool *ret_is)
{
        uintptr_t place = (uintptr_t)tn_map_find(&order->places, name);
        struct span deps, path, need;
        int r = deps_of(order, name, &deps);

        *ret_is = true;
        while (r == 0 && *ret_is && (path = tn_span_word(&deps, blanks)).len) {
                r = name_of(order, path, &need);
                if (r == 0 && !tn_span_eq(need, self) && !tn_span_eq(need, name))
                        *ret_is = (uintptr_t)tn_map_find(&order->places, need) > place;
        }
        return r;
}

/* Whether the line is one as depmod writes it. */
static int is_whole(struct order *order, const struct tn_depline *line, struct span self, bool *ret_is)
{
        struct span deps = line->deps, path, name;
        bool twice;
        int r = number(order, deps, &twice);

        *ret_is = !twice && !tn_map_find(&order->places, self);
        while (r == 0 && *ret_is && (path = tn_span_word(&deps, blanks)).len) {
                r = name_of(order, path, &name);
                if (r == 0)
                        r = is_before_its_own(order, name, self, ret_is);
        }
        return r;
}

/* Collects dependencies, the last one first, each behind its own. */
static int collect(struct order *order, struct span deps, unsigned depth)
{
        struct span path, name, below;
        int r = 0;

        for (; r == 0 && depth <= DEPTH_MAX && tn_depline_pop(&deps, &path);) {
                r = name_of(order, path, &name);
                if (r == 0)
                        r = tn_set_add(&order->seen, name);
                if (r <= 0)
                        continue;
                r = deps_of(order, name, &below);
                if (r == 0)
                        r = collect(order, below, depth + 1);
                if (r == 0)
                        r = tn_vec_add(&order->paths, path);
        }
        return r;
}

static int write_line(const struct order *order, struct span path, struct tn_depline *ret_line)
{
        _cleanup_(tn_buf_fini) struct tn_buf line = { 0 };
        const char *copy;

        tn_buf_addf(&line, "%.*s:", SPAN_FMT(path));
        for (size_t i = order->paths.n; i-- > 0;)
                tn_buf_addf(&line, " %.*s", SPAN_FMT(order->paths.v[i]));
        copy = tn_buf_error(&line) < 0 ? NULL : tn_arena_dup(order->arena, tn_buf_span(&line));
        return copy ? tn_depline_parse(tn_span_of(copy), ret_line) : -ENOMEM;
}

int tn_deporder_complete(struct tn_depline line, tn_deporder_find *find, void *data, struct tn_arena *arena,
                         struct tn_depline *ret_line)
{
        _cleanup_(order_fini) struct order order = { .find = find, .data = data, .arena = arena };
        struct span self;
        bool whole;
        int r = name_of(&order, line.path, &self);

        if (r == 0)
                r = is_whole(&order, &line, self, &whole);
        if (r < 0)
                return r;
        *ret_line = line;
        if (whole)
                return 0;
        r = tn_set_add(&order.seen, self);
        if (r > 0)
                r = collect(&order, line.deps, 0);
        return r < 0 ? r : write_line(&order, line.path, ret_line);
}
