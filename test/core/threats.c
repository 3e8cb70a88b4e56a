/* test/core/threats.c — ways to cheat (spec/threats.md), by name: a broken draw for each that the files
 * of a draw can show, complete with a result computed as honestly as the cheat allows. What only a
 * ledger can show must never be green. */
#include "draw_kit.h"

#include <stdio.h>
#include <stdlib.h>

/* Verifies; the named step must have failed. */
static void caught_by(struct kit *k, const char *step)
{
	struct verify_report r;

	CHECK(kit_verify(k, &r) > 0);
	unit_check(kit_mark(&r, step) == VERIFY_FAILED, __FILE__, __LINE__, "not caught by %s",
		   step);
	kit_release(k);
}

static void never_green(const char *step)
{
	struct verify_report r;
	struct kit k;

	kit_full(&k);
	kit_verify(&k, &r);
	unit_check(kit_mark(&r, step) == VERIFY_UNKNOWN, __FILE__, __LINE__, "%s is green", step);
	kit_release(&k);
}

/* Writes result.root for whatever result.tsv says. */
static void reroot(struct kit *k)
{
	char hex[66] = "";

	CHECK_INT(draw_rows_root(&k->seed, k->files.file[CORE_FILE_RESULT], &k->region, hex),
		  CORE_OK);
	hex[64] = '\n';
	kit_set(k, CORE_FILE_ROOT, hex);
}

/* Start and length of the first line of result.tsv that holds a text. */
static struct span row_with(const struct kit *k, const char *text)
{
	const char *all = k->files.file[CORE_FILE_RESULT].at, *at = strstr(all, text);
	const char *start = at, *end;

	if (!CHECK(at != NULL))
		return (struct span){ all, 0 };
	while (start > all && start[-1] != '\n')
		start--;
	end = strchr(at, '\n') + 1;
	return (struct span){ start, (size_t)(end - start) };
}

TEST(lists_chosen_after_the_value)
{
	struct kit k;

	kit_full(&k);
	kit_edit(&k, CORE_FILE_OBJECTS, "P017\t", "P017x\t");
	kit_draw(&k);
	caught_by(&k, "root.objects");
	never_green("time.order");
}

TEST(inspectors_changed_after_the_value)
{
	struct kit k;

	kit_full(&k);
	kit_edit(&k, CORE_FILE_INSPECTORS, "I02\tS\t5\t1", "I02\tS\t5\t9");
	kit_draw(&k);
	caught_by(&k, "root.inspectors");
}

TEST(quotas_changed_after_the_value)
{
	struct kit k;

	kit_full(&k);
	kit_edit(&k, CORE_FILE_RULES, "quota 一般 3", "quota 一般 2");
	kit_draw(&k);
	caught_by(&k, "root.rules");
}

TEST(declaration_rewritten_to_the_new_lists)
{
	struct kit k;
	char *record, *seed, *result, *root;

	/* The whole is consistent again but R has changed: the old result does not follow from it. */
	kit_full(&k);
	seed = strdup(k.files.file[CORE_FILE_SEED].at);
	result = strdup(k.files.file[CORE_FILE_RESULT].at);
	root = strdup(k.files.file[CORE_FILE_ROOT].at);
	record = strdup(k.files.file[CORE_FILE_RECORD].at);
	kit_edit(&k, CORE_FILE_OBJECTS, "厂17\t", "厂18\t");
	kit_declare(&k);
	kit_set(&k, CORE_FILE_RECORD, record);
	kit_set(&k, CORE_FILE_SEED, seed);
	kit_set(&k, CORE_FILE_RESULT, result);
	kit_set(&k, CORE_FILE_ROOT, root);
	caught_by(&k, "seed");
	free(record);
	free(seed);
	free(result);
	free(root);
}

TEST(many_lists_against_a_poor_source)
{
	struct kit k;

	kit_full(&k);
	kit_edit(&k, CORE_FILE_DECLARATION, "entropy cwl-kl8 2026123\n", "");
	kit_edit(&k, CORE_FILE_RECORD,
		 "entropy cwl-kl8 2026123 "
		 "01-05-07-11-13-17-22-26-29-30-34-41-48-50-55-60-66-71-77-80\n",
		 "");
	kit_draw(&k);
	caught_by(&k, "floor");
}

TEST(free_bytes_in_the_declaration)
{
	struct kit k;

	kit_full(&k);
	kit_edit(&k, CORE_FILE_DECLARATION, "dr1\n", "dr1 \n");
	kit_draw(&k);
	caught_by(&k, "declaration");
}

