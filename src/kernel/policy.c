/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kernel/kernel.h"
#include "util/cleanup.h"
#include "util/file.h"
#include "util/num.h"
#include "util/span.h"

#define TEXT_MAX 4096
#define KEYS_MAX (1 << 20)

static bool may_load(void)
{
        struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
        struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = { 0 };

        if (syscall(SYS_capget, &header, data) < 0)
                return true;
        return data[CAP_TO_INDEX(CAP_SYS_MODULE)].effective & CAP_TO_MASK(CAP_SYS_MODULE);
}

/* A parameter that was not set is "(null)". */
int tn_kernel_blacklist(struct tn_buf *names)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct span list;
        int r = tn_file_read_at(AT_FDCWD, "/sys/module/kernel/parameters/module_blacklist", TEXT_MAX, &text);

        if (r < 0)
                return r;
        list = tn_span_trim(tn_buf_span(&text));
        if (list.len == 0 || tn_span_eq(list, SPAN("(null)")))
                return -ENOENT;
        tn_buf_add_span(names, list);
        return tn_buf_error(names);
}

static bool is_disabled(void)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        return tn_file_read_at(AT_FDCWD, "/proc/sys/kernel/modules_disabled", TEXT_MAX, &text) == 0 &&
               tn_span_starts(tn_buf_span(&text), SPAN("1"));
}

/* "none [integrity] confidentiality": the one in brackets is in force. */
static void read_lockdown(char *mode, size_t size)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct span word;

        if (tn_file_read_at(AT_FDCWD, "/sys/kernel/security/lockdown", TEXT_MAX, &text) < 0)
                return;
        word = tn_buf_span(&text);
        word = tn_span_skip(word, tn_span_chr(word, '[') + 1);
        word = tn_span_head(word, tn_span_chr(word, ']'));
        if (word.len < size && !tn_span_eq(word, SPAN("none")))
                memcpy(mode, word.ptr, word.len);
}

/* "Seccomp:\t2": a filter. */
static bool is_filtered(void)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct span rest, line;

        tn_file_read_at(AT_FDCWD, "/proc/self/status", TEXT_MAX, &text);
        rest = tn_buf_span(&text);
        while (tn_span_split(&rest, '\n', &line))
                if (tn_span_eq(line, SPAN("Seccomp:\t2")))
                        return true;
        return false;
}

/* The first one has all users as they are: "0 0 4294967295". */
static bool is_in_namespace(void)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct span rest, word;

        if (tn_file_read_at(AT_FDCWD, "/proc/self/uid_map", TEXT_MAX, &text) < 0)
                return false;
        rest = tn_buf_span(&text);
        for (size_t i = 0; i < 2; i++) {
                word = tn_span_word(&rest, " \t\n");
                if (!tn_span_eq(word, SPAN("0")))
                        return true;
        }
        return !tn_span_eq(tn_span_word(&rest, " \t\n"), SPAN("4294967295"));
}

static void read_signatures(struct tn_kernel_policy *policy)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        if (tn_file_read_at(AT_FDCWD, "/sys/module/module/parameters/sig_enforce", TEXT_MAX, &text) == 0)
                policy->signatures = tn_span_starts(tn_buf_span(&text), SPAN("Y")) ? TN_KERNEL_ENFORCES
                                                                                   : TN_KERNEL_LENIENT;
}

int tn_kernel_keys(struct tn_buf *text)
{
        return tn_file_read_at(AT_FDCWD, "/proc/keys", KEYS_MAX, text);
}

bool tn_kernel_has_modules(void)
{
        return access("/proc/modules", F_OK) == 0 || access("/proc/cmdline", F_OK) < 0;
}

void tn_kernel_policy_get(struct tn_kernel_policy *ret_policy)
{
        struct tn_kernel_policy policy = {
                .no_modules = !tn_kernel_has_modules(),
                .disabled = is_disabled(),
                .in_namespace = is_in_namespace(),
                .root = geteuid() == 0,
                .seccomp = is_filtered(),
        };

        policy.no_right = policy.in_namespace || !may_load();
        read_signatures(&policy);

        read_lockdown(policy.lockdown, sizeof(policy.lockdown));
        *ret_policy = policy;
}

int tn_kernel_tainted(uint64_t *ret_bits)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        int r = tn_file_read_at(AT_FDCWD, "/proc/sys/kernel/tainted", TEXT_MAX, &text);

        return r < 0 ? r : tn_num_parse(tn_span_trim(tn_buf_span(&text)), 10, ret_bits);
}

int tn_kernel_helper(struct tn_buf *path)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        int r = tn_file_read_at(AT_FDCWD, "/proc/sys/kernel/modprobe", TEXT_MAX, &text);

        if (r < 0)
                return r;
        tn_buf_add_span(path, tn_span_trim(tn_buf_span(&text)));
        return tn_buf_error(path);
}
