"""The four quarters: each draw from its preparation to the visits, what goes wrong on the way, the reveal and the export."""
import hashlib
import os

import city
import sign
from story import Word
from tap import check, expect

PLAN = "BD-2021"
PLANNER, KEEPER, LAWYER, DISCIPLINE, ARCHIVE, HEAD = "张三", "赵六", "李四", "王五", "钱七", "局长"
DEPARTMENT, LIAISON = "应急管理局", "应急管理局联络员"
KEYS = {party: sign.Key(hashlib.sha256(party.encode()).digest()) for party in ("discipline", "notary")}
NAMES = {"discipline": "纪检", "notary": "公证处"}
SHARES = {"2021-Q1": ("discipline",), "2021-Q2": ("discipline", "notary"), "2021-Q3": ("discipline",),
          "2021-Q4": ("discipline",)}
LAST = {"2021-Q1": "2021-03-31", "2021-Q2": "2021-06-30", "2021-Q3": "2021-09-30", "2021-Q4": "2021-12-31"}


def share_of(draw, party):
    return hashlib.sha256(f"{draw} {party} on paper".encode()).hexdigest()


def commitment_of(draw, party):
    return hashlib.sha256(f"dr1-share\n{draw}\n{party}\n{share_of(draw, party)}\n".encode()).hexdigest()


