/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "core/gate_kernel.h"
#include "core/list.h"
#include "core/modfacts.h"
#include "util/cleanup.h"
#include "util/num.h"

/* As many of the kernel's own modules are asked what it is like: what two of them say holds. */
#define WITNESSES 3

struct witness {
        struct tn_facts_elf elf;
        uint64_t module_struct;
        const char *vermagic;
};

struct hearing {
        struct tn_gate_kernel *kernel;
        struct witness witnesses[WITNESSES];
        size_t n;
};

void tn_gate_kernel_fini(struct tn_gate_kernel *kernel)
{
        tn_exports_close(kernel->exports);
        tn_newcomers_fini(&kernel->newcomers);
        tn_set_fini(&kernel->symbols);
        tn_arena_fini(&kernel->arena);
        *kernel = (struct tn_gate_kernel){ 0 };
}

static int dup_to(struct tn_gate_kernel *kernel, struct span text, const char **ret_text)
{
        *ret_text = tn_arena_dup(&kernel->arena, text);
        return *ret_text ? 0 : -ENOMEM;
}

static int keep(struct tn_gate_kernel *kernel, const struct tn_buf *text, struct span *ret_text)
{
        ret_text->len = text->len;
        return dup_to(kernel, tn_buf_span(text), &ret_text->ptr);
}

/* The check came with Linux 6.4. */
static bool compares_struct(const char *release)
{
        struct span rest = tn_span_of(release), major, minor;
        uint64_t a, b;

        if (!tn_span_split(&rest, '.', &major) || tn_num_parse(major, 10, &a) < 0)
                return false;
        minor = tn_span_head(rest, strspn(rest.ptr, "0123456789"));
        return tn_num_parse(minor, 10, &b) == 0 && (a > 6 || (a == 6 && b >= 4));
}

static int hear(void *data, struct span path)
{
        struct hearing *hearing = data;
        struct witness *witness = &hearing->witnesses[hearing->n];
        _cleanup_(tn_buf_fini) struct tn_buf name = { 0 };
        _cleanup_(tn_facts_fini) struct tn_facts facts = { 0 };
        int fd, r;

        tn_buf_add_span(&name, path);
        if (!tn_buf_str(&name))
                return -ENOMEM;
        fd = tn_dir_open_regular(tn_catalog_where(hearing->kernel->catalog), name.ptr);
        r = fd < 0 ? fd : tn_modfacts_load_take(fd, TN_FACTS_ELF | TN_FACTS_INFO | TN_FACTS_LAYOUT, &facts);
        if (r < 0 || tn_facts_info(&facts, SPAN("vermagic")).len == 0)
                return r == -ENOMEM ? r : 0;
        witness->elf = facts.elf;
        witness->module_struct = facts.layout.module_struct;
        r = dup_to(hearing->kernel, tn_facts_info(&facts, SPAN("vermagic")), &witness->vermagic);
        return r < 0 ? r : ++hearing->n == WITNESSES;
}

static bool agree(const struct witness *a, const struct witness *b)
{
        return strcmp(a->vermagic, b->vermagic) == 0 && a->module_struct == b->module_struct &&
               a->elf.machine == b->elf.machine && a->elf.is64 == b->elf.is64;
}

static const struct witness *believe(const struct hearing *hearing)
{
        for (size_t i = 0; i < hearing->n; i++)
                for (size_t j = i + 1; j < hearing->n; j++)
                        if (agree(&hearing->witnesses[i], &hearing->witnesses[j]))
                                return &hearing->witnesses[i];
        return hearing->n ? &hearing->witnesses[0] : NULL;
}

/* The kernel's own modules have its vermagic, are for its machine, and have its struct module. */
static int load_own(struct tn_gate_kernel *kernel, struct tn_incompletes *incompletes)
{
        struct hearing hearing = { .kernel = kernel };
        const struct witness *witness;
        int r = tn_list_each(tn_catalog_where(kernel->catalog), &(struct tn_list_filter){ .dir = "kernel" },
                             hear, &hearing);

        if (r == -ENOMEM)
                return r;
        witness = believe(&hearing);
        if (!witness)
                return tn_incompletes_add(incompletes, "the version magic of the kernel",
                                          "none of its own modules can be read");
        kernel->has_own = true;
        kernel->vermagic = witness->vermagic;
        kernel->elf = witness->elf;
        kernel->module_struct = compares_struct(kernel->release) ? witness->module_struct : 0;
        return 0;
}

