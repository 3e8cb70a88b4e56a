#ifndef APP_RULE_SET_LISTS_H
#define APP_RULE_SET_LISTS_H
/* app/rule_set_lists.h — the words of every choice in a rule set, as JSON writes them and as people read them. */

/* One value of a choice or one bit of a set, and how a sentence says it. A list ends with a NULL word. */
struct rule_word {
	const char *word;
	unsigned value;
	const char *says;
};

extern const struct rule_word rule_class_words[];
extern const struct rule_word rule_visit_words[];
extern const struct rule_word rule_trigger_words[];
extern const struct rule_word rule_head_words[];
extern const struct rule_word rule_public_words[];
extern const struct rule_word rule_relax_words[];
extern const struct rule_word rule_permit_words[];
extern const struct rule_word rule_credit_words[];
extern const struct rule_word rule_format_words[];
extern const struct rule_word rule_level_words[];
extern const struct rule_word rule_periods_words[];
extern const struct rule_word rule_of_words[];
extern const struct rule_word rule_unit_words[];
extern const struct rule_word rule_rounding_words[];
extern const struct rule_word rule_policy_words[];
extern const struct rule_word rule_per_words[];

#endif
