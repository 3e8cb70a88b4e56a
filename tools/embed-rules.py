#!/usr/bin/env python3
"""Writes rules/*.json as the C table that src/app/rule_set_shipped.h declares: OUTPUT INPUT..."""
import json
import pathlib
import sys


def literal(line):
    return '"' + line.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t") + '\\n"'


def main():
    rows = []
    for path in map(pathlib.Path, sys.argv[2:]):
        text = path.read_text(encoding="utf-8")
        if json.loads(text)["id"] != path.stem or not text.endswith("\n") or "\r" in text:
            sys.exit(f"{path}: its id must be the file's name, its lines end with a line feed")
        lines = "\n\t  ".join(literal(line) for line in text.split("\n")[:-1])
        rows.append(f'\t{{ "{path.stem}",\n\t  {lines}, {len(text.encode())} }},\n')
    pathlib.Path(sys.argv[1]).write_text(
        '#include "app/rule_set_shipped.h"\n\nconst struct rule_set_shipped rule_sets_shipped[] = {\n' +
        "".join(rows) + f"}};\nconst size_t rule_sets_shipped_count = {len(rows)};\n", encoding="utf-8")


main()
