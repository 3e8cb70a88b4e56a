/* store/ledger_audit.c — questions to ledger_entry and to the tables that it tells of. */
#include "store/ledger_audit.h"

#include "base/status.h"
#include "store/registry_last.h"

/* The only row's numbers; NONE if there is no row. */
static int numbers(struct db_rows *r, int count, int64_t *const *ret)
{
	int rc = db_next(r);

	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	for (int i = 0; i < count; i++)
		*ret[i] = db_i64(r, i);
	return DB_OK;
}

static int number(struct db_rows *r, int64_t *ret)
{
	return numbers(r, 1, &ret);
}

int ledger_audit_find(struct db *db, const struct ledger_audit_act *act, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select count(*) from ledger_entry where subject = $1 and action = $2"
		     " and digest = $3 and actor = $4 and time = $5",
		     "tttti", act->subject, act->action, act->digest, act->actor, act->at));
	return number(r, ret);
}

int ledger_audit_count(struct db *db, const char *action, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r, "select count(*) from ledger_entry where action = $1", "t", action));
	return number(r, ret);
}

int ledger_audit_registry_count(struct db *db, const char *begin, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select count(*) from ledger_entry where action in ('registry.import',"
		     " 'registry.edit', 'registry.merge', 'registry.split', 'registry.undo')"
		     " and substr(subject, 1, length($1)) = $1",
		     "t", begin));
	return number(r, ret);
}

int ledger_audit_said(struct db *db, struct arena *a, const char *subject, const char **ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		db, &r,
		"select digest from ledger_entry where subject = $1 and action in"
		" ('registry.import', 'registry.edit', 'registry.merge', 'registry.split',"
		" 'registry.undo', 'plan.opening', 'calendar.import') order by id desc limit 1",
		"t", subject));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	*ret = arena_str(a, db_text(r, 0));
	return DB_OK;
}

int ledger_audit_named(struct db *db, const char *subject, const char *digest, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r, "select count(*) from ledger_entry where subject = $1 and digest = $2",
		     "tt", subject, digest));
	return number(r, ret);
}

/* Not max(id): PostgreSQL would then look for the subject from the newest entry of all on. */
int ledger_audit_account(struct db *db, const char *account, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		db, &r,
		"select coalesce(max(id + 0), 0) from ledger_entry where subject = $1 and action"
		" in ('account.create', 'account.invite', 'account.activate', 'account.edit',"
		" 'account.close', 'account.grant', 'account.take', 'account.password',"
		" 'account.totp', 'account.totp-remove')",
		"t", account));
	return number(r, ret);
}

/* ---- registries ---- */

int ledger_audit_next_change(struct db *db, const char *registry, int64_t after, int64_t *ret_id)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select id from registry_change where registry = $1 and id > $2"
		     " order by id limit 1",
		     "ti", registry, after));
	return number(r, ret_id);
}

int ledger_audit_changes(struct db *db, const char *registry, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r, "select count(*) from registry_change where registry = $1", "t",
		     registry));
	return number(r, ret);
}

int ledger_audit_not_imports(struct db *db, const char *registry, int64_t from, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select count(*) from registry_change where registry = $1 and id >= $2"
		     " and kind <> 'import'",
		     "ti", registry, from));
	return number(r, ret);
}

/*
 * An undo of a merge or split is digested like other changes; any other undo as one file: first the rows that
 * go back, then those that the undone change had added, which now have their second version.
 */
