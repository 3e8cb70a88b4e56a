"""Uploads and long work: what is sent comes back, what is asked for happens once, whatever dies meanwhile."""
import http.client
import io
import json
import os
import signal
import time
import urllib.parse
import zipfile

import accounts
import tap
from accounts import Server, administrator, business
from tap import check, expect

HEAD = "编号,单位名称,统一社会信用代码,所属县区,详细地址,监管类别,运行状态\n"


def csv(rows, word="工业路"):
    return (HEAD + "".join(f"T-{i},测试厂{i},,莲池区,{word}{i}号,一般,在产\n" for i in range(rows))).encode()


def planner(server):
    system, security = administrator(server, "system"), administrator(server, "security")
    return system, security, business(server, system, security, "zhangsan", "张三", "planner")


def upload(person, data, name="名录.csv", want=201, head=None):
    c = http.client.HTTPConnection("127.0.0.1", person.server.port, timeout=60)
    given = {"Host": "x", "Content-Type": "application/octet-stream", "Content-Length": str(len(data)), **(head or {})}
    if person.cookie:
        given["Cookie"], given["X-CSRF-Token"] = person.cookie, person.csrf
    path = "/api/v1/uploads?name=" + urllib.parse.quote(name, safe="")
    c.putrequest("POST", path, skip_host=True, skip_accept_encoding=True)
    for k, v in given.items():
        c.putheader(k, v)
    c.endheaders()
    try:
        c.send(data)
    except (BrokenPipeError, ConnectionResetError):
        pass
    r = c.getresponse()
    text = r.read().decode()
    wrong = accounts.the_contract().wrong_answer("POST", "/api/v1/uploads", r.status, r.headers, text)
    check(not wrong and r.status == want, f"upload: {r.status} {text} {wrong}, want {want}")
    return json.loads(text)


def fetch(person, path, want=200):
    c = http.client.HTTPConnection("127.0.0.1", person.server.port, timeout=60)
    c.request("GET", "/api/v1" + path, headers={"Host": "x", "Cookie": person.cookie})
    r = c.getresponse()
    data = r.read()
    check(r.status == want, f"{path}: {r.status} {data[:300]}")
    return data, r.headers


def ended(person, job, seconds=120):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        row = person.want(200, "GET", "/jobs/" + job["id"])
        if row["state"] not in ("queued", "running"):
            return row
        time.sleep(0.1)
    raise AssertionError(f"did not end: {row}")


def importing(person, data, name="名录.csv", **more):
    sent = upload(person, data, name)
    return person.want(202, "POST", "/registries/sites/imports", {"upload": sent["id"], **more})


def workers(server):
    """Process ids of the workers: children of the server's child."""
    def children(pid):
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as f:
            return [int(p) for p in f.read().split()]
    return [w for keeper in children(server.process.pid) for w in children(keeper)]


