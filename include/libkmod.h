/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef LIBKMOD_H
#define LIBKMOD_H

#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @file libkmod.h
 * Finding, loading and removing the modules of a Linux kernel.
 *
 * @section rules Rules for all functions
 *
 * **Errors.** An `int` function returns 0 or a count, and a negative errno value on failure. Where a pointer is
 * returned, NULL says "none" or "failed". Each object may be NULL: then the answer is -ENOENT or NULL, or nothing
 * is done. An output argument (`[out]`) is written and not read, so that the caller need not set it before. One that
 * is also read (`[in,out]`) must be NULL before. After a failure no output argument has been touched.
 *
 * **References.** A context and a module are counted: who gets one from a function named `new` or `ref`, or
 * from kmod_module_get_module(), has a reference, and gives it back with kmod_unref() or kmod_module_unref().
 * Strings that a module, list entry or iterator returns belong to it, and last as long as it does. A module
 * keeps its context alive.
 *
 * **One object a module.** Within a context a module that is asked for twice by the same name, or by the same
 * alias, is the same object both times.
 *
 * **Lists.** NULL is the empty list. A list handle is its first entry; it is walked with kmod_list_foreach(),
 * and freed as a whole, by the function of its kind: kmod_module_unref_list(), kmod_module_info_free_list(),
 * kmod_module_versions_free_list(), kmod_module_symbols_free_list(),
 * kmod_module_dependency_symbols_free_list(), kmod_module_section_free_list().
 *
 * **Threads.** The library has no state of its own but the tables of the compression and signature libraries,
 * which are opened when first needed, once, safely from any thread. Different contexts, with all that comes
 * from them, may be used from different threads at the same time. One context may be used from one thread at a
 * time: whoever shares it, or modules, lists or iterators of it, needs a lock around every call, those that
 * only read included. A child of fork() may go on with a context of its parent's.
 *
 * **Side effects.** The environment, the working directory, signal dispositions and standard output are left
 * alone, no descriptor outlives an exec, and nothing is printed but through the context's log function. While
 * an install command runs, SIGCHLD is blocked in the calling thread. In a program that ignores SIGCHLD nobody
 * learns how a command has ended, and it counts as failed; `run_install` is for such programs.
 */

/** @defgroup libkmod_context Contexts
 * Everything begins with a context: one module directory and one configuration.
 * @{
 */

/** A module directory with its indexes, a configuration, and the modules that have been asked for. */
struct kmod_ctx;

/**
 * Makes a context with one reference. The configuration is read now and once: the files, the kernel command
 * line, and modules.softdep and modules.weakdep of the module directory. What is missing or malformed is passed
 * over; malformed lines are logged. The module directory need not exist.
 *
 * The environment variable KMOD_LOG (`err`, `warning`, `notice`, `info`, `debug`, or syslog's number) sets the
 * priority up to which messages are logged, KMOD_LOG's absence means `err`; in a program with more power than
 * its caller, such as a set-user-ID one, it is not looked at.
 *
 * @param dirname the module directory, relative to the working directory as it is now, "" being that itself;
 * NULL for that of the running kernel, /lib/modules/RELEASE
 * @param config_paths files and directories of configuration, the earlier ones hiding files of equal name in
 * later ones, and NULL at the end; NULL for the default ones; an array of NULL alone for none. A relative one is
 * looked at again by kmod_validate_resources(), from where the process is then
 * @return the context, or NULL without memory
 */
struct kmod_ctx *kmod_new(const char *dirname, const char *const *config_paths);

/** Adds a reference. @return ctx */
struct kmod_ctx *kmod_ref(struct kmod_ctx *ctx);

/** Takes a reference back. @return NULL when it was the last and the context is freed; else ctx */
struct kmod_ctx *kmod_unref(struct kmod_ctx *ctx);

/**
 * Sets where messages go, in the place of lines `libkmod: LEVEL: FUNCTION: TEXT` on standard error.
 *
 * @param log_fn gets the priority (syslog's numbers), where in the source the message comes from (file and line
 * are not unique, and made for people), the function that speaks, and the text as for vprintf, which ends in a
 * newline; NULL silences the context. It may be called in the midst of another function: with this context it must
 * call none but kmod_set_log_fn(), kmod_set_log_priority() and what gets or sets the userdata
 * @param data handed to it as the first argument; borrowed
 */
