"""The web apps over raw sockets: what a browser gets, what it may keep, and what nobody gets."""
import gzip
import hashlib
import os
import shutil

import tap
from serve import SECURITY, Server, statuses
from tap import check, expect

SCRIPT = b"console.log('signed in the open');\n" * 50
HASHED = "/assets/index-B3x9_kQd.js"
PAGE = b"<!doctype html><title>admin</title>"
KEPT = "Cache-Control: public, max-age=31536000, immutable"
ASKED = "Cache-Control: no-cache"


def apps():
    """A folder as the build of the web apps leaves it; these bytes of .br are not brotli, which nobody undoes here."""
    web = os.path.join(tap.folder(), "web")
    for path, data in {"index.html": PAGE, HASHED[1:]: SCRIPT, HASHED[1:] + ".gz": gzip.compress(SCRIPT),
                       HASHED[1:] + ".br": b"brotli", "field/index.html": b"field", "field/sw.js": b"// worker",
                       "field/manifest.webmanifest": b"{}", "public/index.html": b"public",
                       "public/verify/index.html": b"verify", ".secret": b"canary", "field/.env": b"canary"}.items():
        os.makedirs(os.path.dirname(os.path.join(web, path)), exist_ok=True)
        tap.write(os.path.join(web, path), data)
    return web


def ask(server, path, *headers, method="GET"):
    """Status, headers by their small names, body."""
    lines = [f"{method} {path} HTTP/1.1", "Host: x", "Connection: close", *headers, "", ""]
    head, _, body = server.raw("\r\n".join(lines).encode()).partition(b"\r\n\r\n")
    first, *rest = head.decode().split("\r\n")
    return int(first.split()[1]), {n.lower(): v for n, v in (line.split(": ", 1) for line in rest)}, body


def test_apps_and_their_headers():
    s = Server("--web", apps())
    for path, status, kind, cache in [
            ("/", 200, "text/html; charset=utf-8", ASKED), ("/sites/S-1", 200, "text/html; charset=utf-8", ASKED),
            (HASHED, 200, "text/javascript; charset=utf-8", KEPT), ("/field/", 200, "text/html; charset=utf-8", ASKED),
            ("/field/visits/1", 200, "text/html; charset=utf-8", ASKED),
            ("/field/sw.js", 200, "text/javascript; charset=utf-8", ASKED),
            ("/field/manifest.webmanifest", 200, "application/manifest+json", ASKED),
            ("/public/verify/", 200, "text/html; charset=utf-8", ASKED), ("/field", 308, "", ASKED),
            ("/none.js", 404, "application/problem+json", ""), ("/api/v1/none", 404, "application/problem+json", ""),
            ("/.secret", 404, "application/problem+json", ""), ("/field/.env", 404, "application/problem+json", "")]:
        code, head, body = s.get(path)
        check(code == status and kind in head and cache in head and "canary" not in body, f"{path}: {head!r}")
        for line in SECURITY[:-1] + ([] if cache else SECURITY[-1:]):
            check(line in head, f"{path}: no {line} in {head!r}")
        for word in ["'unsafe-inline'", "'unsafe-eval'", "http:", "https:", "*"]:
            check(word not in ask(s, path)[1]["content-security-policy"], f"{path}: {word}")
    check(ask(s, "/sites?page=2&size=7")[2] == PAGE, "an app's own parameters")
    check(ask(s, "/")[2] == PAGE and ask(s, "/field/visits/1")[2] == b"field", "whose page it is")
    check(ask(s, "/field")[1]["location"] == "/field/", "a folder's slash")
    for path, may in [("/", False), ("/field/", False), ("/public/", False), ("/public/verify/", True)]:
        check(("'wasm-unsafe-eval'" in ask(s, path)[1]["content-security-policy"]) == may, f"{path}: wasm")
    check(s.stop() == 0, "exit")


