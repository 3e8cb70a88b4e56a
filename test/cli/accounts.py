"""Accounts over HTTP, from the first start to roles by two persons. Every answer is held against the contract."""
import base64
import datetime
import functools
import hashlib
import hmac
import http.client
import json
import os
import struct

import contract
import serve
import tap
from tap import check, expect

PASSWORD, OTHER = "Weihe-3-qiao!", "Kuan-9-xiang?"


class Server(serve.Server):
    """Its first start, with the tokens that it told."""

    def __init__(self, *more):
        self.tokens = {}
        super().__init__(*more)

    def told(self, line):
        if "激活码" in line:
            self.tokens[line.split("登录名 ")[1].split("）")[0]] = line.rsplit("：", 1)[1].strip()


class Clocked(Server):
    """One of made-up data whose clock the test sets."""

    def __init__(self, *more):
        self.clock = tap.folder() + "/clock"
        super().__init__("--clock", self.clock, *more)

    def at(self, text):
        """2026-01-05T09:00 at +08:00."""
        form = "%Y-%m-%dT%H:%M:%S" if text.count(":") == 2 else "%Y-%m-%dT%H:%M"
        there = datetime.datetime.strptime(text + "+0800", form + "%z")
        tap.write(self.clock + ".new", f"{int(there.timestamp()) * 1000}\n")
        os.rename(self.clock + ".new", self.clock)

    def now(self):
        return int(tap.read(self.clock)) // 1000


def code_of(secret, now):
    count = struct.pack(">Q", int(now) // 30)
    digest = hmac.new(base64.b32decode(secret), count, hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at:at + 4])[0] & 0x7fffffff) % 1000000:06}"


@functools.cache
def the_contract():
    return contract.Contract()


class Person:
    def __init__(self, server):
        self.server, self.cookie, self.csrf, self.bearer = server, None, None, None

    def ask(self, method, path, body=None, **headers):
        c = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        given = {"Host": "x", **{k.replace("_", "-"): v for k, v in headers.items()}}
        if self.cookie:
            given["Cookie"] = self.cookie
            given.setdefault("X-CSRF-Token", self.csrf)
        if self.bearer:
            given["Authorization"] = "Bearer " + self.bearer
        data = None
        if method in ("POST", "PUT", "PATCH"):
            data = b"" if body is None else json.dumps(body).encode()
            given["Content-Length"] = str(len(data))
            if data:
                given["Content-Type"] = "application/json"
        c.request(method, "/api/v1" + path, body=data, headers=given)
        r = c.getresponse()
        text = r.read().decode()
        c.close()
        self.headers = r.headers
        wrong = the_contract().wrong_answer(method, "/api/v1" + path, r.status, r.headers, text)
        check(not wrong, f"{method} {path} {r.status}: {wrong}")
        return r.status, json.loads(text) if text else None

    def want(self, status, method, path, body=None, **headers):
        code, answer = self.ask(method, path, body, **headers)
        check(code == status, f"{method} {path}: {code} {answer}, want {status}")
        return answer

    def login(self, name, password=PASSWORD, otp="", bearer=False):
        answer = self.want(201, "POST", "/sessions",
                           {"name": name, "password": password, "bearer": bearer, **({"otp": otp} if otp else {})})
        if bearer:
            self.bearer = answer["token"]
        else:
            self.cookie, self.csrf = self.headers["Set-Cookie"].split(";")[0], answer["csrf"]
        return answer


class Worker(Person):
    """One who comes back another day, and whose password grows old."""
    name, password = None, PASSWORD

    def again(self):
        self.cookie = None
        if self.login(self.name, self.password)["passwordOld"]:
            fresh = OTHER if self.password == PASSWORD else PASSWORD
            self.want(204, "PUT", "/password", {"old": self.password, "new": fresh})
            self.password = fresh


def administrator(server, name):
    """Activated, logged in, with one-time passwords."""
    p = Person(server)
    p.want(204, "POST", "/activation", {"token": server.tokens[name], "password": PASSWORD})
    check(p.login(name)["totpWanted"], "an administrator must set up one-time passwords")
    p.want(403, "GET", "/accounts")
    offer = p.want(200, "POST", "/totp")
    p.secret = offer["secret"]
    p.want(204, "PUT", "/totp", {"offer": offer["offer"], "code": code_of(offer["secret"], server.now())})
    return p


def business(server, system, security, name, person, role, **more):
    token = system.want(201, "POST", "/accounts", {"name": name, "person": person, "kind": "business", **more})["token"]
    p = Person(server)
    p.want(204, "POST", "/activation", {"token": token, "password": PASSWORD})
    p.login(name)
    me = p.want(200, "GET", "/session")
    asked = system.want(201, "POST", "/grants",
                        {"account": me["id"], "role": role, "give": True, "reason": "任命"})["id"]
    system.want(403, "POST", f"/grants/{asked}/decision", {"agree": True})
    p.want(403, "POST", f"/grants/{asked}/decision", {"agree": True})
    security.want(204, "POST", f"/grants/{asked}/decision", {"agree": True})
    return p


