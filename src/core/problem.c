/* core/problem.c — the table of all that can be wrong with a draw's files, in the words a clerk reads.
 * In a sentence %w stands for the words in question, %h and %n for the numbers have and want, %b
 * for have tenths of bits as bits. */
#include "core/problem.h"

#include "core/bytes.h"

enum { WORDS_LONGEST = 64 };

struct problem_row {
	const char *name, *sentence;
};

#define ID_RULE "编号只能用数字、英文字母和 . _ : -，长 1 到 64 个字节"

static const struct problem_row rows[PROBLEM_CODES] = {
	[PROBLEM_NONE] = { "none", "没有问题。" },

	[PROBLEM_FILE_MISSING] = { "file.missing", "没有这个文件；请把它放进抽取文件夹后重试。" },
	[PROBLEM_FILE_BOM] = { "file.bom", "文件开头有 BOM 标记；请另存为“UTF-8（无 BOM）”。" },
	[PROBLEM_FILE_UTF8] = { "file.utf8", "含有不是 UTF-8 编码的字节；请把文件另存为 UTF-8。" },
	[PROBLEM_FILE_CR] = { "file.cr", "含有回车符（Windows 换行）；请改成只用 LF 换行。" },
	[PROBLEM_FILE_LAST_LF] = { "file.last_lf",
				   "最后一行没有换行符；文件可能被截断，请补全后在行尾加一个换行。" },
	[PROBLEM_FILE_LARGE] = { "file.large", "超过了 %h 的上限；请减少行数。" },
	[PROBLEM_LINE_EMPTY] = { "line.empty", "是空行；请删除这一行。" },

	[PROBLEM_COLUMNS_FEW] = { "list.columns_few",
				  "只有 %h 列，至少要有 %n 列，各列之间用一个制表符分开；请补齐。" },
	[PROBLEM_COLUMNS_MANY] = { "list.columns_many",
				   "有 %h 列，最多只能有 %n 列；请删去多出的列或多余的制表符。" },
	[PROBLEM_COLUMNS_TRAILING] = { "list.columns_trailing",
				       "行尾有多余的制表符；末尾的空列要省去，请删除行尾的制表符。" },
	[PROBLEM_ID_EMPTY] = { "id.empty", "编号是空的；" ID_RULE "，请补上。" },
	[PROBLEM_ID_LONG] = { "id.long", "编号“%w”太长；" ID_RULE "，请改短后重新锁定。" },
	[PROBLEM_ID_CHARS] = { "id.chars",
			       "编号“%w”含有不允许的字符；" ID_RULE "，请改正后重新锁定。" },
	[PROBLEM_ID_DUPLICATE] = { "id.duplicate",
				   "编号“%w”与上一行重复；每个编号只能出现一次，请删去或改正其中一行。" },
	[PROBLEM_UNSORTED] = { "list.unsorted",
			       "“%w”排在了上一行之后，但按字节顺序应在其前；请用 LC_ALL=C sort 重新排序。" },
	[PROBLEM_STRATUM_NAME] = { "stratum.name",
				   "层名“%w”不合规则；层名长 1 到 64 个字节，不能有空格、等号和控制字符，"
				   "请改正。" },
	[PROBLEM_STRATUM_UNKNOWN] = { "stratum.unknown",
				      "层“%w”在 rules.txt 里没有名额；请在 rules.txt 里加一行 quota 或写进 "
				      "split，或改正这里的层名。" },
	[PROBLEM_CODE_COMMA] = { "list.code_comma",
				 "“%w”含有逗号；一个对象只属于一个辖区、只要求一项资格，请只写一个代码。" },
	[PROBLEM_GRADE] = { "inspector.grade",
			    "级别“%w”无法识别；请写 S（老队员）或 J（新队员）。" },
	[PROBLEM_NUMBER] = { "list.number",
			     "“%w”不是 0 到 %n 的整数；请写不带前导零和符号的十进制数。" },
	[PROBLEM_ITEM_EMPTY] = { "list.item_empty",
				 "“%w”里有空的项；各项之间用一个英文逗号分开，首尾不加逗号，请改正。" },
	[PROBLEM_ITEM_DUPLICATE] = { "list.item_duplicate",
				     "“%w”在同一列里写了两次；请只保留一次。" },
	[PROBLEM_REASON] = { "conflict.reason",
			     "回避原因代码“%w”不合规则；只能用数字、英文字母和 . _ : -，"
			     "长 1 到 64 个字节，例如 rotation，请改正。" },
	[PROBLEM_CONFLICT_INSPECTOR] = { "conflict.inspector",
					 "检查人员“%w”不在 inspectors.tsv 里；请改正编号，或删去这一行。" },
	[PROBLEM_CONFLICT_OBJECT] = { "conflict.object",
				      "检查对象“%w”不在 objects.tsv 里；请改正编号，或删去这一行。" },
	[PROBLEM_CONFLICT_DUPLICATE] = { "conflict.duplicate",
					 "检查人员“%w”与同一对象的回避已在上一行写过；每一对只能写一次，"
					 "请删去一行。" },

	[PROBLEM_RULES_KIND] = { "rules.kind",
				 "“%w”不是规则的种类；只能是 team、bundle、relax、quota "
				 "或 split，请改正。" },
	[PROBLEM_RULES_ORDER] = { "rules.order",
				  "“%w”的位置不对；顺序是：总的 team、各层的 team、bundle、relax（rotation、"
				  "second、limit）、quota 和 split，请调整。" },
	[PROBLEM_RULES_SPACES] = { "rules.spaces",
				   "空格不合规则；各项之间只用一个空格，行首行尾没有空格，请改正。" },
	[PROBLEM_RULES_TEAM_FORM] = { "rules.team_form",
				      "写法不对；应为“team 人数 老队员下限 新队员下限”，后面可加一个层名，"
				      "数字不带前导零。" },
	[PROBLEM_RULES_TEAM_MISSING] = { "rules.team_missing",
					 "第一行应是总的组队规则，例如“team 2 1 1”；请补上。" },
	[PROBLEM_RULES_TEAM_NEED] = { "rules.team_need",
				      "每组 %h 人，少于老、新队员下限之和 %n（每组至少 1 人）；请改大人数或改小"
				      "下限。" },
	[PROBLEM_RULES_TEAM_LARGE] = { "rules.team_large",
				       "每组 %h 人，超过了最多 %n 人；请改小。" },
	[PROBLEM_RULES_TEAM_DUPLICATE] = { "rules.team_duplicate",
					   "层“%w”已有组队规则；每层只能写一行，请删去一行。" },
	[PROBLEM_RULES_TEAM_STRATUM] = { "rules.team_stratum",
					 "组队规则里的层“%w”没有名额；请加一行 quota 或写进 split，"
					 "或改正层名。" },
	[PROBLEM_RULES_BUNDLE] = { "rules.bundle",
				   "写法不对；应为“bundle 数目”，即一趟最多查几家，从 1 起，只写一行。" },
	[PROBLEM_RULES_RELAX] = { "rules.relax",
				  "“%w”不是放宽办法；只能是 rotation、second、limit，每种一行，请改正。" },
	[PROBLEM_RULES_QUOTA_FORM] = { "rules.quota_form",
				       "写法不对；应为“quota 层名 数目”或“quota 层名 a/b”，请改正。" },
	[PROBLEM_RULES_AMOUNT] = { "rules.amount",
				   "名额“%w”不合规则；请写整数（如 12），或 a/b（如 1/10，0 < a ≤ b），"
				   "不带前导零。" },
	[PROBLEM_RULES_STRATUM_TWICE] = { "rules.stratum_twice",
					  "层“%w”的名额写了两次；每层只能有一行 quota 或在 split 里占一处，"
					  "请删去一处。" },
	[PROBLEM_RULES_SPLIT_FORM] = { "rules.split_form",
				       "写法不对；应为“split 组名 数目 层名=权重 层名=权重 …”，请改正。" },
	[PROBLEM_RULES_WEIGHT] = { "rules.weight", "权重“%w”不是不带前导零的整数；请改正。" },
	[PROBLEM_RULES_WEIGHT_SUM] = { "rules.weight_sum",
				       "这一行的权重之和是 0 或太大；请至少给一层大于 0 的权重。" },
	[PROBLEM_RULES_NO_QUOTA] = { "rules.no_quota",
				     "没有一行名额；请为每一层写一行 quota 或 split。" },

	[PROBLEM_DECLARATION_LINE] = { "declaration.line",
				       "这一行应以“%w”开头，各项之间一个空格；请用声明命令重新生成。" },
	[PROBLEM_DECLARATION_MORE] = { "declaration.more",
				       "“%w”的位置不对或无法识别；entropy 各行之后只能是 share 各行，请用声明"
				       "命令重新生成。" },
	[PROBLEM_DRAW_ID] = { "declaration.draw_id", "抽取编号“%w”不合规则；" ID_RULE
						     "，并以“-”加数字结尾，例如 BD-2026-0001，"
						     "请改正。" },
	[PROBLEM_COUNT] = { "declaration.count", "“%w”不是不带前导零的行数；请重新生成声明。" },
	[PROBLEM_HASH] = { "declaration.hash",
			   "“%w”不是 64 位小写十六进制的摘要；请重新生成声明。" },
	[PROBLEM_ENTROPY_NONE] = { "entropy.none",
				   "没有声明随机数的来源；请至少声明一个，例如 dice 20d10 地点 时间。" },
	[PROBLEM_ENTROPY_MANY] = { "entropy.many", "随机数来源超过 %n 个；请减少。" },
	[PROBLEM_ENTROPY_SOURCE] = { "entropy.source",
				     "随机数来源“%w”无法识别；可用 drand、nist、cwl-kl8、cwl-ssq、cwl-3d、"
				     "slc-dlt、slc-pl5、dice，演练用 demo。" },
	[PROBLEM_ENTROPY_SELECTOR] = { "entropy.selector",
				       "“%w”没有说清取哪一个值；drand 写链和轮次，nist 写链和脉冲号，彩票写"
				       "期号，dice 写 20d10 这样的颗数、地点和时间，各项只用数字、字母和 "
				       ". _ : -。" },
	[PROBLEM_ENTROPY_LONG] = { "entropy.long",
				   "随机数来源这一行太长；来源之后最多 %n 个字节，请写短。" },
	[PROBLEM_ENTROPY_CHAIN] = { "entropy.chain",
				    "drand 的链“%w”不是公共链：自建的链谁建的谁就能控制。请写 quicknet 链 "
				    "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971 或 default 链 "
				    "8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce。" },
	[PROBLEM_ENTROPY_NUMBER] = { "entropy.number",
				     "“%w”不是从 1 起、不带前导零的号数；drand 写链号和轮次，nist 写链的号数"
				     "（如 2）和脉冲号，请改正。" },
	[PROBLEM_ENTROPY_ISSUE] = { "entropy.issue",
				    "期号“%w”不合规则；一律写 7 位：四位年份加三位期次，例如 2026031"
				    "（体彩公布的 26031 期也写 2026031），请改正。" },
	[PROBLEM_ENTROPY_DUPLICATE] = { "entropy.duplicate",
					"“%w”写了两次；同一个随机数只能用一次，请换一个来源。同一天在同一种地点掷的骰子算"
					"一次，除非两处都写明钟点而且不同。" },
	[PROBLEM_SHARE_LINE] = { "share.line",
				 "写法不对；应为“share 名称 承诺”，承诺是 64 位小写十六进制，请改正。" },
	[PROBLEM_SHARE_MANY] = { "share.many", "份额超过 %n 个；请减少。" },
	[PROBLEM_PARTY] = { "share.party",
			    "份额持有方“%w”不合规则；只能用数字、英文字母和 . _ : -，长 1 到 64 个字节，"
			    "请改正。" },
	[PROBLEM_PARTY_DUPLICATE] = { "share.party_duplicate",
				      "“%w”已有一个份额；每一方只能有一个，请删去一行。" },
	[PROBLEM_PARTY_ALIKE] = { "share.party_alike",
				  "“%w”与另一方的名称只差大小写或标点，分不清是不是同一方；请改一个名称。" },
	[PROBLEM_PARTY_OPERATOR] = { "share.party_operator",
				     "“%w”与 operator 太像；operator 专指组织方自己，不能当外部方，请写外部方"
				     "自己的名称。" },
	[PROBLEM_COMMITMENT_EQUAL] = { "share.commitment_equal",
				       "“%w”的承诺与另一方的完全相同：承诺里含名称，同一个承诺不可能让两方都打开；"
				       "请各方各自用 dr1 commit 生成。" },
	[PROBLEM_PARENT_SELF] = { "declaration.parent_self",
				  "主办方的抽取“%w”就是这次抽取自己；请写主办方那次抽取的编号和结果根。" },
	[PROBLEM_FLOOR] = { "floor.low",
			    "公开随机数合计 %b 比特，低于下限 60 比特，也没有达到 24 比特加两个外部份额；"
			    "请加一个来源，例如 cwl-kl8（61.6 比特）或 20 颗十面骰子（66.0 比特）。" },
	[PROBLEM_FLOOR_SHARES] = { "floor.shares",
				   "公开随机数在 24 与 60 比特之间时，要有至少 %n 个外部方的份额，现在只有 %h 个"
				   "（operator 不算）；请再请一方，或加一个来源。" },
	[PROBLEM_FLOOR_UNSIGNED] = { "floor.unsigned",
				     "公开随机数低于 60 比特时，要有至少 %n 个外部方用 30 天前已登记的、各不"
				     "相同的密钥签过名的份额，现在只有 %h 个；请补签，或加一个来源。" },
	[PROBLEM_LIST_COUNT] = { "list.count",
				 "有 %h 行，声明里写的是 %n 行；名单在锁定后被改过，请找回原来的文件。" },
	[PROBLEM_LIST_ROOT] = { "list.root",
				"内容与声明里的摘要不符；文件在锁定后被改过，请找回原来的文件。" },
	[PROBLEM_NO_OBJECTS] = { "list.no_objects",
				 "一个检查对象也没有，无从抽取；请先导入检查对象名录。" },

	[PROBLEM_RECORD_LINE] = { "record.line",
				  "这一行应以“%w”开头并在后面写上值，各行顺序与声明相同；请改正。" },
	[PROBLEM_RECORD_MORE] = { "record.more", "“%w”是多出的内容；行数要与声明相同，请删去。" },
	[PROBLEM_VALUE_HEX] = { "value.hex",
				"值“%w”不是 %n 位小写十六进制；请照来源公布的值改正。" },
	[PROBLEM_VALUE_NUMBERS] = { "value.numbers",
				    "值“%w”里有 %h 个号码，应有 %n 个，用“-”连起来，"
				    "每个两位，例如 03-17；请照开奖公告改正。" },
	[PROBLEM_VALUE_RANGE] = { "value.range",
				  "号码“%w”不是 01 到 %n 的两位数；请照开奖公告改正。" },
	[PROBLEM_VALUE_ASCENDING] = { "value.ascending",
				      "号码“%w”没有比前一个大；请按从小到大的顺序写，前区在前、后区在后。" },
	[PROBLEM_VALUE_DIGITS] = { "value.digits",
				   "值“%w”不是 %n 个数字；请按摇出的顺序写，彩票的各位用“-”连起来，骰子的各位"
				   "连写。" },
	[PROBLEM_VALUE_TOKEN] = { "value.token",
				  "值“%w”不合规则；只能用数字、英文字母和 . _ : -，长 1 到 128 个字节，"
				  "请改正。" },
	[PROBLEM_VALUE_EQUAL] = { "value.equal",
				  "“%w”的值与同一来源的另一个值相同，碰巧的机会不到六万分之一：是把同一次的值抄"
				  "了两遍；请逐个查对公告或记录。" },
	[PROBLEM_SHARE_HEX] = { "share.hex",
				"“%w”公开的份额不是 64 位小写十六进制；请照持有方保存的原文改正。" },
	[PROBLEM_SHARE_OPEN] = { "share.open",
				 "“%w”公开的份额打不开它的承诺：份额被改过，或不是承诺时的那一个；请向该方索"
				 "取原文，打不开则这次抽取作废，用新编号和以后的随机数重抽。" },

	[PROBLEM_SHARE_EQUAL] = { "share.equal",
				  "“%w”公开的份额与另一方的完全相同：两方的份额是同一个人做的，只能算一个；这次"
				  "抽取作废，请各方各自生成份额，用新编号重来。" },

	[PROBLEM_RESULT_RANK] = { "result.rank",
				  "名次“%w”不是从 1 起、不带前导零的整数；结果不是程序写的。" },
	[PROBLEM_RESULT_TICKET] = { "result.ticket",
				    "票号“%w”不合规则；票号是 0. 加 64 到 78 位数字，结果不是程序写的。" },
	[PROBLEM_RESULT_KIND] = { "result.kind",
				  "“%w”既不是 drawn 也不是 reserve；结果不是程序写的。" },
	[PROBLEM_RESULT_MEMBER] = { "result.member",
				    "检查组里的“%w”不是合规则的人员编号，或写了两次；结果不是程序写的。" },
	[PROBLEM_RESULT_RESERVE] = { "result.reserve",
				     "候补“%w”写了检查组；候补没有检查组，结果不是程序写的。" },
	[PROBLEM_SEED_FORM] = { "seed.form",
				"内容不是 64 位小写十六进制加一个换行；请用抽取命令重新生成。" },
	[PROBLEM_UNIT_UNKNOWN] = { "unit.unknown",
				   "没有编号为“%w”的检查对象；请核对编号（登记号，不是统一社会信用代码）。" },

	[WARNING_SHORTFALL] = { "warning.shortfall",
				"层“%w”只有 %h 个对象，名额是 %n，届时如数不足；请核对名录或改名额。" },
	[WARNING_UNSTAFFED] = { "warning.unstaffed",
				"层“%w”只有 %h 个对象组得成检查组（其余的都要回避，或没有人有辖区和资格），名额"
				"是 %n，必定抽到派不出人的；请补人、安排外区支援或改名额。" },
	[WARNING_CONTROL] = { "warning.control",
			      "对象“%w”的名称等列里有控制字符（看不见，还能搅乱屏幕和别的程序）；请从名录里"
			      "删去。" },
	[WARNING_STRATUM_EMPTY] = { "warning.stratum_empty",
				    "层“%w”没有一个对象；如不是有意保留，请核对层名。" },
	[WARNING_NO_OBJECTS] = { "warning.no_objects", "名单是空的，什么也抽不出；请先导入。" },
	[WARNING_NO_INSPECTORS] = { "warning.no_inspectors",
				    "名单是空的，组不成检查组；请先导入检查人员。" },
	[WARNING_NO_SENIOR] = { "warning.no_senior",
				"没有老队员（S）可派（上限为 0 的不算），而规则要求每组至少 %n 名；请核对级别和上限，或改组队规则。" },
	[WARNING_NO_JUNIOR] = { "warning.no_junior",
				"没有新队员（J）可派（上限为 0 的不算），而规则要求每组至少 %n 名；请核对级别和上限，或改组队规则。" },
	[WARNING_LIMIT_ZERO] = { "warning.limit_zero",
				 "检查人员“%w”的上限是 0，不会被派任务；如不是有意，请改上限。" },
	[WARNING_NO_ROOM] = { "warning.no_room",
			      "全部人员的上限合计 %h，少于至少要用的 %n 人次；组不成全部检查组，请提高上限、增加"
			      "人员或减少名额。" },
	[WARNING_FEW_PEOPLE] = { "warning.few_people",
				 "上限大于 0 的只有 %h 人，而每组要 %n 人；请增加人员或改组队规则。" },
	[WARNING_SCOPE_NOBODY] = { "warning.scope_nobody",
				   "对象“%w”所在辖区没有一个人可以执法；请给有关人员补上辖区代码（scopes）。" },
	[WARNING_TEAM_ONE] = { "warning.team_one",
			       "层“%w”每组只有 1 人，而执法检查不得少于两人；如是执法检查，请改组队规则。" },
	[WARNING_RECUSED_ALL] = { "warning.recused_all",
				  "对象“%w”除去回避后只剩 %h 人可派，每组要 %n 人；抽中就组不成，请请求上级或"
				  "外区支援。" },
};

