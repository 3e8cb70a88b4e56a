#ifndef APP_OFFICE_H
#define APP_OFFICE_H
/*
 * app/office.h — the office that works: its database, its keys, who acts and what time it is. Every use case
 * that keeps something takes a struct office; every act that decides something runs in office_write and
 * leaves exactly one entry in the ledger (spec/ledger.md) by office_log.
 *
 * Where it lives: a data folder DIR with mingqian.db, keys/ (0700; seal.key, sign.key) and work/ (0700,
 * temporary files); or a PostgreSQL database and a folder of its own for keys and work/.
 *
 * Functions return a status (base/status.h) or a db_code (db/db.h); office_sentence makes Chinese of both.
 */
#include "app/keys.h"
#include "app/ledger_head.h"
#include "app/ledger_written.h"
#include "base/arena.h"
#include "db/db.h"

enum { OFFICE_DIGEST = 65, OFFICE_WHY = 512, OFFICE_CLOCK_BACK_MS = 10000 };

/* The source of who acts at the command line, not in a session of the server. */
#define OFFICE_LOCAL "local"

struct office_where {
	const char *
		data; /* data folder; with db it holds only keys/ and work/, and may be NULL if keys is not */
	const char *db;   /* postgresql://... or any conninfo of libpq; NULL: DIR/mingqian.db */
	const char *keys; /* folder of the keys; NULL: DIR/keys */
	bool make;        /* make what is missing: folder, database, keys */
	bool demo;        /* with make: made-up data, whose clock may be set by hand */
	const char
		*clock; /* made-up data only: a file that tells the time (clock_told); NULL: none */
	bool look;      /* only read, with or without the keys: change nothing, number nothing */
	bool alone; /* whatever the ledger's head says (app/ledger_head.h), which is left as it is */
	const char *
		origin; /* with make: the name the ledger is signed under; NULL: mingqian/<random> */
};

struct office {
	struct db *db;
	struct keys *keys;  /* NULL only after where->look without keys */
	const char *data;   /* the data folder, or the keys' folder if there is only a database */
	const char *work;   /* folder for temporary files, 0700 */
	const char *origin; /* the ledger's name in checkpoints */
	const char *verifier_key; /* its public key: "name+id+base64" (C2SP) */
	bool demo;
	/* Set by the caller after office_open; never NULL. */
	const char *actor, *roles,
		*source; /* who, with which roles, from which address; "local" at first */
	/* What the actor may reach (app/scope.h); "" and false at first: everything. */
	const char *counties;   /* codes joined by ',' */
	const char *department; /* whose draws alone */
	const char *inspector;  /* his number in a registry of people */
	bool own;               /* visits only where he is in the team */
	int64_t fixed_now;      /* not 0, demo data only: the time that office_now tells */
	const char *clock;      /* demo data only: a file that tells the time; NULL: none */
	db_work *also;          /* done last in the transaction of each act; NULL: nothing */
	void *also_arg;
	/* Read only. */
	bool writing;                  /* inside office_write */
	bool checkpoint;               /* one is wanted when the outermost office_write is done */
	struct ledger_head head;       /* as office_head has read it; serial 0: not yet */
	struct ledger_written written; /* by the act */
	int64_t act_at;                /* inside office_write: when its transaction began; else 0 */
	char why[OFFICE_WHY]; /* Chinese: why the last office_ call was refused; "" if it was not */
};

/*
 * Opens it, brings the schema up to date and numbers entries that a crash left without a number. Strings
 * live in the arena. Not OK: *ret_why is a Chinese sentence that says what to do, and nothing is left open.
 * NONE: no data there; NO_SPACE; FORBIDDEN: keys that others may read, a folder or database that others may
 * write, a ledger that does not go on from its head, a trigger or the like in the database; INVALID: keys of another office, or somebody changed by hand whether
 * the data are made up; CONFLICT:
 * where->make and there is one already; UNAVAILABLE: the database cannot be reached or is too new.
 */
