"""data init and the ledger's commands with the real binary, on either engine; what is exported and proved is checked by
test/independent/ledger.py, which shares no code with it."""
import json
import os
import re
import shutil
import sqlite3
import subprocess

import tap
from tap import check, expect, read, refused, run, write

import ledger


class Office:
    """A demo office, and a hand that writes its database past the program."""

    def __init__(self, *more):
        db = tap.database()
        self.dir = tap.folder() + "/data"
        self.where = ["--data", self.dir, *db]
        self.init = ["data", "init", self.dir, *db, "--demo", *more]
        a = expect(0, [*self.init, "--json"])
        self.key = a.json["key"]

    def sql(self, text):
        if tap.POSTGRES:
            return tap.psql(self.where[3], text)
        with sqlite3.connect(self.dir + "/mingqian.db") as db:
            db.executescript(text)
        db.close()
        return None

    def acts(self, count, subject="s"):
        where = [self.where[1], *([self.where[3], self.where[1] + "/keys"] if tap.POSTGRES else [])]
        subprocess.run([os.environ["LEDGER_ACTS"], str(count), subject, *where], check=True)

    def words(self, *words):
        return [*words, *self.where]


def holds(function, *args):
    try:
        return function(*args)
    except (ledger.Wrong, ValueError, IndexError, KeyError) as e:
        check(False, f"{function.__name__}: {e}")
        return None


def fails(function, *args):
    try:
        function(*args)
    except (ledger.Wrong, ValueError, IndexError, KeyError):
        return
    check(False, f"{function.__name__} holds: {args[0][:200]}")


def test_without_data_it_says_how_to_make_some():
    path = tap.folder()
    a = subprocess.run([tap.BINARY, "ledger", "list"], cwd=path, capture_output=True)
    check(a.returncode == 3 and "mingqian data init DIR" in a.stderr.decode(), a.stderr.decode())
    refused(3, ["ledger", "list", "--data", path + "/none"], "mingqian data init")
    subprocess.run([tap.BINARY, "data", "init", "mingqian-data"], cwd=path, check=True, capture_output=True)
    a = subprocess.run([tap.BINARY, "ledger", "list", "--json"], cwd=path, capture_output=True)
    check(json.loads(a.stdout) == {"items": [], "next": None, "total": 0}, a.stdout.decode())


def test_databases_that_cannot_be_used_are_told_apart():
    o = Office()
    refused(3, ["ledger", "list", "--data", o.dir, "--db", "host=/nonexistent"], "打不开数据库")
    refused(3, ["ledger", "list", "--keys", tap.folder(), "--db", "host=/nonexistent"], "打不开数据库")
    torn = tap.folder()
    write(torn + "/mingqian.db", "not a database, but long enough to be read as one" * 100)
    refused(3, ["ledger", "checkpoint", "--data", torn], "打不开数据库")
    refused(3, ["ledger", "verify", "--data", torn], "打不开数据库")
    o.sql("insert into schema_migration (number, name, sha256, applied_at) values (9999, '9999_new', 'x', 0);")
    refused(3, o.words("ledger", "checkpoint"), "更新版本")


def test_an_office_is_made_once():
    o = Office("--origin", "hbj.example/ssj")
    check(o.key.startswith("hbj.example/ssj+"), o.key)
    key = read(o.dir + "/keys/sign.key")
    refused(1, o.init, "已经在用")
    check(read(o.dir + "/keys/sign.key") == key, "the key is the same")
    refused(1, ["data", "init", tap.folder() + "/x", "--origin", "市 局"], "空格")
    refused(2, ["data", "init", tap.folder() + "/x", "--data", tap.folder() + "/x"], "没有选项 --data。写法：mingqian data init DIR")


def test_the_clock_is_set_only_in_demo_data():
    o = Office()
    expect(0, o.words("ledger", "checkpoint", "--now", "2026-03-02"))
    expect(0, o.words("ledger", "checkpoint", "--now", "2026-03-02T23:59:59"))
    for time in ("2026-02-29", "03-02", "2026-03-02T24:00", "2026-03-02 9:30", "2026-03-02T09:60", "now"):
        refused(2, o.words("ledger", "checkpoint", "--now", time), "--now 要写成")
    real = tap.folder() + "/data"
    expect(0, ["data", "init", real])
    refused(1, ["ledger", "checkpoint", "--data", real, "--now", "2026-03-02"], "只能用于演示数据")


def test_a_clock_that_was_ahead_is_put_right_with_a_reason():
    o = Office()
    o.acts(2)
    where = o.words("data", "clock", "--as", "李四", "--now", "2026-03-01T08:00")
    refused(2, where, "--reason")
    expect(0, [*where, "--reason", "换过电池"], "2026-03-01 08:00:00")
    refused(1, [*where, "--reason", "换过电池"], "没有什么要更正")
    expect(0, o.words("ledger", "list"), "更正时钟", "李四", "test.act")
    expect(0, o.words("ledger", "verify"), "✗ 0 步")


