/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CLI_INSERT_WORDS_H
#define TN_CLI_INSERT_WORDS_H

/* The tools of kmod have words of their own for what the kernel answers to a load, and scripts match both. */
enum tn_insert_tool {
        TN_INSERT_INSMOD,
        TN_INSERT_MODPROBE,
};

/* What the tool prints for an error of the kernel, which is negative; for most that is strerror(3). */
const char *tn_insert_words(enum tn_insert_tool tool, int err);

#endif
