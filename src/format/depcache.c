/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <endian.h>
#include <errno.h>

#include "format/depcache.h"
#include "util/cleanup.h"
#include "util/num.h"
#include "util/sum.h"

#define MAGIC       "tn-depc\n"
#define VERSION     1u
#define HEAD_SIZE   64 /* up to the outputs */
#define SUM_SIZE    8
#define ID_SIZE     48
#define PATH_LIMIT  65535

#define RECORD_SIZE (8 + ID_SIZE + 8 * TN_DEPCACHE_LISTS) /* up to the CRCs */

struct tn_depcache_id tn_depcache_id_of(const struct stat *st)
{
        return (struct tn_depcache_id){
                .device = st->st_dev,
                .inode = st->st_ino,
                .size = (uint64_t)st->st_size,
                .mtime_sec = st->st_mtim.tv_sec,
                .ctime_sec = st->st_ctim.tv_sec,
                .mtime_nsec = (uint32_t)st->st_mtim.tv_nsec,
                .ctime_nsec = (uint32_t)st->st_ctim.tv_nsec,
        };
}

static void put32(struct tn_buf *out, uint32_t num)
{
        num = htole32(num);
        tn_buf_add(out, &num, sizeof(num));
}

static void put64(struct tn_buf *out, uint64_t num)
{
        num = htole64(num);
        tn_buf_add(out, &num, sizeof(num));
}

static size_t padding(size_t len)
{
        return -len % 8;
}

static void pad(struct tn_buf *out, size_t len)
{
        tn_buf_add(out, "\0\0\0\0\0\0\0", padding(len));
}

/* ---- the head ---- */

static size_t head_len(uint32_t path_len, uint32_t n_outputs)
{
        return HEAD_SIZE + 16 * (size_t)n_outputs + path_len + padding(path_len) + SUM_SIZE;
}

int tn_depcache_head_format(const struct tn_depcache_head *head, struct tn_buf *out)
{
        size_t start = out->len, path_len = head->path.len;

        if (path_len == 0 || path_len > PATH_LIMIT || head->n_outputs > TN_DEPCACHE_OUTPUTS_MAX)
                return -EINVAL;
        tn_buf_add_str(out, MAGIC);
        put32(out, VERSION);
        put32(out, (uint32_t)path_len);
        put32(out, head->n_outputs);
        put32(out, 0);
        put64(out, (uint64_t)head->written_sec);
        put64(out, head->records_len);
        put64(out, head->records_sum);
        put64(out, head->inputs[0]);
        put64(out, head->inputs[1]);
        for (uint32_t i = 0; i < head->n_outputs; i++) {
                put64(out, head->outputs[i].size);
                put64(out, head->outputs[i].sum);
        }
        tn_buf_add_span(out, head->path);
        pad(out, path_len);
        if (tn_buf_error(out) < 0)
                return tn_buf_error(out);
        put64(out, tn_sum(tn_span_skip(tn_buf_span(out), start), VERSION));
        return tn_buf_error(out);
}

static struct tn_depcache_head read_head(const char *at, uint32_t path_len)
{
        struct tn_depcache_head head = {
                .n_outputs = tn_num_le32(at + 16),
                .written_sec = (int64_t)tn_num_le64(at + 24),
                .records_len = tn_num_le64(at + 32),
                .records_sum = tn_num_le64(at + 40),
                .inputs = { tn_num_le64(at + 48), tn_num_le64(at + 56) },
        };

        for (uint32_t i = 0; i < head.n_outputs; i++) {
                const char *output = at + HEAD_SIZE + 16 * (size_t)i;

                head.outputs[i] = (struct tn_depcache_output){ tn_num_le64(output), tn_num_le64(output + 8) };
        }
        head.path = (struct span){ at + HEAD_SIZE + 16 * (size_t)head.n_outputs, path_len };
        return head;
}

int tn_depcache_head_parse(struct span *bytes, struct tn_depcache_head *ret_head)
{
        const char *at = bytes->ptr;
        uint32_t path_len, n_outputs;
        size_t len;

        if (bytes->len < HEAD_SIZE || !tn_span_starts(*bytes, SPAN(MAGIC)))
                return -EINVAL;
        if (tn_num_le32(at + 8) != VERSION)
                return -EPROTONOSUPPORT;
        path_len = tn_num_le32(at + 12);
        n_outputs = tn_num_le32(at + 16);
        if (path_len == 0 || path_len > PATH_LIMIT || n_outputs > TN_DEPCACHE_OUTPUTS_MAX)
                return -EINVAL;
        len = head_len(path_len, n_outputs);
        if (bytes->len < len ||
            tn_num_le64(at + len - SUM_SIZE) != tn_sum(tn_span_head(*bytes, len - SUM_SIZE), VERSION))
                return -EINVAL;
        *ret_head = read_head(at, path_len);
        *bytes = tn_span_skip(*bytes, len);
        return 0;
}

