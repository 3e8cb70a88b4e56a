"""registry merge, split, suggestions and quality with the real binary, on either engine."""
import os

import tap
from tap import check, expect, refused, run, write

SITES = """编号,企业名称,信用代码,县区,地址,监管类别,运行状态,经度,纬度
A-1,甲厂,91130200699229617X,唐县,一路1号,一般,在产,115.01,38.71
A-2,甲厂,91130200699229617X,唐县,一路1号,重点,在产,115.01,38.71
A-3,乙厂,,唐县,二路1号,一般,在产,,
A-4,乙厂,,唐县,二路一号,一般,在产,120.1,38.7
B-1,丙厂,123,易县,三路1号,重点,停产,115.4,39.3
"""


def office():
    where = tap.office()
    path = os.path.dirname(where[1])
    write(path + "/sites.csv", SITES)
    expect(0, ["import", "sites", path + "/sites.csv", "--reason", "首次导入", "--out", path, *where], "新增 5 行")
    return where


def field(where, site, name):
    return run("registry", "show", site, *where, "--json").json["row"]["fields"].get(name)


def test_merge_and_undo():
    w = office()
    a = expect(0, ["registry", "merge", "A-1", "A-2", "--reason", "同一厂", *w], "A-1「监管类别」", "第 2 号变更")
    check("A-2「运行状态」：在产 → 已合并" in a.out, a.out)
    check(field(w, "A-2", "state") == "merged" and field(w, "A-1", "class") == "key", "merged")
    refused(1, ["registry", "merge", "A-1", "A-2", "--reason", "同一厂", *w], "已经并入")
    refused(1, ["registry", "merge", "A-1", "Z", "--reason", "同一厂", *w], "没有编号 Z")
    refused(1, ["registry", "undo", "2", "--reason", "x", *w], "registry merge")
    refused(2, ["registry", "merge", "A-1", "--reason", "同一厂", *w], "应写明")
    refused(2, ["registry", "merge", "A-1", "A-3", "--reason", "", *w], "--reason 不能是空的")
    j = expect(0, ["registry", "merge", "--undo", "2", "--reason", "弄错了", *w, "--json"]).json
    check(j["change"] == 3, str(j))
    check(field(w, "A-2", "state") == "live" and field(w, "A-1", "class") == "general", "undone")
    refused(1, ["registry", "merge", "--undo", "2", "--reason", "弄错了", *w], "已经撤销过")
    refused(1, ["registry", "merge", "--undo", "9", "--reason", "弄错了", *w], "没有第 9 号变更")
    expect(0, ["ledger", "verify", *w])


def test_split_and_undo():
    w = office()
    expect(0, ["registry", "split", "A-3", "name=乙厂二车间;address=三路１号", "address=四路1号;class=重点", "--reason",
               "分设", *w], "拆出 A-3.1", "拆出 A-3.2", "第 2 号变更")
    check(field(w, "A-3.1", "address") == "三路1号" and field(w, "A-3.2", "class") == "key", "parts")
    check(field(w, "A-3", "name") == "乙厂", "the site stays")
    refused(2, ["registry", "split", "A-3", "--reason", "分设", *w], "应写明")
    refused(2, ["registry", "split", "A-3", "天气=晴", "--reason", "分设", *w], "字段=值")
    refused(2, ["registry", "split", "A-3", "name=x", "--area", "y", "--reason", "分设", *w], "--area")
    refused(1, ["registry", "split", "A-3", "note=x", "--reason", "分设", *w], "至少要写明")
    refused(1, ["registry", "split", "A-3", "name=丁厂;county=容城县", "--reason", "分设", *w], "不归保定市局管辖")
    expect(0, ["registry", "split", "--undo", "2", "--reason", "弄错了", *w])
    check(field(w, "A-3.1", "state") == "merged", "parts went back")


def test_suggestions_are_decided_by_a_person():
    w = office()
    expect(0, ["registry", "suggestions", *w], "共 0 条")
    expect(0, ["registry", "suggestions", "--find", *w], "新记下 2 对", "信用代码和地址相同", "名称和县区相同")
    j = expect(0, ["registry", "suggestions", *w, "--json"]).json
    check([(i["first"], i["second"]) for i in j["items"]] == [("A-1", "A-2"), ("A-3", "A-4")] and j["total"] == 2, str(j))
    first, second = (str(i["id"]) for i in j["items"])
    refused(2, ["registry", "suggestions", "--confirm", first, "--reason", "同", *w], "--keep")
    refused(2, ["registry", "suggestions", "--refuse", first, *w], "--reason")
    refused(2, ["registry", "suggestions", "--state", "x", *w], "--state")
    refused(1, ["registry", "suggestions", "--confirm", first, "--keep", "B-1", "--reason", "同", *w], "从中选一个")
    expect(0, ["registry", "suggestions", "--confirm", first, "--keep", "A-2", "--reason", "同一厂", *w], "号变更")
    check(field(w, "A-1", "state") == "merged", "merged")
    expect(0, ["registry", "suggestions", "--refuse", second, "--reason", "两处", *w], "以后不再提")
    refused(1, ["registry", "suggestions", "--refuse", second, "--reason", "两处", *w], "已由")
    expect(0, ["registry", "suggestions", "--find", *w], "新记下 0 对", "共 0 条")
    expect(0, ["registry", "suggestions", "--state", "refused", *w], "两处")


def test_every_figure_of_the_report_can_be_opened():
    w = office()
    expect(0, ["registry", "suggestions", "--find", *w])
    expect(0, ["registry", "quality", *w], "唐县", "易县", "合计", "久未更新")
    j = expect(0, ["registry", "quality", *w, "--json"]).json
    figures = j["all"]["figures"]
    check(figures["rows"] == 5 and figures["code-missing"] == 2 and figures["code-form"] == 1 and
          figures["place-outside"] == 1 and figures["place-missing"] == 1 and figures["double"] == 2, str(figures))
    for kind, count in figures.items():
        if kind == "double":
            continue
        listed = expect(0, ["registry", "quality", "--list", kind, *w, "--json"]).json
        check(listed["total"] == count == len(listed["ids"]), f"{kind}: {listed}")
    for unit in j["counties"]:
        listed = expect(0, ["registry", "quality", "--county", unit["county"], "--list", "rows", *w, "--json"]).json
        check(listed["total"] == unit["figures"]["rows"], f"{unit}: {listed}")
    expect(0, ["registry", "quality", "--county", "唐县", "--list", "place-outside", *w], "A-4\t乙厂\t唐县\t", "\t120.1000000\t38.7000000\t", "共 1 行")
    refused(2, ["registry", "quality", "--list", "weather", *w], "没有“weather”")
    refused(2, ["registry", "quality", "--list", "double", *w], "registry suggestions")
    refused(2, ["registry", "quality", "--county", "北京", *w], "认不出县区")


tap.main(globals())
