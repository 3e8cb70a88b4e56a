"""demo, sheet freeze, finish and rehearse with the real binary: from two workbooks to verified papers."""
import datetime
import hashlib
import os
import subprocess
import zipfile

import tap
from tap import check, expect, read, refused, run, write

KL8 = "01-05-07-11-13-17-20-23-29-31-37-41-43-47-53-59-61-67-71-79"
SITES = """污染源编号,单位名称,所属县区,乡镇街道,监管类别,是否特殊监管,运行状态
A1,甲印染厂,130602,先锋街道,重点,否,在产
A2,乙纸业,130602,先锋街道,重点,是,在产
A3,丙石材,130602,富昌乡,一般,否,在产
B1,丁汽修,130606,韩庄乡,一般,否,在产
"""
PEOPLE = """工号,姓名,执法证号,执法证有效期至,管辖片区,老新
Z1,张一,C1,2040-12-31,,老
Z2,李二,C2,2040-12-31,,新
Z3,王三,C3,2020-12-31,,老
"""
RULES = "名称 试\n班组 2 1 1\n最低 重点 比例 50%\n依据 重点 甲\n最低 特殊 数量 1\n依据 特殊 乙\n"


def world(sites=SITES, people=PEOPLE, rules=RULES):
    path = tap.folder()
    for name, text in (("sites.csv", sites), ("people.csv", people), ("rules.txt", rules)):
        write(f"{path}/{name}", text)
    return path, [f"{path}/sites.csv", f"{path}/people.csv", f"{path}/rules.txt"]


def freeze(path, files, *more):
    return ["sheet", "freeze", *files, "--draw", "T-2026-1", "--entropy", "cwl-kl8 2999310", "--out", f"{path}/draw",
            *more]


def tree(path):
    out = {}
    for folder, _, names in os.walk(path):
        for name in names:
            out[os.path.relpath(os.path.join(folder, name), path)] = read(os.path.join(folder, name))
    return out


def test_demo_is_the_same_for_the_same_seed():
    one, two, other = tap.folder(), tap.folder(), tap.folder()
    expect(0, ["demo", one], "sheet rehearse")
    expect(0, ["demo", two])
    expect(0, ["demo", other, "--seed", "x"])
    check(tree(one) == tree(two), "same bytes")
    check(tree(one)["sites.xlsx"] != tree(other)["sites.xlsx"], "another seed")
    check(run("demo", one, "--json").json == {"inspectors": 420, "matters": 14, "recusals": 24, "sites": 6000}, "json")
    check(sorted(tree(one)) == ["inspectors.xlsx", "matters.xlsx", "recusals.xlsx", "rules.txt", "sites.xlsx"], str(sorted(tree(one))))


def test_rehearsal_of_the_demo_city():
    path = tap.folder()
    expect(0, ["demo", path])
    files = [f"{path}/sites.xlsx", f"{path}/inspectors.xlsx", f"{path}/rules.txt"]
    j = expect(0, ["sheet", "rehearse", *files, "--out", f"{path}/try", "--day", "2026-11-01", "--json"]).json
    check(j["rehearsal"] and j["teams"] and j["failed"] == 0 and j["draw"].startswith("YANLIAN-"), str(j)[:400])
    check(500 < j["drawn"] < 800, str(j["drawn"]))
    check(len(os.listdir(f"{path}/try/papers/任务单")) == j["drawn"], "one paper a site")
    check(not [n for n in os.listdir(path) if "share" in n or "escrow" in n], "no share is left over")
    with zipfile.ZipFile(f"{path}/try/papers/任务表.xlsx") as z:
        check("演练无效" in "".join(z.read(n).decode() for n in z.namelist() if n.endswith(".xml")), "stamped")
    said = " ".join(n["text"] for n in j["notes"])
    for words in ("特殊：在册 N=", "重点：在册 N=", "一般：在册 N=", "不列入：", "可能重复登记"):
        check(words in said, words)
    refused(1, ["sheet", "rehearse", *files, "--out", f"{path}/try"], "已经存在")