TEST(lines_in_another_order)
{
	struct kit k;

	kit_full(&k);
	kit_edit(&k, CORE_FILE_OBJECTS, "P058\t", "P05x\t");
	kit_edit(&k, CORE_FILE_OBJECTS, "P059\t", "P058\t");
	caught_by(&k, "objects");
}

TEST(one_source_counted_twice)
{
	struct kit k;

	kit_full(&k);
	kit_edit(&k, CORE_FILE_DECLARATION, "entropy dice 3d10 hall 2026-11-24",
		 "entropy cwl-kl8 2026123");
	caught_by(&k, "declaration");
}

TEST(drawn_several_times_and_the_best_kept)
{
	never_green("draw.ids");
}

TEST(another_value_than_the_one_declared)
{
	struct kit k;

	kit_full(&k);
	kit_edit(&k, CORE_FILE_RECORD, "cwl-kl8 2026123", "cwl-kl8 2026124");
	kit_draw(&k);
	caught_by(&k, "record");
}

TEST(a_share_changed_after_the_value_was_seen)
{
	struct kit k;

	kit_full(&k);
	kit_edit(&k, CORE_FILE_RECORD, "share discipline 0123", "share discipline 1123");
	kit_draw(&k);
	caught_by(&k, "record");
}

TEST(a_share_left_out)
{
	struct kit k;
	char line[128];

	kit_full(&k);
	sprintf(line, "share notary %.64s\n",
		"d4f45b03e682b37bac3b4f0961d20f2df92b1bc47ef7017baa857bb457afa5bd");
	kit_edit(&k, CORE_FILE_RECORD, line, "");
	kit_draw(&k);
	caught_by(&k, "record");
}

TEST(a_value_that_its_source_did_not_publish)
{
	struct verify_facts facts = { 0 };
	struct verify_report r;
	struct kit k;

	kit_full(&k);
	facts.entropy[0].value_signed = FACT_FALSE;
	CHECK_INT(draw_verify(&k.files, &facts, &k.region, NULL, NULL, &r), CORE_OK);
	CHECK_INT(kit_mark(&r, "entropy.1"), VERIFY_FAILED);
	kit_release(&k);
	never_green("entropy.1");
}

TEST(another_seed_than_declaration_and_record_give)
{
	struct kit k;

	kit_full(&k);
	k.seed.hex[0] = k.seed.hex[0] == 'a' ? 'b' : 'a';
	kit_set(&k, CORE_FILE_SEED,
		"0000000000000000000000000000000000000000000000000000000000000000\n");
	caught_by(&k, "seed");
}

TEST(a_friend_is_dropped_from_the_drawn)
{
	struct kit k;
	struct span row;
	char line[512];

	kit_full(&k);
	row = row_with(&k, "\tdrawn");
	sprintf(line, "%.*s", (int)row.len, row.at);
	kit_edit(&k, CORE_FILE_RESULT, line, "");
	reroot(&k);
	caught_by(&k, "drawn");
}

TEST(a_foe_is_added_to_the_drawn)
{
	struct kit k;

	kit_full(&k);
	kit_edit(&k, CORE_FILE_RESULT, "reserve\n", "drawn\tI01,I06\n");
	reroot(&k);
	caught_by(&k, "drawn");
}

TEST(an_object_that_is_on_no_list)
{
	struct kit k;
	struct span row;
	char line[512], more[1024];

	kit_full(&k);
	row = row_with(&k, "P0");
	sprintf(line, "%.*s", (int)row.len, row.at);
	sprintf(more, "A%s%s", line, line);
	kit_edit(&k, CORE_FILE_RESULT, line, more);
	reroot(&k);
	caught_by(&k, "drawn");
}

TEST(a_ticket_that_its_seed_does_not_give)
{
	struct kit k;

	kit_full(&k);
	kit_edit(&k, CORE_FILE_RESULT, "\t0.0", "\t0.1");
	reroot(&k);
	caught_by(&k, "tickets");
}

TEST(an_officer_is_put_on_a_team)
{
	struct kit k;
	struct span row;
	char line[512], other[512];

	kit_full(&k);
	CHECK(k.teams.feasible);
	row = row_with(&k, "drawn\tI");
	sprintf(line, "%.*s", (int)row.len, row.at);
	strcpy(other, line);
	memcpy(strstr(other, "drawn\tI") + 6, strstr(line, "I01") ? "I02" : "I01", 3);
	kit_edit(&k, CORE_FILE_RESULT, line, other);
	reroot(&k);
	caught_by(&k, "teams");
}

TEST(recusals_invented_to_steer_teams)
{
	struct kit k;

	kit_full(&k);
	kit_edit(&k, CORE_FILE_CONFLICTS, "I02\tP008\tinterest\n",
		 "I02\tP008\tinterest\nI02\tP009\tinterest\n");
	kit_draw(&k);
	caught_by(&k, "root.conflicts");
	never_green("changes");
}

