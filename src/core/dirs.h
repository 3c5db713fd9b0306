/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_CORE_DIRS_H
#define TN_CORE_DIRS_H

/*
 * Where things are on the system that this is built for. The three names come from meson's options moduledir,
 * sysconfdir and distconfdir, all of them absolute.
 */

/* Has a directory for each kernel. */
#define TN_DIRS_MODULES TN_MODULEDIR

/* Where configuration of a kind ("modprobe.d") is, the first wins; an initializer, with NULL at the end. */
#define TN_DIRS_CONF(kind)                                                                                   \
        {                                                                                                    \
                TN_SYSCONFDIR "/" kind, "/run/" kind, "/usr/local/lib/" kind, TN_DISTCONFDIR "/" kind,       \
                        "/lib/" kind, NULL,                                                                  \
        }

/* The one file that came before the directories. */
#define TN_DIRS_CLASSIC TN_SYSCONFDIR "/modprobe.conf"

/* What programs keep for their next run. */
#define TN_DIRS_CACHE   "/var/cache/tenon"

#endif
