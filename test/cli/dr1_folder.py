"""dr1 declare, run, verify, explain, odds over whole folders."""
import os
import shutil
import signal
import subprocess
import time

import tap
import dr1_draw
from dr1_draw import SHORT, city, commitment, declared, drawn, recorded, vector
from tap import check, expect, read, refused, run, write

SHARES = {"notary": "ab" * 32, "audit": "cd" * 32}
DICE = "dice 20d10 hall 2099-03-01T09:00"


def files(path):
    return {name: read(os.path.join(path, name)) for name in sorted(os.listdir(path))}


def declare(path, *more, draw="T-2026-0001"):
    return ["dr1", "declare", path, "--draw", draw, *more]


# ---- declare

def test_declare_writes_what_the_specification_says():
    path, v = vector(2, *dr1_draw.LISTS)
    lines = v["declaration"].splitlines()
    entropy = [line.split(" ", 1)[1] for line in lines if line.startswith("entropy")]
    shares = [line.split(" ") for line in lines if line.startswith("share")]
    words = declare(path, draw=v["draw"])
    for e in entropy:
        words += ["--entropy", e]
    for _, party, c in shares:
        words += ["--share", f"{party}={c}"]
    refused(1, words, "在今天")  # the vector's dice are of the past: it can only be declared again
    write(path + "/declaration", v["declaration"])
    a = expect(0, words, "声明已写入", "比特")
    check(read(path + "/declaration").decode() == v["declaration"], a.out)
    j = expect(0, [*words, "--json"]).json
    check(j["declaration"] == v["declaration"] and j["floor"]["decibits"] == 660, str(j))
    other = [w if w != v["draw"] else "T-9999" for w in words]
    refused(1, other, "已有一份不同的声明")
    check(read(path + "/declaration").decode() == v["declaration"], "untouched")


def test_declare_keeps_the_floor():
    path = city()
    refused(1, declare(path, "--entropy", "cwl-3d 2099031"), "低于下限 60 比特")
    refused(1, declare(path, "--entropy", "cwl-ssq 2099031"), "外部")
    shares = ["--share", f"a={'1' * 64}", "--share", f"b={'2' * 64}"]
    refused(1, declare(path, "--entropy", "cwl-ssq 2099031", *shares), "签过名")
    check(not os.path.exists(path + "/declaration"), "nothing written")


def test_declare_takes_two_signed_shares():
    path = city()
    words, signatures = ["--entropy", "cwl-ssq 2099031"], []
    for party, secret in (("notary", b"\1" * 32), ("audit", b"\2" * 32)):
        c = commitment("T-2026-0001", party, SHARES[party])
        words += ["--share", f"{party}={c}"]
        s = dr1_draw.sign(secret, f"T-2026-0001\n{party}\n{c}\n".encode())
        signatures.append(f"{party}={s}")
    refused(1, declare(path, *words, "--signature", signatures[0]), "现在只有 1 个")
    bad = signatures[1][:-1] + ("0" if signatures[1][-1] != "0" else "1")
    refused(1, declare(path, *words, "--signature", bad), "签名与承诺不符")
    refused(1, declare(path, *words, "--signature", "notary=12:34"), "签名写法不对")
    refused(1, declare(path, *words, "--signature", "nobody=" + signatures[0].split("=")[1]), "没有份额")
    refused(1, declare(path, *words, "--share", "operator=" + "1" * 64, "--signature",
                       "operator=" + signatures[0].split("=")[1]), "不用签名")
    both = [w for s in signatures for w in ("--signature", s)]
    expect(0, declare(path, *words, *both), "2 个外部方签名的份额")
    expect(0, declare(path, *words, *both))
    write(path + "/record", "entropy cwl-ssq 2099031 01-02-03-04-05-06-07\n" +
          f"share notary {SHARES['notary']}\nshare audit {SHARES['audit']}\n")
    expect(0, ["dr1", "run", path])
    a = expect(0, ["dr1", "verify", path, "--json"]).json
    check(a["failed"] == 0, str(a))
    text = read(path + "/signatures.tsv")
    for at in range(0, len(text), 1 if tap.LONG else 17):
        write(path + "/signatures.tsv", text[:at] + bytes([text[at] ^ 1]) + text[at + 1:])
        expect(1, ["dr1", "verify", path])
    os.unlink(path + "/signatures.tsv")
    refused(1, ["dr1", "run", path], "签过名")
    stray = drawn()
    write(stray + "/signatures.tsv", text)
    expect(1, ["dr1", "verify", stray], "✗ signatures.tsv 里“audit”的签名与声明不符")


