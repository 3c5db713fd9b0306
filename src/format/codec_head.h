/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_CODEC_HEAD_H
#define TN_FORMAT_CODEC_HEAD_H

#include "format/codec.h"
#include "util/span.h"

/*
 * What the head of a compressed file asks of its decoder, held against what the kernel's own decoders can do. A file
 * without an objection may still be refused for what comes later in it, such as a second stream.
 *
 *   gzip   RFC 1952. The kernel passes over a name, and over no other optional field.
 *   xz     The .xz file format 1.2, sections 2.1.1 and 3.1. The kernel checks CRC32 or nothing, and has the one filter
 *          LZMA2 (others depend on its configuration). Its own build makes dictionaries of 1 MiB; a larger one may be
 *          more than it has memory for in one piece.
 *   zstd   RFC 8878, section 3.1.1. The kernel has no dictionaries; windows up to 8 MiB are what the RFC asks of every
 *          decoder.
 */
enum tn_codec_objection {
        TN_CODEC_OBJECTION_NONE,
        TN_CODEC_OBJECTION_FORMAT, /* no head of that format */
        TN_CODEC_OBJECTION_FIELD,  /* an optional field that the kernel does not pass over */
        TN_CODEC_OBJECTION_CHECK,  /* a check other than CRC32 */
        TN_CODEC_OBJECTION_FILTER, /* a filter other than LZMA2 */
        TN_CODEC_OBJECTION_MEMORY, /* the dictionary or window is too large */
        TN_CODEC_OBJECTION_DICT,   /* made with a dictionary of its own */
};

/* Bytes from a file's start that are enough for every answer. */
#define TN_CODEC_HEAD 1088

/* head: the first TN_CODEC_HEAD bytes of the file, or all of a shorter one. */
enum tn_codec_objection tn_codec_head_objection(const struct tn_codec *codec, struct span head);

#endif
