/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <strings.h>

#include "tenon/image/newest.h"
#include "util/buf.h"
#include "util/cleanup.h"
#include "util/entries.h"
#include "util/file.h"

/*
 * Where images are. %r is the kernel's release, %f what is behind its last '-', %p the name of the kernel's package
 * (pkgbase in its module directory, as Arch has it), %t each of the names that kernel-install gives the entries of this
 * machine. A row with a word that is not known is passed over.
 */
static const char *const places[] = {
        "/boot/initrd.img-%r",    /* Debian */
        "/boot/initramfs-%r.img", /* Fedora, dracut, Gentoo, Void */
        "/boot/initrd-%r",        /* SUSE */
        "/boot/initrd-%r.img",
        "/boot/initramfs-%p.img",            /* Arch */
        "/boot/initramfs-%f",                /* Alpine */
        "/usr/lib/modules/%r/initramfs.img", /* ostree */
        "/usr/lib/modules/%r/initrd",
        "/efi/%t/%r/initrd", /* kernel-install, "bls" */
        "/boot/%t/%r/initrd",
        "/boot/efi/%t/%r/initrd",
        "/efi/EFI/Linux/%t-%r.efi", /* the same, "uki" */
        "/boot/EFI/Linux/%t-%r.efi",
        "/boot/efi/EFI/Linux/%t-%r.efi",
};

/* Most machines lack the first: then nothing below it is looked for; of the other one only what its list has. */
#define EFI  SPAN("/efi/")
#define BOOT SPAN("/boot/")

/* Files whose first line is %t. "Default" is what kernel-install takes without any. */
static const char *const tokens[] = { "/etc/kernel/entry-token", "/etc/machine-id", NULL };
#define TOKEN_NONE "Default"
#define WORD_MAX   256

struct search {
        const struct tn_dir *root;
        struct tn_image_files *files;
        struct span release, flavour;
        struct tn_buf package;
        struct tn_buf token; /* one of them */
        bool no_efi;
        bool has_boot;      /* the list is one */
        bool has_dirs;      /* there may be directories in it */
        struct tn_buf boot; /* the names in it, each with its NUL */
};

static void search_fini(struct search *search)
{
        tn_buf_fini(&search->package);
        tn_buf_fini(&search->token);
        tn_buf_fini(&search->boot);
}

/* The first line of a small file; nothing when it cannot be a part of a file's name. */
static void read_word(const struct tn_dir *root, const char *path, struct tn_buf *word)
{
        struct span line;

        if (tn_dir_read(root, path, WORD_MAX, word) < 0)
                tn_buf_reset(word);
        line = tn_span_head(tn_buf_span(word), tn_span_chr(tn_buf_span(word), '\n'));
        word->len = tn_span_trim(line).len == line.len && tn_span_is_printable(line) &&
                                    tn_span_chr(line, '/') == line.len
                            ? line.len
                            : 0;
}

static struct span word_of(const struct search *search, char letter)
{
        switch (letter) {
        case 'r': return search->release;
        case 'f': return search->flavour;
        case 'p': return tn_buf_span(&search->package);
        default: return tn_buf_span(&search->token);
        }
}

/* The path of a place; false without one of its words. */
static bool expand(const struct search *search, const char *place, struct tn_buf *path)
{
        for (const char *c = place; *c; c++) {
                struct span word;

                if (*c != '%') {
                        tn_buf_add_char(path, *c);
                        continue;
                }
                word = word_of(search, *++c);
                if (word.len == 0)
                        return false;
                tn_buf_add_span(path, word);
        }
        return true;
}

static bool is_there(const struct tn_image_files *files, const struct stat *st)
{
        const struct tn_image_file *file;

        tn_vec_each (file, files) {
                if (file->st.st_dev == st->st_dev && file->st.st_ino == st->st_ino)
                        return true;
        }
        return false;
}

static int note_hidden(struct tn_image_files *files, int err, struct tn_buf *path)
{
        if (files->hidden_err)
                return 0;
        files->hidden_path = tn_buf_take(path);
        if (!files->hidden_path)
                return -ENOMEM;
        files->hidden_err = err;
        return 0;
}

/* Looks at one path, and adds the file that is there. */
static int look(struct search *search, struct tn_buf *path)
{
        struct tn_image_file file = { .is_unified = tn_span_ends(tn_buf_span(path), SPAN(".efi")) };
        const char *name = tn_buf_str(path);
        int r = name ? tn_dir_stat(search->root, name, &file.st) : -ENOMEM;

        if (r == -ENOMEM)
                return r;
        if (r == -ENOENT || r == -ENOTDIR)
                return 0;
        if (r < 0)
                return note_hidden(search->files, r, path);
        if (!S_ISREG(file.st.st_mode) || is_there(search->files, &file.st))
                return 0;
        file.path = tn_buf_take(path);
        if (!file.path)
                return -ENOMEM;
        r = tn_vec_add(search->files, file);
        if (r < 0)
                free(file.path);
        return r;
}

