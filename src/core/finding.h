/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_FINDING_H
#define TN_CORE_FINDING_H

#include <stdbool.h>

#include "util/arena.h"
#include "util/buf.h"
#include "util/span.h"
#include "util/vec.h"

/*
 * One cause of a failure, or one thing that is not in order, as data. Each code is one row of a table in finding.c: its
 * id, its severity, its sentence and its next step. tenon-findings(7) has a paragraph for each.
 */
enum tn_finding_code {
        /* the file against the kernel */
        TN_FINDING_VERMAGIC_RELEASE,
        TN_FINDING_VERMAGIC_FLAGS,
        TN_FINDING_MODULE_STRUCT,
        TN_FINDING_SYMBOL_VERSION,
        TN_FINDING_SYMBOL_NOT_LOADED,
        TN_FINDING_SYMBOL_STALE,
        TN_FINDING_SYMBOL_UNEXPORTED,
        TN_FINDING_SYMBOL_GPL_ONLY,
        TN_FINDING_SYMBOL_NAMESPACE,
        TN_FINDING_SYMBOL_DUPLICATE,
        TN_FINDING_ELF_MACHINE,
        TN_FINDING_ELF_CLASS,
        TN_FINDING_FILE_TRUNCATED,
        TN_FINDING_FILE_NOT_ELF,
        TN_FINDING_FILE_EMPTY,
        TN_FINDING_FILE_UNREADABLE,
        TN_FINDING_COMPRESSION_UNKNOWN,
        TN_FINDING_COMPRESSION_LIBRARY,
        TN_FINDING_PARAMETER_UNKNOWN,
        TN_FINDING_PARAMETER_VALUE,
        TN_FINDING_PARAMETER_LENGTH,
        TN_FINDING_PARAMETER_COUNT,
        TN_FINDING_PARAMETER_LATE,
        TN_FINDING_PARAMETER_JOINED,
        /* trust */
        TN_FINDING_SIGNATURE_MISSING,
        TN_FINDING_SIGNATURE_KEY,
        TN_FINDING_SIGNATURE_MISMATCH,
        TN_FINDING_LOCKDOWN,
        TN_FINDING_MODULES_DISABLED,
        TN_FINDING_NO_CAPABILITY,
        TN_FINDING_SECCOMP,
        TN_FINDING_NO_MODULE_SUPPORT,
        TN_FINDING_PROC_MISSING,
        /* policy */
        TN_FINDING_BLACKLISTED,
        TN_FINDING_DENIED,
        TN_FINDING_NOT_ALLOWED,
        TN_FINDING_COMMAND_NOOP,
        TN_FINDING_COMMAND_FAILED,
        TN_FINDING_KERNEL_BLACKLIST,
        TN_FINDING_DEPENDENCY,
        /* the module directory */
        TN_FINDING_BASE_MISSING,
        TN_FINDING_BASE_TWICE,
        TN_FINDING_TREE_MISSING,
        TN_FINDING_VERSION_MISSING,
        TN_FINDING_TREE_EMPTY,
        TN_FINDING_INDEX_MISSING,
        TN_FINDING_INDEX_DAMAGED,
        TN_FINDING_INDEX_STALE,
        TN_FINDING_INDEX_UNREADABLE,
        TN_FINDING_FILE_LEFT_OUT,
        TN_FINDING_FILE_MISSING,
        TN_FINDING_FILE_TWICE,
        TN_FINDING_OTHER_KERNEL,
        TN_FINDING_BUILTIN,
        TN_FINDING_NAME_NEAREST,
        TN_FINDING_NAME_UNKNOWN,
        TN_FINDING_NAME_JOINED,
        TN_FINDING_NAME_SUFFIX,
        TN_FINDING_NAME_CASE,
        TN_FINDING_NAME_TYPOGRAPHIC,
        TN_FINDING_OBJECT_KIND,
        TN_FINDING_NAME_IS_FILE,
        TN_FINDING_FILE_IS_NAME,
        TN_FINDING_CONFIG_SUFFIX,
        TN_FINDING_ALIAS_TARGET,
        TN_FINDING_NEED_MISSING,
        TN_FINDING_LINK_LOOP,
        TN_FINDING_LINK_BROKEN,
        /* the configuration: lines that are not read */
        TN_FINDING_CONFIG_COMMAND,
        TN_FINDING_CONFIG_COMMENT,
        TN_FINDING_CONFIG_GONE,
        TN_FINDING_CONFIG_MODUTILS,
        TN_FINDING_CONFIG_NAME_MISSING,
        TN_FINDING_CONFIG_ARGUMENT_MISSING,
        TN_FINDING_CONFIG_BRACKET,
        TN_FINDING_CONFIG_POLICY_MODE,
        TN_FINDING_CONFIG_NUL,
        TN_FINDING_CONFIG_ENCODING,
        TN_FINDING_CONFIG_FOREIGN,
        TN_FINDING_CONFIG_INCLUDE,
        TN_FINDING_CONFIG_DIRECTORY,
        /* what has no effect, or another one */
        TN_FINDING_CONFIG_NAME_FORM,
        TN_FINDING_CONFIG_WORD_EXTRA,
        TN_FINDING_CONFIG_PATTERN,
        TN_FINDING_CONFIG_SOFTDEP_PART,
        TN_FINDING_CONFIG_SOFTDEP_BLANK,
        TN_FINDING_CONFIG_WEAKDEP_PART,
        TN_FINDING_CONFIG_COMMENT_TEXT,
        TN_FINDING_CONFIG_COMMENT_JOINED,
        TN_FINDING_CONFIG_BACKSLASH,
        /* names in it */
        TN_FINDING_CONFIG_NAME_NEAREST,
        TN_FINDING_CONFIG_MODULE_UNKNOWN,
        TN_FINDING_CONFIG_BUILTIN_OPTIONS,
        TN_FINDING_CONFIG_DENIED_BUILTIN,
        TN_FINDING_CONFIG_NAME_ONLY,
        TN_FINDING_CONFIG_BLACKLIST_IDLE,
        TN_FINDING_CONFIG_BLACKLIST_ALIAS,
        TN_FINDING_CONFIG_ALLOW_IDLE,
        TN_FINDING_CONFIG_ALIAS_ALIAS,
        TN_FINDING_CONFIG_ALIAS_LOOP,
        TN_FINDING_CONFIG_ALIAS_HIDES,
        TN_FINDING_CONFIG_SOFTDEP_LOOP,
        /* lines against each other */
        TN_FINDING_CONFIG_COMMAND_HIDDEN,
        TN_FINDING_CONFIG_DUPLICATE,
        TN_FINDING_CONFIG_OPTION_TWICE,
        TN_FINDING_CONFIG_MASKED,
        TN_FINDING_CONFIG_CLASSIC,
        /* state */
        TN_FINDING_HOLDER_MODULE,
        TN_FINDING_HOLDER_MOUNT,
        TN_FINDING_HOLDER_PROCESS,
        TN_FINDING_HOLDER_INTERFACE,
        TN_FINDING_HOLDER_TUNNEL,
        TN_FINDING_HOLDER_LOOP,
        TN_FINDING_HOLDER_SWAP,
        TN_FINDING_HOLDER_UNKNOWN,
        TN_FINDING_NO_EXIT,
        TN_FINDING_DEVICE_MISSING,
        TN_FINDING_PROCESSOR_FEATURE,
        TN_FINDING_INIT_FAILED,
        TN_FINDING_INIT_EXISTS,
        TN_FINDING_FIRMWARE_MISSING,
        TN_FINDING_FIRMWARE_FAILED,
        TN_FINDING_MODULE_LOADED,
        TN_FINDING_LOADED_NEAREST,
        TN_FINDING_MODULE_COMING,
        TN_FINDING_MODULE_GOING,
        TN_FINDING_MODULE_MEANWHILE,
        TN_FINDING_MEMORY,
        TN_FINDING_TAINT,
        /* the machine */
        TN_FINDING_LOADED_DIFFERS,
        TN_FINDING_PARAMETER_DIFFERS,
        TN_FINDING_DENIED_LOADED,
        TN_FINDING_KERNEL_TAINTED,
        TN_FINDING_DKMS_MISSING,
        TN_FINDING_MODULE_LOST,
        TN_FINDING_DEVICE_LOST,
        TN_FINDING_IMAGE_MODULE,
        TN_FINDING_IMAGE_CONFIG,
        TN_FINDING_IMAGE_LACKS,
        /* what no row knows */
        TN_FINDING_KERNEL_SAID,
        TN_FINDING_KERNEL_SILENT,
        TN_FINDING_KERNEL_UNHEARD,
        TN_FINDING_KERNEL_LOGLESS,
        TN_FINDING_CODES /* how many */
};

