/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <elf.h>
#include <fcntl.h>
#include <stdlib.h>

#include "check.h"
#include "core/ignored.h"
#include "mkelf.h"
#include "tmpdir.h"
#include "util/cleanup.h"

/* Which of the options are ignored, a blank behind each. */
static void assert_ignored(const char *options, const char *expected)
{
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);
        _cleanup_(tn_buf_fini) struct tn_buf names = { 0 };

        mkelf_info(&made, "parmtype=max_loop:int");
        mkelf_info(&made, "parm=max_loop:Maximum number of loop devices");
        mkelf_info(&made, "parmtype=ports:array of ushort");
        mkelf_info(&made, "parm=by_callback:Set by a function");
        mkelf_info(&made, "parm=no colon here");
        mkelf_section(&made, ".rodata.str1.1", SHT_PROGBITS, SPAN("one\0un_described\0last"));
        assert_int_equal(tn_ignored_find(mkelf_span(&made), options, &names), 0);
        for (size_t i = 0; i < names.len; i++)
                if (names.ptr[i] == '\0')
                        names.ptr[i] = ' ';
        assert_string_equal(tn_buf_str(&names), expected);
}

CHECK(ignored_options_have_no_parameter)
{
        assert_ignored("bogus=1 max_loop=8 nix", "bogus nix ");
        assert_ignored("loop.max_loop=8 max_loo=1 max_loopy=1 =1", "loop.max_loop max_loo max_loopy ");
        assert_ignored("bogus=\"a b=1\" also", "bogus also ");
        assert_ignored("", "");
        assert_ignored("  ", "");
}

CHECK(ignored_options_are_not_those_that_are_described)
{
        assert_ignored("max_loop=1 max-loop=2 ports=1,2,3 by_callback by-callback=1", "");
}

CHECK(ignored_options_are_not_those_of_every_module)
{
        assert_ignored("dyndbg=+p dyndbg loop.dyndbg=+p async_probe async-probe=0", "");
}

CHECK(ignored_options_are_never_what_may_be_a_parameter)
{
        assert_ignored("described=1 un-described=2 un_described un_describe", "un_describe ");
}

CHECK(ignored_options_end_where_parameters_do)
{
        assert_ignored("-- bogus=1", "");
        assert_ignored("bogus -- nix", "bogus ");
}

CHECK(ignored_options_of_a_file)
{
        _cleanup_(tmpdir_fini) struct tmpdir dir = tmpdir_new();
        _cleanup_(mkelf_fini) struct mkelf made = mkelf_of(true, false);
        _cleanup_(tn_buf_fini) struct tn_buf names = { 0 };
        struct span image;
        int fd;

        mkelf_info(&made, "parmtype=max_loop:int");
        image = mkelf_span(&made);
        tmpdir_write_bytes(&dir, "m.ko", image.ptr, image.len);
        fd = openat(dir.fd, "m.ko", O_RDONLY | O_CLOEXEC);
        assert_int_equal(tn_ignored_load_take(fd, "max_loop=1 nix=2", &names), 0);
        assert_memory_equal(names.ptr, "nix", sizeof("nix"));
        assert_int_equal(fcntl(fd, F_GETFD), -1);
}

CHECK(ignored_options_of_what_is_no_module_are_none)
{
        _cleanup_(tn_buf_fini) struct tn_buf names = { 0 };

        assert_int_equal(tn_ignored_find(SPAN("junk"), "bogus=1", &names), 0);
        assert_int_equal(tn_ignored_load_take(-1, "bogus=1", &names), 0);
        assert_int_equal(names.len, 0);
}
