/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The bytes are a document that tenon view is to show: in every form, narrow and wide, with colour and without. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#include "tenon/document.h"
#include "tenon/render.h"
#include "util/cleanup.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool held)
{
        if (!held)
                abort();
}

static const struct look {
        unsigned width;
        bool color;
} looks[] = { { 20, false }, { 80, false }, { 80, true }, { 1000, false } };

/* Nothing that a terminal obeys comes out of a document. */
static bool is_clean(struct span out, bool color)
{
        for (size_t i = 0; i < out.len; i++) {
                unsigned char c = (unsigned char)out.ptr[i];

                if (c < 0x20 && c != '\n' && c != '\t' && !(color && c == 0x1b))
                        return false;
                if (c == 0x7f || (c == 0xc2 && i + 1 < out.len && (unsigned char)out.ptr[i + 1] < 0xa0))
                        return false;
        }
        return true;
}

static int render(const struct json_object *root, enum tn_form form, struct look look, struct tn_buf *out)
{
        struct tn_text text = { .out = out, .width = look.width, .color = look.color };
        int r = tn_render(root, form, &text);

        must(r == 0 || r == -EOPNOTSUPP || r == -ENOENT || r == -EFBIG);
        must(is_clean(tn_buf_span(out), look.color));
        return r;
}

/* As JSON it is the same document: shown again it is the same bytes. */
static void try_json(const struct json_object *root)
{
        _cleanup_(tn_buf_fini) struct tn_buf first = { 0 }, second = { 0 };
        struct json_object *again;
        const char *why;

        must(render(root, TN_FORM_JSON, looks[1], &first) == 0);
        must(tn_document_parse(tn_buf_span(&first), &again, &why) == 0);
        must(render(again, TN_FORM_JSON, looks[1], &second) == 0);
        must(tn_span_eq(tn_buf_span(&first), tn_buf_span(&second)));
        json_object_put(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct json_object *root;
        const char *why = NULL;
        int r = tn_document_parse((struct span){ (const char *)data, size }, &root, &why);

        if (r < 0) {
                must(r == -EINVAL && why);
                return 0;
        }
        try_json(root);
        for (int form = 0; form < TN_FORMS; form++)
                for (size_t i = 0; i < (form == TN_FORM_TEXT ? ARRAY_SIZE(looks) : 1); i++) {
                        _cleanup_(tn_buf_fini) struct tn_buf out = { 0 };

                        if (form != TN_FORM_JSON)
                                render(root, (enum tn_form)form, looks[i], &out);
                }
        json_object_put(root);
        return 0;
}
