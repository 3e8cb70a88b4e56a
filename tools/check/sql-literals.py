#!/usr/bin/env python3
"""SQL stands only in src/store (and the database layer's own in src/db), always as a literal: a call of
db_query, db_exec and the like whose SQL argument is no string literal fails, and so does a string that
looks like SQL anywhere else."""
import re
import sys

from source import TOP, blank_comments, files, report

LOOKS = re.compile(r'"\s*(?:select\s.+\sfrom\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|'
                   r'(?:create|alter|drop)\s+(?:table|index|view)\s|begin\s+(?:immediate|transaction)|pragma\s)', re.I)
CALL = re.compile(r'\bdb_(?:query|exec|run|one|load)\s*\(')


def sql_argument(text, at):
    """The text of the argument that holds the SQL: the last of the leading ones before the type string."""
    depth, start, arguments = 0, at, []
    for i in range(at, len(text)):
        c = text[i]
        if c in "([{":
            depth += 1
        elif c in ")]}":
            if depth == 0:
                arguments.append(text[start:i].strip())
                return arguments
            depth -= 1
        elif c == "," and depth == 0:
            arguments.append(text[start:i].strip())
            start = i + 1
    return arguments


def main():
    problems, seen = [], 0
    for path in files("src/*.c", "src/*.h"):
        name = path.relative_to(TOP).as_posix()
        text = blank_comments(path.read_text(encoding="utf-8"))
        if not name.startswith(("src/store/", "src/db/")):
            for match in LOOKS.finditer(text):
                line = text.count("\n", 0, match.start()) + 1
                problems.append(f"{name}:{line}: SQL outside src/store")
        if name.startswith("src/db/"):
            continue
        for match in CALL.finditer(text):
            seen += 1
            arguments = sql_argument(text, match.end())
            if not any(argument.startswith('"') for argument in arguments[1:3]):
                line = text.count("\n", 0, match.start()) + 1
                problems.append(f"{name}:{line}: the SQL of {match.group(0)[:-1].strip()} is no literal")
    return report(problems, f"{seen} calls, all with literals")


sys.exit(main())