static const char *const file_names[CORE_FILES] = {
	[CORE_FILE_NONE] = "",
	[CORE_FILE_OBJECTS] = "objects.tsv",
	[CORE_FILE_INSPECTORS] = "inspectors.tsv",
	[CORE_FILE_CONFLICTS] = "conflicts.tsv",
	[CORE_FILE_RULES] = "rules.txt",
	[CORE_FILE_DECLARATION] = "declaration",
	[CORE_FILE_RECORD] = "record",
	[CORE_FILE_SEED] = "seed",
	[CORE_FILE_RESULT] = "result.tsv",
	[CORE_FILE_ROOT] = "result.root",
};

const char *core_file_name(enum core_file file)
{
	CORE_ASSERT(file < CORE_FILES);
	return file_names[file];
}

const char *problem_name(enum problem_code code)
{
	CORE_ASSERT(code < PROBLEM_CODES);
	return rows[code].name;
}

int problem_set(struct problem *ret, struct problem p)
{
	*ret = p;
	return CORE_INVALID;
}

int problem_at(struct problem *ret, enum problem_code code, enum core_file file, uint64_t line,
	       struct span what)
{
	*ret = (struct problem){ .code = code, .file = file, .line = line, .what = what };
	return CORE_INVALID;
}

/* Characters that have no width or turn the direction of what follows, so that a name can look like
 * another: ranges of code points, ascending. */
