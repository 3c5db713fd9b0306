/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_EVIDENCE_H
#define TN_CORE_EVIDENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/exports.h"
#include "format/facts.h"
#include "format/klog.h"
#include "kernel/kernel.h"
#include "util/arena.h"
#include "util/span.h"
#include "util/vec.h"

struct tn_step_option;

/* In the place of the kernel's answer: it was not asked yet. */
#define TN_EVIDENCE_BEFORE 1

/* What can be known about a load. Each is gathered only where a detector asks for it (core/detect.h). */
enum tn_evidence_part {
        TN_EVIDENCE_LOG = 1 << 0,    /* what the kernel logged meanwhile */
        TN_EVIDENCE_FILE = 1 << 1,   /* the beginning and the size of the module's file */
        TN_EVIDENCE_FACTS = 1 << 2,  /* what it says */
        TN_EVIDENCE_POLICY = 1 << 3, /* what the kernel lets be done */
        TN_EVIDENCE_OWNERS = 1 << 4, /* which module exports each symbol that it needs, by the index */
        TN_EVIDENCE_KERNEL =
                1 << 5, /* vermagic, machine and class of the running kernel, by a module of its own */
        TN_EVIDENCE_SYMBOLS = 1 << 6,  /* which symbols the kernel and its loaded modules export */
        TN_EVIDENCE_STATE = 1 << 7,    /* the module's state in the kernel */
        TN_EVIDENCE_EXPORTS = 1 << 8,  /* what its files say that it exports, of symbols in question */
        TN_EVIDENCE_RELEASE = 1 << 9,  /* whether the kernel is installed that the module was built for */
        TN_EVIDENCE_KEYS = 1 << 10,    /* the keys that it knows */
        TN_EVIDENCE_DEVICES = 1 << 11, /* which devices are there */
        TN_EVIDENCE_ASKED = 1 << 15,   /* files of firmware that were asked for */

        /* Before a load alone: */
        TN_EVIDENCE_NEEDS = 1 << 12,  /* the symbols that it needs, and who will have exported them by then */
        TN_EVIDENCE_MEMORY = 1 << 13, /* how much memory there is */
        TN_EVIDENCE_FIRMWARE = 1 << 14, /* which files of firmware are missing */
};

/* A line of the kernel's log. */
struct tn_evidence_line {
        const char *text; /* unescaped */
        bool known;       /* event is what it says, of this module or of none by name */
        struct tn_klog_event event;
};

/* A symbolic link. */
struct tn_evidence_link {
        const char *text; /* NULL: it is none */
        bool is_here;     /* a relative text names a file of the working directory */
};

/* A symbol that the module needs, and the module that exports it. */
struct tn_evidence_owner {
        struct span symbol;
        const char *module;
        bool loaded;
        const char *path; /* of a file that the indexes know nothing of; NULL: they say so */
};

/* What the files of the running kernel say of a symbol. */
struct tn_evidence_export {
        struct span symbol;
        int err; /* 0; -ENOENT: neither the kernel nor a module of its directory exports it */
        struct tn_export export;
};

/* A symbol that the module needs, and what the kernel that it is for has of that name. */
struct tn_evidence_need {
        struct span symbol;
        uint64_t crc;   /* that the module was built with; 0: it does not tell */
        bool weak;      /* it can do without */
        bool there;     /* the kernel exports it, or a module that is loaded by then */
        bool unindexed; /* a module is said to export it, which no index knows of */
        int err;        /* of tn_exports_find(): 0, -ENOENT: nobody exports it, -ENODATA: nobody can tell */
        struct tn_export export;
};

enum tn_evidence_asker { TN_EVIDENCE_ASKER_UNKNOWN, TN_EVIDENCE_ASKER_OWN, TN_EVIDENCE_ASKER_OTHER };

/* A file of firmware, as the kernel names it, that was asked for meanwhile. */
struct tn_evidence_asked {
        const char *file;
        const char *path; /* where it is; NULL: nowhere */
        enum tn_evidence_asker asker;
        int err;         /* why it could not be loaded, negative */
        const char *log; /* the line that says so; NULL: the module names it */
};

