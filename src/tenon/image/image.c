/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <sys/stat.h>

#include "format/pe.h"
#include "tenon/image/image.h"
#include "tenon/image/unpack.h"
#include "util/cleanup.h"
#include "util/file.h"

/* Bytes of a file for a window. */
struct part {
        int fd;
        uint64_t offset, size;
};

static ssize_t read_part(void *data, uint64_t at, char *to, size_t len)
{
        const struct part *part = data;

        if (at >= part->size)
                return 0;
        len = (size_t)MIN((uint64_t)len, part->size - at);
        return tn_file_pread(part->fd, to, len, part->offset + at);
}

int tn_image_contents_next(struct tn_image_contents *contents, struct span *ret_piece)
{
        size_t len = (size_t)MIN(contents->end - contents->at, (uint64_t)TN_WINDOW_SIZE);
        struct span piece;
        int r = tn_window_look(contents->window, contents->at, len, &piece);

        if (r < 0 || len == 0)
                return r;
        if (piece.len < len)
                return -EINVAL;
        contents->at += len;
        *ret_piece = piece;
        return 1;
}

int tn_image_contents_read(struct tn_image_contents *contents, struct tn_buf *out)
{
        struct span piece;
        int r;

        while ((r = tn_image_contents_next(contents, &piece)) > 0)
                tn_buf_add_span(out, piece);
        return r < 0 ? r : tn_buf_error(out);
}

/* An image that is read. */
struct reading {
        int fd;
        const struct tn_image_reader *reader;
        struct tn_image_progress *progress;
        uint32_t archive;               /* the number of the one that is read */
        uint64_t left;                  /* bytes that may still come out of compressed segments */
        uint64_t size;                  /* of the file, in bytes */
        const struct tn_unpack *unpack; /* of the segment; NULL: it is not compressed */
        struct tn_window window;        /* of a segment */
};

static uint64_t find_bound(const struct tn_cpio_entry *entry, enum tn_image_kind kind)
{
        if (S_ISLNK(entry->mode))
                return TN_CPIO_NAME_MAX;
        return kind == TN_IMAGE_MODULE || kind == TN_IMAGE_INDEX ? TN_IMAGE_FILE : TN_IMAGE_CONFIG;
}

/* Inodes and devices are numbers of an archive. */
static struct tn_image_shared find_shared(const struct reading *reading, const struct tn_cpio_entry *entry)
{
        if (!S_ISREG(entry->mode) || entry->nlink < 2)
                return (struct tn_image_shared){ 0 };
        return (struct tn_image_shared){ reading->archive, entry->ino, entry->major, entry->minor };
}

static void show_progress(const struct reading *reading, uint64_t at)
{
        const struct tn_image_reader *reader = reading->reader;
        uint64_t segment = reading->progress->offset + reading->progress->segment.offset;

        if (reader->read)
                reader->read(reader->read_data,
                             segment + (reading->unpack ? tn_unpack_taken(reading->unpack) : at),
                             reading->size);
}

static int show_entry(struct reading *reading, const struct tn_cpio_entry *cpio)
{
        struct tn_image_entry entry = {
                .size = cpio->size,
                .is_link = S_ISLNK(cpio->mode),
                .shared = find_shared(reading, cpio),
        };
        struct tn_image_contents contents = { &reading->window, cpio->at, cpio->at + cpio->size };
        char name[TN_CPIO_NAME_MAX];

        show_progress(reading, cpio->at);
        reading->progress->n_entries++;
        if (!S_ISREG(cpio->mode) && !S_ISLNK(cpio->mode))
                return 0;
        /* the window goes on while the contents are read */
        if (cpio->name.len > 0)
                memcpy(name, cpio->name.ptr, cpio->name.len);
        if (!tn_image_path_parse((struct span){ name, cpio->name.len }, &entry.path))
                return 0;
        if (entry.size > find_bound(cpio, entry.path.kind)) {
                reading->progress->n_left++;
                return 0;
        }
        return reading->reader->entry(reading->reader->data, &entry, &contents);
}

/* The entries of one archive. Returns what the reader returned; *ret_end is where it ends. */
static int read_archive(struct reading *reading, uint64_t at, uint64_t *ret_end)
{
        struct tn_cpio cpio = { .window = &reading->window, .at = at };
        struct tn_cpio_entry entry = { 0 };
        int r;

        reading->archive++;
        while (!entry.is_trailer) {
                r = tn_cpio_next(&cpio, &entry);
                if (r > 0)
                        r = show_entry(reading, &entry);
                else if (r == 0)
                        break;
                if (r != 0)
                        return r;
        }
        *ret_end = cpio.at;
        return 0;
}

