/* cli/dr1_explain_who.c — how much one inspector was given: reckoned again, or counted where recusals are not public. */
#include "app/draw_staffing.h"
#include "base/status.h"
#include "cli/dr1_explain.h"
#include "core/text.h"

struct share_of_work {
	uint64_t candidate, load; /* visits one may be sent to, and is sent to */
	uint32_t visits;
	bool feasible,
		later; /* there were teams on the day of the draw; there are some made afterwards */
};

static bool listed(const uint32_t *list, uint32_t count, uint32_t who)
{
	uint32_t low = 0, high = count;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		if (list[mid] < who)
			low = mid + 1;
		else
			high = mid;
	}
	return low < count && list[low] == who;
}

static struct share_of_work count_work(const struct draw_teams *t, uint32_t who)
{
	const struct assign_problem *p = &t->problem;
	struct share_of_work out = { .load = t->feasible ? t->result.load[who] : 0,
				     .visits = p->visit_count,
				     .feasible = t->feasible };

	for (uint32_t v = 0; v < p->visit_count; v++) {
		const struct assign_visit *visit = &p->visits[v];
		const struct assign_pool *pool = &p->pools[visit->pool];
		if (listed(pool->inspectors, pool->count, who) &&
		    !listed(visit->excluded, visit->excluded_count, who))
			out.candidate++;
	}
	return out;
}

static void tell(const struct draw_inspector *i, const struct share_of_work *w)
{
	cli_print("检查人员 %.*s（%s），上限 %u 趟，此前已有 %u 趟\n", (int)i->id.len, i->id.at,
		  i->senior ? "老队员 S" : "新队员 J", i->limit, i->base);
	cli_print("这次共 %u 趟检查，按辖区、资格和回避可派 %llu 趟\n", w->visits,
		  (unsigned long long)w->candidate);
	if (w->feasible)
		cli_print("派了 %llu 趟，累计 %llu 趟；各人累计要尽量均衡，同样均衡时由票号决定\n",
			  (unsigned long long)w->load, (unsigned long long)(w->load + i->base));
	else if (w->later)
		cli_print("抽取时排不出检查组，另行派组（" DRAW_STAFFING_FILE
			  "）派了 %llu 趟，累计 %llu 趟；谁去由名单和 R 决定\n",
			  (unsigned long long)w->load, (unsigned long long)(w->load + i->base));
	else
		cli_print("这次组不成检查组，没有派人\n");
}

static int answer(const struct explaining *x, const struct draw_inspector *i,
		  const struct share_of_work *w)
{
	struct cli_json j;

	if (!x->cli->json) {
		tell(i, w);
		return CLI_OK;
	}
	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_int(&j.json, "base", i->base);
	json_put_int(&j.json, "candidate", (int64_t)w->candidate);
	json_put_bool(&j.json, "feasible", w->feasible);
	json_put_text(&j.json, "grade", i->senior ? "S" : "J");
	json_key(&j.json, "id");
	json_mem(&j.json, i->id.at, i->id.len);
	json_put_text(&j.json, "kind", "inspector");
	json_put_int(&j.json, "limit", i->limit);
	json_put_int(&j.json, "load", (int64_t)w->load);
	json_put_bool(&j.json, "staffed", w->later);
	json_put_int(&j.json, "visits", w->visits);
	json_end_object(&j.json);
	cli_json_print(&j);
	return CLI_OK;
}

/* Teams that were made after the draw are made again: what the folder says must be that. */
static int count_later(struct explaining *x, uint32_t who, const struct draw_outcome *out,
		       struct share_of_work *ret)
{
	struct region *r = &x->folder.region;
	struct draw_staffed staffed;
	struct span text;

	if (draw_staff(&x->ready.draw, &x->ready.seed, &out->selection, &out->teams, r, &staffed) !=
		    CORE_OK ||
	    draw_staff_text(&x->ready.draw, &out->teams, &staffed, r, &text) != CORE_OK)
		return dr1_fail(x->cli, TOO_LARGE, NULL);
	if (!span_equal(text, x->staff))
		return cli_fail(x->cli, CLI_REFUSED,
				"事后派组（" DRAW_STAFFING_FILE
				"）与重新排出的不同：请先核验，mingqian dr1 verify");
	for (uint32_t t = 0; t < ret->visits; t++)
		for (uint32_t k = 0; k < staffed.count[t]; k++)
			ret->load += staffed.members[staffed.start[t] + k] == who;
	ret->later = true;
	return CLI_OK;
}

/* Rows of a file whose column after `skip` others, a team, names the inspector. */
static uint64_t count_rows(struct span text, struct span who, int skip)
{
	struct span line, team, id;
	uint64_t count = 0;

	while (text.len) {
		span_cut(&text, '\n', &line);
		team = SPAN("");
		for (int i = 0; i <= skip; i++)
			if (!span_cut(&line, '\t', &team) && i < skip) {
				team = SPAN("");
				break;
			}
		while (team.len) {
			span_cut(&team, ',', &id);
			count += span_equal(id, who);
		}
	}
	return count;
}

/* Of a public form nothing more can be said than what it says itself. */
static int answer_public(const struct explaining *x, const struct draw_inspector *i)
{
	uint64_t day = count_rows(x->folder.files.file[CORE_FILE_RESULT], i->id, 5);
	uint64_t later = count_rows(x->staff, i->id, 1);
	struct cli_json j;

	if (!x->cli->json) {
		cli_print("检查人员 %.*s（%s），上限 %u 趟，此前已有 %u 趟\n", (int)i->id.len,
			  i->id.at, i->senior ? "老队员 S" : "新队员 J", i->limit, i->base);
		if (x->staff.len)
			cli_print("抽取时排不出检查组，另行派组（" DRAW_STAFFING_FILE
				  "）派了 %llu 家\n",
				  (unsigned long long)later);
		else
			cli_print("派了 %llu 家（照 result.tsv 数的）\n", (unsigned long long)day);
		cli_print("公开版没有回避名单，检查组没有重新算；要重新算，请向组织方索取审计版\n");
		return CLI_OK;
	}
	cli_json_begin(&j);
	json_begin_object(&j.json);
	json_put_int(&j.json, "base", i->base);
	json_put_text(&j.json, "grade", i->senior ? "S" : "J");
	json_key(&j.json, "id");
	json_mem(&j.json, i->id.at, i->id.len);
	json_put_text(&j.json, "kind", "inspector");
	json_put_int(&j.json, "limit", i->limit);
	json_put_int(&j.json, "objects", (int64_t)(day + later));
	json_put_bool(&j.json, "staffed", x->staff.len > 0);
	json_end_object(&j.json);
	cli_json_print(&j);
	return CLI_OK;
}

int dr1_explain_inspector(struct explaining *x, uint32_t who, const struct draw_watch *watch)
{
	const struct draw_inspector *i = &x->ready.draw.inspectors[who];
	struct draw_outcome out;

	if (x->open)
		return answer_public(x, i);
	int rc = draw_run(&x->ready.draw, &x->ready.seed, 0, watch, &x->folder.region, &out);
	if (rc != OK)
		return dr1_fail(x->cli, rc, NULL);
	struct share_of_work work = count_work(&out.teams, who);
	if (!work.feasible && x->staff.len)
		TRY(count_later(x, who, &out, &work));
	return answer(x, i, &work);
}
