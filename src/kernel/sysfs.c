/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "format/procmod.h"
#include "kernel/kernel.h"
#include "util/cleanup.h"
#include "util/file.h"
#include "util/num.h"
#include "util/span.h"

/* Attributes are one line each. */
#define ATTR_MAX ((size_t)64 * 1024)

static const char *module_path(struct tn_buf *path, const char *name, const char *attr)
{
        tn_buf_add_str(path, "/sys/module/");
        tn_buf_add_str(path, name);
        tn_buf_add_str(path, attr);
        return tn_buf_str(path);
}

static int read_attr(const char *name, const char *attr, struct tn_buf *text)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };

        if (!module_path(&path, name, attr))
                return tn_buf_error(&path);
        return tn_file_read_line_at(AT_FDCWD, path.ptr, ATTR_MAX, text);
}

static bool is_sys_there(void)
{
        return access("/sys/module", F_OK) == 0;
}

/*
 * What /proc/modules says of a module, for where /sys is not mounted. Spans borrow from text. Returns 0; -ENOENT when
 * there is no such module, or /sys is there and would say so; -errno.
 */
static int read_line(const char *name, struct tn_buf *text, struct tn_procmod *ret_mod)
{
        int r = is_sys_there() ? -ENOENT : tn_kernel_modules(text);

        if (r < 0)
                return r;
        return tn_procmod_find(tn_buf_span(text), tn_span_of(name), ret_mod) ? 0 : -ENOENT;
}

static enum tn_kernel_state state_by_line(struct tn_kernel_sys *sys, const char *name)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct tn_procmod mod;

        sys->is_there = sys->is_there || is_sys_there();
        if (sys->is_there || read_line(name, &text, &mod) < 0)
                return TN_KERNEL_ABSENT;
        if (tn_span_eq(mod.state, SPAN("Loading")))
                return TN_KERNEL_COMING;
        return tn_span_eq(mod.state, SPAN("Unloading")) ? TN_KERNEL_GOING : TN_KERNEL_LIVE;
}

/* Whether a module has no directory, where others have. */
static bool is_absent(const char *name)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };

        return module_path(&path, name, "") && access(path.ptr, F_OK) < 0 && errno == ENOENT;
}

/* A directory without initstate is a module that is on its way in (or a built-in one with parameters). */
static int state_without_attr(struct tn_kernel_sys *sys, const char *name, enum tn_kernel_state *ret_state)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
        struct stat st;

        if (!module_path(&path, name, ""))
                return tn_buf_error(&path);
        *ret_state =
                stat(path.ptr, &st) == 0 && S_ISDIR(st.st_mode) ? TN_KERNEL_COMING : state_by_line(sys, name);
        sys->was_absent = sys->is_there && *ret_state == TN_KERNEL_ABSENT;
        return 0;
}

bool tn_kernel_tells_states(void)
{
        return is_sys_there() || access("/proc/modules", F_OK) == 0;
}

int tn_kernel_module_state(const char *name, enum tn_kernel_state *ret_state)
{
        return tn_kernel_module_state_in(&(struct tn_kernel_sys){ 0 }, name, ret_state);
}

int tn_kernel_module_state_in(struct tn_kernel_sys *sys, const char *name, enum tn_kernel_state *ret_state)
{
        static const struct {
                struct span word;
                enum tn_kernel_state state;
        } states[] = {
                { { "live", 4 }, TN_KERNEL_LIVE },
                { { "coming", 6 }, TN_KERNEL_COMING },
                { { "going", 5 }, TN_KERNEL_GOING },
        };
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct span word;
        int r;

        if (sys->was_absent && is_absent(name)) {
                *ret_state = TN_KERNEL_ABSENT;
                return 0;
        }
        sys->was_absent = false;
        r = read_attr(name, "/initstate", &text);
        if (r == -ENOENT || r == -ENOTDIR)
                return state_without_attr(sys, name, ret_state);
        if (r == -ENODEV) { /* the module went between open() and read() */
                *ret_state = TN_KERNEL_ABSENT;
                return 0;
        }
        if (r < 0)
                return r;
        word = tn_span_trim(tn_buf_span(&text));
        for (size_t i = 0; i < ARRAY_SIZE(states); i++)
                if (tn_span_eq(word, states[i].word)) {
                        *ret_state = states[i].state;
                        return 0;
                }
        return -EINVAL;
}

static int64_t listed_refcnt(const struct tn_procmod *mod)
{
        return mod->refcnt;
}

