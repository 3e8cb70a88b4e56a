"""The kept registries by command: import, show, edit, history, diff, undo, winner, on either engine."""
import glob
import json
import os
import random
import signal
import subprocess
import time

import tap
from tap import check, expect, refused, run

SITES = ("编号,单位名称,统一社会信用代码,所属县区,详细地址,监管类别,备注\n"
         "A-1,甲厂,,竞秀区,东风路1号,重点,内部\n"
         "A-2,乙厂,,莲池区,东风路2号,一般,\n"
         "A-3,丙塑料厂,,莲池区,东风路3号,一般,\n"
         "A-4,,莲池区,,,,\n")


def started():
    data = tap.office()
    path = os.path.join(os.path.dirname(data[1]), "sites.csv")
    tap.write(path, SITES)
    expect(0, ["import", "sites", path, *data, "--out", os.path.dirname(data[1]), "--as", "张三"],
           "新增 3，未收 1", "第 1 号变更：名录新增 3 行，更新 0 行", "sites-report.csv")
    return data, path


def test_import_writes_a_report_and_answers_json():
    data, path = started()
    report = tap.read(os.path.join(os.path.dirname(path), "sites-report.csv")).decode()
    check("错误信息" in report and "缺少" in report, report)
    a = expect(0, ["import", "sites", path, *data, "--no-report", "--json"]).json
    check(a["change"] == 2 and a["rows_added"] == 0 and a["overridden"] == 0, str(a))
    check(a["import"]["counts"] == {"new": 0, "quarantined": 1, "unchanged": 3, "updated": 0}, str(a))
    check(len(a["import"]["rows"]) == 4, str(a))
    expect(1, ["import", "sites", path, *data, "--no-report", "--strict"])
    check(set(os.listdir(os.path.join(data[1], "work"))) <= {"kept-sites.tsv"}, str(os.listdir(os.path.join(data[1], "work"))))


def test_json_shows_what_would_turn_the_writing():
    data, _ = started()
    path = os.path.join(tap.folder(), "a\u202eb\U000e0041.csv")
    tap.write(path, SITES.replace("甲厂", "甲甲厂"))
    expect(0, ["import", "sites", path, *data, "--no-report"])
    a = run("registry", "history", *data, "--json")
    check("\\u202e" in a.out and "\\udb40\\udc41" in a.out and "\u202e" not in a.out, a.out)
    check("a\u202eb\U000e0041.csv" in json.dumps(a.json, ensure_ascii=False), a.out)


def test_import_refuses_with_a_sentence():
    data, path = started()
    refused(2, ["import", "things", path, *data], "sites")
    refused(2, ["import", "sites", path, *data, "--reason", ""], "--reason")
    refused(3, ["import", "sites", path + "x", *data], "sites.csvx")
    tap.write(path, "什么,也不是\n1,2\n")
    refused(1, ["import", "sites", path, *data, "--no-report"], "没有导入")
    refused(3, ["import", "sites", path], "--data")


def test_a_page_and_a_row():
    data, _ = started()
    a = expect(0, ["registry", "show", *data, "--county", "莲池区", "--most", "1", "--json"]).json
    check(a["total"] == 2 and a["next"] == "A-2" and a["items"][0]["id"] == "A-2", str(a))
    a = expect(0, ["registry", "show", *data, "--county", "莲池区", "--after", "A-2", "--json"]).json
    check(a["next"] is None and [i["id"] for i in a["items"]] == ["A-3"], str(a))
    expect(0, ["registry", "show", *data, "--text", "塑料"], "A-3", "丙塑料厂", "共 1 行")
    expect(0, ["registry", "show", "A-1", *data], "甲厂", "竞秀区", "重点", "第 1 版")
    refused(1, ["registry", "show", "A-9", *data], "没有编号“A-9”")
    refused(1, ["registry", "show", *data, "--class", "乱"], "乱")
    refused(2, ["registry", "show", *data, "--registry", "x"], "--registry")


def test_edit_history_and_undo():
    data, _ = started()
    expect(0, ["registry", "edit", "A-1", "监管类别=一般", "note=新", "--reason", "现场核实", *data, "--as", "李四"],
           "「监管类别」：重点 → 一般", "第 2 号变更")
    refused(1, ["registry", "edit", "A-1", "state=停产", "--reason", "x", *data], "证据")
    refused(1, ["registry", "edit", "A-1", "class=乱", "--reason", "x", *data], "乱")
    refused(1, ["registry", "edit", "A-9", "class=重点", "--reason", "x", *data], "A-9")
    refused(2, ["registry", "edit", "A-1", "没有=1", "--reason", "x", *data], "没有字段")
    refused(2, ["registry", "edit", "A-1", "class", "--reason", "x", *data], "字段=值")
    refused(2, ["registry", "edit", "A-1", "class=重点", *data], "--reason")
    expect(0, ["registry", "history", "A-1", *data], "李四", "现场核实", "监管类别：重点 → 一般")
    a = expect(0, ["registry", "history", *data, "--json"]).json
    check([i["kind"] for i in a["items"]] == ["edit", "import"] and a["items"][1]["actor"] == "张三", str(a))
    a = expect(0, ["registry", "undo", "2", "--reason", "误改", *data, "--json"]).json
    check(a["change"] == 3, str(a))
    expect(0, ["registry", "show", "A-1", *data], "重点", "第 3 版")
    refused(1, ["registry", "undo", "2", "--reason", "误改", *data], "没有可撤销的行")
    refused(1, ["registry", "undo", "77", "--reason", "误改", *data], "没有第 77 号变更")
    refused(2, ["registry", "undo", "x", "--reason", "误改", *data], "编号")


