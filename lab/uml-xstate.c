/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Preloaded into linux.uml. Kernel 6.1 as UML keeps 2.7 KB of extended
 * processor state for each process. A host kernel whose processor has more
 * (AMX: 11 KB) lets a tracer read the beginning of that state but refuses to
 * set less than all of it: the guest dies in its first process with "ptrace
 * set fp regs failed, errno = 14". So fill up with zeroes, which is what the
 * state header, XSTATE_BV, says of the components that the guest never uses.
 * The host takes no more than its own size.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <elf.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>

typedef long ptrace_fn(enum __ptrace_request request, ...);

/* Static: the kernel's own stacks are small, and it runs one process at a time. */
static char state[64 * 1024] __attribute__((aligned(64)));

long ptrace(enum __ptrace_request request, ...)
{
        static ptrace_fn *real;
        struct iovec whole = { .iov_base = state, .iov_len = sizeof(state) };
        va_list ap;
        long pid;
        void *addr;
        void *data;

        va_start(ap, request);
        pid = va_arg(ap, long);
        addr = va_arg(ap, void *);
        data = va_arg(ap, void *);
        va_end(ap);

        if (!real)
                real = (ptrace_fn *)dlsym(RTLD_NEXT, "ptrace");
        if (request == PTRACE_SETREGSET && (uintptr_t)addr == NT_X86_XSTATE) {
                const struct iovec *part = data;

                if (part->iov_len <= sizeof(state)) {
                        memcpy(state, part->iov_base, part->iov_len);
                        data = &whole;
                }
        }
        return real(request, pid, addr, data);
}