def test_declare_refuses_a_value_before_the_freeze():
    path = recorded(city())
    refused(1, declare(path, "--entropy", DICE), "先于锁定")


def test_declare_refuses_malformed_words():
    path = city()
    good = "1" * 64
    for more, words in ((["--entropy", "dice 20d10"], "没有说清"), (["--entropy", "moon 1"], "moon"),
                        (["--entropy", DICE, "--entropy", DICE], "写了两次"),
                        (["--entropy", DICE, "--share", "a=xyz"], "承诺"),
                        (["--entropy", DICE, "--share", "纪检=" + good], "纪检"),
                        (["--entropy", DICE, "--parent", "X-1"], "")):
        refused(1, declare(path, *more), words)
    refused(1, declare(path, "--entropy", DICE, draw="BAD"), "抽取编号“BAD”")
    many = [w for i in range(20) for w in ("--share", f"p{i}={i:064x}")]
    refused(1, declare(path, "--entropy", DICE, *many), "份额超过")
    refused(2, declare(path, "--entropy", DICE, "--share", "a"), "名称=值")
    refused(2, declare(path), "--entropy")
    refused(3, declare(path + "x", "--entropy", DICE), "找不到")
    check(not os.path.exists(path + "/declaration"), "nothing written")


def test_bad_lists_are_refused_with_file_and_line():
    def lines(text, change):
        part = text.decode().splitlines()
        change(part)
        return "".join(line + "\n" for line in part)

    cases = [
        ("objects.tsv", lambda p: p.insert(5, p[4]), "objects.tsv 第 6 行"),
        ("objects.tsv", lambda p: p.__setitem__(3, "坏 编号\t甲\t名"), "objects.tsv 第 4 行"),
        ("objects.tsv", lambda p: p.reverse(), "objects.tsv 第 2 行"),
        ("objects.tsv", lambda p: p.__setitem__(7, "S00007\t丙"), "objects.tsv 第 8 行"),
        ("objects.tsv", lambda p: p.__setitem__(7, ""), "objects.tsv 第 8 行"),
        ("objects.tsv", lambda p: p.clear(), "objects.tsv"),
        ("inspectors.tsv", lambda p: p.__setitem__(1, "P001\tX\t1\t0"), "inspectors.tsv 第 2 行"),
        ("inspectors.tsv", lambda p: p.__setitem__(1, "P001\tS\t-1\t0"), "inspectors.tsv 第 2 行"),
        ("conflicts.tsv", lambda p: p.append("P999\tS00001\tkin"), "conflicts.tsv 第 1 行"),
        ("conflicts.tsv", lambda p: p.append("P001\tS99999\tkin"), "conflicts.tsv 第 1 行"),
        ("rules.txt", lambda p: p.__setitem__(0, "team 2 2 1"), "rules.txt 第 1 行"),
        ("rules.txt", lambda p: p.__setitem__(1, "quota 甲 11/10"), "rules.txt 第 2 行"),
        ("rules.txt", lambda p: p.pop(), "objects.tsv 第 1 行"),
    ]
    for name, change, words in cases:
        path = city()
        write(f"{path}/{name}", lines(read(f"{path}/{name}"), change))
        refused(1, declare(path, "--entropy", DICE), words)
        check(not os.path.exists(path + "/declaration"), words)
    for name in dr1_draw.LISTS:
        path = city()
        os.unlink(f"{path}/{name}")
        refused(1, declare(path, "--entropy", DICE), name, "没有这个文件")


def test_declare_refuses_what_cannot_be():
    for change, words in ((("inspectors.tsv", b"\tS\t", b"\tJ\t"), "没有老队员"),
                          (("inspectors.tsv", b"\t60\t", b"\t0\t"), "全部人员的上限合计 0"),
                          (("rules.txt", b"1/10", b"999"), "rules.txt 第 2 行：层“甲”只有 20 个对象，名额是 999")):
        path = city(objects=30, inspectors=4)
        name, old, new = change
        write(f"{path}/{name}", read(f"{path}/{name}").replace(old, new))
        refused(1, declare(path, "--entropy", DICE), words, "--accept-shortage")
        check(not os.path.exists(path + "/declaration"), "nothing written")
        a = expect(0, declare(path, "--entropy", DICE, "--accept-shortage"), words)
        check("提示：" in a.err, a.err)


