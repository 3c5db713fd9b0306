/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tenon/verb.h"

const struct tn_verb *const tn_verbs[] = {
        &tn_verb_overview, &tn_verb_why,   &tn_verb_check, &tn_verb_config, &tn_verb_list,
        &tn_verb_show,     &tn_verb_graph, &tn_verb_trace, &tn_verb_view,   NULL,
};

const struct tn_verb *tn_verb_of_document(const char *name)
{
        for (size_t i = 0; tn_verbs[i]; i++)
                if (strcmp(tn_verbs[i]->name, name) == 0)
                        return tn_verbs[i];
        return NULL;
}

const struct tn_verb *tn_verb_find(const char *word, bool *ret_several)
{
        const struct tn_verb *found = tn_verb_of_document(word);

        *ret_several = false;
        for (size_t i = 0; *word && !found && tn_verbs[i]; i++)
                if (strncmp(tn_verbs[i]->name, word, strlen(word)) == 0)
                        found = tn_verbs[i];
        for (size_t i = 0; found && strcmp(found->name, word) != 0 && tn_verbs[i]; i++)
                if (tn_verbs[i] != found && strncmp(tn_verbs[i]->name, word, strlen(word)) == 0)
                        *ret_several = true;
        return *ret_several ? NULL : found;
}
