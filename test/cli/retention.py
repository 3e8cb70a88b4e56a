"""Logs are kept: nothing that tells who did what, or who logged in, can be deleted, and nothing sweeps it away."""
import glob
import os
import re
import time

import accounts
import tap
from accounts import Person, administrator, business
from once import rows
from tap import check, expect, run

# Tables whose rows the program deletes. None of them is a log: what is in the queue or was answered, uploads, the rows of an
# import before it is done, and how often an address failed in a minute (each failure is an entry of the ledger besides).
SWEPT = {"answer_kept", "account_failure", "job", "job_act", "registry_stage", "upload"}
LOGS = ("ledger_entry", "ledger_document", "ledger_document_part", "ledger_checkpoint", "ledger_node", "account_session", "account",
        "account_grant", "registry_change", "proposal", "proposal_voice")


def sources():
    for path in glob.glob(os.path.join(tap.TOP, "src", "**", "*.c"), recursive=True):
        yield path, re.sub(r'"\s*"', "", tap.read(path).decode())


def test_no_statement_of_the_program_deletes_a_log():
    for path, text in sources():
        for table in re.findall(r"(?:delete from|truncate(?: table)?|drop table(?: if exists)?) (\w+)", text, re.IGNORECASE):
            check(table in SWEPT, f"{path} deletes from {table}")
        for change in re.findall(r"update ledger_entry set ([^\"]*)", text):
            check(re.match(r"(mark = \$2 where id = \$1 and mark = ''|seq = \$2, .* and seq is null)", change), f"{path}: {change}")
        check(not re.search(r"update ledger_(document|document_part|checkpoint)\b", text), f"{path} changes what was kept")


def test_no_endpoint_and_no_command_deletes_a_log():
    for method, path, _ in accounts.the_contract().operations():
        if "/ledger" in path or "logins" in path:
            check(method in ("GET", "POST"), f"{method} {path}")
    words = [line for line in run("--help-markdown").out.splitlines() if line.startswith("#")]
    check(words and not [w for w in words if re.search(r"ledger.*(delete|prune|purge|trim|clear|rotate)", w)], f"{words}")


class Clocked(accounts.Clocked):
    """Begun at that time."""

    def __init__(self, text):
        self.clock = tap.folder() + "/clock"
        self.at(text)
        accounts.Server.__init__(self, "--clock", self.clock)


def seen(server):
    return {table: set(map(tuple, rows(server, f"select * from {table}"))) if table.startswith("ledger")
            else len(rows(server, f"select 1 from {table}")) for table in LOGS}


def test_half_a_year_later_everything_is_there():
    s = Clocked("2026-01-05T09:00")
    system, security = administrator(s, "system"), administrator(s, "security")
    audit = administrator(s, "audit")
    p = business(s, system, security, "zhangsan", "张三", "planner")
    Person(s).want(401, "POST", "/sessions", {"name": "zhangsan", "password": "wrong-Password-9"})
    job = p.want(202, "POST", "/exports", {"list": "/api/v1/plans", "format": "csv"})
    while p.want(200, "GET", "/jobs/" + job["id"])["state"] != "done":
        time.sleep(0.1)
    p.want(204, "DELETE", "/session")
    first = audit.want(200, "GET", "/ledger?size=100")
    actions = {e["action"] for e in first["items"]}
    check({"account.login", "account.login-failed", "account.logout", "job.make"} <= actions, f"{actions}")
    before = seen(s)
    for day in ("2026-02-01T09:00", "2026-04-01T09:00", "2026-07-03T09:00"):
        s.at(day)
        Person(s).want(401, "POST", "/sessions", {"name": "nobody", "password": "wrong-Password-9"})
        time.sleep(1.5)  # the workers sweep when nothing waits
        now = seen(s)
        for table in LOGS:
            if table.startswith("ledger"):
                check(before[table] <= now[table], f"{day}: rows of {table} are gone or changed")
            else:
                check(before[table] <= now[table], f"{day}: {before[table]} rows of {table}, now {now[table]}")
    check(expect(0, ["ledger", "verify", *s.office, "--json"]).json["failed"] == 0, "the ledger fits")
    listed = expect(0, ["ledger", "list", *s.office, "--action", "account.login", "--to", "2026-01-31", "--json"]).json
    check(listed["total"] >= 4, f"{listed}")
    s.stop()


if __name__ == "__main__":
    tap.main(globals())
