/* core/verify_entropy.c — record, shares, the floor with its arithmetic, the values against their
 * sources as far as somebody outside core showed it, and R. */
#include "core/verify_parts.h"

#define HOW_BEFORE "还没有随机数；产生之后再核验"

static int check_record(struct verifier *v)
{
	struct problem problem = { 0 };
	struct record record;

	if (!verify_file(v, CORE_FILE_RECORD).at)
		return verify_needed(v, "record", CORE_FILE_RECORD, SPAN(HOW_BEFORE));
	if (!v->declaration_sound)
		return verify_blocked(v, "record");
	v->record_sound = record_parse(verify_file(v, CORE_FILE_RECORD), &v->declaration, &record,
				       &problem) == CORE_OK;
	if (v->record_sound)
		return verify_text(v, "record", VERIFY_OK,
				   SPAN("record 的各行与声明逐行对应，值的写法都合规则"),
				   (struct span){ 0 });
	return verify_problem(
		v, "record", &problem,
		SPAN("随机数或份额被改过、抄错，或与声明不是同一次抽取；由它算出的结果不能作数"));
}

/* Which parties' shares opened their commitments. */
static int check_shares(struct verifier *v)
{
	const struct declaration *d = &v->declaration;

	if (!v->declaration_sound || d->share_count == 0)
		return CORE_OK;
	if (!v->record_sound)
		return verify_blocked(v, "shares");
	CORE_TRY(verify_say(v));
	write_number(&v->text, d->share_count);
	write_literal(&v->text, " 个份额都打开了各自的承诺：");
	for (uint32_t i = 0; i < d->share_count; i++)
		verify_name(&v->text, d->shares[i].party, i, DECLARE_MOST_SHARES);
	return verify_put(v, "shares", VERIFY_OK, (struct span){ 0 });
}

struct signatures {
	uint32_t good, bad, unknown;
	struct span bad_party, bad_why;
};

static struct signatures count_signatures(const struct verifier *v)
{
	const struct declaration *d = &v->declaration;
	struct signatures s = { 0 };

	for (uint32_t i = 0; i < d->share_count; i++) {
		int mark = v->facts->shares[i].signed_by_party;

		if (declare_is_operator(d->shares[i].party))
			continue;
		s.good += mark == FACT_TRUE;
		s.unknown += mark == FACT_UNKNOWN;
		s.bad += mark == FACT_FALSE;
		if (mark != FACT_FALSE)
			continue;
		s.bad_party = d->shares[i].party;
		s.bad_why = v->facts->shares[i].why;
	}
	return s;
}

/* One person may sign for two parties: whoever knows the parties can tell by their keys. */
static void say_keys(struct verifier *v)
{
	const struct declaration *d = &v->declaration;

	for (uint32_t i = 0; i < d->share_count; i++) {
		if (v->facts->shares[i].key.len == 0)
			continue;
		write_literal(&v->text, "；");
		problem_write_words(d->shares[i].party, &v->text);
		write_literal(&v->text, " 的公钥 ");
		write_span(&v->text, v->facts->shares[i].key);
	}
}

/* Said only where it matters: the floor rests on shares, or somebody looked at the signatures. */
static int check_signatures(struct verifier *v)
{
	struct signatures s;

	if (!v->declaration_sound)
		return CORE_OK;
	s = count_signatures(v);
	if (s.good + s.bad + s.unknown == 0 ||
	    (s.good + s.bad == 0 && declare_floor(&v->declaration).enough_alone))
		return CORE_OK;
	CORE_TRY(verify_say(v));
	if (s.bad > 0) {
		write_literal(&v->text, "“");
		write_span(&v->text, s.bad_party);
		write_literal(&v->text, "”对承诺的签名不成立");
		return verify_put(v, "shares.signed", VERIFY_FAILED,
				  s.bad_why.len > 0 ? s.bad_why
						    : SPAN("承诺不是该方交来的，或被换过"));
	}
	write_literal(&v->text, "外部份额的签名：");
	write_number(&v->text, s.good);
	write_literal(&v->text, " 个成立，");
	write_number(&v->text, s.unknown);
	write_literal(&v->text, " 个没有核验；密钥是否在 30 天前登记，此处看不到");
	say_keys(v);
	return verify_put(
		v, "shares.signed", VERIFY_UNKNOWN,
		SPAN("与各方自己公布的 Ed25519 公钥逐位对照（签名内容是三行：抽取编号、名称、承诺），并到"
		     "账簿查公钥的登记日期"));
}

static int say_floor(struct verifier *v, enum verify_mark mark, struct span verdict,
		     struct span how)
{
	CORE_TRY(verify_say(v));
	write_literal(&v->text, "公开随机数 ");
	declare_floor_write(&v->declaration, &v->text);
	write_span(&v->text, verdict);
	return verify_put(v, "floor", mark, how);
}

