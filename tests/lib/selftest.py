#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The machinery tests itself: what must fail does fail. Prints TAP."""
import importlib.machinery
import importlib.util
import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

from casefile import BadCase, Command, Line, Result, agrees, parse, rewrite, runs_on, show_text, split_output
from cases import TREE_MODULE
from casesample import Part, choose
from csource import function_lines, masked
from mutations import draw, mutations
from mutations_named import Stale, read_row, read_rows, read_table
from sample import count, sample
from tap import Tap

TESTS = []


class Skip(Exception):
    pass


def check(test):
    TESTS.append(test)
    return test


def load_run():
    loader = importlib.machinery.SourceFileLoader("tests_run", os.path.dirname(HERE) + "/run")
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("tests_run", loader))
    loader.exec_module(module)
    return module


def run_cases(text, tools="/bin/true", args=()):
    with tempfile.NamedTemporaryFile("w", suffix=".t") as f:
        f.write(text)
        f.flush()
        command = [sys.executable, HERE + "/cases.py", "--tools", tools, *args, f.name]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.stdout.startswith("1..0 # SKIP "):
            raise Skip(done.stdout.partition("SKIP ")[2].strip())
        return done.returncode, done.stdout + done.stderr


def read_tap(text, status=0):
    run = load_run()
    reader = run.Reader("program")
    reader.show = lambda _: None
    for line in text.splitlines():
        reader.line(line)
    reader.end(status, "")
    return str(reader.count)


def refused(text):
    try:
        parse("x.t", text)
    except BadCase:
        return True
    return False


@check
def a_line_is_compared_to_the_byte():
    command = Command("x", 1, out=[Line("a ")])
    assert agrees(command, Result(["a "], [], 0))
    assert not agrees(command, Result(["a"], [], 0))


@check
def a_missing_line_a_further_line_and_a_status_are_differences():
    command = Command("x", 1, out=[Line("a")])
    for result in (Result([], [], 0), Result(["a", "b"], [], 0), Result(["a"], ["b"], 0), Result(["a"], [], 1)):
        assert not agrees(command, result)


@check
def a_pattern_matches_a_whole_line():
    assert Line("a*c", True).matches("a[b]c")
    assert not Line("a*c", True).matches("a[b]cd")
    assert not Line("a*c").matches("abc")


@check
def output_without_newline_is_not_output_with_one():
    assert split_output(b"a", []) != split_output(b"a\n", [])


@check
def a_trailing_blank_is_shown_and_an_invisible_one_is_refused():
    assert show_text(">", "a ") == "> a $"
    assert show_text(">", "a $") == "> a $$"
    assert refused("## x\n$ true\n> a \n")
    assert parse("x.t", "## x\n$ true\n> a $\n").cases[0].steps[0].out[0].text == "a "


@check
def unknown_words_and_results_without_command_are_refused():
    assert refused("## x\nnonsense: y\n")
    assert refused("## x\n> y\n")
    assert refused("$ true\n")


@check
def update_writes_what_came_out_and_keeps_patterns():
    cf = parse("x.t", "## x\n$ a\n>~ p*\n> old\n$ b\n")
    a, b = cf.cases[0].steps
    text = rewrite(cf, [(a, Result(["pq", "new "], [], 0)), (b, Result([], ["e"], 1))])
    assert text == "## x\n$ a\n>~ p*\n> new $\n$ b\n! e\n? 1\n"


@check
def a_case_runs_on_the_engines_it_names():
    cf = parse("x.t", "where: lab\nengine: uml qemu\n## a\n$ true\n## b\nengine: qemu-6.1\n$ true\n## c\nengine: uml\n$ true\n")
    for engine, titles in (("uml", "ac"), ("qemu-6.1", "ab"), ("qemu-6.12", "a"), ("x", "")):
        assert "".join(c.title for c in cf.cases if runs_on(engine, cf, c)) == titles, engine
    cf = parse("x.t", "## a\n$ true\n")
    assert runs_on("x", cf, cf.cases[0])


@check
def what_matches_a_name_s_value_is_replaced_by_the_name():
    names = [("/lib/m", "@MODS@"), (TREE_MODULE + ".xz", r"\1")]
    text = b"x /lib/m/kernel/a.ko.xz /t/lib/m/kernel/a.ko.xz /lib/m/a.ko.xz\n"
    assert split_output(text, names) == ["x @MODS@/kernel/a.ko /t@MODS@/kernel/a.ko.xz @MODS@/a.ko.xz"]


@check
def a_case_that_fails_makes_the_run_fail():
    status, text = run_cases("## good\n$ echo a\n> a\n## bad\n$ echo a\n> b\n")
    assert status == 1 and "\nok 1 " in text and "\nnot ok 2 " in text, text


