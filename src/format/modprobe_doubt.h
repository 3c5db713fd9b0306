/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_MODPROBE_DOUBT_H
#define TN_FORMAT_MODPROBE_DOUBT_H

#include "format/modprobe_conf.h"

/*
 * What a line of modprobe.d says without effect, although it is well-formed: words that the command does not take, a file
 * or quotes where a module is named, a softdep's "pre:" without a blank behind it. The record is what tn_modprobe_conf_parse() made
 * of the line. Appends the first of these as a sentence without its end ("ignoring 'b': blacklist takes one module a
 * line"), or nothing. Returns whether there was one.
 */
bool tn_modprobe_doubt(struct span line, const struct tn_conf_record *record, struct tn_buf *text);

#endif
