/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "check.h"
#include "cli/insert_words.h"

static void assert_words(int err, const char *insmod, const char *modprobe)
{
        assert_string_equal(tn_insert_words(TN_INSERT_INSMOD, err), insmod);
        assert_string_equal(tn_insert_words(TN_INSERT_MODPROBE, err), modprobe);
}

CHECK(insert_words_are_those_of_the_tool)
{
        assert_words(-ENOENT, "Unknown symbol in module",
                     "Unknown symbol in module, or unknown parameter (see dmesg)");
        assert_words(-EEXIST, "File exists", "Module already in kernel");
        assert_words(-ENOEXEC, "Invalid module format", "Exec format error");
        assert_words(-ESRCH, "Module has wrong symbol version", "No such process");
        assert_words(-EINVAL, "Invalid parameters", "Invalid argument");
}

CHECK(insert_words_of_other_errors_are_those_of_the_system)
{
        assert_words(-EPERM, strerror(EPERM), strerror(EPERM));
        assert_words(-ENOMEM, strerror(ENOMEM), strerror(ENOMEM));
}