@check
def nothing_leaks_from_one_case_to_the_next():
    first = "## a\nconf a.conf: x\n$ touch /tmp/x /etc/x /lib/modules/x /run/x /proc/x /usr/lib/x\n"
    second = "## b\n$ ls /tmp /run /lib/modules /etc/modprobe.d; ls /etc/x /proc/x /usr/lib/x 2>/dev/null\n"
    status, text = run_cases(first + second + "> /etc/modprobe.d:\n> \n> /lib/modules:\n> \n> /run:\n> \n> /tmp:\n? 2\n".replace("> \n", ">\n"))
    assert status == 0, text


@check
def the_machine_cannot_be_reached():
    status, text = run_cases("## a\n$ touch /.host/usr/x 2>/dev/null\n? 1\n$ ls /home 2>/dev/null\n? 2\n")
    assert status == 0, text


@check
def a_program_that_ends_early_or_says_nothing_is_a_failure():
    assert read_tap("1..1\nok 1 - a") == "1 passed, 0 failed, 0 skipped"
    assert read_tap("") == "0 passed, 1 failed, 0 skipped"
    assert read_tap("ok 1 - a") == "1 passed, 1 failed, 0 skipped"
    assert read_tap("1..2\nok 1 - a") == "1 passed, 1 failed, 0 skipped"
    assert read_tap("1..1\nok 1 - a", status=3) == "1 passed, 1 failed, 0 skipped"
    assert read_tap("1..1\nok 1 - a\nBail out! x") == "1 passed, 1 failed, 0 skipped"


@check
def skips_are_counted_as_skips():
    assert read_tap("1..2\nok 1 - a # SKIP no b\nnot ok 2 - c") == "0 passed, 1 failed, 1 skipped"
    assert read_tap("1..0 # SKIP no b") == "0 passed, 0 failed, 1 skipped"
    assert read_tap("1..1\nok 1 - a \\# skip is no directive") == "1 passed, 0 failed, 0 skipped"


def sampled(percent, seed, call):
    before = dict(os.environ)
    os.environ.update(TENON_SAMPLE=percent, TENON_SEED=seed)
    try:
        return call()
    finally:
        os.environ.clear()
        os.environ.update(before)


@check
def a_sample_is_as_large_as_said_the_same_again_and_in_order():
    assert sampled("10", "1", lambda: [count(n) for n in (0, 1, 10, 11, 500)]) == [0, 1, 1, 2, 50]
    assert sampled("10", "1", lambda: [count(n, 40) for n in (30, 300, 500)]) == [30, 40, 50]
    one = sampled("10", "1", lambda: sample(range(500)))
    assert len(one) == 50 and one == sorted(one) == sampled("10", "1", lambda: sample(range(500)))


@check
def another_seed_or_name_is_another_sample_and_100_is_everything():
    one = sampled("10", "1", lambda: sample(range(500)))
    assert one != sampled("10", "2", lambda: sample(range(500)))
    assert one != sampled("10", "1", lambda: sample(range(500), name="other"))
    assert len(set(one) & set(sampled("10", "1", lambda: sample(range(1, 500))))) > 40
    assert sampled("100", "1", lambda: sample([3, 1, 2])) == [3, 1, 2]


@check
def a_sample_of_cases_has_what_is_always_tried_and_each_thing_once():
    def chosen():
        text = "".join(f"## c{n}\n$ modprobe x\n" for n in range(100))
        cf = parse("x.t", text + "## a\nalways: broken\n$ true\n## o\nkernel: insert=EIO\n$ true; depmod -n\n## p\n$ (depmod -n x)\n")
        choose([cf], 10)
        return [case.title for case in cf.cases]

    titles = sampled("5", "1", chosen)
    assert 11 <= len(titles) <= 13 and {"a", "o"} <= set(titles), titles
    assert len(sampled("100", "1", chosen)) == 103


@check
def each_case_of_a_sample_is_in_one_part_and_what_one_kernel_shows_in_its_own():
    def chosen(part):
        text = "".join(f"## c{n}\n$ modprobe x\n## q{n}\nengine: qemu\n$ true\n## u{n}\nengine: uml qemu-6.1\n$ true\n" for n in range(40))
        cf = parse("x.t", text + "## a\nalways: broken\n$ true\n## o\nengine: qemu-6.12\n$ true\n")
        choose([cf], 30, each_thing=False, part=Part(part))
        return [case.title for case in cf.cases]

    one, two, both = (sampled("5", "1", lambda p=part: chosen(p)) for part in ("1/2", "2/2", "1/1"))
    assert set(one) & set(two) == {"a", "o"} and set(one) | set(two) == set(both), (one, two, both)
    assert sum(title[0] == "q" for title in one + two) == 40 and len(one) > 15 and len(two) > 15
    assert 28 <= sum(title[0] in "cu" for title in both) <= 30, both


