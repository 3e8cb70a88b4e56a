"""Rule sets on the command line: check, show, keep, change, retire; the working-day calendar."""
import json
import os

import tap
from tap import check, expect, refused, run

RULES = os.path.join(tap.TOP, "rules")
NEW = os.path.join(RULES, "baoding-2025.json")
ALL = sorted(os.path.join(folder, name) for folder, _, names in os.walk(RULES) for name in names
             if name.endswith(".json") and name != "schema.json")


def data():
    return [*tap.office(), "--as", "王", "--now", "2026-03-02T09:00"]


def look(options):
    return options[:-4]


def changed(change):
    """A file with baoding-2025 after change(set)."""
    path = os.path.join(tap.folder(), "set.json")
    rules = json.loads(tap.read(NEW))
    change(rules)
    tap.write(path, json.dumps(rules, ensure_ascii=False))
    return path


def test_all_shipped_sets_pass_the_check():
    check(len(ALL) == 15, ALL)
    for path in ALL:
        a = expect(0, ["rules", "check", path], "可以用")
        check(run("rules", "check", path, "--json").json["refused"] == 0, a.out)


def test_a_check_needs_no_data_and_says_what_clashes():
    def clash(rules):
        del rules["rules"][2]["repeat"]
    a = expect(1, ["rules", "check", changed(clash)], "上限 2 次", "［规则 special］", "改好以前不能用")
    check("rotation" in a.out, a.out)
    j = run("rules", "check", changed(clash), "--json")
    check(j.code == 1 and [f["rules"] for f in j.json["findings"] if f["code"] == "over-cap"] == [["special"]], j.out)


def test_a_check_on_a_day():
    expect(0, ["rules", "check", "baoding-2021", "--day", "2021-12-31"], "可以用。")
    expect(1, ["rules", "check", "baoding-2021", "--day", "2022-01-01"], "2021-12-31 已失效")
    refused(2, ["rules", "check", "baoding-2021", "--day", "2021-02-30"], "--day")
    refused(2, ["rules", "check", "baoding-2021", "--area", "beijing"], "--area")


def test_unknown_counties_are_told():
    path = changed(lambda r: r["rules"][0]["who"].update(counties=["110101"]))
    expect(1, ["rules", "check", path], "县区“110101”不存在")
    expect(0, ["rules", "check", path, "--area", "any"])


def test_mistakes_have_their_path():
    def wrong(rules):
        rules["rules"][0]["basis"] = {"percent": 150}
        rules["rules"][1]["perriod"] = "year"
    a = refused(1, ["rules", "check", changed(wrong)], "rules[0].basis.percent：", "不超过 100",
                "rules[1]：没有“perriod”这个键")
    check(a.err.count("\n") >= 2, a.err)
    path = os.path.join(tap.folder(), "broken.json")
    tap.write(path, "{\n \"id\": 1,\n}")
    refused(1, ["rules", "check", path], "第 3 行")
    refused(3, ["rules", "check", "no-such"], "随程序提供的规则集里也没有它", "baoding-2021")


def test_show_says_each_rule_with_document_and_article():
    a = expect(0, ["rules", "show", "baoding-2021"], "保定市生态环境局")
    for words in ("[key] 重点排污单位：对重点排污单位，每季度至少抽查 10%",
                  "每年至少抽查：每名执法人员 5 家", "当年 01-01 双随机执法人员的人数计，以后离开的不减、当年新来的加",
                  "对特殊监管对象，每季度至少抽查 50%", "每年至少联合检查 3 次", "随机抽查工作计划》三（一）。", "三（四）。",
                  "2 人，至少 1 名老、1 名新", "没有年度次数上限", "抽查结果每月公示一次"):
        check(words in a.out, words + " in: " + a.out)
    b = expect(0, ["rules", "show", NEW], "事前报批（紧急时事后补批）", "每家企业一年最多 2 次", "【数字待核】",
               "不占次数：专项检查；因上级部署", "轮查，一年每家 2 次", "20 个工作日之内")
    check("国办发〔2024〕54号" in b.out, b.out)
    for path in ALL:
        expect(0, ["rules", "show", path], "1. [")


