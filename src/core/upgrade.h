/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_UPGRADE_H
#define TN_CORE_UPGRADE_H

#include <stdbool.h>

#include "core/catalog.h"
#include "core/finding.h"
#include "util/span.h"

/*
 * What the running machine would lose with another kernel: the modules that are loaded, and the devices that are there, held
 * against the catalog of that kernel. Whether its files would load is another question (core/gates.h).
 */
struct tn_upgrade {
        struct tn_catalog *from; /* of the kernel that is running */
        struct tn_catalog *to;   /* of the other one */
        const char *running, *release;
        struct span devices; /* their modaliases, each with its NUL */
};

/* How the other kernel has a module. */
enum tn_upgrade_how {
        TN_UPGRADE_FILE,    /* as a file of its tree */
        TN_UPGRADE_BUILTIN, /* in itself */
        TN_UPGRADE_GONE,    /* not at all */
};

/* By its normalised name. Returns 0, -EINVAL when an index is corrupt, -ENOMEM. */
int tn_upgrade_find(const struct tn_upgrade *upgrade, struct span name, enum tn_upgrade_how *ret_how);

/*
 * Appends a finding for each device that a module of the running kernel serves, and nothing of the other one. Devices that
 * differ in no module are one. It is a guess: what is built in there need not say which devices it is for. is_loaded tells
 * which modules count.
 */
int tn_upgrade_devices(const struct tn_upgrade *upgrade, bool (*is_loaded)(void *data, const char *name),
                       void *data, struct tn_findings *findings);

/* A loaded module that is gone. */
struct tn_upgrade_gone {
        const char *name;    /* normalised */
        bool foreign;        /* it is not from the kernel's own tree */
        bool held;           /* another module uses it, which says itself what it needs there */
        struct span aliases; /* of its file, each with its NUL */
};

/*
 * Appends a finding if somebody will miss it: it is a foreign one, which has to be built anew; or nothing holds it, no device
 * that is there is meant for it (tn_upgrade_devices() has those), and one of its other aliases leads to nothing any more.
 * Returns 0, -EINVAL, -ENOMEM.
 */
int tn_upgrade_missed(const struct tn_upgrade *upgrade, const struct tn_upgrade_gone *gone,
                      struct tn_findings *findings);

#endif
