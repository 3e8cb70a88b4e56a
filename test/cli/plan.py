"""Annual plans on the command line: new, check, what-if, submit, approve, extend, opening balances, show."""
import functools
import os

import tap
from small import PLANNER, Small
from tap import check, expect, refused, run

SITES = "id,name,class,county,special,permit_class\n" + "".join(
    f"130602-{i:04d},企业{i},{'key' if i % 4 == 0 else 'general'},130602,{1 if i % 10 == 0 else ''},major\n"
    for i in range(1, 101))
PEOPLE = "id,name,certificate,certificate_until,districts,since\n" + "".join(
    f"P-{i},人{i},03-{i},2030-12-31,,{'2010' if i % 2 else '2025'}-01-01\n" for i in range(1, 9))
MATTERS = "id,name,kinds\nM-1,排污许可,\n"
RULES = """{"format": "mingqian-rules-1", "id": "r", "title": "试", "body": "局", "level": "city", "document": "某计划",
"from": "2026-01-01", "teams": [{"need": 2, "min_senior": 1}], "milestones": {"draw_by": 15, "extension_days": 10}, "rules": [
{"id": "key", "title": "重点", "who": {"classes": ["key"]}, "basis": {"percent": 10}, "period": "quarter"},
{"id": "general", "title": "一般", "who": {"classes": ["general"]}, "basis": {"per_inspector": 5}, "period": "year"}]}"""


def file(name, text):
    path = os.path.join(tap.folder(), name)
    tap.write(path, text)
    return path


@functools.cache
def first_data():
    where = tap.office()
    options = [*where, "--now", "2026-03-02T09:00"]
    for kind, text in (("sites", SITES), ("inspectors", PEOPLE), ("matters", MATTERS)):
        expect(0, ["import", kind, file(kind + ".csv", text), *options, "--out", tap.folder()])
    expect(0, ["rules", "import", file("r.json", RULES), "--reason", "试", *options])
    return where


def data():
    return [*tap.copy(first_data()), "--now", "2026-03-02T09:00"]


def test_a_plan_from_draft_to_approval():
    d = data()
    lines = file("lines.csv", "编号,类别,名称,目标,范围\nzx,专项,专项,10%,class=key\n")
    expect(0, ["plan", "new", "BD-2026", "--year", "2026", "--lines", lines, *d, "--as", "张三"], "第 1 版：草稿")
    refused(1, ["plan", "new", "BD-2026", "--year", "2026", *d, "--as", "张三"], "还有一版没有办完")
    refused(1, ["plan", "approve", "BD-2026", *d, "--as", "李四"], "没有待批的版本")
    expect(0, ["plan", "submit", "BD-2026", *d, "--as", "张三"], "待批")
    refused(1, ["plan", "approve", "BD-2026", *d, "--as", "张三"], "不能批准自己的计划")
    expect(0, ["plan", "approve", "BD-2026", *d, "--as", "李四"], "已批准")
    a = expect(0, ["plan", "show", "BD-2026", *d], "编制 张三", "审批 李四", "每名执法人员 5 家", "zx")
    check("2026-Q4" in a.out and "campaign" not in a.out, a.out)
    refused(1, ["plan", "approve", "BD-2026", *d, "--as", "李四"], "第 1 版已经批准，不用再批")
    j = run("plan", "show", "BD-2026", *d, "--json").json
    check(j["state"] == "approved" and j["version"] == 1 and len(j["milestones"]) == 4, j)
    check(run("plan", "show", *d, "--json").json["plans"][0]["id"] == "BD-2026", "list")
    refused(1, ["plan", "show", "BD-2027", *d], "没有这份计划")
    a = expect(0, ["ledger", "list", *d[:-2]])
    check("批准计划" in a.out and "送审计划" in a.out, a.out)


