/* test/app/registry.c — canonical files: what is written reads back, and what is wrong is told by line. */
#include "app/registry.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/status.h"

#include "unit.h"

static int64_t day(const char *text)
{
	int64_t days = 0;

	CHECK_INT(clock_parse_day(text, &days), OK);
	return days;
}

/* A registry of sites with these rows (values from the id on, '|' between). */
static void make(struct buf *out, enum registry kind, const char *const *rows, size_t count)
{
	uint32_t fields;

	registry_fields(kind, &fields);
	buf_init(out, 1 << 16);
	registry_write_header(out, kind);
	for (size_t i = 0; i < count; i++) {
		struct span cells[REGISTRY_FIELDS_MOST] = { { "", 0 } }, rest = span_of(rows[i]);
		for (uint32_t f = 0; f < fields; f++)
			span_cut(&rest, '|', &cells[f]);
		registry_write_row(out, kind, cells);
	}
}

TEST(rows_read_back)
{
	CLEANUP(buf_release) struct buf file;
	static const char *const rows[] = {
		"A-1|甲厂||||||130602|||1154876543|388700000|||key|1|超标|2026-01-01|2026-12-31|live",
		"A-2|乙厂||||||130606|||||||general||||||"
	};
	struct registry_reader r;
	struct span cells[REGISTRY_FIELDS_MOST];
	struct site s;
	const char *problem = "";

	make(&file, REGISTRY_SITES, rows, 2);
	CHECK_INT(registry_open(&r, REGISTRY_SITES, (struct span){ file.data, file.len }), OK);
	CHECK_INT(registry_next(&r, cells), OK);
	CHECK_INT(r.line, 2);
	CHECK_INT(site_decode(cells, &s, &problem), OK);
	CHECK_INT(s.class, SITE_CLASS_KEY);
	CHECK(s.has_place && s.longitude == 1154876543 && s.latitude == 388700000);
	CHECK(site_special_on(&s, day("2026-01-01")) && site_special_on(&s, day("2026-12-31")));
	CHECK(!site_special_on(&s, day("2025-12-31")) && !site_special_on(&s, day("2027-01-01")));
	CHECK_INT(registry_next(&r, cells), OK);
	CHECK_INT(site_decode(cells, &s, &problem), OK);
	CHECK(s.class == SITE_CLASS_GENERAL && s.state == SITE_LIVE && !s.special && !s.has_place);
	CHECK_INT(registry_next(&r, cells), NONE);
}

TEST(wrong_files_are_told)
{
	static const char *const bad[] = { "B|甲|", "A|乙|" };
	static const char *const same[] = { "A|甲|", "A|乙|" };
	CLEANUP(buf_release) struct buf order, twice;
	struct registry_reader r;
	struct span cells[REGISTRY_FIELDS_MOST];

	make(&order, REGISTRY_SITES, bad, 2);
	make(&twice, REGISTRY_SITES, same, 2);
	CHECK_INT(registry_open(&r, REGISTRY_INSPECTORS, (struct span){ order.data, order.len }),
		  INVALID);
	CHECK_INT(registry_open(&r, REGISTRY_SITES, SPAN("")), INVALID);
	CHECK_INT(registry_open(&r, REGISTRY_SITES, (struct span){ order.data, order.len }), OK);
	CHECK_INT(registry_next(&r, cells), OK);
	CHECK_INT(registry_next(&r, cells), INVALID);
	CHECK_INT(r.line, 3);
	CHECK_INT(registry_open(&r, REGISTRY_SITES, (struct span){ twice.data, twice.len }), OK);
	CHECK_INT(registry_next(&r, cells), OK);
	CHECK_INT(registry_next(&r, cells), INVALID);
	/* Without its last LF. */
	CHECK_INT(registry_open(&r, REGISTRY_SITES, (struct span){ order.data, order.len - 1 }),
		  OK);
	CHECK_INT(registry_next(&r, cells), OK);
	CHECK_INT(registry_next(&r, cells), INVALID);
}

TEST(inspectors_on_a_day)
{
	static const char *const row =
		"P1|张三|0306001|2026-06-30|0306002|2027-06-30|||2020-02-29|||1|1|1|2026-11-01/2026-11-10,2026-12-01/2026-12-01||3";
	CLEANUP(buf_release) struct buf file;
	struct registry_reader r;
	struct span cells[REGISTRY_FIELDS_MOST], list = SPAN("甲公司=亲属,A-2"), item, target, kind;
	struct inspector i;
	const char *problem = "";

	make(&file, REGISTRY_INSPECTORS, &row, 1);
	CHECK_INT(registry_open(&r, REGISTRY_INSPECTORS, (struct span){ file.data, file.len }), OK);
	CHECK_INT(registry_next(&r, cells), OK);
	CHECK_INT(inspector_decode(cells, &i, &problem), OK);
	CHECK(i.staff && i.duty && i.accepts && !i.assistant && !i.has_limit);
	CHECK_INT(i.base, 3);
	CHECK(inspector_certified_on(&i, day("2027-06-30")) &&
	      !inspector_certified_on(&i, day("2027-07-01")));
	CHECK(inspector_away_on(&i, day("2026-11-10")) &&
	      !inspector_away_on(&i, day("2026-11-11")));
	CHECK(inspector_away_on(&i, day("2026-12-01")));
	CHECK_INT(inspector_grade_on(&i, day("2025-02-28"), 5), 'J');
	CHECK_INT(inspector_grade_on(&i, day("2025-03-01"), 5), 'S');
	CHECK(registry_item(&list, &item));
	registry_recusal(item, &target, &kind);
	CHECK(span_equal(target, SPAN("甲公司")) && span_equal(kind, SPAN("亲属")));
	CHECK(registry_item(&list, &item));
	registry_recusal(item, &target, &kind);
	CHECK(span_equal(target, SPAN("A-2")) && kind.len == 0);
	CHECK(!registry_item(&list, &item));
}

TEST(ids)
{
	char long_id[66];

	memset(long_id, 'a', sizeof(long_id));
	CHECK(registry_id_valid(SPAN("130602-0001")) && registry_id_valid(SPAN("A.b_c:d-1")));
	CHECK(registry_id_valid((struct span){ long_id, 64 }) &&
	      !registry_id_valid((struct span){ long_id, 65 }));
	CHECK(!registry_id_valid(SPAN("")) && !registry_id_valid(SPAN("a b")) &&
	      !registry_id_valid(SPAN("甲")));
}
