"""What is told to somebody who works at the command line for the first time: what there is, what was wrong, what to do."""
import os
import shlex

import tap
from small import HEAD, PLANNER, Small
from tap import check, expect, folder, read, refused, run, write

DAY = "2026-03-10"


def test_a_list_of_visits_says_how_many_there_are_and_how_to_go_on():
    w = Small()
    draw = w.drawn(DAY)
    ids = [v["id"] for v in w.visits(draw)]
    check(len(ids) == 12, str(ids))
    expect(0, ["visits", "list", *w.where], "共列出 12 项")
    expect(0, ["visits", "list", "--most", "5", *w.where], "列出 5 项，共 12 项", "--after " + ids[4])
    expect(0, ["visits", "list", "--most", "8", "--after", ids[4], *w.where], "列出 7 项，到这里列完，共 12 项")
    j = expect(0, ["visits", "list", "--most", "5", *w.where, "--json"]).json
    check(j["total"] == 12 and j["next"] == ids[4], str(j["total"]))
    expect(0, ["visits", "list", "--inspector", "P-99", *w.where], "没有“P-99”的检查任务", "registry show")


def test_an_accepted_visit_shows_name_and_address():
    w = Small()
    more = "id,name,class,county,address\n" + "".join(
        f"{c}-{i:04d},企业{c}之{i},{'key' if i % 2 == 0 else 'general'},{c},{c}大街{i}号\n"
        for c in ("130602", "130606") for i in range(1, 31))
    write(w.path + "/more.csv", more)
    w.do(PLANNER, "2026-01-03T10:00", "import", "sites", w.path + "/more.csv", "--no-report")
    draw = w.drawn(DAY)
    v = w.visits(draw)[0]
    check("地址" not in expect(0, ["visits", "show", v["id"], *w.where]).out, "sealed")
    site = w.do(v["team"][0], f"{DAY}T15:00", "visits", "accept", v["id"], "--inspector", v["team"][0], texts=("地址：", "大街"))
    shown = expect(0, ["visits", "show", v["id"], *w.where], "企业", "地址：", "大街").out
    j = expect(0, ["visits", "show", v["id"], *w.where, "--json"]).json
    check(j["name"] in shown and j["address"] in shown and j["address"] in site.out, str(j))


def test_a_share_is_read_from_a_file_as_it_was_copied():
    w = Small()
    draw = w.prepared(DAY)
    share = w.path + "/share.txt"
    a = expect(0, ["dr1", "commit", "--draw", draw, "--party", "notary", "--out", share, "--json"]).json
    w.freeze(draw, DAY, "--share", "notary=" + a["commitment"])
    w.hold(draw, DAY)
    w.no(PLANNER, f"{DAY}T09:30", "draw", "open", draw, "--share", "notary=" + share, texts=("@文件",))
    w.no(PLANNER, f"{DAY}T09:30", "draw", "open", draw, "--share", "notary=@" + w.slip(draw), texts=("64 位", "不是 PDF"))
    text = read(share).decode().strip().upper()
    write(share, " ".join(text[i:i + 4] for i in range(0, 64, 4)) + "\n")
    w.do(PLANNER, f"{DAY}T09:30", "draw", "open", draw, "--share", "notary=@" + share, texts=("份额已全部公开",))
    w.run(draw, DAY)


def test_a_refused_freeze_and_draw_name_the_option():
    w = Small()
    draw = w.prepared(DAY)
    words = ["draw", "freeze", draw, "--entropy", f"dice 20d10 hall {DAY}T14:00", "--escrow"]
    w.no(PLANNER, f"{DAY}T09:10", *words, w.path + "/none/e.pdf", texts=("没有这个文件夹", "/none/e.pdf", "--escrow"))
    for entropy in ("骰子 大厅", "drand"):
        a = w.no(PLANNER, f"{DAY}T09:10", "draw", "freeze", draw, "--entropy", entropy, "--escrow", w.slip(draw),
                 texts=("--entropy",))
        check("declaration" not in a.err, a.err)
    w.freeze(draw, DAY)
    w.hold(draw, DAY)
    a = w.no(PLANNER, f"{DAY}T14:05", "draw", "run", draw, "--value", "123", texts=("--value",))
    check("record" not in a.err, a.err)


