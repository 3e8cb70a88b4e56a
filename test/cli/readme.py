"""The commands of the readmes, as they stand, in an empty folder."""
import os
import subprocess

import tap
from tap import check, expect, folder, read


def block(name, within):
    """The commands between ``` of a readme in which `within` is."""
    parts = read(os.path.join(tap.TOP, name)).decode().split("```")[1::2]
    return next(part for part in parts if within in part)


def test_a_year_on_kept_data_works_as_it_is_written():
    for name in ("README.md", "README.zh-CN.md"):
        path = folder()
        os.symlink(tap.BINARY, os.path.join(path, "mingqian"))
        script = block(name, "data init office").replace("$PWD/build", "$PWD")
        p = subprocess.run(["bash", "-eu", "-c", script], cwd=path, capture_output=True, timeout=300, check=False)
        check(p.returncode == 0, f"{name}: {p.stdout.decode()[-2000:]}{p.stderr.decode()[-2000:]}")
        expect(0, ["ledger", "verify", "--data", path + "/office"], "✗ 0 步")
        draws = expect(0, ["draw", "list", "--data", path + "/office", "--json"]).json["items"]
        check([d["state"] for d in draws] == ["prepared"], str(draws))


tap.main(globals())
