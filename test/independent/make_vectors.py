#!/usr/bin/env python3
"""Writes test/vectors/data/assignment.json and dr1.json in the shape of the public vectors, computed by
dr1.py (never by the C code): python3 test/independent/make_vectors.py"""
import json
import pathlib
import random

import compare
import dr1

OUT = pathlib.Path(__file__).resolve().parents[1] / "vectors" / "data"


def assignment(number):
    rng = random.Random(f"assignment {number}")
    people = [dict(id=f"{grade}{n:02d}", grade=grade, cap=rng.choice([0, 2, 4, 8, 8]), base=rng.randint(0, 3))
              for grade in "JS" for n in range(rng.randint(2, 5))]
    visits = []
    for n in range(rng.randint(1, 9)):
        need = rng.choice([1, 2, 2, 2])
        seniors = rng.randint(0, need)
        chosen = sorted(rng.sample([i["id"] for i in people], rng.randint(len(people) // 2, len(people))))
        visits.append(dict(id=f"V{n:03d}", need=need, min_senior=seniors,
                           min_junior=rng.randint(0, need - seniors), eligible=chosen))
    case = dict(name=f"own-{number}", seed=f"own seed {number}", inspectors=people, visits=visits)
    by_id = {i["id"]: dict(i, limit=i["cap"]) for i in people}
    wanted = {v["id"]: (v["need"], v["min_senior"], v["min_junior"], v["eligible"]) for v in visits}
    teams = dr1.canonical_teams(case["seed"], by_id, wanted)
    if teams is None:
        case["expected"] = dict(feasible=False, unmet_min=unmet(by_id, wanted))
        return case
    totals = sorted((i["base"] + sum(i["id"] in team for team in teams.values()) for i in people), reverse=True)
    case["expected"] = dict(feasible=True, unmet_min=0, totals_desc=totals, max=totals[0], min=totals[-1],
                            spread=totals[0] - totals[-1], canonical=teams)
    return case


def unmet(people, visits):
    """Least number of places left empty: needs minus a largest flow, by plain augmenting paths over
    (inspector, visit and grade)."""
    graph = {}

    def arc(a, b, capacity):
        graph.setdefault(a, {})[b] = graph.setdefault(a, {}).get(b, 0) + capacity
        graph.setdefault(b, {}).setdefault(a, 0)

    for who, i in people.items():
        arc("source", ("i", who), i["limit"])
    for visit, (need, seniors, juniors, eligible) in visits.items():
        arc((visit, "S"), visit, need - juniors)
        arc((visit, "J"), visit, need - seniors)
        arc(visit, "sink", need)
        for who in eligible:
            arc(("i", who), (visit, people[who]["grade"]), 1)
    filled = 0
    while True:
        back, queue = {"source": None}, ["source"]
        for a in queue:
            for b, capacity in graph.get(a, {}).items():
                if capacity and b not in back:
                    back[b] = a
                    queue.append(b)
        if "sink" not in back:
            return sum(v[0] for v in visits.values()) - filled
        node = "sink"
        while back[node] is not None:
            graph[back[node]][node] -= 1
            graph[node][back[node]] += 1
            node = back[node]
        filled += 1


def draw(number):
    case = compare.make_draw(random.Random(number), number)
    declaration, record = compare.declare(case)
    d = dr1.Draw(case["objects"], case["inspectors"], case["conflicts"], case["rules"])
    seed = dr1.declared_seed(declaration, record)
    strata = {}
    for stratum, drawn, reserves in d.select(seed):
        quota = d.quotas(seed)[stratum]
        strata[stratum] = dict(population=len(d.members(stratum)), quota=quota,
                               drawn=[[n, dr1.ticket(seed + "/objects", n)] for n in drawn],
                               reserves=reserves, shortfall=max(0, quota - len(drawn)))
    feasible, relaxed, teams, trips = d.assign(seed)
    tsv, root, _ = d.result(seed)
    files = {"objects.tsv": case["objects"], "inspectors.tsv": case["inspectors"],
             "conflicts.tsv": case["conflicts"], "rules.txt": case["rules"]}
    expected = dict(seed_R=seed, strata=strata, result_tsv=tsv, result_root=root,
                    declaration_sha256=dr1.hex_of(declaration), relaxed=relaxed,
                    assignment=dict(feasible=feasible))
    if feasible:
        expected["assignment"].update(visit_order=dr1.in_order(seed + "/visits", [name for name, _ in trips]),
                                      teams=teams)
    return dict(draw=case["id"], files=files, declaration=declaration, entropy_record=record, expected=expected)


def write(name, cases):
    OUT.mkdir(parents=True, exist_ok=True)
    with open(OUT / name, "w", encoding="utf-8") as out:
        out.write("[\n" + ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases) + "\n]\n")


if __name__ == "__main__":
    write("assignment.json", [assignment(n) for n in range(60)])
    write("dr1.json", [draw(n) for n in range(1, 26)])