def test_declare_warns_of_what_may_not_do():
    for change, words in ((("inspectors.tsv", b"\t1306", b"\t9999"), "辖区"),
                          (("rules.txt", b"team 2 1 1", b"team 1 0 0"), "每组只有 1 人")):
        path = city(objects=30, inspectors=4)
        name, old, new = change
        write(f"{path}/{name}", read(f"{path}/{name}").replace(old, new))
        a = expect(0, declare(path, "--entropy", DICE, "--accept-shortage"), words)
        check("提示：" in a.err, a.err)
    expect(0, declare(city(), "--entropy", DICE, draw="T-007"), "前导零")


def test_one_site_and_one_inspector():
    path = city(objects=1, inspectors=1, quota="1/1")
    write(path + "/rules.txt", "team 1 0 1\nquota 乙 1\n")
    recorded(declared(path))
    a = expect(0, ["dr1", "run", path])
    check(read(path + "/result.tsv").decode().split("\t")[-1] == "P000\n", a.out)


# ---- run

def test_run_gives_the_bytes_of_every_vector():
    for index, v in enumerate(dr1_draw.VECTORS):
        path, _ = vector(index)
        want = v["expected"]
        feasible = want["assignment"]["feasible"] if "feasible" in want["assignment"] else None
        a = run("dr1", "run", path)
        if feasible is not None:
            check(a.code == (0 if feasible else 1), f"{v['draw']}: exit {a.code} {a.err}")
        check(read(path + "/result.tsv").decode() == want["result_tsv"], v["draw"])
        check(read(path + "/seed").decode() == want["seed_R"] + "\n", v["draw"])
        check(read(path + "/result.root").decode() == want["result_root"] + "\n", v["draw"])
        before = files(path)
        again = run("dr1", "run", path, "--json")
        check(again.code == a.code and again.json["seed"] == want["seed_R"], again.err)
        check(files(path) == before, "a second run changes nothing")
        expect(0, ["dr1", "verify", path])


def test_run_keeps_secrets_from_others():
    path = drawn()
    for name in ("seed", "result.tsv"):
        check(os.stat(f"{path}/{name}").st_mode & 0o77 == 0, name)


def test_run_never_replaces_a_different_result():
    for name in ("seed", "result.tsv", "result.root"):
        path = drawn()
        text = read(f"{path}/{name}")
        write(f"{path}/{name}", text[:-2] + b"0\n" if text[-2:-1] != b"0" else text[:-2] + b"1\n")
        before = files(path)
        refused(1, ["dr1", "run", path], name, "不会覆盖")
        check(files(path) == before, "untouched")


def test_run_names_those_who_are_missing():
    path = recorded(declared(city(objects=60, inspectors=4, quota="1/2")))
    text = read(path + "/inspectors.tsv").replace(b"\t60\t", b"\t3\t")
    write(path + "/inspectors.tsv", text)
    for name in ("declaration", "record"):
        os.unlink(f"{path}/{name}")
    recorded(declared(path, more=SHORT))
    a = expect(1, ["dr1", "run", path], "组不成全部检查组", "无论怎样安排都缺", "P000", "已写入 result.tsv")
    j = run("dr1", "run", path, "--json")
    check(j.code == 1 and not j.json["feasible"] and j.json["shortage"]["unmet"] > 0, j.out)
    check(len(j.json["shortage"]["visits"]) > 0 and j.json["shortage"]["notes"], a.out)
    rows = read(path + "/result.tsv").decode().splitlines()
    check(rows and all(len(row.split("\t")) == 5 for row in rows), "drawn objects without teams")
    expect(0, ["dr1", "verify", path])


