/* app/proposal_act.c — from the words of a proposal to its use case. */
#include "app/proposal_act.h"

#include "app/file_store.h"
#include "app/life_assist.h"
#include "app/life_change.h"
#include "app/life_drop.h"
#include "app/life_end.h"
#include "app/life_seal.h"
#include "app/life_staff.h"
#include "app/life_undo.h"
#include "app/life_visit.h"
#include "app/person.h"
#include "app/plan_opening.h"
#include "app/upload.h"
#include "base/json.h"
#include "base/status.h"
#include "core/text.h"

#include <string.h>
#include <unistd.h>

enum { RESULT_MOST = 1 << 18 };

struct acting {
	struct office *o;
	struct arena *a;
	const struct proposal_ask *ask;
	int64_t asker; /* key of his account */
	const struct proposal_approvers *by;
	const char **result;
};

static const char *approver(const struct acting *in, size_t i)
{
	return i < in->by->count ? in->by->list[i].row.person : NULL;
}

static int change(const struct acting *in, enum life_change_kind kind)
{
	const struct life_change c = { .kind = kind,
				       .visit = in->ask->subject,
				       .member = in->ask->member,
				       .evidence = in->ask->digest,
				       .approver = approver(in, 0),
				       .second = approver(in, 1),
				       .reason = in->ask->reason };
	CLEANUP(buf_release) struct buf out = { 0 };
	struct life_changed changed;
	struct json j;

	TRY(life_change(in->o, in->a, &c, &changed));
	buf_init(&out, RESULT_MOST);
	json_init(&j, &out);
	json_begin_object(&j);
	json_put_text(&j, "member", changed.member);
	json_put_int(&j, "replaced", changed.replaced);
	json_put_text(&j, "visit", changed.visit);
	json_end_object(&j);
	*in->result = arena_mem(in->a, out.data, out.len);
	return OK;
}

static int reserve(const struct acting *in)
{
	return change(in, LIFE_RESERVE);
}

static int recusal(const struct acting *in)
{
	return change(in, LIFE_RECUSAL);
}

static int illness(const struct acting *in)
{
	return change(in, LIFE_ILLNESS);
}

static int drop(const struct acting *in)
{
	const struct life_drop d = { .visit = in->ask->subject,
				     .why = in->ask->why,
				     .reason = in->ask->reason,
				     .evidence = in->ask->digest,
				     .approver = approver(in, 0),
				     .second = approver(in, 1) };

	return life_drop(in->o, in->a, &d);
}

static int undo(const struct acting *in)
{
	const struct life_undo u = { in->ask->subject, in->ask->reason, approver(in, 0) };

	return life_undo(in->o, in->a, &u);
}

static int assist(const struct acting *in)
{
	const struct life_assist s = { .visit = in->ask->subject,
				       .assistant = in->ask->member,
				       .reason = in->ask->reason,
				       .approver = approver(in, 0) };

	return life_assist_choose(in->o, in->a, &s);
}

static int staff(const struct acting *in)
{
	const struct life_staff s = { in->ask->subject, in->ask->reason, approver(in, 0),
				      approver(in, 1) };
	struct plan_notes notes;
	struct life_staffed staffed;

	plan_notes_init(&notes, in->a);
	TRY(life_staff(in->o, &s, &notes, &staffed));
	*in->result = arena_printf(in->a, "{\"left\":%u,\"visits\":%llu}", staffed.left,
				   (unsigned long long)staffed.visits);
	return OK;
}

/* The head signs as leader, the other as of the discipline office, whoever spoke first. */
static int annul(const struct acting *in)
{
	const char *names[2] = { NULL, NULL };

	for (size_t i = 0; i < in->by->count; i++) {
		unsigned roles = in->by->list[i].roles;
		int place = roles >> ROLE_DISCIPLINE & 1 && !names[1] ? 1 : 0;
		names[place] = in->by->list[i].row.person;
	}
	if (!names[0] || !names[1])
		return life_refuse(in->o, FORBIDDEN,
				   "作废要一名主要负责人、一名纪检人员同意，现在都是同一种人");
	const struct life_annul a = { in->ask->subject, in->ask->reason, names[0], names[1] };
	return life_annul(in->o, in->a, &a);
}

static int person_changes(const struct acting *in, bool comes)
{
	const struct person_change c = { in->ask->member, in->ask->subject, approver(in, 0) };

	return comes ? person_add(in->o, in->a, &c) : person_leave(in->o, in->a, &c);
}

