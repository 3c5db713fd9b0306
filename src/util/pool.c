/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "util/cleanup.h"
#include "util/pool.h"

/* Results that wait while an early item takes long: so many, and as long as they hold no more bytes than these. */
#define WINDOW     ((size_t)512)
#define HELD_MAX   ((size_t)16 << 20)

/* Starting a thread, and its first touch of memory, take some 0.05 ms. */
#define ALONE_NS   1000000

/* The calling thread takes the results of so many threads in the time that it takes them to make them. */
#define USEFUL_MAX 16

/*
 * Each thread has a heap of its own, since two in one heap spend a third of what they save on waiting for it. With glibc a
 * heap takes 128 MiB of address space while it is made, and 64 MiB then.
 */
#define SPACE_SIZE ((rlim_t)256 << 20)

/*
 * Opening a library takes most, 20 KB; other libraries that step in at libc's functions may keep several paths there. Only
 * what is used is ever in memory.
 */
#define STACK_SIZE ((size_t)256 * 1024)

/* Rooms and results of different threads share no line of a processor's cache. */
#define LINE       ((size_t)64)

struct slot {
        bool is_done;
        size_t held; /* by its result */
};

struct pool {
        const struct tn_pool_work *work;
        size_t window;
        char *results, *rooms; /* each on lines of its own: one a slot, one a thread */
        struct slot *slots;    /* item i has number i % window */
        unsigned n_threads;    /* that may be, the calling one counted */
        int64_t alone_since;

        pthread_mutex_t lock; /* of all that follows and the slots */
        pthread_cond_t may_begin, is_done;
        size_t begun, taken;
        size_t held;
        bool is_over;

        unsigned n_started;
        struct worker {
                struct pool *pool;
                void *room;
                pthread_t thread;
        } workers[TN_POOL_THREADS_MAX - 1];
};

static size_t lines(size_t size)
{
        return (MAX(size, (size_t)1) + LINE - 1) / LINE * LINE;
}

static void *result_of(const struct pool *pool, size_t i)
{
        return pool->results + i % pool->window * lines(pool->work->result_size);
}

static void *room_of(const struct pool *pool, unsigned thread)
{
        return pool->rooms + thread * lines(pool->work->room_size);
}

/* The item that is taken next may always begin: nobody would wait for less then. */
static bool may_begin(const struct pool *pool)
{
        size_t ahead = pool->begun - pool->taken;

        return !pool->is_over && pool->begun < pool->work->n &&
               (ahead == 0 || (ahead < pool->window && pool->held < HELD_MAX));
}

/* Called and returns with the lock. */
static void run_next(struct pool *pool, void *room)
{
        size_t i = pool->begun++;
        struct slot *slot = &pool->slots[i % pool->window];

        pthread_mutex_unlock(&pool->lock);
        slot->held = pool->work->run(pool->work->data, room, i, result_of(pool, i));
        pthread_mutex_lock(&pool->lock);
        slot->is_done = true;
        pool->held += slot->held;
        if (i == pool->taken)
                pthread_cond_signal(&pool->is_done);
}

static void *run_worker(void *data)
{
        struct worker *worker = data;
        struct pool *pool = worker->pool;

        pthread_mutex_lock(&pool->lock);
        while (!pool->is_over && pool->begun < pool->work->n) {
                if (may_begin(pool))
                        run_next(pool, worker->room);
                else
                        pthread_cond_wait(&pool->may_begin, &pool->lock);
        }
        pthread_mutex_unlock(&pool->lock);
        return NULL;
}

/* The result is gone then. */
static void drop(struct pool *pool, size_t i)
{
        struct slot *slot = &pool->slots[i % pool->window];

        if (slot->is_done && pool->work->fini_result)
                pool->work->fini_result(result_of(pool, i));
        pool->held -= slot->is_done ? slot->held : 0;
        slot->is_done = false;
}

/* The one whose turn it is. Called and returns with the lock. */
static int take_next(struct pool *pool)
{
        size_t i = pool->taken;
        int r;

        pthread_mutex_unlock(&pool->lock);
        r = pool->work->take(pool->work->data, i, result_of(pool, i));
        pthread_mutex_lock(&pool->lock);
        drop(pool, i);
        pool->taken++;
        pthread_cond_signal(&pool->may_begin);
        return r;
}

static int start(struct worker *worker)
{
        pthread_attr_t attr;
        int r = pthread_attr_init(&attr);

        if (r)
                return r;
        r = pthread_attr_setstacksize(&attr, STACK_SIZE);
        if (r == 0)
                r = pthread_create(&worker->thread, &attr, run_worker, worker);
        pthread_attr_destroy(&attr);
        return r;
}

