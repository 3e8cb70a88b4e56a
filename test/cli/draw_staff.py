"""A draw that ends without teams gets them by its own R: nobody chooses anybody, and a verifier finds the same."""
import os

import small
import tap
from small import HEAD, PLANNER, Small
from tap import check, expect, read, write

DAY, LATE = "2026-03-10", "2026-04-15T00:00"
# Seven visits a county at most, of about six: sometimes too few.
PEOPLE = "id,name,certificate,certificate_until,districts,since,limit\n" + "".join(
    f"P-{c}{n},人{c}{n},03-{c}{n},2030-12-31,{small.COUNTIES[c]},{since}-01-01,{limit}\n"
    for c in (0, 1) for n, (since, limit) in enumerate([("2010", 4), ("2010", 3), ("2025", 4), ("2025", 3)]))


def without_teams():
    """An office whose draw ended without teams; the value decides, so copies of one freeze try several."""
    frozen = Small(staff=PEOPLE)
    draw = frozen.prepared(DAY)
    frozen.freeze(draw, DAY)
    frozen.hold(draw, DAY)
    for digit in range(40):
        w = Small.__new__(Small)
        w.where, w.path, w.number = tap.copy(frozen.where), tap.folder(), 1
        a = tap.run(*w.words(PLANNER, f"{DAY}T14:05", "draw", "run", draw, "--value", f"{digit:02d}" + small.VALUE[2:]))
        if a.code == 1:
            check("mingqian draw staff " + draw in a.err, a.err)
            return w, draw
    raise AssertionError("every value gives teams")


def test_visits_without_a_team_get_one_and_a_verifier_finds_the_same():
    w, draw = without_teams()
    now, words = f"{DAY}T15:00", ["draw", "staff", draw, "--reason", "两个县区抽中的不一样多"]
    check(all(not v["team"] for v in w.visits(draw)), "nobody goes yet")
    expect(0, ["draw", "show", draw, *w.where], "还没有另行派组")
    w.no(PLANNER, now, *words, "--approver", HEAD, texts=("两名批准人",))
    w.no(PLANNER, now, *words, "--approver", HEAD, "--approver", PLANNER, texts=("不能自己批准",))
    a = tap.run(*w.words(PLANNER, now, *words, "--approver", HEAD, "--approver", "王五"), "--json")
    n = a.json
    check(a.code == 0 and n["left"] == 0 and n["visits"] == 12 and n["places"] == 24, a.out + a.err)
    check(n["declared"] > 6 and 0 < n["beyond"] <= 2 * (12 - n["declared"]), a.out)
    check(all(len(v["team"]) == 2 for v in w.visits(draw)), "everybody has a team")
    w.no(PLANNER, now, *words, "--approver", HEAD, "--approver", "王五", texts=("已经派过组",))
    expect(0, ["draw", "show", draw, *w.where], "另行派组：12 项任务，24 人次", f"批准：{HEAD}、王五")
    check(len([e for e in w.look("ledger", "list")["items"] if e["action"] == "draw.staff"]) == 1, "one entry")
    w.do(PLANNER, LATE, "draw", "reveal", draw)
    for form, more in (("public", []), ("audit", ["--audit"])):
        w.do(PLANNER, LATE, "draw", "export", draw, "--out", f"{w.path}/{form}", *more)
        verified = expect(0, ["dr1", "verify", f"{w.path}/{form}"], "事后按 R 的次序派出", "超出声明的限度")
        check("✗ 0 步" in verified.out, verified.out)
    teams = {line.split("\t")[0]: line.split("\t")[1] for line in read(w.path + "/audit/staff.tsv").decode().splitlines()}
    check(teams == {v["site"]: ",".join(v["team"]) for v in w.visits(draw)}, str(teams))
    explained(w.path, teams)
    expect(0, ["ledger", "verify", *w.where])


def explained(path, teams):
    """Both forms tell a citizen and an inspector of the teams made afterwards; the public one has no recusals."""
    site, team = next(iter(teams.items()))
    for form in ("public", "audit"):
        check(os.path.exists(f"{path}/{form}/conflicts.tsv") == (form == "audit"), form)
        expect(0, ["dr1", "explain", f"{path}/{form}", site], "结论：抽中", "另行派组", team)
        j = expect(0, ["dr1", "explain", f"{path}/{form}", site, "--json"]).json
        check(j["team"] == team and j["drawn"], str(j))
    rows = {line.split("\t")[0] for line in read(path + "/public/result.tsv").decode().splitlines()}
    other = next(line.split("\t")[0] for line in read(path + "/public/objects.tsv").decode().splitlines()
                 if line.split("\t")[0] not in rows)
    expect(0, ["dr1", "explain", path + "/public", other], "没有抽中")
    who = team.split(",")[0]
    count = sum(who in members.split(",") for members in teams.values())
    expect(0, ["dr1", "explain", path + "/audit", who], "另行派组", f"派了 {count} 趟")
    check(expect(0, ["dr1", "explain", path + "/audit", who, "--json"]).json["load"] == count, who)
    expect(0, ["dr1", "explain", path + "/public", who], "另行派组", f"派了 {count} 家", "回避名单")


def test_a_changed_team_is_found():
    w, draw = without_teams()
    w.do(PLANNER, f"{DAY}T15:00", "draw", "staff", draw, "--reason", "人手不够", "--approver", HEAD, "--approver", "王五")
    w.do(PLANNER, LATE, "draw", "reveal", draw)
    w.do(PLANNER, LATE, "draw", "export", draw, "--out", w.path + "/audit", "--audit")
    path = w.path + "/audit/staff.tsv"
    text = read(path)
    os.unlink(w.path + "/audit/SHA256SUMS")
    expect(0, ["dr1", "verify", w.path + "/audit"], "事后按 R 的次序派出")
    write(path, text.replace(b"P-0", b"P-1", 1) if b"P-0" in text.split(b"\n")[0] else text.replace(b"P-1", b"P-0", 1))
    expect(1, ["dr1", "verify", w.path + "/audit"], "✗", "与重新排出的不同")
    os.unlink(path)
    os.mkdir(path)
    expect(1, ["dr1", "verify", w.path + "/audit"], "staff.tsv 不是普通文件")


tap.main(globals())
