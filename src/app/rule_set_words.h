#ifndef APP_RULE_SET_WORDS_H
#define APP_RULE_SET_WORDS_H
/* app/rule_set_words.h — a rule set in plain Chinese sentences, for people who do not read JSON. */
#include "app/rule_set.h"

struct buf;

/* "重点排污单位：每季度至少抽查 10%，……。依据《……》三（一）。" without LF. */
void rule_sentence(const struct rule_set *set, const struct rule *rule, struct buf *out);

/* A fraction as people write it: "10%", "12.5%", "每人 5 家", "全部". */
void rule_basis_words(const struct rule_basis *basis, struct buf *out);

/* One sentence a line, each with LF: teams, cap and exemptions, milestones, deadlines, publication, approval. */
void rule_set_sentences(const struct rule_set *set, struct buf *out);

#endif