void kmod_set_log_fn(struct kmod_ctx *ctx,
                     void (*log_fn)(void *log_data, int priority, const char *file, int line, const char *fn,
                                    const char *format, va_list args),
                     const void *data);

/** @return the priority (syslog's number) up to which messages are logged; -1 without context */
int kmod_get_log_priority(const struct kmod_ctx *ctx);

/** Sets the priority up to which messages are logged. */
void kmod_set_log_priority(struct kmod_ctx *ctx, int priority);

/** @return what kmod_set_userdata() has left there; NULL at first */
void *kmod_get_userdata(const struct kmod_ctx *ctx);

/** Leaves a pointer with the context; the library makes no use of it. */
void kmod_set_userdata(struct kmod_ctx *ctx, const void *userdata);

/** @return the absolute path of the module directory */
const char *kmod_get_dirname(const struct kmod_ctx *ctx);

/** @} */

/** @defgroup libkmod_indexes Indexes
 * Whoever asks more than once should have the indexes opened first. Without, every question looks whether the
 * files are still the same.
 * @{
 */

/**
 * Opens the indexes of the module directory and keeps them. An index that is missing, empty or corrupt is made
 * anew, in memory, from its text file (modules.alias for modules.alias.bin) where there is one.
 *
 * @return 0, also when they are open already; -errno, and then none is open: modules.dep.bin,
 * modules.alias.bin, modules.symbols.bin or modules.builtin.bin cannot be had
 */
int kmod_load_resources(struct kmod_ctx *ctx);

/** Closes the indexes. Modules and lists are not affected. */
void kmod_unload_resources(struct kmod_ctx *ctx);

/** Answers of kmod_validate_resources(). */
enum kmod_resources {
        /** All files are as they were. */
        KMOD_RESOURCES_OK = 0,
        /** An index has changed: kmod_unload_resources() and kmod_load_resources() bring the context up to date. */
        KMOD_RESOURCES_MUST_RELOAD = 1,
        /** The configuration has changed: only a new context has the new one. */
        KMOD_RESOURCES_MUST_RECREATE = 2,
};

/**
 * Asks whether files that the context was made from have changed since: configuration files and directories,
 * also those that were not there, modules.softdep and modules.weakdep, and, if they are loaded, the indexes and
 * the text files that were taken in the place of one. It takes one stat() for each of them and reads none; a
 * change that leaves device, inode, size and modification time alone goes unnoticed.
 *
 * @return one of enum kmod_resources; MUST_RECREATE without context
 */
int kmod_validate_resources(struct kmod_ctx *ctx);

/** The indexes of a module directory. */
__extension__ enum kmod_index {
        KMOD_INDEX_MODULES_DEP = 0,       /**< module to its line of modules.dep */
        KMOD_INDEX_MODULES_ALIAS,         /**< alias pattern to module */
        KMOD_INDEX_MODULES_SYMBOL,        /**< `symbol:NAME` to the module that exports it */
        KMOD_INDEX_MODULES_BUILTIN_ALIAS, /**< alias pattern to built-in module */
        KMOD_INDEX_MODULES_BUILTIN,       /**< the built-in modules */
        /** Not an index: keeps the enum's size. */
        _KMOD_INDEX_PAD = 1U << 31,
};

/**
 * Writes an index to a descriptor, a line `KEY VALUE` for each value, in the order of the keys; for the alias
 * and the symbol index the line begins with `alias `. It is written directly: flush a stdio stream on that
 * descriptor first.
 *
 * @return 0; -ENOSYS when there is no such index or no context, -ENOENT for a number that is none of the enum,
 * -EINVAL for a corrupt one, -errno of the writing
 */
int kmod_dump_index(struct kmod_ctx *ctx, enum kmod_index type, int fd);

/** @} */

/** @defgroup libkmod_list Lists
 * @{
 */

/** An entry of a list, and by its first entry a list. */
struct kmod_list;

/** @return the entry behind curr; NULL behind the last */
struct kmod_list *kmod_list_next(const struct kmod_list *list, const struct kmod_list *curr);

/** @return the entry before curr; NULL before the first */
struct kmod_list *kmod_list_prev(const struct kmod_list *list, const struct kmod_list *curr);

