/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/reach.h"
#include "util/cleanup.h"

/*
 * From the callers of request_module() in Linux 6.1 and 6.12. A case has a process try all of them, and holds them against the
 * trace: tests/cases/lab-reach.t. Where the compiler has moved the call into another function, it is that.
 */
const struct tn_reach_form tn_reach_forms[] = {
        { SPAN("net-pf-"), TN_REACH_NOTHING, "socket(2) of an address family", "__sock_create" },
        { SPAN("net-pf-2-proto-"), TN_REACH_NOTHING, "socket(AF_INET) of a protocol", "inet_create" },
        { SPAN("net-pf-10-proto-"), TN_REACH_NOTHING, "socket(AF_INET6) of a protocol", "inet6_create" },
        { SPAN("net-pf-16-proto-"), TN_REACH_NOTHING, "socket(AF_NETLINK) of a protocol", "netlink_create" },
        { SPAN("net-pf-16-proto-4-type-"), TN_REACH_NOTHING, "a question about sockets",
          "sock_diag_rcv_msg" },
        { SPAN("net-pf-16-proto-16-family-"), TN_REACH_NOTHING, "a question for a family of generic netlink",
          "ctrl_getfamily" },
        { SPAN("net-pf-24-proto-"), TN_REACH_NOTHING, "socket(AF_PPPOX) of a protocol", "pppox_create" },
        { SPAN("can-proto-"), TN_REACH_NOTHING, "socket(AF_CAN) of a protocol", "can_create" },
        { SPAN("bt-proto-"), TN_REACH_NOTHING, "socket(AF_BLUETOOTH) of a protocol", "bt_sock_create" },
        { SPAN("algif-"), TN_REACH_NOTHING, "bind(2) of a socket(AF_ALG)", "alg_bind" },
        { SPAN("crypto-"), TN_REACH_NOTHING, "bind(2) of a socket(AF_ALG)", "crypto_alg_mod_lookup" },
        { SPAN("cryptomgr"), TN_REACH_NOTHING, "bind(2) of a socket(AF_ALG)", "crypto_alg_mod_lookup" },
        { SPAN("binfmt-"), TN_REACH_NOTHING, "execve(2) of a file of another format", "bprm_execve" },
        { SPAN("tty-ldisc-"), TN_REACH_NOTHING, "ioctl(TIOCSETD) of a pseudoterminal", "tty_ldisc_get" },
        { SPAN("bridge"), TN_REACH_NOTHING, "ioctl(SIOCGIFBR) of a socket", "br_ioctl_call" },
        { SPAN("8021q"), TN_REACH_NOTHING, "ioctl(SIOCGIFVLAN) of a socket", "sock_ioctl" },

        { SPAN("fs-"), TN_REACH_USERNS, "mount(2)", "get_fs_type" },
        { SPAN("rtnl-link-"), TN_REACH_USERNS, "a new network interface", "__rtnl_newlink" },
        { SPAN("rtnl-lwt-"), TN_REACH_USERNS, "a route with a tunnel", "lwtunnel_valid_encap_type" },
        { SPAN("nfnetlink-subsys-"), TN_REACH_USERNS, "a message of netfilter",
          "nfnetlink_rcv_msg, nfnetlink_rcv_batch" },
        { SPAN("nft-"), TN_REACH_USERNS, "a table of nftables", "nf_tables_abort" },
        { SPAN("ipt_"), TN_REACH_USERNS, "a rule of iptables", "do_ipt_get_ctl" },
        { SPAN("ip6t_"), TN_REACH_USERNS, "a rule of ip6tables", "do_ip6t_get_ctl" },
        { SPAN("ip_set_"), TN_REACH_USERNS, "a set of ipset", "load_settype" },
        { SPAN("xfrm-type-"), TN_REACH_USERNS, "a state of IPsec", "__xfrm_init_state" },
        { SPAN("net-sch-"), TN_REACH_USERNS, "a queueing discipline", "qdisc_create" },
        { SPAN("net-cls-"), TN_REACH_USERNS, "a traffic filter", "tcf_proto_lookup_ops" },
        { SPAN("net-act-"), TN_REACH_USERNS, "an action of a traffic filter", "tc_action_load_ops" },
        { SPAN("sch_"), TN_REACH_USERNS, "a queueing discipline", "qdisc_create" },
        { SPAN("cls_"), TN_REACH_USERNS, "a traffic filter", "tcf_proto_lookup_ops" },
        { SPAN("act_"), TN_REACH_USERNS, "an action of a traffic filter", "tc_action_load_ops" },

        { SPAN("char-major-"), TN_REACH_NODE, "open(2) of a device node", "base_probe" },
        { SPAN("char-major-10-"), TN_REACH_NODE, "open(2) of a device node", "misc_open" },
        { SPAN("block-major-"), TN_REACH_NODE, "open(2) of a device node", "blk_request_module" },

        { SPAN("tcp_"), TN_REACH_PRIVILEGE, "setsockopt(TCP_CONGESTION)", "tcp_ca_find_autoload" },
        { SPAN("tcp-ulp-"), TN_REACH_PRIVILEGE, "setsockopt(TCP_ULP)", "tcp_set_ulp" },
        { SPAN("netdev-"), TN_REACH_PRIVILEGE, "ioctl(SIOCGIFINDEX) of a socket", "dev_load" },
};

const size_t tn_n_reach_forms = ARRAY_SIZE(tn_reach_forms);

static bool is_prefix(struct span text)
{
        return tn_span_ends(text, SPAN("-")) || tn_span_ends(text, SPAN("_"));
}

/* Names of modules have '_' where a form may have '-'. */
static bool has_form(const struct tn_reach_form *form, struct span text)
{
        if (text.len < form->prefix.len)
                return false;
        for (size_t i = 0; i < form->prefix.len; i++) {
                char a = form->prefix.ptr[i], b = text.ptr[i];

                if (a != b && !(a == '-' && b == '_'))
                        return false;
        }
        return is_prefix(form->prefix) ? text.len > form->prefix.len : text.len == form->prefix.len;
}

const struct tn_reach_form *tn_reach_find(struct span text)
{
        const struct tn_reach_form *best = NULL;

        for (size_t i = 0; i < tn_n_reach_forms; i++)
                if (has_form(&tn_reach_forms[i], text) &&
                    (!best || tn_reach_forms[i].prefix.len > best->prefix.len))
                        best = &tn_reach_forms[i];
        return best;
}

static const struct {
        const char *id, *words;
} needs_words[TN_REACH_NEEDS] = {
        [TN_REACH_NOTHING] = { "nothing", "nothing" },
        [TN_REACH_USERNS] = { "user-namespace", "a user namespace" },
        [TN_REACH_NODE] = { "node", "a device node" },
        [TN_REACH_PRIVILEGE] = { "privilege", "privileges" },
};

const char *tn_reach_words(enum tn_reach_needs needs)
{
        return needs_words[needs].words;
}

const char *tn_reach_id(enum tn_reach_needs needs)
{
        return needs_words[needs].id;
}
