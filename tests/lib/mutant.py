# SPDX-License-Identifier: LGPL-2.1-or-later
"""A copy of the tree with a build of its own, in which one mutation at a time is tried."""
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SETUP = ["--prefix=/usr", "-Doptimization=1", "-Ddebug=false", "-Dwerror=false", "-Dman=disabled"]
SANITIZE = ["--native-file", "dev.ini", "-Dwerror=false", "-Dman=disabled"]
LONGEST_BUILD = 600  # seconds
# Whose unit tests watch a layer, in the order in which they are run, until one fails.
WATCHERS = {
    "util": ("util", "format", "core"),
    "format": ("format", "core", "depmod", "libkmod", "kmod"),
    "kernel": ("kernel", "core"),
    "core": ("core", "libkmod", "depmod", "cli", "kmod"),
    "depmod": ("depmod", "fault-depmod"),
    "libkmod": ("libkmod",),
    "cli": ("cli", "kmod"),
    "kmod": ("kmod",),
    "tenon": ("tenon",),
}
# A mutated program may delete files anywhere, or write without end. It gets a file system in which only the copy and a
# /tmp of its own can be written, processes that end with it, and bounds.
JAIL = ["unshare", "-m" if os.geteuid() == 0 else "-Urm", "-pf", "--kill-child", "sh", "-c", """\
mount --bind "$1" /mnt && mount -t tmpfs -o size=256m tmpfs /tmp && mkdir -p "$1" && mount --bind /mnt "$1" &&
mount -o remount,bind,ro / && cd "$2" && ulimit -c 0 && ulimit -v "$3" || exit
shift 3; exec "$@" """, "sh"]
KILOBYTES = 2 << 20

KILLED, SURVIVED, TIMED_OUT, UNBUILT, SAME = "killed", "survived", "timed out", "does not compile", "same code"


class Broken(Exception):
    """The copy as it is does not build, or its tests fail."""


class Runner:
    """Runs programs, several at once in threads; stop() ends those that run and lets none begin."""

    def __init__(self):
        self.lock, self.running, self.stopped = threading.Lock(), set(), False

    def run(self, argv, cwd, seconds):
        """(status, output); the status is None when it took longer than that."""
        with tempfile.TemporaryFile() as output:
            with self.lock:
                if self.stopped:
                    raise SystemExit(1)
                proc = subprocess.Popen(argv, cwd=cwd, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True)
                self.running.add(proc)
            try:
                status = proc.wait(seconds)
            except subprocess.TimeoutExpired:
                status = None
            finally:
                self.end(proc)
            output.seek(0)
            return status, output.read().decode(errors="backslashreplace")

    def end(self, proc):
        with self.lock:
            if proc in self.running:
                self.running.remove(proc)
                try:
                    os.killpg(proc.pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
        proc.wait()

    def stop(self):
        with self.lock:
            self.stopped, running = True, list(self.running)
        for proc in running:
            self.end(proc)


def tree_files():
    """What git tracks or could track."""
    text = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=TOP, check=True, capture_output=True).stdout
    return [name for name in os.fsdecode(text).split("\0") if name and os.path.lexists(f"{TOP}/{name}")]


def layer_of(path):
    return path.split("/")[1]