MUST_USE int office_open(struct arena *a, const struct office_where *where, struct office *ret,
			 const char **ret_why);
void office_release(struct office *o);

/* Chinese: why the time cannot be set by hand where the data are not made up. */
extern const char office_real_clock[];

/*
 * UTC milliseconds. Inside office_write the time at which its transaction began (again, if it is run again): the rows of
 * an act and its entry carry the same one, and that is what `ledger verify` holds them to.
 */
MUST_USE int64_t office_now(const struct office *o);

/*
 * Runs work in db_write (it may run again, see there), then numbers what it logged. Inside another
 * office_write it is a savepoint of that one. INVALID and why: nobody may act under that name
 * (office_person.h), or the clock stands more than OFFICE_CLOCK_BACK_MS before the ledger's latest time;
 * nothing was done. The first act of a legal day also
 * signs a checkpoint. FORBIDDEN and why: the ledger does not go on from its head, or what the act wrote there was not
 * there any more when it was to be committed, and nothing was done; or after that, and then it was done: what it would
 * have told is not told. When the work is committed, OK is returned even if numbering or signing has to wait for
 * the next time; then why says so.
 */
MUST_USE int office_write(struct office *o, db_work *work, void *arg);

/*
 * Runs work, which does the acts of several people one after the other, in one transaction: each act's office_write is a
 * savepoint of it, so that one which is refused leaves nothing and the others stay. OK: all are on the disk. DB_UNKNOWN: they
 * may be, with o->why; none is to be done again. Else none is, and each is to be done by itself. It may run again.
 */
MUST_USE int office_group(struct office *o, db_work *work, void *arg);

/*
 * Reads how far the ledger had come, to be called before a db_read that asks ledger_whole: what others add after it is in no
 * state that is read before. FORBIDDEN and why: there is no head.
 */
MUST_USE int office_head(struct office *o);

/* Does the ledger go on from its head? FORBIDDEN and why. office_write asks it before each act. */
MUST_USE int office_head_check(struct office *o);

/* INVALID with why, unless the reason says something (office_person.h); NULL does not. */
MUST_USE int office_reason(struct office *o, const char *reason);

/*
 * When the clock was once ahead and the ledger's latest time is therefore in the future: takes the present
 * time as right from now on, with one entry (action LEDGER_CLOCK_ACTION, the reason as its document), which
 * auditors will see. CONFLICT and why: the clock is not behind; INVALID: a reason that says nothing.
 */
MUST_USE int office_accept_clock(struct office *o, const char *reason);

/*
 * Somebody put the database back, knows why, and takes it as it is: head.accept, which auditors will see, and a new head.
 * Of an office that was opened alone. CONFLICT and why: the ledger goes on from its head; INVALID: a reason that says nothing.
 */
MUST_USE int office_accept_head(struct office *o, const char *reason);

/*
 * Adds the one entry of a deciding act, inside the work of office_write; if it fails, return its code, so
 * that the act does not happen either. action: "draw.freeze" and the like; subject: the public id of what
 * it is about, never a name that is sealed; digest: 64 hex digits of the full document, "" or NULL if none.
 * TOO_LARGE: a text of more than 4096 bytes.
 */
MUST_USE int office_log(struct office *o, const char *action, const char *subject,
			const char *digest);

/*
 * Keeps a document in the database by its digest, inside the work of office_write, and tells the digest
 * for office_log. Documents are in the clear: seal first what must be secret (keys_seal).
 */
MUST_USE int office_document(struct office *o, const void *at, size_t len,
			     char digest[OFFICE_DIGEST]);

/* The same digest, without keeping anything. */
void office_digest(const void *at, size_t len, char digest[OFFICE_DIGEST]);

/* A Chinese sentence for a code of this header's functions or of any use case that passes one on. */
MUST_USE const char *office_sentence(const struct office *o, int code);

#endif
