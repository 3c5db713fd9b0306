#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Run programs that use kmod's tools, with the distribution's and with ours, in two machines made alike, and compare what they make.

A scenario, NAME.sh, drives one such program and leaves lists in /out; each is one test. README.md has the details.
Those that load modules run in the lab, with --lab; the others in a chroot.
"""
import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, TOP + "/tests/lib")

import namespace
import sample
import sandbox
from tap import Tap

KINDS = ("theirs", "ours")
ENV = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C", "HOME": "/root"}
LIMIT = 1800  # seconds, for one scenario, or all of a boot
# Rows for scenarios that share them: side, regex, reason.
SHARED = {
    "@weakdep": ("+", r".*/modules\.weakdep", "the distribution's kmod is older"),
}


RUNNING = []


def start(argv, **how):
    proc = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **how)
    RUNNING.append(proc)
    return proc


class Differs:
    """A line that may be in one list alone: of ours (+) or of theirs (-), by a regex for the whole of it."""

    def __init__(self, side, regex, reason):
        self.kind = {"+": "ours", "-": "theirs"}[side]
        self.regex, self.reason, self.used = regex, reason, False

    def matches(self, text):
        found = re.fullmatch(self.regex, text) is not None
        self.used |= found
        return found


class Scenario:
    """A script with lines that say what it is:

    # where: lab                    in the lab; else in a chroot
    # long: WHY                     left out where samples are tried
    # result: NAME TITLE            it writes /out/NAME, and TITLE is what the comparison shows
    # differs: NAME SIDE REGEX: WHY
    # differs: NAME @SHARED...
    """

    def __init__(self, path):
        self.path, self.name = path, os.path.basename(path).removesuffix(".sh")
        with open(path, encoding="utf-8") as f:
            text = f.read()
        self.lab = "\n# where: lab\n" in text
        self.long = "\n# long: " in text
        self.results = dict(re.findall(r"^# result: (\S+) (.*)$", text, re.M))
        self.differs = {name: [] for name in self.results}
        for name, *row in re.findall(r"^# differs: (\S+) ([+-]) (\S+): (.*)$", text, re.M):
            self.differs[name].append(Differs(*row))
        for name, rows in re.findall(r"^# differs: (\S+) (@.*)$", text, re.M):
            self.differs[name] += [Differs(*SHARED[row]) for row in rows.split()]

    def tests(self):
        return len(self.results) + 1


class Outcome:
    """What one run of a scenario has left."""

    def __init__(self, status, text, out):
        self.status, self.text, self.out = status, text, out

    def lines(self, name):
        """Of one result; None when there is none."""
        try:
            with open(f"{self.out}/{name}", encoding="utf-8", errors="surrogateescape") as f:
                return f.read().splitlines()
        except FileNotFoundError:
            return None


class Machine:
    """A chroot over the unpacked packages. What it writes stays in memory."""

    def __init__(self, top, root, tools):
        self.root, self.out = top + "/root", top + "/out"
        for name in ("root", "out", "upper", "work"):
            os.makedirs(f"{top}/{name}")
        sandbox.mount("overlay", self.root, "overlay", data=f"userxattr,lowerdir={root},upperdir={top}/upper,workdir={top}/work")
        for source, target in (("/proc", "proc"), ("/dev", "dev"), (self.out, "out"), (HERE, "consumers")):
            sandbox.bind(source, f"{self.root}/{target}")
        os.chmod(f"{self.root}/tmp", 0o1777)
        if tools:
            os.unlink(f"{self.root}/usr/bin/kmod")
            shutil.copy(tools, f"{self.root}/usr/bin/kmod")
        self.kernel = sandbox.MadeKernel()

    def enter(self):
        os.umask(0o022)
        os.chroot(self.root)
        os.chdir("/root")
        self.kernel.install()

    def start(self, scenario, releases):
        return start(["/bin/bash", "-eu", f"/consumers/scenarios/{scenario.name}.sh"], env={**ENV, **releases}, preexec_fn=self.enter,
                     start_new_session=True)


def kill(proc):
    """A chroot's processes are a group, and end with it; lab/run ends its guest itself."""
    if os.getpgid(proc.pid) == proc.pid:
        os.killpg(proc.pid, signal.SIGKILL)
    else:
        proc.terminate()


def interrupted(*_):
    for proc in RUNNING:
        if proc.poll() is None:
            kill(proc)
    sys.exit(1)


def finish(proc, out):
    try:
        text = proc.communicate(timeout=LIMIT + 10)[0]
    except subprocess.TimeoutExpired:
        kill(proc)
        text = proc.communicate()[0] + b"(killed: no end in time)\n"
    return Outcome(proc.returncode, text.decode("utf-8", "backslashreplace"), out)


def run_chroots(scenarios, base, top):
    for scenario in scenarios:
        yield scenario, run_chroot(scenario, base, top)


def run_chroot(scenario, base, top):
    machines = {}
    for kind in KINDS:
        path = f"{top}/{scenario.name}/{kind}"
        machines[kind] = Machine(path, base.root, base.tools if kind == "ours" else None)
    running = {kind: machine.start(scenario, base.releases) for kind, machine in machines.items()}
    outcome = {kind: finish(proc, machines[kind].out) for kind, proc in running.items()}
    for machine in machines.values():
        sandbox.unmount(machine.root)
    return outcome


