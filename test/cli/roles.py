"""Every command that changes something asks who acts: neither a stranger nor the wrong office gets anything done."""
import os
import re

import small
from small import HEAD, HOLDERS, LAWYER, PLANNER, SITES, VALUE, Small, file
from tap import check, expect, folder, main, run, write

DAY = "2026-03-10"
STRANGER = "路人甲"
DISCIPLINE, ARCHIVE = (name for _, name in HOLDERS)
RULES = small.RULES.replace('"limit": 40', '"limit": 40, "milestones": {"extension_days": 10}')
REFUSED = ("不在人员名单", "不在检查任务", "不是执法人员", "也不在人员名单里", "要名单里的另一人同意", "只有本人")

# Commands that only read, or that keep nothing in an office.
READ = {"data person list", "ledger list", "ledger verify", "ledger prove", "registry show", "registry history",
        "registry diff", "registry quality", "rules list", "rules show", "rules check", "rules export", "rules schema",
        "plan show", "plan check", "plan what-if", "plan balances", "draw list", "draw show", "visits list",
        "visits show", "doctor", "openapi", "demo"}
# What is done to the machine and its keys, by whoever keeps them: no office of the bureau does it.
MACHINE = {"data init", "data clock", "data head", "data backup", "data restore", "ledger checkpoint", "ledger export",
           "admin activate", "admin unlock", "serve"}


class World(Small):
    """An office whose list of people has begun, led from stage to stage. What the walk asks for lies in `self.files`."""

    def __init__(self):
        super().__init__(rules=RULES)
        add = ["data", "person", "add"]
        self.do(PLANNER, f"{DAY}T08:00", *add, HEAD, "--role", "leader")
        for name, role in ((PLANNER, "planner"), (LAWYER, "legal"), (DISCIPLINE, "discipline"), (ARCHIVE, "archive")):
            self.do(PLANNER, f"{DAY}T08:00", *add, name, "--role", role, "--approver", HEAD)
        self.secret = os.path.join(folder(), "share")
        write(self.secret, "00" * 32 + "\n")
        self.csv = file("more.csv", SITES + "130602-0099,新来的,general,130602,major\n")
        self.paper = file("paper.txt", "x")
        self.draw = self.visit = self.done = None
        self.clock = "08:05"

    def started(self):
        self.do(PLANNER, f"{DAY}T08:01", "plan", "extend", "BD-2026", "--period", "2026-Q1", "--days", "5", "--reason",
                "人手不够")
        self.do(PLANNER, f"{DAY}T08:01", "plan", "new", "BD-2026", "--year", "2026")

    def submitted(self):
        self.do(PLANNER, f"{DAY}T08:02", "plan", "submit", "BD-2026")

    def made(self):
        self.do(HEAD, f"{DAY}T08:03", "plan", "approve", "BD-2026", "--return", "重写再报")
        self.clock = "09:20"
        self.draw = "130600-2026-0001"
        self.do(PLANNER, f"{DAY}T09:00", "draw", "prepare", "BD-2026", "2026-Q1")

    def approved(self):
        self.do(LAWYER, f"{DAY}T09:01", "draw", "approve", self.draw, "--for", "legal")

    def frozen(self):
        self.freeze(self.draw, DAY)

    def opened(self):
        self.hold(self.draw, DAY)

        self.clock = "14:01"

    def run_and_visited(self):
        self.run(self.draw, DAY)
        one, two = self.visits(self.draw)[:2]
        who = two["team"][0]
        self.do(who, f"{DAY}T15:00", "visits", "accept", two["id"], "--inspector", who)
        self.do(who, f"{DAY}T15:01", "visits", "done", two["id"])
        self.visit, self.member, self.done = one["id"], one["team"][0], two["id"]
        self.clock = "15:05"

    def accepted(self):
        self.do(self.member, f"{DAY}T15:06", "visits", "accept", self.visit, "--inspector", self.member)
        self.clock = "15:10"

    def pressed(self):
        self.do(PLANNER, f"{DAY}T15:11", "draw", "press", self.draw, "130602", "--words", "加快", "--by", "2026-03-20")
        self.clock = "15:15"

    def finished(self):
        self.do(self.member, f"{DAY}T15:30", "visits", "done", self.visit)
        self.finish(self.draw, "2026-03-11")
        self.clock = "2026-03-11T18:00"


def reason(*words):
    return [*words, "--reason", "看见招牌换了"]