def test_first_start_to_roles():
    s = Server()
    check(sorted(s.tokens) == ["audit", "security", "system"], f"told: {s.tokens}")
    system, security = administrator(s, "system"), administrator(s, "security")
    Person(s).want(404, "POST", "/activation", {"token": s.tokens["system"], "password": OTHER})
    planner = business(s, system, security, "zhangsan", "张三", "planner", county="130602")
    me = planner.want(200, "GET", "/session")
    check("draw.prepare" in me["may"] and me["county"] == "130602", f"{me}")
    planner.want(403, "GET", "/accounts")
    listed = system.want(200, "GET", "/accounts?size=2")
    check(listed["total"] == 4 and len(listed["items"]) == 2 and listed["next"], f"{listed}")
    rest = system.want(200, "GET", "/accounts?size=2&after=" + listed["next"])
    check([a["name"] for a in rest["items"]] == ["system", "zhangsan"], f"{rest}")
    system.want(409, "POST", "/accounts", {"name": "other", "person": "张 三", "kind": "business"})
    check(s.stop() == 0, "exit")


def test_a_second_editor_is_told():
    s = Server()
    system = administrator(s, "system")
    system.want(201, "POST", "/accounts", {"name": "lisi", "person": "李四", "kind": "business"})
    who = [a for a in system.want(200, "GET", "/accounts")["items"] if a["name"] == "lisi"][0]["id"]
    system.want(200, "GET", f"/accounts/{who}")
    tag = system.headers["ETag"]
    system.want(428, "PATCH", f"/accounts/{who}", {"county": "130602"})
    system.want(412, "PATCH", f"/accounts/{who}", {"county": "130602"}, If_Match='"99"')
    system.want(204, "PATCH", f"/accounts/{who}", {"county": "130602"}, If_Match=tag)
    system.want(412, "PATCH", f"/accounts/{who}", {"county": "130603"}, If_Match=tag)
    system.want(422, "PATCH", f"/accounts/{who}", {"county": "x"}, If_Match='"2"')
    system.want(204, "DELETE", f"/accounts/{who}", If_Match='"2"')
    system.want(404, "GET", "/accounts/nobody")
    s.stop()


def test_sessions():
    s = Server()
    system, security = administrator(s, "system"), administrator(s, "security")
    p = business(s, system, security, "zhangsan", "张三", "leader")
    check("HttpOnly" in p.headers.get("Set-Cookie", "HttpOnly"), "cookie")
    q = Person(s)
    q.login("zhangsan", bearer=True)
    mine = p.want(200, "GET", "/sessions")
    check(mine["total"] == 2, f"{mine}")
    p.want(403, "DELETE", "/session", X_CSRF_Token="wrong")
    p.want(403, "DELETE", "/session", Sec_Fetch_Site="cross-site")
    p.want(422, "PUT", "/password", {"old": PASSWORD, "new": "short"})
    p.want(403, "PUT", "/password", {"old": "wrong", "new": OTHER})
    p.want(204, "PUT", "/password", {"old": PASSWORD, "new": OTHER})
    q.want(401, "GET", "/session")
    p.want(204, "DELETE", "/session")
    p.want(401, "GET", "/session")
    Person(s).want(401, "POST", "/sessions", {"name": "zhangsan", "password": PASSWORD})
    s.stop()


def test_the_cookie_is_for_this_host_and_no_script():
    for more, name, secure in ((("--tls",), "__Host-mingqian=", True), ((), "mingqian=", False)):
        s = Server(*more)
        p = administrator(s, "audit")
        p.login("audit", otp=code_of(p.secret, s.now() + 30))
        cookie = p.headers["Set-Cookie"]
        parts = [part.strip() for part in cookie.split(";")]
        check(parts[0].startswith(name) and {"Path=/", "HttpOnly", "SameSite=Strict"} <= set(parts[1:]), cookie)
        check(("Secure" in parts) == secure and not any(part.startswith("Domain") for part in parts), cookie)
        check("Access-Control-Allow-Origin" not in p.headers, "another origin")
        s.stop()


def test_two_cookies_of_one_name_are_none():
    s = Server()
    p = administrator(s, "audit")
    p.cookie += "; " + p.cookie
    p.want(401, "GET", "/session")
    s.stop()


def test_lock_and_unlock():
    s = Server()
    security = administrator(s, "security")
    stranger = Person(s)
    stranger.want(204, "POST", "/activation", {"token": s.tokens["system"], "password": PASSWORD})
    for _ in range(5):
        stranger.want(401, "POST", "/sessions", {"name": "system", "password": OTHER})
    stranger.want(429, "POST", "/sessions", {"name": "system", "password": PASSWORD})
    who = [a for a in security.want(200, "GET", "/accounts")["items"] if a["locked"]][0]["id"]
    stranger.want(401, "POST", f"/accounts/{who}/unlock")
    security.want(204, "POST", f"/accounts/{who}/unlock")
    stranger.login("system")
    s.stop()


def test_links_of_the_machine():
    s = Server()
    s.stop()
    fresh = expect(0, ["admin", "activate", "audit", *s.office, "--json"]).json["token"]
    s.again()
    p = Person(s)
    p.want(404, "POST", "/activation", {"token": s.tokens["audit"], "password": PASSWORD})
    p.want(204, "POST", "/activation", {"token": fresh, "password": PASSWORD})
    expect(0, ["admin", "unlock", "audit", *s.office], "已解锁")
    expect(1, ["admin", "unlock", "nobody", *s.office], "没有登录名")
    s.stop()


if __name__ == "__main__":
    tap.main(globals())