def test_check_and_what_if():
    d = data()
    expect(0, ["plan", "new", "BD-2026", "--year", "2026", *d, "--as", "张三"])
    expect(0, ["plan", "check", "BD-2026", *d], "在册 N=25，每季度10%", "计数 8 人")
    j = run("plan", "check", "BD-2026", *d, "--json").json
    rules = {r["id"]: r for r in j["rules"]}
    check(rules["key"]["required"] == 3 and rules["key"]["need"] == 3 and rules["key"]["possible"], rules["key"])
    check(rules["general"]["required"] == 40 and rules["general"]["need"] == 10, rules["general"])
    check(j["stops"] == 0 and j["drawn"] == 13 and j["sites"] == 100, j)
    check(j["counties"] == [{"code": "130602", "county": "", "sites": 100, "uncovered": 0, "visited": 0}], j["counties"])
    check(run("plan", "check", "BD-2026", "--period", "2026-Q4", *d, "--json").json["period"] == "2026-Q4", "period")
    refused(1, ["plan", "check", "BD-2026", "--period", "2026-05", *d], "没有这份计划、这一版或这个期次")
    refused(1, ["plan", "check", "BD-2026", "--sites", "99", *d], "没有第 99 条冲突")
    refused(2, ["plan", "check", "BD-2026", "--day", "昨天", *d], "--day")
    expect(0, ["plan", "check", "BD-2026", "--open", "key.members", *d], "“重点”在册 25", "列出 25 行")
    a = expect(0, ["plan", "check", "BD-2026", "--open", "key.left", "--json", *d]).json
    check(a["cell"] == "key.left" and "key.required" in a["words"] and a["rows"] == [], str(a))
    refused(2, ["plan", "check", "BD-2026", "--open", "key.nothing", *d], "members、required")
    a = expect(0, ["plan", "what-if", "BD-2026", "--ratio", "key=20%", "--heads", "16", *d], "算法")
    check("本期检查（家）" in a.out, a.out)
    j = run("plan", "what-if", "BD-2026", "--ratio", "key=20%", "--heads", "16", *d, "--json").json
    check(j["before"]["periods"][0] == 13 and j["after"]["periods"][0] == 25, j)
    chances = j["before"]["chances"][0]
    check(chances["id"] == "key" and 999990 <= sum(chances["millionths"]) <= 1000010, chances)
    refused(1, ["plan", "what-if", "BD-2026", "--ratio", "no=1", *d], "计划项目里没有 no")
    refused(2, ["plan", "what-if", "BD-2026", "--ratio", "key=a", *d], "--ratio")
    check("本人" not in expect(0, ["plan", "what-if", "BD-2026", "--limit", "1", *d]).out, "nobody has a limit of his own")
    for limit in ("0", "-1", "100000"):
        refused(2, ["plan", "what-if", "BD-2026", "--limit", limit, *d], "--limit")
    expect(0, ["registry", "edit", "P-1", "--registry", "inspectors", "limit=20", "--reason", "本人上限", *d])
    expect(0, ["plan", "what-if", "BD-2026", "--limit", "1", *d], "有 1 人在名录里写了本人的", "P-1", "--registry inspectors")
    refused(1, ["plan", "new", "CJ-2026", "--year", "2026", "--body", "999999", *d], "999999", "130600（市局）", "130602（竞秀区）")
    refused(1, ["plan", "new", "CJ-2026", "--year", "2026", "--body", "133100", *d], "130600（市局）")


def test_a_clash_stops_and_lists_its_sites():
    d = data()
    rules = RULES.replace('"milestones"', '"cap": {"visits": 1, "counts": ["daily"], "document": "文", "per": "site"},'
                          ' "milestones"').replace('"percent": 10', '"percent": 20').replace('"id": "r"', '"id": "cap"')
    expect(0, ["rules", "import", file("cap.json", rules), "--reason", "试", *d])
    used = "类别,编号\n" + "".join(f"频次,130602-{i:04d}\n" for i in range(4, 97, 4))
    expect(0, ["plan", "open-balances", file("o.csv", used), "--year", "2026", *d], "频次 24 条")
    expect(0, ["plan", "new", "C-2026", "--year", "2026", "--rules", "cap", *d, "--as", "张三"])
    a = expect(1, ["plan", "check", "C-2026", *d], "【不能冻结】", "还缺 4 家", "办法：")
    number = a.out.split("【不能冻结】 ")[1].split(".")[0]
    a = expect(0, ["plan", "check", "C-2026", "--sites", number, "--most", "5", *d], "130602-0004")
    check(a.out.count("130602-") == 5, a.out)
    j = run("plan", "check", "C-2026", "--sites", number, *d, "--json").json
    check(len(j["sites"]) == 24, j)


