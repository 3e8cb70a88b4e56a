"""The list of people who may approve, sign and hold a share; and evidence that is none."""
import sqlite3

import small
import tap
from small import HEAD, LAWYER, PLANNER, SITES, Small, file
from tap import check, expect, folder, write

DAY = "2026-03-10"


def test_people_are_listed_and_others_do_not_count():
    w, now = Small(), f"{DAY}T08:00"
    person = ["data", "person"]
    w.no(PLANNER, now, *person, "add", HEAD, "--role", "king", texts=("king",))
    w.do(PLANNER, now, *person, "add", HEAD, "--role", "leader", texts=("已登记",))
    w.no(PLANNER, now, *person, "add", LAWYER, "--role", "legal", texts=("另一人同意",))
    w.do(PLANNER, now, *person, "add", LAWYER, "--role", "legal", "--approver", HEAD)
    w.do(PLANNER, now, *person, "add", "赵九", "--role", "archive", "--approver", LAWYER)
    w.do(PLANNER, now, *person, "leave", "赵九", "--role", "archive", "--approver", LAWYER, texts=("已离任",))
    items = w.look(*person, "list")["items"]
    check([(p["name"], p["role"], p["left_at"] is None) for p in items] ==
          [(HEAD, "leader", True), (LAWYER, "legal", True), ("赵九", "archive", False)], str(items))
    expect(0, [*person, "list", *w.where], "负责人", "法制", "档案")
    w.no(PLANNER, now, "draw", "prepare", "BD-2026", "2026-Q1", texts=("不在人员名单的", HEAD))
    w.do(PLANNER, now, *person, "add", PLANNER, "--role", "planner", "--approver", HEAD)
    draw = w.prepared(DAY)
    w.freeze(draw, DAY)
    w.no("赵九", f"{DAY}T09:20", "draw", "hold", draw, "--for", "archive", texts=("不在人员名单的档案",))
    w.do(PLANNER, f"{DAY}T09:20", *person, "add", "赵九", "--role", "archive", "--approver", LAWYER)
    share = folder() + "/share"
    write(share, "00" * 32 + "\n")
    hold = ["draw", "hold", draw, "--for", "archive"]
    w.no("赵九", f"{DAY}T09:20", *hold, "--share-file", share, texts=("打不开",))
    w.do("赵九", f"{DAY}T09:20", *hold)
    expect(0, ["ledger", "verify", *w.where])


STRANGER = "路人甲"


def listed():
    """An office whose list has begun, with a draw whose visits its teams have accepted, and one of them."""
    w, person = Small(), ["data", "person", "add"]
    w.do(PLANNER, f"{DAY}T08:00", *person, HEAD, "--role", "leader")
    for name, role in ((PLANNER, "planner"), (LAWYER, "legal"), ("王五", "discipline"), ("钱七", "archive")):
        w.do(PLANNER, f"{DAY}T08:00", *person, name, "--role", role, "--approver", HEAD)
    return w


def test_only_who_is_on_the_list_prepares_plans_and_edits():
    w, now = listed(), f"{DAY}T09:00"
    for words in (["draw", "prepare", "BD-2026", "2026-Q1"],
                  ["plan", "new", "BD-2026", "--year", "2026"],
                  ["registry", "edit", "130602-0001", "name=改名", "--reason", "看见招牌换了"],
                  ["registry", "undo", "1", "--reason", "导错了文件"],
                  ["registry", "winner", "address", "file", "--reason", "以文件为准"],
                  ["import", "sites", file("more.csv", SITES + "130602-0099,新来的,general,130602,major\n"), "--no-report"]):
        for who in (STRANGER, LAWYER):
            w.no(who, now, *words, texts=(f"“{who}”不在人员名单的负责人、双随机管理员里", HEAD, "--as"))
    w.do(PLANNER, now, "registry", "edit", "130602-0001", "name=改名", "--reason", "看见招牌换了")
    w.do(HEAD, now, "draw", "prepare", "BD-2026", "2026-Q1")


def test_a_visit_is_ended_by_those_who_were_there():
    w = listed()
    draw = w.prepared(DAY)
    w.no(STRANGER, f"{DAY}T09:10", "draw", "freeze", draw, "--entropy", f"dice 20d10 hall {DAY}T14:00", "--escrow",
         w.slip(draw), texts=("不在人员名单",))
    w.freeze(draw, DAY)
    w.hold(draw, DAY)
    w.run(draw, DAY)
    one, two = w.visits(draw)[:2]
    gone, stays = one["team"]
    w.do(stays, f"{DAY}T15:00", "visits", "accept", one["id"], "--inspector", stays)
    w.do(PLANNER, f"{DAY}T15:01", "draw", "replace", one["id"], "--why", "illness", "--member", gone, "--reason", "住院",
         "--approver", HEAD)
    now = w.look("visits", "show", one["id"])["team"]
    check(gone not in now and stays in now, str(now))
    write(w.path + "/photo.jpg", "x")
    end = ["visits", "end", one["id"], "--why", "refused", "--reason", "拒绝进厂", "--evidence", w.path + "/photo.jpg",
           "--approver", HEAD, "--approver", LAWYER]
    for who in (STRANGER, gone):
        w.no(who, f"{DAY}T15:02", *end, texts=("不在检查任务", "不能终结检查"))
        w.no(who, f"{DAY}T15:02", "visits", "done", one["id"], texts=("不在检查任务", "不能登记检查"))
    w.do(stays, f"{DAY}T15:03", *end)
    w.do(two["team"][0], f"{DAY}T15:04", "visits", "accept", two["id"], "--inspector", two["team"][0])
    end[2] = two["id"]
    w.do(PLANNER, f"{DAY}T15:05", *end)
    expect(0, ["ledger", "verify", *w.where])


