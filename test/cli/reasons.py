"""Every command that takes a reason, or words that are kept for ever, refuses one that says nothing."""
import os
import re

import tap
from tap import check, expect, folder, run, write

OPTIONS = ("reason", "words", "return")
BAD = (" ", "\u3000\u200b", "。。", b"\xff\xfe", "甲\x01", "x" * 601, "张某 11010519491231002X")

# What makes each of them complete but for the reason.
REST = {
    "data clock": [],
    "data head": [],
    "import": ["sites", "FILE"],
    "registry edit": ["X", "name=甲"],
    "registry undo": ["1"],
    "registry winner": ["name", "local"],
    "registry merge": ["X", "Y"],
    "registry split": ["X", "name=甲", "name=乙"],
    "registry suggestions": ["--refuse", "1"],
    "rules import": ["baoding-2025"],
    "rules edit": ["baoding-2025", "title=x"],
    "rules retire": ["baoding-2025"],
    "rules calendar": ["FILE"],
    "plan drop": ["BD-2026"],
    "plan open-balances": ["BALANCES", "--year", "2026"],
    "plan approve": ["BD-2026"],
    "plan extend": ["BD-2026", "--period", "2026-Q1", "--days", "5"],
    "draw replace": ["X", "--why", "illness", "--member", "Y", "--approver", "局长"],
    "draw staff": ["130600-2026-0001", "--approver", "局长", "--approver", "王五"],
    "draw cancel": ["130600-2026-0001"],
    "draw annul": ["130600-2026-0001", "--head", "局长", "--discipline", "王五"],
    "draw press": ["130600-2026-0001", "130602", "--by", "2036-01-01"],
    "draw answer": ["130600-2026-0001", "130602"],
    "visits end": ["X", "--why", "refused", "--evidence", "FILE", "--approver", "局长", "--approver", "王五"],
    "visits undo": ["X", "--approver", "局长"],
    "visits open": ["X", "--approver", "局长"],
    "visits assist": ["X", "--assistant", "E1", "--approver", "局长"],
}


def commands():
    """The commands that take one, with the option's name, out of the command table."""
    found = {}
    for part in run("--help-markdown").out.split("\n## mingqian ")[1:]:
        words = part.split("\n", 1)[0]
        for option in OPTIONS:
            if re.search(rf"^\| `--{option}\b", part, re.M):
                found[words] = option
    return found


def entries(where):
    return expect(0, ["ledger", "list", *where, "--json"]).json["items"]


def test_a_reason_that_says_nothing_is_refused_by_every_command_that_takes_one():
    found = commands()
    check(set(found) == set(REST), f"not walked: {set(found) ^ set(REST)}")
    where = tap.office()
    expect(0, ["rules", "import", "baoding-2025", "--reason", "启用", *where])
    file = os.path.join(folder(), "file.csv")
    write(file, "编号,名称\n1,甲\n")
    balances = os.path.join(folder(), "balances.csv")
    write(balances, "kind,subject,day,visits,n\n频次,X,2026-01-02,,1\n")
    before = len(entries(where))
    for words, option in sorted(found.items()):
        rest = [{"FILE": file, "BALANCES": balances}.get(word, word) for word in REST[words]]
        for bad in BAD:
            a = run(*words.split(), *rest, f"--{option}".encode() + b"=" + os.fsencode(bad), *where, "--as", "张三")
            check(a.code in (1, 2) and a.err.startswith("错误：") and "原因" in a.err,
                  f"{words} with {bad!r}: exit {a.code}: {a.err}{a.out[:200]}")
    check(len(entries(where)) == before, "nothing was written")


tap.main(globals())
