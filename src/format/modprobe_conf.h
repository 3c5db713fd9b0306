/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_MODPROBE_CONF_H
#define TN_FORMAT_MODPROBE_CONF_H

#include "util/arena.h"
#include "util/buf.h"
#include "util/span.h"

/* The commands of modprobe.d(5), in the order in which `modprobe -c` prints them. */
enum tn_conf_kind {
        TN_CONF_BLACKLIST,
        TN_CONF_INSTALL,
        TN_CONF_REMOVE,
        TN_CONF_ALIAS,
        TN_CONF_OPTIONS,
        TN_CONF_SOFTDEP,
        TN_CONF_WEAKDEP,
        TN_CONF_DENY,
        TN_CONF_ALLOW,
        TN_CONF_POLICY,
        TN_CONF_KINDS /* how many */
};

/* What makes a line bad. */
enum tn_conf_fault {
        TN_CONF_FAULT_NONE,
        TN_CONF_FAULT_COMMAND,  /* it begins with a word that is no command */
        TN_CONF_FAULT_COMMENT,  /* it is a comment, but for the blanks before the '#' */
        TN_CONF_FAULT_GONE,     /* "include" and "config", which are no commands any more */
        TN_CONF_FAULT_NAME,     /* nothing stands behind the command */
        TN_CONF_FAULT_ARGUMENT, /* nothing stands behind the name */
        TN_CONF_FAULT_BRACKET,  /* a name has a bracket without its partner */
        TN_CONF_FAULT_MODE,     /* a policy line's word is none of its three */
};

/*
 * One command. The spans point to NUL-terminated copies in the arena given to the parser.
 *
 *      kind                    key                             value
 *      blacklist               module, '_' for '-'             empty
 *      install, remove         module pattern, normalised      the command, as written
 *      alias                   pattern, normalised             module, normalised
 *      options                 module, normalised              the text, blanks kept, tabs made blanks
 *      softdep, weakdep        module pattern, normalised      the rest of the line, as written
 *      deny, allow             module pattern, normalised      more of them, as written: see tn_modprobe_conf_next()
 *      policy                  "off", "audit" or "enforce"     empty
 */
struct tn_conf_record {
        enum tn_conf_kind kind;
        struct span key;
        struct span value;
        const char *file; /* borrowed from whoever parsed the file */
        unsigned line;    /* the last physical line of the record */
        bool declared; /* by the module itself, in a file that depmod has made of it; false after parsing */
        enum tn_conf_fault fault; /* only of a bad line: see tn_modprobe_conf_parse() */
};

/* The command's word ("blacklist"). */
const char *tn_conf_kind_name(enum tn_conf_kind kind);

/* The next word of a line, as the parser takes it: between blanks and tabs. Empty when no word is left. */
struct span tn_modprobe_conf_word(struct span *line);

/*
 * Parses one logical line. Returns 1 and the record (file and line are left 0 for the caller to set); 0 for a
 * blank line, a comment, or a command of a distribution that is known and not carried out (allow_unsupported_modules);
 * -ENOMEM; -EOPNOTSUPP for "include" and "config", which are not commands any more; -EINVAL for anything else: an
 * unknown command, a missing part, a bracket without partner. After the last two *ret_record has the offending command
 * word as its key, and its fault; its value is the name that the fault is about: the one with the bracket, that nothing stands
 * behind, or that is no mode.
 */
int tn_modprobe_conf_parse(struct span line, struct tn_arena *arena, struct tn_conf_record *ret_record);

/*
 * Makes a record of deny or allow that of the next module which its line names. Returns 1; 0 when there is none, as for
 * any other kind; -ENOMEM.
 */
int tn_modprobe_conf_next(struct tn_conf_record *record, struct tn_arena *arena);

/*
 * Appends a record as a line, "KIND KEY VALUE\n" or "KIND KEY\n", which read back as configuration is the same
 * record: backslashes are doubled, a newline (only the kernel command line can hold one) is a blank. The names of a
 * softdep or weakdep stand one blank apart, a softdep's "pre:" before its "post:". One without names says nothing,
 * could not be read back, and appends nothing.
 */
void tn_modprobe_conf_format(const struct tn_conf_record *record, struct tn_buf *text);

/* Appends the value alone, for people and programs: names as above, everything else as it is, with nothing doubled. */
void tn_modprobe_conf_format_value(const struct tn_conf_record *record, struct tn_buf *text);

#endif
