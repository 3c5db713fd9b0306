/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "check.h"
#include "format/modsig.h"
#include "format/pkcs7.h"
#include "util/buf.h"
#include "util/cleanup.h"

#define MAGIC "~Module signature appended~\n"

/* A module with a signature appended; lens are what the struct says of what stands before it. */
static struct span sign(struct tn_buf *buf, struct span contents, const char *ids, unsigned char signer,
                        unsigned char key, uint32_t sig)
{
        tn_buf_add_str(buf, "\x7f"
                            "ELF and so on");
        tn_buf_add_span(buf, contents);
        tn_buf_add(buf, ids, 3);
        tn_buf_add_char(buf, (char)signer);
        tn_buf_add_char(buf, (char)key);
        tn_buf_add_span(buf, SPAN("\0\0\0"));
        for (int shift = 24; shift >= 0; shift -= 8)
                tn_buf_add_char(buf, (char)(sig >> shift));
        tn_buf_add_span(buf, SPAN(MAGIC));
        return tn_buf_span(buf);
}

static int parse(struct span contents, const char *ids, unsigned char signer, unsigned char key,
                 uint32_t size, struct tn_arena *arena, struct tn_modsig *sig)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        struct span module = sign(&buf, contents, ids, signer, key, size);

        /* in the arena, exactly as long as it is */
        module.ptr = tn_arena_dup(arena, module);
        return tn_modsig_parse(module, arena, sig);
}

CHECK(modsig_of_pgp_and_x509_is_byte_ranges)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        struct tn_modsig sig;

        assert_int_equal(parse(SPAN("A SignerKEYsignature"), "\1\4\0", 8, 3, 9, &arena, &sig), 0);
        assert_span(sig.id, "PGP");
        assert_span(sig.signer, "A Signer");
        assert_span(sig.key, "KEY");
        assert_span(sig.hash, "sha256");
        assert_span(sig.signature, "signature");
        assert_int_equal(parse(SPAN("x"), "\0\3\1", 0, 0, 1, &arena, &sig), 0);
        assert_span(sig.id, "X509");
        assert_span(sig.signer, "");
        assert_span(sig.key, "");
        assert_span(sig.hash, "rmd160");
        assert_span(sig.signature, "x");
}

CHECK(modsig_size_is_of_all_that_was_appended)
{
        _cleanup_(tn_buf_fini) struct tn_buf buf = { 0 };
        struct span module = sign(&buf, SPAN("A SignerKEYsignature"), "\1\4\0", 8, 3, 9);

        assert_int_equal(tn_modsig_size(module), 20 + TN_MODSIG_TAIL);
        assert_int_equal(tn_modsig_size(tn_span_skip(module, module.len - TN_MODSIG_TAIL)),
                         20 + TN_MODSIG_TAIL);
        assert_int_equal(tn_modsig_size(tn_span_skip(module, module.len - TN_MODSIG_TAIL + 1)), 0);
        assert_int_equal(tn_modsig_size(tn_span_head(module, module.len - 1)), 0);
        tn_buf_reset(&buf);
        assert_int_equal(tn_modsig_size(sign(&buf, SPAN(""), "\1\4\0", 255, 255, UINT32_MAX)),
                         (uint64_t)UINT32_MAX + 510 + TN_MODSIG_TAIL);
}

