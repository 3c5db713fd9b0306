/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "tenon/svg.h"
#include "tenon/trace.h"
#include "util/cleanup.h"

/*
 * A timeline: a row for each request and each load, in the order of their beginnings. A request's bar reaches from the
 * question to the end of the helper, a load's over the run of the module's init. What is shorter than a
 * pixel still has a bar, and its duration in words.
 */

/* Pixels. */
#define FONT_SIZE 12
#define CHARACTER 7.4
#define ROW       18.0
#define EDGE      16.0
#define AXIS      28.0
#define CHART     640.0
#define BAR_LEAST 2.0
#define NOTE      380.0 /* for the words behind the bars */

struct row {
        const struct json_object *record;
        bool is_load;
        int64_t at_ns, length_ns; /* length 0: not known */
        const char *label;
};

struct timeline {
        TN_VEC(struct row) rows;
        int64_t first_ns, last_ns;
        double left; /* where the chart begins */
        struct tn_buf *out;
};

static int compare(const void *a, const void *b)
{
        const struct row *left = a, *right = b;

        if (left->at_ns != right->at_ns)
                return left->at_ns < right->at_ns ? -1 : 1;
        return left->is_load - right->is_load;
}

static int take_record(struct timeline *line, const struct json_object *record)
{
        bool is_load = strcmp(tn_json_str(record, "record"), "load") == 0;
        struct row row = { .record = record, .is_load = is_load, .at_ns = tn_json_int(record, "time_ns") };
        int64_t end;

        if (!is_load && strcmp(tn_json_str(record, "record"), "request") != 0)
                return 0;
        row.label = tn_json_str(record, is_load ? "module" : "name");
        row.length_ns = tn_json_int(record, is_load ? "init_ns" : "duration_ns");
        /* a foreign document may have any numbers */
        row.at_ns = MAX(row.at_ns, 0);
        row.at_ns = MIN(row.at_ns, INT64_MAX / 4);
        row.length_ns = MAX(row.length_ns, 0);
        row.length_ns = MIN(row.length_ns, INT64_MAX / 4);
        end = row.at_ns + row.length_ns;
        if (line->rows.n == 0 || row.at_ns < line->first_ns)
                line->first_ns = row.at_ns;
        line->last_ns = MAX(line->last_ns, end);
        line->left = MAX(line->left, tn_text_columns(row.label) * CHARACTER);
        return tn_vec_add(&line->rows, row);
}

static double x_of(const struct timeline *line, int64_t ns)
{
        int64_t all = MAX(line->last_ns - line->first_ns, 1);

        return line->left + CHART * ((double)(ns - line->first_ns) / (double)all);
}

/* The step of the axis: 1, 2 or 5 times a power of ten, so that there are at most ten of them. */
static int64_t step_of(int64_t all)
{
        static const int64_t times[] = { 1, 2, 5 };

        for (int64_t power = 1000; power < INT64_MAX / 100; power *= 10)
                for (size_t i = 0; i < ARRAY_SIZE(times); i++)
                        if (all / (power * times[i]) < 10)
                                return power * times[i];
        return INT64_MAX;
}

/* Seconds, as many digits as the step needs. */
static void add_seconds(struct tn_buf *out, int64_t ns, int64_t step)
{
        int digits = 0;

        for (int64_t s = step; s < 1000000000 && digits < 6; s *= 10)
                digits++;
        tn_buf_addf(out, "%.*f s", digits, (double)ns / 1e9);
}

static void draw_axis(const struct timeline *line, double height)
{
        int64_t step = step_of(line->last_ns - line->first_ns), at;

        at = line->first_ns - line->first_ns % step;
        for (; at <= line->last_ns; at += step) {
                double x = x_of(line, at);

                if (at < line->first_ns)
                        continue;
                tn_buf_addf(line->out,
                            "<path class=\"grid\" d=\"M%.1f %.1fV%.1f\"/><text class=\"axis\" x=\"%.1f\" "
                            "y=\"%.1f\">",
                            x, AXIS - 6, height - EDGE, x, AXIS - 10);
                add_seconds(line->out, at, step);
                tn_buf_add_str(line->out, "</text>\n");
        }
}

