"""What happens to a sheet's folder around its freeze and finish: altered after the freeze, more put into it,
ended by a signal or a limit."""
import hashlib
import os
import resource
import shutil
import signal
import subprocess
import time

import tap
from sheet_finish import finish, frozen
from tap import check, expect, read, refused, run, write


def sums(draw, listed):
    """Writes one of the lists of sums again, as sha256sum would: an insider's first thought."""
    names = [line[66:] for line in read(f"{draw}/{listed}").decode().splitlines()]
    write(f"{draw}/{listed}", "".join(f"{hashlib.sha256(read(f'{draw}/{n}')).hexdigest()}  {n}\n" for n in names))


def finished():
    path, _ = frozen()
    expect(0, finish(path))
    return path, f"{path}/draw"


def alter(draw, name):
    write(f"{draw}/{name}", read(f"{draw}/{name}").replace("甲印染厂".encode(), "友人的厂".encode())
          .replace("张一".encode(), "友人".encode()) + b"x\n")


def test_a_draw_altered_after_the_freeze_does_not_pass():
    path, draw = finished()
    a = expect(0, ["dr1", "verify", draw], "锁定指纹", "对照纸面")
    own = hashlib.sha256(read(f"{draw}/freeze/SHA256SUMS")).hexdigest()
    check("未核验 冻结的" in a.out and own in a.out.replace(" ", ""), a.out)
    for name in ("freeze/sites.tsv", "freeze/inspectors.tsv"):
        alter(draw, name)
    sums(draw, "SHA256SUMS")
    expect(1, ["dr1", "verify", draw], "✗ “freeze/inspectors.tsv”的内容与 freeze/SHA256SUMS 不符")
    os.unlink(f"{draw}/SHA256SUMS")
    expect(1, ["dr1", "verify", draw], "✗ “freeze/inspectors.tsv”的内容")
    sums(draw, "freeze/SHA256SUMS")
    a = expect(0, ["dr1", "verify", draw], "锁定指纹")
    check(own not in a.out.replace(" ", ""), "only paper tells")


def test_every_line_of_the_freeze_is_looked_at():
    path, draw = finished()
    os.unlink(f"{draw}/SHA256SUMS")
    for line in read(f"{draw}/freeze/SHA256SUMS").decode().splitlines():
        name = line[66:]
        if not name.startswith("freeze/"):
            continue
        data = read(f"{draw}/{name}")
        write(f"{draw}/{name}", data + b"x")
        expect(1, ["dr1", "verify", draw], f"✗ “{name}”的内容与 freeze/SHA256SUMS 不符")
        os.unlink(f"{draw}/{name}")
        expect(1, ["dr1", "verify", draw], f"✗ 缺少 freeze/SHA256SUMS 所列的文件“{name}”")
        write(f"{draw}/{name}", data)
    write(f"{draw}/freeze/more", "x")
    expect(1, ["dr1", "verify", draw], "✗ “freeze/more”没有列在 freeze/SHA256SUMS 里")
    os.unlink(f"{draw}/freeze/more")
    write(f"{draw}/signatures.tsv", "")
    expect(1, ["dr1", "verify", draw], "“signatures.tsv”没有列在 freeze/SHA256SUMS 里")
    os.unlink(f"{draw}/signatures.tsv")
    expect(0, ["dr1", "verify", draw])
    os.unlink(f"{draw}/freeze/SHA256SUMS")
    expect(1, ["dr1", "verify", draw], "✗ 有 freeze 文件夹却没有 freeze/SHA256SUMS")
    shutil.rmtree(f"{draw}/freeze")
    expect(0, ["dr1", "verify", draw], "未核验 有收尾的单据（papers），却没有 freeze 文件夹")
    os.symlink("/etc", f"{draw}/freeze")
    expect(1, ["dr1", "verify", draw], "✗ 有 freeze 文件夹却没有")


def test_a_frozen_folder_shows_its_fingerprint_before_the_draw():
    path, _ = frozen()
    expect(0, ["dr1", "verify", f"{path}/draw"], "未核验 冻结的", "锁定指纹")
    alter(f"{path}/draw", "freeze/sites.tsv")
    sums(f"{path}/draw", "SHA256SUMS")
    expect(1, ["dr1", "verify", f"{path}/draw"], "freeze/sites.tsv")


def tree(folder):
    return sorted((os.path.relpath(os.path.join(at, n), folder), os.path.getsize(os.path.join(at, n)))
                  for at, folders, names in os.walk(folder) for n in folders + names)


