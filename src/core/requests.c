/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "core/requests.h"
#include "util/cleanup.h"

/* What comm says of a helper: at most 15 bytes of the program's name. */
#define COMMAND_MAX 15

static void free_request(struct tn_request *request)
{
        tn_vec_fini(&request->modules);
        tn_arena_fini(&request->arena);
        free(request->data);
        free(request);
}

static void free_loaded(struct tn_loaded *loaded)
{
        tn_arena_fini(&loaded->arena);
        free(loaded);
}

static int end_loaded(struct tn_requests *requests, size_t i)
{
        struct tn_loaded *loaded = requests->loading.v[i];
        int r = requests->loaded(requests->data, loaded);

        free_loaded(loaded);
        requests->loading.n--;
        memmove(&requests->loading.v[i], &requests->loading.v[i + 1],
                (requests->loading.n - i) * sizeof(requests->loading.v[0]));
        return r;
}

static int end_loaded_for(struct tn_requests *requests, const struct tn_request *request)
{
        int r = 0;

        for (size_t i = requests->loading.n; i-- > 0 && r == 0;)
                if (requests->loading.v[i]->request == request)
                        r = end_loaded(requests, i);
        return r;
}

/* What was loaded for it is reported before it. */
static int end_request(struct tn_requests *requests, size_t i)
{
        struct tn_request *request = requests->open.v[i];
        int r = end_loaded_for(requests, request);

        if (r == 0)
                r = requests->request(requests->data, request);
        free_request(request);
        requests->open.n--;
        memmove(&requests->open.v[i], &requests->open.v[i + 1],
                (requests->open.n - i) * sizeof(requests->open.v[0]));
        return r;
}

/* A thread that asks again no longer waits for what it asked before. */
static int end_of_thread(struct tn_requests *requests, uint64_t pid)
{
        int r = 0;

        for (size_t i = requests->open.n; i-- > 0 && r == 0;)
                if (requests->open.v[i]->pid == pid && requests->open.v[i]->wait)
                        r = end_request(requests, i);
        return r;
}

static int begin_request(struct tn_requests *requests, const struct tn_ftrace_line *line,
                         struct tn_request **ret_request)
{
        struct tn_request *request;
        int r = end_of_thread(requests, line->pid);

        if (r == 0 && requests->open.n == TN_REQUESTS_MAX)
                r = end_request(requests, 0);
        if (r < 0)
                return r;
        request = calloc(1, sizeof(*request));
        if (!request)
                return -ENOMEM;
        *request = (struct tn_request){ .time_ns = line->time_ns, .pid = line->pid, .wait = line->wait };
        request->command = tn_arena_dup(&request->arena, line->command);
        request->name = tn_arena_dup(&request->arena, line->name);
        request->call_site = tn_arena_dup(&request->arena, line->call_site);
        if (!request->command || !request->name || !request->call_site)
                r = -ENOMEM;
        if (r == 0)
                r = tn_vec_add(&requests->open, request);
        if (r < 0) {
                free_request(request);
                return r;
        }
        *ret_request = request;
        return 0;
}

/* The number of the oldest request without a helper; of those with that name, if there is one. */
static size_t find_waiting(const struct tn_requests *requests, struct span asked)
{
        size_t first = SIZE_MAX;

        for (size_t i = 0; i < requests->open.n; i++) {
                const struct tn_request *request = requests->open.v[i];

                if (request->helper)
                        continue;
                if (asked.len && tn_span_eq(tn_span_of(request->name), asked))
                        return i;
                if (first == SIZE_MAX)
                        first = i;
        }
        return asked.len ? SIZE_MAX : first;
}

static void begin_helper(struct tn_requests *requests, const struct tn_ftrace_line *line, struct span asked)
{
        size_t i = SIZE_MAX;

        if (requests->helper && tn_span_eq(line->name, tn_span_of(requests->helper)))
                i = find_waiting(requests, asked);
        if (i != SIZE_MAX)
                requests->open.v[i]->helper = line->pid;
}

/* A thread is gone. If it was killed while it waited, its helper goes on, and so does the request. */
static int end_asker(struct tn_requests *requests, uint64_t pid)
{
        int r = 0;

        for (size_t i = requests->open.n; i-- > 0 && r == 0;) {
                const struct tn_request *request = requests->open.v[i];

                if (request->pid == pid && request->wait && !request->helper)
                        r = end_request(requests, i);
        }
        return r;
}

static int end_process(struct tn_requests *requests, const struct tn_ftrace_line *line)
{
        int r = 0;

        for (size_t i = requests->loading.n; i-- > 0 && r == 0;)
                if (requests->loading.v[i]->pid == line->pid)
                        r = end_loaded(requests, i);
        for (size_t i = requests->open.n; i-- > 0 && r == 0;) {
                if (requests->open.v[i]->helper != line->pid)
                        continue;
                requests->open.v[i]->end_ns = line->time_ns;
                r = end_request(requests, i);
        }
        return r == 0 ? end_asker(requests, line->pid) : r;
}

static bool is_helper_command(const struct tn_requests *requests, struct span command)
{
        struct span base = tn_span_base(tn_span_of(requests->helper));

        return base.len && tn_span_eq(command, tn_span_head(base, COMMAND_MAX));
}