/* ---- the records ---- */

/* Whether there are so many texts. */
static bool is_list(const struct tn_depcache_list *list)
{
        struct span text = list->text;
        uint32_t n = 0;

        if (text.len == 0)
                return list->n == 0;
        for (size_t i = 0; i < text.len; i++)
                n += text.ptr[i] == '\0';
        return n == list->n && text.ptr[text.len - 1] == '\0';
}

static size_t record_len(const struct tn_depcache_record *record)
{
        size_t len = RECORD_SIZE + record->crcs.len;

        for (int i = 0; i < TN_DEPCACHE_LISTS; i++)
                len += record->lists[i].text.len;
        return len + padding(len);
}

static void put_id(struct tn_buf *out, const struct tn_depcache_id *id)
{
        put64(out, id->device);
        put64(out, id->inode);
        put64(out, id->size);
        put64(out, (uint64_t)id->mtime_sec);
        put64(out, (uint64_t)id->ctime_sec);
        put32(out, id->mtime_nsec);
        put32(out, id->ctime_nsec);
}

static bool is_record(const struct tn_depcache_record *record)
{
        for (int i = 0; i < TN_DEPCACHE_LISTS; i++)
                if (record->lists[i].text.len > UINT32_MAX || !is_list(&record->lists[i]))
                        return false;
        return record->crcs.len == 8 * (size_t)record->lists[TN_DEPCACHE_WITH_CRCS].n;
}

int tn_depcache_record_format(const struct tn_depcache_record *record, struct tn_buf *out)
{
        size_t start = out->len, len = record_len(record);

        if (!is_record(record) || len > UINT32_MAX)
                return -EINVAL;
        put32(out, (uint32_t)len);
        put32(out, 0);
        put_id(out, &record->id);
        for (int i = 0; i < TN_DEPCACHE_LISTS; i++) {
                put32(out, record->lists[i].n);
                put32(out, (uint32_t)record->lists[i].text.len);
        }
        tn_buf_add_span(out, record->crcs);
        for (int i = 0; i < TN_DEPCACHE_LISTS; i++)
                tn_buf_add_span(out, record->lists[i].text);
        if (tn_buf_error(out) == 0)
                pad(out, out->len - start);
        return tn_buf_error(out);
}

static struct tn_depcache_id read_id(const char *at)
{
        return (struct tn_depcache_id){
                .device = tn_num_le64(at),
                .inode = tn_num_le64(at + 8),
                .size = tn_num_le64(at + 16),
                .mtime_sec = (int64_t)tn_num_le64(at + 24),
                .ctime_sec = (int64_t)tn_num_le64(at + 32),
                .mtime_nsec = tn_num_le32(at + 40),
                .ctime_nsec = tn_num_le32(at + 44),
        };
}

/* Takes so many bytes off the front. */
static bool take(struct span *rest, size_t len, struct span *ret_taken)
{
        if (rest->len < len)
                return false;
        *ret_taken = tn_span_head(*rest, len);
        *rest = tn_span_skip(*rest, len);
        return true;
}

static bool read_lists(struct span bytes, struct tn_depcache_record *record)
{
        struct span rest = tn_span_skip(bytes, RECORD_SIZE);
        const char *counts = bytes.ptr + 8 + ID_SIZE;

        for (int i = 0; i < TN_DEPCACHE_LISTS; i++)
                record->lists[i].n = tn_num_le32(counts + 8 * (size_t)i);
        if (!take(&rest, 8 * (size_t)record->lists[TN_DEPCACHE_WITH_CRCS].n, &record->crcs))
                return false;
        for (int i = 0; i < TN_DEPCACHE_LISTS; i++)
                if (!take(&rest, tn_num_le32(counts + 8 * (size_t)i + 4), &record->lists[i].text))
                        return false;
        return is_record(record) && record_len(record) == bytes.len;
}

int tn_depcache_record_next(struct span *records, struct tn_depcache_record *ret_record)
{
        struct tn_depcache_record record;
        struct span bytes;

        if (records->len == 0)
                return 0;
        if (records->len < RECORD_SIZE || !take(records, tn_num_le32(records->ptr), &bytes) ||
            bytes.len < RECORD_SIZE)
                return -EINVAL;
        record.id = read_id(bytes.ptr + 8);
        if (!read_lists(bytes, &record))
                return -EINVAL;
        *ret_record = record;
        return 1;
}