def walk(w):
    """By stage: the command, who else may not, and what makes it complete."""
    two = ["--approver", HEAD, "--approver", LAWYER]
    yield w.started
    yield "data person add", None, ["新人", "--role", "legal"]
    yield "data person leave", None, [LAWYER, "--role", "legal", "--approver", "新人"]
    yield "import", LAWYER, ["sites", w.csv, "--no-report"]
    yield "registry edit", LAWYER, reason("130602-0001", "name=改名")
    yield "registry undo", LAWYER, reason("1")
    yield "registry winner", LAWYER, reason("address", "file")
    yield "registry merge", LAWYER, reason("130602-0001", "130602-0003")
    yield "registry split", LAWYER, reason("130602-0001", "name=甲", "name=乙")
    yield "registry suggestions", LAWYER, ["--find"]
    yield "rules import", LAWYER, reason("baoding-2025")
    yield "rules edit", LAWYER, reason("r", "title=改名")
    yield "rules retire", LAWYER, reason("r")
    yield "rules calendar", LAWYER, reason(file("days.csv", "日期,是否上班,名称\n2026-01-01,否,元旦\n"))
    yield "plan new", LAWYER, ["BD-2026-2", "--year", "2026"]
    yield "plan open-balances", LAWYER, [file("o.csv", "类别,编号,日期,检查类型,次数\n检查,130602-0001,2026-01-09,日常,1\n"),
                                         "--year", "2026"]
    yield "plan extend", LAWYER, reason("BD-2026", "--period", "2026-Q1", "--days", "1")
    yield "plan extend", LAWYER, ["BD-2026", "--decide", "1"]
    yield "plan submit", LAWYER, ["BD-2026"]
    yield "plan drop", LAWYER, reason("BD-2026")
    yield w.submitted
    yield "plan approve", LAWYER, ["BD-2026"]
    yield "draw prepare", LAWYER, ["BD-2026", "2026-Q1"]
    yield "draw party", LAWYER, ["notary", "--key", "ab" * 32]
    yield w.made
    yield "draw approve", HEAD, [w.draw, "--for", "legal"]
    yield w.approved
    yield "draw freeze", LAWYER, [w.draw, "--entropy", f"dice 20d10 hall {DAY}T14:00", "--escrow", w.slip(w.draw)]
    yield "draw cancel", LAWYER, reason(w.draw)
    yield w.frozen
    yield "draw hold", LAWYER, [w.draw, "--for", "discipline"]
    yield "draw open", None, [w.draw, "--share", "notary=" + "00" * 32]
    yield "draw rehearse", LAWYER, [w.draw, "--for", "discipline", "--share-file", w.secret]
    yield w.opened
    yield "draw run", LAWYER, [w.draw, "--value", VALUE]
    yield w.run_and_visited
    yield "visits accept", LAWYER, [w.visit, "--inspector", w.member]
    yield "visits undo", LAWYER, reason(w.done, "--approver", HEAD)
    yield "visits open", LAWYER, reason(w.visit, "--approver", HEAD)
    yield "visits open", LAWYER, reason(w.visit, "--inspector", w.member, "--approver", HEAD)
    yield "draw replace", LAWYER, reason(w.visit, "--why", "illness", "--member", w.member, "--approver", HEAD)
    yield "draw staff", DISCIPLINE, reason(w.draw, *two)
    yield "draw annul", LAWYER, reason(w.draw, "--head", HEAD, "--discipline", DISCIPLINE)
    yield "draw press", LAWYER, [w.draw, "130602", "--words", "加快", "--by", "2026-03-20"]
    yield w.accepted
    yield "visits done", LAWYER, [w.visit]
    yield "visits end", DISCIPLINE, reason(w.visit, "--why", "refused", "--evidence", w.paper, *two)
    yield "visits assist", LAWYER, [w.visit]
    yield "visits assist", LAWYER, reason(w.visit, "--assistant", "E-1", "--approver", HEAD)
    yield "visits opinion", LAWYER, [w.visit, "--assistant", "E-1", "--file", w.paper]
    yield w.pressed
    yield "draw answer", None, [w.draw, "130602", "--words", "已安排"]
    yield w.finished
    yield "draw reveal", LAWYER, [w.draw]
    yield "draw reveal", LAWYER, [w.draw, "--share-file", w.secret]


def is_refused(w, who, words):
    """With a sentence about who it is; nothing is written."""
    before = w.look("ledger", "list", "--most", "1")["items"]
    a = run(*w.words(who, w.clock if "T" in w.clock else f"{DAY}T{w.clock}", *words))
    check(a.code == 1 and any(text in a.err for text in REFUSED), f"{' '.join(words)} by {who}: exit {a.code}: {a.err}{a.out}")
    check(w.look("ledger", "list", "--most", "1")["items"] == before, f"{' '.join(words)} by {who}: an entry was made")


def test_every_command_that_changes_something_asks_who_acts():
    w, met = World(), set()
    for step in walk(w):
        if callable(step):
            step()
            continue
        command, wrong, rest = step
        met.add(command)
        for who in (STRANGER, *([wrong] if wrong else [])):
            is_refused(w, who, [*command.split(), *rest])
    w.do(PLANNER, "2026-03-11T18:01", "draw", "reveal", w.draw)
    expect(0, ["ledger", "verify", *w.where])
    check(met.isdisjoint(READ | MACHINE) and READ.isdisjoint(MACHINE), "a command is of two kinds")
    known = set(re.findall(r"^## mingqian (.+)$", run("--help-markdown").out, re.M))
    kept = {c for c in known if not c.startswith(("dr1 ", "sheet "))}
    missing = kept ^ (met | READ | MACHINE | {"draw export"})
    check(not missing, f"not walked: {missing}")


def test_the_form_of_the_auditor_is_not_for_whoever_draws():
    w = World()
    draw = w.drawn(DAY)
    w.finish(draw, "2026-03-11")
    w.do(PLANNER, "2026-03-12T09:00", "draw", "reveal", draw)
    for who in (STRANGER, PLANNER):
        w.no(who, "2026-03-12T09:01", "draw", "export", draw, "--audit", "--out", folder() + "/x", texts=("不在人员名单的",))


main(globals())
