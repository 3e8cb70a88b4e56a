#!/usr/bin/env python3
"""Counts TAP results in meson's testlog.json: prints "passed failed". A program that died, timed out or
printed no TAP counts as one failure."""
import json
import re
import sys

passed = failed = 0
with open(sys.argv[1], encoding="utf-8") as log:
    for line in log:
        test = json.loads(line)
        results = re.findall(r"^(not ok|ok)\b", test.get("stdout", ""), re.M)
        good, bad = results.count("ok"), results.count("not ok")
        passed += good
        failed += bad
        if test["result"] in ("OK", "SKIP", "EXPECTEDFAIL"):
            passed += not results
        elif bad == 0:
            failed += 1
print(passed, failed)
