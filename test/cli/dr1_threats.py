"""Attacks on dr1 with the real binary: folders made to pass, to hang or to steer the terminal."""
import os
import pty
import shutil
import subprocess
import time

import tap
import dr1_draw
from dr1_draw import city, commitment, declared, drawn, recorded, vector
from tap import check, expect, read, refused, run, write

DICE = "dice 20d10 hall 2099-03-01T09:00"
KL8 = "cwl-kl8 2099031"
TICKET = "0." + "1" * 64


def declare(path, *more, draw="T-2026-1"):
    return ["dr1", "declare", path, "--draw", draw, *more]


def lose(path, *names):
    for name in names:
        os.unlink(f"{path}/{name}")


# ---- results that nobody can compute

def test_an_invented_result_never_passes():
    for absent in ("record", "objects.tsv", "rules.txt", "inspectors.tsv", "declaration"):
        path = drawn()
        lose(path, absent, "seed")
        write(path + "/result.tsv", f"S00001\t甲\t1\t{TICKET}\tdrawn\tP000,P001\n")
        write(path + "/result.root", "a" * 64 + "\n")
        a = expect(1, ["dr1", "verify", path], "✗")
        check("没有发现不符" not in a.out, a.out)
        j = run("dr1", "verify", path, "--json").json
        check(not j["passed"] and j["form"] == "drawn", str(j)[:300])


def test_escapes_in_a_result_neither_pass_nor_reach_the_terminal():
    for bad in (b"\x1b[2J", b"\x00", b"\xff", "\u202e".encode()):
        path = drawn()
        lose(path, "inspectors.tsv", "result.root")
        text = read(path + "/result.tsv").replace(b"drawn\tP", b"drawn\tP" + bad)
        write(path + "/result.tsv", text)
        a = expect(1, ["dr1", "verify", path])
        check(bad.decode(errors="replace") not in a.out or bad == b"\xff", repr(a.out))


def test_a_sealed_folder_is_said_to_be_sealed():
    path = drawn()
    lose(path, "objects.tsv", "inspectors.tsv", "conflicts.tsv", "rules.txt", "record", "seed", "result.tsv")
    a = expect(0, ["dr1", "verify", path], "揭示前的封存形式")
    check("没有发现不符" not in a.out and "还没有抽取" not in a.out, a.out)
    write(path + "/rules.txt", "team 2 1 1\nquota 甲 1\n")
    expect(1, ["dr1", "verify", path], "✗")


def test_a_result_without_its_root_is_not_a_draw_to_come():
    path = drawn()
    lose(path, "result.root")
    a = expect(0, ["dr1", "verify", path], "有结果却没有 result.root")
    check("还没有抽取" not in a.out, a.out)


def test_the_public_form():
    path = drawn()
    write(path + "/conflicts.tsv", "P001\tS00004\tkin\n")
    lose(path, "declaration", "record", "seed", "result.tsv", "result.root")
    expect(0, ["dr1", "run", recorded(declared(path))])
    lose(path, "conflicts.tsv")
    expect(0, ["dr1", "verify", path], "公开版", "没有核验的：回避、检查组是否唯一的那一种")
    os.symlink("nowhere", path + "/conflicts.tsv")
    refused(1, ["dr1", "verify", path], "符号链接")
    refused(1, ["dr1", "explain", path, "S00001"], "符号链接")


# ---- randomness that is less than it looks

def test_one_lottery_draw_counts_once():
    path = city()
    four = ["slc-pl5 26300", "slc-pl5 2026300", "slc-pl5 026300", "slc-pl5 26300."]
    refused(1, declare(path, *[w for e in four for w in ("--entropy", e)]), "一律写 7 位")
    refused(1, declare(path, *["--entropy", "slc-pl5 2099300"] * 4), "写了两次")
    refused(1, declare(path, "--entropy", "drand my-own-chain 5"), "不是公共链")
    refused(1, declare(path, "--entropy", "nist mine 5"), "从 1 起")
    chain = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
    refused(1, declare(path, "--entropy", f"drand {chain} 0"), "从 1 起")
    check(not os.path.exists(path + "/declaration"), "nothing written")


def test_what_exists_already_is_refused():
    path = city()
    chain = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
    refused(1, declare(path, "--entropy", f"drand {chain} 1000"), "已经过去")
    refused(1, declare(path, "--entropy", "nist 1 54610"), "早已产生")
    refused(1, declare(path, "--entropy", "nist 2 1"), "早已产生")
    refused(1, declare(path, "--entropy", time.strftime("dice 20d10 hall %Y-%m-%dT%H%M", time.gmtime(time.time() + 8 * 3600 + 60))),
            "10 分钟")
    refused(1, declare(path, "--entropy", "dice 20d10 hall 2020-01-01"), "之前")
    refused(1, declare(path, "--entropy", "cwl-kl8 2020100"), "早已开奖")
    check(not os.path.exists(path + "/declaration"), "nothing written")
    a = expect(0, declare(path, "--entropy", "dice 20d10 hall soon"))
    check("提示：骰子的时间“soon”" in a.err, a.err)
    expect(0, declare(city(), "--entropy", f"drand {chain} 4000000000"))


