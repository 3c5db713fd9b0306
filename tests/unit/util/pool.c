/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/resource.h>
#include <time.h>

#include "check.h"
#include "util/cleanup.h"
#include "util/pool.h"

/* ---- what stands in for libc's, in this program alone ---- */

static unsigned threads_left = UINT32_MAX,
                threads_started; /* before one cannot be started; the calling thread's */
static int64_t fake_now = -1;    /* nanoseconds; -1: the real time */

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*fn)(void *), void *data);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*fn)(void *), void *data);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*fn)(void *), void *data)
{
        if (threads_started >= threads_left)
                return EAGAIN;
        threads_started++;
        return __real_pthread_create(thread, attr, fn, data);
}

/* What RLIMIT_DATA is said to be; 0: there is no limit. A real one would be below what a sanitizer takes for itself. */
static rlim_t fake_data;

static int fake_limit(int resource, struct rlimit *limit)
{
        rlim_t to = fake_data && resource == RLIMIT_DATA ? fake_data : RLIM_INFINITY;

        *limit = (struct rlimit){ to, to };
        return 0;
}

/* Which of the two it is depends on the C library. */
int __wrap_getrlimit(int resource, struct rlimit *limit);
int __wrap_getrlimit(int resource, struct rlimit *limit)
{
        return fake_limit(resource, limit);
}

int __wrap_getrlimit64(int resource, struct rlimit *limit);
int __wrap_getrlimit64(int resource, struct rlimit *limit)
{
        return fake_limit(resource, limit);
}

int __real_clock_gettime(clockid_t id, struct timespec *ts);
int __wrap_clock_gettime(clockid_t id, struct timespec *ts);
int __wrap_clock_gettime(clockid_t id, struct timespec *ts)
{
        if (fake_now < 0)
                return __real_clock_gettime(id, ts);
        *ts = (struct timespec){ .tv_sec = fake_now / 1000000000, .tv_nsec = fake_now % 1000000000 };
        return 0;
}

/* ---- work that watches itself ---- */

struct room {
        atomic_int users;
        size_t runs;
};

struct watch {
        size_t end;  /* item whose take() ends the work; SIZE_MAX: none */
        size_t held; /* what run() returns */
        size_t slow; /* item 0 ends only when so many others have */
        int64_t cost;

        size_t taken; /* the calling thread's, as are wrong results and disorder */
        bool is_wrong;
        pthread_t caller;

        atomic_size_t n_taken, n_run, results, most_ahead; /* of results: that are made and not finished */
        atomic_bool is_shared, has_signals; /* a room by two threads; a thread not ours gets some */
};

static struct watch *watched; /* for functions that have no data */
static atomic_size_t rooms_used;

static void look_at_signals(struct watch *watch)
{
        sigset_t set;

        pthread_sigmask(SIG_SETMASK, NULL, &set);
        if (!sigismember(&set, SIGTERM) || !sigismember(&set, SIGCHLD) || sigismember(&set, SIGSEGV))
                watch->has_signals = true;
}

static void look_ahead(struct watch *watch, size_t i)
{
        size_t ahead = i - watch->n_taken, most = watch->most_ahead;

        while (ahead > most && !atomic_compare_exchange_weak(&watch->most_ahead, &most, ahead))
                ;
}

static size_t run(void *data, void *ret_room, size_t i, void *result)
{
        struct watch *watch = data;
        struct room *room = ret_room;

        if (room->users++)
                watch->is_shared = true;
        if (room->runs++ == 0)
                rooms_used++;
        if (!pthread_equal(pthread_self(), watch->caller))
                look_at_signals(watch);
        else if (fake_now >= 0)
                fake_now += watch->cost;
        look_ahead(watch, i);
        while (i == 0 && watch->n_run < watch->slow)
                sched_yield();
        for (size_t k = 0; i == 0 && watch->slow && k < 1000; k++)
                sched_yield(); /* who wanted to go too far has the time for it */
        *(size_t *)result = i * i + 1;
        watch->results++;
        watch->n_run++;
        room->users--;
        return watch->held;
}

static int take(void *data, size_t i, void *result)
{
        struct watch *watch = data;

        watch->is_wrong |= i != watch->taken || *(size_t *)result != i * i + 1 ||
                           !pthread_equal(pthread_self(), watch->caller);
        watch->taken++;
        watch->n_taken++;
        return i == watch->end ? -ECANCELED : 0;
}

static void fini_result(void *result)
{
        watched->results--;
        *(size_t *)result = 0;
}

static void fini_room(void *room)
{
        rooms_used -= ((struct room *)room)->runs > 0;
}

static int try(struct watch *watch, size_t n, unsigned threads)
{
        const struct tn_pool_work work = {
                .n = n,
                .threads = threads,
                .data = watch,
                .run = run,
                .take = take,
                .fini_result = fini_result,
                .fini_room = fini_room,
                .result_size = sizeof(size_t),
                .room_size = sizeof(struct room),
        };

        watch->caller = pthread_self();
        watched = watch;
        threads_started = 0;
        return tn_pool_run(&work);
}

/* What holds for all work. */
static void assert_tidy(const struct watch *watch)
{
        assert_false(watch->is_wrong);
        assert_false(watch->is_shared);
        assert_false(watch->has_signals);
        assert_int_equal(watch->results, 0);
        assert_int_equal(rooms_used, 0);
}

