"""Somebody who may write the database, but has no keys, works with one insider: what several persons decide together, links,
sessions and jobs are not had by rows put in, changed or put back."""
import tap
from accounts import OTHER, PASSWORD, Person
from business import DRAW, Server, drawn, evidence, pages
from jobs import ended, fetch, upload
from once import rows
from tap import check, run


def strange(server):
    """What the step of requests says, in the report of the ledger's verification."""
    steps = {s["name"]: s for s in run("ledger", "verify", *server.office, "--json").json["steps"]}
    return steps["requests"]["mark"] == "failed"


def refused(answer):
    check(answer[0] == 403 and "与账簿不符" in answer[1]["detail"], f"{answer}")


def test_voices_are_what_their_speakers_said():
    s = Server(drawn)
    p, leader, legal = s.person("planner", "张三"), s.person("leader", "局长"), s.person("legal", "李四")
    s.person("discipline", "纪检员")
    annul = {"kind": "draw.annul", "subject": DRAW, "reason": "名单漏了一个县"}
    one = p.want(201, "POST", "/proposals", annul)["id"]
    check(not strange(s), "nothing is forged yet")
    rows(s, "insert into proposal_voice select proposal.key, account.key, 1, '', 0 from proposal, account"
            f" where proposal.id = '{one}' and account.person = '纪检员'")
    refused(leader.ask("POST", f"/proposals/{one}/decision", {"agree": True}))
    check(strange(s) and p.want(200, "GET", "/draws/" + DRAW)["draw"]["state"] == "drawn", "a voice by hand")
    rows(s, "delete from proposal_voice")
    check(not strange(s), "as it was")
    p.want(204, "DELETE", "/proposals/" + one)
    rows(s, f"update proposal set state = 'open', ended_at = null where id = '{one}'")
    refused(leader.ask("POST", f"/proposals/{one}/decision", {"agree": True}))
    check(strange(s), "withdrawn and open again")
    rows(s, "delete from proposal")
    check(strange(s), "deleted")
    s.stop()


def test_what_is_agreed_to_is_what_was_asked_for():
    s = Server(drawn)
    p, leader, legal = s.person("planner", "张三"), s.person("leader", "局长"), s.person("legal", "李四")
    visits = [v["id"] for v in pages(p, "/visits?state=planned")]
    ask = {"kind": "visit.reserve", "subject": visits[0], "reason": "企业已经关停", "evidence": evidence(s, p)}
    one = p.want(201, "POST", "/proposals", ask)["id"]
    leader.want(200, "POST", f"/proposals/{one}/decision", {"agree": True})
    other = "(select key from account where person = '局长')"
    for change, back in [(f"subject = '{visits[1]}'", f"subject = '{visits[0]}'"),
                         ("kind = 'visit.end'", "kind = 'visit.reserve'"),
                         (f"asker = {other}", "asker = (select key from account where person = '张三')"),
                         ("at = at + 1", "at = at - 1")]:
        rows(s, f"update proposal set {change} where id = '{one}'")
        refused(legal.ask("POST", f"/proposals/{one}/decision", {"agree": True}))
        check(strange(s), change)
        check(pages(leader, "/proposals") is not None, "others are listed all the same")
        rows(s, f"update proposal set {back} where id = '{one}'")
    check(not strange(s), "as it was")
    check(legal.want(200, "POST", f"/proposals/{one}/decision", {"agree": True})["done"], "done")
    check(not strange(s), "what was done")
    when = rows(s, "select ended_at from proposal")[0][0]
    for change in ("state = 'refused'", "ended_at = ended_at + 1", "state = 'open', ended_at = null"):
        rows(s, f"update proposal set {change} where id = '{one}'")
        check(strange(s), change)
        rows(s, f"update proposal set state = 'done', ended_at = {when} where id = '{one}'")
    for change in ("agree = 0", "at = at - 1"):
        rows(s, f"update proposal_voice set {change}")
        check(strange(s), change)
        rows(s, f"update proposal_voice set {change.replace('0', '1').replace('- 1', '+ 1')}")
    check(not strange(s), "as it was")
    s.stop()


def friend(s, name="friend"):
    token = s.system.want(201, "POST", "/accounts", {"name": name, "person": "朋友" + name[6:], "kind": "business"})["token"]
    p = Person(s)
    p.want(204, "POST", "/activation", {"token": token, "password": PASSWORD})
    p.login(name)
    return p, token


def test_a_role_takes_a_request_that_was_made():
    s = Server()
    p, _ = friend(s)
    me = p.want(200, "GET", "/session")["id"]
    rows(s, "insert into account_grant select '01KE6C4GQ0481NVHQG6SZ0FXXX', key, 'leader', 1, '任命', '系统管理员', 1,"
            " 'open', '', 0 from account where name = 'friend'")
    check(strange(s), "a request by hand")
    refused(s.security.ask("POST", "/grants/01KE6C4GQ0481NVHQG6SZ0FXXX/decision", {"agree": True}))
    rows(s, "delete from account_grant")
    asked = s.system.want(201, "POST", "/grants", {"account": me, "role": "reviewer", "give": True, "reason": "任命"})["id"]
    check(not strange(s), "a request")
    for change, back in [("role = 'leader'", "role = 'reviewer'"), ("asked_by = '别人'", "asked_by = '系统管理员'"),
                         ("give = 0", "give = 1")]:
        rows(s, f"update account_grant set {change}")
        check(strange(s), change)
        refused(s.security.ask("POST", f"/grants/{asked}/decision", {"agree": True}))
        rows(s, f"update account_grant set {back}")
    s.security.want(204, "POST", f"/grants/{asked}/decision", {"agree": False})
    rows(s, "update account_grant set state = 'open', decided_by = '', decided_at = 0")
    check(strange(s), "refused and open again")
    refused(s.security.ask("POST", f"/grants/{asked}/decision", {"agree": True}))
    check("visit.approve" not in p.want(200, "GET", "/session")["may"], "rights")
    s.stop()


