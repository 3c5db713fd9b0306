/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <elf.h>
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "mkelf.h"
#include "util/cleanup.h"
#include "util/file.h"
#include "util/num.h"

/*
 * Writes a module object for tests. It says what it is told to say and cannot be loaded. The order of the options is
 * the order within the object; --class, --big and --stripped may stand anywhere.
 */
static const char help[] = "usage: mkmod -o FILE [OPTION]...\n"
                           "  --class 32|64        of the object (64)\n"
                           "  --big                most significant byte first\n"
                           "  --stripped           no symbol table\n"
                           "  --name NAME          the module's name\n"
                           "  --info KEY=VALUE     an entry of .modinfo\n"
                           "  --export SYM[=CRC]   an exported symbol, its CRC an absolute symbol\n"
                           "  --export-in SYM=CRC  the same, its CRC a word in a section\n"
                           "  --need SYM[=CRC]     an undefined symbol and its version\n"
                           "  --weak SYM[=CRC]     the same, weak\n"
                           "  --version SYM=CRC    a version only\n"
                           "  --version-ext SYM=CRC  an extended version only\n"
                           "  --aliases N=LEN      N aliases of LEN bytes\n"
                           "  --data LEN           a section of LEN zeros, which compresses to nothing\n"
                           "CRCs are hexadecimal.\n";

enum {
        OUT = 'o',
        CLASS = 256,
        BIG,
        STRIPPED,
        NAME,
        INFO,
        EXPORT,
        EXPORT_IN,
        NEED,
        WEAK,
        VERSION,
        VERSION_EXT,
        ALIASES,
        DATA,
        HELP
};

static const struct option options[] = {
        { "aliases", required_argument, NULL, ALIASES },
        { "big", no_argument, NULL, BIG },
        { "class", required_argument, NULL, CLASS },
        { "data", required_argument, NULL, DATA },
        { "export", required_argument, NULL, EXPORT },
        { "export-in", required_argument, NULL, EXPORT_IN },
        { "help", no_argument, NULL, HELP },
        { "info", required_argument, NULL, INFO },
        { "name", required_argument, NULL, NAME },
        { "need", required_argument, NULL, NEED },
        { "stripped", no_argument, NULL, STRIPPED },
        { "version", required_argument, NULL, VERSION },
        { "version-ext", required_argument, NULL, VERSION_EXT },
        { "weak", required_argument, NULL, WEAK },
        { 0 },
};

static void die(const char *what, const char *arg)
{
        fprintf(stderr, "mkmod: %s: %s\n", what, arg);
        exit(2);
}

/* Cuts "=CRC" off a symbol. False when there is none. */
static bool cut_crc(char *sym, uint64_t *ret_crc)
{
        char *eq = strchr(sym, '=');

        if (!eq)
                return false;
        *eq = '\0';
        if (tn_num_parse(tn_span_of(eq + 1), 16, ret_crc) < 0)
                die("not a hexadecimal number", eq + 1);
        return true;
}

static void add_export(struct mkelf *elf, char *sym, bool in_section)
{
        uint64_t crc;

        if (!cut_crc(sym, &crc))
                mkelf_export(elf, sym);
        else if (in_section)
                mkelf_export_section(elf, sym, (uint32_t)crc);
        else
                mkelf_export_crc(elf, sym, (uint32_t)crc);
}

static void add_need(struct mkelf *elf, char *sym, bool weak)
{
        uint64_t crc;

        if (cut_crc(sym, &crc))
                mkelf_version(elf, sym, crc);
        mkelf_need(elf, sym, weak);
}

static void add_version(struct mkelf *elf, char *sym, bool extended)
{
        uint64_t crc;

        if (!cut_crc(sym, &crc))
                die("no CRC", sym);
        if (extended)
                mkelf_version_ext(elf, sym, (uint32_t)crc);
        else
                mkelf_version(elf, sym, crc);
}

static size_t parse_size(struct span text)
{
        uint64_t size;

        if (tn_num_parse(text, 10, &size) < 0 || size > SIZE_MAX)
                die("not a number", text.ptr);
        return (size_t)size;
}

static char *make_room(size_t len)
{
        char *room = calloc(len + 1, 1);

        if (!room)
                die("no memory for", "a text");
        return room;
}

/* Numbered, so that no two are the same. */
static void add_aliases(struct mkelf *elf, const char *arg)
{
        struct span count = tn_span_head(tn_span_of(arg), tn_span_chr(tn_span_of(arg), '='));
        size_t n = parse_size(count), len = parse_size(tn_span_skip(tn_span_of(arg), count.len + 1));
        _cleanup_(freep) char *entry = make_room(len + 40);

        for (size_t i = 0; i < n; i++) {
                int used = sprintf(entry, "alias=%zu-", i);

                memset(entry + used, 'y',
                       len + strlen("alias=") > (size_t)used ? len + strlen("alias=") - (size_t)used : 0);
                mkelf_info(elf, entry);
        }
}

/* The object borrows it. */
static char *data;

static void add_data(struct mkelf *elf, const char *arg)
{
        size_t len = parse_size(tn_span_of(arg));

        if (data)
                die("only one --data", arg);
        data = make_room(len);
        mkelf_section(elf, ".data", SHT_PROGBITS, (struct span){ data, len });
}

static void add_content(struct mkelf *elf, int opt, char *arg)
{
        switch (opt) {
        case NAME: mkelf_name(elf, arg); break;
        case INFO: mkelf_info(elf, arg); break;
        case EXPORT:
        case EXPORT_IN: add_export(elf, arg, opt == EXPORT_IN); break;
        case NEED:
        case WEAK: add_need(elf, arg, opt == WEAK); break;
        case VERSION:
        case VERSION_EXT: add_version(elf, arg, opt == VERSION_EXT); break;
        case ALIASES: add_aliases(elf, arg); break;
        case DATA: add_data(elf, arg); break;
        default: break;
        }
}

static int write_file(const char *path, struct span bytes)
{
        _cleanup_(fclosep) FILE *f = fopen(path, "we");

        if (!f || fwrite(bytes.ptr, 1, bytes.len, f) != bytes.len || fflush(f) != 0)
                return -errno;
        return 0;
}

int main(int argc, char **argv)
{
        _cleanup_(mkelf_fini) struct mkelf elf = { 0 };
        bool is64 = true, big = false, stripped = false;
        const char *out = NULL;
        int opt, r;

        /* the shape of the object first: what is added depends on it */
        while ((opt = getopt_long(argc, argv, "o:", options, NULL)) != -1) {
                switch (opt) {
                case OUT: out = optarg; break;
                case CLASS: is64 = strcmp(optarg, "32") != 0; break;
                case BIG: big = true; break;
                case STRIPPED: stripped = true; break;
                case HELP: fputs(help, stdout); return 0;
                case '?': return 2;
                default: break;
                }
        }
        if (!out || optind < argc) {
                fputs(help, stderr);
                return 2;
        }
        elf = mkelf_of(is64, big);
        elf.stripped = stripped;
        optind = 1;
        while ((opt = getopt_long(argc, argv, "o:", options, NULL)) != -1)
                add_content(&elf, opt, optarg);
        r = write_file(out, mkelf_span(&elf));
        if (r < 0)
                die(out, strerror(-r));
        return 0;
}
