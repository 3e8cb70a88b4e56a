"""What puts many sites, or two that are not alike, out of the registry says so first and asks for what an import asks for."""
import tap
from small import PLANNER, SITES, Small, file
from tap import check, expect, run

NOW = "2026-01-05T09:00"


def test_a_large_import_is_undone_by_who_has_counted():
    w = Small()
    a = w.no(PLANNER, NOW, "registry", "undo", "1", "--reason", "全撤", texts=("60 家在产单位退出名录", "--leaving 60"))
    check("竞秀区 30 家" in a.err and "莲池区 30 家" in a.err, a.err)
    w.no(PLANNER, NOW, "registry", "undo", "1", "--reason", "全撤", "--leaving", "59")
    w.do(PLANNER, NOW, "registry", "undo", "1", "--reason", "整份导错了", "--leaving", "60", texts=("撤销了 60 行",))
    one = expect(0, ["registry", "show", "130602-0001", *w.where]).out
    check("关闭" in one and one.count("撤销第 1 号变更") == 2, one)
    more = "".join(f"130602-9{i:03d},新{i},general,130602,major\n" for i in range(4))
    change = run(*w.words(PLANNER, NOW, "import", "sites", file("few.csv", SITES.split("\n", 1)[0] + "\n" + more),
                          "--no-report"), "--json").json["change"]
    w.do(PLANNER, NOW, "registry", "undo", str(change), "--reason", "导错了四行")


def test_two_that_have_nothing_in_common_are_merged_with_grounds():
    w = Small()
    words = ["registry", "merge", "130602-0001", "130602-0003"]
    w.no(PLANNER, NOW, *words, "--reason", "x", texts=("没有一样相同", "依据"))
    w.do(PLANNER, NOW, *words, "--reason", "市监局变更登记第 12 号：更名", texts=("单位名称",))


def test_a_site_is_not_split_into_the_same_part_twice():
    w = Small()
    words = ["registry", "split", "130602-0001", "address=东路1号", "--reason", "东厂另算"]
    w.do(PLANNER, NOW, *words)
    w.no(PLANNER, NOW, *words, texts=("130602-0001.1", "名称和地址都相同"))
    w.no(PLANNER, NOW, "registry", "split", "130602-0003", "address=甲路", "address=甲路", "--reason", "两处")
    w.do(PLANNER, NOW, "registry", "split", "130602-0001", "address=西路1号", "--reason", "西厂另算", texts=("130602-0001.2",))


def test_what_was_typed_wrongly_is_told_with_what_was_meant():
    w = Small()
    expect(1, ["registry", "show", "recusals", *w.where], "--registry recusals")
    expect(1, ["registry", "show", "p-1", "--registry", "inspectors", *w.where], "有“P-1”", "大小写")
    expect(0, ["registry", "history", "--change", "1", *w.where], "registry diff 0 1")


def test_wide_signs_are_the_signs_that_they_stand_for():
    w = Small()
    head = "编号,单位名称,所属县区,监管类别,经度,纬度,排污许可证有效期至\n"
    w.do(PLANNER, NOW, "import", "sites", file("w.csv", head + "Ａ－００６,全角－公司,130602,一般,１１５．６５,３８．９,２０２７－０１－０１\n"),
         "--no-report", texts=("新增 1",))
    j = run("registry", "show", "A-006", *w.where, "--json").json["row"]["fields"]
    check(j["name"] == "全角－公司" and j["longitude"] == "1156500000" and j["permit_until"] == "2027-01-01", str(j))


tap.main(globals())
