"""What was inspected before the system was used: nothing of it may come in beside the system's own draws, or by one person."""
import tap
from small import HEAD, LAWYER, PLANNER, RULES, Small, file
from tap import check, expect

HEADER = "类别,编号,日期,检查类型,次数\n"
CAP = '"cap": {"visits": 2, "counts": ["daily"], "document": "文", "per": "site"}, "limit"'


def bring(w, rows, at, *more, who=PLANNER):
    return [who, at, "plan", "open-balances", file("open.csv", HEADER + "".join(r + "\n" for r in rows)), "--year", "2026", *more]


def test_visits_of_the_time_of_the_own_draws_do_not_come_in():
    w = Small()
    early = "检查,130602-0001,2026-03-05,日常,1"
    w.do(*bring(w, [early], "2026-03-09T09:00"), texts=("检查 1 条",))  # nothing is drawn here yet
    draw = w.drawn("2026-03-10", "2026-Q1")
    first = ("本系统对这个地区的第一次抽取是 " + draw + "（2026-Q1，2026-01-01 起）", "visits done", "visits undo")
    both = ("--approver", HEAD)
    for kind in ("日常", "专项", "联合", "", "复查+日常"):
        w.no(*bring(w, [early, f"检查,130602-0002,2026-03-06,{kind},1"], "2026-03-11T09:00", *both), texts=("第 3 行", *first))
    # a second visit of a day that was there is one more; an id that no registry has may become anything
    w.no(*bring(w, [early[:-1] + "2"], "2026-03-11T09:00", *both), texts=("第 2 行", *first))
    w.do(*bring(w, [early, "检查,130699-0001,2026-03-06,日常,1"], "2026-03-11T09:00", *both), code=1, texts=("第 3 行", *first))
    rest = ["检查,130602-0002,2026-03-06,个案,1", "频次,130602-0003,2026-03-06,,1", "任务量,P-1,2026-03-06,,3"]
    w.do(*bring(w, [early, *rest], "2026-03-11T09:01", *both), texts=("检查 2 条", "替换了原来记着的 1 条"))
    check(w.look("ledger", "verify")["failed"] == 0, "the ledger fits")


def test_a_cancelled_draw_is_none():
    w = Small()
    draw = w.prepared("2026-03-10", "2026-Q1")
    one = ["检查,130602-0002,2026-02-06,日常,1"]
    w.no(*bring(w, one, "2026-03-10T09:10"), texts=("第 2 行", draw))
    w.do(PLANNER, "2026-03-10T09:11", "draw", "cancel", draw, "--reason", "先导入年初数据")
    w.do(*bring(w, one, "2026-03-10T09:12"), texts=("检查 1 条",))


def test_a_change_takes_a_head_who_did_not_import_it():
    w = Small()
    for who, role, by in ((HEAD, "leader", None), (PLANNER, "planner", HEAD), (LAWYER, "legal", HEAD)):
        w.do(HEAD if by is None else PLANNER if who != PLANNER else "赵六", "2026-01-05T09:00", "data", "person", "add", who,
             "--role", role, *(["--approver", by] if by else []))
    one, two = "检查,130602-0001,2026-01-03,日常,1", "检查,130602-0002,2026-01-03,日常,1"
    w.no(*bring(w, [one], "2026-01-06T09:00"), texts=("另一名负责人同意", "--approver", "改年初数据"))
    for name, why in ((PLANNER, "不能自己批准"), (LAWYER, "不在人员名单的负责人里"), ("某甲", "不在人员名单的负责人里")):
        w.no(*bring(w, [one], "2026-01-06T09:00", "--approver", name), texts=(why,))
    w.do(*bring(w, [one], "2026-01-06T09:00", "--approver", HEAD), texts=("检查 1 条",))
    for rows in ([one, two], [two]):
        w.no(*bring(w, rows, "2026-01-06T09:01"), texts=("张三 已经导入过", "另一名负责人同意", "--approver"))
    w.no(*bring(w, [one, two], "2026-01-06T09:01", "--approver", PLANNER), texts=("不能自己批准",))
    w.no(*bring(w, [one, two], "2026-01-06T09:01", "--approver", LAWYER), texts=("不在人员名单的负责人里",))
    w.no(*bring(w, [one, two], "2026-01-06T09:01", "--approver", HEAD, who=HEAD), texts=("不能自己批准",))
    check(w.look("plan", "balances", "--year", "2026")["rows"] == 1, "nothing was changed")
    w.do(*bring(w, [one, two], "2026-01-06T09:02", "--approver", HEAD), texts=("检查 2 条",))
    w.no(*bring(w, [two], "2026-01-06T09:03", "--approver", HEAD), texts=("--reason",))
    w.do(*bring(w, [two], "2026-01-06T09:03", "--approver", HEAD, "--reason", "重复录入"), texts=("检查 1 条",))
    shown = w.look("plan", "balances", "--year", "2026")
    check(shown["file"].endswith("open.csv；同意：局长；原因：重复录入"), shown["file"])
    check(w.look("ledger", "verify")["failed"] == 0, "the ledger fits")


