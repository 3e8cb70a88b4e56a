#!/usr/bin/env python3
"""Sizes of style: files at most 600 lines; functions at most 80 lines (95 % at most 50), complexity at
most 15, parameters at most 7 (aim 5). Reads clang-formatted C: a function's braces stand in column 0."""
import re
import sys

from source import TOP, blank_comments, files, report

# Functions whose parameters a library decides.
CALLBACKS = {("src/http/server.c", "handle"), ("bench/serve_peer.c", "answer")}
FILE_LINES, FUNCTION_LINES, FUNCTION_P95, COMPLEXITY, PARAMETERS = 600, 80, 50, 15, 7
BRANCH = re.compile(r"\b(?:if|for|while|case)\b|&&|\|\||\?")


def functions(text):
    """(name, first line, lines, complexity, parameters) of each function."""
    lines = text.split("\n")
    start = None
    for number, line in enumerate(lines):
        if line == "{":
            start = number
        elif line == "}" and start is not None:
            head = start - 1
            while head > 0 and lines[head - 1] and not re.match(r"[#}]|.*;$", lines[head - 1]):
                head -= 1
            signature = " ".join(lines[head:start])
            name = re.search(r"(\w+)\s*\(", signature)
            body = "\n".join(lines[start:number])
            body = re.sub(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', '""', body)
            inner = signature[signature.find("(") + 1:]
            commas = re.sub(r"\([^()]*\)", "", inner.rsplit(")", 1)[0]).count(",")
            yield (name.group(1) if name else "?", head + 1, number - head + 1,
                   1 + len(BRANCH.findall(body)), commas + 1)
            start = None


def main():
    problems, lengths = [], []
    for path in files("src/*.[ch]", "test/*.[ch]", "bench/*.[ch]", "tools/*.[ch]"):
        name = path.relative_to(TOP)
        text = blank_comments(path.read_text(encoding="utf-8"))
        total = text.count("\n")
        if total > FILE_LINES:
            problems.append(f"{name}: {total} lines, at most {FILE_LINES}")
        for function, line, size, complexity, parameters in functions(text):
            where = f"{name}:{line}: {function}"
            lengths.append(size)
            if size > FUNCTION_LINES:
                problems.append(f"{where} has {size} lines, at most {FUNCTION_LINES}")
            if complexity > COMPLEXITY:
                problems.append(f"{where} has complexity {complexity}, at most {COMPLEXITY}")
            if parameters > PARAMETERS and (str(name), function) not in CALLBACKS:
                problems.append(f"{where} has {parameters} parameters, at most {PARAMETERS}")
    lengths.sort()
    p95 = lengths[len(lengths) * 95 // 100] if lengths else 0
    if p95 > FUNCTION_P95:
        problems.append(f"95 % of functions have at most {p95} lines, want {FUNCTION_P95}")
    return report(problems, f"{len(lengths)} functions, 95 % have at most {p95} lines")


sys.exit(main())
