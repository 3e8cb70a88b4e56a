#!/usr/bin/env python3
"""Recomputes who is drawn: verify_draw.py FOLDER. The tickets are those of the public package consistent_sampler,
unmodified; the rest is counting. Needs Python 3 alone. Reads objects.tsv, rules.txt, seed, result.tsv."""
import hashlib
import sys


def hex_sha(text):
    return hashlib.sha256(text.encode()).hexdigest()


def ticket(seed, name):
    return "0." + str(int(hex_sha(hex_sha(seed) + name), 16)).zfill(64)[::-1]


def in_order(seed, names):
    return sorted((ticket(seed, name), name.encode(), name) for name in names)


def amount(text, n):
    a, _, b = text.partition("/")
    return -(-n * int(a) // int(b)) if b else int(a)


def quotas(rules, members, seed):
    out = {}
    for kind, *rest in (line.split(" ") for line in rules):
        if kind == "quota":
            out[rest[0]] = amount(rest[1], members.get(rest[0], 0))
        if kind == "split":
            cells = [(name, int(weight)) for name, _, weight in (cell.partition("=") for cell in rest[2:])]
            total = amount(rest[1], sum(members.get(name, 0) for name, _ in cells))
            weights = sum(weight for _, weight in cells) or 1
            out.update((name, total * weight // weights) for name, weight in cells)
            rank = {name: i for i, (_, _, name) in enumerate(in_order(seed + "/quota", [c[0] for c in cells]))}
            cells.sort(key=lambda cell: (-(total * cell[1] % weights), rank[cell[0]]))
            for name, _ in cells[:total - sum(out[name] for name, _ in cells)]:
                out[name] += 1
    return out


def main(folder):
    def lines(name):
        return open(f"{folder}/{name}", encoding="utf-8", newline="\n").read().split("\n")[:-1]

    seed, strata, want = lines("seed")[0], {}, []
    for line in lines("objects.tsv"):
        strata.setdefault(line.split("\t")[1], []).append(line.split("\t")[0])
    for stratum, quota in quotas(lines("rules.txt"), {s: len(m) for s, m in strata.items()}, seed).items():
        for rank, (number, _, name) in enumerate(in_order(seed + "/objects", strata.get(stratum, []))[:quota + 3], 1):
            want.append("\t".join([name, stratum, str(rank), number, "drawn" if rank <= quota else "reserve"]))
    have = ["\t".join(line.split("\t")[:5]) for line in lines("result.tsv")]
    wrong = sorted(set(have) ^ set(want))
    for line in wrong:
        print("多出" if line in have else "缺少", line, sep="\t")
    print(f"{len(want)} 行，{'全部一致' if not wrong and len(have) == len(want) else '不一致'}")
    return 1 if wrong or len(have) != len(want) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
