#!/usr/bin/env python3
"""Writes our own vectors of tickets, samples, trees and checkpoints into test/vectors/data, from the
specifications alone: nothing here calls the C code. Run it again after a change; the bytes are the same."""
import base64
import hashlib
import json
import os
import random

HERE = os.path.dirname(os.path.abspath(__file__))
RANDOM = random.Random(20261124)


def sha(data):
    return hashlib.sha256(data).digest()


# consistent_sampler: spec/draw.md 3 and the package's own description

def reverse_number(text):
    return str(int(sha(text.encode()).hex(), 16)).zfill(64)[::-1]


def first_ticket(seed, name):
    return "0." + reverse_number(sha(seed.encode()).hex() + name)


def next_ticket(ticket):
    fraction = (ticket + "0")[2:]
    prefix = "0." + fraction[:len(fraction) - len(fraction.lstrip("9"))]
    i = 1
    while prefix + reverse_number(f"{ticket}:{i}") <= ticket + "0":
        i += 1
    return prefix + reverse_number(f"{ticket}:{i}")


def trim(ticket, digits):
    nines = len(ticket[2:]) - len(ticket[2:].lstrip("9"))
    return ticket[:2 + nines + digits]


def draw(seed, names, replacement, count):
    rows = [(first_ticket(seed, name), name.encode(), name, 1) for name in names]
    while rows and count > 0:
        rows.sort()
        ticket, raw, name, generation = rows.pop(0)
        yield ticket, name, generation
        count -= 1
        if replacement:
            rows.append((next_ticket(ticket), raw, name, generation + 1))


def sample(seed, ids, replacement=False, drop=0, take=10, digits=9):
    out = [[trim(t, digits), n, g] for t, n, g in draw(seed, ids, replacement, drop + take)][drop:]
    return dict(seed=seed, ids=ids, with_replacement=replacement, drop=drop, take=take, digits=digits,
                output=out)


def stratified(seed, names):
    strata = ["重点", "一般", "特殊", "很少"]
    rows = [[name, strata[i % 3] if i else "很少"] for i, name in enumerate(names)]
    quota = {"重点": 3, "一般": 0, "特殊": 1000, "很少": 1, "没有": 2}
    expected = {}
    for stratum, count in quota.items():
        members = [name for name, where in rows if where == stratum]
        order = [[name, ticket] for ticket, name, _ in draw(seed, members, False, len(members))]
        expected[stratum] = dict(population=len(members), quota=count, drawn=order[:count],
                                 reserves_next3=order[count:count + 3],
                                 shortfall=max(0, count - len(members)))
    return dict(seed=seed, rows=rows, quota=quota, expected=expected)


def large(seed, count):
    order = [n for _, n, _ in draw_all(seed, [f"Q{i:05d}" for i in range(count)])]
    return dict(seed=seed, id_format_c="Q%05d", first=0, count=count, first20=order[:20], last5=order[-5:],
                sha256_of_order=sha("".join(n + "\n" for n in order).encode()).hex(),
                ticket_of_first=first_ticket(seed, order[0]), ticket_of_last=first_ticket(seed, order[-1]))


def draw_all(seed, names):
    return [(t, n, 1) for t, n in sorted((first_ticket(seed, n), n) for n in names)]


# RFC 6962

def leaf(data):
    return sha(b"\0" + data)


def split(count):
    k = 1
    while k * 2 < count:
        k *= 2
    return k


def root(hashes):
    if not hashes:
        return sha(b"")
    if len(hashes) == 1:
        return hashes[0]
    k = split(len(hashes))
    return sha(b"\1" + root(hashes[:k]) + root(hashes[k:]))


def inclusion(hashes, index):
    if len(hashes) == 1:
        return []
    k = split(len(hashes))
    if index < k:
        return inclusion(hashes[:k], index) + [root(hashes[k:])]
    return inclusion(hashes[k:], index - k) + [root(hashes[:k])]


def consistency(hashes, older, whole=True):
    if older == len(hashes):
        return [] if whole else [root(hashes)]
    k = split(len(hashes))
    if older <= k:
        return consistency(hashes[:k], older, whole) + [root(hashes[k:])]
    return consistency(hashes[k:], older - k, False) + [root(hashes[:k])]


def hexes(proof):
    return [h.hex() for h in proof]


RULE = "leaf i = ASCII 'own-' followed by decimal i"


def leaves(count):
    return [leaf(b"own-%d" % i) for i in range(count)]


def tree(count):
    hashes = leaves(count)
    return dict(leaf_hashes_or_rule=RULE, roots={str(n): root(hashes[:n]).hex() for n in (0, 1, 2, count)},
                inclusion=[dict(index=i, size=n, proof=hexes(inclusion(hashes[:n], i)))
                           for n in (1, 2, 7, 8, count) for i in range(n)],
                consistency=[dict(size1=m, size2=n, proof=hexes(consistency(hashes[:n], m)))
                             for n in (1, 2, 7, 8, count) for m in range(1, n + 1)],
                all_roots=[root(hashes[:n]).hex() for n in range(count + 1)])


