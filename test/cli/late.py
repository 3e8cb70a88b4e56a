"""A period that ended short of its number: the way that the clash proposes, walked to its end."""
import re

import tap
from small import HEAD, LAWYER, PLANNER, RULES, Small, file
from tap import check

LATE = RULES.replace('"limit"', '"milestones": {"draw_by": 31, "extension_days": 20}, "limit"')
HEADER = "编号,类别,名称,期次,目标,范围\n"


def said(w, day, *more, period="2026-Q1"):
    a = w.do(PLANNER, f"{day}T08:00", "plan", "check", "BD-2026", "--period", period, *more)
    return a.out + a.err


def rule(w, day, name="key", period="2026-Q1"):
    found = w.do(PLANNER, f"{day}T08:00", "plan", "check", "BD-2026", "--period", period, "--json").json
    return next(r for r in found["rules"] if r["id"] == name)


def refuse_one(w, draw, day, seen=()):
    """Makes all visits of a draw but one of a key site, whose owner lets nobody in; not one of those that were seen before."""
    waiting, sites = w.visits(draw, "planned"), {}
    for v in waiting:
        sites[v["id"]] = w.do(v["team"][0], f"{day}T09:00", "visits", "accept", v["id"], "--inspector", v["team"][0], "--json").json["site"]
    ends = next(v for v in sites if int(sites[v][-4:]) % 2 == 0 and sites[v] not in seen)
    w.do(PLANNER, f"{day}T10:00", "visits", "end", ends, "--why", "refused", "--reason", "拒绝检查", "--evidence",
         file("p.pdf", "x"), "--approver", HEAD, "--approver", LAWYER)
    for v in waiting:
        if v["id"] != ends:
            w.do(v["team"][0], f"{day}T17:00", "visits", "done", v["id"])


def test_the_way_after_the_end_of_a_period():
    w = Small(rules=LATE)
    refuse_one(w, w.drawn("2026-03-10"), "2026-03-20")
    before = rule(w, "2026-04-03")
    check(before["required"] == 6 and before["done"] == 5 and not before["possible"], f"{before}")
    told = said(w, "2026-04-03")
    for text in ("欠 1 家，这一期已经结束", "plan extend", "counts 里加上 campaign", "期次 2026-Q1", "目标 6 家", "--pool"):
        check(text in told, f"no {text} in {told}")
    lines = file("late.csv", HEADER + "zx,专项,重点专项,,50%,class=key\nbc,专项,补抽,2026-Q1,6,class=key\n")
    new = ["plan", "new", "BD-2026", "--year", "2026", "--rules", "r", "--lines", lines]
    # 1. somebody else has agreed to the extension
    w.do(PLANNER, "2026-04-03T09:00", "plan", "extend", "BD-2026", "--period", "2026-Q1", "--days", "20", "--reason", "拒检补查",
         texts=("延期第 1 号",))
    w.no(PLANNER, "2026-04-03T09:01", "plan", "extend", "BD-2026", "--decide", "1", texts=("不能自己批准",))
    w.no(PLANNER, "2026-04-03T09:02", *new, texts=("已经过去", "plan extend"))
    w.do(HEAD, "2026-04-03T09:03", "plan", "extend", "BD-2026", "--decide", "1", texts=("同意",))
    # 2. the rule counts campaigns too, and the line is in a version of its own
    w.do(PLANNER, "2026-04-03T09:04", "rules", "edit", "r", 'rules.key.counts=["daily","campaign"]', "--reason", "补抽的算数")
    w.do(PLANNER, "2026-04-03T09:05", *new)
    w.do(PLANNER, "2026-04-03T09:06", "plan", "submit", "BD-2026")
    w.do(HEAD, "2026-04-03T09:07", "plan", "approve", "BD-2026")
    # 3. the draw and its visit
    draw = w.drawn("2026-04-07", pool="bc")
    check(len(w.visits(draw)) == 1, f"{w.visits(draw)}")
    check({v["deadline"] for v in w.visits(draw)} == {"2026-04-20"}, "they may be made until the end of the extension")
    w.finish(draw, "2026-04-15")
    after = rule(w, "2026-04-16")
    check(after["done"] == 6 and after["left"] == 0 and after["possible"], f"{after}")
    check("欠 1 家" not in said(w, "2026-05-16"), "nothing is owed any more")
    w.do(PLANNER, "2026-05-16T09:00", "draw", "reveal", draw)
    check(w.look("ledger", "verify")["failed"] == 0, "the ledger fits")
    # what was made in the extension is the first quarter's alone
    second = w.do(PLANNER, "2026-05-16T08:00", "plan", "check", "BD-2026", "--period", "2026-Q2", "--json").json
    check(next(r for r in second["rules"] if r["id"] == "key")["done"] == 0, f"{second['rules']}")


