/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_KMOD_TOOLS_H
#define TN_KMOD_TOOLS_H

/* A tool's main: argv as given, argv[0] included. Returns 0 or 1, the only two statuses there are. */
typedef int tn_tool_main(int argc, char **argv);

tn_tool_main tn_depmod_main, tn_insmod_main, tn_lsmod_main, tn_modinfo_main, tn_modprobe_main, tn_rmmod_main,
        tn_static_nodes_main;

#endif