class Bench:
    """The copy. Its build is that of the unit tests alone, and only of the layers that are asked for."""

    def __init__(self, runner, seconds, above=True, cases=False, sanitize=False):
        """Without above, only a layer's own unit tests watch it."""
        self.runner, self.seconds, self.above, self.cases, self.sanitize = runner, seconds, above, cases, sanitize
        self.top = tempfile.mkdtemp(prefix="tenon-mutate-")
        self.build = f"{self.top}/build"
        self.objects, self.programs, self.original = {}, {}, {}

    def close(self):
        shutil.rmtree(self.top, ignore_errors=True)

    def prepare(self, layers):
        for name in tree_files():
            os.makedirs(os.path.dirname(f"{self.top}/{name}"), exist_ok=True)
            shutil.copy2(f"{TOP}/{name}", f"{self.top}/{name}", follow_symlinks=False)
        self.must(["meson", "setup", self.build, *(SANITIZE if self.sanitize else SETUP)])
        self.read_build()
        for program in sorted({program for layer in layers for program in self.watchers(layer)}):
            self.must(["ninja", "-C", self.build, program])
            status, text = self.test(program)
            if status != 0:
                bad = "\n".join(line for line in text.split("\n") if not line.startswith("ok "))
                raise Broken(f"{program} fails without any mutation:\n{bad[-4000:]}")
        if self.cases:
            self.must(["ninja", "-C", self.build, *self.tools()])

    def watchers(self, layer):
        """The programs to run, in this order."""
        names = WATCHERS[layer] if self.above else [layer]
        return [program for name in names for program in self.programs.get(name, ())]

    def must(self, argv):
        status, text = self.runner.run(argv, self.top, LONGEST_BUILD)
        if status != 0:
            raise Broken(f"{' '.join(argv)}:\n{text[-4000:]}")

    def read_build(self):
        """Which program tests a layer, and which object is made of a source."""
        status, text = self.runner.run(["meson", "introspect", "--tests", self.build], self.top, LONGEST_BUILD)
        if status != 0:
            raise Broken(text)
        for test in json.loads(text):
            program = os.path.relpath(test["cmd"][0], self.build).split("/")
            if program[:2] in (["tests", "unit"], ["tests", "fault"]):
                self.programs.setdefault(program[2], []).append("/".join(program))
        with open(f"{self.build}/compile_commands.json", encoding="utf-8") as f:
            for command in json.load(f):
                source = os.path.normpath(os.path.join(command["directory"], command["file"]))
                self.objects.setdefault(os.path.relpath(source, self.top), command["output"])

    def tools(self):
        return ["src/kmod/kmod", "tests/lib/mkmod", "tests/lib/indexdump", "tests/lib/indexbuild"]

    def test(self, program):
        bound = "unlimited" if self.sanitize else str(KILOBYTES)
        seconds = 10 * self.seconds if program.startswith("tests/fault/") else self.seconds
        return self.runner.run([*JAIL, self.top, self.build, bound, f"{self.build}/{program}"], self.top, seconds)

    def object_of(self, path):
        """The bytes of the object of a source, made anew; None when it cannot be made."""
        name = self.objects[path]
        if self.runner.run(["ninja", "-C", self.build, name], self.top, LONGEST_BUILD)[0] != 0:
            return None
        with open(f"{self.build}/{name}", "rb") as f:
            return f.read()

    def try_out(self, mutation):
        """(verdict, who noticed it)"""
        path = f"{self.top}/{mutation.path}"
        with open(path, encoding="utf-8", errors="surrogateescape") as f:
            text = f.read()
        if mutation.path not in self.original:
            self.original[mutation.path] = self.object_of(mutation.path)
        try:
            self.write(path, mutation.apply(text))
            made = self.object_of(mutation.path)
            if made is None:
                return UNBUILT, ""
            if made == self.original[mutation.path]:
                return SAME, ""
            return self.watch(layer_of(mutation.path))
        finally:
            self.write(path, text)

    def write(self, path, text):
        with open(path, "w", encoding="utf-8", errors="surrogateescape") as f:
            f.write(text)

    def watch(self, layer):
        for program in self.watchers(layer):
            if self.runner.run(["ninja", "-C", self.build, program], self.top, LONGEST_BUILD)[0] != 0:
                return UNBUILT, ""
            status, text = self.test(program)
            if status is None:
                return TIMED_OUT, os.path.basename(program)
            if status != 0 or "\nnot ok" in text:  # the status is the number of failures, modulo 256
                return KILLED, os.path.basename(program)
        return self.watch_cases() if self.cases else (SURVIVED, "")

    def watch_cases(self):
        if self.runner.run(["ninja", "-C", self.build, *self.tools()], self.top, LONGEST_BUILD)[0] != 0:
            return UNBUILT, ""
        files = sorted(name for name in os.listdir(f"{self.top}/tests/cases") if name.endswith(".t"))
        argv = [sys.executable, "tests/lib/cases.py", "--tools", f"{self.build}/src/kmod", *(f"tests/cases/{name}" for name in files)]
        status, _ = self.runner.run(argv, self.top, 60 * self.seconds)
        return (TIMED_OUT if status is None else KILLED if status else SURVIVED), "cases"
