/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_FORMAT_MODSIG_H
#define TN_FORMAT_MODSIG_H

#include <stdint.h>

#include "util/arena.h"
#include "util/span.h"

/*
 * The signature that is appended to a module (the kernel's scripts/sign-file.c and include/linux/module_signature.h).
 * It is read, not verified: it tells who is said to have signed.
 */
struct tn_modsig {
        struct span id;        /* what kind: "PGP", "X509", "PKCS#7" */
        struct span signer;    /* a name; empty when unknown, as is the key */
        struct span key;       /* identifies the key; for PKCS#7 the serial number of its certificate */
        struct span hash;      /* the kernel's name of the digest: "sha256", "rmd160"; "unknown" */
        struct span signature; /* the bare one; of a PKCS#7 message that could not be read, the message */
};

/*
 * Reads the signature at the end of a module, uncompressed. Spans borrow from the bytes or from the arena. A PKCS#7
 * message that is malformed, or cannot be read for want of a library, has no signer and no key, and its hash is
 * unknown. Returns 0; -ENODATA when there is no signature, or none that makes sense; -ENOMEM.
 */
int tn_modsig_parse(struct span module, struct tn_arena *arena, struct tn_modsig *ret_sig);

/* How many bytes of TN_MODSIG_TAIL or more, the last of a module, belong to its signature; 0 without one. */
#define TN_MODSIG_TAIL 40
uint64_t tn_modsig_size(struct span tail);

#endif
