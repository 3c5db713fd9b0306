/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "check.h"
#include "core/detect.h"
#include "core/detect_name.h"
#include "util/cleanup.h"

#define ALL (~0u)

static const struct tn_evidence_tool modprobe = { "modprobe", "-d", "-S", "modprobe -a" };

/* A name that nothing is known of, in a directory with modules. */
static struct tn_evidence_name evidence_of(const char *asked, const char *name)
{
        return (struct tn_evidence_name){
                .parts = ALL,
                .tool = &modprobe,
                .asked = asked,
                .name = name,
                .dir = "/lib/modules/6.1",
                .version = "6.1",
                .release = "6.1",
                .dir_there = true,
                .base_there = true,
                .tree.has_files = true,
                .names = SPAN("vfat\0msdos\0snd_hda_intel\0xt_MARK\0r8169\0"),
        };
}

static void add_words(const struct tn_findings *findings, struct tn_buf *text)
{
        const struct tn_finding *finding;

        tn_vec_each (finding, &findings->list) {
                _cleanup_(tn_buf_fini) struct tn_buf argv = { 0 };
                struct span rest, word;

                tn_buf_addf(text, "%s%s: ", tn_finding_id(finding->code), finding->guess ? "?" : "");
                tn_finding_text(finding, text);
                tn_buf_add_str(text, "|");
                tn_finding_next(finding, text);
                tn_buf_add_str(text, "|");
                tn_finding_argv(finding, &argv);
                for (rest = tn_buf_span(&argv); tn_span_split(&rest, '\0', &word);)
                        tn_buf_addf(text, "<%.*s>", SPAN_FMT(word));
        }
}

static void assert_found(const struct tn_evidence_name *evidence, const char *expected)
{
        _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };
        unsigned wants;

        assert_int_equal(tn_detect_name(evidence, &findings, &wants), 0);
        assert_int_equal(wants, 0);
        add_words(&findings, &text);
        assert_string_equal(text.len ? tn_buf_str(&text) : "", expected);
}

CHECK(detect_name_finds_nothing_of_a_name_that_is_like_no_other)
{
        struct tn_evidence_name evidence = evidence_of("nix", "nix");

        assert_found(&evidence, "");
        evidence = evidence_of("", "");
        assert_found(&evidence, "");
}

CHECK(detect_name_asks_for_parts_one_after_another)
{
        _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };
        struct tn_evidence_name evidence = evidence_of("a\xe2\x80\x93z", "a");
        unsigned wants;

        evidence.parts = 0;
        assert_int_equal(tn_detect_name(&evidence, &findings, &wants), 0);
        assert_int_equal(findings.list.n, 1);
        assert_int_equal(wants, 0);
        evidence.asked = "az";
        assert_int_equal(tn_detect_name(&evidence, &findings, &wants), 0);
        assert_int_equal(wants, TN_EVIDENCE_NAME_HERE);
        evidence.parts = TN_EVIDENCE_NAME_HERE;
        assert_int_equal(tn_detect_name(&evidence, &findings, &wants), 0);
        assert_int_equal(wants, TN_EVIDENCE_NAME_DIR);
        assert_int_equal(findings.list.n, 1);
}

CHECK(detect_name_sees_typographic_signs)
{
        struct tn_evidence_name evidence = evidence_of("\xe2\x80\x93r", "");

        assert_found(&evidence, "name-typographic: \xe2\x80\x93r has a typographic dash in it, as word "
                                "processors make it|type -r|");
        evidence.asked = "snd\xe2\x88\x92x";
        assert_found(&evidence, "name-typographic: snd\xe2\x88\x92x has a typographic dash in it, as word "
                                "processors make it|type snd-x|");
        evidence.asked = "\xe2\x80\x9cvfat\xe2\x80\x9d";
        assert_found(&evidence, "name-typographic: \xe2\x80\x9cvfat\xe2\x80\x9d has a typographic quote in "
                                "it, as word processors make it|type vfat|");
        evidence.asked = "\xe2\x80\x8fnix"; /* another sign */
        assert_found(&evidence, "");
}

CHECK(detect_name_sees_a_file_of_the_working_directory)
{
        struct tn_evidence_name evidence = evidence_of("lkm", "lkm");

        evidence.here = "lkm.ko";
        assert_found(&evidence,
                     "name-is-file: lkm.ko is a file here, and a word without ./ is taken for a name|use "
                     "./lkm.ko|<modprobe><./lkm.ko>");
}