def test_an_old_draw_is_not_judged_by_todays_clock():
    path, _ = vector(0)
    expect(0 if run("dr1", "run", path).code == 0 else 1, ["dr1", "run", path])
    expect(0, ["dr1", "verify", path])


def test_the_floor_is_shown_in_bits():
    a = expect(0, ["dr1", "verify", drawn()], "20 颗 66.0 比特")
    check("660" not in a.out.split("公开随机数")[1].split("\n")[0], a.out)


# ---- parties that are one

def test_one_key_is_one_party():
    path = city()
    words = ["--entropy", "cwl-ssq 2099031"]
    for party in ("notary", "audit"):
        c = commitment("T-2026-1", party)
        s = dr1_draw.sign(b"\1" * 32, f"T-2026-1\n{party}\n{c}\n".encode())
        words += ["--share", f"{party}={c}", "--signature", f"{party}={s}"]
    refused(1, declare(path, *words), "同一个公钥")
    for name in ("Operator", "operator.", "OPERATOR", "operat0r"):
        refused(1, declare(path, "--entropy", KL8, "--share", f"{name}={'1' * 64}"), "太像")


def signed(path, shares):
    """Declares with two signed shares and draws."""
    words = ["--entropy", "cwl-ssq 2099031"]
    for i, (party, share) in enumerate(shares.items()):
        c = commitment("T-2026-1", party, share)
        s = dr1_draw.sign(bytes([i + 1]) * 32, f"T-2026-1\n{party}\n{c}\n".encode())
        words += ["--share", f"{party}={c}", "--signature", f"{party}={s}"]
    expect(0, declare(path, *words))
    write(path + "/record", "entropy cwl-ssq 2099031 01-02-03-04-05-06-07\n" +
          "".join(f"share {party} {share}\n" for party, share in shares.items()))
    return path


def test_one_share_is_one_party():
    path = signed(city(), {"notary": "ab" * 32, "audit": "ab" * 32})
    refused(1, ["dr1", "run", path], "完全相同")
    expect(1, ["dr1", "verify", path], "✗ record 第 3 行", "完全相同")


def test_the_report_shows_the_keys():
    path = signed(city(), {"notary": "ab" * 32, "audit": "cd" * 32})
    expect(0, ["dr1", "run", path])
    keys = [line.split("\t")[1] for line in read(path + "/signatures.tsv").decode().splitlines()]
    expect(0, ["dr1", "verify", path], *(f"的公钥 {key}" for key in keys))
    lines = read(path + "/signatures.tsv").decode().splitlines()
    twin = lines[1].split("\t")
    write(path + "/signatures.tsv", "\t".join([lines[0].split("\t")[0], *twin[1:]]) + "\n" + lines[1] + "\n")
    expect(1, ["dr1", "verify", path], "✗")


def test_two_signatures_are_there_or_the_floor_is_not_reached():
    path = signed(city(), {"notary": "ab" * 32, "audit": "cd" * 32})
    expect(0, ["dr1", "run", path])
    whole = read(path + "/signatures.tsv")
    expect(0, ["dr1", "verify", path])
    lose(path, "signatures.tsv")
    expect(1, ["dr1", "verify", path], "✗ 公开随机数", "signatures.tsv")
    write(path + "/signatures.tsv", whole.splitlines(keepends=True)[0])
    expect(1, ["dr1", "verify", path], "✗ 公开随机数")
    lose(path, "signatures.tsv")
    os.symlink("nowhere", path + "/signatures.tsv")
    expect(1, ["dr1", "verify", path], "signatures.tsv 不是普通文件")
    lose(path, "signatures.tsv")
    os.mkdir(path + "/signatures.tsv")
    a = expect(1, ["dr1", "verify", path], "signatures.tsv 不是普通文件")
    check("第 0 行" not in a.out, a.out)


def test_one_commitment_for_two_parties():
    refused(1, declare(city(), "--entropy", KL8, "--share", "a=" + "1" * 64, "--share", "b=" + "1" * 64), "完全相同")


def test_one_roll_counted_twice():
    for one, other in (("hall 2099-12-15", "hall 2099-12-15T0000"), ("hall 2099-12-15", "hall1 2099-12-15")):
        refused(1, declare(city(), "--entropy", "dice 10d10 " + one, "--entropy", "dice 10d10 " + other), "写了两次")
    issues = [f"slc-pl5 2099{i}" for i in range(310, 314)]
    path = city()
    expect(0, declare(path, *[w for i in issues for w in ("--entropy", i)]))
    write(path + "/record", "".join(f"entropy {i} 4-0-7-7-1\n" for i in issues))
    refused(1, ["dr1", "run", path], "第 2 行", "抄了两遍")
    expect(1, ["dr1", "verify", path], "✗ record 第 2 行")