class Draw:
    """One draw of the year: 20 dice and the discipline office's share, or 8 dice and two signed shares."""

    def __init__(self, y, number, period, day, pool="daily", parties=("discipline",)):
        self.y, self.s, self.id = y, y.story, f"130600-2021-{number:04d}"
        self.period, self.day, self.pool, self.parties = period, day, pool, parties
        self.dice = 8 if len(parties) > 1 else 20
        self.entropy = f"dice {self.dice}d10 hall {day}T14:00"

    def prepare(self, *more):
        s = self.s
        s.at(f"{self.day}T09:00")
        pool = ["--pool", self.pool] if self.pool != "daily" else []
        s.do(PLANNER, "draw", "prepare", PLAN, self.period, *pool, *more, texts=(self.id,), show=["已准备"])
        s.do(LAWYER, "draw", "approve", self.id, "--for", "legal", texts=("已批准",))

    def commitments(self):
        words = []
        for party in self.parties:
            a = expect(0, ["dr1", "commit", "--draw", self.id, "--party", party, "--share", share_of(self.id, party), "--json"])
            check(a.json["commitment"] == commitment_of(self.id, party), "the commitment as the party works it out")
            words += ["--share", Word(f"{party}={a.json['commitment']}", f"{party}={NAMES[party]}的承诺")]
        for party in self.parties if len(self.parties) > 1 else ():
            key = KEYS[party]
            message = f"{self.id}\n{party}\n{commitment_of(self.id, party)}\n".encode()
            words += ["--signature", Word(f"{party}={key.public.hex()}:{key.sign(message).hex()}",
                                          f"{party}={NAMES[party]}的公钥:签名")]
        return words

    def freeze(self):
        s = self.s
        rules = ["重点排污单位：", "一般排污单位：", "特殊监管对象："] if self.pool == "daily" else []
        s.at(f"{self.day}T09:30")
        s.do(PLANNER, "draw", "freeze", self.id, "--entropy", self.entropy, *self.commitments(), "--escrow",
             f"份额-{self.id}.pdf", texts=("已锁定",), show=[*rules, "最迟揭示日"], loose=True)
        s.at(f"{self.day}T10:00")
        s.do(DISCIPLINE, "draw", "hold", self.id, "--for", "discipline")
        s.do(ARCHIVE, "draw", "hold", self.id, "--for", "archive")
        self.live = {x.id: (x.key, x.special, x.industry, x.kind) for x in self.y.registry.live()}
        self.heads = self.y.registry.heads
        self.scopes = {p.id: set(p.districts) for p in self.y.registry.people.values()}

    def open(self):
        self.s.at(f"{self.day}T11:00")
        for party in self.parties:
            self.s.do(DISCIPLINE, "draw", "open", self.id, "--share",
                      Word(f"{party}={share_of(self.id, party)}", f"{party}={NAMES[party]}的份额"))

    def run(self):
        s = self.s
        s.at(f"{self.day}T14:10")
        value = str(int(hashlib.sha256(f"dice {self.id}".encode()).hexdigest(), 16))[:self.dice]
        s.do(PLANNER, "draw", "run", self.id, "--value", value, texts=("结果根",), show=["已抽取"], loose=True)
        self.y.draws.append(self)
        shown = s.ask("draw", "show", self.id)
        check(shown["draw"]["drawn"] == shown["visits"]["planned"] > 0, str(shown))

    def whole(self, *more):
        self.prepare(*more)
        self.freeze()
        self.open()
        self.run()

    # ---- visits ----

    def visits(self, state):
        return self.s.ask("visits", "list", "--draw", self.id, "--state", state)["items"]

    def accept(self, visits, now, told=False):
        """Their first members accept; each visit learns its site."""
        s = self.s
        s.at(now)
        for v in visits:
            who = v["team"][0]
            check(v["site"] is None, f"{v['id']} is sealed before it is accepted")
            a = s.do(who, "visits", "accept", Word(v["id"], "任务号"), "--inspector", who, "--json", told=False)
            v["site"] = a.json["site"]
            check(a.json["matters"] or v["shared"], f"{v['id']} has no matters")  # a department has a list of its own
        if told and visits:
            s.block.append(f"mingqian visits accept 任务号 --inspector 工号 --as 工号 --now {now}")

    def done(self, visits, now, told=False):
        s = self.s
        s.at(now)
        for i, v in enumerate(visits):
            more = ["--offsite"] if i % 9 == 8 else []
            s.do(v["team"][0], "visits", "done", v["id"], "--day", now[:10], *more, told=False)
        if told and visits:
            s.block.append(f"mingqian visits done 任务号 --day {now[:10]} --as 工号 --now {now}")

    def batch(self, day, share, told=False, last="17:30"):
        """Accepts and makes visits until this share of all is done; returns them."""
        waiting = self.visits("planned")
        total = len(waiting) + len(self.visits("accepted")) + len(self.visits("visited")) + len(self.visits("ended"))
        now = waiting[:max(0, len(waiting) - total + -(-total * share // 100))]
        self.accept(now, f"{day}T09:00", told)
        self.done(now, f"{day}T{last}", told)
        return now

    # ---- the end ----

    def reveal(self, now, against=None):
        s = self.s
        s.at(now)
        s.do(PLANNER, "draw", "export", self.id, "--out", f"{self.id}-揭示前")
        early = sorted(os.listdir(s.path(f"{self.id}-揭示前")))
        signed = ["signatures.tsv"] if len(self.parties) > 1 else []
        check(early == ["SHA256SUMS", "declaration", "result.root", *signed], f"before the reveal: {early}")
        s.do(PLANNER, "draw", "reveal", self.id, show=["揭示"])
        for form, more in (("公开版", []), ("审计版", ["--audit"])):
            s.do(DISCIPLINE if more else PLANNER, "draw", "export", self.id, "--out", f"{self.id}-{form}", *more)
            parent = ["--parent", f"{against.id}-{form}"] if against else []
            s.do(None, "dr1", "verify", f"{self.id}-{form}", *parent, show=["步，"])
        with open(s.path(f"{self.id}-揭示前/result.root"), "rb") as a, open(s.path(f"{self.id}-审计版/result.root"), "rb") as b:
            check(a.read() == b.read(), "the root that was told before")


class Department(Draw):
    """Another department's draw of its own teams for the sites that the lead drew."""

    def __init__(self, y, number, lead, day):
        super().__init__(y, number, lead.period, day, lead.pool)
        self.lead = lead

    def prepare(self, *more):
        s = self.s
        s.at(f"{self.day}T09:00")
        s.do(LIAISON, "draw", "prepare", PLAN, self.period, "--kind", "joint", "--parent", self.lead.id, "--department", DEPARTMENT,
             "--inspectors", "应急管理局人员.csv", *more, texts=(self.id,), show=["已准备"])
        s.do(LAWYER, "draw", "approve", self.id, "--for", "legal", texts=("已批准",))


def joint_action(y, number, period, line, day, department=None):
    """A joint action: the bureau's draw from the line's pool, and the department's if there is one; all their visits are made."""
    lead = Draw(y, number, period, day, pool=line)
    lead.whole()
    draws = [lead]
    if department:
        y.story.say(f"{DEPARTMENT}交来自己的人员名单，为同样的几家抽自己的检查组：名单、随机数和份额都是它自己的。")
        y.story.write("应急管理局人员.csv", city.DEPARTMENT)
        draws.append(Department(y, number + 1, lead, department))
        draws[1].whole()
        own, led = draws[1].visits("planned"), lead.visits("planned")
        check({v["shared"] for v in own} == {v["id"] for v in led}, "each visit goes with one of the lead's")
    y.joint.append(draws)
    return draws


def plain(y, visits):
    """Visits at general units outside the county with few people."""
    sites = y.registry.sites
    return [v for v in visits if not sites[v["site"]].key and not sites[v["site"]].special and
            sites[v["site"]].kind == "排污单位" and not v["site"].startswith("130624")]


def finish(y, period, *draws):
    """The last day of the quarter: what plan check says, to be held against the script's own numbers."""
    y.story.at(f"{LAST[period]}T23:59:59")
    y.checks[period] = y.story.ask("plan", "check", PLAN, "--period", period, day=LAST[period])
    y.ends[period] = {x.id: (x.key, x.special) for x in y.registry.live()}
    for draw in draws:
        check(not draw.visits("planned") and not draw.visits("accepted"), f"{draw.id} has open visits")


def first(y):
    s = y.story
    s.say("## 第一季度")
    s.say("张三准备，李四（法制科，没有改过名录）批准，名单锁定；两个保管人登记；纪检公开自己的份额；下午两点当众掷 20 颗十面骰子。"
          "纪检的份额写在纸上，锁定前只交承诺（`mingqian dr1 commit`，或 `sha256sum` 手算）。")
    d = Draw(y, 1, "2021-Q1", "2021-01-13")
    d.prepare()
    s.do(PLANNER, "draw", "freeze", d.id, "--entropy", "dice 20d10 hall 2021-01-13T09:05", "--escrow", "x.pdf", code=1,
         texts=("10 分钟",), show=["错误"])
    d.freeze()
    d.open()
    d.run()
    s.say("抽中的单位封存着，检查组成员接收任务以后才知道去哪里。每月接收、检查一批：")
    d.batch("2021-01-20", 40, told=True)
    waiting = d.visits("planned")
    d.accept(waiting[:14], "2021-02-22T09:00")
    chosen = plain(y, waiting[:14])
    check(len(chosen) >= 3, "three general units among fourteen")
    replace_people(y, d, chosen)
    s.write("拒检记录.jpg", "大门紧闭")
    s.say("有一家拒绝检查，凭证据由两人批准终结；它不算查到，下次抽取必查。")
    s.do(Word(chosen[2]["team"][0], "工号"), "visits", "end", Word(chosen[2]["id"], "任务号"), "--why", "refused", "--reason", "拒绝进厂，已报告",
         "--evidence", "拒检记录.jpg", "--approver", HEAD, "--approver", DISCIPLINE)
    left = [v for v in waiting[:14] if v is not chosen[2]]
    for v in left:
        v["team"] = s.ask("visits", "show", v["id"])["team"]
    d.done(left, "2021-02-24T17:30")
    d.batch("2021-03-30", 100)
    finish(y, "2021-Q1", d)
    s.say("检查全部结束，揭示；公开版不含回避名单和姓名，审计版齐全，两种都能核验。")
    d.reveal("2021-03-31T09:00")


def replace_people(y, d, chosen):
    s = y.story
    s.say("接收以后，一名组员说单位负责人是他的亲属；另一名组员病了。谁来接替由抽签时的次序决定，办理人不能选。")
    s.at("2021-02-22T10:00")
    for v, why, reason in ((chosen[0], "recusal", "单位负责人是本人亲属"), (chosen[1], "illness", "住院")):
        gone = v["team"][1]
        s.do(PLANNER, "draw", "replace", Word(v["id"], "任务号"), "--why", why, "--member", Word(gone, "工号"), "--reason", reason,
             "--approver", HEAD, texts=("不由人选",))
        team = s.ask("visits", "show", v["id"])["team"]
        check(gone not in team and len(set(team)) == 2, f"{team} without {gone}")


def second(y):
    s = y.story
    s.say("## 第二季度")
    s.say("这一次只掷 8 颗骰子，另加纪检和公证处两份签过名的份额（公钥在一月登记）。")
    d = Draw(y, 2, "2021-Q2", "2021-04-06", parties=("discipline", "notary"))
    d.whole()
    s.say("专项用同一套办法，从自己的池里抽；正在等日常检查的单位不会再抽中。")
    c = Draw(y, 3, "2021-Q2", "2021-04-20", pool="ZX-VOC")
    c.whole()
    s.say("部门联合抽查是计划里的一行，有自己的池，照同样的步骤抽。正在等日常检查的单位也可以抽中：去一次，查两边的事项。")
    j, = joint_action(y, 4, "2021-Q2", "LH-1", "2021-04-21")
    d.batch("2021-04-22", 40)
    c.batch("2021-04-23", 100)
    j.batch("2021-04-26", 100)
    waiting = d.visits("planned")
    d.accept(waiting[:14], "2021-05-20T09:00")
    replace_closed(y, plain(y, waiting[:14]))
    d.done([v for v in waiting[:14] if v["site"] is not None and "closed" not in v], "2021-05-20T17:30")
    shown = s.ask("draw", "show", d.id)
    n = shown["visits"]
    check(n["replaced"] == 1 and n["planned"] + n["accepted"] + n["visited"] + n["ended"] == shown["draw"]["drawn"], str(n))
    d.batch("2021-06-25", 100)
    finish(y, "2021-Q2", d, c, j)
    for x in (d, c, j):
        x.reveal("2021-07-01T08:30")


def replace_closed(y, visits):
    """The first of them whose stratum was not drawn whole, as a small one may be: it has a reserve."""
    s = y.story
    s.say("到了现场，一家已经拆除。有证据、有两名批准人，由同一层的候补单位接替，检查组不变。")
    s.at("2021-05-20T11:00")
    s.write("现场照片.jpg", "只剩地基")
    closed = ["draw", "replace", Word(visits[0]["id"], "任务号"), "--why", "closed", "--reason", "厂房已拆除", "--evidence",
              "现场照片.jpg", "--approver", HEAD]
    s.do(PLANNER, *closed, code=1, texts=("两名批准人",), show=["错误"])
    for v in visits:
        closed[2] = Word(v["id"], "任务号")
        a = s.do(PLANNER, *closed, "--approver", DISCIPLINE, "--json", unless="已经没有候补单位")
        if a:
            break
    v["closed"] = True
    reserve = s.ask("visits", "show", a.json["visit"])
    check(reserve["replaces"] == v["id"] and reserve["state"] == "planned", str(reserve))
    s.do(KEEPER, "registry", "edit", Word(v["site"], "污染源编号"), "state=关闭", "--evidence", "现场照片.jpg", "--reason", "现场查实已拆除")
    y.registry.gone(v["site"], "关闭")


def third(y):
    s = y.story
    s.say("## 第三季度")
    s.say("今年还没有查到过的一类单位，从这一期起自动加一条“事项全覆盖”。")
    d = Draw(y, 5, "2021-Q3", "2021-07-05")
    d.whole()
    teams = [v["team"] for v in d.visits("planned")]
    check(not [t for t in teams if "Z018" in t or "Z005" in t], "on leave, and without a certificate")
    check([t for t in teams if "Z001" in t], "the one on loan is drawn")
    s.say(f"同{DEPARTMENT}联合抽查化工企业：本局（主办方）抽对象和自己的检查组，{DEPARTMENT}再为这几家抽自己的。")
    lead, own = joint_action(y, 6, "2021-Q3", "LH-2", "2021-07-06", department="2021-07-07")
    d.batch("2021-07-20", 40)
    lead.batch("2021-08-12", 100)
    own.batch("2021-08-13", 100)
    d.batch("2021-08-24", 75)
    d.batch("2021-09-28", 100)
    finish(y, "2021-Q3", d, lead, own)
    d.reveal("2021-09-30T09:00")
    s.say("联合抽查先揭示主办方的，再揭示部门的；部门的文件夹可以同主办方的对照着核验。")
    lead.reveal("2021-09-30T09:10")
    own.reveal("2021-09-30T09:20", against=lead)


def fourth(y):
    s = y.story
    s.say("## 第四季度")
    s.say("锁定以后，纪检到时候没有公开份额。随机数产生之前可以取消，写明是谁；编号不重用，重新抽一次。")
    d = Draw(y, 8, "2021-Q4", "2021-10-11")
    d.prepare()
    d.freeze()
    s.at("2021-10-11T13:00")
    s.do(PLANNER, "draw", "cancel", d.id, "--reason", "纪检没有公开份额", "--party", "discipline")
    again = Draw(y, 9, "2021-Q4", "2021-10-12")
    again.whole("--replaces", d.id)
    j, = joint_action(y, 10, "2021-Q4", "LH-3", "2021-10-13")
    again.batch("2021-10-25", 40)
    j.batch("2021-11-10", 100)
    again.batch("2021-11-23", 75)
    again.batch("2021-12-31", 100, last="23:59:59")
    finish(y, "2021-Q4", again, j)
    again.reveal("2022-01-04T09:00")
    j.reveal("2022-01-04T09:10")
