/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_UTIL_DL_H
#define TN_UTIL_DL_H

#include <stdbool.h>
#include <stddef.h>

#include "util/cleanup.h"

/*
 * A shared library that is opened when first needed, once for the process. The one permitted piece of
 * process-wide state: a table of function pointers, filled in one go and never taken back. In a static build the
 * functions are linked, and the table is filled with them.
 */
struct tn_dl {
        const char *soname;
        const struct tn_dl_symbol *symbols;
        size_t n_symbols;
        _Atomic bool bound; /* it was tried */
        int err;            /* what that returned */
};

struct tn_dl_symbol {
        const char *name;
        void *slot;           /* the address of a function pointer */
        void (*linked)(void); /* the function itself, in a static build */
};

#define TN_DL_INIT(so, syms)                                                                                 \
        {                                                                                                    \
                .soname = (so), .symbols = (syms), .n_symbols = ARRAY_SIZE(syms)                             \
        }

/*
 * The library of a file: `lib` with a pointer for each function, and `dl` to bind them. FUNCTIONS is a list of pointers
 * and functions as the library's header names them:
 *
 *      #define FUNCTIONS(X) X(code, lzma_code) X(end, lzma_end)
 *      TN_DL_LIBRARY("liblzma.so.5", FUNCTIONS);
 */
#define TN_DL_LIBRARY(so, FUNCTIONS)                                                                         \
        static struct {                                                                                      \
                FUNCTIONS(TN_DL_POINTER)                                                                     \
        } lib;                                                                                               \
        static const struct tn_dl_symbol lib_symbols[] = { FUNCTIONS(TN_DL_SYMBOL) };                        \
        static struct tn_dl dl = TN_DL_INIT(so, lib_symbols)

#define TN_DL_POINTER(pointer, function) __typeof__(function) *pointer;
#define TN_DL_SYMBOL(pointer, function)                                                                      \
        { .name = #function, .slot = &lib.pointer, .linked = TN_DL_LINKED(function) },

/*
 * TN_DL_NOTE tells those who make images which library may be opened, and what for: an ELF note in the form of
 * systemd's "ELF dlopen metadata". How much it matters is "required", "recommended" or "suggested".
 */
#if TN_STATIC
#define TN_DL_LINKED(function)                  ((void (*)(void))(function))
#define TN_DL_NOTE(so, feature, priority, text) _Static_assert(sizeof(so) > 1, "a library has a name")
#else
#define TN_DL_LINKED(function) NULL
#define TN_DL_NOTE(so, feature, priority, text)                                                              \
        TN_DL_NOTE_JSON("[{\"feature\":\"" feature "\",\"description\":\"" text                              \
                        "\",\"priority\":\"" priority "\",\"soname\":[\"" so "\"]}]")
#endif

#define TN_DL_NOTE_JSON(json)                                                                                \
        static const struct {                                                                                \
                unsigned owner_size, json_size, type;                                                        \
                char owner[4], text[(sizeof(json) + 3) / 4 * 4];                                             \
        } dl_note __attribute__((used, section(".note.dlopen"),                                              \
                                 aligned(4))) = { sizeof("FDO"), sizeof(json), 0x407c0c0a, "FDO", json }

/*
 * Opens the library and binds every symbol, the first time; later calls only tell the result. Returns 0, or
 * -ENOSYS when the library is not there or lacks a symbol; then no slot is filled. Safe from several threads.
 */
int tn_dl_bind(struct tn_dl *dl);

#endif