def test_the_line_for_a_number_of_the_year_counts_what_the_other_quarters_visited():
    yearly = RULES.replace('"basis": {"percent": 20}, "period": "quarter"', '"basis": {"percent": 40}, "period": "year"', 1)
    w = Small(rules=yearly)
    first = w.drawn("2026-01-05")
    w.finish(first, "2026-01-20")
    made = rule(w, "2026-01-21")["done"]
    refuse_one(w, w.drawn("2026-10-08", period="2026-Q4"), "2026-10-20", [v["site"] for v in w.visits(first)])
    before = rule(w, "2026-11-02", period="2026-Q4")
    check(made > 0 and before["required"] == 12 and before["left"] >= 1, f"{made} {before}")
    told = said(w, "2026-11-02", period="2026-Q4")
    when, target = re.search("加一项专项（期次 ([^，]+)，范围同这条规则，目标 ([0-9]+) 家", told).groups()
    lines = file("year.csv", HEADER + f"zx,专项,重点专项,,50%,class=key\nbc,专项,补抽,{when},{target},class=key\n")
    w.do(PLANNER, "2026-11-02T09:04", "rules", "edit", "r", 'rules.key.counts=["daily","campaign"]', "--reason", "补抽的算数")
    w.do(PLANNER, "2026-11-02T09:05", "plan", "new", "BD-2026", "--year", "2026", "--rules", "r", "--lines", lines)
    w.do(PLANNER, "2026-11-02T09:06", "plan", "submit", "BD-2026")
    w.do(HEAD, "2026-11-02T09:07", "plan", "approve", "BD-2026")
    check("draw prepare BD-2026 2026-Q4 --pool" in told, told)
    draw = w.drawn("2026-11-03", period="2026-Q4", pool="bc")
    check(len(w.visits(draw)) == before["left"], f"{len(w.visits(draw))}, want {before['left']}")
    w.finish(draw, "2026-11-20")
    after = rule(w, "2026-11-21", period="2026-Q4")
    check(after["done"] == 12 and after["left"] == 0, f"{after}")


def test_a_draw_annulled_after_its_period_is_not_said_to_be_drawn_again():
    annul = ("--reason", "名单有误", "--head", HEAD, "--discipline", "王五")
    for rules, way in ((RULES, "不能再抽"), (LATE, "plan extend")):
        w = Small(rules=rules)
        draw = w.drawn("2026-03-10")
        w.do(PLANNER, "2026-04-03T09:00", "draw", "annul", draw, *annul, texts=("现在不能重来", "2026-Q1 已经结束", way))
        w.no(PLANNER, "2026-04-03T09:01", "draw", "prepare", "BD-2026", "2026-Q1", "--replaces", draw, texts=(way,))
    w = Small()
    draw = w.drawn("2026-03-10")
    w.do(PLANNER, "2026-03-11T09:00", "draw", "annul", draw, *annul, texts=("重来请用 mingqian draw prepare BD-2026 2026-Q1 --replaces",))


tap.main(globals())
