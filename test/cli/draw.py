"""Draws on kept data with the real binary, on either engine: a plan's quarter from
its preparation to the verified export."""
import os
import resource
import signal
import sqlite3
import subprocess
import time

import tap
from tap import check, expect, read, refused, run, write

DRAW = "130600-2026-0001"
START, DICE, AFTER = "2026-01-05T09:00", "dice 20d10 hall 2026-01-05T11:00", "2026-01-05T11:05"
VALUE = "31415926535897932384"
SHARE = "00112233445566778899aabbccddeeff" * 2
KILLS = 30 if tap.LONG else 10
LINES = 40  # of each list


class World:
    """A demo office with registries of a made-up city and an approved plan."""

    pattern = None  # made once; each test gets a copy

    def __init__(self):
        if World.pattern is None:
            World.pattern = self.where = tap.office()
            self.fill()
        self.where = tap.copy(World.pattern)
        self.path = os.path.dirname(self.where[1])

    def fill(self):
        city = tap.folder() + "/city"
        expect(0, ["demo", city])
        for kind in ("sites", "inspectors", "matters", "recusals"):
            self.do(0, "import", kind, f"{city}/{kind}.xlsx", "--no-report")
        self.do(0, "rules", "import", "baoding-2025", "--reason", "启用")
        self.do(0, "plan", "new", "BD-2026", "--year", "2026", "--rules", "baoding-2025", who="张三")
        self.do(0, "plan", "submit", "BD-2026", who="张三")

    def words(self, words, who, now):
        return [*words, *self.where, "--as", who, "--now", now]

    def do(self, code, *words, who="张三", now=START, texts=()):
        return expect(code, self.words(words, who, now), *texts)

    def no(self, *words, who="张三", now=START, texts=()):
        return refused(1, self.words(words, who, now), *texts)

    def look(self, *words):
        return run(*words, *self.where, "--json").json

    def sql(self, text):
        """One statement in the database, past the program; the first value that it gives."""
        if tap.POSTGRES:
            return tap.psql(self.where[3], text).rstrip("\n")
        with sqlite3.connect(self.where[1] + "/mingqian.db") as db:
            row = db.execute(text).fetchone()
        db.close()
        return str(row[0]) if row else ""

    def approved(self):
        self.do(0, "plan", "approve", "BD-2026", who="局长")
        self.do(0, "draw", "prepare", "BD-2026", "2026-Q1")
        self.do(0, "draw", "approve", DRAW, "--for", "legal", who="李四")
        return self

    def frozen(self):
        self.approved()
        a = self.do(0, "draw", "freeze", DRAW, "--entropy", DICE, "--escrow", self.path + "/slip.pdf",
                    texts=("已锁定", "最迟揭示日：2026-04-15"))
        self.do(0, "draw", "hold", DRAW, "--for", "discipline", who="王五")
        self.do(0, "draw", "hold", DRAW, "--for", "archive", who="钱七")
        return a

    def drawn(self):
        self.frozen()
        return self.do(0, "draw", "run", DRAW, "--value", VALUE, now=AFTER, texts=("结果根",))


def test_a_site_altered_for_the_time_of_a_freeze_stops_it():
    """Put back afterwards, no later look would find it."""
    w = World().approved()
    words = ("draw", "freeze", DRAW, "--entropy", DICE, "--escrow", w.path + "/slip.pdf")
    there = "update registry_version set cells = replace(cells, 'key', 'general') where row = %d"
    row = int(w.sql("select min(v.row) from registry_version as v where v.cells like '%key%'"))
    kept = w.sql(f"select cells from registry_version where row = {row}")
    w.sql(there % row)
    w.no(*words, texts=("数据库与账簿不符，不能锁定", "名录"))
    check(w.sql("select count(*) from ledger_entry where action = 'draw.freeze'") == "0", "nothing is frozen")
    w.sql(f"update registry_version set cells = '{kept}' where row = {row}")
    w.do(0, *words)
    expect(0, ["ledger", "verify", *w.where])


def modes(folder):
    """Access of a folder and of all its files."""
    paths = [folder, *(os.path.join(folder, name) for name in os.listdir(folder))]
    return {os.stat(path).st_mode & 0o777 for path in paths}


