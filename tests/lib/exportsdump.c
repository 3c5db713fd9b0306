/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/exports.h"
#include "util/cleanup.h"

/*
 * exportsdump DIR <NAMES: prints what the kernel of the module directory DIR exports of the names, a line each; first
 * where that is from:
 *
 *     from symvers|image|modules FILE
 *     NAME CRC OWNER gpl|all|unknown NAMESPACE
 *     NAME nobody|untold
 */
static void print(struct tn_exports *exports, const char *name)
{
        struct tn_export export;
        int r = tn_exports_find(exports, tn_span_of(name), &export);
        const char *who;

        if (r < 0) {
                printf("%s %s\n", name, r == -ENOENT ? "nobody" : r == -ENODATA ? "untold" : strerror(-r));
                return;
        }
        who = !export.has_rules ? "unknown" : export.gpl_only ? "gpl" : "all";
        printf("%s 0x%08x %s %s %.*s\n", name, export.has_crc ? export.crc : 0, export.owner, who,
               SPAN_FMT(export.space));
}

int main(int argc, char *argv[])
{
        static const char *const sources[] = { "symvers", "image", "modules" };
        _cleanup_(tn_catalog_closep) struct tn_catalog *catalog = NULL;
        _cleanup_(tn_exports_closep) struct tn_exports *exports = NULL;
        struct tn_exports_from from = { 0 };
        char name[4096];
        struct tn_dir dir;

        if (argc != 2)
                return 2;
        dir = tn_dir_at(argv[1]);
        if (tn_catalog_open(&dir, &catalog) < 0)
                return 1;
        from.catalog = catalog;
        from.release = tn_span_base(tn_span_of(argv[1])).ptr;
        if (tn_exports_open(&from, &exports) < 0)
                return 1;
        printf("from %s %s\n", sources[tn_exports_source(exports)],
               tn_exports_path(exports) ? tn_exports_path(exports) : "");
        while (scanf("%4095s", name) == 1)
                print(exports, name);
        return 0;
}
