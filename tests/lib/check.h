/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef TN_TESTS_CHECK_H
#define TN_TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/*
 * A test that says what it shows:
 *
 *      CHECK(depline_without_colon_is_rejected)
 *      {
 *              assert_int_equal(tn_depline_parse(SPAN("a b"), &dep), -EINVAL);
 *      }
 *
 * Every CHECK of every file of a program registers itself; check.c has main(), which runs them all and prints
 * TAP. An argument of the program is a pattern: only tests it matches run.
 */
#define CHECK(title)                                                                                         \
        static void title(void **);                                                                          \
        __attribute__((constructor)) static void register_##title(void)                                      \
        {                                                                                                    \
                check_register(#title, title);                                                               \
        }                                                                                                    \
        static void title(void **check_state __attribute__((unused)))

void check_register(const char *title, CMUnitTestFunction fn);

/* The span's bytes are exactly those of the C string. */
#define assert_span(s, str)                                                                                  \
        do {                                                                                                 \
                struct span check_s = (s);                                                                   \
                assert_int_equal(check_s.len, strlen(str));                                                  \
                assert_memory_equal(check_s.ptr, str, check_s.len);                                          \
        } while (0)

#endif
