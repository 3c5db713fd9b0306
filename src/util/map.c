/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <assert.h>
#include <errno.h>
#include <stdlib.h>

#include "util/cleanup.h"
#include "util/map.h"
#include "util/word.h"

struct tn_map_slot {
        struct span key;
        void *value; /* NULL: free */
        uint32_t hash;
};

static struct tn_map_slot *probe(const struct tn_map *map, struct span key, uint32_t h)
{
        size_t i = h & (map->cap - 1);

        while (map->slots[i].value && !(map->slots[i].hash == h && tn_span_eq(map->slots[i].key, key)))
                i = (i + 1) & (map->cap - 1);
        return &map->slots[i];
}

void tn_map_fini(struct tn_map *map)
{
        free(map->slots);
        *map = (struct tn_map){ 0 };
}

void *tn_map_find(const struct tn_map *map, struct span key)
{
        return map->cap ? probe(map, key, tn_word_hash(key))->value : NULL;
}

static int grow(struct tn_map *map)
{
        struct tn_map bigger = { .cap = map->cap ? map->cap * 2 : 64, .n = map->n };

        bigger.slots = calloc(bigger.cap, sizeof(*bigger.slots));
        if (!bigger.slots)
                return -ENOMEM;
        for (size_t i = 0; i < map->cap; i++)
                if (map->slots[i].value)
                        *probe(&bigger, map->slots[i].key, map->slots[i].hash) = map->slots[i];
        free(map->slots);
        *map = bigger;
        return 0;
}

int tn_map_add_new(struct tn_map *map, struct span key, void *value)
{
        uint32_t h = tn_word_hash(key);
        struct tn_map_slot *slot;

        assert(value);
        if (map->n >= map->cap / 2) {
                int r = grow(map);

                if (r < 0)
                        return r;
        }
        slot = probe(map, key, h);
        if (slot->value)
                return 0;
        *slot = (struct tn_map_slot){ key, value, h };
        map->n++;
        return 1;
}

int tn_map_add(struct tn_map *map, struct span key, void *value)
{
        int r = tn_map_add_new(map, key, value);

        if (r == 0)
                probe(map, key, tn_word_hash(key))->value = value;
        return MIN(r, 0);
}

/* Those behind it that had to give way move up, so that none of them is cut off from where its hash points. */
void *tn_map_del(struct tn_map *map, struct span key)
{
        size_t mask = map->cap - 1, hole, i;
        void *value;

        if (!tn_map_find(map, key))
                return NULL;
        hole = (size_t)(probe(map, key, tn_word_hash(key)) - map->slots);
        value = map->slots[hole].value;
        for (i = (hole + 1) & mask; map->slots[i].value; i = (i + 1) & mask) {
                size_t way = (i - map->slots[i].hash) & mask; /* from where it would like to be */

                if (way < ((i - hole) & mask))
                        continue;
                map->slots[hole] = map->slots[i];
                hole = i;
        }
        map->slots[hole] = (struct tn_map_slot){ 0 };
        map->n--;
        return value;
}
