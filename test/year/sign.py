"""Ed25519 signatures (RFC 8032) for the parties of a draw, on the arithmetic of test/independent/ledger.py."""
import hashlib

from ledger import BASE, L, P, times


def packed(point):
    x, y, z, _ = point
    inverse = pow(z, P - 2, P)
    x, y = x * inverse % P, y * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def number(*parts):
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little") % L


class Key:
    def __init__(self, seed):
        digest = hashlib.sha512(seed).digest()
        self.scalar = int.from_bytes(digest[:32], "little") & ((1 << 254) - 8) | 1 << 254
        self.prefix = digest[32:]
        self.public = packed(times(self.scalar, BASE))

    def sign(self, message):
        r = number(self.prefix, message)
        point = packed(times(r, BASE))
        s = (r + number(point, self.public, message) * self.scalar) % L
        return point + s.to_bytes(32, "little")
