"""Machines that fail under load: a server that is killed, two of them on one database, a database that restarts, a full disk."""
import http.client
import os
import random
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import uuid

import business
import jobs
import tap
from accounts import Person, administrator
from business import DRAW, ROWS
from jobs import acts, ended
from once import rows
from tap import check, expect

WRITERS = 8
KILLS = 20 if tap.LONG else 3


class Writer(Person):
    """One who edits a row of his own again and again, and knows what was acknowledged."""

    def __init__(self, server, planner, row):
        super().__init__(server)
        self.cookie, self.csrf, self.row = planner.cookie, planner.csrf, row
        self.version, self.key, self.acknowledged, self.strange = 1, None, 0, []

    def once(self):
        """One edit; an edit without an answer is sent again as it was."""
        self.key = self.key or str(uuid.uuid4())
        code, answer = self.ask("PATCH", f"{ROWS}/{self.row}",
                                {"values": [{"field": "address", "value": f"第{self.version}号院"}], "reason": "搬迁"},
                                If_Match=f'"{self.version}"', Idempotency_Key=self.key)
        if code == 200:
            self.version, self.key = self.version + 1, None
            self.acknowledged += 1
        elif code not in (503, 507):
            self.strange.append((code, answer))

    def until(self, stop):
        while not stop.is_set():
            try:
                self.once()
            except (OSError, http.client.HTTPException):
                time.sleep(0.02)  # nobody is there: the edit is in doubt


class Load:
    """Writers at work until the end of the block."""

    def __init__(self, writers):
        self.writers, self.stop = writers, threading.Event()
        self.threads = [threading.Thread(target=w.until, args=[self.stop]) for w in writers]

    def __enter__(self):
        for t in self.threads:
            t.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        for t in self.threads:
            t.join()

    def progress(self, more, seconds=60):
        """Waits until every writer was acknowledged so many times more."""
        want = [w.acknowledged + more for w in self.writers]
        until = time.monotonic() + seconds
        while any(w.acknowledged < n for w, n in zip(self.writers, want)):
            check(not any(w.strange for w in self.writers), f"{[w.strange[:1] for w in self.writers]}")
            if time.monotonic() > until or any(w.strange for w in self.writers):
                raise AssertionError(f"no progress: {[w.acknowledged for w in self.writers]}, want {want}")
            time.sleep(0.02)


def loaded(server):
    p = Person(server)
    mate = server.person("planner", "张三")
    p.cookie, p.csrf = mate.cookie, mate.csrf
    ids = [r["id"] for r in p.want(200, "GET", ROWS + f"?size={WRITERS}")["items"]]
    return p, [Writer(server, p, i) for i in ids]


def settled(writers):
    """Every edit in doubt is sent once more."""
    for w in writers:
        if w.key:
            w.once()
        check(not w.key and not w.strange, f"{w.row}: {w.strange}")


def whole(server, planner, writers, before):
    """Each acknowledged edit is there once, with its version and its entry, and the ledger holds."""
    for w in writers:
        row = planner.want(200, "GET", f"{ROWS}/{w.row}")
        check(row["version"] == w.version, f"{w.row}: version {row['version']}, acknowledged {w.version}")
        history = planner.want(200, "GET", f"{ROWS}/{w.row}/history")["items"]
        check(len(history) == w.version, f"{w.row}: {len(history)} versions, want {w.version}")
    made = len(rows(server, "select seq from ledger_entry where action = 'registry.edit'"))
    check(made == before + sum(w.version - 1 for w in writers), f"{made} entries")
    expect(0, ["ledger", "verify", *server.office])


def test_a_server_that_is_killed_lost_nothing_that_it_acknowledged():
    s = business.Server()
    p, writers = loaded(s)
    for _ in range(KILLS):
        with Load(writers) as load:
            load.progress(1)
            time.sleep(random.random() / 4)
            s.process.send_signal(signal.SIGKILL)
            s.process.communicate()
            s.again()
            load.progress(1)
    settled(writers)
    whole(s, p, writers, 0)
    s.stop()


