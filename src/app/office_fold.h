#ifndef APP_OFFICE_FOLD_H
#define APP_OFFICE_FOLD_H
/*
 * app/office_fold.h — what is left of a name when everything is taken away by which one can write it a second time
 * (Unicode's NFKC with case folding, then the skeleton of UTS 39, then letters and digits only), and the scripts that
 * a name may mix.
 */
#include "base/cleanup.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { OFFICE_FOLD_MOST = 1024 }; /* characters of a folded name */

struct office_fold {
	char at[8 * OFFICE_FOLD_MOST]; /* UTF-8, no NUL at its end */
	size_t len;
};

/*
 * Folds a name: "Zhang San" and "zhаngsаn" with two Cyrillic letters, "王力" and "王カ" with a kana, "张·三" and "张三"
 * become equal. Different names may become equal too ("王土" and "王士"). Some letters look alike only in capitals and some only as small ones: case_first makes
 * them small before they are compared by their look, else after. false: too long to be a name.
 */
MUST_USE bool office_fold(const char *name, bool case_first, struct office_fold *ret);

/* Is one character a mark that changes the one before it? */
MUST_USE bool office_fold_mark(uint32_t c);

/*
 * Are all letters of one script, or of Han and Latin? Other mixtures have letters that look alike. false, too, if there
 * is neither a letter nor a digit.
 */
MUST_USE bool office_fold_scripts(const char *name);

#endif
