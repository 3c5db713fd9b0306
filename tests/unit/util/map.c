/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdio.h>

#include "check.h"
#include "util/arena.h"
#include "util/cleanup.h"
#include "util/map.h"

CHECK(map_without_entries_finds_nothing)
{
        struct tn_map map = { 0 };

        assert_null(tn_map_find(&map, SPAN("a")));
        tn_map_fini(&map);
}

CHECK(map_finds_each_of_many_keys)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_map_fini) struct tn_map map = { 0 };
        char name[16];

        for (uintptr_t i = 1; i <= 5000; i++) {
                snprintf(name, sizeof(name), "mod_%u", (unsigned)i);
                assert_int_equal(
                        tn_map_add(&map, tn_span_of(tn_arena_dup(&arena, tn_span_of(name))), (void *)i), 0);
        }
        assert_int_equal(map.n, 5000);
        for (uintptr_t i = 1; i <= 5000; i++) {
                snprintf(name, sizeof(name), "mod_%u", (unsigned)i);
                assert_ptr_equal(tn_map_find(&map, tn_span_of(name)), (void *)i);
        }
        assert_null(tn_map_find(&map, SPAN("mod_5001")));
        assert_null(tn_map_find(&map, SPAN("mod_")));
}

CHECK(map_add_replaces_the_value_of_a_known_key)
{
        _cleanup_(tn_map_fini) struct tn_map map = { 0 };
        int one, two;

        assert_int_equal(tn_map_add(&map, SPAN("k"), &one), 0);
        assert_int_equal(tn_map_add(&map, SPAN("k"), &two), 0);
        assert_int_equal(map.n, 1);
        assert_ptr_equal(tn_map_find(&map, SPAN("k")), &two);
}

CHECK(map_keys_are_bytes_and_may_be_empty)
{
        _cleanup_(tn_map_fini) struct tn_map map = { 0 };
        struct span nul = { "a\0b", 3 };
        int empty, with_nul, plain;

        assert_int_equal(tn_map_add(&map, (struct span){ 0 }, &empty), 0);
        assert_int_equal(tn_map_add(&map, nul, &with_nul), 0);
        assert_int_equal(tn_map_add(&map, SPAN("a"), &plain), 0);
        assert_ptr_equal(tn_map_find(&map, SPAN("")), &empty);
        assert_ptr_equal(tn_map_find(&map, nul), &with_nul);
        assert_ptr_equal(tn_map_find(&map, SPAN("a")), &plain);
}

/* Two names of one FNV-1a value: only the bytes tell them apart. */
CHECK(map_keeps_keys_of_one_hash_apart)
{
        _cleanup_(tn_map_fini) struct tn_map map = { 0 };
        int one, two;

        assert_int_equal(tn_map_add(&map, SPAN("costarring"), &one), 0);
        assert_null(tn_map_find(&map, SPAN("liquid")));
        assert_int_equal(tn_map_add(&map, SPAN("liquid"), &two), 0);
        assert_ptr_equal(tn_map_find(&map, SPAN("costarring")), &one);
        assert_ptr_equal(tn_map_find(&map, SPAN("liquid")), &two);
}

CHECK(map_without_some_keys_still_finds_the_others)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        _cleanup_(tn_map_fini) struct tn_map map = { 0 };
        struct span keys[3000];

        assert_null(tn_map_del(&map, SPAN("none")));
        for (uintptr_t i = 0; i < 3000; i++) {
                char name[16];

                snprintf(name, sizeof(name), "mod_%u", (unsigned)i);
                keys[i] = tn_span_of(tn_arena_dup(&arena, tn_span_of(name)));
                assert_int_equal(tn_map_add(&map, keys[i], (void *)(i + 1)), 0);
        }
        for (uintptr_t i = 0; i < 3000; i += 3)
                assert_ptr_equal(tn_map_del(&map, keys[i]), (void *)(i + 1));
        assert_null(tn_map_del(&map, keys[0]));
        assert_int_equal(map.n, 2000);
        for (uintptr_t i = 0; i < 3000; i++)
                assert_ptr_equal(tn_map_find(&map, keys[i]), i % 3 ? (void *)(i + 1) : NULL);
        for (uintptr_t i = 0; i < 3000; i++)
                tn_map_del(&map, keys[i]);
        assert_int_equal(map.n, 0);
}

CHECK(map_keeps_a_key_of_one_hash_when_the_other_goes)
{
        _cleanup_(tn_map_fini) struct tn_map map = { 0 };
        int one, two;

        assert_int_equal(tn_map_add(&map, SPAN("costarring"), &one), 0);
        assert_int_equal(tn_map_add(&map, SPAN("liquid"), &two), 0);
        assert_ptr_equal(tn_map_del(&map, SPAN("costarring")), &one);
        assert_ptr_equal(tn_map_find(&map, SPAN("liquid")), &two);
}
CHECK(map_add_new_keeps_the_value_of_a_known_key)
{
        _cleanup_(tn_map_fini) struct tn_map map = { 0 };
        int one, two;

        assert_int_equal(tn_map_add_new(&map, SPAN("k"), &one), 1);
        assert_int_equal(tn_map_add_new(&map, SPAN("k"), &two), 0);
        assert_int_equal(map.n, 1);
        assert_ptr_equal(tn_map_find(&map, SPAN("k")), &one);
}