/* What a thread itself brings about, such as a bad access, goes to that thread whatever is blocked. */
static void start_workers(struct pool *pool, size_t most)
{
        static const int own[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGSYS, SIGABRT };
        sigset_t blocked, before;

        sigfillset(&blocked);
        for (size_t i = 0; i < ARRAY_SIZE(own); i++)
                sigdelset(&blocked, own[i]);
        if (pthread_sigmask(SIG_BLOCK, &blocked, &before))
                return;
        while (pool->n_started < most) {
                struct worker *worker = &pool->workers[pool->n_started];

                *worker = (struct worker){ .pool = pool, .room = room_of(pool, pool->n_started + 1) };
                if (start(worker))
                        break;
                pool->n_started++;
        }
        pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/* Called and returns with the lock; meanwhile others have it. */
static void start_threads(struct pool *pool)
{
        size_t left = pool->work->n - pool->begun;
        size_t n = MIN(left, (size_t)pool->n_threads - 1);

        pool->n_threads = 1; /* no more of them */
        pthread_mutex_unlock(&pool->lock);
        start_workers(pool, n);
        pthread_mutex_lock(&pool->lock);
}

static int64_t now(void)
{
        struct timespec ts = { 0 };

        clock_gettime(CLOCK_MONOTONIC, &ts);
        return ts.tv_sec * (int64_t)1000000000 + ts.tv_nsec;
}

/* Once, when the work has proved to be long. */
static bool want_threads(const struct pool *pool)
{
        return pool->n_threads > 1 && (pool->work->threads || now() - pool->alone_since >= ALONE_NS);
}

static int run(struct pool *pool)
{
        int r = 0;

        pthread_mutex_lock(&pool->lock);
        while (r == 0 && pool->taken < pool->work->n) {
                if (pool->slots[pool->taken % pool->window].is_done)
                        r = take_next(pool);
                else if (want_threads(pool))
                        start_threads(pool);
                else if (may_begin(pool))
                        run_next(pool, room_of(pool, 0));
                else
                        pthread_cond_wait(&pool->is_done, &pool->lock);
        }
        pool->is_over = true;
        pthread_cond_broadcast(&pool->may_begin);
        pthread_mutex_unlock(&pool->lock);
        return r;
}

static void fini(struct pool *pool)
{
        for (unsigned i = 0; i < pool->n_started; i++)
                pthread_join(pool->workers[i].thread, NULL);
        for (size_t i = pool->taken; i < pool->begun; i++)
                drop(pool, i);
        for (unsigned i = 0; pool->rooms && pool->work->fini_room && i <= pool->n_started; i++)
                pool->work->fini_room(room_of(pool, i));
        pthread_cond_destroy(&pool->may_begin);
        pthread_cond_destroy(&pool->is_done);
        pthread_mutex_destroy(&pool->lock);
        free(pool->slots);
        free(pool->results);
        free(pool->rooms);
}

unsigned tn_pool_processors(void)
{
        cpu_set_t set;
        long n;

        if (sched_getaffinity(0, sizeof(set), &set) == 0)
                return (unsigned)MAX(CPU_COUNT(&set), 1);
        n = sysconf(_SC_NPROCESSORS_ONLN); /* more than fit into a set */
        return (unsigned)MIN(MAX(n, 1L), (long)CPU_SETSIZE);
}

/* How many threads have room in what memory is allowed. */
static rlim_t count_spaces(void)
{
        struct rlimit space, memory;

        if (getrlimit(RLIMIT_AS, &space) < 0 || getrlimit(RLIMIT_DATA, &memory) < 0)
                return 1;
        return MAX(MIN(space.rlim_cur, memory.rlim_cur) / SPACE_SIZE, (rlim_t)1);
}

static unsigned count_threads(const struct tn_pool_work *work)
{
        unsigned n = work->threads ? MIN(work->threads, (unsigned)TN_POOL_THREADS_MAX)
                                   : MIN(tn_pool_processors(), (unsigned)USEFUL_MAX);

        n = (unsigned)MIN((size_t)n, work->n);
        return n < 2 ? n : (unsigned)MIN((rlim_t)n, count_spaces());
}

int tn_pool_run(const struct tn_pool_work *work)
{
        struct pool pool = {
                .work = work,
                .window = MIN(work->n, WINDOW),
                .n_threads = count_threads(work),
                .lock = PTHREAD_MUTEX_INITIALIZER,
                .may_begin = PTHREAD_COND_INITIALIZER,
                .is_done = PTHREAD_COND_INITIALIZER,
        };
        int r = -ENOMEM;

        if (work->n == 0)
                return 0;
        if (pool.n_threads < 2)
                pool.window = 1;
        pool.slots = calloc(pool.window, sizeof(*pool.slots));
        pool.results = calloc(pool.window, lines(work->result_size));
        pool.rooms = calloc(pool.n_threads, lines(work->room_size));
        if (pool.slots && pool.results && pool.rooms) {
                pool.alone_since = now();
                r = run(&pool);
        }
        fini(&pool);
        return r;
}