int ledger_audit_walk_made(struct db *db, const char *registry, int64_t from,
			   ledger_audit_each_made *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(db, &r,
		     "select c.id, c.result_digest, c.undo, t.version, t.cells from"
		     " (select x.id, x.result_digest, case when x.kind = 'undo'"
		     " and u.kind not in ('merge', 'split') then 1 else 0 end as undo"
		     " from registry_change as x left join registry_change as u on u.id = x.undone"
		     " where x.registry = $1 and x.id >= $2 and x.kind <> 'import') as c"
		     " join (select v.change, v.version, w.id, v.cells from registry_version as v"
		     " join registry_row as w on w.key = v.row where w.registry = $1) as t"
		     " on t.change = c.id"
		     " order by c.id, case when c.undo = 1 then"
		     " case when t.version = 2 then 1 else 0 end"
		     " else case when t.version = 1 then 0 else 1 end end, t.id",
		     "ti", registry, from));
	while ((rc = db_next(r)) == DB_ROW) {
		const struct ledger_audit_made m = { db_i64(r, 0), db_text(r, 1), db_i64(r, 2) != 0,
						     db_i64(r, 3) == 1, db_text(r, 4) };
		TRY(each(arg, &m));
	}
	return rc;
}

int ledger_audit_next_import(struct db *db, struct arena *a, const char *registry, int64_t after,
			     int64_t *ret_id, const char **ret_digest)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select id, result_digest from registry_change where registry = $1"
		     " and kind = 'import' and id > $2 order by id limit 1",
		     "ti", registry, after));
	TRY(number(r, ret_id));
	*ret_digest = arena_str(a, db_text(r, 1));
	return DB_OK;
}

int ledger_audit_walk_rows(struct db *db, const char *registry, ledger_audit_each_row *each,
			   void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(
		db, &r,
		"select r.id, r.name, r.code, v.cells, coalesce(f.county, ''),"
		" coalesce(f.class, ''), coalesce(f.special, ''), coalesce(f.state, ''),"
		" coalesce(f.kind, '') from registry_row as r" REGISTRY_JOIN_LAST(
			"r.key") " left join registry_facet as f on f.id = r.facet and f.registry = r.registry"
				 " where r.registry = $1",
		"t", registry));
	while ((rc = db_next(r)) == DB_ROW) {
		const struct ledger_audit_row row = { db_text(r, 0),
						      db_text(r, 1),
						      db_text(r, 2),
						      db_text(r, 3),
						      { db_text(r, 4), db_text(r, 5), db_text(r, 6),
							db_text(r, 7), db_text(r, 8) } };
		TRY(each(arg, &row));
	}
	return rc;
}

int ledger_audit_facets(struct db *db, const char *registry, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select count(*) from registry_facet as f left join"
		     " (select facet, count(*) as rows from registry_row where registry = $1"
		     " group by facet) as n on n.facet = f.id"
		     " where f.registry = $1 and f.rows <> coalesce(n.rows, 0)",
		     "t", registry));
	return number(r, ret);
}

static int lost_versions(struct db *db, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select count(*) from registry_version as v where not exists"
		     " (select 1 from registry_row as r where r.key = v.row)",
		     ""));
	return number(r, ret);
}

/* Each row has versions, counted from 1, each of a later change than the one before. */
int ledger_audit_versions(struct db *db, const char *registry, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int64_t lost, broken;

	TRY(lost_versions(db, &lost));
	TRY(db_query(
		db, &r,
		"select (select count(*) from registry_row as r where r.registry = $1 and not exists"
		" (select 1 from registry_version as p where p.row = r.key))"
		" + (select count(*) from registry_version as v join registry_row as r"
		" on r.key = v.row where r.registry = $1 and (not exists"
		" (select 1 from registry_change as c where c.id = v.change and c.registry = $1)"
		" or (v.version > 1 and not exists (select 1 from registry_version as p"
		" where p.row = v.row and p.version = v.version - 1 and p.change < v.change))))"
		" + (select count(*) from registry_head as h where h.registry = $1 and h.change <>"
		" (select coalesce(max(c.id), 0) from registry_change as c where c.registry = $1))",
		"t", registry));
	TRY(number(r, &broken));
	*ret = lost + broken;
	return DB_OK;
}

int ledger_audit_last_import(struct db *db, const char *registry, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select coalesce(max(id), 0) from registry_change where registry = $1"
		     " and kind = 'import'",
		     "t", registry));
	return number(r, ret);
}