static int check_floor(struct verifier *v)
{
	struct declare_floor f;
	struct signatures s;

	if (!v->declaration_sound)
		return verify_blocked(v, "floor");
	f = declare_floor(&v->declaration);
	s = count_signatures(v);
	if (f.rehearsal)
		return say_floor(v, VERIFY_UNKNOWN, SPAN("；有演练用的数，不论下限"),
				 SPAN("正式抽取要用公开的随机数来源重新声明"));
	if (f.enough_alone)
		return say_floor(v, VERIFY_OK, SPAN("，不低于下限 60 比特"), (struct span){ 0 });
	if (f.enough_with_shares && v->facts->signatures_sought && s.good < 2)
		return say_floor(
			v, VERIFY_FAILED,
			SPAN("，低于 60 比特，要靠至少两个外部方签过名的份额，而这里成立的签名不足"
			     "两个"),
			SPAN("向组织方索取 signatures.tsv（每个外部方一行：名称、公钥、签名）；没有，"
			     "这次抽取就低于下限，不能作数"));
	if (f.enough_with_shares && f.outside_shares - s.bad >= 2)
		return say_floor(
			v, VERIFY_UNKNOWN,
			SPAN("，低于 60 比特但不低于 24 比特，要靠至少两个外部方签过名的份额"),
			SPAN("见份额签名一步：签名和 30 天前登记的密钥都成立才算数"));
	return say_floor(
		v, VERIFY_FAILED,
		SPAN("，低于下限（单独 60 比特，或 24 比特加两个外部方签名的份额）"),
		SPAN("随机数太弱，操作者反复试改名单就能挑出想要的结果；这次抽取不能作数"));
}

static const char *const value_names[DECLARE_MOST_ENTROPY] = {
	"entropy.1",  "entropy.2",  "entropy.3",  "entropy.4",  "entropy.5",  "entropy.6",
	"entropy.7",  "entropy.8",  "entropy.9",  "entropy.10", "entropy.11", "entropy.12",
	"entropy.13", "entropy.14", "entropy.15", "entropy.16",
};

static int check_value(struct verifier *v, uint32_t i)
{
	const struct declare_entropy *e = &v->declaration.entropy[i];
	const struct entropy_source *source = entropy_source(e->kind);
	int fact = e->kind == ENTROPY_DEMO ? FACT_UNKNOWN : (int)v->facts->entropy[i].value_signed;
	struct span why = v->facts->entropy[i].why;

	if (!v->record_sound)
		return verify_blocked(v, value_names[i]);
	CORE_TRY(verify_say(v));
	write_span(&v->text, source->chinese);
	write_literal(&v->text, "（");
	write_span(&v->text, e->selector);
	if (fact == FACT_TRUE) {
		write_literal(&v->text, "）的值带有来源的签名，签名成立");
		return verify_put(v, value_names[i], VERIFY_OK, why);
	}
	if (fact == FACT_FALSE) {
		write_literal(&v->text, "）的值与来源的签名不符");
		return verify_put(v, value_names[i], VERIFY_FAILED,
				  why.len > 0 ? why : source->how);
	}
	write_literal(&v->text, "）的值写法合规则，是不是来源公布的值此处没有核验");
	return verify_put(v, value_names[i], VERIFY_UNKNOWN, why.len > 0 ? why : source->how);
}

static int say_seed(struct verifier *v, enum verify_mark mark, struct span verdict, struct span how)
{
	CORE_TRY(verify_say(v));
	write_literal(&v->text, "由声明和 record 算得 R = ");
	write_span(&v->text, (struct span){ v->seed.hex, sizeof(v->seed.hex) });
	write_span(&v->text, verdict);
	return verify_put(v, "seed", mark, how);
}

static int check_seed(struct verifier *v)
{
	struct span have = verify_file(v, CORE_FILE_SEED);

	if (!v->record_sound)
		return verify_blocked(v, "seed");
	draw_seed(verify_file(v, CORE_FILE_DECLARATION), verify_file(v, CORE_FILE_RECORD),
		  &v->seed);
	v->seed_known = true;
	if (!have.at)
		return say_seed(v, VERIFY_UNKNOWN, SPAN("；这里没有 seed 文件可对照"),
				SPAN("与账簿里或公布的 R 逐位对照"));
	if (have.len == sizeof(v->seed.hex) + 1 && have.at[sizeof(v->seed.hex)] == '\n' &&
	    memcmp(have.at, v->seed.hex, sizeof(v->seed.hex)) == 0)
		return say_seed(v, VERIFY_OK, SPAN("，与 seed 文件一致"), (struct span){ 0 });
	return say_seed(v, VERIFY_FAILED, SPAN("，与 seed 文件不一致"),
			SPAN("声明、record 或 seed 中有一个被改过"));
}

int verify_entropy(struct verifier *v)
{
	CORE_TRY(check_record(v));
	CORE_TRY(check_shares(v));
	CORE_TRY(check_signatures(v));
	CORE_TRY(check_floor(v));
	for (uint32_t i = 0; v->declaration_sound && i < v->declaration.entropy_count; i++)
		CORE_TRY(check_value(v, i));
	return check_seed(v);
}
