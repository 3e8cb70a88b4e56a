"""What the checks share: the project's files as git sees them, and C text without comments."""
import pathlib
import re
import subprocess

TOP = pathlib.Path(__file__).resolve().parents[2]


def files(*patterns):
    """Tracked files and new ones that are not ignored, below the project's root."""
    out = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", *patterns], cwd=TOP, check=True,
                         capture_output=True, text=True).stdout.split("\n")
    return sorted(TOP / name for name in set(out) if name and (TOP / name).is_file())


def blank_comments(text):
    """Comments become spaces, line ends stay, so that line numbers do."""
    pattern = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)

    def blank(match):
        found = match.group(0)
        return re.sub(r"[^\n]", " ", found) if found.startswith("/") else found

    return pattern.sub(blank, text)


def report(problems, good):
    """Prints the problems, or what was looked at; returns the exit code."""
    for problem in problems:
        print(problem)
    if not problems:
        print(good)
    return 1 if problems else 0