def test_a_time_that_went_ahead_is_told_with_the_way_back():
    w = Small()
    w.do(PLANNER, "2026-12-01T09:00", "registry", "winner", "address", "file", "--reason", "以文件为准")
    w.no(PLANNER, f"{DAY}T09:00", "draw", "prepare", "BD-2026", "2026-Q1", texts=("--now", "mingqian data clock"))


def test_what_changed_between_the_approval_and_the_freeze_is_shown():
    w = Small()
    draw = w.prepared(DAY)
    check("批准以后" not in expect(0, ["draw", "show", draw, *w.where]).out, "nothing has changed")
    for n in (1, 2):
        w.do("赵六", f"{DAY}T09:02", "registry", "edit", f"130602-000{n}", "name=改名", "--reason", "看见招牌换了")
    expect(0, ["draw", "show", draw, *w.where], "批准以后，检查对象名录又有 2 次变更")
    w.freeze(draw, DAY)
    w.do("赵六", f"{DAY}T09:30", "registry", "edit", "130602-0003", "name=改名", "--reason", "看见招牌换了")
    out = expect(0, ["draw", "show", draw, *w.where], "批准以后、锁定以前，检查对象名录又有 2 次变更").out
    words = next(line for line in out.splitlines() if "registry diff" in line).partition("mingqian ")[2].split()
    a = expect(0, [*words, *w.where], "130602-0001", "130602-0002")
    check("130602-0003" not in a.out, a.out)
    moved = w.look("draw", "show", draw)["moved"]
    check([(m["registry"], m["changes"]) for m in moved] == [("sites", 2)], str(moved))


def test_a_reveal_before_the_draw_says_what_is_missing():
    w = Small()
    draw = w.prepared(DAY)
    w.freeze(draw, DAY)
    a = w.no(PLANNER, f"{DAY}T09:30", "draw", "reveal", draw, texts=("还没有抽取", "draw run"))
    check("draw open" not in a.err, a.err)


def test_keys_of_data_that_lie_elsewhere_are_no_new_office():
    data = folder() + "/d"
    db = tap.database()
    expect(0, ["data", "init", data, *db, "--demo"])
    expect(0, ["data", "person", "add", HEAD, "--role", "leader", "--data", data, *db, "--as", PLANNER])
    if tap.POSTGRES:
        refused(1, ["data", "init", data, "--demo"], "--db")
        refused(3, ["registry", "show", "--data", data], "只有密钥", "--db")
        refused(1, ["data", "init", data, *tap.database(), "--demo"], "已经有一本账簿在用")
    else:
        os.rename(data + "/mingqian.db", data + "/elsewhere.db")
        refused(1, ["data", "init", data, "--demo"], "只有密钥", "--db", "新文件夹")
        refused(3, ["registry", "show", "--data", data], "只有密钥", "--db", "data restore")
        os.rename(data + "/elsewhere.db", data + "/mingqian.db")
    expect(0, ["ledger", "verify", "--data", data, *db], "✗ 0 步")


def test_a_year_of_the_made_up_city_lies_where_it_is_told_to():
    path, db = folder() + "/city", tap.database()
    refused(2, ["demo", path, "--db", "postgresql://x/y"], "--year")
    if not tap.POSTGRES:
        return
    a = expect(0, ["demo", path, "--year", *db], f"--db '{db[1]}'")
    check(not os.path.exists(path + "/data/mingqian.db"), "the keys alone")
    for line in a.out.splitlines():
        if line.startswith("  mingqian "):
            expect(0, shlex.split(line)[1:])


def test_a_number_that_means_nothing_is_refused():
    w = Small()
    refused(2, ["plan", "what-if", "BD-2026", "--heads", "-1", *w.where], "--heads")
    expect(0, ["plan", "what-if", "BD-2026", *w.where, "--now", f"{DAY}T09:00"])


def test_other_addresses_and_folders_are_told_in_plain_words():
    data = folder() + "/d"
    refused(1, ["data", "init", data, "--db", "mysql://x/y"], "postgresql://", "mysql://x/y")
    refused(3, ["data", "init", data, "--db", "postgresql://127.0.0.1:1/x"], "打不开数据库", "--db 的网址", "有没有开着")
    a = run("doctor", "--data", "/nowhere")
    check("没有这个文件夹" in a.out + a.err and "No such file" not in a.out + a.err, a.out + a.err)


tap.main(globals())