def test_sealed_freeze_and_finish():
    path, files = world()
    secret = run("dr1", "commit", "--draw", "T-2026-1", "--party", "jijian", "--json").json
    j = expect(0, freeze(path, files, "--share", "jijian=" + secret["commitment"], "--json")).json
    check(j["objects"] == 4 and j["inspectors"] == 2 and j["left_out"] == 1, str(j))
    share = f"{path}/draw.operator-share"
    check(os.stat(share).st_mode & 0o777 == 0o600, "the share is for its owner only")
    text = read(share).decode().strip()
    want = hashlib.sha256(f"dr1-share\nT-2026-1\noperator\n{text}\n".encode()).hexdigest()
    check(f"share operator {want}\n" in j["declaration"], "commitment")
    check(not any(text.encode() in b for b in tree(f"{path}/draw").values()), "no copy of it inside")
    finish = ["sheet", "finish", f"{path}/draw", "--value", f"cwl-kl8 2999310={KL8}"]
    refused(1, finish, "还缺“jijian”公开的份额")
    refused(1, [*finish, "--open", "jijian=" + "0" * 64], "")
    check(not os.path.exists(f"{path}/draw/record"), "nothing recorded yet")
    a = expect(0, [*finish, "--open", "jijian=" + secret["share"]], "核验：", "任务表")
    check("✗ 0 步" in a.out, a.out)
    expect(0, ["dr1", "verify", f"{path}/draw"])
    before = tree(f"{path}/draw")
    expect(0, [*finish, "--open", "jijian=" + secret["share"]])
    check(tree(f"{path}/draw") == before, "again: the same bytes")
    ok = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=f"{path}/draw", capture_output=True)
    check(ok.returncode == 0, ok.stdout.decode())


def test_a_changed_paper_fails_verification():
    path, files = world()
    expect(0, freeze(path, files, "--open"), "已冻结")
    check(not os.path.exists(f"{path}/draw.operator-share"), "open mode has no share")
    expect(0, ["sheet", "finish", f"{path}/draw", "--value", KL8])
    for name, data in tree(f"{path}/draw").items():
        if not data:
            continue
        write(f"{path}/draw/{name}", data[:-1] + bytes([data[-1] ^ 1]))
        check(run("dr1", "verify", f"{path}/draw").code == 1, name)
        write(f"{path}/draw/{name}", data)
    expect(0, ["dr1", "verify", f"{path}/draw"])


def issue(day):
    return f"cwl-kl8 {day.year}{day.timetuple().tm_yday:03d}"


def test_an_issue_that_may_be_out_freezes_only_with_its_announced_time():
    path, files = world()
    today = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).date()
    days = [today + datetime.timedelta(days=n) for n in (-5, 1)]
    # Near new year the number begins again, and the issue of a few days ago belongs to the old one.
    late = days[0].year == days[1].year
    words = ["sheet", "freeze", *files, "--draw", "T-2026-1", "--out", f"{path}/draw", "--open", "--entropy"]
    refused(1, [*words, f"cwl-kl8 {today.year - 1}250", "--drawn-at", f"{days[1]}T21:30"], "早已开奖")
    refused(1, [*words, issue(days[0]), "--drawn-at", "soon"], "soon")
    if late:
        refused(1, [*words, issue(days[0])], "可能已经开奖", "--drawn-at")
        refused(1, [*words, issue(days[0]), "--drawn-at", f"{days[0]}T21:30"], "已经过去")
        refused(1, [*words, issue(days[0]), "--drawn-at", f"{today.year + 1}-12-31T21:30"], "对不上")
        check(not os.path.exists(f"{path}/draw"), "nothing")
        expect(0, [*words, issue(days[0]), "--drawn-at", f"{days[1]}T21:30"], "只凭办理人所写")
        check(f"drawn-at\t{days[1]}T21:30\n" in read(f"{path}/draw/freeze/plan.tsv").decode(), "kept")
        check("只凭办理人所写" in read(f"{path}/draw/freeze/notes.txt").decode(), "told to witnesses")


def test_refusals_name_the_mend_and_leave_nothing():
    path, files = world(people=PEOPLE.replace("2040", "2020"))
    refused(1, freeze(path, files), "没有一名执法人员可派")
    path, files = world(people=PEOPLE.replace("C1,2040-12-31,", "C1,2040-12-31,130606"))
    refused(1, freeze(path, files), "能派的“老” 0 人", "办法：")
    path, files = world(rules=RULES + "每组 2\n")
    refused(1, freeze(path, files), "第 7 行", "不是规则用语")
    path, files = world(rules=RULES.replace("数量 1", "数量 9"))
    refused(1, freeze(path, files), "第 5 行要求 9 家", "只有 1 家")
    path, files = world(sites=SITES + "B2,,130606,韩庄乡,一般,否,在产\n")
    refused(1, freeze(path, files), "1 行没有收入", "--accept-quarantine")
    check(not os.path.exists(f"{path}/draw"), "nothing")
    expect(0, freeze(path, files, "--accept-quarantine"))
    path, files = world()
    refused(1, ["sheet", "freeze", *files, "--draw", "T-2026-1", "--entropy", "cwl-3d 2999310", "--out", f"{path}/draw"],
            "低于下限")
    refused(1, freeze(path, [files[0], files[1], "/nowhere"]), "没有这个规则文件")
    expect(2, freeze(path, files[:2]))
    check(sorted(os.listdir(path)) == ["people.csv", "rules.txt", "sites.csv"], str(os.listdir(path)))
    refused(1, ["sheet", "finish", path, "--value", KL8], "还没有冻结")


if __name__ == "__main__":
    tap.main(globals())