def run_lab(scenarios, base, top):
    """All of them in one boot with each. Yields each with its outcome."""
    running, names = {}, [s.name for s in scenarios]
    for kind in KINDS:
        out = f"{top}/lab/{kind}"
        os.makedirs(out)
        tools = os.path.dirname(base.tools) if kind == "ours" else f"{base.root}/usr/bin"
        lab = [f"{TOP}/lab/run", "--tools", tools, "--memory", "512", "--timeout", str(LIMIT), "--rw", out]
        lab += ["--bind", f"{base.root}:/machine", "--bind", f"{HERE}:/consumers", f"{HERE}/guest.sh", *names]
        running[kind] = start(lab)
    guest = {kind: finish(proc, f"{top}/lab/{kind}") for kind, proc in running.items()}
    for scenario in scenarios:
        yield scenario, {kind: lab_outcome(guest[kind], scenario.name) for kind in KINDS}


def lab_outcome(guest, name):
    one = Outcome(guest.status, guest.text, f"{guest.out}/{name}")
    if one.lines("status"):
        one.status, one.text = int(one.lines("status")[0]), "\n".join(one.lines("log"))
    return one


def compare(scenario, name, outcome):
    """Returns what is wrong with the result, as lines."""
    lists = {}
    for kind in KINDS:
        lines = outcome[kind].lines(name)
        if not lines:
            return [f"{kind}: " + ("an empty list" if lines is not None else "no such result")]
        rows = [d for d in scenario.differs[name] if d.kind == kind]
        lists[kind] = [text for text in lines if not any([d.matches(text) for d in rows])]
        if not lists[kind]:
            return [f"{kind}: all lines are allowed to differ"]
    unused = [f"no line differs that is allowed to: {d.regex}" for d in scenario.differs[name] if not d.used]
    if lists["theirs"] == lists["ours"]:
        return unused
    diff = subprocess.run(["diff", "-U0", "--", *(f"{outcome[kind].out}/{name}" for kind in KINDS)], capture_output=True, check=False)
    return diff.stdout.decode("utf-8", "backslashreplace").splitlines()[2:62] + unused


def judge(tap, scenario, outcome):
    ended = not any(o.status for o in outcome.values())
    details = []
    for kind, o in outcome.items():
        details += [f"{kind}: status {o.status}", *("  " + text for text in o.text.splitlines()[-30:])] * (not ended)
    tap.line(ended, f"{scenario.name}: runs to its end with both", details=details)
    for name, title in scenario.results.items():
        wrong = compare(scenario, name, outcome)
        tap.line(not wrong, f"{scenario.name}: {title}", f"{len(outcome['ours'].lines(name) or [])} lines", wrong)


class Base:
    """What both machines are made from."""

    def __init__(self, tools):
        self.tools = os.path.abspath(tools)
        made = subprocess.run([HERE + "/root.sh"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        self.missing = None
        if made.returncode == 77:
            self.missing = (made.stderr.splitlines() or ["no reason given"])[-1]
        elif made.returncode:
            sys.exit(f"Bail out! root.sh: {made.stderr}")
        else:
            self.root = made.stdout.strip()
            self.releases = {"FULL" if "cloud" not in name else "VER": name for name in os.listdir(self.root + "/usr/lib/modules")}


def keep(scenario, outcome, where):
    for kind, o in outcome.items():
        shutil.copytree(o.out, f"{where}/{scenario.name}/{kind}", dirs_exist_ok=True)
        with open(f"{where}/{scenario.name}/{kind}.log", "w", encoding="utf-8") as f:
            f.write(o.text)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--tools", default=os.environ.get("TENON_TOOLS", TOP + "/build/src/kmod"))
    p.add_argument("--lab", action="store_true", help="the scenarios of the lab")
    p.add_argument("--keep", metavar="DIR", help="leave the results there")
    p.add_argument("names", nargs="*", help="scenarios (default: all)")
    args = p.parse_args()
    if os.path.isdir(args.tools):
        args.tools += "/kmod"
    names = args.names or sorted(n.removesuffix(".sh") for n in os.listdir(HERE + "/scenarios") if n.endswith(".sh"))
    scenarios = [s for s in (Scenario(f"{HERE}/scenarios/{name}.sh") for name in names) if s.lab == args.lab]
    if sample.percent() < 100 and not args.names:
        scenarios = [s for s in scenarios if not s.long]
    why, base = None if args.lab else namespace.enter(), None
    if args.lab and not shutil.which("linux.uml"):
        why = "no linux.uml (package user-mode-linux)"
    if not why:
        base = Base(args.tools)
        why = base.missing
    if why:
        print(f"1..0 # SKIP {why}")
        return 0
    signal.signal(signal.SIGTERM, interrupted)
    tap = Tap(sum(s.tests() for s in scenarios))
    with (tempfile.TemporaryDirectory(prefix="tenon-consumers-") if args.lab else namespace.scratch()) as top:
        for scenario, outcome in (run_lab if args.lab else run_chroots)(scenarios, base, top):
            if args.keep:
                keep(scenario, outcome, args.keep)
            judge(tap, scenario, outcome)
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
