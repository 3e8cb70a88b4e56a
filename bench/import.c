/*
 * bench/import.c — programs of bench/run-import: makes a registry as a city might hand it in, and reads it
 * bare, which is the floor of every import.
 *
 *   bench-import generate ROWS FILE     15 columns, Chinese text, codes with right check digits
 *   bench-import scan FILE              UTF-8 check and one look at every byte; prints rows and seconds
 *   bench-import import FILE OUT [--no-report] [--old FILE]    prints rows, seconds and memory
 */
#include "app/identifiers.h"
#include "app/import.h"
#include "app/import_area.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/utf8.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static uint64_t state = 20261124;

static uint64_t next(uint64_t below)
{
	uint64_t z = (state += 0x9e3779b97f4a7c15U);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
	return (z ^ (z >> 31)) % below;
}

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void make_code(const char *county, char code[19])
{
	static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
	static const unsigned weight[8] = { 3, 7, 9, 10, 5, 8, 4, 2 };
	unsigned sum = 0;

	memcpy(code, "91", 2);
	memcpy(code + 2, county, 6);
	memcpy(code + 8, "MA", 2);
	for (int i = 10; i < 16; i++)
		code[i] = alphabet[next(31)];
	for (int i = 0; i < 8; i++) {
		char c = code[8 + i];
		sum += (unsigned)(c <= '9' ? c - '0' : c - 'A' + 10) * weight[i];
	}
	unsigned check = 11 - sum % 11;
	code[16] = check == 10 ? 'X' : check == 11 ? '0' : (char)('0' + check);
	code[17] = identifier_code_check(code);
	code[18] = 0;
}

static const char *pick(const char *const *words, size_t count)
{
	return words[next(count)];
}
#define PICK(words) pick(words, COUNT(words))

static void write_row(FILE *f, unsigned long number)
{
	static const char *const towns[] = { "大激店镇", "韩村乡", "东风路街道",
					     "留史镇",   "辛兴镇", "白洋街道" };
	static const char *const names[] = { "华", "瑞", "盛", "恒", "远", "宏",
					     "达", "鑫", "源", "泰", "康", "润" };
	static const char *const trades[] = { "塑料制品", "环保科技", "机械制造", "纺织印染",
					      "食品加工", "建材",     "皮革制品", "金属表面处理" };
	static const char *const kinds[] = { "有限公司", "有限责任公司", "股份有限公司", "厂",
					     "（个体工商户）" };
	static const char *const classes[] = { "一般", "一般", "一般", "一般", "重点" };
	static const char *const permits[] = { "重点管理", "简化管理", "登记管理" };
	static const char *const sources[] = { "废水,废气", "废气", "废气,固废", "废水",
					       "危废,废气" };
	static const char *const notes[] = { "", "", "", "分表计电已安装",
					     "\"2024年曾停产，后恢复\"" };
	uint32_t count;
	const struct area *areas = area_list(&count), *area;
	char code[19];

	do
		area = &areas[next(count)];
	while (!area->ours);
	make_code(area->code, code);
	const char *town = PICK(towns);
	fprintf(f, "%s-%07lu,保定市%s%s%s%s,%s,%s%03uV,%s,%u-%02u-%02u,%s,%s,", area->code, number,
		PICK(names), PICK(names), PICK(trades), PICK(kinds), code, code,
		(unsigned)next(5) + 1, PICK(permits), (unsigned)next(5) + 2026,
		(unsigned)next(12) + 1, (unsigned)next(28) + 1, area->name, town);
	fprintf(f, "保定市%s%s工业路%u号院%u幢,%u.%07u,%u.%07u,C%u,\"%s\",%s,%s\n", area->name,
		town, (unsigned)next(900) + 1, (unsigned)next(2000) + 1, (unsigned)next(2) + 114,
		(unsigned)next(10000000), (unsigned)next(2) + 38, (unsigned)next(10000000),
		(unsigned)next(3000) + 1300, PICK(sources), PICK(classes), PICK(notes));
}

static int generate(unsigned long rows, const char *path)
{
	FILE *f = fopen(path, "w");

	if (!f)
		return 1;
	fputs("污染源编号,单位名称,统一社会信用代码,排污许可证编号,许可管理类别,许可证有效期至,所属县区,乡镇街道,"
	      "详细地址,经度,纬度,行业类别,污染源类型,监管类别,备注\n",
	      f);
	for (unsigned long i = 0; i < rows; i++)
		write_row(f, i);
	return fclose(f) ? 1 : 0;
}

static int scan(const char *path)
{
	struct file_map m;
	size_t lines = 0;
	double start = seconds();

	if (file_map(path, &m) != 0)
		return 1;
	size_t valid = utf8_valid(m.at, m.len);
	for (size_t i = 0; i < m.len; i++)
		lines += m.at[i] == '\n';
	printf("%zu %.4f %s\n", lines, seconds() - start, valid == m.len ? "utf-8" : "not utf-8");
	file_unmap(&m);
	return 0;
}

static int import(int count, char **args)
{
	CLEANUP(arena_release) struct arena a;
	struct import_options o = {
		.kind = REGISTRY_SITES, .file = args[0], .out = args[1], .max_rows = 100000000
	};
	struct import_paths paths;
	struct rusage usage;
	double start = seconds();

	arena_init(&a);
	for (int i = 2; i < count; i++) {
		o.no_report |= strcmp(args[i], "--no-report") == 0;
		if (strcmp(args[i], "--old") == 0 && i + 1 < count)
			o.old = args[++i];
	}
	struct import_summary *s = arena_alloc(&a, sizeof(*s));
	int rc = import_file(&o, &a, s, &paths);
	double took = seconds() - start;
	getrusage(RUSAGE_CHILDREN, &usage);
	printf("%llu %.4f %ld rc=%d new=%llu quarantined=%llu unchanged=%llu updated=%llu %s\n",
	       (unsigned long long)s->rows, took, usage.ru_maxrss, rc,
	       (unsigned long long)s->count[IMPORT_NEW],
	       (unsigned long long)s->count[IMPORT_QUARANTINED],
	       (unsigned long long)s->count[IMPORT_UNCHANGED],
	       (unsigned long long)s->count[IMPORT_UPDATED], s->refusal);
	return rc ? 1 : 0;
}

int main(int argc, char **argv)
{
	if (argc == 4 && strcmp(argv[1], "generate") == 0)
		return generate(strtoul(argv[2], NULL, 10), argv[3]);
	if (argc == 3 && strcmp(argv[1], "scan") == 0)
		return scan(argv[2]);
	if (argc >= 4 && strcmp(argv[1], "import") == 0)
		return import(argc - 2, argv + 2);
	fputs("usage: bench-import generate ROWS FILE | scan FILE | import FILE OUT [--no-report] [--old FILE]\n",
	      stderr);
	return 2;
}
