"""The year's commands done over HTTP: each by the account of whoever does it, approvals by accounts of their own. The script
of the year is the one of the command line; what differs there and here stands in this file."""
import io
import json
import os
import urllib.parse
import zipfile

import accounts
import tap
from accounts import Clocked, Worker, administrator, business
from jobs import ended, fetch, upload
from story import Story
from tap import check

FLAGS = ("--json", "--audit", "--find", "--offsite", "--public", "--demo")
# In which order people of the year's script have their accounts; inspectors and the department's people come after them.
ROLES = {"张三": "planner", "赵六": "planner", "李四": "legal", "王五": "discipline", "钱七": "auditor", "局长": "leader",
         "应急管理局联络员": "planner"}
PLANNER, LAWYER, DISCIPLINE = "张三", "李四", "王五"
IDLE = 25 * 60


class Done(tap.Answer):
    """What came of it: JSON or words with exit code 0 (1 where something stands in the way), or 1 with the reason."""

    def __init__(self, answer=None, why=None, stopped=False):
        out = answer if isinstance(answer, str) else json.dumps(answer if answer is not None else {}, ensure_ascii=False)
        super().__init__(1 if why is not None or stopped else 0, out, why or "")


class Refused(Exception):
    pass


def options(words):
    """Words after the command as positions, and options with all their values."""
    at, more, i = [], {}, 0
    while i < len(words):
        if words[i] in FLAGS:
            more[words[i]] = True
        elif words[i].startswith("--"):
            more.setdefault(words[i], []).append(str(words[i + 1]))
            i += 1
        else:
            at.append(str(words[i]))
        i += 1
    return at, more


def known(items):
    """Visits as the command line tells them."""
    return [{**v, "team": [m["inspector"] for m in v["team"] if not m["leftAt"]], "site": v["site"] or None,
             "shared": v["shared"] or None} for v in items]


def pairs(texts):
    return [dict(zip(("field", "value"), t.split("=", 1))) for t in texts]


