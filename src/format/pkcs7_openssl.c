/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/pkcs7.h>
#include <openssl/x509.h>

#include "format/pkcs7.h"
#include "util/cleanup.h"
#include "util/dl.h"

#define SONAME "libcrypto.so.3"

#define FUNCTIONS(X)                                                                                         \
        X(string_data, ASN1_STRING_get0_data)                                                                \
        X(string_length, ASN1_STRING_length)                                                                 \
        X(clear_error, ERR_clear_error)                                                                      \
        X(nid_name, OBJ_nid2ln)                                                                              \
        X(object_nid, OBJ_obj2nid)                                                                           \
        X(stack_value, OPENSSL_sk_value)                                                                     \
        X(free, PKCS7_free)                                                                                  \
        X(signers, PKCS7_get_signer_info)                                                                    \
        X(attribute_data, X509_NAME_ENTRY_get_data)                                                          \
        X(name_count, X509_NAME_entry_count)                                                                 \
        X(name_attribute, X509_NAME_get_entry)                                                               \
        X(name_index, X509_NAME_get_index_by_NID)                                                            \
        X(decode, d2i_PKCS7)

TN_DL_LIBRARY(SONAME, FUNCTIONS);
TN_DL_NOTE(SONAME, "openssl", "suggested", "signatures of modules");

static void freep_pkcs7(PKCS7 **pkcs7)
{
        lib.free(*pkcs7);
}

/* The bytes of a string or of a number's magnitude. */
static struct span bytes_of(const ASN1_STRING *str)
{
        int len = str ? lib.string_length(str) : 0;

        return len > 0 ? (struct span){ (const char *)lib.string_data(str), (size_t)len } : SPAN("");
}

static struct span without_zeros(struct span s)
{
        while (s.len && s.ptr[0] == '\0')
                s = tn_span_skip(s, 1);
        return s;
}

static struct span name_of(const X509_NAME *name)
{
        int at = lib.name_index(name, NID_commonName, -1);

        if (at < 0)
                at = lib.name_count(name) - 1;
        return at < 0 ? SPAN("") : bytes_of(lib.attribute_data(lib.name_attribute(name, at)));
}

static struct span hash_of(const X509_ALGOR *algorithm)
{
        int nid = algorithm ? lib.object_nid(algorithm->algorithm) : NID_undef;

        return nid == NID_undef ? SPAN("unknown") : tn_span_of(lib.nid_name(nid));
}

static const PKCS7_SIGNER_INFO *first_signer(PKCS7 *pkcs7)
{
        const STACK_OF(PKCS7_SIGNER_INFO) *signers = lib.signers(pkcs7);

        return signers ? lib.stack_value((const OPENSSL_STACK *)signers, 0) : NULL;
}

static int copy(struct span *s, struct tn_arena *arena)
{
        s->ptr = tn_arena_dup(arena, *s);
        return s->ptr ? 0 : -ENOMEM;
}

static int take(PKCS7 *pkcs7, struct tn_arena *arena, struct tn_pkcs7 *ret_pkcs7)
{
        const PKCS7_SIGNER_INFO *signer = first_signer(pkcs7);
        struct tn_pkcs7 found;

        if (!signer || !signer->issuer_and_serial)
                return -EINVAL;
        found = (struct tn_pkcs7){
                .issuer = name_of(signer->issuer_and_serial->issuer),
                .serial = without_zeros(bytes_of(signer->issuer_and_serial->serial)),
                .hash = hash_of(signer->digest_alg),
                .signature = bytes_of(signer->enc_digest),
        };
        if (copy(&found.issuer, arena) < 0 || copy(&found.serial, arena) < 0 ||
            copy(&found.hash, arena) < 0 || copy(&found.signature, arena) < 0)
                return -ENOMEM;
        *ret_pkcs7 = found;
        return 0;
}

int tn_pkcs7_parse(struct span der, struct tn_arena *arena, struct tn_pkcs7 *ret_pkcs7)
{
        _cleanup_(freep_pkcs7) PKCS7 *pkcs7 = NULL;
        const unsigned char *at = (const unsigned char *)der.ptr;
        int r = tn_dl_bind(&dl);

        if (r < 0 || der.len > LONG_MAX)
                return r < 0 ? r : -EINVAL;
        pkcs7 = lib.decode(NULL, &at, (long)der.len);
        if (!pkcs7)
                lib.clear_error(); /* what it says of itself is for nobody else in this process */
        return pkcs7 ? take(pkcs7, arena, ret_pkcs7) : -EINVAL;
}