/** @return the last entry; NULL of the empty list */
struct kmod_list *kmod_list_last(const struct kmod_list *list);

/** Walks a list from its first entry to its last. The list must not be freed meanwhile. */
#define kmod_list_foreach(list_entry, first_entry)                                                           \
        for (list_entry = first_entry; list_entry != NULL;                                                   \
             list_entry = kmod_list_next(first_entry, list_entry))

/** Walks a list from its last entry to its first. */
#define kmod_list_foreach_reverse(list_entry, first_entry)                                                   \
        for (list_entry = kmod_list_last(first_entry); list_entry != NULL;                                   \
             list_entry = kmod_list_prev(first_entry, list_entry))

/** @} */

/** @defgroup libkmod_config Configuration
 * The commands of modprobe.d(5), kind by kind, in the order in which they count.
 * @{
 */

/** Walks the commands of one kind. It must not outlive its context. */
struct kmod_config_iter;

/** @return an iterator before the first `blacklist`, to be freed; NULL without memory or context */
struct kmod_config_iter *kmod_config_get_blacklists(const struct kmod_ctx *ctx);
/** The same of `install`. */
struct kmod_config_iter *kmod_config_get_install_commands(const struct kmod_ctx *ctx);
/** The same of `remove`. */
struct kmod_config_iter *kmod_config_get_remove_commands(const struct kmod_ctx *ctx);
/** The same of `alias`. */
struct kmod_config_iter *kmod_config_get_aliases(const struct kmod_ctx *ctx);
/** The same of `options`, in files and on the kernel command line. */
struct kmod_config_iter *kmod_config_get_options(const struct kmod_ctx *ctx);
/** The same of `softdep`, in files and as modules say themselves. */
struct kmod_config_iter *kmod_config_get_softdeps(const struct kmod_ctx *ctx);
/** The same of `weakdep`. */
struct kmod_config_iter *kmod_config_get_weakdeps(const struct kmod_ctx *ctx);

/** @return the module or pattern that the command is for; NULL before the first step */
const char *kmod_config_iter_get_key(const struct kmod_config_iter *iter);

/**
 * @return what the command says of it: a command, a module, options, names (`pre: a b post: c`; `a b`); NULL
 * before the first step and for `blacklist`. It lasts until the next step.
 */
const char *kmod_config_iter_get_value(const struct kmod_config_iter *iter);

/** Steps to the next command, at first to the first. @return false behind the last; the next step starts over */
bool kmod_config_iter_next(struct kmod_config_iter *iter);

/** Frees the iterator. */
void kmod_config_iter_free_iter(struct kmod_config_iter *iter);

/** @} */

/** @defgroup libkmod_module Modules
 * @{
 */

/** A module of a context: a name, and maybe a file, or an alias it was found by. */
struct kmod_module;

/**
 * The module of that name, whether or not there is one: what follows a '.' is no part of it, and '-' is '_'.
 *
 * @param[out] mod the module, with a reference
 */
int kmod_module_new_from_name(struct kmod_ctx *ctx, const char *name, struct kmod_module **mod);

/**
 * The module in a file, which is not opened now. When the context has the module with another path to the same
 * file, that one stays.
 *
 * @param[out] mod the module, with a reference
 * @return 0; -errno when there is no such file; -EEXIST when the context has the module with another file
 */
int kmod_module_new_from_path(struct kmod_ctx *ctx, const char *path, struct kmod_module **mod);

/**
 * The modules that a text stands for: a name, or an alias such as the MODALIAS of a device. The first of these that
 * knows it answers:
 *
 * 1. `alias` commands of the configuration, each that matches
 * 2. the module of that name in modules.dep
 * 3. modules.symbols, for `symbol:NAME`
 * 4. the `install` or else `remove` command of exactly that name
 * 5. modules.alias, every pattern that matches
 * 6. the built-in module of that name
 * 7. the aliases of built-in modules
 *
 * @param[in,out] list must be NULL before; the modules, best first; NULL when nothing is found, which is no error
 * @return 0; -EINVAL for a '[' without ']', or a corrupt index; -ENOSYS when list was not empty
 */