/* The last module_blacklist= of the command line, which an ordinary user may read. */
static int find_blacklist(struct tn_buf *names)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        struct span key = SPAN("module_blacklist="), last = SPAN(""), rest, word;
        int r = tn_kernel_cmdline(&text);

        rest = tn_buf_span(&text);
        while (r == 0 && (word = tn_span_word(&rest, " \t\n")).len)
                if (tn_span_starts(word, key))
                        last = tn_span_skip(word, key.len);
        tn_buf_add_span(names, last);
        return r < 0 ? r : tn_buf_error(names);
}

static int load_blacklist(struct tn_gate_kernel *kernel, struct tn_incompletes *incompletes)
{
        _cleanup_(tn_buf_fini) struct tn_buf names = { 0 };
        int r = tn_kernel_blacklist(&names);

        if (r == -EACCES)
                r = find_blacklist(&names);
        if (r == -ENOMEM)
                return r;
        if (r < 0 && r != -ENOENT)
                return tn_incompletes_add(incompletes, "the modules that the kernel refuses by name",
                                          strerror(-r));
        return keep(kernel, &names, &kernel->blacklist);
}

/* They count only where the kernel asks for signatures. */
static int load_keys(struct tn_gate_kernel *kernel, struct tn_incompletes *incompletes)
{
        static const char what[] = "the keys that the kernel knows";
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        int r;

        if (kernel->policy.signatures != TN_KERNEL_ENFORCES && !kernel->policy.lockdown[0])
                return 0;
        r = tn_kernel_keys(&text);
        if (r == -ENOMEM)
                return r;
        if (r < 0)
                return tn_incompletes_add(incompletes, what, strerror(-r));
        r = keep(kernel, &text, &kernel->keys);
        if (r == 0 && !strstr(kernel->keys.ptr, " asymmetri "))
                r = tn_incompletes_add(incompletes, what, "/proc/keys does not show them to this user");
        return r;
}

static int load_running(struct tn_gate_kernel *kernel, struct tn_incompletes *incompletes)
{
        int r;

        tn_kernel_policy_get(&kernel->policy);
        if (tn_kernel_memory(&kernel->memory, &kernel->memory_free) < 0)
                kernel->memory = 0;
        if (kernel->policy.seccomp && kernel->policy.root && !kernel->policy.no_right &&
            tn_incompletes_add(incompletes, "whether this process may load modules",
                               "its system calls are filtered (seccomp)") < 0)
                return -ENOMEM;
        r = load_blacklist(kernel, incompletes);
        return r < 0 ? r : load_keys(kernel, incompletes);
}

static int load_release(struct tn_world *world, struct tn_gate_kernel *kernel)
{
        _cleanup_(tn_buf_fini) struct tn_buf release = { 0 };

        if (world->release)
                tn_buf_add_str(&release, world->release);
        else if (tn_kernel_release(&release) == -ENOMEM)
                return -ENOMEM;
        return dup_to(kernel, tn_buf_span(&release), &kernel->release);
}

int tn_gate_kernel_load(struct tn_world *world, bool running, struct tn_gate_kernel *ret_kernel,
                        struct tn_incompletes *incompletes)
{
        _cleanup_(tn_gate_kernel_fini) struct tn_gate_kernel kernel = {
                .catalog = world->catalog,
                .running = running,
                .newcomers = { .running = running },
        };
        struct tn_exports_from from = { .catalog = world->catalog };
        int r = load_release(world, &kernel);

        from.release = kernel.release;
        if (r == 0)
                r = load_own(&kernel, incompletes);
        if (r == 0)
                r = tn_exports_open(&from, &kernel.exports);
        if (r == 0 && running)
                r = load_running(&kernel, incompletes);
        if (r < 0)
                return r;
        *ret_kernel = TAKE(kernel);
        return 0;
}

int tn_gate_kernel_has_symbol(struct tn_gate_kernel *kernel, struct span symbol)
{
        _cleanup_(tn_buf_fini) struct tn_buf names = { 0 };
        struct span rest, name;
        int r = 0;

        if (!kernel->running)
                return -ENODATA;
        if (!kernel->symbols_asked) {
                kernel->symbols_asked = true;
                r = tn_kernel_exports(&names);
                rest = tn_buf_span(&names);
                while (r >= 0 && tn_span_split(&rest, '\0', &name))
                        r = tn_set_add_copy(&kernel->symbols, &kernel->arena, name);
        }
        if (r == -ENOMEM || kernel->symbols.map.n == 0)
                return r == -ENOMEM ? r : -ENODATA;
        return tn_set_has(&kernel->symbols, symbol);
}