def test_run_without_anybody_who_may_go():
    everybody = "".join(f"P{p:03d}\tS{s:05d}\tkin\n" for p in range(4) for s in range(30))
    for name, text, words in (("inspectors.tsv", "", "组不成"), ("conflicts.tsv", everybody, "组不成"),
                              ("rules.txt", "team 2 1 1\nquota 甲 999\nquota 乙 1/10\n", "不足名额")):
        path = city(objects=30, inspectors=4)
        write(f"{path}/{name}", text)
        recorded(declared(path, more=SHORT))
        a = run("dr1", "run", path)
        check(words in a.out, a.out + a.err)
        check(a.code == (0 if name == "rules.txt" else 1), f"{name}: {a.code}")
        check(len(read(path + "/result.tsv")) > 0, "the drawn objects are written")
        expect(0, ["dr1", "verify", path])


def test_run_refuses_what_does_not_fit_the_declaration():
    def changed(name, old, new):
        path = recorded(declared(city()))
        text = read(f"{path}/{name}")
        check(old in text, f"{name} has {old}")
        write(f"{path}/{name}", text.replace(old, new, 1))
        return path

    for name, old, new, words in (
            ("objects.tsv", "企业7".encode(), "企业8".encode(), "objects.tsv"),
            ("objects.tsv", b"S00005\t", b"S00003\t", "objects.tsv 第 6 行"),
            ("inspectors.tsv", b"\t60\t", b"\t61\t", "inspectors.tsv"),
            ("rules.txt", b"1/10", b"1/11", "rules.txt"),
            ("declaration", b"objects 200", b"objects 201", "objects.tsv"),
            ("record", b"abab", b"abac", "打不开"),
            ("record", b"0123456789", b"012345678x", "20"),
            ("record", b"entropy dice 20d10 hall", b"entropy dice 20d10 yard", "record 第 1 行"),
            ("record", b"share operator", b"share operat0r", "record 第 2 行")):
        path = changed(name, old, new)
        refused(1, ["dr1", "run", path], words)
        check(not os.path.exists(path + "/seed"), "nothing written")
    for name in ("declaration", "record"):
        path = recorded(declared(city()))
        os.unlink(f"{path}/{name}")
        refused(1, ["dr1", "run", path], name, "没有这个文件")


def test_run_refuses_a_declaration_below_the_floor():
    path = recorded(declared(city()))
    for name in ("declaration", "record"):
        text = read(f"{path}/{name}").replace(b"20d10", b"10d10").replace(b" 01234567890123456789", b" 0123456789")
        write(f"{path}/{name}", text)
    refused(1, ["dr1", "run", path], "份额")