CHECK(pool_results_are_taken_in_order_whatever_the_number_of_threads)
{
        static const size_t counts[] = { 0, 1, 2, 63, 511, 512, 513, 20000 };
        static const unsigned threads[] = { 0, 1, 2, 3, 8, 64, 1000 };

        for (size_t i = 0; i < ARRAY_SIZE(counts); i++)
                for (size_t k = 0; k < ARRAY_SIZE(threads); k++) {
                        struct watch watch = { .end = SIZE_MAX };

                        assert_int_equal(try(&watch, counts[i], threads[k]), 0);
                        assert_int_equal(watch.taken, counts[i]);
                        assert_int_equal(watch.n_run, counts[i]);
                        assert_tidy(&watch);
                }
}

CHECK(pool_starts_as_many_threads_as_are_asked_for)
{
        struct watch alone = { .end = SIZE_MAX }, four = alone, many = alone, few = alone;

        try(&alone, 100, 1);
        assert_int_equal(threads_started, 0);
        try(&four, 100, 4);
        assert_int_equal(threads_started, 3);
        try(&many, 100, 1000);
        assert_int_equal(threads_started, TN_POOL_THREADS_MAX - 1);
        try(&few, 2, 4);
        assert_int_equal(threads_started, 1);
}

CHECK(pool_starts_threads_only_for_what_takes_long)
{
        struct watch quick = { .end = SIZE_MAX, .cost = 100 }, slow = { .end = SIZE_MAX, .cost = 100000 };

        fake_now = 1;
        try(&quick, 9000, 0);
        assert_int_equal(threads_started, 0);
        fake_now = 1;
        try(&slow, 9000, 0);
        assert_int_equal(threads_started, MIN(tn_pool_processors(), 16U) - 1);
        fake_now = -1;
}

CHECK(pool_stays_alone_where_little_memory_is_allowed)
{
        struct watch little = { .end = SIZE_MAX }, more = little;

        fake_data = (rlim_t)400 << 20;
        assert_int_equal(try(&little, 100, 8), 0);
        assert_int_equal(threads_started, 0);
        fake_data = (rlim_t)800 << 20;
        assert_int_equal(try(&more, 100, 8), 0);
        assert_int_equal(threads_started, 2);
        fake_data = 0;
}

CHECK(pool_ends_when_a_result_is_refused)
{
        static const unsigned threads[] = { 1, 2, 8 };

        for (size_t k = 0; k < ARRAY_SIZE(threads); k++) {
                struct watch watch = { .end = 700 };

                assert_int_equal(try(&watch, 5000, threads[k]), -ECANCELED);
                assert_int_equal(watch.taken, 701);
                assert_tidy(&watch);
        }
}

CHECK(pool_does_without_threads_that_cannot_be_started)
{
        for (threads_left = 0; threads_left < 3; threads_left++) {
                struct watch watch = { .end = SIZE_MAX };

                assert_int_equal(try(&watch, 3000, 8), 0);
                assert_int_equal(threads_started, threads_left);
                assert_int_equal(watch.taken, 3000);
                assert_tidy(&watch);
        }
        threads_left = UINT32_MAX;
}

/* Item 0 takes as long as all others that may be run before it. */
CHECK(pool_bounds_how_many_results_wait)
{
        struct watch watch = { .end = SIZE_MAX, .slow = 511 };

        assert_int_equal(try(&watch, 5000, 4), 0);
        assert_int_equal(watch.most_ahead, 511);
        assert_tidy(&watch);
}

CHECK(pool_bounds_the_memory_of_results_that_wait)
{
        struct watch watch = { .end = SIZE_MAX, .slow = 16, .held = 1 << 20 };

        assert_int_equal(try(&watch, 5000, 4), 0);
        assert_in_range(watch.most_ahead, 16, 16 + 4);
        assert_tidy(&watch);
}

CHECK(pool_goes_on_with_results_that_are_larger_than_all_may_be)
{
        struct watch watch = { .end = SIZE_MAX, .held = SIZE_MAX / 64 };

        assert_int_equal(try(&watch, 500, 4), 0);
        assert_int_equal(watch.taken, 500);
        assert_tidy(&watch);
}

CHECK(pool_leaves_the_signals_of_the_caller_as_they_are)
{
        struct watch watch = { .end = SIZE_MAX };
        sigset_t before, after;

        pthread_sigmask(SIG_SETMASK, NULL, &before);
        try(&watch, 100, 4);
        pthread_sigmask(SIG_SETMASK, NULL, &after);
        for (int s = 1; s < 32; s++)
                assert_int_equal(sigismember(&before, s), sigismember(&after, s));
}

CHECK(pool_may_use_the_processors_that_the_process_may_use)
{
        cpu_set_t before, one;

        assert_int_equal(sched_getaffinity(0, sizeof(before), &before), 0);
        assert_int_equal(tn_pool_processors(), CPU_COUNT(&before));
        CPU_ZERO(&one);
        for (int cpu = 0; CPU_COUNT(&one) == 0; cpu++)
                if (CPU_ISSET(cpu, &before))
                        CPU_SET(cpu, &one);
        assert_int_equal(sched_setaffinity(0, sizeof(one), &one), 0);
        assert_int_equal(tn_pool_processors(), 1);
        assert_int_equal(sched_setaffinity(0, sizeof(before), &before), 0);
}
