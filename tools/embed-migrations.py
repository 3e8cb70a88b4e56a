#!/usr/bin/env python3
"""Writes sql/*.sql with their SHA-256 as the C table that src/db/migrate.h declares: OUTPUT INPUT...
Fails if the numbers have a gap or a name is not NNNN_name.sql."""
import hashlib
import pathlib
import re
import sys


def literal(line):
    return '"' + line.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t") + '\\n"'


def main():
    rows = []
    for number, path in enumerate(sorted(map(pathlib.Path, sys.argv[2:])), 1):
        data = path.read_bytes()
        if not re.fullmatch(rf"{number:04d}_[a-z0-9_]+\.sql", path.name):
            sys.exit(f"{path}: want {number:04d}_name.sql")
        if not data.isascii() or not data.endswith(b"\n") or b"\r" in data:
            sys.exit(f"{path}: want ASCII lines that end with a line feed")
        text = "\n\t  ".join(literal(line) for line in data.decode().split("\n")[:-1])
        rows.append(f'\t{{ {number}, "{path.stem}", "{hashlib.sha256(data).hexdigest()}",\n\t  {text} }},\n')
    pathlib.Path(sys.argv[1]).write_text(
        '#include "db/migrate.h"\n\nconst struct migration migrations[] = {\n' + "".join(rows) +
        f"}};\nconst size_t migration_count = {len(rows)};\n", encoding="utf-8")


main()