def test_run_is_whole_or_not_at_all_when_killed():
    path = recorded(declared(city(objects=20000, inspectors=100)))
    reference = path + "-reference"
    shutil.copytree(path, reference)
    start = time.monotonic()
    check(run("dr1", "run", reference).code == 0, "reference")
    took = time.monotonic() - start
    want = files(reference)
    for i in range(200 if tap.LONG else 25):
        p = subprocess.Popen([tap.BINARY, "dr1", "run", path], stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
        time.sleep(took * (i % 25) / 22)
        p.send_signal(signal.SIGKILL)
        p.wait()
        for name in ("seed", "result.tsv", "result.root"):
            if os.path.exists(f"{path}/{name}"):
                check(read(f"{path}/{name}") == want[name], f"{name} is whole")
        if os.path.exists(path + "/result.root"):
            check(os.path.exists(path + "/result.tsv") and os.path.exists(path + "/seed"), "root is last")
            for name in ("seed", "result.tsv", "result.root"):
                os.unlink(f"{path}/{name}")
    expect(0, ["dr1", "run", path])
    check(files(path) == want, "nothing is left of killed runs")


# ---- verify

def test_verify_says_each_step():
    path = drawn()
    a = expect(0, ["dr1", "verify", path], "✓", "未核验", "怎样核验")
    check("✗" not in a.out.split("\n✓ ")[0], a.out)
    expect(1, ["dr1", "verify", path, "--strict"], "按 --strict 不算通过")
    j = expect(0, ["dr1", "verify", path, "--json"]).json
    check(j["passed"] and j["failed"] == 0 and j["unknown"] > 0 and j["draw"] == "T-2026-0001", str(j))
    check(all(s["mark"] in ("ok", "unknown") and s["text"] for s in j["steps"]), str(j))
    check(all(s["how"] for s in j["steps"] if s["mark"] == "unknown"), "how to check what was not")
    s = run("dr1", "verify", path, "--json", "--strict")
    check(s.code == 1 and not s.json["passed"], s.out)


def test_verify_before_the_draw():
    path = declared(city())
    expect(0, ["dr1", "verify", path], "还没有抽取")
    expect(1, ["dr1", "verify", city()], "✗")
    refused(3, ["dr1", "verify", path + "x"], "找不到")


def test_verify_a_rehearsal_is_never_valid():
    path = city()
    expect(0, declare(path, "--entropy", "demo made-up"), "演练")
    write(path + "/record", "entropy demo made-up 42\n")
    expect(0, ["dr1", "run", path], "演练无效")
    expect(0, ["dr1", "verify", path], "演练无效")
    check(not expect(0, ["dr1", "verify", path, "--json"]).json["passed"], "no exit code says valid")
    a = expect(1, ["dr1", "verify", path, "--strict", "--json"]).json
    check(a["rehearsal"] and "演练无效" in a["conclusion"] and not a["passed"], str(a))


def test_verify_names_files_that_nothing_covers():
    path = drawn()
    write(path + "/notes.txt", "hello\n")
    a = expect(0, ["dr1", "verify", path], "notes.txt", "SHA256SUMS")
    check("未核验 文件夹里还有 1 个" in a.out, a.out)


def sums(path):
    import hashlib
    names = sorted(n for n in os.listdir(path) if n != "SHA256SUMS")
    write(path + "/SHA256SUMS", "".join(f"{hashlib.sha256(read(f'{path}/{n}')).hexdigest()}  {n}\n"
                                        for n in names))


def test_verify_holds_every_file_against_the_sums():
    path = drawn()
    write(path + "/notes.txt", "hello\n")
    sums(path)
    a = expect(0, ["dr1", "verify", path], "未核验 全部 10 个文件与 SHA256SUMS 一致", "没有被声明或结果根绑定")
    import hashlib
    check(hashlib.sha256(read(path + "/SHA256SUMS")).hexdigest() in a.out, "the list's own hash")
    expect(0, ["dr1", "verify", path + "/"])
    write(path + "/more.txt", "")
    expect(1, ["dr1", "verify", path], "✗ “more.txt”没有列在")
    os.unlink(path + "/more.txt")
    os.symlink("notes.txt", path + "/link")
    expect(1, ["dr1", "verify", path], "✗ “link”没有列在")
    os.unlink(path + "/link")
    write(path + "/notes.txt", "hallo\n")
    expect(1, ["dr1", "verify", path], "“notes.txt”的内容与 SHA256SUMS 不符")
    os.unlink(path + "/notes.txt")
    expect(1, ["dr1", "verify", path], "缺少 SHA256SUMS 所列的文件“notes.txt”")


def test_verify_finds_a_changed_byte():
    path = drawn(objects=40, inspectors=6)
    sums(path)
    for name in sorted(os.listdir(path)):
        text = read(f"{path}/{name}")
        for at in (0, len(text) // 2, len(text) - 1) if text else ():
            write(f"{path}/{name}", text[:at] + bytes([text[at] ^ 4]) + text[at + 1:])
            expect(1, ["dr1", "verify", path], "✗")
        write(f"{path}/{name}", text)
    expect(0, ["dr1", "verify", path])


def test_verify_of_missing_evidence():
    path = drawn()
    refused(3, ["dr1", "verify", path, "--pulse", "/nowhere.json"], "/nowhere.json")
    refused(3, ["dr1", "verify", path, "--certificate", "/nowhere.pem"], "/nowhere.pem")
    write(path + ".json", "{}")
    refused(1, ["dr1", "verify", path, "--pulse", path + ".json"], "内容不合格式")


# ---- explain, odds

def test_explain():
    path = drawn()
    rows = [row.split("\t") for row in read(path + "/result.tsv").decode().splitlines()]
    for row in (next(r for r in rows if r[4] == "drawn"), next(r for r in rows if r[4] == "reserve")):
        words = "结论：抽中" if row[4] == "drawn" else "候补"
        a = expect(0, ["dr1", "explain", path, row[0]], row[3], f"第 {row[2]} 位", words)
        j = expect(0, ["dr1", "explain", path, row[0], "--json"]).json
        check(j["ticket"] == row[3] and j["rank"] == int(row[2]) and j["stratum"] == row[1], a.out)
        check(j["drawn"] == (row[4] == "drawn") and j["reserve"] == (row[4] == "reserve"), str(j))
        check(j["team"] == (row[5] if row[4] == "drawn" else ""), str(j))
    named = {row[0] for row in rows}
    other = next(f"S{i:05d}" for i in range(200) if f"S{i:05d}" not in named)
    expect(0, ["dr1", "explain", path, other], "结论：没有抽中")
    work = sum("P003" in row[5].split(",") for row in rows if row[4] == "drawn")
    expect(0, ["dr1", "explain", path, "P003"], f"派了 {work} 趟")
    j = expect(0, ["dr1", "explain", path, "P003", "--json"]).json
    check(j["load"] == work and j["kind"] == "inspector" and j["candidate"] >= work, str(j))
    refused(1, ["dr1", "explain", path, "nobody"], "“nobody”")
    refused(1, ["dr1", "explain", declared(city()), "S00001"], "dr1 odds")


def test_odds():
    path = city(objects=100, inspectors=8)
    a = expect(0, ["dr1", "odds", path, "--trials", "200"], "各层每家被抽中的机会", "最常同组")
    j = expect(0, ["dr1", "odds", path, "--trials", "200", "--json"]).json
    check(j["trials"] == j["feasible"] == 200, a.out)
    check({s["name"]: (s["members"], s["quota_least"]) for s in j["strata"]} ==
          {"甲": (66, 7), "乙": (34, 4)}, str(j["strata"]))
    check(abs(sum(float(i["mean"]) for i in j["loads"]) - 22) < 0.1, str(j["loads"]))
    check(j["teams"]["least"] == 4 and j["teams"]["below"] == 100, str(j["teams"]))
    again = run("dr1", "odds", path, "--trials", "200", "--json")
    check(again.json == j, "the same figures again, whatever the threads")
    one = subprocess.run(["taskset", "-c", "0", tap.BINARY, "dr1", "odds", path, "--trials", "200", "--json"],
                         capture_output=True, timeout=100)
    check(one.stdout.decode() == again.out, "on one processor too")


def test_odds_warn_of_those_who_are_never_drawn():
    path = city(objects=60, inspectors=4)
    write(path + "/rules.txt", "team 2 1 1\nquota 甲 3\nquota 乙 0\n")
    a = expect(0, ["dr1", "odds", path, "--trials", "3"])
    check("1 层共 20 家" in a.err and "乙" in a.err, a.err)


def test_odds_of_rotation_and_of_no_teams():
    path = city(objects=60, inspectors=4)
    text = read(path + "/objects.tsv").decode().replace("\t甲\t", "\tkey.v1\t").replace("\t乙\t", "\tkey.v0\t")
    write(path + "/objects.tsv", text)
    write(path + "/rules.txt", "team 2 1 1\nquota key.v1 1/1\nquota key.v0 0\n")
    expect(0, ["dr1", "odds", path, "--trials", "3"], "轮查类别 key：60 家中必查 40 家，本期不会抽到 20 家")
    write(path + "/inspectors.tsv", "P0\tS\t0\t0\n")
    expect(0, ["dr1", "odds", path, "--trials", "3"], "没有一次组得成检查组")


def test_long_work_shows_progress_on_a_terminal_only():
    import pty
    path = city(objects=3000, inspectors=40)
    ours, theirs = pty.openpty()
    p = subprocess.Popen([tap.BINARY, "dr1", "odds", path, "--trials", "1000000"], stdout=subprocess.DEVNULL,
                         stderr=theirs)
    os.close(theirs)
    shown = b""
    while b"%" not in shown:
        shown += os.read(ours, 1000)
    p.send_signal(signal.SIGINT)
    p.wait()
    check("试抽 [".encode() in shown, str(shown))
    os.close(ours)
    check(not expect(0, ["dr1", "odds", path, "--trials", "2"]).err, "nothing without a terminal")


def test_odds_can_be_interrupted():
    path = city(objects=3000, inspectors=40)
    p = subprocess.Popen([tap.BINARY, "dr1", "odds", path, "--trials", "1000000"], stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE)
    time.sleep(0.5)
    p.send_signal(signal.SIGINT)
    out, err = p.communicate(timeout=60)
    check(p.returncode == 3 and "已中断" in err.decode() and not out, f"{p.returncode} {err.decode()}")


tap.main(globals())
