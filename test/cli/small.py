"""A small bureau with an approved plan, quick to make: what the draws of two pools are tried on."""
import functools
import os

import tap
from tap import expect, refused, run

COUNTIES = ("130602", "130606")
SITES = "id,name,class,county,permit_class\n" + "".join(
    f"{c}-{i:04d},企业{c}之{i},{'key' if i % 2 == 0 else 'general'},{c},major\n" for c in COUNTIES for i in range(1, 31))
MATTERS = "id,name,kinds\nM-1,排污许可,\n"
RULES = """{"format": "mingqian-rules-1", "id": "r", "title": "试", "body": "局", "level": "city", "document": "某计划",
"from": "2026-01-01", "teams": [{"need": 2, "min_senior": 1, "min_junior": 1}], "limit": 40, "rules": [
{"id": "key", "title": "重点", "who": {"classes": ["key"]}, "basis": {"percent": 20}, "period": "quarter"},
{"id": "general", "title": "一般", "who": {"classes": ["general"]}, "basis": {"percent": 20}, "period": "quarter"}]}"""
LINES = "编号,类别,名称,目标,范围\nzx,专项,重点专项,50%,class=key\n"
PLANNER, LAWYER, HEAD = "张三", "李四", "局长"
HOLDERS = (("discipline", "王五"), ("archive", "钱七"))
VALUE = "31415926535897932384"


def people(*counties):
    """Four people of each county, old and new in turn; "" may work everywhere."""
    rows = [(c, i) for c in counties for i in range(4)]
    return "id,name,certificate,certificate_until,districts,since,recusals\n" + "".join(
        f"P-{n},人{'甲乙丙丁戊己庚辛壬癸子丑'[n]},03-{n},2030-12-31,{c},{'2025' if i % 2 else '2010'}-01-01,\n"
        for n, (c, i) in enumerate(rows))


def file(name, text):
    path = os.path.join(tap.folder(), name)
    tap.write(path, text)
    return path


@functools.cache
def office(staff, lines=LINES, rules=RULES):
    where = tap.office()
    options = [*where, "--now", "2026-01-02T09:00", "--as", "赵六"]
    for kind, text in (("sites", SITES), ("inspectors", staff), ("matters", MATTERS)):
        expect(0, ["import", kind, file(kind + ".csv", text), *options, "--no-report"])
    expect(0, ["rules", "import", file("r.json", rules), "--reason", "试", *options])
    options[-1] = PLANNER
    expect(0, ["plan", "new", "BD-2026", "--year", "2026", "--lines", file("lines.csv", lines), *options])
    expect(0, ["plan", "submit", "BD-2026", *options])
    options[-1] = HEAD
    expect(0, ["plan", "approve", "BD-2026", *options])
    return where


class Small:
    """A copy of such an office. Whoever acts and the time are given with each command."""

    def __init__(self, staff=people(""), **more):
        self.where = tap.copy(office(staff, **more))
        self.path = tap.folder()
        self.number = 0

    def words(self, who, now, *words):
        return [*words, *self.where, "--as", who, "--now", now]

    def do(self, who, now, *words, texts=(), code=0):
        return expect(code, self.words(who, now, *words), *texts)

    def no(self, who, now, *words, texts=(), code=1):
        return refused(code, self.words(who, now, *words), *texts)

    def look(self, *words):
        return run(*words, *self.where, "--json").json

    def prepared(self, day, period="2026-Q1", pool="daily", more=()):
        self.number += 1
        draw = f"130600-2026-{self.number:04d}"
        self.do(PLANNER, f"{day}T09:00", "draw", "prepare", "BD-2026", period, "--pool", pool, *more, texts=(draw,))
        self.do(LAWYER, f"{day}T09:01", "draw", "approve", draw, "--for", "legal")
        return draw

    def slip(self, draw):
        return f"{self.path}/{draw}.pdf"

    def freeze(self, draw, day, *more, **how):
        return self.do(PLANNER, f"{day}T09:10", "draw", "freeze", draw, "--entropy", f"dice 20d10 hall {day}T14:00",
                       "--escrow", self.slip(draw), *more, **how)

    def hold(self, draw, day):
        for office_name, holder in HOLDERS:
            self.do(holder, f"{day}T09:20", "draw", "hold", draw, "--for", office_name)

    def run(self, draw, day, **how):
        return self.do(PLANNER, f"{day}T14:05", "draw", "run", draw, "--value", VALUE, **how)

    def drawn(self, day, period="2026-Q1", pool="daily", more=(), **how):
        draw = self.prepared(day, period, pool, more)
        self.freeze(draw, day)
        self.hold(draw, day)
        self.run(draw, day, **how)
        return draw

    def visits(self, draw, state=None):
        more = ["--state", state] if state else []
        return self.look("visits", "list", "--draw", draw, *more)["items"]

    def finish(self, draw, day):
        """Accepts and makes all that are planned."""
        waiting = self.visits(draw, "planned")
        for v in waiting:
            self.do(v["team"][0], f"{day}T09:00", "visits", "accept", v["id"], "--inspector", v["team"][0])
        for v in waiting:
            self.do(v["team"][0], f"{day}T17:00", "visits", "done", v["id"])