int ledger_audit_versions_after(struct db *db, const char *registry, int64_t after, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		db, &r,
		"select (select count(*) from registry_version as v join registry_row as r"
		" on r.key = v.row where v.change > $2 and r.registry = $1 and (not exists"
		" (select 1 from registry_change as c where c.id = v.change and c.registry = $1)"
		" or (v.version > 1 and not exists (select 1 from registry_version as p"
		" where p.row = v.row and p.version = v.version - 1 and p.change < v.change))))"
		" + (select count(*) from registry_head as h where h.registry = $1 and h.change <>"
		" (select coalesce(max(c.id), 0) from registry_change as c where c.registry = $1))",
		"ti", registry, after));
	return number(r, ret);
}

/* ---- rule sets, calendars, plans ---- */

int ledger_audit_next_rules(struct db *db, struct arena *a, int64_t after, struct rule_set_row *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int64_t id, version, withdrawn, at;

	TRY(db_query(db, &r,
		     "select id, version, withdrawn, at, name, title, body, level, cells, digest,"
		     " actor, valid_from, valid_to from rule_set where id > $1 order by id limit 1",
		     "i", after));
	TRY(numbers(r, 4, (int64_t *const[]){ &id, &version, &withdrawn, &at }));
	*ret = (struct rule_set_row){ .id = id,
				      .version = version,
				      .withdrawn = withdrawn != 0,
				      .at = at,
				      .name = arena_str(a, db_text(r, 4)),
				      .title = arena_str(a, db_text(r, 5)),
				      .body = arena_str(a, db_text(r, 6)),
				      .level = arena_str(a, db_text(r, 7)),
				      .cells = arena_str(a, db_text(r, 8)),
				      .digest = arena_str(a, db_text(r, 9)),
				      .actor = arena_str(a, db_text(r, 10)),
				      .from = db_null(r, 11) ? RULE_ROW_OPEN : db_i64(r, 11),
				      .to = db_null(r, 12) ? RULE_ROW_OPEN : db_i64(r, 12),
				      .reason = "",
				      .file = "" };
	return DB_OK;
}

int ledger_audit_next_calendar(struct db *db, struct arena *a, int64_t after,
			       struct work_calendar_row *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int64_t id, year, version, at;

	TRY(db_query(db, &r,
		     "select id, year, version, at, cells, digest, actor from work_calendar"
		     " where id > $1 order by id limit 1",
		     "i", after));
	TRY(numbers(r, 4, (int64_t *const[]){ &id, &year, &version, &at }));
	*ret = (struct work_calendar_row){ .id = id,
					   .year = year,
					   .version = version,
					   .at = at,
					   .cells = arena_str(a, db_text(r, 4)),
					   .digest = arena_str(a, db_text(r, 5)),
					   .actor = arena_str(a, db_text(r, 6)),
					   .reason = "",
					   .file = "" };
	return DB_OK;
}

int ledger_audit_next_plan(struct db *db, int64_t after, int64_t *ret_key)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r, "select key from plan where key > $1 order by key limit 1", "i",
		     after));
	return number(r, ret_key);
}

int ledger_audit_plans(struct db *db, struct ledger_audit_plans *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select count(*),"
		     " coalesce(sum(case when submitted_at > 0 then 1 else 0 end), 0),"
		     " coalesce(sum(case when state = 'approved' then 1 else 0 end), 0),"
		     " coalesce(sum(case when state = 'returned' and submitted_at > 0 then 1 else 0"
		     " end), 0),"
		     " coalesce(sum(case when state = 'returned' and submitted_at = 0 then 1 else 0"
		     " end), 0)"
		     " from plan_version",
		     ""));
	return numbers(r, 5,
		       (int64_t *const[]){ &ret->versions, &ret->submitted, &ret->approved,
					   &ret->returned, &ret->dropped });
}
