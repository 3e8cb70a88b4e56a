#!/usr/bin/env python3
"""Each folder of the layout has a README.md that is not empty."""
import sys

from source import TOP, report

FOLDERS = ["src/base", "src/core", "src/db", "src/store", "src/files", "src/remote", "src/app", "src/http",
           "src/site", "src/cli", "sql", "test", "bench", "tools", "docs", "api", "web", "packaging"]

missing = [f"{name}/README.md is missing or empty" for name in FOLDERS
           if not (TOP / name / "README.md").is_file() or (TOP / name / "README.md").stat().st_size < 80]
sys.exit(report(missing, f"{len(FOLDERS)} folders have their README"))
