/* app/life_members.c — teams between the database and the indices of a draw. */
#include "app/life_members.h"

#include "app/life_documents.h"
#include "app/life_visit.h"
#include "base/status.h"
#include "store/visit_change.h"

#include <string.h>

static const char *const actions[] = { "visit.reserve", "visit.recusal", "visit.illness" };
static const char *const kinds[] = { "reserve", "recusal", "illness" };

/* In a department's visit the site may be one that the lead took as a reserve. */
static int load_guest(struct life_changing *c)
{
	uint64_t offset;

	buf_init(&c->recusals, SIZE_MAX / 2);
	TRY(life_file_get(c->o, &c->row, LIFE_RECUSALS, &c->recusals));
	c->team.recusals = (struct span){ buf_text(&c->recusals), c->recusals.len };
	if (!draw_find_object(&c->loaded.draw, c->site.id, &offset))
		c->team.guest = (struct draw_object){ .id = c->site.id,
						      .stratum = c->site.stratum,
						      .name = c->site.name,
						      .scope = c->site.scope,
						      .place = c->site.place };
	return OK;
}

int life_changing_load(struct life_changing *c)
{
	TRY(life_visit_find(c->o, c->arena, c->in->visit, &c->visit));
	if (c->visit.draw == 0)
		return life_refuse(c->o, INVALID, "检查任务 %s 不是抽取产生的，不按抽取规则更换",
				   c->visit.id);
	if (strcmp(c->visit.state, "planned") != 0 && strcmp(c->visit.state, "accepted") != 0)
		return life_refuse(c->o, CONFLICT, "检查任务 %s 已经结束，不能更换", c->visit.id);
	TRY(draw_row_by_key(c->o->db, c->arena, c->visit.draw, &c->row));
	life_changing_release(c); /* what a run before a retry has opened */
	TRY(life_load(c->o, &c->row, NULL, &c->loaded));
	TRY(life_team_init(c->o, c->arena, &c->row, &c->loaded, &c->team));
	TRY(life_site_open(c->o, c->arena, &c->visit, &c->site));
	return c->row.parent ? load_guest(c) : OK;
}

void life_changing_release(struct life_changing *c)
{
	life_loaded_release(&c->loaded);
	buf_release(&c->recusals);
}

int life_members_of(struct life_changing *c, const char *leaves, struct life_members *ret)
{
	struct visit_member *list;
	size_t count;

	*ret = (struct life_members){ .count = 0 };
	TRY(visit_member_list(c->o->db, c->arena, c->visit.id, true, &list, &count));
	ret->at = arena_array(c->arena, count + 1, sizeof(*ret->at));
	ret->left = arena_array(c->arena, count + 1, sizeof(*ret->left));
	for (size_t i = 0; i < count; i++) {
		uint32_t who;
		if (life_team_index(&c->team, list[i].inspector, &who) != OK)
			return INVALID;
		if (list[i].place >= ret->next_place)
			ret->next_place = list[i].place + 1;
		bool leaving =
			leaves && list[i].left_at == 0 && strcmp(list[i].inspector, leaves) == 0;
		ret->found |= leaving;
		if (list[i].left_at != 0 || leaving)
			ret->left[ret->left_count++] = who;
		else
			ret->at[ret->count++] = who;
	}
	return OK;
}

struct joining {
	const struct visit_member *list;
	size_t count, next;
};

static int next_member(void *arg, struct visit_member *row)
{
	struct joining *j = arg;

	if (j->next == j->count)
		return DB_OK;
	*row = j->list[j->next++];
	return DB_ROW;
}

int life_members_join(struct office *o, const struct visit_member *list, size_t count)
{
	struct joining j = { list, count, 0 };

	return visit_member_add(o->db, next_member, &j);
}

int life_changing_keep(struct life_changing *c)
{
	const struct life_change *in = c->in;
	char digest[OFFICE_DIGEST], visit[LIFE_SUM] = "-";
	const char *grade;
	const struct life_sealed words = life_words_seal(
		c->o, c->arena, arena_printf(c->arena, "visit/%s/change", c->visit.id), in->reason);
	const struct visit_change change = { .draw = c->row.key,
					     .visit = c->visit.id,
					     .kind = kinds[in->kind],
					     .at = office_now(c->o),
					     .actor = c->o->actor,
					     .evidence = in->evidence ? in->evidence : "",
					     .approver = in->approver,
					     .second = in->second ? in->second : "",
					     .left_member = in->member ? in->member : "",
					     .new_member = c->out.member,
					     .new_visit = c->out.visit,
					     .words = words.at,
					     .words_len = words.len };
	TRY(visit_change_add(c->o->db, &change));
	TRY(visit_member_grade(c->o->db, c->arena, change.visit, change.new_member, &grade));
	if (*change.new_visit)
		TRY(life_sum_visit(c->o->db, change.new_visit, visit));
	const char *text = life_document_change(c->arena, &change, grade, visit);
	TRY(office_document(c->o, text, strlen(text), digest));
	return office_log(c->o, actions[in->kind], c->visit.id, digest);
}
