/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "fake_kernel.h"
#include "kernel/kernel.h"
#include "kernel/tracing.h"

static struct fake_module modules[1024];
static char failing[64];
static int failure;
static char busy[64];
static unsigned n_busy;
static const char *cmdline, *compression, *blacklist, *keys;
static bool sections_hidden;
static char journal[8192], last_image[4096];
static size_t image_len;

/* Unless the test says otherwise, everything may be done. */
static struct tn_kernel_policy policy;

/* "loop" drives for the module of its name. */
int tn_kernel_driver_module(struct span driver, struct tn_buf *module)
{
        if (!tn_span_eq(driver, SPAN("loop")))
                return -ENOENT;
        tn_buf_add_span(module, driver);
        return tn_buf_error(module);
}

int tn_kernel_firmware_path(struct tn_buf *path)
{
        (void)path;
        return -ENOENT;
}

bool tn_kernel_has_modules(void)
{
        return true;
}

void tn_kernel_policy_get(struct tn_kernel_policy *ret_policy)
{
        *ret_policy = policy;
}

void fake_kernel_set_policy(const struct tn_kernel_policy *new_policy)
{
        policy = *new_policy;
}

int tn_kernel_memory(uint64_t *ret_total, uint64_t *ret_free)
{
        *ret_total = FAKE_MEMORY;
        *ret_free = FAKE_MEMORY / 2;
        return 0;
}

/* Records of the log, each with its NUL, that come with the next failure. */
static struct tn_buf log_records, log_written, exported;
static bool log_closed;
static struct tn_kernel_user user;

bool tn_kernel_tells_states(void)
{
        return true;
}

int tn_kernel_log_open(void)
{
        return log_closed ? -EPERM : open("/dev/null", O_RDONLY | O_CLOEXEC);
}

int tn_kernel_log_write(struct span line)
{
        if (log_closed)
                return -EPERM;
        tn_buf_addf(&log_written, "%.*s\n", SPAN_FMT(line));
        return tn_buf_error(&log_written);
}

const char *fake_kernel_written(void)
{
        return log_written.len ? tn_buf_str(&log_written) : "";
}

int tn_kernel_log_read(int fd, struct tn_buf *records)
{
        (void)fd;
        tn_buf_add_span(records, tn_buf_span(&log_records));
        return tn_buf_error(records);
}

int tn_kernel_exports(struct tn_buf *names)
{
        tn_buf_add_span(names, tn_buf_span(&exported));
        return tn_buf_error(names);
}

int tn_kernel_each_user(tn_kernel_user_fn *each, void *data, bool *ret_hidden)
{
        *ret_hidden = false;
        return user.name && each(data, &user) == -ENOMEM ? -ENOMEM : 0;
}

/* Nothing is mounted. */
int tn_kernel_mount_type(const char *point, struct tn_buf *type)
{
        (void)point, (void)type;
        return -ENOENT;
}

void fake_kernel_set_user(const struct tn_kernel_user *new_user)
{
        user = *new_user;
}

int tn_kernel_modaliases(struct tn_buf *modaliases)
{
        tn_buf_add(modaliases, "pci:v00008086d0000AAAA", sizeof("pci:v00008086d0000AAAA"));
        return tn_buf_error(modaliases);
}

/* No driver, no name; the majors of loop and brd. */
int tn_kernel_device_module(const struct tn_kernel_device *device, struct tn_buf *module)
{
        (void)device, (void)module;
        return -ENOENT;
}

int tn_kernel_device_name(const struct tn_kernel_device *device, struct tn_buf *name)
{
        (void)device, (void)name;
        return -ENOENT;
}

int tn_kernel_device_owner(const struct tn_kernel_device *device, struct tn_buf *owner)
{
        if (!device->block || (device->major != 7 && device->major != 1))
                return -ENOENT;
        tn_buf_add_str(owner, device->major == 7 ? "loop" : "ramdisk");
        return tn_buf_error(owner);
}

void fake_kernel_log(const char *text)
{
        tn_buf_addf(&log_records, "6,1,2,-;%s", text);
        tn_buf_add_char(&log_records, '\0');
}

void fake_kernel_close_log(void)
{
        log_closed = true;
}

void fake_kernel_export(const char *symbol)
{
        tn_buf_add(&exported, symbol, strlen(symbol) + 1);
}

void fake_kernel_reset(void)
{
        tn_buf_fini(&log_records);
        tn_buf_fini(&log_written);
        tn_buf_fini(&exported);
        log_closed = false;
        policy = (struct tn_kernel_policy){ 0 };
        user = (struct tn_kernel_user){ 0 };
        memset(modules, 0, sizeof(modules));
        failing[0] = busy[0] = journal[0] = '\0';
        failure = 0;
        n_busy = 0;
        sections_hidden = false;
        image_len = 0;
        cmdline = compression = blacklist = keys = NULL;
}

