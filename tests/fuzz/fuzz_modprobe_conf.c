/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The bytes are a file of modprobe.d. Every record, said again in its own words, must be the same record. */
#include <stdint.h>
#include <stdlib.h>

#include "format/line.h"
#include "format/modprobe_conf.h"
#include "format/modprobe_doubt.h"
#include "util/cleanup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool held)
{
        if (!held)
                abort();
}

/* Reads a formatted record back, as a file of its own. */
static void parse_again(const struct tn_buf *text, struct tn_arena *arena, struct tn_conf_record *ret_record)
{
        _cleanup_(tn_lines_fini) struct tn_lines lines;
        struct span line;

        tn_lines_init(&lines, tn_buf_span(text));
        must(tn_lines_next(&lines, &line) == 1);
        must(tn_modprobe_conf_parse(line, arena, ret_record) == 1);
        must(tn_lines_next(&lines, &line) == 0);
}

static void check(const struct tn_conf_record *record, struct tn_arena *arena)
{
        bool names = record->kind == TN_CONF_SOFTDEP || record->kind == TN_CONF_WEAKDEP;
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 }, twice = { 0 };
        struct tn_conf_record again;

        must(strlen(record->key.ptr) == record->key.len && strlen(record->value.ptr) == record->value.len);
        tn_modprobe_conf_format(record, &text);
        must(text.len || names);
        if (!text.len)
                return;
        parse_again(&text, arena, &again);
        must(again.kind == record->kind && tn_span_eq(again.key, record->key));
        must(names || tn_span_eq(again.value, record->value));
        tn_modprobe_conf_format(&again, &twice);
        must(tn_span_eq(tn_buf_span(&text), tn_buf_span(&twice)));
}

/* Those that one line names: each is a record as well, and there is an end of them. */
static void check_all(const struct tn_conf_record *first, struct tn_arena *arena)
{
        struct tn_conf_record record = *first;
        size_t left;

        do {
                left = record.value.len;
                check(&record, arena);
        } while (tn_modprobe_conf_next(&record, arena) > 0 && record.value.len < left);
        must(tn_modprobe_conf_next(&record, arena) == 0);
}

/* What it says is one sentence, also of bytes that no text has. */
static void doubt(struct span line, const struct tn_conf_record *record)
{
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        bool some = tn_modprobe_doubt(line, record, &text);

        must(tn_buf_error(&text) == 0 && some == (text.len > 0));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        _cleanup_(tn_lines_fini) struct tn_lines lines;
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        struct span line;
        unsigned before = 0;

        tn_lines_init(&lines, (struct span){ (const char *)data, size });
        while (tn_lines_next(&lines, &line) > 0) {
                struct tn_conf_record record;
                int r = tn_modprobe_conf_parse(line, &arena, &record);

                must(lines.number > before);
                before = lines.number;
                if (r > 0) {
                        check_all(&record, &arena);
                        doubt(line, &record);
                }
                if (r > 0)
                        must(record.fault == TN_CONF_FAULT_NONE);
                if (r < 0)
                        must(record.key.len > 0 && strlen(record.key.ptr) == record.key.len &&
                             record.fault != TN_CONF_FAULT_NONE &&
                             (record.fault >= TN_CONF_FAULT_ARGUMENT) == (record.value.len > 0));
        }
        must(before <= size);
        return 0;
}
