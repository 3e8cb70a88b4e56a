#!/usr/bin/env python3
"""docs/asvs.csv: each row is complete, each test that it names is there, and what is said to be met can be looked up."""
import csv
import re
import sys

from source import TOP, report

HEAD = ["id", "level", "words", "applies", "state", "how", "test"]
STATES = ("met", "partly", "not")


def number(row):
    return tuple(int(n) for n in row["id"][1:].split("."))


def test_is_there(named):
    path, _, name = named.partition("#")
    if not (TOP / path).is_file():
        return False
    text = (TOP / path).read_text(encoding="utf-8")
    return bool(re.search(rf"^(?:def {re.escape(name)}\(|TEST\({re.escape(name)}\))", text, re.MULTILINE))


def wrong(row):
    if not re.fullmatch(r"V(?:1[0-7]|[1-9])\.\d+\.\d+", row["id"]) or row["level"] not in ("1", "2"):
        return "no requirement of level 1 or 2"
    if not row["words"] or not row["how"]:
        return "words, or how, is missing"
    if (row["applies"], row["state"]) != ("no", "") and (row["applies"] != "yes" or row["state"] not in STATES):
        return f"applies {row['applies']}, state {row['state']}"
    return "" if not row["test"] or test_is_there(row["test"]) else f"no test {row['test']}"


def main():
    with open(TOP / "docs" / "asvs.csv", encoding="utf-8", newline="") as f:
        table = csv.DictReader(f)
        rows = list(table)
    problems = [] if table.fieldnames == HEAD else [f"docs/asvs.csv: the head is {table.fieldnames}"]
    problems += [f"docs/asvs.csv: {row['id']}: {told}" for row in rows if (told := wrong(row))]
    if not problems and [number(r) for r in rows] != sorted({number(r) for r in rows}):
        problems.append("docs/asvs.csv: rows are not in order, or twice")
    counts = ", ".join(f"{sum(r['state'] == s for r in rows)} {s}" for s in STATES)
    return report(problems, f"{len(rows)} requirements of ASVS 5.0: {counts}")


if __name__ == "__main__":
    sys.exit(main())