def test_a_false_root_alone():
    path = drawn()
    lose(path, "result.tsv", "conflicts.tsv")
    write(path + "/result.root", "a" * 64 + "\n")
    expect(1, ["dr1", "verify", path], "却没有 result.tsv")


def test_the_public_form_is_named_in_the_last_line():
    path = city()
    write(path + "/conflicts.tsv", "P001\tS00004\tkin\n")
    expect(0, ["dr1", "run", recorded(declared(path))])
    last = lambda: run("dr1", "verify", path).out.splitlines()[-1]
    check("检查组没有核验" not in last(), last())
    lose(path, "conflicts.tsv")
    check(last().startswith("没有发现不符；检查组没有核验："), last())


def test_everybody_in_recusal():
    path = city(objects=20, inspectors=4)
    write(path + "/conflicts.tsv", "".join(f"P{i:03d}\tS{k:05d}\tkin\n" for i in range(4) for k in range(20)))
    refused(1, declare(path, "--entropy", DICE), "只有 0 个对象组得成检查组", "--accept-shortage")
    expect(0, declare(path, "--entropy", DICE, "--accept-shortage"))


def test_a_share_goes_into_a_file():
    path = tap.folder()
    words = ["dr1", "commit", "--draw", "T-2026-1", "--party", "notary", "--out", path + "/share.txt"]
    a = expect(0, words, "份额已写入")
    share = read(path + "/share.txt").decode()
    check(share.strip() not in a.out + a.err and os.stat(path + "/share.txt").st_mode & 0o777 == 0o600, a.out)
    check(f"notary={commitment('T-2026-1', 'notary', share.strip())}" in a.out, a.out)
    refused(1, words, "已经存在")
    check("share" not in run(*words[:-1], path + "/two.txt", "--json").json, "not in JSON")
    refused(2, [*words[:-1], path + "/three.txt", "--form", "-"], "--form")


# ---- folders made to end or to hold the verifier

def test_a_source_of_thousands_of_words():
    path = drawn()
    write(path + "/declaration", read(path + "/declaration").decode().replace(
        "entropy dice", "entropy demo" + " a" * 5000 + "\nentropy dice"))
    a = expect(1, ["dr1", "verify", path], "太长")
    check(a.code == 1, str(a.code))


def test_files_that_are_larger_than_they_are():
    path = drawn()
    write(path + "/paper.pdf", "x")
    sums(path)
    os.truncate(path + "/paper.pdf", 1 << 40)
    expect(1, ["dr1", "verify", path], "“paper.pdf”超过 4 GiB")
    os.truncate(path + "/paper.pdf", 1 << 30)
    expect(1, ["dr1", "verify", path], "“paper.pdf”不是普通文件，或是有空洞的文件")
    os.unlink(path + "/paper.pdf")
    os.truncate(path + "/objects.tsv", 15 << 30)
    refused(1, ["dr1", "verify", path], "4294967296")
    os.truncate(path + "/objects.tsv", 3 << 30)
    refused(1, ["dr1", "verify", path], "空洞")


def sums(path):
    import hashlib
    names = sorted(n for n in os.listdir(path) if n != "SHA256SUMS")
    write(path + "/SHA256SUMS", "".join(f"{hashlib.sha256(read(f'{path}/{n}')).hexdigest()}  {n}\n"
                                        for n in names))