def test_a_quarter_from_the_plan_to_the_verified_export():
    w = World()
    w.no("draw", "prepare", "BD-2026", "2026-Q1", texts=("还没有批准",))
    w.drawn()
    shown = w.look("draw", "show", DRAW)
    drawn = shown["draw"]["drawn"]
    check(drawn > 500 and shown["visits"]["planned"] == drawn, str(shown["visits"]))
    check(os.stat(w.path + "/slip.pdf").st_mode & 0o777 == 0o600, "the slips are for their owner")
    visits = w.look("visits", "list", "--draw", DRAW)["items"]
    check(len(visits) == drawn and all(v["site"] is None and len(v["team"]) == 2 for v in visits), str(visits[:2]))
    w.no("draw", "reveal", DRAW, now=AFTER, texts=("2026-04-15",))
    w.no("draw", "export", DRAW, "--out", w.path + "/audit", "--audit", now=AFTER, texts=("还没有揭示",))
    w.do(0, "draw", "export", DRAW, "--out", w.path + "/early", now=AFTER)
    check(sorted(os.listdir(w.path + "/early")) == ["SHA256SUMS", "declaration", "result.root"], "nothing else")
    w.do(0, "draw", "reveal", DRAW, now="2026-04-15T00:00")
    w.do(0, "draw", "export", DRAW, "--out", w.path + "/public", now="2026-04-15T00:00")
    w.do(0, "draw", "export", DRAW, "--out", w.path + "/audit", "--audit", now="2026-04-15T00:00")
    check(not os.path.exists(w.path + "/public/conflicts.tsv"), "personal data stays")
    check(modes(w.path + "/audit") == {0o700, 0o600}, f"the auditor's form has one reader: {modes(w.path + '/audit')}")
    check(modes(w.path + "/public") == {0o755, 0o644}, f"the public form: {modes(w.path + '/public')}")
    for form in ("public", "audit"):
        a = expect(0, ["dr1", "verify", f"{w.path}/{form}", "--json"])
        check(a.json["failed"] == 0 and a.json["draw"] == DRAW, a.out)
    root = read(w.path + "/early/result.root")
    check(root == read(w.path + "/audit/result.root"), "the root that was told before")
    expect(0, ["ledger", "verify", *w.where])


def test_visits_are_accepted_done_ended_and_opened():
    w = World()
    w.drawn()
    visits = w.look("visits", "list", "--draw", DRAW)["items"]
    one, two, three = visits[0], visits[1], visits[2]
    w.no("visits", "open", one["id"], "--reason", "派车", now=AFTER, texts=("另一人同意",))
    a = run(*w.words(["visits", "open", one["id"], "--reason", "派车", "--approver", "局长"], "张三", AFTER), "--json")
    opened = a.json
    check(opened["site"] and opened["name"], a.out)
    w.no("visits", "accept", one["id"], "--inspector", "nobody", now=AFTER, texts=("不在检查任务",))
    team = one["team"][0]
    w.no("visits", "open", one["id"], "--reason", "派车", "--inspector", team, who="乙", now=AFTER, texts=("请本人办理",))
    w.no("visits", "accept", one["id"], "--inspector", team, who="乙", now=AFTER, texts=("请本人办理",))
    w.do(0, "visits", "open", one["id"], "--reason", "派车", "--inspector", team, who=team, now=AFTER)
    accepted = run(*w.words(["visits", "accept", one["id"], "--inspector", one["team"][0]], one["team"][0], AFTER), "--json")
    check(accepted.json == opened, accepted.out)
    w.do(0, "visits", "done", one["id"], "--day", "2026-01-05", "--offsite", now=AFTER)
    now = w.look("visits", "show", one["id"])
    check(now["state"] == "visited" and now["offsite"] and now["day"] == "2026-01-05", str(now))
    write(w.path + "/photo.jpg", "gone")
    end = ["visits", "end", two["id"], "--why", "refused", "--reason", "拒绝进厂", "--evidence", w.path + "/photo.jpg"]
    w.no(*end[:-2], "--approver", "局长", "--approver", "王五", now=AFTER, texts=("--evidence",))
    w.no(*end, "--approver", "局长", now=AFTER, texts=("两名批准人",))
    w.no(*end, "--approver", "局长", "--approver", "王五", now=AFTER, texts=("封存",))
    w.do(0, "visits", "accept", two["id"], "--inspector", two["team"][1], who=two["team"][1], now=AFTER)
    w.do(0, *end, "--approver", "局长", "--approver", "王五", now=AFTER)
    check(w.look("visits", "show", two["id"])["ended"] == "refused", "ended")
    shown = run("visits", "show", two["id"], *w.where)
    check("（拒检）" in shown.out, shown.out)
    w.do(0, "draw", "replace", three["id"], "--why", "illness", "--member", three["team"][0], "--reason", "住院",
         "--approver", "局长", now=AFTER, texts=("不由人选",))
    check(w.look("visits", "show", three["id"])["team"] != three["team"], "somebody else goes")
    w.no("draw", "replace", three["id"], "--why", "closed", "--reason", "拆了", "--evidence", w.path + "/photo.jpg",
         "--approver", "局长", now=AFTER, texts=("两名批准人",))
    a = run(*w.words(["draw", "replace", three["id"], "--why", "closed", "--reason", "拆了", "--evidence",
                      w.path + "/photo.jpg", "--approver", "局长", "--approver", "王五"], "张三", AFTER), "--json")
    check(a.code == 0 and a.json["visit"], a.out + a.err)
    check(w.look("visits", "show", a.json["visit"])["replaces"] == three["id"], "in its place")
    expect(0, ["draw", "show", DRAW, *w.where], "更换对象", "生病")
    expect(0, ["ledger", "verify", *w.where])


