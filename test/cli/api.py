"""The contract: the file is what the tables say, and every endpoint in it is asked by everybody."""
import os
import re

import accounts
import tap
from accounts import Person, Server, administrator, business
from tap import check, run

# Who may what: written by hand, so that the program's own table is held against it.
READS = "registry.read rules.read plan.read draw.read visit.read "
MAY = {
    "system": "accounts.read accounts.edit",
    "security": "accounts.read grants.decide accounts.unlock",
    "audit": "accounts.read ledger.read ledger.export logins.read",
    "auditor": READS + "draw.audit draw.hold",
    "discipline": READS + "draw.approve draw.hold draw.annul draw.audit",
    "inspector": "rules.read draw.read draw.answer visit.own",
    "joint": "draw.read visit.own",
    "leader": READS + "plan.approve draw.annul draw.answer visit.approve",
    "legal": READS + "draw.approve visit.approve",
    "planner": READS + "registry.edit rules.edit plan.edit draw.prepare draw.answer visit.replace visit.open "
               "uploads",
    "reviewer": READS + "visit.approve",
}
NAMES = {"auditor": "审计甲", "discipline": "纪检甲", "inspector": "执法甲", "joint": "联合甲", "leader": "负责甲",
         "legal": "法制甲", "planner": "计划甲", "reviewer": "审核甲"}


def everybody(server):
    people = {n: administrator(server, n) for n in ["system", "security", "audit"]}
    for role, name in NAMES.items():
        more = {"inspector": role + "-1"} if role in ("inspector", "joint") else {}
        people[role] = business(server, people["system"], people["security"], role, name, role, **more)
    return people


def test_the_file_is_what_the_tables_say():
    with open(os.path.join(tap.TOP, "api", "openapi.yaml"), encoding="utf-8") as f:
        check(f.read() == run("openapi").out,
              "api/openapi.yaml is not what the tables say: build/mingqian openapi > api/openapi.yaml")


def test_every_operation_has_one_name():
    ids = [op["operationId"] for _, _, op in accounts.the_contract().operations()]
    check(len(ids) == len(set(ids)), f"{[i for i in ids if ids.count(i) > 1]}")


def test_every_endpoint_as_everybody():
    s = Server()
    people = everybody(s)
    for method, path, op in accounts.the_contract().operations():
        if not path.startswith("/api/v1/") or not op["security"] or op["operationId"] == "deleteSession":
            continue
        path = re.sub(r"{\w+}", "x", path.removeprefix("/api/v1"))
        Person(s).want(401, method, path)
        for name, p in people.items():
            allowed = op["x-permission"] in ["self", "jobs", *MAY[name].split()]
            if "csrf" in op["security"][0]:
                csrf, p.csrf = p.csrf, "wrong"
                p.want(403, method, path)
                p.csrf = csrf
            code, answer = p.ask(method, path)
            check((code != 403) == allowed and code < 500, f"{name} {method} {path}: {code} {answer}")
    s.stop()


if __name__ == "__main__":
    tap.main(globals())