def test_a_link_is_good_once():
    s = Server()
    p, token = friend(s)
    again = lambda link, want: Person(s).want(want, "POST", "/activation", {"token": link, "password": OTHER})
    again(token, 404)
    rows(s, "update account_ticket set used_at = 0")
    again(token, 404)
    who = p.want(200, "GET", "/session")["id"]
    first, second = [s.system.want(200, "POST", f"/accounts/{who}/invite")["token"] for _ in range(2)]
    rows(s, "update account_ticket set used_at = 0")
    again(first, 404)
    again(second, 204)
    rows(s, "update account_ticket set used_at = 0")
    again(second, 404)
    s.stop()


def test_a_session_that_ended_stays_ended():
    s = Server()
    p, _ = friend(s)
    back = "update account_session set ended_at = 0, ended = ''"
    p.want(200, "GET", "/session")
    p.want(204, "DELETE", "/session")
    rows(s, back)
    p.want(401, "GET", "/session")
    one, two = Person(s), Person(s)
    one.login("friend"), two.login("friend")
    one.want(204, "DELETE", "/sessions/" + two.want(200, "GET", "/session")["session"])
    rows(s, back)
    two.want(401, "GET", "/session")
    three = Person(s)
    three.login("friend")
    one.want(204, "PUT", "/password", {"old": PASSWORD, "new": OTHER})
    one.want(200, "GET", "/session")
    rows(s, back)
    three.want(401, "GET", "/session")
    one.want(200, "GET", "/session")
    rows(s, "update account_session set seen_at = seen_at + 60000")
    one.want(401, "GET", "/session")
    s.stop()


def test_a_job_and_its_files_are_whose_they_were():
    s = Server()
    p, low = s.person("planner", "张三"), s.person("auditor", "审计员")
    whose = "(select key from account where person = '{}')"
    job = p.want(202, "POST", "/exports", {"list": "/api/v1/registries/inspectors/rows", "format": "csv"})
    check(ended(p, job)["state"] == "done", "done")
    plain = low.want(202, "POST", "/exports", {"list": "/api/v1/rule-sets", "format": "csv"})
    check(ended(low, plain)["state"] == "done", "done")
    low.want(404, "GET", "/jobs/" + job["id"])
    rows(s, f"update job set account = {whose.format('审计员')} where id = '{job['id']}'")
    low.want(404, "GET", "/jobs/" + job["id"])
    fetch(low, f"/jobs/{job['id']}/file", 404)
    rows(s, f"update job set account = {whose.format('张三')} where id = '{job['id']}'")
    fetch(p, f"/jobs/{job['id']}/file")
    rows(s, "update job set file_tag = (select x.file_tag from job as x where x.id = '{}'), file_size = (select x.file_size from"
            " job as x where x.id = '{}') where id = '{}'".format(job["id"], job["id"], plain["id"]))
    fetch(low, f"/jobs/{plain['id']}/file", 404)
    rows(s, f"insert into job_act select key from job where id = '{plain['id']}'")
    rows(s, f"update job set state = 'queued', worker = '', ended_at = null, answer = null where id = '{plain['id']}'")
    ended(low, plain)
    fetch(low, f"/jobs/{plain['id']}/file", 404)
    sent, own = upload(p, b"%PDF secret"), upload(p, b"%PDF other")
    other = s.person("planner", "赵六")
    rows(s, f"update upload set account = {whose.format('赵六')} where id = '{sent['id']}'")
    other.want(404, "GET", "/uploads/" + sent["id"])
    fetch(other, f"/uploads/{sent['id']}/file", 404)
    rows(s, f"update upload set account = {whose.format('张三')} where id = '{sent['id']}'")
    fetch(p, f"/uploads/{sent['id']}/file")
    rows(s, "update upload set tag = (select x.tag from upload as x where x.id = '{}'), size = (select x.size from"
            " upload as x where x.id = '{}') where id = '{}'".format(sent["id"], sent["id"], own["id"]))
    fetch(p, f"/uploads/{own['id']}/file", 404)
    s.stop()


def test_a_job_acts_once_and_when_it_was_asked_for():
    s = Server()
    p = s.person("planner", "张三")
    site = pages(p, "/registries/sites/rows?county=130602")[0]
    name = lambda: p.want(200, "GET", "/registries/sites/rows/" + site["id"])["fields"]["name"]

    def importing(word):
        text = f"id,name,class,county\n{site['id']},{site['fields']['name']}{word},{site['fields']['class']},130602\n"
        sent = upload(p, text.encode(), "名录.csv")
        job = p.want(202, "POST", "/registries/sites/imports", {"upload": sent["id"], "reason": "更新"})
        check(ended(p, job)["state"] == "done", "imported")
        return job["id"]

    def queued(job):
        rows(s, "update job set state = 'queued', worker = '', ended_at = null, started_at = null, answer = null, tries = 0,"
                f" stop = 0 where id = '{job}'")
        return ended(p, {"id": job})

    first, _ = importing("甲"), importing("乙")
    before = s.entries()
    rows(s, f"delete from job_act where job = (select key from job where id = '{first}')")
    row = queued(first)
    check(row["state"] == "failed" and "与账簿不符" in row["problem"], f"{row}")
    check(name().endswith("乙") and s.entries() == before, "the old file came back")
    s.stop()


if __name__ == "__main__":
    tap.main(globals())