def test_cancelled_and_annulled_draws_keep_their_numbers():
    w = World()
    w.do(0, "plan", "approve", "BD-2026", who="局长")
    w.do(0, "draw", "prepare", "BD-2026", "2026-Q1")
    w.no("draw", "prepare", "BD-2026", "2026-Q1", texts=(DRAW,))
    w.do(0, "draw", "cancel", DRAW, "--reason", "名单有误")
    w.do(0, "draw", "prepare", "BD-2026", "2026-Q1", "--replaces", DRAW, texts=("130600-2026-0002",))
    j = w.look("draw", "list")
    check([d["state"] for d in j["items"]] == ["cancelled", "prepared"] and j["gap"] is None, str(j))
    expect(0, ["draw", "list", *w.where], "编号逐号相连", "名单有误")


def test_refusals_say_what_to_do():
    w = World()
    w.do(0, "plan", "approve", "BD-2026", who="局长")
    refused(1, ["draw", "show", "130600-2026-0009", *w.where], "draw list")
    w.no("draw", "prepare", "BD-2027", "2026-Q1", texts=("BD-2027",))
    w.do(0, "draw", "prepare", "BD-2026", "2026-Q1")
    w.no("draw", "approve", DRAW, "--for", "legal", texts=("另一个人",))
    w.no("draw", "freeze", DRAW, "--entropy", DICE, "--escrow", w.path + "/slip.pdf", texts=("draw approve",))
    w.do(0, "draw", "approve", DRAW, "--for", "discipline", who="李四")
    w.no("draw", "freeze", DRAW, "--entropy", "dice 20d10 hall 2026-01-05T09:05", "--escrow", w.path + "/slip.pdf",
         texts=("10 分钟",))
    w.no("draw", "freeze", DRAW, "--entropy", DICE, texts=("--escrow",))
    w.no("draw", "freeze", DRAW, "--entropy", "dice 5d10 hall 2026-01-05T11:00", "--escrow", w.path + "/slip.pdf")
    check(not os.path.exists(w.path + "/slip.pdf"), "nothing is left of a refused freeze")
    w.do(0, "draw", "freeze", DRAW, "--entropy", DICE, "--escrow", w.path + "/slip.pdf")
    w.no("draw", "run", DRAW, "--value", VALUE, now=AFTER, texts=("保管人",))
    w.no("draw", "open", DRAW, "--share", "notary=" + SHARE, texts=("notary",))
    write(w.path + "/share", SHARE + "\n")
    w.no("draw", "rehearse", DRAW, "--for", "archive", "--share-file", w.path + "/share", texts=("打不开",))
    refused(2, w.words(["draw", "replace", "X", "--why", "bored", "--reason", "x"], "张三", START), "bored")
    refused(1, ["visits", "list", "--state", "lost", *w.where], "lost")
    for state in ("待接收", "已接收", "已检查", "已终结", "planned"):
        expect(0, ["visits", "list", "--state", state, *w.where])
    a = expect(0, ["draw", "list", *w.where], "日常")
    a.out += expect(0, ["draw", "show", DRAW, *w.where], "份额 抽取单位").out
    check("daily" not in a.out and "operator" not in a.out, a.out)
    w.no("draw", "annul", DRAW, "--reason", "遗漏", "--head", "局长", "--discipline", "局长", texts=("同一个人",))


