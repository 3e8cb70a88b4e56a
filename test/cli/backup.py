"""data backup and data restore: everything comes back, on either engine and from one to the other; nothing is overwritten."""
import hashlib
import os
import shutil
import sqlite3

import tap
from small import HEAD, PLANNER, Small
from tap import check, expect, folder, read, refused, run, write

DAY = "2026-03-10"
NOW = ["--now", f"{DAY}T12:00"]


def drawn():
    w = Small()
    draw = w.prepared(DAY)
    w.freeze(draw, DAY)
    return w, draw


def keys_to(w, data):
    os.makedirs(data, mode=0o700)
    shutil.copytree(w.where[1] + "/keys", data + "/keys")


def backed_up(w):
    path = folder() + "/all.backup"
    a = expect(0, ["data", "backup", path, *w.where, "--as", PLANNER, *NOW], "读回核对一致")
    check(hashlib.sha256(read(path)).hexdigest() in a.out, a.out)
    check(os.stat(path).st_mode & 0o777 == 0o600, "only its owner reads it")
    check(os.listdir(os.path.dirname(path)) == ["all.backup"], "nothing else is left")
    return path


def same(w, where, draw):
    for words in (["draw", "show", draw], ["plan", "show"], ["registry", "history", "sites"], ["visits", "list"],
                  ["data", "person", "list"]):
        mine, theirs = (run(*words, *x, "--json").json for x in (w.where, where))
        check(mine == theirs, f"{words}: {mine} {theirs}")


def test_everything_comes_back():
    w, draw = drawn()
    path = backed_up(w)
    data = folder() + "/again"
    refused(3, ["data", "restore", path, data], "先把另存的 seal.key")
    keys_to(w, data)
    digest = hashlib.sha256(read(path)).hexdigest()
    refused(1, ["data", "restore", path, data, "--sha256", "0" * 64], digest)
    db = tap.database()
    a = expect(0, ["data", "restore", path, data, *db, "--sha256", digest, "--as", HEAD, *NOW, "--json"])
    where = ["--data", data, *db]
    check(a.json["ledgerFailed"] == 0 and a.json["rows"] > 100, a.out)
    same(w, where, draw)
    last = run("ledger", "list", *where, "--most", "1", "--json").json["items"][0]
    check(last["action"] == "data.restore" and last["actor"] == HEAD, str(last))
    expect(0, ["ledger", "verify", *where], "✗ 0 步")
    # It works on, also with what is sealed.
    w.where = where
    w.do(PLANNER, f"{DAY}T12:10", "draw", "cancel", draw, "--reason", "演练")
    refused(1, ["data", "restore", path, data, *db], "已经有数据")
    check("mingqian.db" not in os.listdir(data) if tap.POSTGRES else "mingqian.db" in os.listdir(data), data)


def test_an_office_moves_to_a_file_and_back():
    w, draw = drawn()
    data = folder() + "/file"
    keys_to(w, data)
    expect(0, ["data", "restore", backed_up(w), data, *NOW])
    same(w, ["--data", data], draw)
    expect(0, ["ledger", "verify", "--data", data], "✗ 0 步")


def test_epochs_differ_and_the_backup_is_an_entry():
    w, _ = drawn()
    path = backed_up(w)
    epochs = set()
    for _ in range(2):
        data = folder() + "/data"
        keys_to(w, data)
        epochs.add(expect(0, ["data", "restore", path, data, *NOW, "--json"]).json["epoch"])
    with sqlite3.connect(path) as db:
        epochs.add(db.execute("select epoch from meta").fetchone()[0])
    check(len(epochs) == 3, str(epochs))
    last = run("ledger", "list", *w.where, "--most", "1", "--json").json["items"][0]
    check(last["action"] == "data.backup" and last["subject"] == "all.backup", str(last))
    expect(0, ["ledger", "verify", *w.where], "✗ 0 步")


def test_nothing_is_overwritten_and_rubbish_is_refused():
    w, _ = drawn()
    path = backed_up(w)
    refused(1, ["data", "backup", path, *w.where, *NOW], "已经存在")
    refused(3, ["data", "backup", folder() + "/none/x", *w.where, *NOW], "不能在这里写备份")
    # What cannot be logged is not kept: the clock stands before the ledger's last time.
    early = folder() + "/early.backup"
    refused(1, ["data", "backup", early, *w.where, "--now", "2026-01-01T08:00"], "早于账簿最后一条")
    check(os.listdir(os.path.dirname(early)) == [], "no file without its entry")
    whole = read(path)
    other = Small()
    for name, text in (("empty", b""), ("text", b"hello" * 1000), ("cut", whole[:len(whole) // 2])):
        bad, data = folder() + "/" + name, folder() + "/data"
        write(bad, text)
        keys_to(w, data)
        a = run("data", "restore", bad, data, *NOW)
        check(a.code != 0, f"{name}: {a.out}")
        check(os.listdir(data) == ["keys"], str(os.listdir(data)))
    data = folder() + "/foreign"
    keys_to(other, data)
    write(data + "/keys/seal.key", b"x" * 32)
    refused(1, ["data", "restore", path, data, *NOW], "密钥不是这个数据库的")
    refused(3, ["data", "restore", path + "-none", data, *NOW], "读不了备份文件")


tap.main(globals())