/* Negative for what is none. */
static int64_t listed_size(const struct tn_procmod *mod)
{
        return (int64_t)mod->size;
}

/* An attribute that is a number; without it, what the line of /proc/modules has in its place. */
static int read_number(const char *name, const char *attr, int64_t (*listed)(const struct tn_procmod *mod),
                       int64_t *ret_num)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct tn_procmod mod;
        struct span word;
        uint64_t num;
        bool negative;
        int r = read_attr(name, attr, &text);

        if (r == -ENOENT && read_line(name, &text, &mod) == 0) {
                *ret_num = listed(&mod);
                return 0;
        }
        if (r < 0)
                return r;
        word = tn_span_trim(tn_buf_span(&text));
        negative = tn_span_starts(word, SPAN("-"));
        r = tn_num_parse(negative ? tn_span_skip(word, 1) : word, 10, &num);
        if (r < 0 || num > INT64_MAX)
                return r < 0 ? r : -ERANGE;
        *ret_num = negative ? -(int64_t)num : (int64_t)num;
        return 0;
}

int tn_kernel_module_refcnt(const char *name, int64_t *ret_refcnt)
{
        return read_number(name, "/refcnt", listed_refcnt, ret_refcnt);
}

int tn_kernel_module_size(const char *name, uint64_t *ret_size)
{
        int64_t size;
        int r = read_number(name, "/coresize", listed_size, &size);

        if (r < 0 || size < 0)
                return r < 0 ? r : -ERANGE;
        *ret_size = (uint64_t)size;
        return 0;
}

int tn_kernel_module_file(const char *name, const char *file, struct tn_buf *text)
{
        _cleanup_(tn_buf_fini) struct tn_buf attr = { 0 };
        int r;

        tn_buf_addf(&attr, "/%s", file);
        if (!tn_buf_str(&attr))
                return tn_buf_error(&attr);
        r = read_attr(name, attr.ptr, text);
        return r == -ENODEV ? -ENOENT : r; /* the module went between open() and read() */
}

int tn_kernel_module_file_writable(const char *name, const char *file)
{
        _cleanup_(tn_buf_fini) struct tn_buf attr = { 0 }, path = { 0 };
        struct stat st;

        tn_buf_addf(&attr, "/%s", file);
        if (!tn_buf_str(&attr) || !module_path(&path, name, attr.ptr))
                return tn_buf_error(&attr) < 0 ? tn_buf_error(&attr) : tn_buf_error(&path);
        return stat(path.ptr, &st) < 0 ? -errno : (st.st_mode & 0222) != 0;
}

static int list_names(const char *name, const char *attr, struct tn_buf *names)
{
        _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
        _cleanup_(closedirp) DIR *dir = NULL;
        struct dirent *ent;

        if (!module_path(&path, name, attr))
                return tn_buf_error(&path);
        dir = opendir(path.ptr);
        if (!dir)
                return -errno;
        while ((ent = readdir(dir))) {
                if (strcmp(ent->d_name, ".") == 0 || strcmp(ent->d_name, "..") == 0)
                        continue;
                tn_buf_add(names, ent->d_name, strlen(ent->d_name) + 1);
        }
        return tn_buf_error(names);
}

int tn_kernel_module_holders(const char *name, struct tn_buf *names)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct tn_procmod mod;
        struct span holder;
        int r = list_names(name, "/holders", names);

        if (r != -ENOENT || read_line(name, &text, &mod) < 0)
                return r;
        while (tn_procmod_holder(&mod.holders, &holder)) {
                tn_buf_add_span(names, holder);
                tn_buf_add_char(names, '\0');
        }
        return tn_buf_error(names);
}

int tn_kernel_module_parameters(const char *name, struct tn_buf *names)
{
        return list_names(name, "/parameters", names);
}

int tn_kernel_module_sections(const char *name, struct tn_buf *names)
{
        return list_names(name, "/sections", names);
}

int tn_kernel_module_section(const char *name, const char *section, uint64_t *ret_address)
{
        _cleanup_(tn_buf_fini) struct tn_buf attr = { 0 }, text = { 0 };
        int r;

        tn_buf_addf(&attr, "/sections/%s", section);
        if (!tn_buf_str(&attr))
                return tn_buf_error(&attr);
        r = read_attr(name, attr.ptr, &text);
        return r < 0 ? r : tn_num_parse(tn_span_trim(tn_buf_span(&text)), 16, ret_address);
}