/* The request for which a thread loads a module, if one was seen. */
static struct tn_request *find_request(const struct tn_requests *requests, const struct tn_ftrace_line *line)
{
        for (size_t i = 0; i < requests->open.n; i++)
                if (requests->open.v[i]->helper == line->pid)
                        return requests->open.v[i];
        if (!requests->serves || !is_helper_command(requests, line->command))
                return NULL;
        for (size_t i = 0; i < requests->open.n; i++) {
                struct tn_request *request = requests->open.v[i];

                if (request->helper || !requests->serves(requests->data, request, line->name))
                        continue;
                request->helper = line->pid;
                return request;
        }
        return NULL;
}

/* The module that a thread is loading: a number, or SIZE_MAX. */
static size_t find_loading(const struct tn_requests *requests, uint64_t pid)
{
        for (size_t i = requests->loading.n; i-- > 0;)
                if (requests->loading.v[i]->pid == pid)
                        return i;
        return SIZE_MAX;
}

static int add_loading(struct tn_requests *requests, const struct tn_ftrace_line *line,
                       struct tn_loaded *loaded)
{
        struct tn_request *request = find_request(requests, line);
        const char *module;
        int r;

        loaded->command = tn_arena_dup(&loaded->arena, line->command);
        loaded->module = tn_arena_dup(&loaded->arena, line->name);
        loaded->taints = tn_arena_dup(&loaded->arena, line->taints);
        if (!loaded->command || !loaded->module || !loaded->taints)
                return -ENOMEM;
        r = tn_vec_add(&requests->loading, loaded);
        if (r < 0 || !request)
                return r;
        loaded->request = request;
        module = tn_arena_dup(&request->arena, line->name);
        r = module ? tn_vec_add(&request->modules, module) : -ENOMEM;
        if (r < 0)
                requests->loading.n--;
        return r;
}

static int begin_loaded(struct tn_requests *requests, const struct tn_ftrace_line *line)
{
        size_t before = find_loading(requests, line->pid);
        int r = before == SIZE_MAX ? 0 : end_loaded(requests, before);
        struct tn_loaded *loaded;

        if (r == 0 && requests->loading.n == TN_REQUESTS_MAX)
                r = end_loaded(requests, 0);
        if (r < 0)
                return r;
        loaded = calloc(1, sizeof(*loaded));
        if (!loaded)
                return -ENOMEM;
        *loaded = (struct tn_loaded){ .time_ns = line->time_ns, .pid = line->pid };
        r = add_loading(requests, line, loaded);
        if (r < 0)
                free_loaded(loaded);
        return r;
}

/* A module whose init failed is gone. It is the last that its thread loaded. */
static void forget_failed(struct tn_requests *requests, const struct tn_loaded *loaded)
{
        for (size_t i = 0; i < requests->open.n; i++) {
                struct tn_request *request = requests->open.v[i];

                if (request == loaded->request && request->modules.n)
                        request->modules.n--;
        }
}

/*
 * A thread's first init after the module was linked is the module's. By its address it could not be told: the kernel
 * takes that for a function of another module once the memory of init is freed.
 */
static int end_init(struct tn_requests *requests, const struct tn_ftrace_line *line)
{
        size_t i = find_loading(requests, line->pid);

        if (i == SIZE_MAX || !requests->loading.v[i]->start_ns)
                return 0;
        requests->loading.v[i]->end_ns = line->time_ns;
        requests->loading.v[i]->result = line->value;
        if (line->value < 0)
                forget_failed(requests, requests->loading.v[i]);
        return end_loaded(requests, i);
}

static void begin_init(struct tn_requests *requests, const struct tn_ftrace_line *line)
{
        size_t i = find_loading(requests, line->pid);

        if (i != SIZE_MAX && !requests->loading.v[i]->start_ns)
                requests->loading.v[i]->start_ns = line->time_ns;
}

int tn_requests_take(struct tn_requests *requests, const struct tn_ftrace_line *line, struct span asked,
                     struct tn_request **ret_request)
{
        *ret_request = NULL;
        switch (line->event) {
        case TN_FTRACE_REQUEST: return begin_request(requests, line, ret_request);
        case TN_FTRACE_LOAD: return begin_loaded(requests, line);
        case TN_FTRACE_FREE: return requests->freed(requests->data, line);
        case TN_FTRACE_START: begin_init(requests, line); return 0;
        case TN_FTRACE_FINISH: return end_init(requests, line);
        case TN_FTRACE_EXEC: begin_helper(requests, line, asked); return 0;
        case TN_FTRACE_EXIT: return end_process(requests, line);
        default: return 0;
        }
}

int tn_requests_end(struct tn_requests *requests)
{
        int r = 0;

        while (requests->loading.n && r == 0)
                r = end_loaded(requests, 0);
        while (requests->open.n && r == 0)
                r = end_request(requests, 0);
        return r;
}

void tn_requests_fini(struct tn_requests *requests)
{
        for (size_t i = 0; i < requests->loading.n; i++)
                free_loaded(requests->loading.v[i]);
        for (size_t i = 0; i < requests->open.n; i++)
                free_request(requests->open.v[i]);
        tn_vec_fini(&requests->loading);
        tn_vec_fini(&requests->open);
}
