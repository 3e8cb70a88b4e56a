"""Joint draws with the real binary, on either engine: the lead's from its line of the plan, a department's for the sites
that the lead drew, their visits side by side, and the department's folder held against the lead's."""
import functools
import os
import shutil

import dr1_draw
import small
import tap
from small import HEAD, PLANNER, Small, file
from tap import check, expect, refused

LINES = "编号,类别,名称,目标,范围,期次,事项\nLH-1,部门联合,与市场监管局联合抽查,4,class=key,2026-Q1,M-1\n"
PEOPLE = "编号,姓名,执法证号,执法证有效期至,老新,回避对象\n" + "".join(
    f"SC-{i},市{'赵钱孙李周吴'[i]},SC00{i},2030-12-31,{'新' if i % 2 else '老'},\n" for i in range(6))
DAY, NEXT, LATER = "2026-01-05", "2026-01-06", "2026-01-20"
LEAD, CHILD = "130600-2026-0001", "130600-2026-0002"
DEPARTMENT = "市场监管局"


class World(Small):
    def __init__(self):
        super().__init__(lines=LINES)
        lead = self.prepared(DAY, pool="LH-1")
        self.freeze(lead, DAY)
        self.hold(lead, DAY)
        self.run(lead, DAY)

    def joint(self, people=PEOPLE, parent=LEAD, period="2026-Q1"):
        return ["draw", "prepare", "BD-2026", period, "--kind", "joint", "--parent", parent, "--department", DEPARTMENT,
                "--inspectors", file("部门.csv", people)]

    def child(self):
        self.do("市场监管局联络员", f"{NEXT}T09:00", *self.joint(), texts=(CHILD,))
        self.do("李四", f"{NEXT}T09:01", "draw", "approve", CHILD, "--for", "legal")
        self.freeze(CHILD, NEXT)
        self.hold(CHILD, NEXT)
        self.run(CHILD, NEXT)

    def visits(self, draw):
        return self.look("visits", "list", "--draw", draw)["items"]

    def finish(self, *draws):
        visits = [v for draw in draws for v in self.visits(draw)]
        for v in visits:
            self.do(v["team"][0], f"{LATER}T09:00", "visits", "accept", v["id"], "--inspector", v["team"][0])
        for v in visits:
            self.do(v["team"][0], f"{LATER}T17:00", "visits", "done", v["id"], "--day", LATER)

    def reveal(self, draw):
        self.do(PLANNER, f"{LATER}T18:00", "draw", "reveal", draw)

    def export(self, draw, *more):
        out = os.path.join(tap.folder(), draw)
        self.do(PLANNER, f"{LATER}T18:00", "draw", "export", draw, "--out", out, *more)
        return out


@functools.cache
def folders():
    """Both draws sealed, then both revealed, as exported; made once."""
    w = World()
    w.child()
    early = w.export(LEAD), w.export(CHILD)
    w.finish(LEAD, CHILD)
    for draw in (LEAD, CHILD):
        w.reveal(draw)
    return early, (w.export(LEAD), w.export(CHILD, "--audit"))


def steps(code, *words):
    a = tap.run("dr1", "verify", *words, "--json")
    check(a.code == code, f"exit {a.code}: {a.out} {a.err}")
    return {s["name"]: s for s in a.json["steps"]}


def test_a_department_draws_for_the_sites_of_the_lead():
    w = World()
    check(w.look("draw", "show", LEAD)["draw"]["kind"] == "joint", "of the plan's line")
    w.child()
    shown = w.look("draw", "show", CHILD)
    check((shown["parent"], shown["draw"]["department"]) == (LEAD, DEPARTMENT), str(shown))
    check(f"parent {LEAD} {w.look('draw', 'show', LEAD)['draw']['root']}\n" in shown["declaration"], shown["declaration"])
    check(w.look("draw", "show", LEAD)["children"] == [CHILD], "the lead knows its departments")
    lead, child = w.visits(LEAD), w.visits(CHILD)
    check(len(lead) == len(child) == 4 and {v["shared"] for v in child} == {v["id"] for v in lead}, str(child))
    check(all(v["joint"] for v in lead + child) and not any(v["shared"] for v in lead), str(lead))
    check(all(i.startswith("SC-") for v in child for i in v["team"]), str(child))
    one = child[0]
    expect(0, ["visits", "show", one["id"], *w.where], f"随主办方的检查任务 {one['shared']}")
    expect(0, ["visits", "show", one["shared"], *w.where], DEPARTMENT, one["id"], one["team"][0])
    expect(0, ["visits", "list", "--draw", CHILD, *w.where], f"随 {one['shared']}")
    expect(0, ["draw", "show", LEAD, *w.where], f"联合部门：{DEPARTMENT}，抽取 {CHILD}")
    expect(0, ["draw", "list", *w.where], f"LH-1（{DEPARTMENT}）", "编号逐号相连")
    who = one["team"][0]
    w.no(who, f"{LATER}T09:00", "visits", "accept", one["id"], "--inspector", one["team"][1], texts=("部门人员名单",))
    w.do(f"市{'赵钱孙李周吴'[int(who[3:])]}", f"{LATER}T09:00", "visits", "accept", one["id"], "--inspector", who,
         texts=("照本部门自己的清单",))
    rules = w.look("plan", "check", "BD-2026")["rules"]
    check([r["done"] for r in rules if r["id"] in ("key", "general")] == [0, 0], f"no daily visit: {rules}")
    expect(0, ["ledger", "verify", *w.where])