def living(server):
    """Processes of this server: its data folder stands in what they were begun with."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as f:
                if server.office[1].encode() in f.read().split(b"\0"):
                    found.append(int(pid))
        except OSError:
            pass  # it has ended meanwhile
    return found


def total(server, registry="sites"):
    return expect(0, ["registry", "show", "--registry", registry, *server.office, "--json"]).json["total"]


def acts(server, action):
    listed = expect(0, ["ledger", "list", *server.office, "--json", "--most", "1000"]).json
    return [e for e in listed["items"] if e["action"] == action]


def test_what_is_sent_comes_back():
    s = Server()
    system, security, p = planner(s)
    data = os.urandom(3_500_000) + b"tail"
    sent = upload(p, data, "照片 1.bin")
    check(sent["size"] == len(data) and sent["type"] == "bytes", f"{sent}")
    back, headers = fetch(p, f"/uploads/{sent['id']}/file")
    check(back == data, "other bytes")
    check(headers["Content-Disposition"].startswith("attachment;") and headers["X-Content-Type-Options"] == "nosniff"
          and headers["Content-Type"] == "application/octet-stream", f"{headers}")
    for content, kind in [(b"%PDF-1.7", "pdf"), (b"{}", "json"), (b"a,b\n1,2\n", "csv"), (b"\xff\xd8\xff\xe0", "jpeg"),
                          (b"<script>alert(1)</script>", "csv"), (b"MZ\0\1", "bytes")]:
        check(upload(p, content)["type"] == kind, f"{content} is no {kind}")
    check(upload(p, b"x" * 100)["id"] != upload(p, b"x" * 100)["id"], "one id for two")
    upload(p, b"", want=422)
    for name in ["a/b", "..", ".x", "a\\b", "字" * 65]:
        upload(p, b"x", name, want=422)
    other = business(s, system, security, "lisi", "李四", "planner")
    other.want(404, "GET", "/uploads/" + sent["id"])
    fetch(other, f"/uploads/{sent['id']}/file", 404)
    other.want(404, "POST", "/registries/sites/imports", {"upload": sent["id"]})
    s.stop()


def test_who_may_not_send_is_told_before_the_body():
    s = Server()
    planner(s)
    with s.connect() as c:
        c.settimeout(20)
        c.sendall(b"POST /api/v1/uploads?name=x HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
                  b"Content-Length: 900000000\r\n\r\n")
        got = c.recv(65536)
    check(b" 401 " in got and b"Connection: close" in got, f"{got[:200]}")
    got = s.raw(b"POST /api/v1/uploads?name=x HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
                b"Content-Length: 9000000000\r\n\r\n")
    check(b" 413 " in got, f"{got[:200]}")
    got = s.raw(b"POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                b"Content-Length: 90000000\r\n\r\n")
    check(b" 413 " in got, f"{got[:200]}")
    s.stop()


def test_nothing_lies_about_in_the_clear():
    s = Server()
    _, _, p = planner(s)
    row = ended(p, importing(p, csv(5, "秘密街道"), "秘密名单.csv"))
    check(row["state"] == "done" and row["result"]["added"] == 5, f"{row}")
    word = "秘密街道".encode()
    for folder, _, names in os.walk(os.path.join(s.office[1], "files")):
        for name in names:
            with open(os.path.join(folder, name), "rb") as f:
                check(word not in f.read(), f"{name} is in the clear")
            check(os.stat(os.path.join(folder, name)).st_mode & 0o77 == 0, "others may read it")
    s.stop()


def test_an_import_from_upload_to_report():
    s = Server()
    system, security, p = planner(s)
    bad = csv(3) + "T-9,坏厂,,哪个县,路,一般,在产\n".encode()
    row = ended(p, importing(p, bad, reason="季度更新"))
    check(row["state"] == "done", f"{row}")
    check((row["result"]["added"], row["result"]["quarantined"]) == (3, 1), f"{row}")
    check("县" in row["result"]["reasons"] and row["file"]["size"] > 0, f"{row}")
    report, _ = fetch(p, f"/jobs/{row['id']}/file")
    check("错误信息".encode() in report or report[:2] == b"PK", f"{report[:100]}")
    check(total(s) == 3, f"{total(s)}")
    told = acts(s, "registry.import")
    check(len(told) == 1 and told[0]["actor"] == "张三" and told[0]["source"] == row["id"], f"{told}")
    row = ended(p, importing(p, b"a,b\n1,2\n"))
    check(row["state"] == "failed" and row["problem"] and "result" in row, f"{row}")
    other = business(s, system, security, "lisi", "李四", "leader")
    other.want(404, "GET", "/jobs/" + row["id"])
    other.want(404, "POST", f"/jobs/{row['id']}/retry")
    fetch(other, f"/jobs/{row['id']}/file", 404)
    check(other.want(200, "GET", "/jobs")["total"] == 0, "another's jobs")
    mine = p.want(200, "GET", "/jobs?size=1")
    check(mine["total"] == 2 and mine["items"][0]["id"] == row["id"] and mine["next"], f"{mine}")
    check(p.want(200, "GET", "/jobs?after=" + mine["next"])["items"][0]["state"] == "done", "the older one")
    p.want(204, "POST", f"/jobs/{row['id']}/retry")
    check(ended(p, row)["state"] == "failed", "the same again")
    p.want(409, "POST", f"/jobs/{mine['items'][0]['id']}/cancellation")
    s.stop()


def test_rights_are_asked_when_it_runs():
    s = Server()
    system, _, p = planner(s)
    for pid in workers(s):
        os.kill(pid, signal.SIGSTOP)
    job = importing(p, csv(3))
    who = [a for a in system.want(200, "GET", "/accounts")["items"] if a["name"] == "zhangsan"][0]
    system.want(200, "GET", f"/accounts/{who['id']}")
    system.want(204, "DELETE", f"/accounts/{who['id']}", If_Match=system.headers["ETag"])
    for pid in workers(s):
        os.kill(pid, signal.SIGCONT)
    time.sleep(1.5)
    check(total(s) == 0, "a closed account's job ran")
    check(job["state"] == "queued", f"{job}")
    s.stop()


def test_a_job_that_waits_is_cancelled():
    s = Server()
    _, _, p = planner(s)
    for pid in workers(s):
        os.kill(pid, signal.SIGSTOP)
    job = importing(p, csv(3))
    p.want(204, "POST", f"/jobs/{job['id']}/cancellation")
    check(p.want(200, "GET", "/jobs/" + job["id"])["state"] == "cancelled", "state")
    p.want(409, "POST", f"/jobs/{job['id']}/cancellation")
    for _ in range(20):
        importing(p, csv(1))
    sent = upload(p, csv(1))
    check("20 件" in p.want(413, "POST", "/registries/sites/imports", {"upload": sent["id"]})["detail"], "limit")
    for pid in workers(s):
        os.kill(pid, signal.SIGCONT)
    p.want(204, "POST", f"/jobs/{job['id']}/retry")
    check(ended(p, job)["state"] == "done", "once more")
    s.stop()


def test_any_list_as_a_file():
    s = Server()
    system, security, p = planner(s)
    rows = HEAD + "".join(f"T-{i:04},{'=1+1' if i == 7 else f'厂{i}'},,{'莲池区' if i % 2 else '竞秀区'},路{i}号,一般,在产\n"
                          for i in range(450))
    check(ended(p, importing(p, rows.encode()))["state"] == "done", "import")
    job = ended(p, p.want(202, "POST", "/exports", {"list": "/api/v1/registries/sites/rows?county=130602", "format": "csv"}))
    check(job["state"] == "done" and job["result"]["rows"] in (225, 450 - 225), f"{job}")
    data, headers = fetch(p, f"/jobs/{job['id']}/file")
    lines = data.decode("utf-8-sig").split("\r\n")
    check(lines[0].startswith("污染源编号,") and len(lines) == job["result"]["rows"] + 2, f"{lines[:2]} {len(lines)}")
    check(len(set(lines)) == len(lines) and all("竞秀区" in x or "莲池区" in x for x in lines[1:-1]), "rows")
    check(not any(",=1+1" in x for x in lines), "a formula")
    check("filename*=UTF-8''" in headers["Content-Disposition"], f"{headers}")
    job = ended(p, p.want(202, "POST", "/exports", {"list": "/api/v1/registries/sites/rows", "format": "xlsx"}))
    book = zipfile.ZipFile(io.BytesIO(fetch(p, f"/jobs/{job['id']}/file")[0]))
    check(job["result"]["rows"] == 450 and "xl/worksheets/sheet1.xml" in book.namelist(), f"{job}")
    audit = administrator(s, "audit")
    job = ended(audit, audit.want(202, "POST", "/exports", {"list": "/api/v1/ledger?size=5", "format": "csv"}))
    lines = fetch(audit, f"/jobs/{job['id']}/file")[0].decode("utf-8-sig").split("\r\n")
    check(len(lines) > 10 and any("导入名录" in x for x in lines), f"{lines[:3]}")
    p.want(403, "POST", "/exports", {"list": "/api/v1/ledger", "format": "csv"})
    for wrong in ["/api/v1/nothing", "x", "/api/v1/session", "/api/v1/sessions", "/metrics", "/api/v1/plans/x"]:
        p.want(422, "POST", "/exports", {"list": wrong, "format": "csv"})
    job = ended(p, p.want(202, "POST", "/exports", {"list": "/api/v1/registries/sites/rows?colour=red", "format": "csv"}))
    check(job["state"] == "failed" and "colour" in job["problem"], f"{job}")
    county = business(s, system, security, "lisi", "李四", "planner", county="130606")
    job = ended(county, county.want(202, "POST", "/exports", {"list": "/api/v1/registries/sites/rows", "format": "csv"}))
    told = county.want(200, "GET", "/registries/sites/rows")["total"]
    check(job["result"]["rows"] == told < 450, f"{job} {told}")
    s.stop()


def kill_times():
    return 20 if os.environ.get("MINGQIAN_LONG") else 4


def test_a_worker_that_dies_loses_nothing_and_does_nothing_twice():
    s = Server()
    _, _, p = planner(s)
    for i in range(kill_times()):
        before = len(acts(s, "registry.import"))
        job = importing(p, csv(20_000, f"路{i}"))
        time.sleep(0.15 * (i % 5))
        for pid in workers(s):
            os.kill(pid, signal.SIGKILL)
        row = ended(p, job)
        check(row["state"] == "done", f"{row}")
        check(len(acts(s, "registry.import")) == before + 1, "not once")
        check(total(s) == 20_000, f"{total(s)}")
    s.stop()


def test_a_server_that_stops_goes_on_with_it_later():
    s = Server()
    _, _, p = planner(s)
    job = importing(p, csv(50_000))
    time.sleep(0.4)
    check(s.stop() == 0, "exit")
    s.again()
    row = ended(p, job)
    check(row["state"] == "done", f"{row}")
    check(total(s) == 50_000 and len(acts(s, "registry.import")) == 1, "not once")
    s.process.kill()
    s.process.wait()
    time.sleep(1)
    check(not living(s), f"workers outlive their server: {living(s)}")


if __name__ == "__main__":
    tap.main(globals())
