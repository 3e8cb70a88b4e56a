"""dr1 tickets, root, commit."""
import hashlib
import os
import random
import shutil
import subprocess

import tap
import dr1_draw
from tap import check, expect, refused, run


def rows(seed, ids):
    return [f"{dr1_draw.ticket(seed, i)}\t{i}" for i in dr1_draw.in_order(seed, ids)]


def test_tickets_in_drawing_order():
    ids = [f"id-{i}" for i in range(300)] + ["化一化有", "one two", "x" * 300]
    text = "".join(i + "\n" for i in ids)
    want = rows("种子 7", ids)
    a = expect(0, ["dr1", "tickets", "--seed", "种子 7"], data=text)
    check(a.out.splitlines() == want, "order")
    path = os.path.join(tap.folder(), "ids")
    tap.write(path, text)
    check(run("dr1", "tickets", "--seed", "种子 7", path).out == a.out, "from a file")
    check(run("dr1", "tickets", "--seed", "种子 7", "-").code == 0, "dash")
    kept = run("dr1", "tickets", "--keep-order", "--seed", "种子 7", path).out.splitlines()
    check([line.split("\t")[1] for line in kept] == ids and sorted(kept) == sorted(want), "keep order")
    j = run("dr1", "tickets", "--seed", "种子 7", path, "--json").json
    check([f"{t['ticket']}\t{t['id']}" for t in j["tickets"]] == want, "json")


def test_take_is_a_prefix_of_the_order():
    ids = [str(random.getrandbits(60)) for _ in range(7000)]
    text = "".join(i + "\n" for i in ids)
    all_rows = run("dr1", "tickets", "--seed", "s", data=text).out.splitlines()
    for take in (1, 2, 10, 999, 6999, 7000, 7001):
        a = expect(0, ["dr1", "tickets", "--seed", "s", "--take", str(take)], data=text)
        check(a.out.splitlines() == all_rows[:take], f"take {take}")


def test_an_empty_list_has_no_tickets():
    check(expect(0, ["dr1", "tickets", "--seed", "s"]).out == "", "empty")
    check(run("dr1", "tickets", "--seed", "s", "--json").json == {"tickets": []}, "empty json")
    check(expect(0, ["dr1", "tickets", "--seed", "s", "--take", "5"]).out == "", "empty take")


def test_the_last_line_may_lack_its_end():
    check(run("dr1", "tickets", "--seed", "s", data="a\nb").out ==
          run("dr1", "tickets", "--seed", "s", data="a\nb\n").out, "last line")


def test_bad_ids_are_refused_with_their_line():
    for data, words in (("a\n\nb\n", "第 2 行"), ("a\nb\na\n", "第 3 行"), ("a\nb\tc\n", "第 2 行"),
                        ("a\r\nb\r\n", "第 1 行"), ("\ufeffa\n", "第 1 行"),
                        (b"a\nb\n\xff\xfe\n", "第 3 行")):
        for more in ([], ["--keep-order"], ["--take", "2"]):
            a = refused(1, ["dr1", "tickets", "--seed", "s", *more], words, data=data)
            check(len(a.out) == 0, "nothing is given out before the refusal")
    refused(1, ["dr1", "tickets", "--seed", "s"], "与第 1 行重复", data="a\nb\na\n")
    refused(1, ["dr1", "tickets", "--seed", "s", "--strict-ids"], "第 2 行", "化一", data="a\n化一\n")
    refused(1, ["dr1", "tickets", "--seed", "s"], "64 KiB", data="x" * 70000 + "\n")


def test_tickets_of_a_missing_file():
    refused(3, ["dr1", "tickets", "--seed", "s", "/nowhere/ids"], "找不到“/nowhere/ids”")
    refused(2, ["dr1", "tickets", "--seed", "s", "--take", "1", "--keep-order"], "不能同用")


