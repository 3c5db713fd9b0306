/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "format/modname.h"
#include "tenon/image/path.h"
#include "util/cleanup.h"

/* Where files of a kind are. An image is made for some system, so all places count that a system may have. */
static const struct {
        struct span dir;
        enum tn_image_kind kind;
} places[] = {
        { { "etc/modprobe.d/", 15 }, TN_IMAGE_MODPROBE },
        { { "run/modprobe.d/", 15 }, TN_IMAGE_MODPROBE },
        { { "usr/local/lib/modprobe.d/", 25 }, TN_IMAGE_MODPROBE },
        { { "usr/lib/modprobe.d/", 19 }, TN_IMAGE_MODPROBE },
        { { "lib/modprobe.d/", 15 }, TN_IMAGE_MODPROBE },
        { { "etc/depmod.d/", 13 }, TN_IMAGE_DEPMOD },
        { { "run/depmod.d/", 13 }, TN_IMAGE_DEPMOD },
        { { "usr/local/lib/depmod.d/", 23 }, TN_IMAGE_DEPMOD },
        { { "usr/lib/depmod.d/", 17 }, TN_IMAGE_DEPMOD },
        { { "lib/depmod.d/", 13 }, TN_IMAGE_DEPMOD },
};

/* Without "/" and "./" in front, as archives of "find ." have them. */
static struct span clean(struct span name)
{
        for (;;) {
                if (tn_span_starts(name, SPAN("/")))
                        name = tn_span_skip(name, 1);
                else if (tn_span_starts(name, SPAN("./")))
                        name = tn_span_skip(name, 2);
                else
                        return name;
        }
}

static bool has_dots(struct span path)
{
        struct span piece;

        while (tn_span_split(&path, '/', &piece)) {
                if (piece.len == 0 || tn_span_eq(piece, SPAN(".")) || tn_span_eq(piece, SPAN("..")))
                        return true;
        }
        return false;
}

/* What is behind a module directory, "RELEASE/...". */
static bool parse_tree(struct span rest, struct tn_image_path *path)
{
        struct span release;

        if (!tn_span_split(&rest, '/', &release) || release.len == 0 || rest.len == 0)
                return false;
        path->release = release;
        path->rest = rest;
        path->kind = TN_IMAGE_MODULE;
        if (tn_modname_is_file(rest, NULL))
                return true;
        path->kind = TN_IMAGE_INDEX;
        return tn_span_starts(rest, SPAN("modules.")) && tn_span_chr(rest, '/') == rest.len;
}

/* Files that modprobe and depmod would read there. */
static bool parse_configuration(struct tn_image_path *path)
{
        if (tn_span_eq(path->path, SPAN("etc/modprobe.conf"))) {
                path->kind = TN_IMAGE_MODPROBE;
                path->rest = tn_span_base(path->path);
                return true;
        }
        for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
                struct span rest = tn_span_skip(path->path, places[i].dir.len);

                if (!tn_span_starts(path->path, places[i].dir))
                        continue;
                path->kind = places[i].kind;
                path->rest = rest;
                return tn_span_ends(rest, SPAN(".conf")) && rest.ptr[0] != '.' &&
                       tn_span_chr(rest, '/') == rest.len;
        }
        return false;
}

bool tn_image_path_parse(struct span name, struct tn_image_path *ret_path)
{
        struct tn_image_path path = { .path = clean(name) };
        struct span below = path.path;
        bool is_wanted;

        if (tn_span_starts(below, SPAN("usr/")))
                below = tn_span_skip(below, 4);
        if (tn_span_starts(below, SPAN("lib/modules/")))
                is_wanted = parse_tree(tn_span_skip(below, 12), &path);
        else
                is_wanted = parse_configuration(&path);
        if (!is_wanted || has_dots(path.path))
                return false;
        *ret_path = path;
        return true;
}
