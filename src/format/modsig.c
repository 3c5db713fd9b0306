/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdint.h>

#include "format/modsig.h"
#include "format/pkcs7.h"
#include "util/cleanup.h"
#include "util/num.h"

#define MAGIC "~Module signature appended~\n"

/* struct module_signature of the kernel: signer's name, key and signature stand before it, the magic behind it. */
enum {
        AT_ALGO = 0, /* DSA or RSA */
        AT_HASH = 1,
        AT_ID = 2,
        AT_SIGNER_LEN = 3,
        AT_KEY_LEN = 4,
        AT_SIG_LEN = 8, /* 32 bits, most significant byte first */
        INFO_SIZE = 12,
};

static const char *const ids[] = { "PGP", "X509", "PKCS#7" };
static const char *const hashes[] = {
        "md4", "md5", "sha1", "rmd160", "sha256", "sha384", "sha512", "sha224", "sm3",
};

#define ID_PKCS7 2
#define ALGO_MAX 1

/* Against hostile files: many times what any algorithm or certificate needs. */
#define SIG_MAX  (1024 * 1024)

/* The struct, when there is one whose fields have a meaning. */
static int find_info(struct span tail, struct span *ret_info)
{
        struct span info;

        _Static_assert(TN_MODSIG_TAIL == INFO_SIZE + sizeof(MAGIC) - 1, "magic and struct");
        if (tail.len < TN_MODSIG_TAIL || !tn_span_ends(tail, SPAN(MAGIC)))
                return -ENODATA;
        info = tn_span_head(tn_span_skip(tail, tail.len - TN_MODSIG_TAIL), INFO_SIZE);
        if ((unsigned char)info.ptr[AT_ALGO] > ALGO_MAX ||
            (unsigned char)info.ptr[AT_HASH] >= ARRAY_SIZE(hashes) ||
            (unsigned char)info.ptr[AT_ID] >= ARRAY_SIZE(ids))
                return -ENODATA;
        *ret_info = info;
        return 0;
}

/* The length of what a byte of the struct counts, and of the signature. */
static uint64_t len_at(struct span info, size_t at)
{
        return at == AT_SIG_LEN ? tn_num_be32(info.ptr + at) : (unsigned char)info.ptr[at];
}

uint64_t tn_modsig_size(struct span tail)
{
        struct span info;

        if (find_info(tail, &info) < 0)
                return 0;
        return len_at(info, AT_SIGNER_LEN) + len_at(info, AT_KEY_LEN) + len_at(info, AT_SIG_LEN) +
               TN_MODSIG_TAIL;
}

/* OpenSSL's name of a digest is the kernel's in all but one case. */
static struct span kernel_hash(struct span name)
{
        return tn_span_eq(name, SPAN("ripemd160")) ? SPAN("rmd160") : name;
}

static int read_message(struct tn_arena *arena, struct tn_modsig *sig)
{
        struct tn_pkcs7 message;
        int r = tn_pkcs7_parse(sig->signature, arena, &message);

        if (r == -ENOMEM)
                return r;
        if (r < 0) {
                sig->signer = sig->key = SPAN("");
                sig->hash = SPAN("unknown");
                return 0;
        }
        sig->signer = message.issuer;
        sig->key = message.serial;
        sig->hash = kernel_hash(message.hash);
        sig->signature = message.signature;
        return 0;
}

static struct span take(struct span *rest, uint64_t len)
{
        struct span piece = tn_span_head(*rest, (size_t)len);

        *rest = tn_span_skip(*rest, piece.len);
        return piece;
}

int tn_modsig_parse(struct span module, struct tn_arena *arena, struct tn_modsig *ret_sig)
{
        uint64_t size = tn_modsig_size(module);
        struct span info, rest;
        struct tn_modsig sig;
        int r = 0;

        if (find_info(module, &info) < 0 || size > module.len || len_at(info, AT_SIG_LEN) == 0 ||
            len_at(info, AT_SIG_LEN) > SIG_MAX)
                return -ENODATA;
        rest = tn_span_skip(module, module.len - (size_t)size);
        sig.id = tn_span_of(ids[(unsigned char)info.ptr[AT_ID]]);
        sig.hash = tn_span_of(hashes[(unsigned char)info.ptr[AT_HASH]]);
        sig.signer = take(&rest, len_at(info, AT_SIGNER_LEN));
        sig.key = take(&rest, len_at(info, AT_KEY_LEN));
        sig.signature = take(&rest, len_at(info, AT_SIG_LEN));
        if (info.ptr[AT_ID] == ID_PKCS7)
                r = read_message(arena, &sig);
        if (r == 0)
                *ret_sig = sig;
        return r;
}
