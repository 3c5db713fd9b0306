/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_PKCS7_H
#define TN_FORMAT_PKCS7_H

#include "util/arena.h"
#include "util/span.h"

/* What the first signer of a PKCS#7 SignedData (RFC 2315, 9) says. Nothing is verified. */
struct tn_pkcs7 {
        struct span issuer; /* the first commonName of the certificate's issuer, else its last attribute */
        struct span serial; /* of the certificate: most significant byte first, no leading zeros, no sign */
        struct span hash;   /* the digest algorithm, as OpenSSL names it: "sha256" */
        struct span signature;
};

/*
 * Reads one in DER or BER; copies go to the arena. Returns 0; -EINVAL when it is malformed, no SignedData, or its
 * signer is not named by issuer and serial number; -ENOSYS without OpenSSL; -ENOMEM.
 */
int tn_pkcs7_parse(struct span der, struct tn_arena *arena, struct tn_pkcs7 *ret_pkcs7);

#endif