class HttpStory(Story):
    def __init__(self):
        super().__init__()
        self.server, self.people, self.requests = None, {}, 0

    # ---- time and people ----

    def at(self, now):
        """Time never goes back, as it may between commands that only look; and visits are told of while those who accepted
        them are still logged in, since each log-in costs what a password's hash is meant to cost."""
        self.now = max(self.now, now.replace("T17:30", "T09:20"))
        if self.server:
            self.server.at(self.now)

    def start(self):
        self.server = Clocked.__new__(Clocked)
        self.server.clock = tap.folder() + "/clock"
        self.server.at(self.now)
        self.server.tokens, self.server.office, self.server.more = {}, tap.office(), ("--clock", self.server.clock)
        self.server.again()
        system, security = (administrator(self.server, n) for n in ("system", "security"))
        self.audit = administrator(self.server, "audit")
        for i, (name, role) in enumerate(ROLES.items()):
            self.add(system, security, f"account{i}", name, name, role)
        for i in range(1, 27):
            self.add(system, security, f"z{i:03}", f"Z{i:03}", f"执法{i:03}", "inspector", inspector=f"Z{i:03}")
        for i, word in enumerate("甲乙丙丁"):
            self.add(system, security, f"yj-{i}", f"YJ-{i}", f"应急{word}", "joint", inspector=f"YJ-{i}", department="应急管理局")

    def add(self, system, security, login, who, person, role, **more):
        made, p = business(self.server, system, security, login, person, role, **more), Worker(self.server)
        p.cookie, p.csrf, p.name, p.seen = made.cookie, made.csrf, login, self.server.now()
        self.people[who] = p

    def person(self, who):
        p = self.people[who or PLANNER]
        if self.server.now() - p.seen > IDLE:
            p.again()
        p.seen = self.server.now()
        return p

    # ---- requests ----

    def want(self, who, method, path, body=None, **headers):
        self.requests += 1
        code, answer = self.person(who).ask(method, path, body, **headers)
        if code == 403 and answer["code"] == "password_old":  # it has come of age since he logged in
            self.person(who).again()
            code, answer = self.person(who).ask(method, path, body, **headers)
        check(code < 500, f"{method} {path}: {code}")
        if code >= 400:
            raise Refused(answer["detail"])
        return answer

    def pages(self, who, path):
        items, after, mark = [], None, "&" if "?" in path else "?"
        while True:
            page = self.want(who, "GET", path + mark + "size=100" + (f"&after={after}" if after else ""))
            items += page["items"]
            after = page["next"]
            if not after:
                return items

    def send(self, who, name):
        return upload(self.person(who), tap.read(self.path(name)), os.path.basename(name))["id"]

    def job(self, who, path, body=None):
        job = ended(self.person(who), self.want(who, "POST", path, body))
        if job["state"] != "done":
            raise Refused(job["problem"])
        return job

    def agree(self, who, ask, approvers):
        """Asks for it and lets each agree; what was asked in vain is taken back."""
        one, done = self.want(who, "POST", "/proposals", ask)["id"], False
        try:
            for by in approvers:
                done = self.want(by, "POST", f"/proposals/{one}/decision", {"agree": True})["done"]
            if not done:
                raise Refused("还没有人数够：要两名批准人")
        finally:
            if not done:
                self.want(who, "DELETE", f"/proposals/{one}")
        return self.want(who, "GET", f"/proposals/{one}")["result"]

    # ---- commands ----

    def run(self, words, who):
        if words[0] == "dr1":
            return super().run(words, who)
        self.commands += 1
        for length in (3, 2):
            name = "_".join(words[:length]).replace("-", "_")
            if hasattr(self, "do_" + name):
                at, more = options(words[length:])
                try:
                    answer = getattr(self, "do_" + name)(who, at, more)
                    return answer if isinstance(answer, Done) else Done(answer)
                except Refused as refused:
                    return Done(why=str(refused))
        raise AssertionError(f"{' '.join(words)}: nobody has said how this is done over HTTP")

    def do(self, who, *words, code=0, texts=(), told=True, show=None, loose=False, unless=None):
        """As the story's own; the sentences of the command line are looked for where the answer here has some."""
        a = self.run(words, who)
        if unless and a.code == 1 and unless in a.err:
            return None
        line = " ".join(map(str, words))
        if not check(a.code == code, f"{line}: {a.code}, want {code}: {a.err or a.out}"):
            raise SystemError(line)
        for text in texts if words[0] == "import" else ():
            check(text in a.out, f"{line}: no “{text}” in: {a.out}")
        return a

    def do_data_init(self, who, at, more):
        self.start()

    def do_data_person_add(self, who, at, more):
        ask = {"kind": "person.add", "subject": more["--role"][0], "member": at[0], "reason": "任命"}
        return self.agree(who, ask, more.get("--approver", [LAWYER]))

    def importing(self, who, kind, at, more):
        job = self.job(who, f"/registries/{kind}/imports", {"upload": self.send(who, at[0]), "reason": more["--reason"][0]})
        data, _ = fetch(self.person(who), f"/jobs/{job['id']}/file")
        tap.write(self.path(f"{kind}-report.csv"), data)
        r = job["result"]
        return f"新增 {r['added']}，更新 {r['updated']}，未收 {r['quarantined']}"

    def do_import_sites(self, who, at, more):
        return self.importing(who, "sites", at, more)

    def do_import_inspectors(self, who, at, more):
        return self.importing(who, "inspectors", at, more)

    def do_import_matters(self, who, at, more):
        return self.importing(who, "matters", at, more)

    def do_import_recusals(self, who, at, more):
        return self.importing(who, "recusals", at, more)

    def do_registry_suggestions(self, who, at, more):
        if "--find" in more:
            job = self.job(who, "/registries/sites/suggestions")
            check(job["result"]["fresh"] == 1, f"{job}")
            return job["result"]
        return self.want(who, "POST", f"/registries/sites/suggestions/{more['--confirm'][0]}/decision",
                         {"same": True, "keep": more["--keep"][0], "reason": more["--reason"][0]})

    def do_registry_edit(self, who, at, more):
        path = f"/registries/{more.get('--registry', ['sites'])[0]}/rows/{at[0]}"
        values = pairs(at[1:] + [f"状态依据={e}" for e in more.get("--evidence", [])])
        self.want(who, "GET", path)
        return self.want(who, "PATCH", path, {"values": values, "reason": more["--reason"][0]},
                         If_Match=self.person(who).headers["ETag"])

    def do_registry_diff(self, who, at, more):
        return self.pages(who, f"/registries/sites/differences?from={at[0]}&to={at[1]}&open=true")

    def do_rules_calendar(self, who, at, more):
        return self.want(who, "POST", "/calendars", {"text": tap.read(self.path(at[0])).decode(), "reason": more["--reason"][0]})

    def do_rules_import(self, who, at, more):
        text = tap.read(os.path.join(tap.TOP, "rules", at[0] + ".json")).decode()
        return self.want(who, "POST", "/rule-sets", {"text": text, "reason": more["--reason"][0]})

    def do_rules_edit(self, who, at, more):
        rules = json.loads(self.want(who, "GET", "/rule-sets/" + at[0])["text"])
        rules |= {p["field"]: json.loads(p["value"]) for p in pairs(at[1:])}
        return self.want(who, "POST", "/rule-sets", {"text": json.dumps(rules), "reason": more["--reason"][0]})

    # ---- plans ----

    def do_plan_open_balances(self, who, at, more):
        ask = {"file": at[0], "text": tap.read(self.path(at[0])).decode(), "year": int(more["--year"][0])}
        if "--approver" not in more:
            return self.want(who, "POST", "/openings", ask)
        ask = {"kind": "plan.opening", "subject": str(ask["year"]), "evidence": self.send(who, at[0]), "reason": "年中启用"}
        return self.agree(who, ask, more["--approver"])

    def do_plan_new(self, who, at, more):
        return self.want(who, "POST", "/plans", {
            "id": at[0], "year": int(more["--year"][0]), "body": "130600", "authority": "保定市生态环境局", "period": "quarter",
            "rules": more["--rules"][0], "lines": tap.read(self.path(more["--lines"][0])).decode()})

    def period(self, more):
        return more.get("--period", [f"{self.now[:4]}-Q{(int(self.now[5:7]) + 2) // 3}"])[0]

    def do_plan_check(self, who, at, more):
        checked = self.want(who, "GET", f"/plans/{at[0]}/check?period={self.period(more)}")
        words = [c["text"] + c.get("choices", "") for c in checked["clashes"]] + [n["text"] for n in checked["notes"]]
        return Done(checked if "--json" in more else "\n".join(words), stopped=any(c["stops"] for c in checked["clashes"]))

    def do_plan_what_if(self, who, at, more):
        tried = self.want(who, "GET", f"/plans/{at[0]}/what-if?period={self.period(more)}&cap={more['--cap'][0]}")
        check(tried["before"]["visits"] >= tried["after"]["visits"], f"a cap makes fewer visits: {tried}")
        return tried

    def do_plan_submit(self, who, at, more):
        return self.want(who, "POST", f"/plans/{at[0]}/submission")

    def do_plan_approve(self, who, at, more):
        return self.want(who, "POST", f"/plans/{at[0]}/decision", {"agree": True})

    def do_plan_show(self, who, at, more):
        return self.want(who, "GET", f"/plans/{at[0]}")

    # ---- draws ----

    def do_draw_party(self, who, at, more):
        return self.want(who, "POST", "/parties", {"party": at[0], "key": more["--key"][0]})

    def do_draw_prepare(self, who, at, more):
        if "--parent" in more:
            ask = {"department": more["--department"][0], "upload": self.send(who, more["--inspectors"][0])}
            made = self.job(who, f"/draws/{more['--parent'][0]}/departments", ask)["result"]
        else:
            ask = {"plan": at[0], "period": at[1]}
            ask |= {name: more["--" + name][0] for name in ("pool", "replaces") if "--" + name in more}
            made = self.want(who, "POST", "/draws", ask)
        return made

    def do_draw_approve(self, who, at, more):
        return self.want(who, "POST", f"/draws/{at[0]}/approval", {"office": more["--for"][0]})

    def do_draw_freeze(self, who, at, more):
        signed = dict(s.split("=", 1) for s in more.get("--signature", []))
        shares = [dict(zip(("party", "commitment"), s.split("=", 1))) for s in more.get("--share", [])]
        for share in shares:
            if share["party"] in signed:
                share["signature"] = signed[share["party"]]
        return self.want(who, "POST", f"/draws/{at[0]}/freeze", {"entropy": more["--entropy"], "shares": shares})

    def do_draw_hold(self, who, at, more):
        office = more["--for"][0]
        share = self.want(who, "POST", f"/draws/{at[0]}/copies", {"office": office})["share"]
        return self.want(who, "POST", f"/draws/{at[0]}/holders", {"office": office, "share": share})

    def do_draw_open(self, who, at, more):
        for share in more["--share"]:
            party, text = share.split("=", 1)
            self.want(who, "POST", f"/draws/{at[0]}/shares", {"party": party, "share": text})

    def do_draw_run(self, who, at, more):
        return self.job(who, f"/draws/{at[0]}/run", {"values": [{"value": v} for v in more["--value"]]})["result"]

    def do_draw_cancel(self, who, at, more):
        return self.want(who, "POST", f"/draws/{at[0]}/cancellation", {"reason": more["--reason"][0], "party": more["--party"][0]})

    def do_draw_reveal(self, who, at, more):
        return self.want(who, "POST", f"/draws/{at[0]}/reveal")

    def do_draw_show(self, who, at, more):
        shown = self.want(who, "GET", f"/draws/{at[0]}")
        shown["visits"]["ended"] -= shown["visits"]["replaced"]
        return shown

    def do_draw_list(self, who, at, more):
        ids = [d["id"] for d in self.want(who, "GET", "/draws")["items"]]
        check([int(i[-4:]) for i in ids] == list(range(1, len(ids) + 1)), f"numbers without gap: {ids}")
        return ids

    def do_draw_export(self, who, at, more):
        job = self.job(who, f"/draws/{at[0]}/exports", {"form": "audit" if "--audit" in more else "public"})
        data, _ = fetch(self.person(who), f"/jobs/{job['id']}/file")
        book = zipfile.ZipFile(io.BytesIO(data))
        os.mkdir(self.path(more["--out"][0]))
        for name in book.namelist():
            tap.write(os.path.join(self.path(more["--out"][0]), os.path.basename(name)), book.read(name))

    def do_draw_replace(self, who, at, more):
        why = more["--why"][0]
        ask = {"kind": "visit." + {"closed": "reserve"}.get(why, why), "subject": at[0], "reason": more["--reason"][0]}
        return self.agree(who, self.proven(who, ask, more), self.approvers(more))

    def proven(self, who, ask, more):
        ask |= {"evidence": self.send(who, more["--evidence"][0])} if "--evidence" in more else {}
        return ask | ({"member": more["--member"][0]} if "--member" in more else {})

    def approvers(self, more):
        """On the server the discipline office agrees to annulments alone."""
        return [LAWYER if by == DISCIPLINE else by for by in more["--approver"]]

    # ---- visits ----

    def do_visits_list(self, who, at, more):
        ask = {name: more["--" + name][0] for name in ("draw", "state") if "--" + name in more}
        return {"items": known(self.pages(PLANNER, "/visits" + ("?" + urllib.parse.urlencode(ask) if ask else "")))}

    def do_visits_show(self, who, at, more):
        return known([self.want(PLANNER, "GET", f"/visits/{at[0]}")])[0]

    def do_visits_accept(self, who, at, more):
        site = self.want(who, "POST", f"/visits/{at[0]}/acceptance")
        return {**site, "site": site["id"]}

    def do_visits_done(self, who, at, more):
        return self.want(who, "POST", f"/visits/{at[0]}/completion", {"day": more["--day"][0], "offsite": "--offsite" in more})

    def do_visits_end(self, who, at, more):
        ask = {"kind": "visit.end", "subject": at[0], "reason": more["--reason"][0], "why": more["--why"][0]}
        return self.agree(PLANNER, self.proven(PLANNER, ask, more), self.approvers(more))

    # ---- the ledger, by the audit administrator ----

    def auditor(self):
        p = self.audit
        p.cookie = None
        p.login("audit", otp=accounts.code_of(p.secret, self.server.now()))
        if p.want(200, "GET", "/session")["passwordOld"]:
            p.want(204, "PUT", "/password", {"old": accounts.PASSWORD, "new": accounts.OTHER})
        return p

    def do_ledger_verify(self, who, at, more):
        report = self.auditor().want(200, "GET", "/ledger/report")
        check(report["failed"] == 0, f"{report}")
        return report

    def do_ledger_export(self, who, at, more):
        job = ended(self.audit, self.audit.want(202, "POST", "/exports", {"list": "/api/v1/ledger", "format": "csv"}))
        data, _ = fetch(self.audit, f"/jobs/{job['id']}/file")
        check(job["result"]["rows"] > 1000 and "揭示抽取".encode() in data, f"{job}")