TEST(a_changed_row_with_its_old_root)
{
	struct kit k;

	kit_full(&k);
	kit_edit(&k, CORE_FILE_RESULT, "reserve", "drawn");
	caught_by(&k, "result.root");
}

TEST(one_firm_twice_under_one_id)
{
	struct kit k;

	kit_full(&k);
	kit_edit(&k, CORE_FILE_OBJECTS, "P031\t", "P030\t");
	caught_by(&k, "objects");
}

/* The public form: teams cannot be computed, but what is plainly wrong in them is seen. */
static void public_team(const char *from, const char *to)
{
	struct verify_report r;
	struct kit k;

	kit_full(&k);
	kit_set(&k, CORE_FILE_CONFLICTS, NULL);
	kit_edit(&k, CORE_FILE_RESULT, from, to);
	reroot(&k);
	CHECK(kit_verify(&k, &r) > 0);
	unit_check(kit_mark(&r, "teams") == VERIFY_FAILED, __FILE__, __LINE__, "%s to %s", from,
		   to);
	kit_release(&k);
}

TEST(wrong_teams_in_the_public_form)
{
	struct kit k;
	struct span row;
	char team[64], more[80], one[8];

	kit_full(&k);
	row = row_with(&k, "drawn\tI");
	snprintf(team, sizeof(team), "%s", strstr(row.at, "drawn\tI"));
	*strchr(team, '\n') = '\0';
	kit_release(&k);
	public_team(team, "drawn");
	public_team(team, "drawn\tI01");
	public_team(team, "drawn\tI01,I01");
	public_team(team, "drawn\tI01,X");
	public_team(team, "drawn\tI06,I07");
	snprintf(more, sizeof(more), "%s,I05", team);
	public_team(team, more);
	snprintf(one, sizeof(one), "%.3s", team + 6);
	public_team(one, "I09");
}

TEST(a_true_public_form_is_unknown_in_its_teams)
{
	struct verify_report r;
	struct kit k;

	kit_full(&k);
	kit_set(&k, CORE_FILE_CONFLICTS, NULL);
	CHECK_INT(kit_verify(&k, &r), 0);
	CHECK_INT(kit_mark(&r, "teams"), VERIFY_UNKNOWN);
	CHECK_INT(kit_mark(&r, "drawn"), VERIFY_OK);
	CHECK_INT(kit_mark(&r, "tickets"), VERIFY_OK);
	CHECK_INT(kit_mark(&r, "result.root"), VERIFY_OK);
	kit_release(&k);
}

TEST(the_public_form_without_any_teams_or_rows)
{
	struct verify_report r;
	struct kit k;

	kit_full(&k);
	kit_set(&k, CORE_FILE_INSPECTORS,
		"I01\tJ\t1\t0\nI02\tS\t0\t0\nI06\tJ\t1\t0\nI07\tJ\t1\t0\n");
	kit_declare(&k);
	kit_draw(&k);
	kit_set(&k, CORE_FILE_CONFLICTS, NULL);
	CHECK_INT(kit_verify(&k, &r), 0);
	CHECK_INT(kit_mark(&r, "teams"), VERIFY_UNKNOWN);
	kit_set(&k, CORE_FILE_RESULT, NULL);
	CHECK_INT(kit_verify(&k, &r), 1);
	CHECK_INT(kit_mark(&r, "result"), VERIFY_FAILED);
	CHECK_INT(kit_mark(&r, "teams"), VERIFY_UNKNOWN);
	kit_release(&k);
}

/* Two sites, a limit of 1 each and no relaxation: one person on both, or a site without a team. */
TEST(limits_in_the_public_form)
{
	static const char *const wrong[][2] = { { "I2", "I1" }, { "\tI2", "" } };

	for (size_t i = 0; i < CORE_COUNT(wrong); i++) {
		struct kit k;

		kit_full(&k);
		kit_set(&k, CORE_FILE_OBJECTS, "P1\tA\nP2\tA\n");
		kit_set(&k, CORE_FILE_INSPECTORS, "I1\tS\t1\t0\nI2\tS\t1\t0\n");
		kit_set(&k, CORE_FILE_CONFLICTS, "");
		kit_set(&k, CORE_FILE_RULES, "team 1 1 0\nquota A 2\n");
		kit_declare(&k);
		kit_draw(&k);
		kit_set(&k, CORE_FILE_CONFLICTS, NULL);
		kit_edit(&k, CORE_FILE_RESULT, wrong[i][0], wrong[i][1]);
		reroot(&k);
		caught_by(&k, "teams");
	}
}