CHECK(modsig_that_makes_no_sense_is_none)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        struct tn_modsig sig = { .id = SPAN("as it was") };

        assert_int_equal(tn_modsig_parse(SPAN(""), &arena, &sig), -ENODATA);
        assert_int_equal(tn_modsig_parse(SPAN("\x7f"
                                              "ELF"),
                                         &arena, &sig),
                         -ENODATA);
        assert_int_equal(tn_modsig_parse(SPAN(MAGIC), &arena, &sig), -ENODATA);
        assert_int_equal(parse(SPAN("sig"), "\2\4\1", 0, 0, 3, &arena, &sig), -ENODATA);
        assert_int_equal(parse(SPAN("sig"), "\1\x9\1", 0, 0, 3, &arena, &sig), -ENODATA);
        assert_int_equal(parse(SPAN("sig"), "\1\4\3", 0, 0, 3, &arena, &sig), -ENODATA);
        assert_int_equal(parse(SPAN("sig"), "\xff\xff\xff", 0, 0, 3, &arena, &sig), -ENODATA);
        assert_int_equal(parse(SPAN("sig"), "\1\4\1", 0, 0, 0, &arena, &sig), -ENODATA);
        assert_int_equal(parse(SPAN("sig"), "\1\4\1", 255, 255, 3, &arena, &sig), -ENODATA);
        assert_int_equal(parse(SPAN("sig"), "\1\4\1", 0, 0, 1000, &arena, &sig), -ENODATA);
        assert_int_equal(parse(SPAN("sig"), "\1\4\1", 255, 255, UINT32_MAX, &arena, &sig), -ENODATA);
        assert_span(sig.id, "as it was");
}

CHECK(modsig_has_a_bound)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        size_t len = 1024 * 1024 + 1;
        struct span zeros = { tn_arena_alloc(&arena, len), len };
        struct tn_modsig sig;

        assert_int_equal(parse(zeros, "\1\4\1", 0, 0, (uint32_t)len - 1, &arena, &sig), 0);
        assert_int_equal(parse(zeros, "\1\4\1", 0, 0, (uint32_t)len, &arena, &sig), -ENODATA);
}

CHECK(modsig_may_be_all_there_is)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        struct tn_modsig sig;

        assert_int_equal(tn_modsig_parse(SPAN("s\1\4\1\0\0\0\0\0\0\0\0\1" MAGIC), &arena, &sig), 0);
        assert_span(sig.signature, "s");
}

/* DER for people: hexadecimal bytes, and TAG(contents) for an element. */
#define SIGNED_DATA "06(2a864886f70d010702)"
#define DATA        "06(2a864886f70d010701)"
#define RSA         "06(2a864886f70d010101)"
#define SHA256      "06(608648016503040201)"
#define RIPEMD160   "06(2b24030201)"
#define SHA3_256    "06(608648016503040208)"
#define NOBODYS     "06(2a0304)"
#define ORG(value)  "31(30( 06(55040a) 0c(" value ")))"
#define CN(value)   "31(30( 06(550403) 0c(" value ")))"

#define SIGNER(name, serial, hash)                                                                           \
        "30( 020101 30( 30(" name ") 02(" serial ")) 30(" hash ") 30(" RSA ") 04(5e5f) )"
#define MESSAGE(signers) "30(" SIGNED_DATA "a0( 30( 020101 31() 30(" DATA ") 31(" signers ") )))"

static const char *add_der(struct tn_buf *out, const char *text)
{
        static const char digits[] = "0123456789abcdef";

        while (*text && *text != ')') {
                _cleanup_(tn_buf_fini) struct tn_buf contents = { 0 };

                if (*text == ' ') {
                        text++;
                        continue;
                }
                tn_buf_add_char(out, (char)((strchr(digits, text[0]) - digits) << 4 |
                                            (strchr(digits, text[1]) - digits)));
                text += 2;
                if (*text != '(')
                        continue;
                text = add_der(&contents, text + 1) + 1;
                assert_in_range(contents.len, 0, 255);
                if (contents.len > 127)
                        tn_buf_add_char(out, '\x81');
                tn_buf_add_char(out, (char)contents.len);
                tn_buf_add_span(out, tn_buf_span(&contents));
        }
        return text;
}

/* Of a module with that PKCS#7 message; false when nothing here can read such a message. */
static bool parse_message(const char *text, struct tn_arena *arena, struct tn_modsig *sig)
{
        _cleanup_(tn_buf_fini) struct tn_buf message = { 0 };
        struct tn_pkcs7 unused;

        add_der(&message, text);
        assert_int_equal(parse(tn_buf_span(&message), "\0\0\2", 0, 0, (uint32_t)message.len, arena, sig), 0);
        assert_span(sig->id, "PKCS#7");
        return tn_pkcs7_parse(SPAN(""), arena, &unused) != -ENOSYS;
}