def test_forms_and_tags():
    s = Server("--web", apps())
    for accept, coding, data in [("", None, SCRIPT), ("Accept-Encoding: gzip, deflate, br", "br", b"brotli"),
                                 ("Accept-Encoding: gzip", "gzip", gzip.compress(SCRIPT)),
                                 ("Accept-Encoding: br;q=0, gzip;q=0", None, SCRIPT)]:
        more = [accept] if accept else []
        code, head, body = ask(s, HASHED, *more)
        same = gzip.decompress(body) == SCRIPT if coding == "gzip" else body == data
        check(code == 200 and head.get("content-encoding") == coding and same, f"{accept}: {head}")
        check(head["vary"] == "Accept-Encoding" and int(head["content-length"]) == len(body), f"{accept}: {head}")
        check(head["etag"] == f'"{hashlib.sha256(body).hexdigest()}"', f"{accept}: {head['etag']}")
        code, bare, nothing = ask(s, HASHED, *more, method="HEAD")
        check(code == 200 and nothing == b"" and bare["content-length"] == head["content-length"], f"HEAD: {bare}")
        code, kept, nothing = ask(s, HASHED, *more, f"If-None-Match: \"x\", {head['etag']}")
        check(code == 304 and nothing == b"" and kept["etag"] == head["etag"] and kept["vary"] == head["vary"] and
              kept["cache-control"] == head["cache-control"] and "content-type" not in kept, f"304: {code} {kept}")
        check(ask(s, HASHED, *more, "If-None-Match: \"x\"")[0] == 200, "another tag")
    check("vary" not in ask(s, "/")[1], "a page that has one form")
    code, head, body = ask(s, HASHED, "Range: bytes=0-3")
    check(code == 200 and body == SCRIPT, f"Range is not heard: {code}")
    got = s.raw(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    check(statuses(got) == [405] and b"Allow: GET, HEAD" in got, f"POST: {got!r}")
    s.stop()


def test_nothing_leads_out_of_the_folder_and_nothing_is_read_later():
    web = apps()
    tap.write(os.path.join(os.path.dirname(web), "outside.txt"), "canary")
    s = Server("--web", web)
    for path in ["/../outside.txt", "/%2e%2e/outside.txt", "/..%2foutside.txt", "/field/../../outside.txt", "/..\\outside.txt",
                 "//outside.txt", "/%5c..%5coutside.txt", "/./../outside.txt", "/outside.txt", "/%00", "/index.html%00.js"]:
        code, head, body = ask(s, path)
        check(code in (400, 404) and b"canary" not in body, f"{path}: {code}")
    shutil.rmtree(web)
    check(ask(s, "/")[2] == PAGE, "what was read at the start is served")
    s.stop()
    expect(3, ["serve", *tap.office(), "--listen", "127.0.0.1:0", "--web", web], f"网页文件夹 {web} 不存在")
    os.mkdir(web)
    expect(1, ["serve", *tap.office(), "--listen", "127.0.0.1:0", "--web", web], "里没有 index.html")
    os.symlink("/etc/passwd", os.path.join(web, "index.html"))
    expect(1, ["serve", *tap.office(), "--listen", "127.0.0.1:0", "--web", web], "/index.html 是符号链接")


def test_without_apps_a_page_says_so():
    alone = os.path.join(tap.folder(), "mingqian")
    shutil.copy(tap.BINARY, alone)
    real, tap.BINARY = tap.BINARY, alone
    try:
        s = Server()
        code, head, body = ask(s, "/")
        check(code == 200 and "网页还没有建好" in body.decode() and "/api/v1/" in body.decode(), f"{code} {body!r}")
        check(ask(s, "/sites")[0] == 404, "no app, no addresses of one")
        s.stop()
        shutil.copytree(apps(), os.path.join(os.path.dirname(alone), "web"))
        s = Server()
        check(ask(s, "/")[2] == PAGE, "beside the binary")
        s.stop()
    finally:
        tap.BINARY = real


if __name__ == "__main__":
    tap.main(globals())
