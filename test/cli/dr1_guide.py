"""The example in docs/dr1-files.md is a draw: the real binary verifies it, and makes the same bytes of its lists."""
import os
import re

import tap
from tap import check, expect, read, write

NAMES = ["objects.tsv", "inspectors.tsv", "conflicts.tsv", "rules.txt", "declaration", "record", "seed", "result.tsv",
         "result.root"]


def blocks():
    with open(os.path.join(tap.TOP, "docs", "dr1-files.md"), encoding="utf-8", newline="\n") as f:
        return dict(re.findall(r"^```dr1:(\S+)\n(.*?)^```$", f.read(), re.S | re.M))


def put(names):
    path = tap.folder()
    for name in names:
        write(f"{path}/{name}", blocks()[name])
    return path


def test_the_example_has_all_nine_files():
    check(list(blocks()) == NAMES, str(list(blocks())))


def test_the_example_verifies():
    expect(0, ["dr1", "verify", put(NAMES)], "✗ 0 步", "BD-2026-9")


def test_the_example_is_what_its_lists_give():
    path = put(NAMES[:6])
    expect(0, ["dr1", "run", path])
    for name in NAMES[6:]:
        check(read(f"{path}/{name}") == blocks()[name].encode(), name)


def test_any_byte_changed_is_found():
    for name in NAMES:
        path = put(NAMES)
        text = blocks()[name]
        at = len(text) // 2
        write(f"{path}/{name}", text[:at] + ("1" if text[at] != "1" else "2") + text[at + 1:])
        expect(1, ["dr1", "verify", path])


if __name__ == "__main__":
    tap.main(globals())
