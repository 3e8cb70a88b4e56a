/* core/entropy.c — the sources of public randomness: how each is named, what a value looks like, how
 * many tenths of bits it is worth, and where anybody can look it up. */
#include "core/alike.h"
#include "core/declare.h"
#include "core/text.h"

enum { ISSUE_DIGITS = 7, CHANCE_DECIBITS = 160 };

/* A game's numbers: `front` ascending of 1..front_high, then `back` of 1..back_high. */
struct game {
	uint32_t front, front_high, back, back_high;
};

struct source_row {
	struct entropy_source source;
	uint32_t tokens; /* of the selector; 0: any number */
	uint32_t hex;    /* digits of a hex value, or 0 */
	uint32_t digits; /* single digits joined by '-', or 0 */
	struct game game;
};

#define S(text)                                                                                    \
	{                                                                                          \
		text, sizeof(text) - 1                                                             \
	}

static const struct source_row sources[ENTROPY_KINDS] = {
	[ENTROPY_DRAND] = { .source = { S("drand"), S("drand 公共随机信标"),
					S("用 drand 客户端或 https://api.drand.sh/<链>/public/<轮次> 取该轮的 "
					  "randomness，与这里的值逐位对照，并用链的公钥验证签名（含子群检查）"),
					2560 },
			    .tokens = 2,
			    .hex = 64 },
	[ENTROPY_NIST] = { .source = { S("nist"), S("美国 NIST 随机信标"),
				       S("到 https://beacon.nist.gov/beacon/2.0/chain/<链>/pulse/<脉冲> 取 outputValue，"
					 "与这里的值逐位对照，并用证书验证签名"),
				       2560 },
			   .tokens = 2,
			   .hex = 128 },
	[ENTROPY_KL8] = { .source = { S("cwl-kl8"), S("中国福利彩票快乐8"),
				      S("到 www.cwl.gov.cn 查快乐8该期开奖公告，号码从小到大逐个对照"),
				      616 },
			  .tokens = 1,
			  .game = { 20, 80, 0, 0 } },
	[ENTROPY_SSQ] = { .source = { S("cwl-ssq"), S("中国福利彩票双色球"),
				      S("到 www.cwl.gov.cn 查双色球该期开奖公告，先红球后蓝球对照"),
				      240 },
			  .tokens = 1,
			  .game = { 6, 33, 1, 16 } },
	[ENTROPY_3D] = { .source = { S("cwl-3d"), S("中国福利彩票3D"),
				     S("到 www.cwl.gov.cn 查福彩3D该期开奖公告，按摇出顺序对照"),
				     99 },
			 .tokens = 1,
			 .digits = 3 },
	[ENTROPY_DLT] = { .source = { S("slc-dlt"), S("中国体育彩票大乐透"),
				      S("到 www.sporttery.cn 或 www.lottery.gov.cn 查大乐透该期开奖公告，"
					"先前区后后区对照"),
				      243 },
			  .tokens = 1,
			  .game = { 5, 35, 2, 12 } },
	[ENTROPY_PL5] = { .source = { S("slc-pl5"), S("中国体育彩票排列5"),
				      S("到 www.lottery.gov.cn 查排列5该期开奖公告，按摇出顺序对照"),
				      166 },
			  .tokens = 1,
			  .digits = 5 },
	[ENTROPY_DICE] = { .source = { S("dice"), S("当众掷出的十面骰子"),
				       S("向在场见证人核对当场签字的记录或录像"), 33 },
			   .tokens = 3 },
	[ENTROPY_DEMO] = { .source = { S("demo"), S("演练用的数"),
				       S("演练的数谁都可以编，不能作证"), 0 } },
};

const struct entropy_source *entropy_source(enum entropy_kind kind)
{
	CORE_ASSERT(kind < ENTROPY_KINDS);
	return &sources[kind].source;
}

static int wrong(struct problem *problem, enum problem_code code, struct span what, uint64_t have,
		 uint64_t want)
{
	*problem = (struct problem){
		.code = code, .file = CORE_FILE_RECORD, .what = what, .have = have, .want = want
	};
	return CORE_INVALID;
}

/* "<n>d10" */
static bool read_dice(struct span token, uint32_t *dice)
{
	struct span count;
	uint64_t n;

	if (token.len < 4 || memcmp(token.at + token.len - 3, "d10", 3) != 0)
		return false;
	count = (struct span){ token.at, token.len - 3 };
	if (read_number(count, DECLARE_MOST_DICE, &n) != CORE_OK || n == 0)
		return false;
	*dice = (uint32_t)n;
	return true;
}

/* The public chains of drand: quicknet and default. A chain of one's own gives what its owner likes. */
static const struct span chains[] = {
	S("52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"),
	S("8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce"),
};