def test_openings_and_extensions():
    d = data()
    expect(0, ["plan", "new", "BD-2026", "--year", "2026", *d, "--as", "张三"])
    refused(1, ["plan", "open-balances", file("o.csv", "类别,编号,日期\n检查,130602-0004,2026-03-03\n"), "--year", "2026", *d],
            "第 2 行", "本年已过的日期")
    expect(0, ["plan", "open-balances", file("o.csv", "类别,编号,日期\n检查,130602-0004,2026-02-02\n"), "--year", "2026", *d],
           "检查 1 条")
    refused(1, ["plan", "open-balances", file("e.csv", "类别,编号,日期\n"), "--year", "2026", *d], "一行数据也没有")
    refused(1, ["plan", "open-balances", file("y.csv", "类别,编号,日期\n检查,130602-0004,2025-02-02\n"), "--year", "2026",
                *d], "不是 2026 年的")
    j = run("plan", "check", "BD-2026", *d, "--json").json
    check([r["done"] for r in j["rules"] if r["id"] == "key"] == [1], j["rules"])
    head = ["--approver", "李四"]
    expect(0, ["plan", "open-balances", file("f.csv", "类别,编号,日期,次数\n检查,130602-0004,２０２６－０２－０２,１\n"), "--year",
               "2026", *head, *d[:-1], "2026-03-02T09:01"], "检查 1 条", "替换了原来记着的 1 条")
    two = "类别,编号,日期\n检查,130602-0004,2026-02-02\n检查,130602-0008,2026-02-02\n"
    expect(0, ["plan", "open-balances", file("t.csv", two), "--year", "2026", *head, *d[:-1], "2026-03-02T09:02"], "检查 2 条")
    one = ["plan", "open-balances", file("o.csv", two[:two.rindex("检查")]), "--year", "2026", *head, *d[:-1], "2026-03-02T09:03"]
    refused(1, one, "原来记着 2 条", "--reason")
    expect(0, [*one, "--reason", "重复录入"], "替换了原来记着的 2 条")
    expect(0, ["plan", "balances", "--year", "2026", *d[:-2]], "130602-0004", "现在记着 1 条", "重复录入")
    refused(1, one, "一字不差")
    refused(1, ["plan", "balances", "--year", "2025", *d[:-2]], "没有导入过")
    d[-1] = "2026-03-02T09:04"
    refused(3, ["plan", "open-balances", "/no/such.csv", "--year", "2026", *d])
    refused(1, ["plan", "extend", "BD-2026", "--period", "2026-Q1", "--days", "5", "--reason", "雪", *d])
    expect(0, ["plan", "submit", "BD-2026", *d, "--as", "张三"])
    expect(0, ["plan", "approve", "BD-2026", *d, "--as", "李四"])
    expect(0, ["plan", "extend", "BD-2026", "--period", "2026-Q1", "--days", "5", "--reason", "雪", *d, "--as", "张三"],
           "延期第 1 号")
    refused(1, ["plan", "extend", "BD-2026", "--decide", "1", *d, "--as", "张三"], "不能自己批准")
    expect(0, ["plan", "extend", "BD-2026", "--decide", "1", *d, "--as", "李四"], "同意")
    refused(1, ["plan", "extend", "BD-2026", "--period", "2026-Q1", "--days", "6", "--reason", "雪", *d], "再延 5 天")
    expect(0, ["plan", "show", "BD-2026", *d], "延 5 天，同意（雪）")


