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


def test_lines_that_end_in_cr_alone_are_not_lost():
    rows = HEAD + "".join(f"A{i},甲厂{i},唐县,一般\n" for i in range(9))
    for text in (rows.replace("\n", "\r"), HEAD + rows[len(HEAD):].replace("\n", "\r")):
        path, words = world(text)
        refused(1, words, "只用回车（CR）隔开", "另存为")
        check(os.listdir(path) == ["in.csv"], str(os.listdir(path)))
    path, words = world(rows.replace("\n", "\r\n"))
    expect(0, words, "读入 9 行")
    path, words = world(rows.replace("甲厂3", '"甲\r厂3"'))
    expect(0, words, "读入 9 行")


def test_a_header_alone_is_no_registry():
    path, words = world(HEAD + "A,甲厂,唐县,一般\n")
    expect(0, words)
    before = read(f"{path}/out/sites.tsv")
    for text in (HEAD, HEAD.strip(), HEAD + "\n\n,,,\n"):
        write(f"{path}/in.csv", text)
        expect(1, words, "一行数据也没有")
        check(read(f"{path}/out/sites.tsv") == before, "as it was")
    path, words = world(HEAD)
    expect(1, words)
    check(not os.path.exists(f"{path}/out/sites.tsv"), "no file")


def test_two_encodings_in_one_file_are_told():
    path, words = world("")
    rows = HEAD + "".join(f"A{i},甲厂{i},唐县,一般\n" for i in range(9))
    write(f"{path}/in.csv", rows.encode() + "B,乙厂,唐县,一般\n".encode("gbk"))
    a = expect(0, words, "第 11 行起混有别的编码", "未收 1")
    check("提示：" in a.err, a.err)


def test_an_identity_number_in_pieces_is_starred_in_the_report():
    number = "11010519491231002X"
    spelled = ["110105\u200b19491231002X", "110105 19491231 002X", "110105-19491231-002X", "１１０１０５　19491231002x"]
    path, words = world("编号,单位名称,所属县区,监管类别,详细地址\n" +
                        "".join(f"A{i},甲厂{i},唐县,一般,法人{n}\n" for i, n in enumerate(spelled)) + "B,乙厂,中卫,一般,\n")
    expect(0, words, "核对表")
    for name in ("sites.tsv", "sites-report.csv"):
        text = read(f"{path}/out/{name}").decode()
        plain = "".join(c for c in text.translate(str.maketrans("０１２３４５６７８９x", "0123456789X")) if c in number or c == "法")
        check(number not in plain and "19491231" not in plain, f"{name}: {text}")
        check("法人***" in text, text)


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