def test_root():
    path = os.path.join(tap.folder(), "list")
    for count in (0, 1, 2, 3, 7, 64, 100):
        lines = [f"行 {i}" for i in range(count)]
        tap.write(path, "".join(line + "\n" for line in lines))
        want = dr1_draw.tree([line.encode() for line in lines])
        check(expect(0, ["dr1", "root", path]).out == want + "\n", f"root of {count}")
        check(run("dr1", "root", path, "--json").json == {"lines": count, "root": want}, "json")


def test_root_of_malformed_files():
    path = os.path.join(tap.folder(), "list")
    for data, words in (("a\nb", "换行"), ("\ufeffa\n", "BOM"), ("a\r\n", "回车"), (b"a\n\xc0\n", "UTF-8")):
        tap.write(path, data)
        refused(1, ["dr1", "root", path], words)
    refused(3, ["dr1", "root", path + "x"], "找不到")
    refused(1, ["dr1", "root", os.path.dirname(path)], "不是普通文件")


def test_commit_makes_a_new_share_each_time():
    words = ["dr1", "commit", "--draw", "BD-2026-0001", "--party", "notary"]
    a, b = run(*words, "--json").json, run(*words, "--json").json
    check(a["share"] != b["share"] and len(a["share"]) == 64, str(a))
    check(a["commitment"] == dr1_draw.commitment("BD-2026-0001", "notary", a["share"]), "commitment")
    text = expect(0, words, "份额（保密", "承诺（现在交给组织方）", "--share notary=")
    check(len(text.err) == 0, text.err)


def test_commit_of_a_given_share():
    words = ["dr1", "commit", "--draw", "BD-2026-0001", "--party", "notary"]
    share = hashlib.sha256(b"dice").hexdigest()
    want = dr1_draw.commitment("BD-2026-0001", "notary", share)
    a = expect(0, [*words, "--share", share], want)
    b = expect(0, [*words, "--share", "-"], want, data=share + "\n")
    for answer in (a, b):
        check(share not in answer.out + answer.err, "the share is not repeated")
    for bad in (share[:-1], share + "0", share.upper(), "zz" * 32, ""):
        r = refused(1, [*words, "--share", "-"], "64 位小写十六进制", data=bad + "\n")
        check(not bad or bad not in r.out + r.err, "a wrong share is not repeated either")
    refused(1, [*words, "--share", "-"], "没有份额")


def test_commit_writes_a_form_for_dice():
    words = ["dr1", "commit", "--draw", "BD-2026-0001", "--party", "notary"]
    path = os.path.join(tap.folder(), "form.pdf")
    expect(0, [*words, "--form", path], "登记表已写入")
    check(tap.read(path).startswith(b"%PDF-"), "a PDF")
    check(run(*words, "--form", path, "--json").json == {"draw": "BD-2026-0001", "form": path, "party": "notary"},
          "json")
    p = subprocess.run([tap.BINARY, *words, "--form", "-"], capture_output=True, timeout=60)
    check(p.returncode == 0 and p.stdout.startswith(b"%PDF-") and not p.stderr, str(p.stderr))
    refused(2, [*words, "--form", path, "--share", "-"], "不能同用")
    refused(2, [*words, "--form", "-", "--json"], "不能同用")
    refused(3, [*words, "--form", "/nowhere/form.pdf"], "/nowhere/form.pdf")
    if shutil.which("pdftotext"):
        text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True).stdout.decode()
        for part in ("BD-2026-0001", "notary", "手工份额登记表", "重掷", "sha256sum", "57-64"):
            check(part in text, part)


def test_commit_checks_its_words():
    refused(1, ["dr1", "commit", "--draw", "BD", "--party", "notary"], "抽取编号“BD”")
    refused(1, ["dr1", "commit", "--draw", "BD-1", "--party", "纪检"], "“纪检”")
    refused(2, ["dr1", "commit", "--party", "notary"], "--draw")


tap.main(globals())