static bool chain_known(struct span chain)
{
	for (size_t i = 0; i < CORE_COUNT(chains); i++) {
		if (span_equal(chains[i], chain))
			return true;
	}
	return false;
}

static bool is_count(struct span text)
{
	uint64_t n;

	return read_number(text, TEXT_NUMBER_MOST, &n) == CORE_OK && n > 0;
}

/* yyyynnn: one spelling, since the same draw under two would count twice. */
static bool is_issue(struct span text)
{
	uint64_t n;

	return text.len == ISSUE_DIGITS && text.at[0] == '2' &&
	       read_number(text, TEXT_NUMBER_MOST, &n) == CORE_OK && n % 1000 >= 1 &&
	       n % 1000 <= 366;
}

/* The tokens of a selector, as far as they have room; 0 if one of them is not a token. */
static uint32_t cut_tokens(struct span selector, struct span *tokens, uint32_t room)
{
	uint32_t count = 0;
	struct span token;
	bool more = true;

	while (more) {
		more = span_cut(&selector, ' ', &token);
		if (!text_is_id(token))
			return 0;
		if (count < room)
			tokens[count] = token;
		count++;
	}
	return count;
}

static int refuse(struct problem *problem, enum problem_code code, struct span what)
{
	return problem_at(problem, code, CORE_FILE_DECLARATION, 0, what);
}

static int check_beacon(const struct declare_entropy *e, const struct span *tokens,
			struct problem *problem)
{
	if (e->kind == ENTROPY_DRAND && !chain_known(tokens[0]))
		return refuse(problem, PROBLEM_ENTROPY_CHAIN, tokens[0]);
	if (e->kind == ENTROPY_NIST && !is_count(tokens[0]))
		return refuse(problem, PROBLEM_ENTROPY_NUMBER, tokens[0]);
	if (!is_count(tokens[1]))
		return refuse(problem, PROBLEM_ENTROPY_NUMBER, tokens[1]);
	return CORE_OK;
}

static int check_selector(struct declare_entropy *e, struct problem *problem)
{
	const struct source_row *row = &sources[e->kind];
	struct span tokens[3];
	uint32_t count = cut_tokens(e->selector, tokens, CORE_COUNT(tokens));

	if (count == 0 || (row->tokens > 0 && count != row->tokens) ||
	    (e->kind == ENTROPY_DICE && !read_dice(tokens[0], &e->dice)))
		return refuse(problem, PROBLEM_ENTROPY_SELECTOR, e->line);
	if (row->hex > 0)
		return check_beacon(e, tokens, problem);
	if ((row->digits > 0 || row->game.front > 0) && !is_issue(tokens[0]))
		return refuse(problem, PROBLEM_ENTROPY_ISSUE, tokens[0]);
	return CORE_OK;
}

bool entropy_same(const struct declare_entropy *a, const struct declare_entropy *b)
{
	struct span one = a->selector, other = b->selector, place, other_place;

	if (a->kind != b->kind)
		return false;
	if (a->kind != ENTROPY_DICE)
		return span_equal(one, other);
	span_cut(&one, ' ', &place);
	span_cut(&one, ' ', &place);
	span_cut(&other, ' ', &other_place);
	span_cut(&other, ' ', &other_place);
	return alike_places(place, other_place) && alike_times(one, other);
}

/* Equal, or of dice the beginning of one another; *decibits: what the shorter is worth. */
static bool values_meet(const struct declaration *d, const struct span *values, uint32_t i,
			uint32_t k, uint32_t *decibits)
{
	const struct declare_entropy *a = &d->entropy[i], *b = &d->entropy[k];
	struct span one = values[i], other = values[k];
	size_t len = one.len < other.len ? one.len : other.len;

	*decibits = a->decibits < b->decibits ? a->decibits : b->decibits;
	if (a->kind != b->kind || (a->kind != ENTROPY_DICE && one.len != other.len))
		return false;
	return memcmp(one.at, other.at, len) == 0;
}

bool entropy_repeats(const struct declaration *d, const struct span *values, uint32_t i)
{
	uint64_t unlikely = 0;

	if (d->entropy[i].kind == ENTROPY_DEMO)
		return false;
	for (uint32_t k = 0; k < i; k++) {
		uint32_t decibits;

		if (values_meet(d, values, i, k, &decibits))
			unlikely += decibits;
	}
	return unlikely >= CHANCE_DECIBITS;
}

