"""sheet import with the real binary: what the screen says, exit codes, and what is left behind."""
import os
import signal
import subprocess
import time

import tap
from tap import check, expect, read, refused, write

HEAD = "编号,单位名称,所属县区,监管类别\n"


def world(text):
    path = tap.folder()
    write(f"{path}/in.csv", text)
    return path, ["sheet", "import", "sites", f"{path}/in.csv", "--out", f"{path}/out"]


def test_why_rows_were_not_taken_stands_on_the_screen():
    path, words = world(HEAD + "A,甲厂,唐县,一般\nB,乙厂,中卫,一般\nC,丙厂,中卫,一般\n")
    a = expect(0, words, "未收 2", "未收的原因：\n  2 行（第 3、4 行）：「所属县区」“中卫”认不出", "--area any",
               f"核对表：{path}/out/sites-report.csv")
    check(a.err == "", a.err)
    expect(1, [*words, "--strict"])


def test_what_is_written_is_for_its_owner():
    path, words = world(HEAD + "A,甲厂,唐县,一般\n")
    expect(0, words)
    write(f"{path}/p.csv", "工号,姓名,执法证号,单位\nP1,王强,0306001,支队\n")
    expect(0, ["sheet", "import", "inspectors", f"{path}/p.csv", "--out", f"{path}/out"])
    modes = {name: oct(os.stat(f"{path}/out/{name}").st_mode & 0o777) for name in os.listdir(f"{path}/out")}
    check(len(modes) == 4 and set(modes.values()) == {"0o600"}, str(modes))


def test_json_shows_what_would_turn_the_writing():
    path, words = world(HEAD + "A,甲厂,中\u202e卫,一般\nB,乙厂,唐县,一般\nC,丙\U000e0041厂,中卫,一般\n" * 1)
    a = expect(0, [*words, "--json"])
    check(a.json["counts"]["new"] == 1 and len(a.json["rows"]) == 3, a.out)
    check(not [c for c in a.out if c in "\u202e\U000e0041\u200b"] and a.out.endswith("}\n"), a.out)


def test_nothing_taken_is_a_refusal_and_keeps_the_registry():
    path, words = world(HEAD + "A,甲厂,唐县,一般\n")
    expect(0, words)
    before = read(f"{path}/out/sites.tsv")
    write(f"{path}/in.csv", HEAD + "A,甲厂,中卫,一般\nB,乙厂,唐县,中等\n")
    a = expect(1, words, "请改成：重点、一般", "2 行全部未收，名录没有改动", "核对表：")
    check(a.err.startswith("错误："), a.err)
    check(read(f"{path}/out/sites.tsv") == before, "as it was")
    check("“中卫”认不出".encode() in read(f"{path}/out/sites-report.csv"), "the report says why")
    j = expect(1, [*words, "--json"]).json
    check(j["counts"]["quarantined"] == 2 and len(j["rows"]) == 2, str(j))


def test_nothing_taken_is_no_change_of_kept_data():
    path, words = world(HEAD + "A,甲厂,中卫,一般\n")
    data = ["--data", f"{path}/data"]
    expect(0, ["data", "init", f"{path}/data", "--demo"])
    words = ["import", *words[2:], *data]
    refused(1, words, "1 行全部未收，名录没有改动", "“中卫”认不出", f"核对表：{path}/out/sites-report.csv")
    check("“中卫”认不出".encode() in read(f"{path}/out/sites-report.csv"), "the report says why")
    write(f"{path}/in.csv", "什么,也不是\n1,2\n")
    refused(1, [*words[:-3], f"{path}/none", *data], "没有导入")
    check(not os.path.exists(f"{path}/none"), "no empty folder")
    write(f"{path}/in.csv", HEAD + "A,甲厂,唐县,一般\n")
    expect(0, words, "第 1 号变更：名录新增 1 行")


def test_slips_are_refused_by_line_and_leave_nothing():
    path, words = world(HEAD + "A,甲厂,唐县,一般\n")
    for rule, said in (("nope = 单位名称", "「nope」"), ("所属县区: 中卫 => 火星", "“火星”认不出"),
                       ("监管类别 := 超级", "请改成：重点、一般")):
        write(f"{path}/map", f"# 对照\n{rule}\n")
        refused(1, [*words, "--map", f"{path}/map"], "对照文件第 2 行", said)
    refused(1, [*words, "--sheet", "Foo"], "--sheet 只用于")
    check(sorted(os.listdir(path)) == ["in.csv", "map"], str(os.listdir(path)))


def test_an_interrupted_import_says_what_is_true():
    path, words = world(HEAD + "".join(f"A-{i},甲厂{i},唐县,一般\n" for i in range(600000)))
    p = subprocess.Popen([tap.BINARY, *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    while not os.path.isdir(f"{path}/out") and p.poll() is None:
        time.sleep(0.001)
    p.send_signal(signal.SIGINT)
    said = p.communicate()[1].decode()
    check(p.returncode == 3 and "导入已中断：没有写出名录和核对表" in said, f"{p.returncode} {said}")
    check("in.csv" not in said, said)
    check(os.listdir(path) == ["in.csv"], str(os.listdir(path)))


if __name__ == "__main__":
    tap.main(globals())