def test_a_visit_by_somebody_whose_certificate_had_ended_is_none():
    ends = "2026-03-20"
    rows = [r.replace("2030-12-31", ends) if r.startswith("P-1,") else r for r in small.people("").splitlines()]
    w = Small(staff="\n".join(rows) + "\n")
    draw = w.drawn(DAY)
    v = next(v for v in w.visits(draw) if "P-1" in v["team"])
    other = next(p for p in v["team"] if p != "P-1")
    w.do(other, f"{DAY}T15:00", "visits", "accept", v["id"], "--inspector", other)
    w.no(other, "2026-03-25T09:00", "visits", "done", v["id"], "--day", "2026-03-21",
         texts=("P-1 在 2026-03-21 没有有效的执法证", "draw replace", "--member P-1"))
    w.no(other, "2026-03-25T09:00", "visits", "done", v["id"])
    w.do(other, "2026-03-25T09:00", "visits", "done", v["id"], "--day", ends)
    more = next(x for x in w.visits(draw, "planned") if "P-1" in x["team"])
    w.do(PLANNER, "2026-03-25T09:01", "registry", "edit", "P-1", "--registry", "inspectors",
         "certificate_until=2030-12-31", "--reason", "换了新证")
    w.do("P-1", "2026-03-25T09:02", "visits", "accept", more["id"], "--inspector", "P-1")
    w.do("P-1", "2026-03-25T09:03", "visits", "done", more["id"])


def test_an_empty_file_is_no_evidence():
    w = Small()
    write(w.path + "/photo.jpg", "")
    w.no(PLANNER, f"{DAY}T09:00", "visits", "end", "X", "--why", "refused", "--reason", "拒检", "--evidence",
         w.path + "/photo.jpg", "--approver", HEAD, "--approver", LAWYER, texts=("是空的",))


def sql(w, text):
    """In the database, past the program."""
    if tap.POSTGRES:
        tap.psql(w.where[3], text)
        return
    with sqlite3.connect(w.where[1] + "/mingqian.db") as db:
        db.executescript(text)
    db.close()


def failed(w):
    return w.look("ledger", "verify")["failed"]


def test_a_row_that_no_act_has_made_agrees_to_nobody():
    w, now = listed(), f"{DAY}T08:10"
    sql(w, "insert into person (name, role, at, actor, left_at) values ('某甲', 'leader', 1, '张三', 0);")
    for words in (["add", STRANGER, "--role", "leader"], ["leave", LAWYER, "--role", "legal"]):
        w.no(PLANNER, now, "data", "person", *words, "--approver", "某甲", texts=("某甲", "账簿里却没有登记", "ledger verify"))
    sql(w, "delete from person where name = '某甲';")
    check(failed(w) == 0, "nothing was done")


def test_a_list_whose_rows_are_gone_for_a_moment_does_not_begin_again():
    w, now = listed(), f"{DAY}T08:10"
    sql(w, "update person set left_at = at;")
    add = ["data", "person", "add", STRANGER, "--role", "leader"]
    w.no(PLANNER, now, *add, texts=("账簿里登记过", "ledger verify"))
    w.no(PLANNER, now, *add, "--approver", HEAD, texts=("账簿里登记过", "ledger verify"))
    w.no(PLANNER, now, "draw", "prepare", "BD-2026", "2026-Q1", texts=("账簿里登记过", "ledger verify"))
    sql(w, "update person set left_at = 0;")
    check(failed(w) == 0, "nothing was done")


def test_the_last_one_stays_whatever_rows_stand_beside_him():
    w, now = Small(), f"{DAY}T08:10"
    w.do(PLANNER, now, "data", "person", "add", HEAD, "--role", "leader")
    sql(w, "insert into person (name, role, at, actor, left_at) values ('某甲', 'leader', 1, '张三', 0);")
    w.no(PLANNER, now, "data", "person", "leave", HEAD, "--role", "leader", "--approver", "某甲", texts=("最后一人",))


def test_a_verification_asks_who_agreed_to_each_change_of_the_list():
    w, now = listed(), f"{DAY}T08:10"
    w.do(PLANNER, now, "data", "person", "leave", LAWYER, "--role", "legal", "--approver", HEAD)
    check(failed(w) == 0, "as it should be")
    sql(w, "update person set left_at = 0 where role = 'legal';"
        "update ledger_entry set action = 'person.went' where action = 'person.leave';")
    w.do(PLANNER, f"{DAY}T08:11", "data", "person", "add", STRANGER, "--role", "leader", "--approver", LAWYER)
    sql(w, "update person set left_at = (select time from ledger_entry where action = 'person.went') where role = 'legal';"
        "update ledger_entry set action = 'person.leave' where action = 'person.went';")
    expect(1, ["ledger", "verify", *w.where], STRANGER, "同意的人", LAWYER)


tap.main(globals())