CHECK(detect_name_tells_directories_that_are_not_there_apart)
{
        struct tn_evidence_name evidence = evidence_of("vfat", "vfat");

        evidence.dir_there = false;
        assert_found(&evidence, "tree-missing: there are no modules for 6.1, the running kernel|install the "
                                "modules of 6.1|");
        evidence.others = SPAN("5.10 6.12");
        assert_found(&evidence, "tree-missing: there are no modules for 6.1, the running kernel; there are "
                                "for 5.10 6.12|install the modules of 6.1, or boot one of 5.10 6.12|");
        evidence.release = "6.13";
        assert_found(&evidence, "version-missing: there are no modules for 6.1; there are for 5.10 6.12||");
        evidence.others = SPAN("6.12");
        assert_found(&evidence,
                     "version-missing: there are no modules for 6.1; there are for 6.12|use -S 6.12|");
        evidence.release = "6.1";
        evidence.base = "/img";
        assert_found(&evidence,
                     "version-missing: there are no modules for 6.1; there are for 6.12|use -S 6.12|");
        evidence.base_there = false;
        assert_found(&evidence, "base-missing: there is no directory /img||");
        evidence.twice = "/my";
        evidence.base = "/my/lib/modules";
        assert_found(&evidence, "base-twice: -d takes the directory above lib/modules, and /my/lib/modules "
                                "is another|use -d /my|<modprobe><-d></my><vfat>");
}

CHECK(detect_name_sees_what_no_index_has)
{
        struct tn_evidence_name evidence = evidence_of("a", "a");

        evidence.tree.file = "x/a.ko";
        assert_found(&evidence,
                     "index-stale: x/a.ko is there, and no index knows it|run depmod 6.1|<depmod><6.1>");
        evidence.base = "/img";
        assert_found(&evidence, "index-stale: x/a.ko is there, and no index knows it|run depmod -b /img "
                                "6.1|<depmod><-b/img><6.1>");
        evidence.tree.excluded = "x";
        evidence.tree.conf = "/d.conf";
        evidence.tree.line = 3;
        assert_found(&evidence, "file-left-out: x/a.ko is there, and depmod leaves it out: its configuration "
                                "excludes it (/d.conf line 3 has 'x')|take 'x' out of /d.conf line 3, and "
                                "run depmod|");
        evidence.asked = "vfat.x";
        evidence.name = "vfat"; /* which the index has */
        assert_found(&evidence,
                     "name-nearest: there is no vfat.x; the nearest name is vfat|try vfat|<modprobe><vfat>");
        evidence.tree.file = NULL;
        evidence.tree.has_files = false;
        assert_found(&evidence, "tree-empty: there are no modules in /lib/modules/6.1|install the modules "
                                "of 6.1|");
}

CHECK(detect_name_knows_what_the_file_is_that_no_index_has)
{
        struct tn_evidence_name evidence = evidence_of("a", "a");

        evidence.tree = (struct tn_evidence_tree){ .has_files = true,
                                                   .file = "x/a.ko.bz2",
                                                   .is_odd = true,
                                                   .contents = { .path = "/m/x/a.ko.bz2",
                                                                 .name = "a",
                                                                 .head = SPAN("BZh9"),
                                                                 .file_size = 4,
                                                                 .facts_err = -ENOEXEC } };
        assert_found(&evidence,
                     "compression-unknown: /m/x/a.ko.bz2 is compressed with bzip2, which neither the kernel "
                     "nor this program can decompress|decompress it, or compress it with xz, zstd or gzip|");
        evidence.tree.contents.facts_err = 0;
        assert_found(&evidence, "file-left-out: x/a.ko.bz2 is there, and depmod leaves it out: its name is "
                                "not that of a module||");
        evidence.tree = (struct tn_evidence_tree){
                .has_files = true,
                .file = "x/a.ko",
                .contents = { .path = "/m/x/a.ko", .link = { "b.ko", true }, .file_err = -ENOENT }
        };
        assert_found(
                &evidence,
                "link-broken: /m/x/a.ko is a symbolic link to b.ko, which is not there; a relative "
                "link starts at /m/x/|make it again: ln -sfr b.ko /m/x/a.ko|<ln><-sfr><b.ko></m/x/a.ko>");
        evidence.asked = "a:b";
        evidence.name = "a:b";
        evidence.tree.contents = (struct tn_evidence){ 0 };
        assert_found(&evidence, "file-left-out: x/a.ko is there, and depmod leaves it out: no module can be "
                                "asked for by its name||");
}

