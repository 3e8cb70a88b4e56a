#!/usr/bin/env python3
"""Which folder may include which (ARCHITECTURE.md), that core is freestanding, and that no headers include
each other in a circle. With the folder of a build as argument also, as symbols tell, that no two compiled
files call each other in a circle, and that no function of ours bears the name of one in a library that the
program is linked with: the library's own calls could reach ours."""
import collections
import re
import subprocess
import sys

from source import TOP, blank_comments, files, report

MAY = {
    "base": {"base"},
    "core": {"core"},
    "db": {"base", "db"},
    "store": {"base", "db", "store"},
    "files": {"base", "files"},
    "remote": {"base", "remote"},
    "app": {"base", "core", "db", "store", "files", "remote", "app"},
    "http": {"base", "core", "app", "http"},
    "site": {"base", "core", "app", "site"},
    "cli": {"base", "core", "app", "cli"},
}
FREESTANDING = {"stdbool.h", "stddef.h", "stdint.h", "stdalign.h", "immintrin.h", "cpuid.h"}


def circles(graph):
    """Tarjan's strongly connected components with more than one member."""
    index, low, stack, on, found = {}, {}, [], set(), []

    def visit(node):
        index[node] = low[node] = len(index)
        stack.append(node)
        on.add(node)
        for to in sorted(graph.get(node, ())):
            if to not in index:
                visit(to)
                low[node] = min(low[node], low[to])
            elif to in on:
                low[node] = min(low[node], index[to])
        if low[node] == index[node]:
            part = []
            while not part or part[-1] != node:
                part.append(stack.pop())
                on.discard(part[-1])
            if len(part) > 1:
                found.append(sorted(part))

    sys.setrecursionlimit(10000)
    for node in sorted(graph):
        if node not in index:
            visit(node)
    return found


def symbols(build):
    """Symbol -> object file that defines it, and object file -> symbols it uses, over src."""
    owner, wants = {}, collections.defaultdict(set)
    objects = subprocess.run(["find", f"{build}/src", "-name", "*.c.o"], capture_output=True, text=True,
                             check=True).stdout.split()
    for path in objects:
        name = re.sub(r"^.*/src/(\w+)/.*/(.+)\.c\.o$", r"\1/\2", path)
        for line in subprocess.run(["nm", path], capture_output=True, text=True, check=True).stdout.split("\n"):
            kind, _, symbol = line[17:].partition(" ")
            if kind in "TDBR" and kind:
                owner[symbol] = name
            elif kind == "U":
                wants[name].add(symbol)
    return owner, wants


def shared(program):
    """Symbol -> shared library that defines it, over all that the program loads."""
    found = {}
    for line in subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout.split("\n"):
        path = re.search(r"(/\S+) \(0x", line)
        names = subprocess.run(["nm", "-D", "--defined-only", path.group(1)], capture_output=True, text=True,
                               check=True).stdout.split("\n") if path else ()
        for name in names:
            kind, _, symbol = name[17:].partition(" ")
            if kind and kind in "TWiBDR":
                found[symbol.partition("@")[0]] = path.group(1)
    return found


def main():
    problems, graph = [], {}
    sources = files("src/*.c", "src/*.h")
    for path in sources:
        name = path.relative_to(TOP / "src").as_posix()
        folder = name.split("/")[0] if "/" in name else "main"
        text = blank_comments(path.read_text(encoding="utf-8"))
        for kind, target in re.findall(r'^#include\s+([<"])([^>"]+)[>"]', text, re.M):
            where = f"src/{name}: includes {target}"
            if kind == "<":
                if folder == "core" and target not in FREESTANDING:
                    problems.append(f"{where}; core is freestanding")
                continue
            if not (TOP / "src" / target).is_file():
                if not target.endswith("_gen.h"):
                    problems.append(f"{where}, which is no file under src")
                continue
            to = target.split("/")[0]
            if folder != "main" and to not in MAY[folder]:
                problems.append(f"{where}; {folder} may include {', '.join(sorted(MAY[folder]))}")
            if name.endswith(".h"):
                graph.setdefault(name, set()).add(target)
    problems += ["circle of includes: " + " ".join(part) for part in circles(graph)]
    if len(sys.argv) > 1:
        owner, wants = symbols(sys.argv[1])
        calls = {name: {owner[s] for s in used if s in owner} - {name} for name, used in wants.items()}
        problems += ["circle of calls: " + " ".join(part) for part in circles(calls)]
        theirs = shared(f"{sys.argv[1]}/mingqian")
        problems += [f"src/{owner[s]}.c: {s} is also a function of {theirs[s]}" for s in sorted(owner) if s in theirs]
    return report(problems, f"{len(sources)} files keep the layers")


sys.exit(main())