def test_a_list_cut_short_while_it_is_read():
    path = city(objects=60000, inspectors=20, quota="1/1000")
    expect(0, ["dr1", "run", recorded(declared(path))])
    text = read(path + "/objects.tsv")
    for i in range(20):
        p = subprocess.Popen([tap.BINARY, "dr1", "verify", path], stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
        while p.poll() is None:
            os.truncate(path + "/objects.tsv", 0)
            write(path + "/objects.tsv", text)
        check(p.returncode in (0, 1, 3), f"exit {p.returncode}")


def test_folders_inside_folders():
    path = drawn()
    here = os.getcwd()
    os.chdir(path)
    try:
        for _ in range(3000):
            os.mkdir("d")
            os.chdir("d")
    finally:
        os.chdir(here)
    expect(1, ["dr1", "verify", path], "超过 16 层")
    deep = path + "/d"
    while os.path.exists(deep):  # too deep for rmtree
        inner = path + "/inner"
        if os.path.exists(deep + "/d"):
            os.rename(deep + "/d", inner)
        os.rmdir(deep)
        if os.path.exists(inner):
            os.rename(inner, deep)


def test_links_out_of_the_folder():
    for name in ("objects.tsv", "declaration", "result.tsv", "result.root"):
        path = drawn()
        shutil.move(f"{path}/{name}", path + "-outside")
        os.symlink(path + "-outside", f"{path}/{name}")
        refused(1, ["dr1", "verify", path], "符号链接")
        os.unlink(path + "-outside")


# ---- what was refused in vain or said wrongly

def test_a_parent_is_another_draw():
    refused(1, declare(city(), "--entropy", DICE, "--parent", "T-2026-1:" + "a" * 64), "就是这次抽取自己")


def test_impossible_draws_need_a_word():
    path = city(objects=5, inspectors=4)
    write(path + "/rules.txt", "team 2 1 1\nquota 甲 1\nquota 乙 5\n")
    refused(1, declare(path, "--entropy", DICE), "rules.txt 第 3 行：层“乙”只有 2 个对象，名额是 5",
            "--accept-shortage")
    write(path + "/inspectors.tsv", "")
    refused(1, declare(path, "--entropy", DICE), "inspectors.tsv：名单是空的", "--accept-shortage")
    expect(0, declare(path, "--entropy", DICE, "--accept-shortage"))


def test_root_reads_standard_input():
    path = tap.folder() + "/list"
    write(path, "a\nb\n")
    want = run("dr1", "root", path).out
    check(expect(0, ["dr1", "root", "-"], data="a\nb\n").out == want, want)
    check(run("dr1", "root", "-", "--json", data="a\nb\n").json["lines"] == 2, "json")
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n"
    check(run("dr1", "root", "-").out == empty, "no line at all")
    refused(1, ["dr1", "root", "-"], "“标准输入”第 1 行", data="a")


def test_explain_of_those_who_are_on_no_list():
    path = drawn()
    refused(1, ["dr1", "explain", path, "Z9"], "“Z9”不在这次抽取的检查对象", "inspectors.tsv")
    os.mkdir(path + "/freeze")
    write(path + "/freeze/left-out.tsv", "Z9\t王三\t130602\t执法证已于 2020-12-31 到期\n")
    refused(1, ["dr1", "explain", path, "Z9"], "没有列入，原因是：执法证已于 2020-12-31 到期")
    refused(1, ["dr1", "explain", path, "Z8"], "“Z8”不在这次抽取")


# ---- names that steer a terminal

NASTY = "甲\x1b]0;x\x07\u202e厂\u200b\u2066"
SHOWN = "甲\\x1b]0;x\\x07\\u{202e}厂\\u{200b}\\u{2066}"


def test_names_are_shown_not_obeyed():
    path = city()
    text = read(path + "/objects.tsv").decode().replace("企业7\t", NASTY + "\t").replace("\t甲\t", "\t甲\u202e\t")
    write(path + "/objects.tsv", text)
    write(path + "/rules.txt", read(path + "/rules.txt").decode().replace("甲", "甲\u202e"))
    recorded(declared(path))
    a = expect(0, ["dr1", "run", path], "甲\\u{202e}")
    check("\u202e" not in a.out and "\x1b" not in a.out, repr(a.out))
    a = expect(0, ["dr1", "explain", path, "S00007"], SHOWN, "层 甲\\u{202e}")
    check("\u202e" not in a.out and "\x1b" not in a.out, repr(a.out))
    j = run("dr1", "explain", path, "S00007", "--json").json
    check(j["name"] == NASTY, "a program gets the name as it is")
    path = city()
    write(path + "/objects.tsv", read(path + "/objects.tsv").replace("企业7\t".encode(), b"a\0b\t"))
    expect(0, ["dr1", "run", recorded(declared(path))])
    expect(0, ["dr1", "explain", path, "S00007"], "检查对象 S00007 a\\x00b")
    for words in (["dr1", "verify", "/nowhere/" + NASTY], ["dr1", "explain", path, NASTY],
                  ["dr1", "root", "/nowhere/" + NASTY + "\nforged"], ["dr1", NASTY], ["dr1", "root", "--" + NASTY]):
        a = run(*words)
        check(a.code != 0 and not set("\x1b\x07\u202e\u200b\u2066") & set(a.err + a.out), repr(a.err))
    check("\nforged" not in run("dr1", "root", "/nowhere/x\nforged").err, "one line")


def test_tickets_on_a_terminal():
    ours, theirs = pty.openpty()
    subprocess.run([tap.BINARY, "dr1", "tickets", "--seed", "s"], input="a\x1b[31m\n".encode(), stdout=theirs)
    os.close(theirs)
    shown = os.read(ours, 1000).decode()
    os.close(ours)
    check("a\\x1b[31m" in shown and "\x1b" not in shown, repr(shown))
    check("a\x1b[31m" in run("dr1", "tickets", "--seed", "s", data="a\x1b[31m\n").out, "a pipe gets the bytes")


tap.main(globals())