def started(office, *more):
    """A server of this office, beside others of it if there are any: another process, on another port."""
    server = object.__new__(business.Server)
    server.tokens, server.office, server.more = {}, office, more
    server.again()
    return server


def at(person, server):
    """The same session, at another server."""
    there = Person(server)
    there.cookie, there.csrf = person.cookie, person.csrf
    return there


def both(*asks):
    """Two requests at once; their answers."""
    answers = [None] * len(asks)

    def run(i):
        answers[i] = asks[i]()
    threads = [threading.Thread(target=run, args=[i]) for i in range(len(asks))]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return answers


def test_two_servers_on_one_database_draw_once_and_work_once():
    s = business.Server(business.planned, now="2026-01-05T10:00")
    t = started(s.office, *s.more)
    here, legal = s.person("planner", "张三"), s.person("legal", "李四")
    here, there = at(here, s), at(here, t)
    post = {"plan": "BD-2026", "period": "2026-Q1"}
    codes = sorted(a[0] for a in both(*[lambda x=x: x.ask("POST", "/draws", post) for x in (here, there)]))
    check(codes == [201, 409], f"prepared: {codes}")
    legal.want(204, "POST", f"/draws/{DRAW}/approval", {"office": "legal"})
    freeze = {"entropy": ["dice 20d10 hall 2026-01-05T11:00"]}
    codes = sorted(a[0] for a in both(*[lambda x=x: x.ask("POST", f"/draws/{DRAW}/freeze", freeze) for x in (here, there)]))
    check(codes == [200, 409], f"frozen: {codes}")
    key = str(uuid.uuid4())
    row = here.want(200, "GET", ROWS + "?size=1")["items"][0]["id"]
    for version, keys, want in ((1, [key, key], [200, 200]), (2, [str(uuid.uuid4()), str(uuid.uuid4())], [200, 412])):
        ask = {"values": [{"field": "address", "value": f"新址{version}"}], "reason": "搬迁"}
        answers = both(*[lambda p=p, k=k: p.ask("PATCH", f"{ROWS}/{row}", ask, If_Match=f'"{version}"', Idempotency_Key=k)
                         for p, k in zip((here, there), keys)])
        check(sorted(a[0] for a in answers) == want, f"edited: {answers}")
        check(here.want(200, "GET", f"{ROWS}/{row}")["version"] == version + 1, "once")
    before = len(acts(s, "registry.import"))
    asked = [jobs.importing(x, jobs.csv(2000, f"路{i}"), reason="季度更新") for i in range(3) for x in (here, there)]
    done = [ended(here, job) for job in asked]
    check(all(d["state"] == "done" for d in done), f"{[d for d in done if d['state'] != 'done']}")
    check(len(acts(s, "registry.import")) == before + len(asked), "each job once")
    expect(0, ["ledger", "verify", *s.office])
    check(s.stop() == 0 and t.stop() == 0, "exit")