def test_shown_json_is_canonical():
    a = expect(0, ["rules", "show", "baoding-2021", "--json"])
    check(a.json == json.loads(a.out) and a.json["id"] == "baoding-2021", a.out)
    path = os.path.join(tap.folder(), "again.json")
    tap.write(path, a.out)
    check(run("rules", "show", path, "--json").out == a.out, "not a fixed point")
    out = os.path.join(tap.folder(), "out.json")
    expect(0, ["rules", "export", "baoding-2021", "--out", out], "摘要")
    check(tap.read(out).decode() == a.out, "export differs")


def test_the_schema_is_the_file():
    a = run("rules", "schema")
    check(a.json == json.loads(tap.read(os.path.join(RULES, "schema.json"))),
          "rules/schema.json is old: mingqian rules schema | python3 -m json.tool --no-ensure-ascii > rules/schema.json")


def words(schema):
    """Every key and every word of a choice."""
    found = set(schema.get("enum", []))
    for key, inner in schema.get("properties", {}).items():
        found |= {key} | words(inner)
    return found | (words(schema["items"]) if "items" in schema else set())


def test_the_guide_explains_every_key_and_word():
    guide = tap.read(os.path.join(tap.TOP, "docs", "rule-sets.md")).decode()
    for word in sorted(words(run("rules", "schema").json)):
        check(f"`{word}`" in guide or f'"{word}"' in guide, f"docs/rule-sets.md: no {word}")
    example = guide.split("```json\n")[1].split("```")[0]
    path = os.path.join(tap.folder(), "example.json")
    tap.write(path, example)
    expect(0, ["rules", "check", path], "可以用")


def test_a_set_is_kept_changed_and_retired():
    d = data()
    expect(0, ["rules", "import", "baoding-2025", "--reason", "年度", *d], "第 1 版")
    expect(1, ["rules", "import", NEW, "--reason", "再来", *d], "错误：", "没有变化")
    path = changed(lambda r: r["rules"][0].update(basis={"percent": "12.5"}))
    j = run("rules", "import", path, "--reason", "提高重点比例", *d, "--json")
    check(j.code == 0 and j.json["version"] == 2, j.out + j.err)
    a = expect(0, ["rules", "list", *look(d)], "baoding-2025", "王", "2026-03-02", "提高重点比例")
    check("年度" not in a.out, a.out)
    expect(0, ["rules", "list", "baoding-2025", *look(d)], "年度", "提高重点比例")
    expect(0, ["rules", "show", "baoding-2025", *look(d)], "12.5%", "第 2 版")
    expect(0, ["rules", "show", "baoding-2025", "--version", "1", *look(d)], "抽查 10%", "第 1 版")
    expect(0, ["rules", "check", "baoding-2025", *look(d)], "可以用")
    refused(1, ["rules", "show", "baoding-2025", "--version", "9", *look(d)], "没有规则集")
    items = run("rules", "list", "--day", "2025-06-30", *look(d), "--json").json
    check(items == {"items": [], "total": 0}, items)
    items = run("rules", "list", "--day", "2026-06-30", *look(d), "--json").json["items"]
    check([(i["name"], i["version"], i["to"]) for i in items] == [("baoding-2025", 2, None)], items)
    expect(0, ["rules", "retire", "baoding-2025", "--reason", "新计划", *d], "已停用")
    refused(1, ["rules", "retire", "baoding-2025", "--reason", "新计划", *d], "已经停用")
    refused(1, ["rules", "retire", "nobody", "--reason", "新计划", *d], "没有规则集")
    # what is out of force comes back by an import only, never by the way of an edit
    refused(1, ["rules", "edit", "baoding-2025", "cap.visits=3", "--reason", "新计划", *d], "已经停用，不能改")
    check(run("rules", "list", "--day", "2026-06-30", *look(d), "--json").json["total"] == 0, "still on")
    acts = [i["action"] for i in run("ledger", "list", *look(d), "--json").json["items"]]
    check(acts.count("rules.import") == 2 and acts.count("rules.retire") == 1, acts)


