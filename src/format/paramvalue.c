/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdint.h>

#include "format/paramvalue.h"
#include "util/cleanup.h"

/* A string is no longer, in bytes. */
#define CHARP_MAX 1024

enum kind { BOOL, INVERTED, NUMBER, HEX, CHARP, STRING };

static const struct type {
        struct span name;
        enum kind kind;
        bool is_signed;
        unsigned bits; /* 0: of a long */
} types[] = {
        { { "bool", 4 }, BOOL, false, 0 },        { { "bint", 4 }, BOOL, false, 0 },
        { { "invbool", 7 }, INVERTED, false, 0 }, { { "byte", 4 }, NUMBER, false, 8 },
        { { "short", 5 }, NUMBER, true, 16 },     { { "ushort", 6 }, NUMBER, false, 16 },
        { { "int", 3 }, NUMBER, true, 32 },       { { "uint", 4 }, NUMBER, false, 32 },
        { { "long", 4 }, NUMBER, true, 0 },       { { "ulong", 5 }, NUMBER, false, 0 },
        { { "ullong", 6 }, NUMBER, false, 64 },   { { "hexint", 6 }, HEX, false, 32 },
        { { "charp", 5 }, CHARP, false, 0 },      { { "string", 6 }, STRING, false, 0 },
};

static const struct type *find_type(struct span name)
{
        for (size_t i = 0; i < ARRAY_SIZE(types); i++)
                if (tn_span_eq(name, types[i].name))
                        return &types[i];
        return NULL;
}