def core_limit(pid):
    with open(f"/proc/{pid}/limits", encoding="utf-8") as f:
        return next(line for line in f if line.startswith("Max core file size")).split()[4]


def test_a_draw_killed_with_a_signal_that_dumps_leaves_no_core():
    w = World()
    w.frozen()
    there = os.path.join(w.path, "there")
    os.mkdir(there)
    p = subprocess.Popen([tap.BINARY, *w.words(["draw", "run", DRAW, "--value", VALUE], "张三", AFTER)], cwd=there,
                         preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (1 << 30, 1 << 30)),
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    # It gives up the core before it reads a key; what it knows from then on is in no file.
    end = time.monotonic() + 60
    while time.monotonic() < end and core_limit(p.pid) != "0":
        time.sleep(0.001)
    check(core_limit(p.pid) == "0", core_limit(p.pid))
    p.send_signal(signal.SIGABRT)
    _, status = os.waitpid(p.pid, 0)
    p.returncode = -signal.SIGABRT
    check(os.WTERMSIG(status) == signal.SIGABRT and not os.WCOREDUMP(status), f"status {status}")
    check(os.listdir(there) == [], str(os.listdir(there)))
    w.do(0, "draw", "run", DRAW, "--value", VALUE, now=AFTER)


# A freeze that is killed leaves nothing of its lists in clear anywhere below the data folder.


def lines_of_lists():
    """What the same lists look like in clear, after a draw that went its way; lines that only such a list has."""
    w = World()
    w.drawn()
    w.do(0, "draw", "reveal", DRAW, now="2026-04-15T00:00")
    w.do(0, "draw", "export", DRAW, "--out", w.path + "/audit", "--audit", now="2026-04-15T00:00")
    lines = []
    for name in ("objects.tsv", "inspectors.tsv", "result.tsv"):
        lines += read(f"{w.path}/audit/{name}").splitlines()[:LINES]
    lines += [line for line in read(w.path + "/audit/rules.txt").splitlines() if line.startswith(b"quota ")][:LINES]
    return lines


def files_below(folder):
    for where, _, names in os.walk(folder):
        for name in names:
            yield os.path.join(where, name)


def search(folder, lines):
    """(file, line) of the first line that each file holds."""
    found = []
    for path in files_below(folder):
        with open(path, "rb") as f:
            data = f.read()
        found += [(path, line) for line in lines if line in data][:1]
    return found


def kill_after(words, seconds):
    """Whether it still ran."""
    with subprocess.Popen([tap.BINARY, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as p:
        try:
            p.wait(seconds)
            return False
        except subprocess.TimeoutExpired:
            p.send_signal(signal.SIGKILL)
            p.wait()
            return True


def freeze_words(w, slip):
    return w.words(["draw", "freeze", DRAW, "--entropy", DICE, "--escrow", slip], "张三", "2026-01-05T09:00")


def strangers(folder):
    """What lies in work/ besides the registry's file of the last import."""
    return [name for name in os.listdir(folder) if not name.startswith("kept-")]


def test_a_killed_freeze_leaves_no_list_in_clear():
    lines = lines_of_lists()
    w = World().approved()
    other = World().approved()
    begun = time.monotonic()
    expect(0, freeze_words(other, other.path + "/slip.pdf"))
    whole = time.monotonic() - begun
    check(not search(other.where[1], lines), "nothing of a freeze that went its way")
    killed = 0
    for i in range(KILLS):
        slip = f"{w.path}/slip-{i}.pdf"
        if not kill_after(freeze_words(w, slip), whole * (i + 1) / (KILLS + 1)):
            break
        killed += 1
        found = search(w.where[1], lines)
        check(not found, f"killed after {i + 1}/{KILLS + 1}: {found[:3]}")
        check(not strangers(w.where[1] + "/work"), f"work/: {strangers(w.where[1] + '/work')}")
    check(killed > 2, f"{killed} were killed")


tap.main(globals())
