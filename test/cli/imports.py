"""What an import tells of rows that it takes: states without papers, days that cannot be, recusals that name nobody."""
import csv
import os

import tap
from small import PLANNER, Small, file
from tap import check, expect, folder, read, run

NOW = "2026-01-05T09:00"
COLUMNS = "编号,单位名称,所属县区,监管类别,运行状态"


def told(w, kind, text, out=None):
    """Imports a file; the reasons of its report by id, and the answer."""
    out = out or folder()
    a = w.do(PLANNER, NOW, "import", kind, file("in.csv", text), "--out", out)
    name = sorted(os.listdir(out))[-1]
    rows = list(csv.DictReader(read(os.path.join(out, name)).decode("utf-8-sig").splitlines()))
    return {r[next(iter(r))]: r["错误信息"] for r in rows}, a


def test_a_state_that_changes_without_papers_is_told_and_so_is_one_that_comes_back():
    w = Small()
    head = COLUMNS + ",状态依据\n"
    told(w, "sites", head + "130602-0001,企业130602之1,130602,一般,关闭,注销文号1\n")
    why, a = told(w, "sites", COLUMNS + "\n130602-0001,企业130602之1,130602,一般,在产\n"
                  "130602-0002,企业130602之2,130602,重点,关闭\n130602-0003,企业130602之3,130602,一般,在产\n")
    check("已经关闭或搬迁" in why["130602-0001"], str(why))
    check("状态依据" in why["130602-0002"], str(why))
    check("状态" not in why["130602-0003"], str(why))
    check("有提醒的 2 行" in a.out, a.out)
    why, _ = told(w, "sites", COLUMNS + "\n130602-0002,企业130602之2,130602,重点,关闭\n")
    check("状态依据" not in why["130602-0002"], "nothing has changed")


def test_days_of_service_that_do_not_fit_are_told():
    w = Small()
    why, _ = told(w, "inspectors", "id,name,certificate,certificate_until,districts,since,grade\n"
                  "Q-1,甲,04-1,2030-12-31,,2025-03-01,老\nQ-2,乙,04-2,2030-12-31,,2012-03-01,新\n"
                  "Q-3,丙,04-3,2030-12-31,,2030-01-01,新\nQ-4,丁,04-4,2030-12-31,,2012-03-01,老\nQ-5,戊,04-5,2030-12-31,,,新\n")
    check("与入岗日期" in why["Q-1"] and "与入岗日期" in why["Q-2"], str(why))
    check("今天以后" in why["Q-3"], str(why))
    check(not why["Q-4"] and not why["Q-5"], str(why))


def test_recusals_of_whom_nobody_knows_are_told():
    w = Small()
    w.do(PLANNER, NOW, "import", "inspectors", file("more.csv", "id,name,certificate,certificate_until,districts,since,unit\n"
         "P-90,赵一,05-1,2030-12-31,,2012-03-01,一科\nP-91,赵一,05-2,2030-12-31,,2012-03-01,二科\n"), "--no-report")
    path = file("rec.csv", "回避人员,回避对象,回避类型\nP99,130602-0001,亲属\n赵一,130602-0002,亲属\nP-1,Z-999,亲属\n"
                "P-2,130602-0003,亲属\n05-1,企业130602之4,亲属\n")
    a = w.do(PLANNER, NOW, "import", "recusals", path, "--no-report",
             texts=("没有编号、姓名或证号是“P99”的人", "有 2 人叫“赵一”", "“Z-999”"))
    check(a.err.count("回避 ") == 3, a.err)
    w.do(PLANNER, NOW, "import", "recusals", path, "--no-report")
    j = run(*w.words(PLANNER, NOW, "import", "recusals", file("r2.csv", "回避人员,回避对象,回避类型\n王麻子,130602-0001,亲属\n"),
                     "--no-report"), "--json").json
    check(len(j["doubts"]) == 1 and "王麻子" in j["doubts"][0]["text"], str(j["doubts"]))


def test_a_report_does_not_take_the_place_of_another():
    w, out = Small(), folder()
    told(w, "sites", COLUMNS + "\n130602-0001,企业130602之1,无此县,一般,在产\n130602-0002,企业130602之2,130602,重点,在产\n", out)
    first = read(out + "/sites-report.csv")
    a = w.do(PLANNER, NOW, "import", "sites", file("b.csv", COLUMNS + "\n130602-0003,企业130602之3,130602,一般,在产\n"), "--out", out,
             texts=("sites-report-2.csv",))
    check(read(out + "/sites-report.csv") == first and os.path.exists(out + "/sites-report-2.csv"), a.out)


def test_a_double_is_told_in_words_that_fit_its_registry():
    w = Small()
    why, _ = told(w, "recusals", "回避人员,回避对象,回避类型\nP-1,130602-0001,亲属\nP-1,130602-0001,亲属\n")
    check("代码" not in "".join(why.values()) and "地址" not in "".join(why.values()), str(why))


tap.main(globals())