static const struct {
	uint32_t first, last;
} hidden[] = {
	{ 0x00, 0x1f },     { 0x7f, 0x9f },     { 0xad, 0xad },     { 0x34f, 0x34f },
	{ 0x61c, 0x61c },   { 0x115f, 0x1160 }, { 0x17b4, 0x17b5 }, { 0x180b, 0x180f },
	{ 0x200b, 0x200f }, { 0x2028, 0x202e }, { 0x2060, 0x206f }, { 0x3164, 0x3164 },
	{ 0xfeff, 0xfeff }, { 0xffa0, 0xffa0 }, { 0xfff0, 0xfffb }, { 0xe0000, 0xe00ff },
};

static uint32_t code_point(struct span c)
{
	uint32_t code = (unsigned char)c.at[0];

	if (c.len > 1)
		code &= 0x7fu >> c.len;
	for (size_t i = 1; i < c.len; i++)
		code = code << 6 | ((unsigned char)c.at[i] & 0x3fu);
	return code;
}

bool problem_hides(struct span character)
{
	uint32_t code = code_point(character);

	for (size_t i = 0; i < CORE_COUNT(hidden); i++) {
		if (code >= hidden[i].first && code <= hidden[i].last)
			return true;
	}
	return false;
}

void problem_write_words(struct span words, struct writer *w)
{
	size_t shown = 0;

	while (words.len > 0) {
		size_t len = text_utf8_length(words);
		struct span c = { words.at, len == 0 ? 1 : len };

		if (shown + c.len > WORDS_LONGEST) {
			write_literal(w, "…");
			return;
		}
		if (len == 0 || problem_hides(c))
			write_literal(w, "\xef\xbf\xbd");
		else
			write_span(w, c);
		shown += c.len;
		words.at += c.len;
		words.len -= c.len;
	}
}

static void write_sentence(const char *sentence, const struct problem *p, struct writer *w)
{
	for (const char *c = sentence; *c != '\0'; c++) {
		if (*c != '%') {
			write_char(w, *c);
			continue;
		}
		c++;
		CORE_ASSERT(*c == 'w' || *c == 'h' || *c == 'n' || *c == 'b');
		if (*c == 'w')
			problem_write_words(p->what, w);
		else if (*c == 'b')
			write_bits(w, p->have);
		else
			write_number(w, *c == 'h' ? p->have : p->want);
	}
}

void problem_write(const struct problem *p, struct writer *w)
{
	CORE_ASSERT(p->code < PROBLEM_CODES);
	if (p->file != CORE_FILE_NONE) {
		write_span(w, span_of(core_file_name(p->file)));
		if (p->line > 0) {
			write_literal(w, " 第 ");
			write_number(w, p->line);
			write_literal(w, " 行");
		}
		write_literal(w, "：");
	}
	write_sentence(rows[p->code].sentence, p, w);
}