int kmod_module_new_from_lookup(struct kmod_ctx *ctx, const char *given_alias, struct kmod_list **list);

/**
 * The first module that a text stands for by the rules 2, 6 and 7 of kmod_module_new_from_lookup(): by name,
 * built in or not.
 *
 * @param[out] mod the module, with a reference
 * @return 0 also when there is none; then mod is not touched
 */
int kmod_module_new_from_name_lookup(struct kmod_ctx *ctx, const char *modname, struct kmod_module **mod);

/** The modules that are loaded now, in the order of /proc/modules. @param[out] list NULL when there are none */
int kmod_module_new_from_loaded(struct kmod_ctx *ctx, struct kmod_list **list);

/** Adds a reference. @return mod */
struct kmod_module *kmod_module_ref(struct kmod_module *mod);

/** Takes a reference back. @return NULL when it was the last and the module is freed; else mod */
struct kmod_module *kmod_module_unref(struct kmod_module *mod);

/** Frees a list of modules, with the reference that each entry holds. @return 0 */
int kmod_module_unref_list(struct kmod_list *list);

/** @return the module of a list's entry, with a reference of its own */
struct kmod_module *kmod_module_get_module(const struct kmod_list *entry);

/** @return the module's name as the kernel has it */
const char *kmod_module_get_name(const struct kmod_module *mod);

/** @return its file's absolute path, as given or by modules.dep; NULL for a built-in or unknown module */
const char *kmod_module_get_path(const struct kmod_module *mod);

/**
 * @return what `options` commands say for it, or for the alias it was found by, one blank between; NULL for
 * nothing
 */
const char *kmod_module_get_options(const struct kmod_module *mod);

/** @return the `install` command for it; NULL without */
const char *kmod_module_get_install_commands(const struct kmod_module *mod);

/** @return the `remove` command for it; NULL without */
const char *kmod_module_get_remove_commands(const struct kmod_module *mod);

/** @return the modules it needs, direct or not, the one to be loaded first at the front; NULL for none */
struct kmod_list *kmod_module_get_dependencies(const struct kmod_module *mod);

/**
 * The modules that its softdeps ask for: all `softdep` commands that match its name, together. What is not found
 * is left out.
 *
 * @param[in,out] pre must be NULL before; to be loaded before it
 * @param[in,out] post must be NULL before; to be loaded after it
 * @return 0; -EINVAL when one of the lists was not empty
 */
int kmod_module_get_softdeps(const struct kmod_module *mod, struct kmod_list **pre, struct kmod_list **post);

/**
 * The modules that its weakdeps name: it may ask for them itself, so whoever copies it should copy them too.
 *
 * @param[in,out] weak must be NULL before
 * @return 0; -EINVAL when the list was not empty
 */
int kmod_module_get_weakdeps(const struct kmod_module *mod, struct kmod_list **weak);

/** What kmod_module_apply_filter() leaves out; the values may be combined. */
enum kmod_filter {
        KMOD_FILTER_BLACKLIST = 0x00001, /**< modules that a `blacklist` command names */
        KMOD_FILTER_BUILTIN = 0x00002,   /**< built-in modules */
};

/**
 * Copies a list of modules without those that the filter takes.
 *
 * @param[out] output a list of its own, in the same order; NULL when nothing is left
 */
int kmod_module_apply_filter(const struct kmod_ctx *ctx, enum kmod_filter filter_type,
                             const struct kmod_list *input, struct kmod_list **output);

/** As kmod_module_apply_filter() with KMOD_FILTER_BLACKLIST, which is to be preferred. */
int kmod_module_get_filtered_blacklist(const struct kmod_ctx *ctx, const struct kmod_list *input,
                                       struct kmod_list **output) __attribute__((deprecated));

/** @} */

/** @defgroup libkmod_load Loading and removing
 * @{
 */

/** Flags of kmod_module_remove_module(). */
enum kmod_remove {
        KMOD_REMOVE_FORCE = O_TRUNC,     /**< though it is in use; the kernel must have been built for it */
        KMOD_REMOVE_NOWAIT = O_NONBLOCK, /**< always so: a module in use is an error */
        KMOD_REMOVE_NOLOG = 1,           /**< a failure is not logged */
};

