/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "core/softwords.h"

struct tn_softwords tn_softwords_of(const struct tn_config *config, const char *module,
                                    enum tn_softdep_part part)
{
        return (struct tn_softwords){
                .records = tn_config_match(config, TN_CONF_SOFTDEP, module),
                .part = part,
        };
}

bool tn_softwords_next(struct tn_softwords *words, struct tn_softword *ret_word)
{
        struct span name;

        do {
                while (tn_softdep_next(&words->softdep, &name))
                        if (words->softdep.part == words->part) {
                                *ret_word = (struct tn_softword){ name, words->record };
                                return true;
                        }
                words->record = tn_config_next(&words->records);
                if (words->record)
                        words->softdep = tn_softdep_init(words->record->value);
        } while (words->record);
        return false;
}
