#!/usr/bin/env python3
"""compare.py BINARY [COUNT]: makes random small draws with every feature of the rules, runs `BINARY dr1 run`
and compares seed, result.tsv, result.root and exit code with dr1.py. Prints TAP. Repeatable."""
import os
import pathlib
import random
import subprocess
import sys
import tempfile

import dr1

NAMES = "甲乙丙丁戊己庚辛"


def row(*cells):
    return "\t".join(cells).rstrip("\t")


def text(rows):
    return "".join(line + "\n" for line in sorted(rows, key=lambda line: line.encode()))


def amount(rng, most):
    if rng.random() < 0.5:
        b = rng.randint(2, 12)
        return f"{rng.randint(1, b // 2)}/{b}"
    return str(rng.randint(0, most))


def make_rules(rng, strata):
    out = []
    need = rng.choice([1, 2, 2, 2, 3])
    seniors = rng.randint(0, need)
    out.append(f"team {need} {seniors} {rng.randint(0, need - seniors)}")
    for name in strata:
        if rng.random() < 0.2:
            need = rng.randint(1, 3)
            seniors = rng.randint(0, need)
            out.append(f"team {need} {seniors} {rng.randint(0, need - seniors)} {name}")
    if rng.random() < 0.5:
        out.append(f"bundle {rng.randint(1, 4)}")
    out += [f"relax {kind}" for kind in ("rotation", "second", "limit") if rng.random() < 0.4]
    left = strata[:]
    while left:
        if len(left) > 1 and rng.random() < 0.5:
            group = [left.pop(0) for _ in range(rng.randint(2, len(left)))]
            cells = " ".join(f"{name}={rng.randint(1, 9)}" for name in group)
            out.append(f"split 组{len(left)} {amount(rng, 6)} {cells}")
        else:
            out.append(f"quota {left.pop(0)} {amount(rng, 3)}")
    return "".join(line + "\n" for line in out)


def make_draw(rng, number):
    strata = [f"类{NAMES[i]}.{i}" for i in range(rng.randint(1, 5))]
    scopes, skills = ["130602", "130606", "130682"][:rng.randint(1, 3)], ["水", "气"]
    objects, inspectors, conflicts = [], [], set()
    names = rng.sample(range(1000), rng.randint(1, 40))
    for n in names:
        objects.append(row(f"P{n:03d}", rng.choice(strata), f"厂{n}", rng.choice(scopes + [""]),
                           rng.choice(["t1", "t2", ""]), rng.choice(skills + ["", "", ""])))
    people = rng.sample(range(100), rng.randint(1, 9))
    for n in people:
        grade = rng.choice("SSJ")
        inspectors.append(row(f"I{n:02d}", grade, str(rng.choice([0, 1, 3, 6, 9, 12])), str(rng.randint(0, 3)),
                              ",".join(sorted(rng.sample(scopes, rng.randint(0, len(scopes))))),
                              ",".join(sorted(rng.sample(skills, rng.randint(0, 2))))))
    for _ in range(rng.randint(0, 15)):
        conflicts.add((f"I{rng.choice(people):02d}", f"P{rng.choice(names):03d}"))
    barred = [row(*pair, rng.choice(["kin", "rotation", "interest"])) for pair in conflicts]
    return dict(objects=text(objects), inspectors=text(inspectors), conflicts=text(barred),
                rules=make_rules(rng, strata), id=f"T-{number}")


def declare(case):
    def root(name):
        part = dr1.lines(case[name])
        return f"{name} {len(part)} {dr1.tree([line.encode() for line in part])}\n"

    share = dr1.hex_of(case["id"])
    commitment = dr1.hex_of("dr1-share\n%s\nnotary\n%s\n" % (case["id"], share))
    declaration = (f"dr1\ndraw {case['id']}\n" + root("objects") + root("inspectors") + root("conflicts") +
                   f"rules {dr1.hex_of(case['rules'])}\nentropy dice 20d10 hall 2026-11-24\n"
                   f"share notary {commitment}\n")
    value = str(int(share, 16))[:20]
    return declaration, f"entropy dice 20d10 hall 2026-11-24 {value}\nshare notary {share}\n"


def compare(binary, case, folder):
    """A sentence about the first difference, or None."""
    declaration, record = declare(case)
    for name, content in (("objects.tsv", case["objects"]), ("inspectors.tsv", case["inspectors"]),
                          ("conflicts.tsv", case["conflicts"]), ("rules.txt", case["rules"]),
                          ("declaration", declaration), ("record", record)):
        (folder / name).write_bytes(content.encode())
    run = subprocess.run([binary, "dr1", "run", str(folder)], capture_output=True, text=True)
    seed = dr1.declared_seed(declaration, record)
    tsv, root, feasible = dr1.Draw(case["objects"], case["inspectors"], case["conflicts"],
                                   case["rules"]).result(seed)
    if run.returncode != (0 if feasible else 1):
        return f"exit {run.returncode}, feasible {feasible}: {run.stderr} {run.stdout}"
    for name, want in (("seed", seed + "\n"), ("result.tsv", tsv), ("result.root", root + "\n")):
        have = (folder / name).read_text(encoding="utf-8") if (folder / name).exists() else "(no file)"
        if have != want:
            return f"{name} differs\nhave {have}\nwant {want}"
    check = subprocess.run([binary, "dr1", "verify", str(folder)], capture_output=True, text=True)
    if check.returncode != (0 if feasible else check.returncode):
        return f"verify exits {check.returncode}: {check.stdout}"
    return None


def main():
    binary, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 60
    if os.environ.get("MINGQIAN_LONG") == "1":
        count *= 50
    bad = 0
    for number in range(1, count + 1):
        case = make_draw(random.Random(number), number)
        with tempfile.TemporaryDirectory() as folder:
            wrong = compare(binary, case, pathlib.Path(folder))
        bad += wrong is not None
        print(f"{'ok' if wrong is None else 'not ok'} {number} - random draw {number}")
        if wrong:
            print("\n".join("# " + line for line in wrong.split("\n")))
    print(f"1..{count}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