static char lower(char c)
{
        return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* 16 or more: it is no digit. */
static unsigned digit_of(char c)
{
        c = lower(c);
        if (c >= '0' && c <= '9')
                return (unsigned)(c - '0');
        return c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10 : 16;
}

/* Takes "0x" off where it is a prefix. */
static unsigned take_base(struct span *digits)
{
        bool zero = digits->len && digits->ptr[0] == '0';

        if (zero && digits->len > 2 && lower(digits->ptr[1]) == 'x' && digit_of(digits->ptr[2]) < 16) {
                *digits = tn_span_skip(*digits, 2);
                return 16;
        }
        return zero ? 8 : 10;
}

static enum tn_paramvalue parse_digits(struct span digits, unsigned base, uint64_t *ret_num)
{
        uint64_t num = 0;
        bool over = false;

        if (digits.len == 0)
                return TN_PARAMVALUE_BAD;
        for (size_t i = 0; i < digits.len; i++) {
                unsigned digit = digit_of(digits.ptr[i]);

                if (digit >= base)
                        return TN_PARAMVALUE_BAD;
                over |= num > (UINT64_MAX - digit) / base;
                num = num * base + digit;
        }
        *ret_num = num;
        return over ? TN_PARAMVALUE_RANGE : TN_PARAMVALUE_GOOD;
}

static enum tn_paramvalue check_number(const struct type *type, bool is64, struct span value)
{
        unsigned bits = type->bits ? type->bits : is64 ? 64 : 32, base;
        bool negative = type->is_signed && tn_span_starts(value, SPAN("-"));
        enum tn_paramvalue verdict;
        uint64_t num = 0, max;

        if (negative || tn_span_starts(value, SPAN("+")))
                value = tn_span_skip(value, 1);
        base = take_base(&value);
        verdict = parse_digits(value, type->kind == HEX ? 16 : base, &num);
        max = bits == 64 ? UINT64_MAX : ((uint64_t)1 << bits) - 1;
        if (type->is_signed)
                max = max / 2 + negative;
        return verdict == TN_PARAMVALUE_GOOD && num > max ? TN_PARAMVALUE_RANGE : verdict;
}

/* By the first letter, and of "on" and "off" by the second. Newer kernels know "t" and "f", too. */
static enum tn_paramvalue check_bool(struct span value)
{
        char first = value.len ? lower(value.ptr[0]) : '\0';
        char second = value.len > 1 ? lower(value.ptr[1]) : '\0';

        if (first && memchr("yn10tf", first, 6))
                return TN_PARAMVALUE_GOOD;
        return first == 'o' && (second == 'n' || second == 'f') ? TN_PARAMVALUE_GOOD : TN_PARAMVALUE_BAD;
}

static enum tn_paramvalue check_one(const struct type *type, bool is64, struct span value)
{
        switch (type->kind) {
        case BOOL:
        case INVERTED: return check_bool(value);
        case NUMBER:
        case HEX: return check_number(type, is64, value);
        case CHARP: return value.len > CHARP_MAX ? TN_PARAMVALUE_LONG : TN_PARAMVALUE_GOOD;
        case STRING: break;
        }
        return TN_PARAMVALUE_UNKNOWN;
}

enum tn_paramvalue tn_paramvalue_check(struct span type, bool is64, struct span value)
{
        struct span prefix = SPAN("array of "), one;
        bool is_array = tn_span_starts(type, prefix);
        const struct type *known = find_type(is_array ? tn_span_skip(type, prefix.len) : type);
        enum tn_paramvalue verdict = TN_PARAMVALUE_GOOD;
        bool ends_empty;

        if (!known)
                return TN_PARAMVALUE_UNKNOWN;
        if (!value.ptr)
                return known->kind == BOOL && !is_array ? TN_PARAMVALUE_GOOD : TN_PARAMVALUE_BAD;
        if (!is_array)
                return check_one(known, is64, value);
        ends_empty = value.len == 0 || tn_span_ends(value, SPAN(","));
        while (verdict == TN_PARAMVALUE_GOOD && tn_span_split(&value, ',', &one))
                verdict = check_one(known, is64, one);
        return verdict == TN_PARAMVALUE_GOOD && ends_empty ? check_one(known, is64, SPAN("")) : verdict;
}

/* A number with its sign, which is good. */
static uint64_t number_of(struct span value, unsigned base)
{
        bool negative = tn_span_starts(value, SPAN("-"));
        uint64_t num = 0;

        if (negative || tn_span_starts(value, SPAN("+")))
                value = tn_span_skip(value, 1);
        base = base ? base : take_base(&value);
        if (base == 16)
                take_base(&value);
        parse_digits(value, base, &num);
        return negative ? -num : num;
}

static bool is_true(struct span value)
{
        char first = value.len ? lower(value.ptr[0]) : 'y';

        return first == 'y' || first == '1' || first == 't' ||
               (first == 'o' && value.len > 1 && lower(value.ptr[1]) == 'n');
}

static int same_one(const struct type *type, bool is64, struct span value, struct span shown)
{
        unsigned base = type->kind == HEX ? 16 : 0;

        if (type->kind == CHARP)
                return tn_span_eq(value, shown);
        if (type->kind == INVERTED || type->kind == STRING ||
            check_one(type, is64, value) != TN_PARAMVALUE_GOOD ||
            check_one(type, is64, shown) != TN_PARAMVALUE_GOOD)
                return -ENODATA;
        if (type->kind == BOOL)
                return is_true(value) == is_true(shown);
        return number_of(value, base) == number_of(shown, base);
}

int tn_paramvalue_same(struct span type, bool is64, struct span value, struct span shown)
{
        struct span prefix = SPAN("array of "), one, other;
        bool is_array = tn_span_starts(type, prefix);
        const struct type *known = find_type(is_array ? tn_span_skip(type, prefix.len) : type);
        int r = 1;

        if (!known || (!value.ptr && (is_array || known->kind != BOOL)))
                return -ENODATA;
        if (!value.ptr)
                value = SPAN("1");
        if (!is_array)
                return same_one(known, is64, value, shown);
        while (r == 1 && value.len && shown.len) {
                tn_span_split(&value, ',', &one);
                tn_span_split(&shown, ',', &other);
                r = same_one(known, is64, one, other);
        }
        return r < 1 ? r : value.len == 0 && shown.len == 0;
}
