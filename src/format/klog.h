/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_KLOG_H
#define TN_FORMAT_KLOG_H

#include <stdbool.h>
#include <stdint.h>

#include "util/buf.h"
#include "util/span.h"

/*
 * One record of the kernel's log, as a read() of /dev/kmsg gives it (Documentation/ABI/testing/dev-kmsg):
 *      4,357,62024621,-;lab_a: Unknown symbol lab_b_fn (err -2)
 *       SUBSYSTEM=platform
 * Bytes that are not printable, and the backslash, are written as \xNN.
 */
struct tn_klog_record {
        unsigned level;   /* 0 emergency to 7 debug, as syslog has it */
        uint64_t seq;     /* the number of the record: one more than that of the record before */
        uint64_t time_us; /* of the kernel's own clock, which no other clock can be compared with */
        struct span text; /* borrows from the record; escaped */
};

/* Returns 0, or -EINVAL when it has no such form. Further fields of later kernels are passed over. */
int tn_klog_parse(struct span record, struct tn_klog_record *ret_record);

/* Appends the text of a record with its escapes undone. Failures stick to the buffer. */
void tn_klog_unescape(struct span text, struct tn_buf *out);

/* What a line of the log says about loading and unloading modules. */
enum tn_klog_kind {
        TN_KLOG_UNKNOWN_SYMBOL, /* subject: the symbol; err: -ENOENT, or -EINVAL for what another line says */
        TN_KLOG_SYMBOL_VERSION, /* subject: the symbol whose CRC differs */
        TN_KLOG_NO_SYMBOL_VERSION, /* subject: the symbol for which the module has no CRC */
        TN_KLOG_DUPLICATE_SYMBOL, /* subject: an exported symbol; other: the module that exports it already */
        TN_KLOG_NAMESPACE,        /* subject: the symbol; other: the namespace that is not imported */
        TN_KLOG_PROPRIETARY,      /* subject: the symbol; other: the proprietary module that exports it */
        TN_KLOG_VERMAGIC,         /* subject: the module's vermagic; other: the kernel's */
        TN_KLOG_MODULE_STRUCT,    /* the module was built for a kernel with another struct module */
        TN_KLOG_ELF,              /* subject: what is wrong with the ELF header or a section header */
        TN_KLOG_UNKNOWN_PARAMETER,  /* subject: the parameter; it is ignored */
        TN_KLOG_BAD_VALUE,          /* subject: the parameter; other: the value */
        TN_KLOG_LONG_VALUE,         /* likewise, for a string that is too long */
        TN_KLOG_ARRAY_LENGTH,       /* subject: the parameter; other: how many values it can take */
        TN_KLOG_UNSIGNED,           /* refused */
        TN_KLOG_UNAVAILABLE_KEY,    /* refused: signed, by a key that the kernel does not have */
        TN_KLOG_UNSUPPORTED_CRYPTO, /* refused: signed, by an algorithm that the kernel does not have */
        TN_KLOG_UNVERIFIED,         /* loaded all the same; the kernel is tainted */
        TN_KLOG_LOCKDOWN,           /* subject: the program; other: what is restricted */
        TN_KLOG_BLACKLISTED,        /* module_blacklist= has the module */
        TN_KLOG_LICENSE,            /* subject: the licence, empty where the kernel does not tell; tainted */
        TN_KLOG_OUT_OF_TREE,        /* tainted */
        TN_KLOG_FIRMWARE,           /* module: the device; subject: the file; err */
        TN_KLOG_MEMORY,             /* subject: how many bytes, empty where the kernel does not tell */
        TN_KLOG_INIT_POSITIVE,      /* the init function returned err, a number above 0 */
        TN_KLOG_REQUEST_LOOP,       /* subject: the name; the kernel asked for too many modules at once */
        TN_KLOG_KINDS               /* how many */
};

/* A line that was recognised. The spans borrow from the line; empty where the line has no such part. */
struct tn_klog_event {
        enum tn_klog_kind kind;
        struct span module; /* as the kernel calls it: by the name inside the module, not that of the file */
        struct span subject;
        struct span other;
        int err; /* 0, or the number that the line has; errors are negative */
};

/*
 * The event of a text with escapes undone. The texts are those of Linux 5.10 to 6.18 (kernel/module, kernel/params.c,
 * drivers/base/firmware_loader, security/lockdown, mm/vmalloc.c), which are not promised to stay. False when none fits.
 */
bool tn_klog_match(struct span text, struct tn_klog_event *ret_event);

#endif
