"""What must not tell which sites a draw that is still sealed holds: sentences, and the lists of another draw."""
import os

import small
import tap
from small import PLANNER, Small
from tap import check, expect, read


def test_a_draw_without_teams_names_no_site():
    s = Small(small.people("130602"))  # nobody for the other county
    refused = ("按现在的人手，这一次抽出来排不出检查组", "抽了不能重来", "--understaffed", "draw staff")
    # the check says before what the freeze says then, of the daily draw and of a campaign's own
    a = s.do(PLANNER, "2026-01-05T08:00", "plan", "check", "BD-2026", "--period", "2026-Q1", code=1, texts=("【不能冻结】", *refused))
    check("不影响冻结" not in a.out + a.err, a.out)
    check("重点专项”单独抽取，人手单独算：按现在的人手" in a.out, a.out)
    draw = s.prepared("2026-01-05")
    a = s.freeze(draw, "2026-01-05", code=1, texts=refused)
    check("130606-" not in a.out + a.err and "130602-" not in a.out + a.err, a.err)
    s.freeze(draw, "2026-01-05", "--understaffed")
    s.hold(draw, "2026-01-05")
    a = s.run(draw, "2026-01-05", code=1, texts=("莲池区", "排不满"))
    check("130606-" not in a.out + a.err and "130602-" not in a.out + a.err, a.err)
    check("P-" not in a.out + a.err, a.err)


def test_lists_wait_for_the_draw_whose_sites_they_left_out():
    s = Small()
    daily = s.drawn("2026-01-05")
    campaign = s.drawn("2026-01-06", pool="zx")
    s.finish(campaign, "2026-01-07")
    a = s.no(PLANNER, "2026-01-08T09:00", "draw", "reveal", campaign, texts=(daily, "2026-04-15"))
    check("130602-" not in a.err, a.err)
    s.no(PLANNER, "2026-01-08T09:00", "draw", "export", campaign, "--out", s.path + "/audit", "--audit", texts=("还没有揭示",))
    s.do(PLANNER, "2026-01-08T09:00", "draw", "export", campaign, "--out", s.path + "/early")
    check(not os.path.exists(s.path + "/early/objects.tsv"), "no list goes out")
    s.finish(daily, "2026-01-09")
    s.do(PLANNER, "2026-01-10T09:00", "draw", "reveal", daily)
    s.do(PLANNER, "2026-01-10T09:00", "draw", "reveal", campaign)
    s.do(PLANNER, "2026-01-10T09:00", "draw", "export", campaign, "--out", s.path + "/public")
    objects = read(s.path + "/public/objects.tsv").decode()
    held = [v["site"] for v in s.visits(daily) if int(v["site"][-4:]) % 2 == 0]
    strata = {line.split("\t")[0]: line.split("\t")[1] for line in objects.splitlines()}
    check(held and all(".x." in strata[i] for i in held), "the campaign draws none of those that the daily draw held")
    words = {stratum.split(".")[-1] for stratum in strata.values()}
    check(len(words) == 1 and len(words.pop()) == 16, "nobody can guess the list")
    expect(0, ["dr1", "verify", s.path + "/public"])


def test_an_open_draw_waits_for_the_reveal_of_a_sealed_one():
    s = Small()
    daily = s.drawn("2026-01-05")
    campaign = "130600-2026-0002"
    s.do(PLANNER, "2026-01-06T09:00", "draw", "prepare", "BD-2026", "2026-Q1", "--pool", "zx", "--open", texts=(campaign, "注意", daily))
    s.do(small.LAWYER, "2026-01-06T09:01", "draw", "approve", campaign, "--for", "legal")
    freeze = ("draw", "freeze", campaign, "--entropy", "dice 20d10 hall 2026-01-10T14:00")
    a = s.no(PLANNER, "2026-01-06T09:10", *freeze, texts=(daily, "不带 --open"))
    check("130602-" not in a.err and "130606-" not in a.err and "家" not in a.err.replace("一家", ""), a.err)
    s.finish(daily, "2026-01-07")
    s.no(PLANNER, "2026-01-08T09:00", *freeze, texts=(daily,))
    s.do(PLANNER, "2026-01-08T09:00", "draw", "reveal", daily)
    s.do(PLANNER, "2026-01-08T09:10", *freeze)
    s.do(PLANNER, "2026-01-08T09:20", "draw", "export", campaign, "--out", s.path + "/open")
    check(os.path.exists(s.path + "/open/objects.tsv"), "its lists are public at once")


def test_on_the_hard_day_lists_wait_for_nobody():
    s = Small()
    s.drawn("2026-01-05")
    campaign = s.drawn("2026-01-06", pool="zx")
    s.no(PLANNER, "2026-04-14T23:59", "draw", "reveal", campaign)
    s.do(PLANNER, "2026-04-15T00:00", "draw", "reveal", campaign)


def test_a_recusal_that_names_a_site_held_elsewhere_is_not_told_as_unknown():
    recusals = "id,inspector,target,kind\n" + "".join(f"R-{i},P-0,130602-{i:04d},亲属\n" for i in range(1, 31)) + \
        "R-99,P-0,130602-9999,亲属\n"
    s = Small()
    s.do("赵六", "2026-01-03T09:00", "import", "recusals", small.file("r.csv", recusals), "--no-report")
    s.drawn("2026-01-05")
    draw = s.prepared("2026-01-06", pool="zx")
    a = s.freeze(draw, "2026-01-06")
    check("130602-9999" in a.err + a.out, "an id that is in no registry is told")
    check("130602-00" not in a.err + a.out, a.err)


if __name__ == "__main__":
    tap.main(globals())