def test_a_name_that_hides_something_is_no_name():
    o = Office()
    for name in ("", " ", "甲 ", " 甲", "甲\u200b", "\u3000", "甲\n", "甲\x1b[0m", "甲\u202e", "甲\ufdd0"):
        refused(2, o.words("ledger", "checkpoint", "--as", name), "--as 不能这样写")
    expect(0, o.words("ledger", "checkpoint", "--as", "李 四"))
    for reason in ("", " ", "\u3000\t"):
        refused(2, o.words("data", "clock", "--reason", reason), "--reason")


def test_list_shows_pages():
    o = Office()
    o.acts(5)
    check(run(*o.words("ledger", "list", "--json")).json["total"] == 0, "pending entries have no number")
    expect(0, o.words("ledger", "checkpoint"))
    a = expect(0, o.words("ledger", "list", "--most", "2"), "共 5 条", "--before 3", "张三", "s-4", "2026-03-02 09:00:00")
    check("s-2" not in a.out, a.out)
    j = run(*o.words("ledger", "list", "--most", "2", "--before", "3", "--json")).json
    check([e["seq"] for e in j["items"]] == [2, 1] and j["next"] == 1, str(j))
    check(j["items"][0]["time"] == "2026-03-02T01:00:00.002Z", str(j))
    j = run(*o.words("ledger", "list", "--subject", "s-3", "--json")).json
    check([e["subject"] for e in j["items"]] == ["s-3"] and j["next"] is None, str(j))


def test_verify_names_what_is_wrong():
    o = Office()
    o.acts(300)
    a = expect(0, o.words("ledger", "verify"), "未核验 还有 300 条没有编号")
    note = expect(0, o.words("ledger", "checkpoint")).out
    kept = tap.folder() + "/kept"
    write(kept, note)
    a = expect(0, o.words("ledger", "verify", "--against", kept, "--key", o.key), "✓ 300 条，编号 0 到 299 连续", "✗ 0 步")
    j = run(*o.words("ledger", "verify", "--json")).json
    check(j["passed"] and j["failed"] == 0 and j["size"] == 300, str(j))
    check([s["name"] for s in j["steps"]] == ["numbers", "leaves", "marks", "tree", "head", "nodes", "checkpoints", "outside",
                                              "agreement", "documents", "changes", "rows", "facets", "rules", "plans", "draws", "sites",
                                              "accounts", "requests", "schema", "times", "pending"], str(j))
    expect(1, o.words("ledger", "verify", "--strict"), "没有与库外保存的检查点核对")
    refused(1, o.words("ledger", "verify", "--key", "x"), "不是验证密钥")
    refused(3, o.words("ledger", "verify", "--against", kept + "-none"), "找不到")
    o.sql("update ledger_entry set actor = '李四' where seq = 77;")
    a = expect(1, o.words("ledger", "verify"), "✗ 内容与叶子不符：编号 77", "没有通过：有 1 步不符")
    check(not run(*o.words("ledger", "verify", "--json")).json["passed"], a.out)
    o.sql("delete from ledger_entry where seq >= 200;")
    expect(1, o.words("ledger", "verify", "--against", kept), "写明有 300 条")
    check(tap.POSTGRES or "张三" not in a.out, "no names in the report")


def test_verify_needs_no_keys():
    o = Office()
    o.acts(3)
    expect(0, o.words("ledger", "checkpoint"))
    shutil.rmtree(o.dir + "/keys")
    expect(0, o.words("ledger", "verify"), "✓ 3 条", "没有密钥，看不出条目是不是本程序写下的")
    refused(3, o.words("ledger", "checkpoint"), "没有密钥文件")


def test_exports_hold_without_our_code():
    o = Office()
    out = tap.folder() + "/public"
    for count, size in ((0, 0), (1, 1), (255, 256), (1, 257), (300, 557)):
        if count:
            o.acts(count)
        j = run(*o.words("ledger", "export", out, "--json")).json
        check(j["size"] == size and j["was"] == max(0, size - count), str(j))
        got = holds(ledger.check_tree, out, o.key)
        check(got and got[0] == size, f"{size}: {got and got[0]}")
    names = "".join(read(os.path.join(d, f)).decode("latin1") for d, _, fs in os.walk(out) for f in fs)
    check("s-1" not in names and "local" not in names and "test.act" not in names, "nothing readable is exported")
    fails(ledger.check_tree, out, Office().key)
    for path in ("tile/0/000", "tile/0/002.p/45", "tile/1/000.p/2", "tile/entries/001", "checkpoint"):
        whole = read(f"{out}/{path}")
        write(f"{out}/{path}", whole[:20] + bytes([whole[20] ^ 1]) + whole[21:])
        fails(ledger.check_tree, out, o.key)
        write(f"{out}/{path}", whole)
    holds(ledger.check_tree, out, o.key)
    expect(0, o.words("ledger", "verify", "--against", out + "/checkpoint"), "库外保存的 1 个检查点一致")
    other = Office()
    refused(1, other.words("ledger", "export", out), "不是本账簿的检查点")


