#!/usr/bin/env python3
"""engines.py BUILD: a test that is named after an engine runs on it: MINGQIAN_ENGINE, which alone decides,
says the same, and what needs a server gets one from tools/postgres."""
import json
import sys

from source import report


def main():
    problems, seen = [], 0
    with open(f"{sys.argv[1]}/meson-info/intro-tests.json", encoding="utf-8") as f:
        tests = json.load(f)
    for test in tests:
        name, engine = test["name"], test["env"].get("MINGQIAN_ENGINE")
        said = name.rpartition("-")[2]
        if said not in ("sqlite", "postgres"):
            if engine:
                problems.append(f"{name}: runs on {engine}, which its name does not say")
            continue
        seen += 1
        if engine != said:
            problems.append(f"{name}: MINGQIAN_ENGINE is {engine}")
        if said == "postgres" and not any(word.endswith("tools/postgres") for word in test["cmd"]):
            problems.append(f"{name}: runs without tools/postgres")
    return report(problems, f"{seen} tests run on the engine of their name")


sys.exit(main())