def proofs():
    hashes = leaves(21)
    good = dict(index=13, size=21, leaf_hash=hashes[13].hex(), root=root(hashes).hex(),
                proof=hexes(inclusion(hashes, 13)), valid=True, why="valid")
    old = dict(size1=6, size2=21, root1=root(hashes[:6]).hex(), root2=root(hashes).hex(),
               proof=hexes(consistency(hashes, 6)), valid=True, why="valid")
    flip = "%064x" % (int(good["proof"][1], 16) ^ 1 << 77)
    bad = [dict(index=12), dict(index=21), dict(size=40), dict(size=0), dict(leaf_hash=good["root"]),
           dict(proof=good["proof"][:-1]), dict(proof=good["proof"] + [flip]),
           dict(proof=[good["proof"][0], flip] + good["proof"][2:]), dict(proof=[good["proof"][0][:62]])]
    worse = [dict(size1=5), dict(size1=0), dict(size2=40), dict(size1=22), dict(root1=old["root2"]),
             dict(root2=old["root1"]), dict(proof=[]), dict(proof=old["proof"][1:]),
             dict(proof=old["proof"] + [flip])]
    return dict(inclusion=[good] + [{**good, **b, "valid": False, "why": f"other {list(b)[0]}"} for b in bad],
                consistency=[old] + [{**old, **b, "valid": False, "why": f"other {list(b)[0]}"} for b in worse])


# C2SP tlog-tiles

def tile_name(kind, index, width):
    groups = [f"{index % 1000:03d}"]
    while index >= 1000:
        index //= 1000
        groups.insert(0, f"x{index % 1000:03d}")
    return f"tile/{kind}/{'/'.join(groups)}" + (f".p/{width}" if width < 256 else "")