struct fake_module *fake_kernel_find(const char *name)
{
        for (size_t i = 0; i < sizeof(modules) / sizeof(modules[0]); i++)
                if (modules[i].name[0] && strcmp(modules[i].name, name) == 0)
                        return &modules[i];
        return NULL;
}

void fake_kernel_add(const char *name, int64_t refcnt, const char *holders)
{
        for (size_t i = 0; i < sizeof(modules) / sizeof(modules[0]); i++) {
                if (modules[i].name[0])
                        continue;
                snprintf(modules[i].name, sizeof(modules[i].name), "%s", name);
                snprintf(modules[i].holders, sizeof(modules[i].holders), "%s%s", holders,
                         *holders ? " " : "");
                modules[i].refcnt = refcnt;
                return;
        }
        assert(!"the fake kernel is full");
}

void fake_kernel_fail(const char *name, int err)
{
        snprintf(failing, sizeof(failing), "%s", name);
        failure = err;
}

void fake_kernel_busy(const char *name, unsigned n)
{
        snprintf(busy, sizeof(busy), "%s", name);
        n_busy = n;
}

void fake_kernel_set_cmdline(const char *text)
{
        cmdline = text;
}

void fake_kernel_set_keys(const char *text)
{
        keys = text;
}

void fake_kernel_set_blacklist(const char *names)
{
        blacklist = names;
}

void fake_kernel_set_compression(const char *name)
{
        compression = name;
}

struct span fake_kernel_image(void)
{
        return (struct span){ last_image, image_len };
}

const char *fake_kernel_journal(void)
{
        return journal;
}

static void note(const char *fmt, const char *name, const char *options, unsigned flags)
{
        size_t len = strlen(journal);

        snprintf(journal + len, sizeof(journal) - len, fmt, name, options, flags);
}

static int take_failure(const char *name)
{
        if (strcmp(failing, name) != 0)
                return 0;
        failing[0] = '\0';
        return failure;
}

static int insert(const char *name)
{
        int r = take_failure(name);

        if (r < 0)
                return r;
        if (fake_kernel_find(name))
                return -EEXIST;
        fake_kernel_add(name, 0, "");
        return 0;
}

int tn_kernel_finit(int fd, const char *options, unsigned flags)
{
        char link[64], path[256], *base, *dot;
        ssize_t n;

        snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
        n = readlink(link, path, sizeof(path) - 1);
        assert(n > 0);
        path[n] = '\0';
        base = strrchr(path, '/') + 1;
        dot = strchr(base, '.');
        if (dot)
                *dot = '\0';
        note("finit %s '%s' %u\n", base, options, flags);
        return insert(base);
}

int tn_kernel_init(struct span image, const char *options)
{
        note("init %s '%s' %u\n", "image", options, (unsigned)image.len);
        assert(image.len <= sizeof(last_image));
        memcpy(last_image, image.ptr, image.len);
        image_len = image.len;
        return insert("image");
}

int tn_kernel_delete(const char *name, unsigned flags)
{
        struct fake_module *mod = fake_kernel_find(name);
        char held[72];
        int r;

        note("delete %s%s %u\n", name, "", flags);
        r = take_failure(name);
        if (r < 0)
                return r;
        if (!mod)
                return -ENOENT;
        if (n_busy > 0 && strcmp(busy, name) == 0) {
                n_busy--;
                return -EAGAIN;
        }
        if (mod->refcnt > 0)
                return -EWOULDBLOCK;
        memset(mod, 0, sizeof(*mod));
        snprintf(held, sizeof(held), "%s ", name);
        for (size_t i = 0; i < sizeof(modules) / sizeof(modules[0]); i++) {
                char *at = modules[i].name[0] ? strstr(modules[i].holders, held) : NULL;

                if (!at)
                        continue;
                memmove(at, at + strlen(held), strlen(at + strlen(held)) + 1);
                modules[i].refcnt--;
        }
        return 0;
}

int tn_kernel_modules(struct tn_buf *text)
{
        for (size_t i = 0; i < sizeof(modules) / sizeof(modules[0]); i++) {
                struct span holders = tn_span_of(modules[i].holders), holder;

                if (!modules[i].name[0])
                        continue;
                tn_buf_addf(text, "%s 4096 %d ", modules[i].name, (int)modules[i].refcnt);
                while (tn_span_split(&holders, ' ', &holder))
                        tn_buf_addf(text, "%.*s,", SPAN_FMT(holder));
                tn_buf_addf(text, "%s Live 0x0\n", modules[i].holders[0] ? "" : "-");
        }
        return tn_buf_error(text);
}