static int person_comes(const struct acting *in)
{
	return person_changes(in, true);
}

static int person_leaves(const struct acting *in)
{
	return person_changes(in, false);
}

/* The uploaded file, as long as it is kept. */
static int read_upload(const struct acting *in, struct upload_row *row, struct span *ret)
{
	int fd;
	int rc = upload_find(in->o, in->a, in->asker, in->ask->evidence, row);

	if (rc == NONE)
		return life_refuse(in->o, NONE, "上传的文件已经过期：请撤回，重新上传、提出");
	TRY(rc);
	if (row->size > PLAN_OPENING_FILE_MOST)
		return life_refuse(in->o, INVALID, "文件太大");
	TRY(file_store_open(in->o, row->tag, row->size, &fd));
	char *text = arena_alloc(in->a, (size_t)row->size + 1);
	size_t len = 0;
	ssize_t n;
	while (len < (size_t)row->size && (n = read(fd, text + len, (size_t)row->size - len)) > 0)
		len += (size_t)n;
	close(fd);
	*ret = (struct span){ text, len };
	return len == (size_t)row->size ? OK : IO_ERROR;
}

/* What stands in the way of the file, in the words of its first line. */
static int say_first(const struct acting *in, const struct plan_notes *notes, int rc)
{
	for (size_t i = 0; i < notes->count && !in->o->why[0]; i++)
		if (notes->list[i].kind == PLAN_REFUSED)
			return life_refuse(in->o, rc, "%s", notes->list[i].text);
	return rc;
}

static int opening(const struct acting *in)
{
	struct plan_opening_ask ask = { .reason = in->ask->reason, .approver = approver(in, 0) };
	struct plan_opening_sum sum;
	struct plan_notes notes;
	struct upload_row row;
	uint64_t year;

	if (read_number(span_of(in->ask->subject), 9999, &year) != CORE_OK)
		return INVALID;
	TRY(read_upload(in, &row, &ask.file));
	ask.year = (uint32_t)year;
	ask.file_name = row.name;
	plan_notes_init(&notes, in->a);
	int rc = plan_opening_import(in->o, &ask, &notes, &sum);
	if (rc != OK)
		return say_first(in, &notes, rc);
	*in->result = arena_printf(in->a, "{\"above\":%llu,\"replaced\":%llu,\"visits\":%llu}",
				   (unsigned long long)sum.above, (unsigned long long)sum.replaced,
				   (unsigned long long)sum.visits);
	return OK;
}

static void put_span(struct json *j, const char *key, struct span text)
{
	json_key(j, key);
	json_mem(j, text.at, text.len);
}

static int open_name(const struct acting *in)
{
	const struct life_opening ask = { .visit = in->ask->subject,
					  .reason = in->ask->reason,
					  .approver = approver(in, 0) };
	CLEANUP(buf_release) struct buf out = { 0 };
	struct life_site site;
	struct json j;

	TRY(life_name_open(in->o, in->a, &ask, &site));
	buf_init(&out, RESULT_MOST);
	json_init(&j, &out);
	json_begin_object(&j);
	put_span(&j, "county", site.scope);
	put_span(&j, "id", site.id);
	put_span(&j, "matters", site.matters);
	put_span(&j, "name", site.name);
	json_end_object(&j);
	TRY(buf_check(&out));
	*in->result = arena_mem(in->a, out.data, out.len);
	return OK;
}

int proposal_act(struct office *o, struct arena *a, const struct proposal_shown *p,
		 const struct proposal_approvers *by, const char **ret_result)
{
	static const struct {
		const char *kind;
		int (*act)(const struct acting *in);
	} acts[] = { { "visit.reserve", reserve },   { "visit.recusal", recusal },
		     { "visit.illness", illness },   { "visit.end", drop },
		     { "visit.assist", assist },     { "visit.open", open_name },
		     { "draw.staff", staff },        { "draw.annul", annul },
		     { "person.add", person_comes }, { "person.leave", person_leaves },
		     { "plan.opening", opening },    { "visit.undo", undo } };
	const struct acting in = { o, a, &p->ask, p->row.asker, by, ret_result };

	*ret_result = "{}";
	for (size_t i = 0; i < COUNT(acts); i++)
		if (strcmp(acts[i].kind, p->kind->name) == 0)
			return acts[i].act(&in);
	return INVALID;
}
