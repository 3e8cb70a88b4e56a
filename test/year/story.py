"""What the year's script does with the program, and the same told as a page: docs/a-year.md is written by the script, so
its commands are those that ran. A word that differs from run to run (a number of a visit, a fingerprint) is a Word
with a Chinese name, which the page shows instead."""
import itertools
import os
import re
import shlex
import subprocess

import tap

FOLDER = "mingqian-data"
WITHOUT_DATA = ("dr1",)


class Word(str):
    """What runs is the text, what the page shows is `shown`."""

    def __new__(cls, text, shown):
        word = super().__new__(cls, text)
        word.shown = shown
        return word


def quoted(word):
    text = getattr(word, "shown", word)
    if isinstance(word, Word):
        return text
    return text if all(c.isalnum() or c in "-_./:=%@" for c in text) else shlex.quote(text)


def figureless(line):
    return re.sub(r"[\d ]+", "#", line)


class Story:
    def __init__(self):
        self.folder, self.page, self.block, self.now = tap.folder(), [], [], ""
        self.loose = set()  # lines of the page whose figures differ from run to run
        self.where = tap.database()
        self.commands = 0

    # ---- the page ----

    def close(self):
        if self.block:
            self.page += ["```", *self.block, "```", ""]
            self.block = []

    def say(self, text):
        self.close()
        self.page += [text, ""]

    def text(self):
        self.close()
        return "\n".join(self.page).rstrip("\n") + "\n"

    def differs(self, kept):
        """The first line in which a page that was kept is not the one of this run, or None."""
        for old, new in itertools.zip_longest(kept.splitlines(), self.text().splitlines()):
            if old != new and (old is None or new not in self.loose or figureless(old) != figureless(new)):
                return f"{old!r} now {new!r}"
        return None

    # ---- the program ----

    def at(self, now):
        self.now = now

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        tap.write(self.path(name), text)

    def run(self, words, who):
        """Runs in the story's folder, where ./mingqian-data is found without being named."""
        full = list(words)
        if words[0] not in WITHOUT_DATA:
            full += self.where and [*([] if words[1] == "init" else ["--data", FOLDER]), *self.where]
            if who:
                full += ["--as", who, "--now", self.now]
        self.commands += 1
        p = subprocess.run([tap.BINARY, *full], cwd=self.folder, capture_output=True, timeout=120, check=False)
        return tap.Answer(p.returncode, p.stdout.decode(), p.stderr.decode())

    def do(self, who, *words, code=0, texts=(), told=True, show=None, loose=False, unless=None):
        """Runs, checks the exit code and that each text is in the answer. told: the page shows the command; show: and of
        its answer the lines in which one of these words is; loose: figures in them differ from run to run. unless: None, and
        nothing on the page, if it was refused with this text."""
        a = self.run(words, who)
        if unless and a.code == 1 and unless in a.err:
            return None
        line = " ".join(["mingqian", *map(quoted, words), *(["--as", quoted(who), "--now", self.now] if who else [])])
        if not tap.check(a.code == code, f"{line}\nexit {a.code}, want {code}: {a.err or a.out}"):
            raise SystemError(line)
        for text in texts:
            tap.check(text in a.out + a.err, f"{line}: no “{text}” in: {a.out}{a.err}")
        if told:
            self.block.append(line)
            if show is not None:
                found = [x.rstrip() for x in (a.out + a.err).splitlines() if any(w in x for w in show)]
                tap.check(found, f"{line}: none of {show} in: {a.out}{a.err}")
                self.block += ["    " + x for x in found]
                self.loose.update("    " + x for x in found if loose)
        return a

    def ask(self, *words, day=None, code=0):
        """The answer of a command that only looks, as JSON; not on the page."""
        a = self.run([*words, "--json", *(["--day", day] if day else [])], "张三" if words[0] == "plan" else None)
        tap.check(a.code == code, f"{' '.join(words)}: exit {a.code}: {a.err or a.out}")
        return a.json