static void add_duration(struct tn_buf *out, int64_t ns)
{
        if (ns >= 1000000)
                tn_buf_addf(out, "%.1f ms", (double)ns / 1e6);
        else
                tn_buf_addf(out, "%.0f µs", (double)ns / 1e3);
}

/* What stands behind a bar. */
static void add_note(const struct timeline *line, const struct row *row)
{
        const struct json_object *by = tn_json_object(row->record, row->is_load ? "by" : "asker");
        struct tn_buf *out = line->out;
        const char *command = tn_json_str(by, "command"), *request = tn_json_str(row->record, "request");

        if (row->length_ns) {
                add_duration(out, row->length_ns);
                tn_buf_add_str(out, ", ");
        }
        if (row->is_load && tn_json_int(row->record, "result") < 0)
                tn_buf_addf(out, "failed with %lld, ", (long long)tn_json_int(row->record, "result"));
        if (row->is_load && *request) {
                tn_buf_add_str(out, "for ");
                tn_svg_add_text(out, request);
                return;
        }
        tn_svg_add_text(out, *command ? command : "somebody");
        tn_buf_addf(out, "[%lld]", (long long)tn_json_int(by, "pid"));
        if (!row->is_load) {
                tn_buf_add_str(out, ": ");
                tn_svg_add_text(out, tn_json_str(row->record, "outcome"));
        }
}

static const char *class_of(const struct row *row)
{
        static const char *const good[] = { "loaded", "present", "builtin", "command" };
        const char *outcome = tn_json_str(row->record, "outcome");

        if (row->is_load)
                return tn_json_int(row->record, "result") < 0 ? "bad" : "load";
        for (size_t i = 0; i < ARRAY_SIZE(good); i++)
                if (strcmp(good[i], outcome) == 0)
                        return "request";
        return "bad";
}

static void draw_row(const struct timeline *line, const struct row *row, double y)
{
        double x = x_of(line, row->at_ns), end = x_of(line, row->at_ns + row->length_ns);
        double width = MAX(end - x, BAR_LEAST), after = x + width + 6;
        const char *weight = row->is_load ? "" : " asked";

        tn_buf_addf(line->out, "<text class=\"label%s\" x=\"%.1f\" y=\"%.1f\">", weight, line->left - 8,
                    y + 12);
        tn_svg_add_text(line->out, row->label);
        tn_buf_addf(line->out,
                    "</text><rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
                    class_of(row), x, y + 3, width, ROW - 7);
        tn_buf_addf(line->out, "<text class=\"note\" x=\"%.1f\" y=\"%.1f\">", after, y + 12);
        add_note(line, row);
        tn_buf_add_str(line->out, "</text>\n");
}

static void draw(struct timeline *line)
{
        double height, width;

        line->left += EDGE + 8;
        height = AXIS + (double)line->rows.n * ROW + EDGE;
        width = line->left + CHART + NOTE;
        tn_buf_addf(line->out,
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 "
                    "%.0f %.0f\" "
                    "font-family=\"monospace\" font-size=\"%d\">\n<title>modules that were asked for and "
                    "loaded</title>\n<style>.grid{stroke:#ddd}.axis{fill:#666;text-anchor:middle}"
                    ".label{text-anchor:end}.asked{font-weight:bold}.note{fill:#555}.load{fill:#4878a8}"
                    ".request{fill:#b8cfe4}.bad{fill:#c0504d}</style>\n<rect width=\"100%%\" "
                    "height=\"100%%\" fill=\"white\"/>\n",
                    width, height, width, height, FONT_SIZE);
        if (line->rows.n)
                draw_axis(line, height);
        for (size_t i = 0; i < line->rows.n; i++)
                draw_row(line, &line->rows.v[i], AXIS + (double)i * ROW);
        tn_buf_add_str(line->out, "</svg>\n");
}

void tn_trace_svg(const struct json_object *root, struct tn_text *text)
{
        const struct json_object *records = tn_json_array(tn_json_object(root, "result"), "records");
        struct timeline line = { .out = text->out };
        int r = 0;

        for (size_t i = 0; i < tn_json_count(records) && r == 0; i++)
                r = take_record(&line, tn_json_at(records, i));
        if (line.rows.n)
                qsort(line.rows.v, line.rows.n, sizeof(line.rows.v[0]), compare);
        if (r == 0)
                draw(&line);
        else
                text->out->err = r;
        tn_vec_fini(&line.rows);
}