BODY = """/* if (a < b) */
#define X(a) do { a = 1; } while (0)
static const int table[] =
{
        1,
};

int f(int a)
{
        const char *s = "a < b"; /* a < 2 */
        char buf[32];

        assert(a > 3);
#ifdef X
        if (a < 4)
                return r;
        else
                g(a);
        free(s);
        return r == -ENOMEM ? r : 5;
}
"""


@check
def mutations_change_code_alone():
    assert [len(line) for line in masked(BODY).split("\n")] == [len(line) for line in BODY.split("\n")]
    assert not any(word in masked(BODY) for word in ("*/", "define", "< b", "ifdef"))
    assert {line.number for line in function_lines(BODY)} == {10, 11, 13, 15, 16, 17, 18, 19, 20}
    assert {m.line for m in mutations("f.c", BODY)} == {15, 16, 17, 18}


@check
def mutations_of_a_line():
    def of(line, before="x();"):
        text = f"void f(void)\n{{\n        {before}\n        {line}\n}}\n"
        return {m.after.strip() for m in mutations("f.c", text) if m.line == 4}

    for line, after in (
        ("if (a < 2)", {"if (a <= 2)", "if (a > 2)", "if (!(a < 2))", "if (a < 3)", "if (a < 1)"}),
        ("while (a == b && !c)", {"while (a != b && !c)", "while (a == b || !c)", "while (a == b && c)", "while (!(a == b && !c))"}),
        ("return r;", {"return 0;"}),
        ("return 0;", {"return -1;", "return 1;"}),
        ("return true;", {"return false;"}),
        ("n++;", {";", "n--;"}),
        ("*ret_n = n - x;", {";", "*ret_n = n + x;"}),
        ("say(\"0 < 1\");", {";"}),
        ("} else {", {"} {"}),
        ("break;", {";", "continue;"}),
        ("int n = a ? b : c;", {"int n = a ? c : b;"}),
        ("struct x y = { 0 };", set()),
        ("struct x *y = z;", set()),
    ):
        assert of(line) == after, (line, of(line))
    assert of("y = z;") == {";"} and of("y = z;", "x +") == set()


@check
def mutations_are_drawn_by_the_seed_and_each_line_once_before_any_twice():
    found = list(mutations("f.c", BODY)) + list(mutations("g.c", BODY.replace("4", "14")))
    first = draw(found, "1")
    assert draw(found[::-1], "1") == first and draw(found, "2") != first and set(first) == set(found)
    lines = [(m.path, m.line) for m in first]
    assert len(set(lines[:8])) == 8 == len(set(lines)) < len(lines)
    rest = [m for m in first if m.path == "f.c"]
    assert [m for m in draw(found[: len(rest)], "1")] == rest  # another file's lines change nothing in their order
    changed = first[0].apply(BODY if first[0].path == "f.c" else BODY.replace("4", "14")).split("\n")
    assert changed[first[0].line - 1] == first[0].after


@check
def a_mutation_with_a_name_is_an_edit_of_one_line():
    def stale(do):
        try:
            do()
        except Stale:
            return True
        return False

    row = read_row("x:1", r"n f.c s|^( *)a = (.)|\1a = !\2|")
    made = row.mutation("b\n    a = c;\n")
    assert (made.line, made.after) == (2, "    a = !c;")
    assert stale(lambda: row.mutation("b\n")) and stale(lambda: row.mutation(" a = c;\n a = c;\n"))
    assert stale(lambda: read_row("x:1", "n f.c s|a|a|").mutation("a"))
    rows = read_rows("x", "# c\nA = f.c s|a\n\nn $A|b|\nm $AB s|c$|d|\n")
    assert rows == [read_row("x:4", "n f.c s|a|b|"), read_row("x:5", "m $AB s|c$|d|")]
    assert read_rows("x", "A = f.c s|a\nB = $A|b\nn $B|") == [read_row("x:3", "n f.c s|a|b|")]
    assert stale(lambda: read_row("x:1", "n f.c s|a|b")) and stale(lambda: read_row("x:1", "n f.c"))


@check
def the_mutations_with_names_fit_the_source():
    top = os.path.dirname(os.path.dirname(HERE))
    rows = read_table(f"{top}/tests/unit/mutations")
    for row in rows:
        try:
            with open(f"{top}/{row.path}", encoding="utf-8") as f:
                row.mutation(f.read())
        except (Stale, OSError) as why:
            raise AssertionError(str(why)) from why
    assert rows and len({row.name for row in rows}) == len(rows)


def main():
    tap = Tap(len(TESTS))
    for test in TESTS:
        try:
            test()
            tap.line(True, test.__name__)
        except Skip as why:
            tap.skip(test.__name__, str(why))
        except AssertionError as why:
            line = why.__traceback__.tb_next.tb_lineno
            tap.line(False, test.__name__, details=[f"{__file__}:{line}", *str(why).split("\n")])
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