enum tn_severity { TN_SEVERITY_ERROR, TN_SEVERITY_WARNING, TN_SEVERITY_NOTE };

/* The strings are borrowed, or belong to the arena of the findings; each may be NULL. What a code means by them, its sentence says. */
struct tn_finding {
        enum tn_finding_code code;
        bool guess;          /* it is likely, not certain: the sentence says "may" */
        const char *name;    /* the object: the module, or what was asked for */
        const char *path;    /* its file */
        const char *subject; /* a symbol, a parameter, a holder, a release ... */
        const char *other;   /* what the subject is held against */
        const char *value;   /* of the subject */
        const char *file;    /* of the configuration line that it is about */
        unsigned line;       /* in that; 0: none */
        const char *log;     /* the line of the kernel's log that says so */
        const char *kernel;  /* the release that a module was checked for; NULL: the running kernel */
};

/* Zero-initialised is empty. */
struct tn_findings {
        struct tn_arena arena;
        TN_VEC(struct tn_finding) list;
};

void tn_findings_fini(struct tn_findings *findings);

/* Appends one; its strings are copied. Returns 0 or -ENOMEM. */
int tn_findings_add(struct tn_findings *findings, struct tn_finding finding);

/* "vermagic-release": lower case, digits and '-', and the same in all versions. */
const char *tn_finding_id(enum tn_finding_code code);

/* The code of an id. Returns 0 or -ENOENT. */
int tn_finding_by_id(struct span id, enum tn_finding_code *ret_code);

enum tn_severity tn_finding_severity(enum tn_finding_code code);

/*
 * Appends the sentence, without a newline; what is somebody else's in it is escaped and cut when it is long. Failures stick
 * to the buffer, as in those below.
 */
void tn_finding_text(const struct tn_finding *finding, struct tn_buf *text);

/* Appends the next step as words; nothing when there is none. */
void tn_finding_next(const struct tn_finding *finding, struct tn_buf *text);

/* Appends the next step as an argument vector, each word ending in a NUL; nothing when it is no command. */
void tn_finding_argv(const struct tn_finding *finding, struct tn_buf *argv);

#endif
