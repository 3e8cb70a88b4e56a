#!/usr/bin/env python3
"""Every header under src compiles alone with both compilers, has a guard named after its path, and opens
with a comment that names it."""
import os
import re
import subprocess
import sys
import tempfile

from source import TOP, files, report

WARN = ["-Wall", "-Wextra", "-Wshadow", "-Wconversion", "-Wstrict-prototypes", "-Wvla", "-Wundef", "-Werror"]


def package_flags():
    names = ["libpq", "cairo", "pangocairo", "libzip", "expat", "libseccomp", "libsodium", "jansson"]
    out = subprocess.run(["pkg-config", "--cflags", *names], capture_output=True, text=True)
    return out.stdout.split()


def main():
    problems, flags = [], package_flags()
    headers = files("src/*.h")
    with tempfile.TemporaryDirectory() as folder:
        for path in headers:
            name = path.relative_to(TOP / "src").as_posix()
            text = path.read_text(encoding="utf-8")
            guard = re.sub(r"[^A-Z0-9]", "_", name.upper())
            if f"#ifndef {guard}\n#define {guard}\n" not in text:
                problems.append(f"src/{name}: no guard {guard}")
            if name not in text.split("*/")[0]:
                problems.append(f"src/{name}: the first comment does not name the file")
            unit = os.path.join(folder, "one.c")
            with open(unit, "w", encoding="utf-8") as out:
                out.write(f'#include "{name}"\n')
            for compiler in ("gcc", "clang-14"):
                run = subprocess.run([compiler, "-std=gnu11", "-D_GNU_SOURCE", *WARN, "-fsyntax-only",
                                      f"-I{TOP}/src", *flags, unit], capture_output=True, text=True)
                if run.returncode != 0:
                    problems.append(f"src/{name} does not compile alone ({compiler}):\n{run.stderr}")
    return report(problems, f"{len(headers)} headers compile alone")


sys.exit(main())