class Cluster:
    """A PostgreSQL of this test's own, that it may stop."""

    def __enter__(self):
        env = {k: v for k, v in os.environ.items() if k != "MINGQIAN_PG"}
        self.holder = subprocess.Popen([os.path.join(tap.TOP, "tools", "postgres"), "cat"], env=env, stdin=subprocess.PIPE,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        line = self.holder.stderr.readline().decode()
        self.address = line.split("'")[1]
        self.folder = self.address.split("host=")[1].split()[0]
        self.ours, os.environ["MINGQIAN_PG"] = os.environ["MINGQIAN_PG"], self.address
        return self

    def __exit__(self, *_):
        os.environ["MINGQIAN_PG"] = self.ours
        self.holder.communicate()

    def restart(self):
        """As after a crash of the server: what runs is cut off."""
        subprocess.run([os.path.join(os.path.dirname(tap.PSQL), "pg_ctl"), "-D", self.folder + "/data", "-m", "immediate", "-w",
                        "-l", self.folder + "/log", "restart"], check=True, capture_output=True, user=self.owner(), cwd="/")

    def owner(self):
        return os.stat(self.folder + "/data").st_uid if os.getuid() == 0 else None


def test_a_database_that_restarts_under_load_costs_time_only():
    if not tap.POSTGRES:
        return
    with Cluster() as cluster:
        business.pattern.cache_clear(), tap.first_office.cache_clear()
        try:
            cluster.restart()
            s = business.Server()
            p, writers = loaded(s)
            for _ in range(KILLS):
                with Load(writers) as load:
                    load.progress(1)
                    time.sleep(random.random() / 4)
                    cluster.restart()
                    load.progress(2)
            settled(writers)
            whole(s, p, writers, 0)
            check(s.stop() == 0, "exit")
        finally:
            business.pattern.cache_clear(), tap.first_office.cache_clear()


class SmallDisk:
    """A disk of its own, that is full when the test wants it; only root may make one."""

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="mingqian-disk-", dir="/tmp")  # where the database's own user may go too
        words = ["mount", "-t", "tmpfs", "-o", "size=256m", "none", self.path]
        self.there = bool(shutil.which("mount")) and subprocess.run(words, capture_output=True).returncode == 0
        self.database = None
        return self

    def __exit__(self, *_):
        if self.database:  # a server that has lost a disk makes no checkpoint any more
            server, name = self.database
            tap.psql(server, f"drop database if exists {name} with (force)")
            tap.psql(server, f"drop tablespace {name}")
        if self.there:
            subprocess.run(["umount", "-l", self.path], check=True)
        os.rmdir(self.path)

    def fill(self):
        """All but a little."""
        room = os.statvfs(self.path)
        with open(self.path + "/ballast", "wb") as f:
            os.posix_fallocate(f.fileno(), 0, room.f_bavail * room.f_frsize - 65536)

    def free(self):
        os.unlink(self.path + "/ballast")

    def office(self, like):
        """A copy of this office, with its database on this disk."""
        if not tap.POSTGRES:
            shutil.copytree(like[1], self.path + "/data")
            return ["--data", self.path + "/data"]
        server, name = os.environ["MINGQIAN_PG"].removeprefix("postgres:"), f"small_{os.getpid()}"
        os.mkdir(self.path + "/space")
        os.chmod(self.path, 0o755)
        owner = os.stat(server.split("host=")[1].split()[0]).st_uid
        os.chown(self.path + "/space", owner, -1)
        tap.psql(server, f"create tablespace {name} location '{self.path}/space'")
        self.database = server, name
        tap.psql(server, f"create database {name} template {like[3].rpartition('dbname=')[2]} strategy file_copy tablespace {name}")
        data = os.path.join(tap.folder(), "data")
        shutil.copytree(like[1], data)
        return ["--data", data, "--db", server.replace("dbname=postgres", f"dbname={name}")]


def test_a_full_disk_refuses_changes_and_goes_on_reading():
    with SmallDisk() as disk:
        if not disk.there:
            print("# nobody but root can make a small disk: not tested")
            return
        s = started(disk.office(business.pattern()))
        s.system, s.security = administrator(s, "system"), administrator(s, "security")
        p, writers = loaded(s)
        for w in writers:
            w.once()
        disk.fill()
        first, code = writers[0], 200
        while code == 200:
            ask = {"values": [{"field": "address", "value": str(uuid.uuid4()) * 5}], "reason": "搬迁"}
            code, answer = first.ask("PATCH", f"{ROWS}/{first.row}", ask, If_Match=f'"{first.version}"')
            first.version += code == 200
        check(code == 507 and "磁盘" in answer["detail"], f"{code} {answer}")
        for w in writers:
            check(p.want(200, "GET", f"{ROWS}/{w.row}")["version"] == w.version, "read while the disk is full")
        code, _ = Person(s).ask("POST", "/sessions", {"name": "system", "password": "Falsch-1-wort!"})
        told = len(rows(s, "select seq from ledger_entry where action = 'account.login-failed'"))
        check((code, told) in [(507, 0), (507, 1), (401, 1)], f"answered {code}, {told} entries")
        disk.free()
        for w in writers:
            w.once()
        settled(writers)
        whole(s, p, writers, 0)
        check(s.stop() == 0, "exit")


if __name__ == "__main__":
    tap.main(globals())
