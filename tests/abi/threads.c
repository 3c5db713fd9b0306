/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <libkmod.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * threads DIR TIMES < WORDS: eight threads, each with a context of its own, look up so many words each in the module
 * directory DIR. Prints how many modules each has found, which must be the same for all. "threads DIR race" has a
 * race of its own instead, to show that it would be seen.
 */

#define THREADS 8

static const char *dir;
static char *words[8192];
static size_t n_words, times;
static long shared; /* for the race */

static long found_in(struct kmod_ctx *ctx, const char *word)
{
        struct kmod_list *list = NULL, *entry;
        long n = 0;

        if (kmod_module_new_from_lookup(ctx, word, &list) < 0)
                return -1;
        kmod_list_foreach(entry, list)
        {
                struct kmod_module *mod = kmod_module_get_module(entry);

                n += kmod_module_get_path(mod) != NULL;
                kmod_module_unref(mod);
        }
        kmod_module_unref_list(list);
        return n;
}

static void *search(void *arg)
{
        static const char *const none[] = { NULL };
        struct kmod_ctx *ctx = kmod_new(dir, none);
        long *found = arg;

        *found = ctx && kmod_load_resources(ctx) >= 0 ? 0 : -1;
        for (size_t i = 0; i < times && *found >= 0; i++)
                *found += found_in(ctx, words[i % n_words]);
        kmod_unref(ctx);
        return NULL;
}

static void *race(void *arg)
{
        for (int i = 0; i < 1000; i++)
                shared++;
        return NULL;
}

int main(int argc, char **argv)
{
        bool racing = argc == 3 && strcmp(argv[2], "race") == 0;
        pthread_t threads[THREADS];
        long found[THREADS];
        char line[4096];

        if (argc != 3)
                return 2;
        dir = argv[1];
        times = (size_t)atol(argv[2]);
        while (n_words < sizeof(words) / sizeof(words[0]) && fgets(line, sizeof(line), stdin)) {
                line[strcspn(line, "\n")] = '\0';
                words[n_words++] = strdup(line);
        }
        if (!n_words)
                return 2;
        for (int i = 0; i < THREADS; i++) {
                if (pthread_create(&threads[i], NULL, racing ? race : search, &found[i]) != 0)
                        return 2;
        }
        for (int i = 0; i < THREADS; i++) {
                pthread_join(threads[i], NULL);
                printf("%ld\n", racing ? shared : found[i]);
        }
        for (size_t i = 0; i < n_words; i++)
                free(words[i]);
        return 0;
}
