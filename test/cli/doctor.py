"""doctor: what it finds, and that it changes nothing."""
import os
import sqlite3

import tap
from tap import check, expect, folder, office, refused, run, write


def steps(where, code=0):
    a = expect(code, ["doctor", *where, "--json"])
    return {s["name"]: s for s in a.json["steps"]}, a.json


# The server of the tests does not wait for the disk, and that is found.
CARELESS = 1 if tap.POSTGRES else 0


def test_a_healthy_office_may_work():
    where = office()
    got, j = steps(where, CARELESS)
    check(j["failed"] == CARELESS, str(j))
    for name in ("office", "keys", "schema", "ledger", "font", "sandbox"):
        check(got[name]["mark"] == "ok", str(got[name]))
    check((got["database"]["mark"] == "failed" and "postgresql.conf" in got["database"]["how"]) if CARELESS
          else got["database"]["mark"] == "ok", str(got["database"]))
    check(got["backup"]["mark"] == "remark" and "还没有" in got["backup"]["text"], str(got["backup"]))
    expect(CARELESS, ["doctor", *where], "现在办理有风险" if CARELESS else "可以办理", "✓ 数据打得开", "怎么办：")
    expect(0, ["data", "backup", folder() + "/b", *where])
    got, _ = steps(where, CARELESS)
    check(got["backup"]["mark"] == "ok", str(got["backup"]))


def test_a_clock_behind_the_ledger():
    where = office()
    expect(0, ["data", "person", "add", "甲", "--role", "leader", *where, "--as", "乙", "--now", "2099-01-01"])
    got, _ = steps(where, 1)
    check(got["time"]["mark"] == "failed", str(got))


def test_keys_that_others_read_or_that_are_gone():
    where = office()
    key = where[1] + "/keys/seal.key"
    os.chmod(key, 0o644)
    got, _ = steps(where, 1)
    check(got["office"]["mark"] == "failed" and "chmod 600" in got["office"]["text"], str(got))
    os.unlink(key)
    got, _ = steps(where, 1)
    check(got["keys"]["mark"] == "failed" and "放回 seal.key" in got["keys"]["how"], str(got))


def test_entries_of_a_strangers_hand():
    where = office()
    sql = ("insert into ledger_entry (time, actor, roles, action, subject, digest, source)"
           " values (1, 'x', '', 'y', 'z', '', '')")
    if tap.POSTGRES:
        tap.psql(where[3], sql)
    else:
        with sqlite3.connect(where[1] + "/mingqian.db") as db:
            db.execute(sql)
    got, _ = steps(where, 1)
    check(got["ledger"]["mark"] == "failed" and "1 条" in got["ledger"]["text"], str(got["ledger"]))


def test_a_damaged_file():
    if tap.POSTGRES:
        return
    where = office()
    path = where[1] + "/mingqian.db"
    size = os.path.getsize(path)
    with open(path, "r+b") as f:
        for at in range(8192, size, 4096):
            f.seek(at)
            f.write(b"\xff" * 64)
    a = run("doctor", *where, "--json")
    check(a.code == 1 and a.json["failed"] > 0, a.out)


def test_nothing_there():
    a = run("doctor", "--data", folder() + "/none", "--json")
    check(a.code == 1 and any("没有数据" in s["text"] or "看不了" in s["text"] for s in a.json["steps"]), a.out)


tap.main(globals())