def test_something_else_in_the_folder_stops_the_draw():
    path, _ = frozen()
    draw = f"{path}/draw"
    for name in ("x.txt", "papers/other", "papers/任务单/x/y", "empty/", "freeze2/in/", "papers/more/"):
        at = f"{draw}/{name}"
        os.makedirs(os.path.dirname(at), exist_ok=True)
        if not name.endswith("/"):
            write(at, "x")
        before = tree(draw)
        shown = "papers/任务单/x/y" if "/y" in name else name
        refused(1, finish(path), f"不是抽签产生的东西：{shown}", "文件夹之外")
        check(tree(draw) == before, f"{name}: {tree(draw)}")
        shutil.rmtree(f"{draw}/{name.split('/')[0]}", ignore_errors=True)
        if os.path.exists(at.rstrip("/")):
            os.unlink(at)
    expect(0, finish(path))
    expect(0, finish(path))
    os.mkdir(f"{draw}/dd")
    expect(1, ["dr1", "verify", draw], "✗ “dd/”没有列在 SHA256SUMS 里")


def test_a_changed_paper_goes_beside_the_folder():
    path, draw = finished()
    write(f"{draw}/papers/任务表.xlsx", "remarks")
    expect(0, finish(path), "已恢复原样", "draw.bak")
    check(read(f"{path}/draw.bak/任务表.xlsx.bak") == b"remarks", "kept")
    check(os.stat(f"{path}/draw.bak").st_mode & 0o77 == 0, "the papers are secret")
    write(f"{draw}/papers/任务表.xlsx", "more remarks")
    expect(0, finish(path))
    check(read(f"{path}/draw.bak/任务表.xlsx.bak2") == b"more remarks", "kept too")
    expect(0, ["dr1", "verify", draw])


def test_a_share_that_others_can_read_is_told():
    path, _ = frozen()
    check("权限" not in run(*finish(path)).err, "0600 is right")
    path, _ = frozen()
    os.chmod(f"{path}/draw.operator-share", 0o644)
    a = expect(0, finish(path), "权限 644", "chmod 600")
    check("提示：" in a.err, a.err)


def test_the_report_is_called_what_it_is():
    path, _ = frozen()
    write(f"{path}/sites.csv", "污染源编号,单位名称,所属县区,监管类别\nA1,甲厂,火星,重点\nA2,乙厂,130602,重点\n")
    words = ["sheet", "freeze", f"{path}/sites.csv", f"{path}/people.csv", f"{path}/rules.txt", "--draw", "T-2026-2",
             "--entropy", "cwl-kl8 2999310", "--out", f"{path}/two"]
    refused(1, words, "two.sites-错误信息.csv")
    check(read(f"{path}/two.sites-错误信息.csv").decode().count("火星") > 0, "a CSV it is")
    check(not os.path.exists(f"{path}/two.sites-错误信息.xlsx"), "and no workbook")


def test_numbers_that_differ_in_capitals_are_told():
    path, _ = frozen()
    text = "污染源编号,单位名称,所属县区,监管类别,是否特殊监管\nA1,甲厂,130602,重点,否\na1,乙厂,130602,重点,是\nB2,丙厂,130602,重点,否\n"
    write(f"{path}/sites.csv", text)
    expect(0, ["sheet", "freeze", f"{path}/sites.csv", f"{path}/people.csv", f"{path}/rules.txt", "--draw", "T-2026-3",
               "--entropy", "cwl-kl8 2999310", "--out", f"{path}/three"], "编号 A1 与 a1 只差大小写")


def test_a_hangup_leaves_no_secret_papers():
    path, _ = frozen()
    env = dict(os.environ)
    for delay in (0.01, 0.03, 0.06, 0.1, 0.2):
        p = subprocess.Popen([tap.BINARY, *finish(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)
        for _ in range(1000):  # not before it listens
            with open(f"/proc/{p.pid}/status", encoding="utf-8") as f:
                caught = next((line for line in f if line.startswith("SigCgt")), "SigCgt: 0")
            if int(caught.split()[1], 16) & 2 or p.poll() is not None:
                break
            time.sleep(0.001)
        time.sleep(delay)
        p.send_signal(signal.SIGHUP)
        p.communicate()
        check(p.returncode in (0, 3), f"{p.returncode}")
        check(not [n for n in os.listdir(path) if n.startswith(".")], str(os.listdir(path)))


def test_a_leftover_is_told_and_removed():
    path, _ = frozen()
    os.makedirs(f"{path}/.draw.merge.Ab12Cd/new")
    write(f"{path}/.draw.merge.Ab12Cd/new/任务表.xlsx", "secret")
    expect(0, finish(path), "1 个隐藏的半成品")
    check(not os.path.exists(f"{path}/.draw.merge.Ab12Cd"), "gone")


def test_a_limit_on_files_is_not_a_full_disk():
    path, _ = frozen()
    p = subprocess.run([tap.BINARY, *finish(path)], capture_output=True,
                       preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)))
    err = p.stderr.decode()
    check(p.returncode == 3 and "单个文件大小的限制" in err and "磁盘已满" not in err, f"{p.returncode} {err}")
    check(not os.path.exists(f"{path}/draw/papers"), "nothing")
    check(not [n for n in os.listdir(path) if n.startswith(".")], str(os.listdir(path)))


tap.main(globals())