/*
 * What is known about one module that was given to the kernel. Plain data: who looks at it reads nothing and asks
 * nothing. Where a part was not gathered, or could not be, its bit is not in parts.
 */
struct tn_evidence {
        struct tn_arena arena;
        unsigned parts;      /* of tn_evidence_part */
        int err;             /* the kernel's answer, negative; 0: it was loaded; or TN_EVIDENCE_BEFORE */
        const char *name;    /* the module's, normalised */
        const char *inside;  /* what the module calls itself, which the log says; NULL: not looked up */
        const char *path;    /* of its file; NULL: it came by another way */
        const char *options; /* that it was given */
        const struct tn_step_option *option; /* its words, and where each is from; borrowed */
        size_t n_options;
        const char *release; /* the running kernel's; of a success nobody asks for it */

        TN_VEC(struct tn_evidence_line) log;
        int log_err; /* why there is no log: -EPERM for who may not read it */

        struct span head;             /* the first bytes of the file, as they are on disk */
        bool signed_end;              /* it ends as a signed module does, whatever it is */
        uint64_t file_size;           /* bytes on disk */
        int file_err;                 /* why it could not be opened or read */
        struct tn_evidence_link link; /* what its path is, if it is a link that leads nowhere */

        struct tn_facts facts;
        int facts_err; /* why they could not be read */

        struct tn_kernel_policy policy;
        struct span blacklist; /* the modules that the kernel refuses itself, commas between */

        TN_VEC(struct tn_evidence_owner) owners;

        const char *vermagic; /* of the running kernel */
        struct tn_facts_elf kernel_elf;

        const char *
                base; /* "--basedir=/r", the option of depmod for the module directory; NULL: it needs none */

        TN_VEC(struct tn_evidence_export) exports;

        bool release_installed; /* there are modules for it */

        struct span symbols; /* names that are exported, each with its NUL, sorted by byte */

        enum tn_kernel_state before; /* right before the load; absent where nobody has asked */
        enum tn_kernel_state state;

        const char *firmware_path; /* where the kernel looks first; NULL: only where it always looks */
        TN_VEC(struct tn_evidence_asked) asked;

        struct span keys; /* of /proc/keys */

        struct span devices; /* their modaliases, each with its NUL */

        TN_VEC(struct tn_evidence_need) needs;
        TN_VEC(struct tn_evidence_need) offers; /* what it exports and somebody else does; crc is not set */
        uint64_t
                module_struct; /* bytes of the kernel's struct module; 0: nobody knows, or it does not count */
        uint64_t memory;       /* bytes that the machine has */
        uint64_t memory_free;  /* that it could make free */
        struct span firmware;  /* files that it may ask for and that are missing, each with its NUL */
};

void tn_evidence_fini(struct tn_evidence *evidence);

/* Takes the log's records, as tn_kernel_log_read() appends them, apart. Returns 0 or -ENOMEM. */
int tn_evidence_take_log(struct tn_evidence *evidence, struct span records);

/* Whether the log has a known line of a module by another name than that of the evidence. */
bool tn_evidence_has_others(const struct tn_evidence *evidence);

/* Other modules are loaded meanwhile: what the log says of them, by name, is not known of this one. */
void tn_evidence_drop_others(struct tn_evidence *evidence);

/* What is known of a symbol, borrowed; NULL where nothing is. */
const struct tn_evidence_owner *tn_evidence_find_owner(const struct tn_evidence *evidence,
                                                       struct span symbol);
const struct tn_evidence_export *tn_evidence_find_export(const struct tn_evidence *evidence,
                                                         struct span symbol);

/* Whether it is among the symbols that the kernel and its loaded modules export. */
bool tn_evidence_is_exported(const struct tn_evidence *evidence, struct span symbol);

/* The first line of the log that says something of that kind, borrowed; NULL where none does. */
const struct tn_evidence_line *tn_evidence_find_line(const struct tn_evidence *evidence,
                                                     enum tn_klog_kind kind);

#endif
