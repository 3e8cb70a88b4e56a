#ifndef APP_LEDGER_WORDS_H
#define APP_LEDGER_WORDS_H
/* app/ledger_words.h — what an entry's action and the lines of its document mean. */
#include "base/cleanup.h"

/* Chinese words for an action, e.g. 锁定 for "draw.freeze"; the action itself if it has none. */
MUST_USE const char *ledger_words(const char *action);

/* Chinese words for what a document's line begins with, e.g. 检查组 for "members"; "" if it has none. */
MUST_USE const char *ledger_line_words(const char *word);

#endif
