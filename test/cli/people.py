"""The list of people who may approve, sign and hold a share; and evidence that is none."""
import tap
from small import HEAD, LAWYER, PLANNER, Small
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


def test_an_empty_file_is_no_evidence():
    w = Small()
    write(w.path + "/photo.jpg", "")
    w.no(PLANNER, f"{DAY}T09:00", "visits", "end", "X", "--why", "refused", "--reason", "拒检", "--evidence",
         w.path + "/photo.jpg", "--approver", HEAD, "--approver", LAWYER, texts=("是空的",))


tap.main(globals())