def test_proofs_hold_without_our_code():
    o = Office()
    o.acts(300)
    path = tap.folder() + "/proof"
    for seq in (0, 1, 255, 256, 299):
        text = expect(0, o.words("ledger", "prove", str(seq))).out
        entry = holds(ledger.check_proof, text, o.key)
        check(entry and entry["subject"] == f"s-{seq}" and entry["actor"] == "张三", str(entry))
    expect(0, o.words("ledger", "prove", "--subject", "s-40", "--out", path), "编号 40")
    check(os.stat(path).st_mode & 0o777 == 0o600, "an opened entry is for its owner")
    text = read(path).decode()
    check(list(holds(ledger.check_proof, text, o.key)) == sorted(
        ["action", "actor", "digest", "roles", "seq", "source", "subject", "time"]), text)
    expect(0, o.words("ledger", "verify", "--against", path), "库外保存的 1 个检查点一致")
    j = run(*o.words("ledger", "prove", "40", "--json")).json
    check(j["proof"] == text and j["seq"] == 40 and j["size"] == 300, str(j))
    lines = text.split("\n")
    for i in (1, 2, 5, len(lines) - 2):
        broken = list(lines)
        broken[i] = broken[i][:-3] + ("A" if broken[i][-3] != "A" else "B") + broken[i][-2:]
        if i == 2:
            broken[i] = "index 41"
        fails(ledger.check_proof, "\n".join(broken), o.key)
    refused(1, o.words("ledger", "prove", "300"), "没有这一条")
    refused(1, o.words("ledger", "prove", "--subject", "none"), "没有这一条")
    refused(2, o.words("ledger", "prove"), "只写一个")
    refused(2, o.words("ledger", "prove", "1", "--subject", "s-1"), "只写一个")
    refused(2, o.words("ledger", "prove", "-1"), "")
    refused(2, o.words("ledger", "prove", "x"), "从 0 起")


def test_the_independent_check_agrees_with_public_vectors():
    folder = os.environ.get("MINGQIAN_VECTORS", os.path.join(tap.TOP, "..", "shared", "vectors")) + "/ledger/"
    if not os.path.exists(folder + "checkpoints.json"):
        print("# no public vectors here")
        return
    v = json.loads(read(folder + "checkpoints.json"))
    key = v["log"]["vkey"]
    for one in v["checkpoints"]:
        if one["valid_log_signature"]:
            check(holds(ledger.read_checkpoint, one["note"], key) == (one["size"], bytes.fromhex(one["root_hex"])),
                  one["note"])
        else:
            fails(ledger.read_checkpoint, one["note"], key)
    tree = json.loads(read(folder + "tree_37.json"))
    leaves = [ledger.leaf_hash(b"demo-%d" % i) for i in range(37)]
    for size, root in tree["roots"].items():
        check(ledger.tree_root(leaves[:int(size)]).hex() == root, f"root of {size}")
    for one in tree["inclusion"]:
        proof = [bytes.fromhex(h) for h in one["proof"]]
        root = holds(ledger.root_from_proof, one["index"], one["size"], leaves[one["index"]], proof)
        check(root == ledger.tree_root(leaves[:one["size"]]), str(one))


def test_no_call_changes_or_deletes_an_entry():
    """Two statements of the sources update ledger_entry: the sequencer's, which fills what is still null, and the mark's
    of a new one; a migration added that column."""
    found = []
    for top in ("src", "sql"):
        for folder, _, names in os.walk(os.path.join(tap.TOP, top)):
            for name in names:
                text = read(os.path.join(folder, name)).decode()
                text = re.sub(r'"\s*\n\s*"', "", text)
                found += [(name, m) for m in re.findall(
                    r"(?:update\s+|delete\s+from\s+|truncate\s+(?:table\s+)?|drop\s+table\s+|alter\s+table\s+)"
                    r"ledger_(?:entry|document\w*|checkpoint|node)\b[^\";]*", text)]
    check(sorted(f[0] for f in found) == ["0013_ledger_mark.sql", "ledger.c", "ledger.c"], str(found))
    ends = ("where id = $1 and seq is null", "where id = $1 and mark = ''", "add column mark text not null default ''")
    check(all(f[1].endswith(ends) for f in found), str(found))


tap.main(globals())
