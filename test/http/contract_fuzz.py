"""The contract held against the server by requests that are made from it: the world for contract.mjs, on either engine."""
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "cli"))

import accounts
import api
import business
import tap
from business import DRAW, drawn

# What stands in fields of these names; paths learn their values from the lists.
FIXED = {"registry": ["sites", "inspectors", "matters", "recusals"], "plan": ["BD-2026"], "draw": [DRAW], "subject": [DRAW],
         "period": ["2026-Q1", "2026-Q2", "2026"], "county": ["130602", "130606"], "branch": ["130606"], "rules": ["baoding-2025"],
         "list": ["/api/v1/registries/sites/rows?size=5", "/api/v1/plans", "/api/v1/visits"], "kind": [], "winner": ["import"],
         "field": ["name", "county", "note"], "year": [], "body": ["130600"], "area": ["130600"], "entropy": ["dice 20d10 hall 2026-01-05T13:00"],
         "figure": ["duplicates"], "seq": ["1", "2"], "change": ["1", "2"], "department": ["fire"]}


def tell(person, may):
    return {"cookie": person.cookie, "csrf": person.csrf, "may": may}


def main():
    tap.SCRATCH = tap.tempfile.mkdtemp(prefix="mingqian-http-")
    try:
        s = business.Server(drawn, "2026-01-05T12:00")
        people = {"system": s.system, "security": s.security, "audit": accounts.administrator(s, "audit")}
        for role, name in api.NAMES.items():
            people[role] = s.person(role, name, **({"inspector": role + "-1"} if role in ("inspector", "joint") else {}))
        # One whose account may be stopped, and one whose sessions may be ended.
        s.system.want(201, "POST", "/accounts", {"name": "victim", "person": "替身", "kind": "business"})
        victim = [a["id"] for a in s.system.want(200, "GET", "/accounts?size=100")["items"] if a["name"] == "victim"]
        token = s.system.want(201, "POST", "/accounts", {"name": "fleeting", "person": "来客", "kind": "business"})["token"]
        accounts.Person(s).want(204, "POST", "/activation", {"token": token, "password": accounts.PASSWORD})
        world = {"port": s.port, "people": {r: tell(p, api.MAY[r].split()) for r, p in people.items()},
                 "known": {**FIXED, "account": victim, "/api/v1/accounts/": victim, "/api/v1/sessions/": []},
                 "throwaway": {"name": "fleeting", "password": accounts.PASSWORD}}
        if tap.failures:
            sys.exit("Bail out! the world could not be made: " + "; ".join(tap.failures))
        if not os.path.isdir(os.path.join(HERE, "node_modules")):
            sys.exit("Bail out! test/http/node_modules is missing: tools/install check")
        node = subprocess.run(["node", os.path.join(HERE, "contract.mjs"), *sys.argv[1:]], input=json.dumps(world).encode())
        sys.exit(node.returncode or s.stop())
    finally:
        tap.shutil.rmtree(tap.SCRATCH, ignore_errors=True)


main()