static int text_or_enoent(struct tn_buf *out, const char *text)
{
        if (!text)
                return -ENOENT;
        tn_buf_add_str(out, text);
        return tn_buf_error(out);
}

int tn_kernel_cmdline(struct tn_buf *text)
{
        return text_or_enoent(text, cmdline);
}

int tn_kernel_tainted(uint64_t *ret_bits)
{
        *ret_bits = 0;
        return 0;
}

int tn_kernel_helper(struct tn_buf *path)
{
        tn_buf_add_str(path, "/sbin/modprobe");
        return 0;
}

int tn_kernel_keys(struct tn_buf *text)
{
        return text_or_enoent(text, keys);
}

int tn_kernel_blacklist(struct tn_buf *names)
{
        return text_or_enoent(names, blacklist);
}

int tn_kernel_compression(struct tn_buf *name)
{
        return text_or_enoent(name, compression);
}

int tn_kernel_program(struct stat *ret_st)
{
        return -ENOENT;
}

bool tn_kernel_in_chroot(void)
{
        return true;
}

int tn_kernel_release(struct tn_buf *release)
{
        return text_or_enoent(release, "6.1.0-fake");
}

int tn_kernel_module_state(const char *name, enum tn_kernel_state *ret_state)
{
        const struct fake_module *mod = fake_kernel_find(name);

        *ret_state = !mod ? TN_KERNEL_ABSENT : mod->coming ? TN_KERNEL_COMING : TN_KERNEL_LIVE;
        return mod ? mod->state_err : 0;
}

int tn_kernel_module_state_in(struct tn_kernel_sys *sys, const char *name, enum tn_kernel_state *ret_state)
{
        (void)sys;
        return tn_kernel_module_state(name, ret_state);
}

int tn_kernel_module_refcnt(const char *name, int64_t *ret_refcnt)
{
        const struct fake_module *mod = fake_kernel_find(name);

        if (!mod)
                return -ENOENT;
        *ret_refcnt = mod->refcnt;
        return 0;
}

int tn_kernel_module_size(const char *name, uint64_t *ret_size)
{
        if (!fake_kernel_find(name))
                return -ENOENT;
        *ret_size = 4096;
        return 0;
}

int tn_kernel_module_holders(const char *name, struct tn_buf *names)
{
        const struct fake_module *mod = fake_kernel_find(name);
        struct span rest, holder;

        if (!mod)
                return -ENOENT;
        rest = tn_span_of(mod->holders);
        while (tn_span_split(&rest, ' ', &holder)) {
                tn_buf_add_span(names, holder);
                tn_buf_add_char(names, '\0');
        }
        return tn_buf_error(names);
}

void fake_kernel_hide_sections(bool hidden)
{
        sections_hidden = hidden;
}

/* Every module has the same two. */
int tn_kernel_module_file(const char *name, const char *file, struct tn_buf *text)
{
        return -ENOENT;
}

int tn_kernel_module_file_writable(const char *name, const char *file)
{
        return -ENOENT;
}

int tn_kernel_module_parameters(const char *name, struct tn_buf *names)
{
        return -ENOENT;
}

int tn_kernel_module_sections(const char *name, struct tn_buf *names)
{
        static const char sections[] = ".text\0.init";

        if (!fake_kernel_find(name))
                return -ENOENT;
        tn_buf_add(names, sections, sizeof(sections));
        return tn_buf_error(names);
}

int tn_kernel_module_section(const char *name, const char *section, uint64_t *ret_address)
{
        if (!fake_kernel_find(name) || (sections_hidden && strcmp(section, ".text") != 0))
                return -ENOENT;
        *ret_address = 0xc0ffee00;
        return 0;
}

/* A kernel that cannot trace. */
int tn_tracing_open(void)
{
        return -ENOENT;
}

int tn_tracing_begin(int tracefs, struct tn_tracing *ret_tracing)
{
        return -ENOENT;
}

int tn_tracing_enable(const struct tn_tracing *tracing, const char *event, const char *filter)
{
        return -ENOENT;
}

int tn_tracing_read(const struct tn_tracing *tracing, struct tn_buf *text)
{
        return -ENOENT;
}

int tn_tracing_boot(int tracefs, struct tn_buf *text)
{
        return -ENOENT;
}

void tn_tracing_end(struct tn_tracing *tracing)
{
        *tracing = TN_TRACING_NONE;
}