/* Archives with zeros between them, to the end of the window. */
static int read_archives(struct reading *reading)
{
        uint64_t at = 0;
        struct span bytes;
        int r;

        for (;;) {
                r = tn_window_look(&reading->window, at, TN_WINDOW_SIZE, &bytes);
                if (r < 0 || bytes.len == 0)
                        return r;
                if (bytes.ptr[0] == '\0') {
                        for (size_t i = 0; i < bytes.len && bytes.ptr[i] == '\0'; i++)
                                at++;
                        continue;
                }
                if (at % 4)
                        return -EINVAL;
                r = read_archive(reading, at, &at);
                if (r != 0)
                        return r;
        }
}

static void set_window(struct reading *reading, ssize_t (*read)(void *, uint64_t, char *, size_t), void *data)
{
        reading->window.read = read;
        reading->window.data = data;
        reading->window.at = reading->window.len = 0;
}

static int read_packed(struct reading *reading, struct tn_initramfs *image,
                       struct tn_initramfs_segment *segment)
{
        _cleanup_(tn_unpack_closep) struct tn_unpack *unpack = NULL;
        const struct tn_unpack_part part = {
                .packed = segment->packed,
                .fd = reading->fd,
                .offset = reading->progress->offset + segment->offset,
                .size = segment->size,
                .max = reading->left,
        };
        int r = tn_unpack_open(&part, &unpack);

        if (r < 0)
                return r;
        set_window(reading, tn_unpack_read, unpack);
        reading->unpack = unpack;
        r = read_archives(reading);
        reading->unpack = NULL;
        reading->left -= MIN(reading->left, tn_unpack_made(unpack));
        if (r == 0)
                tn_initramfs_cut(image, segment, tn_unpack_used(unpack));
        return r;
}

static int read_segment(struct reading *reading, struct tn_initramfs *image,
                        struct tn_initramfs_segment *segment)
{
        struct part part = { reading->fd, reading->progress->offset + segment->offset, segment->size };
        int r = 0;

        if (segment->kind == TN_INITRAMFS_JUNK)
                return -EINVAL;
        if (segment->kind == TN_INITRAMFS_PADDING)
                return 0;
        if (reading->progress->n_segments++ == TN_IMAGE_SEGMENTS || segment->is_huge)
                return -EFBIG;
        if (segment->kind == TN_INITRAMFS_PACKED)
                return read_packed(reading, image, segment);
        set_window(reading, read_part, &part);
        r = read_archives(reading);
        return r == 0 && segment->is_cut ? -EINVAL : r;
}

/* Where the image is: the whole file, or a section of a unified kernel image. */
static int find_image(struct tn_window *window, uint64_t size, struct part *ret_image)
{
        struct part whole = { ret_image->fd, 0, size };
        struct tn_pe_section section;
        struct span head;
        int r;

        window->read = read_part;
        window->data = &whole;
        r = tn_window_look(window, 0, TN_WINDOW_SIZE, &head);
        if (r < 0)
                return r;
        if (tn_pe_find(head, SPAN(".initrd"), &section) == 0 && section.offset <= size)
                whole = (struct part){ ret_image->fd, section.offset,
                                       MIN(section.size, size - section.offset) };
        window->at = window->len = 0;
        *ret_image = whole;
        return 0;
}

static int read_all(struct reading *reading, struct tn_window *window, uint64_t size)
{
        struct part whole = { .fd = reading->fd };
        struct tn_initramfs image = { .window = window };
        struct tn_initramfs_segment *segment = &reading->progress->segment;
        int r = find_image(window, size, &whole);

        if (r < 0)
                return r;
        reading->progress->offset = whole.offset;
        image.size = whole.size;
        window->data = &whole;
        while ((r = tn_initramfs_next(&image, segment)) > 0) {
                r = read_segment(reading, &image, segment);
                if (r != 0)
                        return r;
        }
        return r;
}

int tn_image_read(int fd, const struct tn_image_reader *reader, struct tn_image_progress *ret_progress)
{
        _cleanup_(freep) struct reading *reading = calloc(1, sizeof(*reading));
        _cleanup_(freep) struct tn_window *window = calloc(1, sizeof(*window));
        struct stat st;
        int r;

        *ret_progress = (struct tn_image_progress){ 0 };
        if (!reading || !window)
                return -ENOMEM;
        if (fstat(fd, &st) < 0)
                return -errno;
        if (!S_ISREG(st.st_mode))
                return -EINVAL;
        reading->fd = fd;
        reading->reader = reader;
        reading->progress = ret_progress;
        reading->left = TN_IMAGE_UNPACKED;
        reading->size = (uint64_t)st.st_size;
        r = read_all(reading, window, (uint64_t)st.st_size);
        return (r == 0 || r == -EINVAL) && ret_progress->n_entries == 0 ? -ENOEXEC : r;
}