CHECK(modsig_of_pkcs7_is_what_the_message_says)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        struct tn_modsig sig;

        if (!parse_message(MESSAGE(SIGNER(ORG("4f") CN("416c") CN("426f"), "008001ff", SHA256)), &arena,
                           &sig))
                return;
        assert_span(sig.signer, "Al");
        assert_int_equal(sig.key.len, 3);
        assert_memory_equal(sig.key.ptr, "\x80\1\xff", 3);
        assert_span(sig.hash, "sha256");
        assert_span(sig.signature, "^_");
}

CHECK(modsig_of_pkcs7_without_common_name_has_the_last_attribute)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        struct tn_modsig sig;

        if (!parse_message(MESSAGE(SIGNER(ORG("4f") ORG("5052"), "00", SHA256)), &arena, &sig))
                return;
        assert_span(sig.signer, "PR");
        assert_span(sig.key, "");
        parse_message(MESSAGE(SIGNER("", "fb", SHA256)), &arena, &sig);
        assert_span(sig.signer, "");
        assert_span(sig.key, "\5"); /* -5 */
}

CHECK(modsig_of_pkcs7_has_the_first_signer)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        struct tn_modsig sig;

        if (!parse_message(MESSAGE(SIGNER(CN("41"), "01", SHA256) SIGNER(CN("42"), "02", SHA256)), &arena,
                           &sig))
                return;
        assert_span(sig.signer, "A");
        assert_span(sig.key, "\1");
}

CHECK(modsig_of_pkcs7_names_the_hash_as_the_kernel_does)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        struct tn_modsig sig;

        if (!parse_message(MESSAGE(SIGNER(CN("41"), "01", RIPEMD160)), &arena, &sig))
                return;
        assert_span(sig.hash, "rmd160");
        parse_message(MESSAGE(SIGNER(CN("41"), "01", SHA3_256)), &arena, &sig);
        assert_span(sig.hash, "sha3-256");
        parse_message(MESSAGE(SIGNER(CN("41"), "01", NOBODYS)), &arena, &sig);
        assert_span(sig.hash, "unknown");
        assert_span(sig.signer, "A");
}

CHECK(modsig_of_pkcs7_that_cannot_be_read_is_the_message)
{
        static const char *const bad[] = {
                "3000",
                "5e5f",
                "30(" DATA "a0(04(41)))",
                "30(" SIGNED_DATA ")",
                MESSAGE(""),
                /* as named by key id, in CMS */
                MESSAGE("30( 020103 80(4142) 30(" SHA256 ") 30(" RSA ") 04(5e5f) )"),
                MESSAGE("30( 020101 30( 30() 02(01)) 30(" SHA256 ") 30(" RSA ") )"),
        };
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        struct tn_modsig sig;

        for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
                _cleanup_(tn_buf_fini) struct tn_buf message = { 0 };

                add_der(&message, bad[i]);
                parse_message(bad[i], &arena, &sig);
                assert_span(sig.signer, "");
                assert_span(sig.key, "");
                assert_span(sig.hash, "unknown");
                assert_int_equal(sig.signature.len, message.len);
                assert_memory_equal(sig.signature.ptr, message.ptr, message.len);
        }
}

CHECK(modsig_of_pkcs7_may_be_cut_anywhere)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_buf_fini) struct tn_buf message = { 0 };
        struct tn_pkcs7 pkcs7;

        add_der(&message, MESSAGE(SIGNER(CN("41"), "01", SHA256)));
        for (size_t n = 0; n < message.len; n++) {
                struct span cut = { tn_arena_dup(&arena, tn_span_head(tn_buf_span(&message), n)), n };

                assert_true(tn_pkcs7_parse(cut, &arena, &pkcs7) < 0);
        }
}
