/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <elf.h>
#include <errno.h>

#include "core/detect.h"
#include "format/codec.h"
#include "util/cleanup.h"

/* What a file can be taken for by its first bytes. */
static const struct {
        struct span magic;
        const char *what;
        bool compressed; /* in a way that nobody here decompresses */
} kinds[] = {
        { SPAN("\x04\x22\x4d\x18"), "lz4", true },
        { SPAN("\x02\x21\x4c\x18"), "lz4", true },
        { SPAN("BZh"), "bzip2", true },
        { SPAN("\x5d\0\0"), "lzma", true },
        { SPAN("\x89LZO"), "lzop", true },
        { SPAN("<!DOCTYPE"), "an HTML page", false },
        { SPAN("<!doctype"), "an HTML page", false },
        { SPAN("<html"), "an HTML page", false },
        { SPAN("<?xml"), "an XML document", false },
        { SPAN("#!"), "a script", false },
        { SPAN("PK\x03\x04"), "a zip archive", false },
        { SPAN("!<arch>"), "an ar archive, as packages of Debian are", false },
        { SPAN("\xed\xab\xee\xdb"), "an RPM package", false },
        { SPAN("~Module signature appended~"), "a signature without its module", false },
        { SPAN("\x30\x82"), "a signature, a certificate or a key (DER)", false },
        { SPAN("-----BEGIN "), "a signature, a certificate or a key (PEM)", false },
};

/* The package that brings the library of a codec. */
static const struct {
        const struct tn_codec *codec;
        const char *package;
} packages[] = {
        { &tn_codec_xz, "liblzma5 (Debian) or xz-libs (Fedora)" },
        { &tn_codec_zst, "libzstd1 (Debian) or libzstd (Fedora)" },
        { &tn_codec_gz, "libdeflate0 (Debian) or libdeflate (Fedora)" },
};

static int add(const struct tn_evidence *evidence, struct tn_finding finding, struct tn_findings *findings)
{
        finding.name = evidence->name;
        finding.path = evidence->path;
        return tn_findings_add(findings, finding);
}

/* Of what comes out nothing is kept. */
static int explain_packed(const struct tn_evidence *evidence, const struct tn_codec *codec,
                          struct tn_findings *findings)
{
        _cleanup_(tn_buf_fini) struct tn_buf what = { 0 };
        struct tn_finding finding = { .code = TN_FINDING_FILE_NOT_ELF };

        tn_buf_addf(&what, "something else, compressed with %s", codec->name);
        finding.value = tn_buf_str(&what);
        return finding.value ? add(evidence, finding, findings) : -ENOMEM;
}

/* A build without a codec opens no library for it. */
static int explain_codec(const struct tn_evidence *evidence, const struct tn_codec *codec,
                         struct tn_findings *findings)
{
        struct tn_finding finding = { .code = TN_FINDING_FILE_TRUNCATED, .subject = codec->name };

        if (evidence->facts_err == -EINVAL)
                return add(evidence, finding, findings);
        if (evidence->facts_err == -ENOEXEC)
                return explain_packed(evidence, codec, findings);
        if (evidence->facts_err != -ENOSYS)
                return 0;
        finding.code = *codec->library ? TN_FINDING_COMPRESSION_LIBRARY : TN_FINDING_COMPRESSION_UNKNOWN;
        finding.other = codec->library;
        for (size_t i = 0; i < ARRAY_SIZE(packages); i++)
                if (codec == packages[i].codec)
                        finding.value = packages[i].package;
        return add(evidence, finding, findings);
}

static int explain_other(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        struct tn_finding finding = { .code = TN_FINDING_FILE_NOT_ELF, .value = "something else" };

        for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
                if (!tn_span_starts(evidence->head, kinds[i].magic))
                        continue;
                finding.value = kinds[i].what;
                if (kinds[i].compressed) {
                        finding.code = TN_FINDING_COMPRESSION_UNKNOWN;
                        finding.subject = kinds[i].what;
                }
                return add(evidence, finding, findings);
        }
        if (evidence->signed_end)
                finding.value = "the end of a signed module";
        else if (tn_span_is_printable(tn_span_head(evidence->head, tn_span_chr(evidence->head, '\n'))))
                finding.value = "text";
        return add(evidence, finding, findings);
}

/* What could be opened, and is not to be read. */
static int explain_kind(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        struct tn_finding finding = { .code = TN_FINDING_FILE_NOT_ELF, .value = "a directory" };

        if (evidence->file_err == -EINVAL)
                finding.value = "a pipe, a socket or a device";
        else if (evidence->file_err != -EISDIR)
                return 0;
        return add(evidence, finding, findings);
}

