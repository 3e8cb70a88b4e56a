"""A draw's folder for the tests of the commands: made from our own vectors, or a city of any size."""
import hashlib
import json
import os

import tap

import dr1  # of test/independent, which tap puts on the path

with open(os.path.join(tap.TOP, "test", "vectors", "data", "dr1.json"), encoding="utf-8") as vectors:
    VECTORS = json.load(vectors)

LISTS = ("objects.tsv", "inspectors.tsv", "conflicts.tsv", "rules.txt")
SHARE = "ab" * 32


def vector(index, *names):
    """A folder with the files named (default: lists, declaration, record) of one vector."""
    v = VECTORS[index]
    path = tap.folder()
    for name in names or (*LISTS, "declaration", "record"):
        text = v["files"].get(name) if name in LISTS else \
            v["declaration"] if name == "declaration" else v["entropy_record"]
        tap.write(os.path.join(path, name), text)
    return path, v


def city(objects=200, inspectors=12, quota="1/10"):
    """Lists with two strata and two districts, everybody free."""
    path = tap.folder()
    lines = [f"S{i:05d}\t{'甲' if i % 3 else '乙'}\t企业{i}\t{13060 + i % 2}" for i in range(objects)]
    people = [f"P{i:03d}\t{'S' if i % 2 else 'J'}\t60\t0\t{13060 + i // 2 % 2}" for i in range(inspectors)]
    tap.write(path + "/objects.tsv", "".join(line + "\n" for line in lines))
    tap.write(path + "/inspectors.tsv", "".join(line + "\n" for line in people))
    tap.write(path + "/conflicts.tsv", "")
    tap.write(path + "/rules.txt", f"team 2 1 1\nquota 甲 {quota}\nquota 乙 {quota}\n")
    return path


SHORT = ("--accept-shortage",)


def commitment(draw, party, share=SHARE):
    return hashlib.sha256(f"dr1-share\n{draw}\n{party}\n{share}\n".encode()).hexdigest()


def declared(path, draw="T-2026-0001", more=()):
    """Declares with dice and one share."""
    a = tap.run("dr1", "declare", path, "--draw", draw, "--entropy", "dice 20d10 hall 2099-03-01T09:00",
                "--share", f"operator={commitment(draw, 'operator')}", *more)
    tap.check(a.code == 0, a.err)
    return path


def recorded(path, digits="01234567890123456789", share=SHARE):
    tap.write(path + "/record",
              f"entropy dice 20d10 hall 2099-03-01T09:00 {digits}\nshare operator {share}\n")
    return path


def drawn(**size):
    """A finished draw."""
    path = recorded(declared(city(**size)))
    a = tap.run("dr1", "run", path)
    tap.check(a.code == 0, a.err)
    return path


# Ed25519 of RFC 8032, enough to sign in a test.
P = 2 ** 255 - 19
L = 2 ** 252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def _add(a, b):
    x1, y1, x2, y2 = *a, *b
    k = D * x1 * x2 * y1 * y2
    return ((x1 * y2 + x2 * y1) * pow(1 + k, P - 2, P) % P, (y1 * y2 + x1 * x2) * pow(1 - k, P - 2, P) % P)


def _times(n, point):
    out = (0, 1)
    while n:
        if n & 1:
            out = _add(out, point)
        point, n = _add(point, point), n >> 1
    return out


def _base():
    y = 4 * pow(5, P - 2, P) % P
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    return (P - x if x & 1 else x, y)


def _bytes(point):
    return (point[1] | (point[0] & 1) << 255).to_bytes(32, "little")


def sign(secret, message):
    """KEYHEX:SIGHEX of a 32-byte secret."""
    h = hashlib.sha512(secret).digest()
    a = int.from_bytes(h[:32], "little") & (1 << 254) - 8 | 1 << 254
    key = _bytes(_times(a, _base()))
    r = int.from_bytes(hashlib.sha512(h[32:] + message).digest(), "little") % L
    point = _bytes(_times(r, _base()))
    k = int.from_bytes(hashlib.sha512(point + key + message).digest(), "little") % L
    return key.hex() + ":" + (point + ((r + k * a) % L).to_bytes(32, "little")).hex()


ticket = dr1.ticket
in_order = dr1.in_order
tree = dr1.tree
