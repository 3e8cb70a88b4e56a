"""Holds dr1.py itself against a file of dr1 or assignment vectors: python3 check_vectors.py FILE..."""
import json
import sys

import dr1


def check_dr1(case):
    files = case["files"]
    draw = dr1.Draw(files["objects.tsv"], files["inspectors.tsv"], files["conflicts.tsv"], files["rules.txt"])
    seed = dr1.declared_seed(case["declaration"], case["entropy_record"])
    want = case["expected"]
    assert seed == want["seed_R"], "seed"
    for stratum, drawn, reserves in draw.select(seed):
        w = want["strata"][stratum]
        assert [[n, dr1.ticket(seed + "/objects", n)] for n in drawn] == w["drawn"], stratum
        assert reserves == w["reserves"], stratum
    feasible, _, teams, _ = draw.assign(seed)
    return feasible, teams, want


def check_assignment(case):
    people = {i["id"]: dict(grade=i["grade"], limit=i["cap"], base=i["base"]) for i in case["inspectors"]}
    visits = {v["id"]: (v["need"], v["min_senior"], v["min_junior"], v["eligible"]) for v in case["visits"]}
    teams = dr1.canonical_teams(case["seed"], people, visits)
    want = case["expected"]
    assert (teams is not None) == want["feasible"], case["name"]
    if teams is not None:
        assert teams == want["canonical"], case["name"]


for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as f:
        for case in json.load(f):
            if "declaration" in case:
                print(case["draw"], check_dr1(case)[0], {k: v for k, v in case["expected"].items() if k not in ("strata",)})
            else:
                check_assignment(case)
    print("ok", path)
