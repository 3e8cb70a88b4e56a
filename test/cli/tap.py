"""The real binary under test, and TAP. A test is a function test_*(); check() reports and goes on."""
import functools
import itertools
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import traceback

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
BINARY = os.environ.get("MINGQIAN", os.path.join(TOP, "build", "mingqian"))
LONG = os.environ.get("MINGQIAN_LONG") == "1"
# The engine of every office that a test makes: MINGQIAN_ENGINE alone decides (a server may run beside SQLite's tests).
POSTGRES = os.environ.get("MINGQIAN_ENGINE") == "postgres"
PSQL = os.path.join(os.environ.get("PGBIN", "/usr/lib/postgresql/15/bin"), "psql")
databases = itertools.count()
sys.path.insert(0, os.path.join(TOP, "test", "independent"))

failures = []


def check(ok, words):
    if not ok:
        failures.append(words)
    return ok


class Answer:
    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    @property
    def json(self):
        return json.loads(self.out)


def run(*words, data=b"", env=None):
    p = subprocess.run([BINARY, *words], input=data if isinstance(data, bytes) else data.encode(),
                       capture_output=True, timeout=300, env=env)
    return Answer(p.returncode, p.stdout.decode(), p.stderr.decode())


def expect(code, words, *texts, data=b""):
    """Runs and checks the exit code and that stdout or stderr holds each text."""
    a = run(*words, data=data)
    check(a.code == code, f"{' '.join(words)}: exit {a.code}, want {code}: {a.err or a.out}")
    for text in texts:
        check(text in a.out + a.err, f"{' '.join(words)}: no “{text}” in: {a.out}{a.err}")
    return a


def refused(code, words, *texts, data=b""):
    """A refusal speaks on stderr, and as JSON too."""
    a = expect(code, words, *texts, data=data)
    check(a.err.startswith("错误："), f"{' '.join(words)}: stderr is {a.err!r}")
    j = run(*words, "--json", data=data)
    check(j.code == code and j.json["exit"] == code and j.json["error"],
          f"{' '.join(words)} --json: {j.code} {j.out!r}")
    return a


def folder():
    return tempfile.mkdtemp(prefix="cli-", dir=SCRATCH)


def psql(address, sql):
    return subprocess.run([PSQL, "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", address], input=sql.encode(), check=True,
                          capture_output=True).stdout.decode()


def database(like="template0"):
    """The options that give an office a database in the server of MINGQIAN_PG, empty or a copy; none on SQLite."""
    if not POSTGRES:
        return []
    server = os.environ["MINGQIAN_PG"].removeprefix("postgres:")
    name = f"cli_{os.getpid()}_{next(databases)}"
    psql(server, f"create database {name} template {like} strategy file_copy")
    return ["--db", server.replace("dbname=postgres", f"dbname={name}")]


def copy(where):
    """The office of these options once more, with its database and keys; nobody may be at work in it."""
    data = os.path.join(folder(), "data")
    shutil.copytree(where[1], data)
    return ["--data", data, *database(where[3].rpartition("dbname=")[2] if POSTGRES else "")]


@functools.cache
def first_office():
    data, db = os.path.join(folder(), "data"), database()
    expect(0, ["data", "init", data, *db, "--demo"])
    check(os.path.exists(os.path.join(data, "mingqian.db")) != POSTGRES, "the database is on the other engine")
    return ["--data", data, *db]


def office():
    """A fresh demo office in a folder of its own: the options that name it, --data first. All have the same keys."""
    return copy(first_office())


def write(path, text):
    with open(path, "wb") as f:
        f.write(text if isinstance(text, bytes) else text.encode())


def read(path):
    with open(path, "rb") as f:
        return f.read()


def main(names):
    global SCRATCH
    SCRATCH = tempfile.mkdtemp(prefix="mingqian-cli-")
    if not os.access(BINARY, os.X_OK):
        sys.exit(f"Bail out! {BINARY} is not built; MINGQIAN names another")
    only = sys.argv[1] if len(sys.argv) > 1 else ""
    tests = [(n, f) for n, f in names.items() if n.startswith("test_") and only in n]
    random.seed(1)
    print(f"1..{len(tests)}")
    try:
        for number, (name, function) in enumerate(tests, 1):
            failures.clear()
            try:
                function()
            except Exception:
                failures.append(traceback.format_exc())
            for words in failures:
                print("# " + str(words).replace("\n", "\n# "))
            print(f"{'not ' if failures else ''}ok {number} - {name[5:]}", flush=True)
    finally:
        shutil.rmtree(SCRATCH)
