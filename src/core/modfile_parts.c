/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdint.h>
#include <sys/uio.h>

#include "core/modfile.h"
#include "util/cleanup.h"
#include "util/file.h"

/* A file that is decompressed anew for each set of pieces. */
struct reader {
        const struct tn_modfile *file;
        struct tn_elfsift_piece *pieces;
        size_t n;
        bool to_end;
        char *room;   /* for what is compressed, ROOM bytes */
        off_t at;     /* in the file */
        uint64_t pos; /* in what it is decompressed */
};

#define ROOM ((size_t)128 * 1024)

static int pull(void *data, struct span *ret_piece)
{
        struct reader *reader = data;
        ssize_t n = tn_file_pread(reader->file->fd, reader->room, ROOM, (uint64_t)reader->at);

        if (n < 0)
                return (int)n;
        reader->at += n;
        *ret_piece = (struct span){ reader->room, (size_t)n };
        return 0;
}

static int push(void *data, struct span bytes)
{
        struct reader *reader = data;
        uint64_t end = reader->pos + bytes.len;
        bool is_done = !reader->to_end;

        for (size_t i = 0; i < reader->n; i++) {
                struct tn_elfsift_piece *piece = &reader->pieces[i];
                uint64_t next = piece->at + piece->got;

                if (piece->got < piece->len && next >= reader->pos && next < end) {
                        struct span part = tn_span_skip(bytes, (size_t)(next - reader->pos));

                        part = tn_span_head(part, piece->len - piece->got);
                        memcpy(piece->to + piece->got, part.ptr, part.len);
                        piece->got += part.len;
                }
                is_done = is_done && piece->got == piece->len;
        }
        reader->pos = end;
        return is_done;
}

static int read_compressed(void *data, struct tn_elfsift_piece *pieces, size_t n, uint64_t *ret_size)
{
        const struct tn_modfile *file = data;
        _cleanup_(freep) char *room = malloc(ROOM);
        struct reader reader = { .file = file, .pieces = pieces, .n = n, .to_end = ret_size, .room = room };
        const struct tn_codec_stream stream = { pull, push, &reader, tn_modfile_limit(file) };
        int r = room ? file->codec->stream(&stream) : -ENOMEM;

        if (r == 0 && ret_size)
                *ret_size = reader.pos;
        return r;
}

/* Pieces so near to each other are read in one call, with what is between them: that takes less time than a call. */
#define GAP_MAX    ((size_t)16 * 1024)
#define VECTOR_MAX 16

/* Pieces that are read in one call. */
struct batch {
        const struct tn_modfile *file;
        uint64_t at, end;
        struct iovec vector[VECTOR_MAX];
        int n;
        struct tn_elfsift_piece *pieces[VECTOR_MAX];
        size_t n_pieces;
        char gap[GAP_MAX]; /* read and not looked at */
};

/* What one call did not bring, others do, or it is not there. */
static int read_batch(struct batch *batch)
{
        ssize_t got = batch->n ? preadv(batch->file->fd, batch->vector, batch->n, (off_t)batch->at) : 0;
        uint64_t end = batch->at + (uint64_t)MAX(got, (ssize_t)0);

        for (size_t i = 0; i < batch->n_pieces; i++) {
                struct tn_elfsift_piece *piece = batch->pieces[i];
                uint64_t from = piece->at + piece->got;
                ssize_t more;

                if (end > from)
                        piece->got += (size_t)MIN(end - from, (uint64_t)(piece->len - piece->got));
                if (piece->got == piece->len)
                        continue;
                more = tn_file_pread(batch->file->fd, piece->to + piece->got, piece->len - piece->got,
                                     piece->at + piece->got);
                if (more < 0)
                        return (int)more;
                piece->got += (size_t)more;
        }
        batch->n = 0;
        batch->n_pieces = 0;
        return 0;
}