def test_a_plan_is_returned_with_a_reason():
    d = data()
    expect(0, ["plan", "new", "BD-2026", "--year", "2026", *d, "--as", "张三"])
    expect(0, ["plan", "submit", "BD-2026", *d, "--as", "张三"])
    expect(0, ["plan", "approve", "BD-2026", "--return", "请补联合检查", *d, "--as", "李四"], "已退回")
    check(run("plan", "show", "BD-2026", *d, "--json").json["reason"] == "请补联合检查", "reason")
    expect(0, ["plan", "show", "BD-2026", *d], "已退回的原因：请补联合检查")
    expect(0, ["plan", "new", "BD-2026", "--year", "2026", *d, "--as", "张三"], "第 2 版")
    refused(1, ["plan", "new", "X 1", "--year", "2026", *d], "计划编号")
    refused(1, ["plan", "new", "BD-2026", "--year", "2027", "--rules", "r", *d], "同号")


def test_a_draft_is_dropped():
    d = data()
    expect(0, ["plan", "new", "BD-2026", "--year", "2026", *d, "--as", "张三"])
    refused(2, ["plan", "drop", "BD-2026", *d, "--as", "张三"], "--reason")
    expect(0, ["plan", "drop", "BD-2026", "--reason", "编错了范围", *d, "--as", "张三"], "第 1 版：已作废")
    refused(1, ["plan", "drop", "BD-2026", "--reason", "编错了范围", *d, "--as", "张三"], "没有草稿可以作废")
    expect(0, ["plan", "show", "BD-2026", *d], "已作废", "作废 张三", "已作废的原因：编错了范围")
    expect(0, ["plan", "show", *d], "已作废")
    refused(1, ["plan", "submit", "BD-2026", *d, "--as", "张三"], "没有待提交的草稿")
    expect(0, ["plan", "new", "BD-2026", "--year", "2026", *d, "--as", "张三"], "第 2 版：草稿")
    check("作废计划草稿" in expect(0, ["ledger", "list", *d[:-2]]).out, "ledger")
    expect(0, ["ledger", "verify", *d[:-2]])


def test_a_finished_period_is_only_looked_back_on():
    d = data()
    where = d[:-2]
    expect(0, ["plan", "new", "BD-2026", "--year", "2026", *d, "--as", "张三"])
    a = expect(0, ["plan", "check", "BD-2026", "--period", "2026-Q1", *where, "--now", "2026-05-11T09:00"],
               "2026-Q1（已经结束，不能再抽）", "欠 3 家，这一期已经结束")
    check("以后各期" not in a.out and "排得满" not in a.out and "人次" not in a.out, a.out)
    j = run("plan", "check", "BD-2026", "--period", "2026-Q1", *where, "--now", "2026-05-11T09:00", "--json").json
    check(j["ended"] and j["drawn"] == 0 and j["rules"][0]["left"] == 3 and j["rules"][0]["need"] == 0, j)