/** Flags of kmod_module_insert_module(). */
enum kmod_insert {
        KMOD_INSERT_FORCE_VERMAGIC = 0x1,   /**< ignore which kernel it was built for */
        KMOD_INSERT_FORCE_MODVERSION = 0x2, /**< ignore the versions of symbols */
};

/** Flags of kmod_module_probe_insert_module(). */
enum kmod_probe {
        KMOD_PROBE_FORCE_VERMAGIC = 0x00001,   /**< as KMOD_INSERT_FORCE_VERMAGIC, for all */
        KMOD_PROBE_FORCE_MODVERSION = 0x00002, /**< as KMOD_INSERT_FORCE_MODVERSION, for all */
        KMOD_PROBE_IGNORE_COMMAND = 0x00004,   /**< neither command nor softdeps for the module itself */
        KMOD_PROBE_IGNORE_LOADED = 0x00008,    /**< as if nothing were loaded */
        KMOD_PROBE_DRY_RUN = 0x00010,          /**< tell the actions, carry none out */
        KMOD_PROBE_FAIL_ON_LOADED = 0x00020,   /**< that the module itself is loaded is -EEXIST */

        KMOD_PROBE_APPLY_BLACKLIST_ALL = 0x10000, /**< load no blacklisted module, dependencies included */
        KMOD_PROBE_APPLY_BLACKLIST = 0x20000,     /**< do not load the module itself when it is blacklisted */
        KMOD_PROBE_APPLY_BLACKLIST_ALIAS_ONLY = 0x40000, /**< the same if it was found by an alias */
};

/** Removes one module, and nothing that it needs. @return 0; -EAGAIN when it is in use; -errno of the kernel */
int kmod_module_remove_module(struct kmod_module *mod, unsigned int flags);

/**
 * Loads one module, without what it needs, without configuration.
 *
 * @param options its parameters; NULL for none
 * @return 0; -ENOENT when it has no file; -errno of the file or the kernel
 */
int kmod_module_insert_module(struct kmod_module *mod, unsigned int flags, const char *options);

/**
 * Loads a module with all that it needs, as modprobe does: dependencies, softdeps, options, install commands.
 * What is loaded already is passed over. Modules that are only softdeps may fail.
 *
 * @param flags of enum kmod_probe
 * @param extra_options parameters for the module itself, behind those of the configuration; NULL for none
 * @param run_install runs an install command for module m and returns 0, or else that it failed; cmdline is for
 * a shell, with the options in the place of $CMDLINE_OPTS, so that a value in them is no more than a word.
 * NULL: /bin/sh runs it. Neither gets the library to change signals or the environment of this process.
 * @param data handed to run_install
 * @param print_action told before each action, in a dry run too: the module, whether a command stands for it,
 * its options; may be NULL. It must not load or remove modules with this context.
 * @return 0, also when it was loaded or built in already; a negative errno value; or, only if one of the
 * blacklist flags has stopped it, the value of that flag. There is no other positive value. A command that
 * fails is -EINVAL, or what run_install returned if that was negative.
 */
int kmod_module_probe_insert_module(
        struct kmod_module *mod, unsigned int flags, const char *extra_options,
        int (*run_install)(struct kmod_module *m, const char *cmdline, void *data), const void *data,
        void (*print_action)(struct kmod_module *m, bool install, const char *options));

/** @} */

/** @defgroup libkmod_state The state of modules
 * What the running kernel says, asked anew by each call.
 * @{
 */

/** Where a module is. */
__extension__ enum kmod_module_initstate {
        KMOD_MODULE_BUILTIN = 0, /**< part of the kernel */
        KMOD_MODULE_LIVE,        /**< loaded */
        KMOD_MODULE_COMING,      /**< being loaded */
        KMOD_MODULE_GOING,       /**< being removed */
        /** Not a state: keeps the enum's size. */
        _KMOD_MODULE_PAD = 1U << 31,
};

/** @return `builtin`, `live`, `coming` or `going`; NULL for anything else */
const char *kmod_module_initstate_str(enum kmod_module_initstate state);

/**
 * @return one of enum kmod_module_initstate; -ENOENT when it is not there. Whether it is built in is asked
 * once. A module made from a path never is.
 */
int kmod_module_get_initstate(const struct kmod_module *mod);