int tn_detect_file(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        const struct tn_codec *codec = tn_codec_find(evidence->head);

        if (evidence->file_err < 0)
                return explain_kind(evidence, findings);
        if (evidence->file_size == 0)
                return add(evidence, (struct tn_finding){ TN_FINDING_FILE_EMPTY }, findings);
        if (codec)
                return explain_codec(evidence, codec, findings);
        if (!tn_span_starts(evidence->head, SPAN(ELFMAG)))
                return explain_other(evidence, findings);
        if (evidence->facts_err == -EINVAL)
                return add(evidence, (struct tn_finding){ TN_FINDING_FILE_TRUNCATED }, findings);
        return 0;
}

int tn_detect_link(const char *where, const struct tn_evidence_link *link, int err,
                   struct tn_findings *findings)
{
        struct span path = tn_span_of(where);
        _cleanup_(freep) char *dir = tn_span_dup(tn_span_head(path, path.len - tn_span_base(path).len));
        bool relative = link->text && link->text[0] != '/';

        if (!link->text || (err != -ELOOP && err != -ENOENT))
                return 0;
        if (!dir)
                return -ENOMEM;
        return tn_findings_add(findings,
                               (struct tn_finding){
                                       .code = err == -ELOOP ? TN_FINDING_LINK_LOOP : TN_FINDING_LINK_BROKEN,
                                       .path = where,
                                       .subject = link->text,
                                       .other = !relative ? NULL
                                                : *dir    ? dir
                                                          : ".",
                                       .value = relative && link->is_here ? link->text : NULL,
                               });
}

int tn_detect_no_file(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        if (evidence->link.text)
                return tn_detect_link(evidence->path, &evidence->link, evidence->file_err, findings);
        if (evidence->file_err == -ENOENT)
                return add(evidence, (struct tn_finding){ TN_FINDING_FILE_MISSING }, findings);
        if (evidence->file_err < 0)
                return add(evidence,
                           (struct tn_finding){ TN_FINDING_FILE_UNREADABLE,
                                                .value = strerror(-evidence->file_err) },
                           findings);
        return 0;
}

int tn_detect_unread(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        size_t before = findings->list.n;
        int r = evidence->facts_err < 0 ? tn_detect_file(evidence, findings) : 0;

        return r < 0 || findings->list.n > before ? r : tn_detect_no_file(evidence, findings);
}

static const char *machine_of(uint16_t machine)
{
        static const struct {
                uint16_t machine;
                const char *name;
        } names[] = {
                { EM_386, "i386" },
                { EM_X86_64, "x86-64" },
                { EM_ARM, "ARM" },
                { EM_AARCH64, "ARM64" },
                { EM_PPC, "PowerPC" },
                { EM_PPC64, "PowerPC64" },
                { EM_S390, "s390" },
                { EM_RISCV, "RISC-V" },
                { EM_MIPS, "MIPS" },
                { EM_SPARCV9, "SPARC" },
                { 258 /* newer than some elf.h */, "LoongArch" },
        };

        for (size_t i = 0; i < ARRAY_SIZE(names); i++)
                if (names[i].machine == machine)
                        return names[i].name;
        return "another machine";
}

/* "i386 (32-bit)": that the kernel is another is said where it is. */
static int explain_machine(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        const struct tn_facts_elf *module = &evidence->facts.elf, *kernel = &evidence->kernel_elf;
        bool same = module->is64 == kernel->is64;
        _cleanup_(tn_buf_fini) struct tn_buf words = { 0 };
        struct tn_finding finding = { .code = TN_FINDING_ELF_MACHINE };

        tn_buf_addf(&words, "%s%s", machine_of(module->machine),
                    same           ? ""
                    : module->is64 ? " (64-bit)"
                                   : " (32-bit)");
        finding.subject = tn_buf_str(&words);
        finding.other = machine_of(kernel->machine);
        return finding.subject ? add(evidence, finding, findings) : -ENOMEM;
}

int tn_detect_elf(const struct tn_evidence *evidence, struct tn_findings *findings)
{
        const struct tn_facts_elf *module = &evidence->facts.elf, *kernel = &evidence->kernel_elf;
        struct tn_finding finding = { .code = TN_FINDING_ELF_MACHINE };

        if (module->machine != kernel->machine || module->big_endian != kernel->big_endian) {
                return explain_machine(evidence, findings);
        }
        if (module->is64 == kernel->is64)
                return 0;
        finding.code = TN_FINDING_ELF_CLASS;
        finding.subject = module->is64 ? "64-bit" : "32-bit";
        finding.other = kernel->is64 ? "64-bit" : "32-bit";
        return add(evidence, finding, findings);
}