def test_who_approves_a_draw_sees_whom_the_openings_spare():
    w = Small()
    draw = w.prepared("2026-03-10")
    check(w.look("draw", "show", draw)["opening"] is None, "nothing was brought")
    check("年初数据" not in expect(0, ["draw", "show", draw, *w.where]).out, "nothing was brought")
    w.do(PLANNER, "2026-03-10T09:02", "draw", "cancel", draw, "--reason", "先导入年初数据")
    rows = ["频次,130602-0001,2026-01-02,,5", "频次,130602-0002,2026-01-02,,5"]
    w.do(*bring(w, rows, "2026-03-10T09:03"), texts=("频次 2 条",))
    said = "2026 年的年初数据计 2 条（"
    w.do(PLANNER, "2026-03-10T09:04", "draw", "prepare", "BD-2026", "2026-Q1")
    draw = draw[:-1] + "2"
    expect(0, ["draw", "show", draw, *w.where], said, "张三 导入，没有人同意过")
    w.do(*bring(w, [*rows, "频次,130602-0003,2026-01-02,,5"], "2026-03-10T09:05", "--approver", HEAD))
    said = ("2026 年的年初数据计 3 条（", "open.csv）：张三 导入，局长 同意")
    expect(0, ["draw", "show", draw, *w.where], *said)
    w.do(LAWYER, "2026-03-10T09:06", "draw", "approve", draw, "--for", "legal", texts=("已批准抽取", *said))
    shown = w.look("draw", "show", draw)["opening"]
    check(shown["file"].endswith("open.csv") and {k: v for k, v in shown.items() if k != "file"} ==
          {"actor": PLANNER, "approver": HEAD, "rows": 3, "year": 2026}, str(shown))


def test_sites_above_their_cap_are_counted_and_named():
    w = Small(rules=RULES.replace('"limit"', CAP))
    rows = ["检查,130602-0001,2026-01-01,日常,3", "检查,130602-0002,2026-01-01,日常,2", "频次,130606-0001,2026-01-01,,4"]
    told = ("已经超过的有 2 家", "130602-0001（3 次，上限 2 次）", "130606-0001（4 次，上限 2 次）")
    a = w.do(*bring(w, rows, "2026-01-05T09:00"), texts=("检查 2 条",))
    check(all(t in a.err + a.out for t in told) and "130602-0002" not in a.err + a.out, a.err + a.out)
    a = w.do(PLANNER, "2026-01-05T09:01", "plan", "balances", "--year", "2026", texts=("现在记着 3 条",))
    check(all(t in a.err + a.out for t in told), a.err + a.out)
    check(len(w.look("plan", "balances", "--year", "2026", "--now", "2026-01-05T09:02")["notes"]) == 1, "in JSON too")


tap.main(globals())
