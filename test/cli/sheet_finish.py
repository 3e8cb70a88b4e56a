"""sheet freeze and finish against people who change files, watch the process table, or mistype."""
import os
import shutil
import subprocess
import time

import tap
from tap import check, expect, read, refused, run, write

KL8 = "01-05-07-11-13-17-20-23-29-31-37-41-43-47-53-59-61-67-71-79"
SITES = """污染源编号,单位名称,所属县区,乡镇街道,监管类别,是否特殊监管,运行状态
A1,甲印染厂,130602,先锋街道,重点,否,在产
A2,乙纸业,130602,先锋街道,重点,是,在产
A3,丙石材,130602,富昌乡,一般,否,在产
"""
PEOPLE = """工号,姓名,执法证号,执法证有效期至,管辖片区,老新
Z1,张一,C1,2040-12-31,,老
Z2,李二,C2,2040-12-31,,新
"""
RULES = "名称 试\n班组 2 1 1\n最低 重点 比例 50%\n依据 重点 甲\n最低 特殊 数量 1\n依据 特殊 乙\n"


def frozen(*more, entropy="cwl-kl8 2999310", code=0):
    path = tap.folder()
    for name, text in (("sites.csv", SITES), ("people.csv", PEOPLE), ("rules.txt", RULES)):
        write(f"{path}/{name}", text)
    files = [f"{path}/sites.csv", f"{path}/people.csv", f"{path}/rules.txt"]
    return path, expect(code, ["sheet", "freeze", *files, "--draw", "T-2026-1", "--entropy", entropy,
                               "--out", f"{path}/draw", *more])


def finish(path, *more):
    return ["sheet", "finish", f"{path}/draw", "--value", KL8, *more]


def text_of(pdf):
    """What pdftotext finds, without blanks; None where it is not installed."""
    if not shutil.which("pdftotext"):
        return None
    return "".join(subprocess.run(["pdftotext", pdf, "-"], capture_output=True).stdout.decode().split())


def test_a_sealed_draw_shows_no_seed():
    path, _ = frozen()
    a = expect(0, finish(path), "密封", "结果根", "锁定指纹")
    seed = read(f"{path}/draw/seed").decode().strip()
    share = read(f"{path}/draw.operator-share").decode().strip()
    for secret in (seed, share):
        check(secret not in a.out + a.err, "not on the screen")
    b = run(*finish(path), "--json")
    check(b.code == 0 and "seed" not in b.json and b.json["sealed"] and b.json["passed"], str(b.json)[:200])
    check(seed not in b.out + b.err, "not in JSON")
    for name in ("抽签记录.pdf",):
        text = text_of(f"{path}/draw/papers/{name}")
        check(text is None or seed not in text, name)
    path, _ = frozen("--open")
    c = run(*finish(path), "--json").json
    check(c["seed"] == read(f"{path}/draw/seed").decode().strip(), "an open draw shows it")


def test_the_fingerprint_is_told_twice_and_printed_twice():
    path, _ = frozen("--open")
    path, a = frozen("--open", "--json")
    print_ = a.json["fingerprint"]
    groups = " ".join(print_[i:i + 8] for i in range(0, 64, 8))
    own = subprocess.run(["sha256sum", "freeze/SHA256SUMS"], cwd=f"{path}/draw", capture_output=True).stdout.decode()
    check(own.startswith(print_), own)
    ok = subprocess.run(["sha256sum", "-c", "--quiet", "freeze/SHA256SUMS"], cwd=f"{path}/draw", capture_output=True)
    check(ok.returncode == 0, ok.stdout.decode())
    check(a.json["floor"]["decibits"] == 616, str(a.json["floor"]))
    expect(0, finish(path), groups)
    check(run(*finish(path), "--json").json["fingerprint"] == print_, "the same")
    for pdf in ("freeze/锁定记录.pdf", "papers/抽签记录.pdf"):
        text = text_of(f"{path}/draw/{pdf}")
        check(text is None or print_ in text, pdf)


def test_shares_come_from_a_file_or_standard_input():
    path, _ = frozen()
    share = read(f"{path}/draw.operator-share").decode()
    os.rename(f"{path}/draw.operator-share", f"{path}/kept")
    refused(1, finish(path), "--open operator=@文件")
    refused(1, finish(path, "--open", "operator=@/dev/null"), "")
    refused(2, finish(path, "--open", "operator=-", "--open", "jijian=-"), "标准输入")
    expect(0, finish(path, "--open", f"operator=@{path}/kept"))
    expect(0, finish(path, "--open", "operator=-"), data=share)
    expect(0, finish(path, "--open", f"operator={share.strip()}"))


def test_a_process_with_a_share_dumps_no_core():
    path, _ = frozen()
    p = subprocess.Popen([tap.BINARY, *finish(path, "--open", "operator=-")], stdin=subprocess.PIPE,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    for _ in range(500):
        with open(f"/proc/{p.pid}/limits", encoding="utf-8") as f:
            core = next(line for line in f if line.startswith("Max core file size"))
        if core.split()[4] == "0":
            break
        time.sleep(0.02)
    check(core.split()[4] == "0", core)
    p.communicate(b"0" * 64)


def test_options_are_checked_before_anything_is_read():
    for entropy in ("cwl-kl8", "xyz 1"):
        _, a = frozen(entropy=entropy, code=2)
        check(f'--entropy "{entropy}"' in a.err and "declaration" not in a.err, a.err)
    for more, words in ((["--share", "jijian=abc"], "--share jijian"), (["--share", "纪检=" + "0" * 64], "--share"),
                        (["--share", "operator=" + "0" * 64], "operator"), (["--day", "2026-13-01"], "--day")):
        path, a = frozen(*more, code=2)
        check(words in a.err and "declaration" not in a.err and "第" not in a.err, a.err)
        check(not os.path.exists(f"{path}/draw"), "nothing")
    refused(2, ["sheet", "freeze", "a", "b", "c", "--draw", "乙", "--entropy", "demo x", "--out", "d"], "--draw")


def test_demo_entropy_is_called_a_rehearsal():
    path, a = frozen(entropy="demo abc")
    check("演练无效" in a.out and "演练无效" in a.err, a.out + a.err)
    check("演练无效" in read(f"{path}/draw/freeze/notes.txt").decode(), "notes.txt")
    text = text_of(f"{path}/draw/freeze/锁定记录.pdf")
    check(text is None or "演练无效" in text, "the stamp can be searched")


def test_changed_files_stop_the_finish():
    path, _ = frozen()
    for name in ("freeze/sites.tsv", "freeze/left-out.tsv", "objects.tsv", "SHA256SUMS", "freeze/SHA256SUMS"):
        data = read(f"{path}/draw/{name}")
        os.unlink(f"{path}/draw/{name}")
        refused(1, finish(path), "备份")
        write(f"{path}/draw/{name}", data)
    check(sorted(os.listdir(path)) == ["draw", "draw.escrow.pdf", "draw.operator-share", "people.csv", "rules.txt",
                                       "sites.csv"], str(os.listdir(path)))
    expect(0, finish(path))


if __name__ == "__main__":
    tap.main(globals())