def test_drawn_visits_wait_and_are_done_in_the_plan():
    d = data()
    where, draw = d[:-2], "130600-2026-0001"
    lines = file("lines.csv", "编号,类别,名称,目标,范围\nzx,专项,专项,80%,class=key\n")
    expect(0, ["plan", "new", "BD-2026", "--year", "2026", "--lines", lines, *d, "--as", "张三"])
    expect(0, ["plan", "submit", "BD-2026", *d, "--as", "张三"])
    expect(0, ["plan", "approve", "BD-2026", *d, "--as", "局长"])
    room = run("plan", "check", "BD-2026", *d, "--json").json["capacity"]["room"]
    expect(0, ["draw", "prepare", "BD-2026", "2026-Q1", *d, "--as", "张三"])
    expect(0, ["draw", "approve", draw, "--for", "legal", *d, "--as", "李四"])
    expect(0, ["draw", "freeze", draw, "--entropy", "dice 20d10 hall 2026-03-02T11:00", "--escrow",
               os.path.join(tap.folder(), "slip.pdf"), *d, "--as", "张三"])
    expect(0, ["draw", "hold", draw, "--for", "discipline", *d, "--as", "王五"])
    expect(0, ["draw", "hold", draw, "--for", "archive", *d, "--as", "钱七"])
    later = [*where, "--now", "2026-03-02T11:05", "--as", "张三"]
    expect(0, ["draw", "run", draw, "--value", "31415926535897932384", *later])
    j = run("plan", "check", "BD-2026", *later, "--json").json
    key, general = j["rules"][0], j["rules"][1]
    check(key["planned"] == 3 and key["done"] == 0 and key["need"] == 0, key)
    check(general["planned"] == 10 and general["left"] == 30, general)
    # thirteen trips of two wait: so many days of their people are spoken for
    check(j["capacity"]["room"] == room - 26 and j["capacity"]["unmet"] == 0, j["capacity"])
    # the next quarter asks its own share and cannot take who waits
    j = run("plan", "check", "BD-2026", "--period", "2026-Q2", *later, "--json").json
    check(j["rules"][0]["need"] == 3 and j["rules"][1]["need"] == 10, j["rules"])
    check(j["counties"][0]["visited"] == 0, "who waits is secret: " + str(j["counties"]))
    # a campaign from the same sites lists the three that wait and cannot draw them, and still takes 80 % of all
    expect(0, ["draw", "prepare", "BD-2026", "2026-Q1", "--pool", "zx", *later])
    expect(0, ["draw", "approve", "130600-2026-0002", "--for", "legal", *later[:-2], "--as", "李四"])
    expect(0, ["draw", "freeze", "130600-2026-0002", "--entropy", "dice 20d10 hall 2026-03-02T13:00", "--escrow",
               os.path.join(tap.folder(), "slip.pdf"), *later])
    shown = run("draw", "show", "130600-2026-0002", *where, "--json").json
    check(shown["draw"]["objects"] == 25, "the number in the public declaration does not tell how many wait: " + str(shown["draw"]))
    expect(0, ["draw", "cancel", "130600-2026-0002", "--reason", "改日", *later])
    one = run("visits", "list", "--draw", draw, *where, "--json").json["items"][0]
    expect(0, ["visits", "accept", one["id"], "--inspector", one["team"][0], *later[:-2], "--as", one["team"][0]])
    expect(0, ["visits", "done", one["id"], "--day", "2026-03-02", *later])
    j = run("plan", "check", "BD-2026", *later, "--json").json
    check(sum(r["done"] for r in j["rules"]) == 1 and sum(r["planned"] for r in j["rules"]) == 12, j["rules"])
    shown = run("plan", "show", "BD-2026", *later, "--json").json["milestones"][0]
    check(shown["visits"] == 13 and shown["done"] == 1 and shown["draw"] == "已完成", shown)


def drawn_whole(d, draw, period, at):
    """Prepares, freezes and draws a period whose rule takes every site; `at` is the hour of the dice."""
    where = d[:-2]
    before = [*where, "--now", f"2026-03-02T{at - 1:02}:30"]
    expect(0, ["draw", "prepare", "W-2026", period, *before, "--as", "张三"])
    expect(0, ["draw", "approve", draw, "--for", "legal", *before, "--as", "李四"])
    expect(0, ["draw", "freeze", draw, "--entropy", f"dice 20d10 hall 2026-03-02T{at:02}:00", "--escrow",
               os.path.join(tap.folder(), "slip.pdf"), *before, "--as", "张三"])
    for role, holder in (("discipline", "王五"), ("archive", "钱七")):
        expect(0, ["draw", "hold", draw, "--for", role, *before, "--as", holder])
    expect(0, ["draw", "run", draw, "--value", "31415926535897932384", *where, "--now", f"2026-03-02T{at:02}:05",
               "--as", "张三"])


