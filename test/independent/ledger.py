#!/usr/bin/env python3
"""The ledger a second time, in plain Python from the C2SP and RFC texts alone (standard library only):

    ledger.py tree DIR KEY      recomputes every tile and the root of an exported tree
    ledger.py proof FILE KEY    checks a .tlog-proof and prints the entry that it opens

KEY is the published verifier key, "name+id+base64". Exit code 0: it holds, 1: it does not."""
import base64
import hashlib
import json
import os
import sys


class Wrong(Exception):
    pass


def sha256(data):
    return hashlib.sha256(data).digest()


# ---- Ed25519, RFC 8032, verification only ----

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(a, b):
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    e, f = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    g, h = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n, point):
    out = (0, 1, 1, 0)
    while n:
        if n & 1:
            out = add(out, point)
        point = add(point, point)
        n >>= 1
    return out


def same(a, b):
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def x_of(y, sign):
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * ROOT % P
    if (x * x - x2) % P or (x == 0 and sign):
        raise Wrong("no point of the curve")
    return P - x if x & 1 != sign else x


def point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        raise Wrong("no point of the curve")
    x = x_of(y, sign)
    return x, y, 1, x * y % P


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE = (x_of(BASE_Y, 0), BASE_Y, 1, x_of(BASE_Y, 0) * BASE_Y % P)


def ed25519(key, message, signature):
    r, s = point(signature[:32]), int.from_bytes(signature[32:], "little")
    if s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    return same(times(s, BASE), add(r, times(h, point(key))))


# ---- C2SP signed-note, tlog-checkpoint ----

def read_key(text):
    name, key_id, blob = text.split("+", 2)
    raw = base64.b64decode(blob, validate=True)
    if len(raw) != 33 or raw[0] != 1 or sha256(name.encode() + b"\n" + raw)[:4].hex() != key_id:
        raise Wrong("not a verifier key")
    return name, bytes.fromhex(key_id), raw[1:]


def read_checkpoint(note, key):
    """(size, root) of a note that the key has signed."""
    name, key_id, public = read_key(key)
    text, _, lines = note.rpartition("\n\n")
    text += "\n"
    for line in lines.splitlines():
        dash, signer, blob = line.split(" ")
        raw = base64.b64decode(blob, validate=True)
        if dash == "\u2014" and signer == name and raw[:4] == key_id:
            if not ed25519(public, text.encode(), raw[4:]):
                raise Wrong("the signature does not hold")
            break
    else:
        raise Wrong("not signed by this key")
    origin, size, root = text.splitlines()[:3]
    if origin != name or str(int(size)) != size:
        raise Wrong("not a checkpoint of this ledger")
    return int(size), base64.b64decode(root, validate=True)


# ---- RFC 6962 ----

def leaf_hash(data):
    return sha256(b"\0" + data)


def node(left, right):
    return sha256(b"\1" + left + right)


def tree_root(hashes):
    if not hashes:
        return sha256(b"")
    if len(hashes) == 1:
        return hashes[0]
    k = 1 << (len(hashes) - 1).bit_length() - 1
    return node(tree_root(hashes[:k]), tree_root(hashes[k:]))


def root_from_proof(index, size, hash_, proof):
    """RFC 9162 2.1.3.2."""
    if index >= size:
        raise Wrong("index beyond the tree")
    fn, sn = index, size - 1
    for p in proof:
        if sn == 0:
            raise Wrong("proof too long")
        if fn & 1 or fn == sn:
            hash_ = node(p, hash_)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            hash_ = node(hash_, p)
        fn, sn = fn >> 1, sn >> 1
    if sn:
        raise Wrong("proof too short")
    return hash_


# ---- C2SP tlog-tiles ----

def tile_path(level, index, width):
    groups = [f"{index % 1000:03}"]
    while index >= 1000:
        index //= 1000
        groups.insert(0, f"x{index % 1000:03}")
    return "/".join(["tile", level, *groups]) + ("" if width == 256 else f".p/{width}")


def read(folder, path):
    try:
        with open(os.path.join(folder, path), "rb") as f:
            return f.read()
    except FileNotFoundError:
        raise Wrong(f"{path} is missing") from None


def widths(count):
    return [(i, min(256, count - 256 * i)) for i in range((count + 255) // 256)]


def read_leaves(folder, size):
    leaves = []
    for index, width in widths(size):
        path = tile_path("entries", index, width)
        data = read(folder, path)
        for _ in range(width):
            length = int.from_bytes(data[:2], "big")
            leaves.append(data[2:2 + length])
            data = data[2 + length:]
        if data:
            raise Wrong(f"{path} has more than {width} leaves")
    return leaves


def check_tree(folder, key):
    """Returns (size, leaves); every tile of every level is recomputed."""
    size, root = read_checkpoint(read(folder, "checkpoint").decode(), key)
    leaves = read_leaves(folder, size)
    if any(len(leaf) != 64 or leaf.strip(b"0123456789abcdef") for leaf in leaves):
        raise Wrong("a leaf is not 64 hex digits")
    hashes = [leaf_hash(leaf) for leaf in leaves]
    if tree_root(hashes) != root:
        raise Wrong("the leaves do not give the checkpoint's root")
    level = 0
    while hashes:
        for index, width in widths(len(hashes)):
            path = tile_path(str(level), index, width)
            if read(folder, path) != b"".join(hashes[256 * index:256 * index + width]):
                raise Wrong(f"{path} is not what the leaves give")
        hashes = [tree_root(hashes[i:i + 256]) for i in range(0, len(hashes) // 256 * 256, 256)]
        level += 1
    return size, leaves


# ---- C2SP .tlog-proof with an opened entry ----

def check_proof(text, key):
    """Returns the opened entry."""
    head, _, note = text.partition("\n\n")
    lines = head.split("\n")
    if lines[0] != "c2sp.org/tlog-proof@v1" or not lines[1].startswith("extra ") or not lines[2].startswith("index "):
        raise Wrong("not a proof with an opened entry")
    extra = base64.b64decode(lines[1][6:], validate=True)
    index = int(lines[2][6:])
    size, root = read_checkpoint(note, key)
    leaf = sha256(extra).hex().encode()
    if root_from_proof(index, size, leaf_hash(leaf), [base64.b64decode(p, validate=True) for p in lines[3:]]) != root:
        raise Wrong("the proof does not lead to the checkpoint's root")
    entry = json.loads(extra[32:])
    if entry["seq"] != index:
        raise Wrong("the entry bears another number")
    return entry


def main(words):
    try:
        if len(words) == 3 and words[0] == "tree":
            size, _ = check_tree(words[1], words[2])
            print(f"holds: {size} entries")
            return 0
        if len(words) == 3 and words[0] == "proof":
            with open(words[1], encoding="utf-8") as f:
                print(json.dumps(check_proof(f.read(), words[2]), ensure_ascii=False, indent=1))
            return 0
    except (Wrong, ValueError, IndexError, KeyError) as e:
        print(f"does not hold: {e}", file=sys.stderr)
        return 1
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