def test_diff_in_three_forms():
    data, _ = started()
    expect(0, ["registry", "edit", "A-1", "class=一般", "note=不外传", "--reason", "r", *data])
    expect(0, ["registry", "edit", "A-2", "note=不外传", "--reason", "r", *data])
    expect(0, ["registry", "diff", "1", "now", *data], "变更 A-1 甲厂：监管类别 重点 → 一般；备注 内部 → 不外传",
           "新增 0 行，变更 2 行")
    a = expect(0, ["registry", "diff", "1", "now", "--public", *data], "只改了不公开字段的 1 行未列")
    check("不外传" not in a.out, a.out)
    a = expect(0, ["registry", "diff", "1", "now", "--public", "--format", "tsv", *data])
    check(a.out == "编号\t名称\t变化\t字段\t原值\t新值\nA-1\t甲厂\t变更\t监管类别\t重点\t一般\n", a.out)
    a = expect(0, ["registry", "diff", "0", "now", "--json", *data]).json
    check(a["summary"]["added"] == 3 and len(a["items"]) == 3, str(a))
    refused(1, ["registry", "diff", "2", "1", *data], "较早")
    refused(1, ["registry", "diff", "0", "99", *data], "没有第 99 号变更")
    refused(1, ["registry", "diff", "0", "昨天", *data], "昨天")


def test_who_wins_in_a_field():
    data, path = started()
    expect(0, ["registry", "winner", *data], "所有字段：保留本地修改")
    expect(0, ["registry", "edit", "A-1", "class=一般", "note=本地", "--reason", "r", *data])
    expect(0, ["registry", "winner", "监管类别", "file", "--reason", "统一", *data], "以导入的文件为准")
    expect(0, ["import", "sites", path, *data, "--no-report"], "第 3 号变更", "文件与本地修改不同的 2 处")
    a = expect(0, ["registry", "history", "--change", "3", *data], "监管类别", "文件", "重点", "一般", "备注", "本地")
    check(not any(word in a.out for word in ("class", "file", "local", "key", "note")), a.out)
    a = expect(0, ["registry", "history", "--change", "3", *data, "--json"]).json
    check([(o["field"], o["winner"], o["kept"], o["refused"]) for o in a["overrides"]] ==
          [("class", "file", "key", "general"), ("note", "local", "本地", "内部")], str(a))
    a = expect(0, ["registry", "winner", *data, "--json"]).json
    check(a == {"class": "file"}, str(a))
    refused(2, ["registry", "winner", "class", "both", *data], "file")
    refused(2, ["registry", "winner", "id", "file", *data], "id")


def test_killed_imports_leave_all_or_nothing():
    """The real program, killed at random; the ledger and the tables agree each time."""
    data, path = started()
    rows = "".join(f"B-{i:05d},保定第{i}厂,,竞秀区,路{i}号,一般,\n" for i in range(4000))
    tap.write(path, SITES.splitlines()[0] + "\n" + rows)
    start = time.monotonic()
    expect(0, ["import", "sites", path, *tap.office(), "--no-report"])
    longest = 1.5 * (time.monotonic() - start)
    finished = 0
    for _ in range(200 if tap.LONG else 5):
        before = run("registry", "history", *data, "--json", "--most", "1000").json["items"]
        p = subprocess.Popen([tap.BINARY, "import", "sites", path, *data, "--no-report"],
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(random.random() * longest)
        p.send_signal(signal.SIGKILL)
        p.wait()
        time.sleep(0.5 if tap.POSTGRES else 0)  # the server may still be ending what it began
        after = run("registry", "history", *data, "--json", "--most", "1000").json["items"]
        total = run("registry", "show", *data, "--json").json["total"]
        check(len(after) - len(before) in (0, 1), f"{len(before)} then {len(after)} changes")
        finished += len(after) > len(before)
        check(total == (4003 if finished else 3), f"{total} rows after {finished} imports")
        expect(0, ["ledger", "verify", *data])
    expect(0, ["import", "sites", path, *data, "--no-report"])
    check(not glob.glob(os.path.join(data[1], "work", "job-*")), "something lies about in work/")


tap.main(globals())