def test_parts_of_a_site_that_waits_wait_with_it():
    d = data()
    where = d[:-2]
    rules = RULES.replace('"percent": 10', '"percent": 100').replace('"id": "r"', '"id": "whole"')
    rules = rules[:rules.index(',\n{"id": "general"')] + "]}"
    expect(0, ["rules", "import", file("whole.json", rules), "--reason", "试", *d])
    expect(0, ["plan", "new", "W-2026", "--year", "2026", "--rules", "whole", *d, "--as", "张三"])
    expect(0, ["plan", "submit", "W-2026", *d, "--as", "张三"])
    expect(0, ["plan", "approve", "W-2026", *d, "--as", "局长"])
    # 0004 is split before the lists are made, 0008 after its draw: 26 are drawn, 0008's part waits with it
    # for the draws to come, while nobody is told that it does: 26 wait, as the draw promised
    split = ["registry", "split", "130602-0004", "name=企业4二厂", "--reason", "两个厂区分开管", *where]
    expect(0, [*split, "--now", "2026-03-02T09:10", "--as", "张三"])
    drawn_whole(d, "130600-2026-0001", "2026-Q1", 10)
    split[2:4] = ["130602-0008", "name=企业8二厂"]
    expect(0, [*split, "--now", "2026-03-02T10:10", "--as", "张三"])
    later = [*where, "--now", "2026-03-02T10:15"]
    key = run("plan", "check", "W-2026", *later, "--json").json["rules"][0]
    check(key["members"] == 27 and key["planned"] == 26 and key["need"] == 0, key)
    # as far as may be known one is free for another quarter
    j = run("plan", "check", "W-2026", "--period", "2026-Q2", *later, "--json").json
    check(j["rules"][0]["missing"] == 26 and j["rules"][0]["drawn"] == 1 and j["stops"] > 0, j["rules"])
    # a site that was split off before the freeze is its own: once its visit is done it can be drawn alone
    ids = [v["id"] for v in run("visits", "list", "--draw", "130600-2026-0001", *where, "--json").json["items"]]
    check(len(ids) == 26, str(len(ids)))
    done = {}
    for one in run("visits", "list", "--draw", "130600-2026-0001", *where, "--json").json["items"]:
        a = run("visits", "accept", one["id"], "--inspector", one["team"][0], *later, "--as", one["team"][0], "--json").json
        done[a["site"]] = one["id"]
        if a["site"] == "130602-0004.1":
            expect(0, ["visits", "done", one["id"], "--day", "2026-03-02", *later, "--as", one["team"][0]])
    key = run("plan", "check", "W-2026", *later, "--json").json["rules"][0]
    check(key["done"] == 1 and key["planned"] == 26, key)
    expect(0, ["visits", "done", done["130602-0008"], "--day", "2026-03-02", *later, "--as", "张三"])
    key = run("plan", "check", "W-2026", *later, "--json").json["rules"][0]
    check(key["done"] == 3 and key["planned"] == 24, key)
    # the next draw takes the two parts and 0008; the others wait, and the list does not hold them up
    rules = rules.replace('"percent": 100', '"percent": 10').replace('"id": "whole"', '"id": "tenth"')
    expect(0, ["rules", "import", file("tenth.json", rules), "--reason", "试", *later])
    expect(0, ["plan", "new", "W-2026", "--year", "2026", "--rules", "tenth", *later, "--as", "张三"])
    expect(0, ["plan", "submit", "W-2026", *later, "--as", "张三"])
    expect(0, ["plan", "approve", "W-2026", *later, "--as", "局长"])
    drawn_whole(d, "130600-2026-0002", "2026-Q2", 12)
    shown = run("draw", "show", "130600-2026-0002", *where, "--json").json["draw"]
    check(shown["objects"] == 27 and shown["drawn"] == 3, shown)


def test_what_was_approved_is_what_is_frozen():
    w, day = Small(), "2026-03-10"
    draw = w.prepared(day)
    used = file("used.csv", "类别,编号,日期,次数\n频次,130602-0002,2026-01-02,2\n")
    w.do(PLANNER, f"{day}T09:05", "plan", "open-balances", used, "--year", "2026")
    w.no(PLANNER, f"{day}T09:10", "draw", "freeze", draw, "--entropy", f"dice 20d10 hall {day}T14:00", "--escrow",
         w.slip(draw), texts=("批准之后 张三 改过 2026 年的年初数据",))
    # a cross draw is one of the same minimums
    w.no(PLANNER, f"{day}T09:11", "draw", "prepare", "BD-2026", "2026-Q1", "--kind", "cross", texts=("已有抽取",))


tap.main(globals())
