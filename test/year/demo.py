"""demo --year: the made-up city with a year of work, as a user gets it."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
import tap  # noqa: E402
from tap import check, expect, read, refused  # noqa: E402

NEXT = ["--now", "2027-01-04T09:00"]


def lists_of(data):
    """The roots of the frozen lists of the first draw."""
    shown = expect(0, ["draw", "show", "130600-2026-0001", "--data", data, "--json"]).json
    return [line for line in shown["declaration"].splitlines() if line.split()[0] in ("objects", "inspectors", "rules")]


def test_a_year_of_the_demo_city():
    path = os.path.join(tap.folder(), "city")
    a = expect(0, ["demo", "--year", path, "--json"]).json
    check((a["sites"], a["inspectors"], a["draws"]) == (6000, 420, 4), str(a))
    check(a["visits"] == a["made"] > 2000, str(a))
    data = ["--data", a["data"]]
    draws = expect(0, ["draw", "list", *data, "--json"]).json
    check([d["state"] for d in draws["items"]] == ["revealed"] * 3 + ["drawn"] and not draws["gap"], str(draws))
    visits = expect(0, ["visits", "list", "--most", "100000", *data, "--json"]).json["items"]
    made = [v for v in visits if v["state"] == "visited"]
    check(len(made) == a["made"] and {v["ended"] for v in visits if v["state"] == "ended"} == {"replaced"}, "all are made")
    plan = expect(0, ["plan", "check", a["plan"], "--period", "2026-Q4", "--day", "2026-12-31", *data, *NEXT, "--json"]).json
    check({r["id"] for r in plan["rules"]} >= {"key", "general", "special", "joint"} and not plan["stops"], str(plan))
    check(all(r["left"] == 0 and r["possible"] for r in plan["rules"] if r["id"] != "joint"), str(plan["rules"]))
    joint = next(r for r in plan["rules"] if r["id"] == "joint")  # two were planned for quarters that are over, and never drawn
    check((joint["done"], joint["planned"], joint["left"], joint["possible"]) == (0, 1, 2, False), str(joint))
    expect(0, ["ledger", "verify", *data], "没有发现不符")
    last = draws["items"][-1]["id"]
    expect(0, ["draw", "reveal", last, "--as", "张三", *data, *NEXT])
    expect(0, ["draw", "export", last, "--out", path + "/audit", "--audit", "--as", "王五", *data, *NEXT])
    check(expect(0, ["dr1", "verify", path + "/audit", "--json"]).json["failed"] == 0, "the last draw holds")
    check(not [f for f in os.listdir(path) if f.endswith(".pdf")], "no share is left lying about")


def test_the_same_seed_gives_the_same_lists_and_nothing_is_overwritten():
    path = os.path.join(tap.folder(), "city")
    expect(0, ["demo", path, "--seed", "试"])
    sites = read(path + "/sites.xlsx")
    first = expect(0, ["demo", "--year", path, "--seed", "试", "--json"]).json
    check(read(path + "/sites.xlsx") == sites, "the files of the city are those of demo")
    refused(1, ["demo", "--year", path, "--seed", "试"])
    expect(0, ["ledger", "verify", "--data", first["data"]], "没有发现不符")
    told = expect(0, ["demo", "--year", path + "-2", "--seed", "试"]).out
    check(lists_of(first["data"]) == lists_of(path + "-2/data"), "the lists of both")
    suggested = [line.split()[1:] for line in told.splitlines() if line.startswith("  mingqian ")]
    check(len(suggested) == 4 and any(words[:2] == ["draw", "reveal"] for words in suggested), told)
    for words in suggested:
        expect(0, words)
    expect(0, ["visits", "list", "--data", path + "-2/data"], "列出 1000 项，共 2", "--after")
    os.mkdir(path + "-3")
    tap.write(path + "-3/letter.txt", "mine")
    refused(1, ["demo", "--year", path + "-3"], "什么也没有写")
    check(os.listdir(path + "-3") == ["letter.txt"], "nothing is written")


tap.main(globals())