CHECK(detect_name_sees_that_there_is_no_index_of_aliases)
{
        struct tn_evidence_name evidence = evidence_of("pci:1", "pci:1");

        evidence.aliases_err = -EIO;
        assert_found(&evidence, "");
        evidence.aliases_err = -EACCES;
        assert_found(&evidence,
                     "index-unreadable?: it may be that pci:1 is an alias: this user may not read the "
                     "index of aliases in /lib/modules/6.1|run depmod as root, with umask 022|");
        evidence.aliases_err = -EINVAL;
        assert_found(&evidence, "index-damaged?: it may be that pci:1 is an alias: the index of aliases in "
                                "/lib/modules/6.1 is damaged|run depmod 6.1|<depmod><6.1>");
        evidence.aliases_err = -ENOENT;
        assert_found(&evidence, "index-missing?: it may be that pci:1 is an alias: there is no index of "
                                "aliases in /lib/modules/6.1|run depmod 6.1|<depmod><6.1>");
}

CHECK(detect_name_sees_two_names_in_one_word)
{
        struct tn_evidence_name evidence = evidence_of(" vfat  msdos.ko ", "_vfat__msdos");

        assert_found(&evidence, "name-joined: ' vfat  msdos.ko ' is given as one word, and it is two: "
                                "vfat and msdos|use modprobe -a vfat msdos|<modprobe><-a><vfat><msdos>");
        evidence.asked = "vfat,msdos";
        assert_found(&evidence, "name-joined: 'vfat,msdos' is given as one word, and it is two: vfat and "
                                "msdos|use modprobe -a vfat msdos|<modprobe><-a><vfat><msdos>");
        evidence.asked = "vfat a=1";
        assert_found(&evidence, "name-joined: 'vfat a=1' is given as one word, and it is two: vfat and "
                                "a=1|use modprobe vfat a=1|<modprobe><vfat><a=1>");
        evidence.asked = " vfat";
        assert_found(&evidence,
                     "name-nearest: there is no  vfat; the nearest name is vfat|try vfat|<modprobe><vfat>");
        evidence.asked = "nix vfat";
        assert_found(&evidence, "");
        evidence.asked = "vfat nix";
        assert_found(&evidence, "");
        evidence.asked = "vfat msdos vfat";
        assert_found(&evidence, "");
}

CHECK(detect_name_sees_a_suffix_or_another_case)
{
        struct tn_evidence_name evidence = evidence_of("vfat.ko.xz", "vfat");

        assert_found(&evidence, "name-suffix: vfat.ko.xz is the name of a file; the module is vfat|give "
                                "the name alone: vfat|<modprobe><vfat>");
        evidence.asked = "kernel/fs/vfat";
        evidence.name = "kernel/fs/vfat";
        assert_found(&evidence, "name-suffix: kernel/fs/vfat is the name of a file; the module is vfat|give "
                                "the name alone: vfat|<modprobe><vfat>");
        evidence.asked = "kernel/fs/nix";
        assert_found(&evidence, "");
        evidence = evidence_of("xt-mark", "xt_mark");
        assert_found(&evidence, "name-case: names are told apart by case; there is xt_MARK|try xt_MARK|"
                                "<modprobe><xt_MARK>");
}

CHECK(detect_name_sees_configuration_that_is_not_read)
{
        struct tn_evidence_name evidence = evidence_of("my-alias", "my_alias");

        evidence.stray = "/etc/modprobe.d/mine";
        assert_found(&evidence,
                     "config-suffix: /etc/modprobe.d/mine has an alias my-alias, and is not read: its "
                     "name does not end in .conf|rename it: mv /etc/modprobe.d/mine "
                     "/etc/modprobe.d/mine.conf|<mv></etc/modprobe.d/mine></etc/modprobe.d/"
                     "mine.conf>");
}

