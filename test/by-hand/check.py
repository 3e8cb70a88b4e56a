#!/usr/bin/env python3
"""Runs docs/verify-by-hand.md as it stands (its shell blocks, in order) and verify_draw.py on draws of our own
vectors: an honest folder is found right, a folder with one thing changed is not. Prints TAP."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(HERE))
DRAWS = 4
SHARES = 6


def blocks():
    with open(f"{SOURCE}/docs/verify-by-hand.md", encoding="utf-8") as text:
        return "".join(re.findall(r"^```sh\n(.*?)^```$", text.read(), re.S | re.M))


def write_folder(folder, draw, changes):
    files = dict(draw["files"], declaration=draw["declaration"], record=draw["entropy_record"],
                 seed=draw["expected"]["seed_R"] + "\n")
    files["result.tsv"] = draw["expected"]["result_tsv"]
    files["result.root"] = draw["expected"]["result_root"] + "\n"
    files.update(changes(files))
    for name, text in files.items():
        with open(f"{folder}/{name}", "w", encoding="utf-8", newline="\n") as out:
            out.write(text)


def run(command, draw, changes):
    """Output and exit code over a folder made for it."""
    with tempfile.TemporaryDirectory() as folder:
        write_folder(folder, draw, changes)
        done = subprocess.run(command + [folder] if command[0] == sys.executable else command, cwd=folder,
                              capture_output=True, text=True, timeout=120)
        return done.stdout + done.stderr, done.returncode


def by_document(draw, changes=lambda files: {}, stratum=None):
    text = blocks()
    if stratum:
        text = re.sub("^STRATUM=.*$", lambda _: f"STRATUM='{stratum}'", text, flags=re.M)
    out, code = run(["bash", "-euo", "pipefail", "-c", text], draw, changes)
    return code == 0 and out.count("一致") >= 9 and "不一致" not in out, out


def by_script(draw, changes=lambda files: {}):
    out, code = run([sys.executable, f"{HERE}/verify_draw.py"], draw, changes)
    return code == 0 and "全部一致" in out, out


def last_hex(text):
    return text[:-2] + ("0" if text[-2] != "0" else "1") + "\n"


def swapped(files):
    """The first drawn row and the first reserve of its stratum change places."""
    rows = [line.split("\t") for line in files["result.tsv"].split("\n")[:-1]]
    for drawn in rows:
        for other in rows:
            if drawn[4] == "drawn" and other[4] == "reserve" and drawn[1] == other[1]:
                drawn[0], other[0] = other[0], drawn[0]
                return {"result.tsv": "".join(sorted("\t".join(row) + "\n" for row in rows))}
    raise ValueError("no reserve")


def chosen():
    """Draws with drawn objects and reserves in one stratum."""
    with open(f"{SOURCE}/test/vectors/data/dr1.json", encoding="utf-8") as text:
        for draw in json.load(text):
            try:
                swapped({"result.tsv": draw["expected"]["result_tsv"]})
                yield draw
            except ValueError:
                pass


def split_strata(draw):
    """Strata that a split line gives a share, with rows in the result."""
    named = {row.split("\t")[1] for row in draw["expected"]["result_tsv"].split("\n")[:-1]}
    lines = [line.split(" ") for line in draw["files"]["rules.txt"].split("\n") if line.startswith("split ")]
    return [cell.partition("=")[0] for words in lines for cell in words[3:] if cell.partition("=")[0] in named]


def one_fewer(stratum):
    """The last drawn row of the stratum becomes a reserve, as if the share were one less."""
    def change(files):
        rows = [line.split("\t") for line in files["result.tsv"].split("\n")[:-1]]
        drawn = [row for row in rows if row[1] == stratum and row[4] == "drawn"]
        last = max(drawn, key=lambda row: int(row[2]))
        last[4:] = ["reserve"]
        return {"result.tsv": "".join("\t".join(row) + "\n" for row in rows)}
    return change


def drawn_in(draw, stratum):
    return any(row.split("\t")[1:5:3] == [stratum, "drawn"] for row in draw["expected"]["result_tsv"].split("\n")[:-1])


CHANGES = [
    ("result row", by_document, lambda f: {"result.tsv": f["result.tsv"].replace("\tdrawn", "\treserve", 1)}),
    ("result root", by_document, lambda f: {"result.root": last_hex(f["result.root"])}),
    ("seed", by_document, lambda f: {"seed": last_hex(f["seed"])}),
    ("record", by_document, lambda f: {"record": f["record"].replace("1", "2", 1)}),
    ("rules", by_document, lambda f: {"rules.txt": f["rules.txt"] + "\n"}),
    ("objects", by_document, lambda f: {"objects.tsv": f["objects.tsv"].replace("\t", "0\t", 1)}),
    ("swapped", by_script, swapped),
    ("seed", by_script, lambda f: {"seed": last_hex(f["seed"])}),
    ("row twice", by_script, lambda f: {"result.tsv": f["result.tsv"] + f["result.tsv"].split("\n")[0] + "\n"}),
    ("row missing", by_script, lambda f: {"result.tsv": f["result.tsv"].split("\n", 1)[1]}),
]


def main():
    missing = [tool for tool in ("bash", "bc", "rev", "awk", "sha256sum") if not shutil.which(tool)]
    if missing:
        print(f"1..0 # SKIP not installed: {' '.join(missing)}")
        return 0
    results = []

    def tell(ok, name, out):
        results.append(ok)
        if not ok:
            print("# " + out.strip().replace("\n", "\n# "))
        print(f"{'ok' if ok else 'not ok'} {len(results)} - {name}")

    draws = list(chosen())
    for draw in draws[:DRAWS]:
        tell(*(lambda r: (r[0], f"the document on {draw['draw']}", r[1]))(by_document(draw)))
    for draw in draws:
        tell(*(lambda r: (r[0], f"verify_draw.py on {draw['draw']}", r[1]))(by_script(draw)))
    cells = [(draw, stratum) for draw in draws for stratum in split_strata(draw) if drawn_in(draw, stratum)]
    for draw, stratum in cells[:SHARES]:
        ok, out = by_document(draw, stratum=stratum)
        tell(ok, f"the document on the share of {stratum} in {draw['draw']}", out)
        out = by_document(draw, one_fewer(stratum), stratum)[1]
        tell("不一致：抽中的对象" in out, f"a share of {stratum} one less in {draw['draw']} is found", out)
    tell(bool(cells), "some draws have splits", "")
    for name, way, change in CHANGES:
        ok, out = way(draws[0], change)
        tell(not ok, f"{way.__name__}: changed {name} is found", out)
    print(f"1..{len(results)}")
    return 0 if results and all(results) else 1


sys.exit(main())
