#!/usr/bin/env python3
"""A variable with CLEANUP must have a value before the function can return: its release runs on every way
out, also on the early one, where memory that was never set is garbage. No compiler of ours tells."""
import re
import sys

from source import TOP, blank_comments, files, report

DECLARED = re.compile(r"\bCLEANUP\(\w+\)[^;={]*?(\w+)(?:\[\w*\])*;")
LEAVES = re.compile(r"\breturn\b|\bTRY\(")


def main():
    problems, seen = [], 0
    for path in files("src/*.[ch]", "test/*.[ch]", "bench/*.[ch]", "tools/*.[ch]"):
        text = blank_comments(path.read_text(encoding="utf-8"))
        for match in DECLARED.finditer(text):
            seen += 1
            body = text[match.end():text.find("\n}", match.end())]
            used = re.search(rf"\b{match.group(1)}\b", body)
            # The statement that uses it first begins after the last ; { or } before the use.
            before = body[:used.start()] if used else body
            statement = max(before.rfind(c) for c in ";{}") + 1 if used else len(body)
            if not used or LEAVES.search(body[:statement]):
                line = text.count("\n", 0, match.start()) + 1
                problems.append(f"{path.relative_to(TOP)}:{line}: {match.group(1)} has no value on an early "
                                "return; give it one where it is declared")
    return report(problems, f"{seen} variables get their value later, none too late")


sys.exit(main())
