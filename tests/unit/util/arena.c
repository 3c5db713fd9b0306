/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <malloc.h>
#include <stdalign.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "util/arena.h"
#include "util/cleanup.h"

CHECK(arena_pieces_are_zeroed_and_aligned)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };

        for (size_t size = 1; size < 3000; size += 7) {
                unsigned char *piece = tn_arena_alloc(&arena, size);

                assert_non_null(piece);
                assert_int_equal((uintptr_t)piece % alignof(max_align_t), 0);
                for (size_t i = 0; i < size; i++)
                        assert_int_equal(piece[i], 0);
                memset(piece, 0xff, size);
                assert_non_null(tn_arena_dup(&arena, SPAN("x"))); /* leaves the arena at an odd place */
        }
}

/* malloc is made to give out bytes that are not zero. */
CHECK(arena_clears_what_it_gives_out_of_memory_that_is_not_clear)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        unsigned char *piece;
        char *copy;

        mallopt(M_PERTURB, 0x55);
        piece = tn_arena_alloc(&arena, 1000);
        copy = tn_arena_dup(&arena, SPAN("text"));
        mallopt(M_PERTURB, 0);
        assert_non_null(piece);
        for (size_t i = 0; i < 1000; i++)
                assert_int_equal(piece[i], 0);
        assert_string_equal(copy, "text");
}

CHECK(arena_pieces_stay_where_they_are)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        char *first = tn_arena_dup(&arena, SPAN("first"));
        char *large = tn_arena_alloc(&arena, 1024 * 1024);
        char *after = tn_arena_dup(&arena, SPAN("after"));

        assert_non_null(large);
        memset(large, 'x', 1024 * 1024);
        assert_string_equal(first, "first");
        assert_string_equal(after, "after");
}

CHECK(arena_fills_a_block_to_its_last_byte)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };

        for (int i = 0; i < 3; i++) {
                char *piece = tn_arena_alloc(&arena, 16 * 1024);

                assert_non_null(piece);
                memset(piece, 'x', 16 * 1024);
        }
        assert_string_equal(tn_arena_dup(&arena, SPAN("")), "");
}

CHECK(arena_refuses_sizes_that_overflow)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        struct span all = { "", SIZE_MAX };

        assert_null(tn_arena_alloc(&arena, SIZE_MAX));
        assert_null(tn_arena_alloc(&arena, SIZE_MAX - 8));
        assert_null(tn_arena_dup(&arena, all));
        assert_non_null(tn_arena_alloc(&arena, 1));
        assert_null(tn_arena_alloc(&arena, SIZE_MAX));
}

CHECK(arena_copies_bytes_with_nul_inside)
{
        _cleanup_(tn_arena_fini) struct tn_arena arena = { 0 };
        char *copy = tn_arena_dup(&arena, (struct span){ "a\0b", 3 });

        assert_memory_equal(copy, "a\0b", 4);
        assert_string_equal(tn_arena_dup(&arena, (struct span){ 0 }), "");
}

CHECK(arena_is_empty_after_fini)
{
        struct tn_arena arena = { 0 };

        tn_arena_fini(&arena);
        assert_non_null(tn_arena_alloc(&arena, 1));
        tn_arena_fini(&arena);
        assert_null(arena.block);
}