def test_values_are_edited_by_their_path():
    d = data()
    expect(0, ["rules", "import", "baoding-2025", "--reason", "年度", *d])
    expect(0, ["rules", "edit", "baoding-2025", "rules.key.basis.percent=12.5", "cap.visits=3", "--reason", "新计划", *d],
           "第 2 版")
    expect(0, ["rules", "show", "baoding-2025", *look(d)], "每季度至少抽查 12.5%", "一年最多 3 次")
    expect(1, ["rules", "edit", "baoding-2025", "rules.key.basis.percent=150", "--reason", "x", *d], "不超过 100")
    expect(1, ["rules", "edit", "baoding-2025", "rules.nobody.title=x", "--reason", "x", *d], "列表里没有这一项")
    expect(1, ["rules", "edit", "baoding-2025", "cap.visits=3", "--reason", "x", *d], "没有变化")
    refused(1, ["rules", "edit", "nobody", "cap.visits=3", "--reason", "x", *d], "没有规则集")
    refused(2, ["rules", "edit", "baoding-2025", "cap.visits", "--reason", "x", *d], "位置=值")
    check(run("rules", "list", "baoding-2025", *look(d), "--json").json["total"] == 2, "versions")


def test_a_wrong_set_is_not_kept():
    d = data()
    path = changed(lambda r: r["rules"][2].pop("repeat"))
    expect(1, ["rules", "import", path, "--reason", "x", *d], "错误：“特殊监管对象”", "上限 2 次")
    j = run("rules", "import", path, "--reason", "x", *d, "--json")
    check(j.code == 1 and "上限 2 次" in j.json["error"], j.out)
    refused(2, ["rules", "import", NEW, *d], "缺少选项 --reason")
    check(run("rules", "list", *look(d), "--json").json["total"] == 0, "kept")


def test_what_comes_with_the_program_is_listed():
    a = expect(0, ["rules", "list"], "baoding-2021", "baoding-2025", "2021-01-01 至 2021-12-31")
    check("variants" not in a.out and "guangzhou" not in a.out, a.out)
    check(run("rules", "list", "--json").json["total"] == 2, a.out)
    refused(2, ["rules", "list", "baoding-2021"], "--data")
    refused(2, ["rules", "show", "baoding-2021", "--version", "1"], "--data")


def test_the_calendar_of_a_year():
    d = data()
    path = os.path.join(tap.folder(), "calendar.csv")
    tap.write(path, "date,working,name\n2026-03-03,0,假\n2026-03-07,1,班\n")
    expect(0, ["rules", "calendar", "--from", "2026-03-02", "--days", "5", *look(d)], "2026-03-09", "没有 2026 年的日历")
    refused(2, ["rules", "calendar", path, *d], "--reason")
    expect(0, ["rules", "calendar", path, "--reason", "放假通知", *d], "放假 1 天", "第 1 版")
    refused(1, ["rules", "calendar", path, "--reason", "放假通知", *d], "没有变化")
    a = expect(0, ["rules", "calendar", "--from", "2026-03-02", "--days", "5", *look(d)], "2026-03-09")
    check("没有 2026 年的日历" not in a.err, a.err)
    j = run("rules", "calendar", "--from", "2026-03-02", "--days", "4", *look(d), "--json").json
    check(j == {"due": "2026-03-07", "guessed": False}, j)
    expect(0, ["rules", "calendar", *look(d)], "2026", "放假通知")
    tap.write(path, "date,working,name\n2026-03-03,5,假\n")
    refused(1, ["rules", "calendar", path, "--reason", "放假通知", *d], "第 2 行")
    refused(2, ["rules", "calendar", "--from", "tomorrow", *look(d)], "--from")
    check(run("rules", "calendar", *look(d), "--json").json["items"][0]["version"] == 1, "kept a wrong one")


tap.main(globals())