/* What of the piece is still to be read goes into the batch, which is read before when it is too far away. */
static int add_piece(struct batch *batch, struct tn_elfsift_piece *piece)
{
        uint64_t from = piece->at + piece->got;
        int r = 0;

        if (batch->n && (from < batch->end || from - batch->end > GAP_MAX || batch->n + 2 > VECTOR_MAX))
                r = read_batch(batch);
        if (r < 0)
                return r;
        if (batch->n == 0)
                batch->at = batch->end = from;
        if (from > batch->end)
                batch->vector[batch->n++] = (struct iovec){ batch->gap, (size_t)(from - batch->end) };
        batch->vector[batch->n++] = (struct iovec){ piece->to + piece->got, piece->len - piece->got };
        batch->pieces[batch->n_pieces++] = piece;
        batch->end = piece->at + piece->len;
        return 0;
}

/* What is there already. */
static void take_first(const struct tn_modfile *file, struct tn_elfsift_piece *piece)
{
        struct span first = tn_span_head(tn_buf_span(&file->raw), piece->at + piece->len);

        piece->got = 0;
        if (piece->at >= first.len)
                return;
        first = tn_span_skip(first, (size_t)piece->at);
        memcpy(piece->to, first.ptr, first.len);
        piece->got = first.len;
}

static int read_plain(void *data, struct tn_elfsift_piece *pieces, size_t n, uint64_t *ret_size)
{
        const struct tn_modfile *file = data;
        struct batch batch; /* not cleared: it is large */
        int r = 0;

        batch.file = file;
        batch.n = 0;
        batch.n_pieces = 0;
        for (size_t i = 0; i < n && r == 0; i++) {
                pieces[i].got = 0;
                if (pieces[i].at >= file->size)
                        continue;
                take_first(file, &pieces[i]);
                if (pieces[i].got < pieces[i].len)
                        r = add_piece(&batch, &pieces[i]);
        }
        if (r == 0)
                r = read_batch(&batch);
        if (ret_size)
                *ret_size = file->size;
        return r;
}

static int sift(struct tn_modfile *file, const struct tn_elfsift_want *want,
                struct tn_elfsift_excess *ret_excess)
{
        const struct tn_elfsift_source source = { file->codec ? read_compressed : read_plain, file };
        _cleanup_(tn_elfsift_room_fini) struct tn_elfsift_room own = { 0 };
        struct tn_elfsift_room *room = file->room ? &file->room->sift : &own;

        return tn_elfsift(&source, want, room, &file->image, ret_excess);
}

/* What a first read has not brought is read in parts, unless it must be decompressed anyway. */
static bool is_large(const struct tn_modfile *file)
{
        return !file->loaded && !file->codec && file->size > file->raw.len;
}

static int sift_unless_huge(struct tn_modfile *file, const struct tn_elfsift_want *want,
                            struct tn_elfsift_excess *ret_excess)
{
        int r = tn_modfile_begin(file);

        if (r == 0 && file->size > tn_modfile_limit(file))
                r = -EFBIG;
        return r < 0 ? r : sift(file, want, ret_excess);
}

int tn_modfile_parts(struct tn_modfile *file, const struct tn_elfsift_want *want, struct span *ret_bytes,
                     struct tn_elfsift_excess *ret_excess)
{
        struct tn_elfsift_excess excess = { .size = 0 };
        int r = tn_modfile_begin(file);

        if (r < 0)
                return r;
        if (is_large(file)) {
                r = sift_unless_huge(file, want, &excess);
                if (r == 0 && excess.name[0]) {
                        r = tn_modfile_whole(file);
                        r = r == -EFBIG ? 0 : r; /* the image is what there is */
                }
        } else {
                r = tn_modfile_whole(file);
                if (r == -EFBIG)
                        r = sift_unless_huge(file, want, &excess);
        }
        if (r < 0)
                return r;
        *ret_bytes = tn_buf_span(file->loaded ? &file->bytes : &file->image);
        *ret_excess = file->loaded ? (struct tn_elfsift_excess){ .size = 0 } : excess;
        return 0;
}
