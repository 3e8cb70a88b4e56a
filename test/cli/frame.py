"""The frame: help, usage errors, suggestions, version, for every command."""
import os

import tap
from tap import check, expect, refused, run


def commands():
    """Words of every command, from the overall help."""
    listed = run("--help").out.split("命令：\n")[1].split("\n\n")[0]
    return [line[2:].split("  ")[0] for line in listed.splitlines()]


def test_overall_help_names_every_command():
    a = expect(0, ["--help"], "用法：", "退出码")
    words = commands()
    check(len(words) >= 8 and len(set(words)) == len(words), a.out)
    for name in ("tickets", "root", "commit", "declare", "run", "verify", "explain", "odds"):
        check("dr1 " + name in words, name)
    expect(0, ["help"], "dr1 tickets")
    expect(2, [], "dr1 tickets")


def test_every_command_has_help():
    for words in commands():
        a = expect(0, [*words.split(" "), "--help"], "用法：mingqian " + words, "选项：", "--help")
        b = expect(0, ["help", *words.split(" ")])
        check(a.out == b.out, words)
        check("--json" in a.out or words in ("demo", "serve"), words + " has no --json")


def test_groups_have_help():
    a = expect(0, ["dr1", "--help"], "dr1 verify")
    check("sheet" not in a.out, a.out)
    expect(2, ["dr1"], "dr1 verify")


def test_version():
    expect(0, ["--version"], "mingqian ")


def test_unknown_commands_get_a_suggestion():
    expect(2, ["dr1", "verfy"], "错误：没有命令“dr1 verfy”", "dr1 verify")
    expect(2, ["dr1", "zzzzzz"], "mingqian dr1 --help")
    expect(2, ["nonsense"], "没有命令“nonsense”", "mingqian --help")
    for words in (["nonsense"], ["dr1", "verfy"], ["ledger", "nonsense"]):
        a = run(*words, "--json")
        check(a.code == 2 and a.json["exit"] == 2 and "没有命令" in a.json["error"], f"{words}: {a.out!r}")


def test_unknown_options_get_a_suggestion():
    refused(2, ["dr1", "tickets", "--sed", "x"], "没有选项 --sed", "--seed")
    refused(2, ["dr1", "tickets", "--zzz", "x"], "没有选项 --zzz")
    refused(2, ["dr1", "tickets", "-s", "x"], "没有短选项“-s”")


def test_usage_errors_end_with_2():
    refused(2, ["dr1", "tickets"], "缺少选项 --seed")
    refused(2, ["dr1", "tickets", "--seed", "a", "--seed", "b"], "写了两次")
    refused(2, ["dr1", "tickets", "--seed", "a", "--take", "x"], "整数")
    refused(2, ["dr1", "tickets", "--seed", "a", "--take", "0"], "整数")
    refused(2, ["dr1", "tickets", "--seed", "a", "--take", "99999999999999999999"], "整数")
    refused(2, ["dr1", "tickets", "--seed", "a", "--keep-order=yes"], "不带值")
    refused(2, ["dr1", "tickets", "--seed", "a", "b", "c"], "多出了参数“c”")
    refused(2, ["dr1", "root"], "参数不够")
    expect(2, ["dr1", "tickets", "--seed"], "缺少值")


def test_two_dashes_end_the_options():
    path = os.path.join(tap.folder(), "--odd")
    tap.write(path, "a\nb\n")
    here = os.getcwd()
    os.chdir(os.path.dirname(path))
    try:
        expect(0, ["dr1", "root", "--", "--odd"])
        refused(2, ["dr1", "root", "--odd"], "没有选项 --odd")
    finally:
        os.chdir(here)


def test_a_value_may_follow_an_equals_sign():
    a = expect(0, ["dr1", "tickets", "--seed=x=y"], data="a\n")
    b = expect(0, ["dr1", "tickets", "--seed", "x=y"], data="a\n")
    check(a.out == b.out, a.out)


def test_a_full_stdout_is_an_environment_error():
    import subprocess
    with open("/dev/full", "wb") as full:
        p = subprocess.run([tap.BINARY, "--help"], stdout=full, stderr=subprocess.PIPE, timeout=60)
    check(p.returncode == 3 and "无法写标准输出" in p.stderr.decode(), str(p))


def test_docs_are_up_to_date():
    with open(os.path.join(tap.TOP, "docs", "commands.md"), encoding="utf-8") as f:
        check(f.read() == run("--help-markdown").out,
              "docs/commands.md is not what the table says: build/mingqian --help-markdown > docs/commands.md")


tap.main(globals())