/* Where it cannot be listed, each name is tried. */
static int list_boot(struct search *search)
{
        _cleanup_(closep) int fd = tn_dir_open(search->root, "/boot", O_RDONLY | O_DIRECTORY);
        _cleanup_(tn_entries_fini) struct tn_entries entries = { 0 };
        struct tn_entry entry;
        int r = fd < 0 ? fd : tn_entries_begin(&entries, fd);

        while (r >= 0 && (r = tn_entries_next(&entries, &entry)) > 0) {
                tn_buf_add(&search->boot, entry.name, strlen(entry.name) + 1);
                search->has_dirs |= entry.type != DT_REG;
        }
        search->has_boot = r == 0;
        return r == -ENOMEM ? r : tn_buf_error(&search->boot);
}

/* Many of these file systems do not care for case. */
static bool is_in_boot(const struct search *search, struct span path)
{
        struct span rest = tn_buf_span(&search->boot), first = tn_span_head(path, tn_span_chr(path, '/')),
                    name;

        while (tn_span_split(&rest, '\0', &name))
                if (name.len == first.len && strncasecmp(name.ptr, first.ptr, name.len) == 0)
                        return true;
        return false;
}

static bool is_absent(const struct search *search, struct span path)
{
        if (search->has_boot && tn_span_starts(path, BOOT))
                return !is_in_boot(search, tn_span_skip(path, BOOT.len));
        return search->no_efi && tn_span_starts(path, EFI);
}

static int look_everywhere(struct search *search, bool with_token)
{
        for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
                _cleanup_(tn_buf_fini) struct tn_buf path = { 0 };
                int r = 0;

                if (!!strstr(places[i], "%t") == with_token && expand(search, places[i], &path) &&
                    !is_absent(search, tn_buf_span(&path)))
                        r = look(search, &path);
                if (r < 0)
                        return r;
        }
        return 0;
}

static int look_by_token(struct search *search)
{
        struct stat st;
        int r = 0;

        search->no_efi = tn_dir_stat(search->root, EFI.ptr, &st) == -ENOENT;
        if (search->no_efi && search->has_boot && !search->has_dirs)
                return 0;
        for (size_t i = 0; r == 0 && i < ARRAY_SIZE(tokens); i++) {
                tn_buf_reset(&search->token);
                if (tokens[i])
                        read_word(search->root, tokens[i], &search->token);
                else
                        tn_buf_add_str(&search->token, TOKEN_NONE);
                r = look_everywhere(search, true);
        }
        return r;
}

static int by_time(const void *a, const void *b)
{
        const struct timespec *one = &((const struct tn_image_file *)a)->st.st_mtim;
        const struct timespec *other = &((const struct tn_image_file *)b)->st.st_mtim;

        if (one->tv_sec != other->tv_sec)
                return one->tv_sec < other->tv_sec ? 1 : -1;
        return (one->tv_nsec < other->tv_nsec) - (one->tv_nsec > other->tv_nsec);
}

int tn_image_newest(const struct tn_dir *root, const char *release, struct tn_image_files *ret_files)
{
        struct tn_image_files files = { 0 };
        _cleanup_(search_fini) struct search search = {
                .root = root,
                .files = &files,
                .release = tn_span_of(release),
        };
        _cleanup_(tn_buf_fini) struct tn_buf pkgbase = { 0 };
        size_t dash = tn_span_rchr(search.release, '-');
        int r = -ENOMEM;

        search.flavour = tn_span_skip(search.release, dash + 1);
        tn_buf_addf(&pkgbase, "/usr/lib/modules/%s/pkgbase", release);
        if (tn_buf_str(&pkgbase)) {
                read_word(root, pkgbase.ptr, &search.package);
                r = list_boot(&search);
        }
        if (r == 0)
                r = look_everywhere(&search, false);
        if (r == 0)
                r = look_by_token(&search);
        if (r < 0) {
                tn_image_files_fini(&files);
                return r;
        }
        if (files.n > 1)
                qsort(files.v, files.n, sizeof(*files.v), by_time);
        *ret_files = files;
        return 0;
}

void tn_image_files_fini(struct tn_image_files *files)
{
        struct tn_image_file *file;

        tn_vec_each (file, files)
                free(file->path);
        tn_vec_fini(files);
        free(files->hidden_path);
        *files = (struct tn_image_files){ 0 };
}