/** @return how many uses it has; -ENOENT when it is not loaded, or the kernel cannot unload */
int kmod_module_get_refcnt(const struct kmod_module *mod);

/** @return the bytes it takes in the kernel; -ENOENT when it is not loaded */
long kmod_module_get_size(const struct kmod_module *mod);

/** @return the modules that use it; NULL for none. To be freed by kmod_module_unref_list() */
struct kmod_list *kmod_module_get_holders(const struct kmod_module *mod);

/** @return its sections in the kernel's memory; NULL for none. To be freed by kmod_module_section_free_list() */
struct kmod_list *kmod_module_get_sections(const struct kmod_module *mod);

/** @return the section's name */
const char *kmod_module_section_get_name(const struct kmod_list *entry);

/** @return its address, 0 for who may not know it; all ones without entry */
unsigned long kmod_module_section_get_address(const struct kmod_list *entry);

/** Frees a list of sections. */
void kmod_module_section_free_list(struct kmod_list *list);

/** @} */

/** @defgroup libkmod_file What a module file says
 * Each of these reads the module's file. They return the number of entries; -ENOENT when the module has no file,
 * -ENOEXEC when it is no ELF file, -EINVAL when it is malformed or the list was not empty before, -ENOSYS without the
 * library for its compression, -ENODATA when it has nothing of the kind. The list is `[in,out]`: it must be NULL before.
 * @{
 */

/**
 * The entries of its .modinfo, in order, then its `build-id`, then what its signature says (`sig_id`, `signer`,
 * `sig_key`, `sig_hashalgo`, `signature`). Of a built-in module: what modules.builtin.modinfo says.
 */
int kmod_module_get_info(const struct kmod_module *mod, struct kmod_list **list);
/** @return what stands before the first '=' */
const char *kmod_module_info_get_key(const struct kmod_list *entry);
/** @return what stands behind it; empty when there is none */
const char *kmod_module_info_get_value(const struct kmod_list *entry);
/** Frees such a list. */
void kmod_module_info_free_list(struct kmod_list *list);

/** The versions of the symbols it was built against. */
int kmod_module_get_versions(const struct kmod_module *mod, struct kmod_list **list);
/** @return the symbol's name */
const char *kmod_module_version_get_symbol(const struct kmod_list *entry);
/** @return its version; 0 without entry */
uint64_t kmod_module_version_get_crc(const struct kmod_list *entry);
/** Frees such a list. */
void kmod_module_versions_free_list(struct kmod_list *list);

/** The symbols it exports. */
int kmod_module_get_symbols(const struct kmod_module *mod, struct kmod_list **list);
/** @return the symbol's name; this works for entries of kmod_module_get_dependency_symbols(), too */
const char *kmod_module_symbol_get_symbol(const struct kmod_list *entry);
/** @return its version; 0 without one, or without entry */
uint64_t kmod_module_symbol_get_crc(const struct kmod_list *entry);
/** Frees such a list. */
void kmod_module_symbols_free_list(struct kmod_list *list);

/** How a symbol is bound. */
enum kmod_symbol_bind {
        KMOD_SYMBOL_NONE = '\0',
        KMOD_SYMBOL_LOCAL = 'L',
        KMOD_SYMBOL_GLOBAL = 'G',
        KMOD_SYMBOL_WEAK = 'W',  /**< it does without when nobody has it */
        KMOD_SYMBOL_UNDEF = 'U', /**< somebody must have it */
};

/** The symbols it needs from the kernel or other modules; 0 when it needs none. */
int kmod_module_get_dependency_symbols(const struct kmod_module *mod, struct kmod_list **list);
/** @return the symbol's name */
const char *kmod_module_dependency_symbol_get_symbol(const struct kmod_list *entry);
/** @return KMOD_SYMBOL_UNDEF or KMOD_SYMBOL_WEAK; KMOD_SYMBOL_NONE without entry */
int kmod_module_dependency_symbol_get_bind(const struct kmod_list *entry);
/** @return the version it was built against; 0 without one, or without entry */
uint64_t kmod_module_dependency_symbol_get_crc(const struct kmod_list *entry);
/** Frees such a list. */
void kmod_module_dependency_symbols_free_list(struct kmod_list *list);

/** @} */

#ifdef __cplusplus
}
#endif
#endif