def test_a_replaced_site_takes_the_department_along():
    w = World()
    w.child()
    one = w.visits(CHILD)[0]
    photo = file("现场.jpg", "拆了")
    change = ["--why", "closed", "--reason", "拆了", "--evidence", photo, "--approver", HEAD, "--approver", "王五"]
    w.no(PLANNER, f"{LATER}T09:00", "draw", "replace", one["id"], *change, texts=(one["shared"],))
    w.do(PLANNER, f"{LATER}T09:00", "draw", "replace", one["shared"], *change)
    after = [v for v in w.visits(CHILD) if v["replaces"] == one["id"]]
    check(len(after) == 1 and after[0]["team"] == one["team"], str(after))
    lead = w.look("visits", "show", after[0]["shared"])
    check(lead["replaces"] == one["shared"] and lead["state"] == "planned", str(lead))
    expect(0, ["draw", "show", CHILD, *w.where], "更换对象")
    expect(0, ["ledger", "verify", *w.where])


def test_what_a_department_may_not():
    w = World()
    now = f"{NEXT}T09:00"
    w.no(PLANNER, now, *w.joint()[:-2], texts=("要一起写",))
    w.no(PLANNER, now, *w.joint(parent="130600-2026-0009"), texts=("没有编号",))
    w.no(PLANNER, now, *w.joint(period="2026-Q2"), texts=("2026-Q1",))
    w.no(PLANNER, now, *w.joint(people="甲\n乙\n"), texts=("部门人员名单",))
    w.no(PLANNER, now, *w.joint(people=PEOPLE.replace("SC-0", "P-0")), texts=("P-0", "部门代号"))
    w.no(PLANNER, now, *w.joint(), "--open", texts=("保密",))
    w.no(PLANNER, now, "draw", "prepare", "BD-2026", "2026-Q1", "--pool", "LH-1", "--kind", "cross", texts=("联合检查",))
    w.child()
    now = f"{LATER}T08:00"
    w.no(PLANNER, now, *w.joint(), texts=(CHILD,))
    w.no(PLANNER, now, "draw", "annul", LEAD, "--reason", "名单有误", "--head", HEAD, "--discipline", "王五", texts=(CHILD,))
    w.finish(CHILD)
    w.no(PLANNER, f"{LATER}T18:00", "draw", "reveal", CHILD, texts=(f"先揭示 {LEAD}",))


def test_the_folder_of_a_department_is_held_against_the_leads():
    (lead_early, child_early), (lead, child) = folders()
    check("没有核验" in steps(0, child)["parent"]["text"] or steps(0, child)["parent"]["mark"] == "unknown", "without --parent")
    all_of = steps(0, child, "--parent", lead)
    check(all_of["parent"]["mark"] == "ok" and all_of["parent.objects"]["mark"] == "ok", str(all_of))
    check("4 家" in all_of["parent.objects"]["text"], str(all_of["parent.objects"]))
    sealed = steps(0, child_early, "--parent", lead_early)
    check((sealed["parent"]["mark"], sealed["parent.objects"]["mark"]) == ("ok", "unknown"), str(sealed))
    check("揭示" in sealed["parent.objects"]["how"], str(sealed["parent.objects"]))
    check(steps(0, child, "--parent", lead_early)["parent.objects"]["mark"] == "unknown", "the lead is still sealed")
    check(steps(1, lead, "--parent", child)["parent"]["mark"] == "failed", "the lead has no parent")
    check(steps(1, child, "--parent", child)["parent"]["mark"] == "failed", "another draw's folder")
    refused(3, ["dr1", "verify", child, "--parent", child + "-gone"])


def test_a_lead_that_does_not_hold_is_told():
    _, (lead, child) = folders()
    bad = os.path.join(tap.folder(), "lead")
    shutil.copytree(lead, bad)
    tap.write(bad + "/result.root", b"0" * 64 + b"\n")
    found = steps(1, child, "--parent", bad)
    check(found["parent"]["mark"] == "failed" and "结果根" in found["parent"]["text"], str(found["parent"]))
    shutil.copy(lead + "/result.root", bad)
    os.remove(bad + "/seed")
    found = steps(1, child, "--parent", bad)
    check(found["parent"]["mark"] == "failed" and "不符" in found["parent"]["text"], str(found["parent"]))
    os.remove(bad + "/result.root")
    check(steps(0, child, "--parent", bad)["parent"]["mark"] == "unknown", "no root to compare")


def test_objects_that_the_lead_did_not_draw():
    """A department that made its lists by hand: one site too many, one too few."""
    lead = dr1_draw.drawn(objects=40)
    rows = [line.split("\t") for line in tap.read(lead + "/result.tsv").decode().splitlines()]
    drawn = {r[0] for r in rows if r[4] == "drawn"}
    lines = tap.read(lead + "/objects.tsv").decode().splitlines()
    root = tap.read(lead + "/result.root").decode().strip()
    more = next(line for line in lines if line.split("\t")[0] not in drawn)
    whole = [line for line in lines if line.split("\t")[0] in drawn]
    for objects, mark, words in ((whole, "ok", "一家不少"), (sorted([*whole, more]), "failed", "没有抽中它"),
                                 (whole[:-1], "failed", "没有它")):
        path = dr1_draw.city(objects=40, quota="1/1")
        tap.write(path + "/objects.tsv", "".join(line + "\n" for line in objects))
        dr1_draw.declared(path, "U-2026-0001", more=("--parent", f"T-2026-0001:{root}", "--accept-shortage"))
        found = steps(0 if mark == "ok" else 1, path, "--parent", lead)
        check(found["parent"]["mark"] == "ok", str(found["parent"]))
        check(found["parent.objects"]["mark"] == mark and words in found["parent.objects"]["text"], str(found))


if __name__ == "__main__":
    tap.main(globals())