int entropy_parse(struct span text, struct declare_entropy *ret, struct problem *problem)
{
	struct declare_entropy e = { .line = text };
	struct span rest = text, name;
	uint32_t kind = 0;

	span_cut(&rest, ' ', &name);
	while (kind < ENTROPY_KINDS && !span_equal(sources[kind].source.name, name))
		kind++;
	if (kind == ENTROPY_KINDS)
		return problem_at(problem, PROBLEM_ENTROPY_SOURCE, CORE_FILE_DECLARATION, 0, name);
	e.kind = (enum entropy_kind)kind;
	e.selector = rest;
	if (rest.len > ENTROPY_LONGEST)
		return problem_set(problem, (struct problem){ .code = PROBLEM_ENTROPY_LONG,
							      .file = CORE_FILE_DECLARATION,
							      .want = ENTROPY_LONGEST });
	CORE_TRY(check_selector(&e, problem));
	e.decibits = sources[kind].source.decibits * (e.kind == ENTROPY_DICE ? e.dice : 1);
	*ret = e;
	return CORE_OK;
}

static uint32_t count_numbers(struct span value)
{
	uint32_t count = 1;

	for (size_t i = 0; i < value.len; i++)
		count += value.at[i] == '-';
	return count;
}

static int check_numbers(const struct game *game, struct span value, struct problem *problem)
{
	uint32_t want = game->front + game->back, have = count_numbers(value);
	uint64_t before = 0, n = 0;
	struct span rest = value, number;

	if (have != want)
		return wrong(problem, PROBLEM_VALUE_NUMBERS, value, have, want);
	for (uint32_t i = 0; i < want; i++, before = n) {
		uint32_t high = i < game->front ? game->front_high : game->back_high;

		span_cut(&rest, '-', &number);
		if (number.len != 2 || !text_is_digits(number))
			return wrong(problem, PROBLEM_VALUE_RANGE, number, 0, high);
		n = (uint64_t)(number.at[0] - '0') * 10 + (uint64_t)(number.at[1] - '0');
		if (n == 0 || n > high)
			return wrong(problem, PROBLEM_VALUE_RANGE, number, 0, high);
		if (n <= before && i != game->front)
			return wrong(problem, PROBLEM_VALUE_ASCENDING, number, 0, 0);
	}
	return CORE_OK;
}

static bool digits_fit(struct span value, uint32_t digits)
{
	if (value.len != 2 * (size_t)digits - 1)
		return false;
	for (size_t i = 0; i < value.len; i++) {
		struct span c = { value.at + i, 1 };

		if (i % 2 == 0 ? !text_is_digits(c) : value.at[i] != '-')
			return false;
	}
	return true;
}

int entropy_check(const struct declare_entropy *e, struct span value, struct problem *problem)
{
	const struct source_row *row = &sources[e->kind];

	if (row->hex > 0)
		return text_is_hex(value, row->hex)
			       ? CORE_OK
			       : wrong(problem, PROBLEM_VALUE_HEX, value, 0, row->hex);
	if (row->digits > 0)
		return digits_fit(value, row->digits)
			       ? CORE_OK
			       : wrong(problem, PROBLEM_VALUE_DIGITS, value, 0, row->digits);
	if (e->kind == ENTROPY_DICE)
		return value.len == e->dice && text_is_digits(value)
			       ? CORE_OK
			       : wrong(problem, PROBLEM_VALUE_DIGITS, value, 0, e->dice);
	if (e->kind == ENTROPY_DEMO)
		return text_is_token(value, 128) ? CORE_OK
						 : wrong(problem, PROBLEM_VALUE_TOKEN, value, 0, 0);
	return check_numbers(&row->game, value, problem);
}

bool declare_is_operator(struct span party)
{
	return span_equal(party, SPAN("operator"));
}

struct declare_floor declare_floor(const struct declaration *d)
{
	struct declare_floor f = { 0 };

	for (uint32_t i = 0; i < d->entropy_count; i++) {
		f.public_decibits += d->entropy[i].decibits;
		f.rehearsal |= d->entropy[i].kind == ENTROPY_DEMO;
	}
	for (uint32_t i = 0; i < d->share_count; i++)
		f.outside_shares += !declare_is_operator(d->shares[i].party);
	f.enough_alone = f.public_decibits >= DECLARE_FLOOR;
	f.enough_with_shares =
		f.public_decibits >= DECLARE_FLOOR_WITH_SHARES && f.outside_shares >= 2;
	return f;
}

void declare_floor_write(const struct declaration *d, struct writer *w)
{
	struct declare_floor f = declare_floor(d);

	for (uint32_t i = 0; i < d->entropy_count; i++) {
		const struct declare_entropy *e = &d->entropy[i];

		if (i > 0)
			write_literal(w, " + ");
		write_span(w, sources[e->kind].source.chinese);
		if (e->kind == ENTROPY_DICE) {
			write_literal(w, " ");
			write_number(w, e->dice);
			write_literal(w, " 颗");
		}
		write_literal(w, " ");
		write_bits(w, e->decibits);
	}
	if (d->entropy_count > 1) {
		write_literal(w, " = ");
		write_bits(w, f.public_decibits);
	}
	write_literal(w, " 比特");
}
