/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "check.h"

static struct CMUnitTest tests[4096];
static size_t n_tests;

void check_register(const char *title, CMUnitTestFunction fn)
{
        assert_in_range(n_tests, 0, sizeof(tests) / sizeof(tests[0]) - 1);
        tests[n_tests++] = (struct CMUnitTest){ .name = title, .test_func = fn };
}

/* A program that counts its tests itself has a main() of its own. */
__attribute__((weak)) int main(int argc, char **argv)
{
        if (argc > 1)
                cmocka_set_test_filter(argv[1]);
        cmocka_set_message_output(CM_OUTPUT_TAP);
        return _cmocka_run_group_tests("", tests, n_tests, NULL, NULL);
}