CHECK(detect_name_sees_other_kernels_that_have_it)
{
        struct tn_evidence_name evidence = evidence_of("minix", "minix");

        evidence.elsewhere = SPAN("6.12");
        assert_found(&evidence, "other-kernel: minix is there for 6.12 only, and 6.1 is running|boot 6.12, "
                                "or install minix for 6.1|");
        evidence.base = "/img";
        assert_found(&evidence, "other-kernel: minix is there for 6.12 only||");
}

CHECK(detect_name_offers_the_nearest_name)
{
        struct tn_evidence_name evidence = evidence_of("snd-hda-intle", "snd_hda_intle");

        assert_found(&evidence, "name-nearest: there is no snd-hda-intle; the nearest name is "
                                "snd_hda_intel|try snd_hda_intel|<modprobe><snd_hda_intel>");
}

static void assert_nearest(struct span names, struct span name, const char *expected)
{
        const char *like = tn_detect_like_nearest(names, name);

        assert_string_equal(like ? like : "", expected);
}

CHECK(detect_like_bounds_how_far_a_name_may_be)
{
        static const struct span names = SPAN("vfat\0tun\0minix\0snd_hda_intel\0r8169\0loop\0bridge\0");

        assert_nearest(names, SPAN("vfta"), "vfat");
        assert_nearest(names, SPAN("vvfat"), "vfat");
        assert_nearest(names, SPAN("fvat"), "vfat");
        assert_nearest(names, SPAN("minx"), "minix");
        assert_nearest(names, SPAN("mini"), "minix");
        assert_nearest(names, SPAN("min"), "");
        assert_nearest(names, SPAN("mnx"), "");
        assert_nearest(names, SPAN("xfat"), ""); /* the first letter */
        assert_nearest(names, SPAN("vfax"), ""); /* another letter in a short name */
        assert_nearest(names, SPAN("vfatt"), "vfat");
        assert_nearest(names, SPAN("minax"), "minix");
        assert_nearest(names, SPAN("tung"), "");  /* too short a name */
        assert_nearest(names, SPAN("r8168"), ""); /* a digit */
        assert_nearest(names, SPAN("r816"), "");
        assert_nearest(names, SPAN("snd_hda_intl"), "snd_hda_intel");
        assert_nearest(names, SPAN("snd_had_itnel"), "snd_hda_intel");
        assert_nearest(names, SPAN("snd_had_itnle"), "");
        assert_nearest(names, SPAN("bredge"), "bridge");
        assert_nearest(names, SPAN("bredje"), "");
}

CHECK(detect_like_offers_none_of_two_that_are_equally_near)
{
        assert_nearest(SPAN("mac_a\0mac_b\0"), SPAN("mac_c"), "");
        assert_nearest(SPAN("mac_a\0mac_b\0mac_c\0"), SPAN("mac_c"), "mac_c");
        assert_nearest(SPAN("loopy\0loopy\0"), SPAN("lopy"), "loopy");
}

static void assert_link(const char *path, struct tn_evidence_link link, int err, const char *expected)
{
        _cleanup_(tn_findings_fini) struct tn_findings findings = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf text = { 0 };

        assert_int_equal(tn_detect_link(path, &link, err, &findings), 0);
        add_words(&findings, &text);
        assert_string_equal(text.len ? tn_buf_str(&text) : "", expected);
}

CHECK(detect_link_says_where_it_leads)
{
        assert_link("/m/a.ko", (struct tn_evidence_link){ "/m/a\033.ko", false }, -ELOOP,
                    "link-loop: /m/a.ko is a symbolic link to /m/a\\x1b.ko, which leads back to it||");
        assert_link("/m/a.ko", (struct tn_evidence_link){ "a.ko", true }, -ELOOP,
                    "link-loop: /m/a.ko is a symbolic link to a.ko, which leads back to it; a relative link "
                    "starts at /m/|make it again: ln -sfr a.ko /m/a.ko|<ln><-sfr><a.ko></m/a.ko>");
        assert_link("a.ko", (struct tn_evidence_link){ "b/a.ko", false }, -ENOENT,
                    "link-broken: a.ko is a symbolic link to b/a.ko, which is not there; a relative link "
                    "starts at .||");
        assert_link("a.ko", (struct tn_evidence_link){ "b.ko", false }, -EACCES, "");
        assert_link("a.ko", (struct tn_evidence_link){ 0 }, -ENOENT, "");
}