def tiles(count):
    level, hashes, out = 0, leaves(count), {}
    entries = [len(d).to_bytes(2, "big") + d for d in (b"own-%d" % i for i in range(count))]
    bundles = {}
    for at in range(0, count, 256):
        part = entries[at:at + 256]
        bundles[tile_name("entries", at // 256, len(part))] = sha(b"".join(part)).hex()
    while hashes:
        for at in range(0, len(hashes), 256):
            part = hashes[at:at + 256]
            out[tile_name(level, at // 256, len(part))] = sha(b"".join(part)).hex()
        hashes = [root(hashes[at:at + 256]) for at in range(0, len(hashes) - 255, 256)]
        level += 1
    return dict(rule=RULE, size=count, root=root(leaves(count)).hex(), tile_sha256=out, entries_sha256=bundles)


# Ed25519 (RFC 8032), enough to sign

P, Q = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def add(a, b):
    t = D * a[0] * b[0] * a[1] * b[1] % P
    return ((a[0] * b[1] + a[1] * b[0]) * pow(1 + t, -1, P) % P,
            (a[1] * b[1] + a[0] * b[0]) * pow(1 - t, -1, P) % P)


def times(n, point):
    out = (0, 1)
    while n:
        if n & 1:
            out = add(out, point)
        point, n = add(point, point), n >> 1
    return out


def base_point():
    y = 4 * pow(5, -1, P) % P
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    return (x if x % 2 == 0 else P - x, y)


B = base_point()


def pack(point):
    return (point[1] | (point[0] & 1) << 255).to_bytes(32, "little")


def scalar(seed):
    h = hashlib.sha512(seed).digest()
    return int.from_bytes(h[:32], "little") & (1 << 254) - 8 | 1 << 254, h[32:]


def public(seed):
    return pack(times(scalar(seed)[0], B))


def sign(seed, message):
    a, prefix = scalar(seed)
    r = int.from_bytes(hashlib.sha512(prefix + message).digest(), "little") % Q
    big_r = pack(times(r, B))
    k = int.from_bytes(hashlib.sha512(big_r + public(seed) + message).digest(), "little") % Q
    return big_r + ((r + k * a) % Q).to_bytes(32, "little")


# C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-proof

def b64(data):
    return base64.b64encode(data).decode()


class Key:
    def __init__(self, name, kind):
        self.name, self.kind, self.seed = name, bytes([kind]), sha(name.encode())
        self.public = public(self.seed)
        self.id = sha(name.encode() + b"\n" + self.kind + self.public)[:4]

    def json(self):
        return dict(name=self.name, ed25519_seed_hex=self.seed.hex(), public_key_hex=self.public.hex(),
                    key_id_hex=self.id.hex(), vkey=f"{self.name}+{self.id.hex()}+{b64(self.kind + self.public)}")

    def line(self, text, time=None, signed=None):
        signed = text if signed is None else signed
        if self.kind == b"\4":
            blob = time.to_bytes(8, "big") + sign(self.seed, f"cosignature/v1\ntime {time}\n{signed}".encode())
        else:
            blob = sign(self.seed, signed.encode())
        return f"— {self.name} {b64(self.id + blob)}\n"


def checkpoints():
    log, witnesses = Key("log.own.example/draws", 1), [Key("见证.own.example", 4), Key("archive.own.example", 4)]
    hashes = leaves(21)

    def text(size, extra=""):
        return f"{log.name}\n{size}\n{b64(root(hashes[:size]))}\n{extra}"

    def row(size, extra, cosigners, honest=True):
        body = text(size, extra)
        note = body + "\n" + log.line(body, signed=None if honest else body + "x\n")
        note += "".join(w.line(body, 1795420800 + size) for w in cosigners)
        return dict(size=size, root_hex=root(hashes[:size]).hex(), note=note, valid_log_signature=honest,
                    valid_cosignatures=[w.name for w in cosigners])

    body = text(21)
    good = body + "\n" + log.line(body)
    stranger = Key("stranger.own.example", 1)
    invalid = [("size changed", good.replace("\n21\n", "\n20\n")), ("no signature", body + "\n"),
               ("no blank line", body + log.line(body)), ("CR", good.replace("\n", "\r\n")),
               ("cut", good[:-1]), ("empty", ""), ("unknown key", body + "\n" + stranger.line(body)),
               ("zero before the size", (b := body.replace("\n21\n", "\n021\n")) + "\n" + log.line(b)),
               ("sign before the size", (b := body.replace("\n21\n", "\n+21\n")) + "\n" + log.line(b)),
               ("no root", (b := f"{log.name}\n21\n") + "\n" + log.line(b)),
               ("other origin", (b := body.replace("draws", "draw5")) + "\n" + log.line(b)),
               ("padding missing", good.replace("=\n\n", "\n\n")),
               ("tab in the text", (b := body + "a\tb\n") + "\n" + log.line(b)),
               ("blank line within", (b := body + "\nmore\n") + "\n" + log.line(b))]
    return dict(
        origin=log.name, leaf_rule=RULE, log=log.json(), witnesses=[w.json() for w in witnesses],
        checkpoints=[row(0, "", witnesses), row(1, "", []), row(21, "extension 一\n", witnesses[:1]),
                     row(20, "", witnesses[1:], honest=False)],
        with_extra_unknown_signature=dict(note=good + stranger.line(body), valid=True),
        invalid=[dict(why=why, note=note) for why, note in invalid],
        tlog_proof=dict(index=4, leaf_data="own-4", text="c2sp.org/tlog-proof@v1\nextra b3du\nindex 4\n" +
                        "".join(b64(h) + "\n" for h in inclusion(hashes, 4)) + "\n" + good),
        witness_add_checkpoint_request=dict(old=20, body="old 20\n" + "".join(
            b64(h) + "\n" for h in consistency(hashes, 20)) + "\n" + good))


def write(name, value, lines=False):
    with open(os.path.join(HERE, "data", name), "w", encoding="utf-8", newline="\n") as out:
        if lines:
            out.writelines(json.dumps(v, ensure_ascii=False) + "\n" for v in value)
        else:
            json.dump(value, out, ensure_ascii=False, indent=1)
            out.write("\n")


def main():
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    ids = ["".join(RANDOM.choice(alphabet) for _ in range(n)) for n in (1, 8, 18, 54, 55, 56, 64, 119, 120, 200)]
    ids += [f"BD-{i:04d}" for i in range(30)] + ["一号", "一号厂", "x y", "a:b"]
    seeds = ["", "20261124", "公开种子", "ab" * 32 + "/objects"]
    tickets = [dict(seed=s, id=n, ticket=first_ticket(s, n)) for s in seeds for n in ids]
    chains = []
    for seed in seeds[1:]:
        chain = [first_ticket(seed, ids[2])]
        while len(chain) < 20:
            chain.append(next_ticket(chain[-1]))
        chains.append(dict(seed=seed, id=ids[2], tickets=chain))
    write("ids.json", ids)
    write("tickets.jsonl", tickets, lines=True)
    write("chains.json", chains)
    write("samples.json", [sample(seeds[1], ids), sample(seeds[2], ids, drop=3, take=100, digits=30),
                           sample(seeds[2], ids[:9], True, 5, 40, 12), sample(seeds[3], ids[:1], True, 0, 12),
                           sample(seeds[3], [], take=3), sample(seeds[3], ids[:5], drop=9, take=2)])
    write("stratified.json", stratified(seeds[3], ids))
    write("large.json", [large(seeds[2], 3000)])
    write("tree.json", tree(13))
    write("proofs.json", proofs())
    write("tiles.json", tiles(515))
    write("checkpoints.json", checkpoints())


main()
