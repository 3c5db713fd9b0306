#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""why.py [--configurations N] [--seed WORD] [--configuration K]: what tenon why says, and what is then done. TAP.

Each configuration is made by chance: lines of modprobe.d in three files, a kernel command line, modules that are loaded;
over one tree with dependencies, aliases, softdeps and built-in modules. For some names and aliases the steps of tenon why
must be those that modprobe -n prints: as a user, as the kernel (-q --), and as udev, which is asked of libkmod (ask.c). A line that does
not count, by the document, is taken out: then modprobe must do the same as before. Documents are held against the schema.

N configurations; without it, 1000, or the part of them that tests/lib/sample.py says. A failure shows the configuration;
--seed and --configuration make it again. TENON_TOOLS names the directory of another kmod.
"""
import argparse
import json
import os
import random
import shlex
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, f"{TOP}/tests/lib")

import documents  # noqa: E402
import namespace  # noqa: E402
import sample  # noqa: E402
from room import Host, Room  # noqa: E402
from tap import Tap  # noqa: E402

MODULES = ["low", "mid", "top", "one-two", "lone", "twin_a", "twin_b", "soft", "last"]
BUILTIN = ["inner", "in_side"]
# Words that lead somewhere, or may: names, aliases of the indexes and of the configuration, and what is none.
WORDS = [*MODULES, *BUILTIN, "one_two", "twin", "pci:v1d2", "pci:v9d2", "al-1", "al_2", "inner-alias", "symbol:f_low", "nix", "eth0",
         "eth7", "net-pf-3", "low.ko", "a b", "[", "x[0-9]", "top.", "../low", "TOP"]
PATTERNS = [*MODULES, "eth*", "eth0", "eth?", "net-pf-3", "al-1", "al_*", "pci:v*", "t*", "*", "[lm]o*", "nix", "twin", "inner", "x[0-9]"]
COMMANDS = ["/bin/true", "/usr/bin/false", "exec /bin/true # no", ":", "/sbin/modprobe -i top $CMDLINE_OPTS", "/bin/echo a  b", "true x"]
TREE = """
mk() { name=$1 && shift && mkmod -o "kernel/$name.ko" --name "$name" "$@"; }
mkdir kernel && mk low --export f_low=1 --info alias=pci:v9d* && mk mid --need f_low=1 --export f_mid=2 --info 'softdep=pre: lone' &&
mk top --need f_mid=2 --need f_low=1 --info 'alias=pci:v*d2' --info alias=al_1 && mk one-two --need f_low=1 --info 'softdep=post: twin nix' &&
mk lone && mk twin_a --info alias=twin && mk twin_b --need f_low=1 --info alias=twin && mk soft --info 'softdep=pre: top post: last' &&
mk last --info alias=al_2 --info weakdep=lone &&
printf '%s\\n' kernel/inner.ko kernel/in-side.ko >modules.builtin && printf '%s\\0' inner.license=GPL inner.alias=inner-alias inner.alias=al_1 >modules.builtin.modinfo &&
depmod
"""


def pick(rng, *weighted):
    return rng.choices([what for what, _ in weighted], [weight for _, weight in weighted])[0]


class Configuration:
    """A configuration made from a number."""

    def __init__(self, seed):
        self.rng = rng = random.Random(seed)
        self.files = {f"/etc/modprobe.d/{name}.conf": [self.line() for _ in range(rng.choice([0, 1, 2, 3, 5, 8]))] for name in "abc"}
        self.cmdline = ["quiet"]
        for _ in range(rng.choice([0, 0, 1, 2])):
            self.cmdline.append(rng.choice([f"{self.some(MODULES)}.c={rng.randrange(9)}", f"modprobe.blacklist={self.some(MODULES)},{self.some(MODULES)}"]))
        self.loaded = rng.sample([m.replace("-", "_") for m in MODULES] + ["alien"], rng.choice([0, 0, 1, 3]))
        self.requests = rng.sample(WORDS, 2)

    def some(self, of):
        return self.rng.choice(of)

    def line(self):
        rng = self.rng
        kind = pick(rng, ("alias", 4), ("blacklist", 3), ("install", 3), ("remove", 1), ("options", 3), ("softdep", 3), ("weakdep", 1), ("deny", 2), ("allow", 1), ("policy", 1))
        if kind == "alias":
            return f"alias {self.some(PATTERNS)} {self.some(MODULES + BUILTIN + ['nix', 'off', 'a/b'])}"
        if kind in ("deny", "allow"):
            return f"{kind} {self.some(MODULES + BUILTIN + ['t*', 'twin'])}"
        if kind == "policy":
            return f"policy {self.some(['off', 'audit', 'enforce', 'enforce', 'Enforce'])}"
        if kind == "blacklist":
            return f"blacklist {self.some(MODULES + BUILTIN + ['twin', 'eth0'])}"
        if kind in ("install", "remove"):
            return f"{kind} {self.some(PATTERNS)} {self.some(COMMANDS)}"
        if kind == "options":
            return f"options {self.some(MODULES + ['eth0', 'twin', 'al-1', 'inner'])} {self.some('ab')}={rng.randrange(9)}{self.some(['', ' c', ' d=' + chr(34) + 'x  y' + chr(34)])}"
        words = [self.some(WORDS[:-4]) for _ in range(rng.randrange(3))]
        return f"{kind} {self.some(PATTERNS)} {self.some(['pre:', 'post:', 'pre:'])} {' '.join(words)} {self.some(['', 'post: ' + self.some(MODULES)])}".rstrip()

    def put(self, room):
        """Make the room have it."""
        for path, lines in self.files.items():
            with open(room.root + path, "w", encoding="utf-8") as f:
                f.writelines(line + "\n" for line in lines)
        room.cmdline(" ".join(self.cmdline))
        open(f"{room.root}/proc/modules", "w", encoding="utf-8").close()
        shutil.rmtree(f"{room.root}/sys/module", ignore_errors=True)
        for name in self.loaded:
            room.loaded(f"{name} 4096 0")

    def show(self):
        for path, lines in self.files.items():
            yield from (f"{path}: {line}" for line in lines)
        yield f"cmdline: {' '.join(self.cmdline)}"
        yield f"loaded: {' '.join(self.loaded)}"


def plain(line):
    """Blanks do not tell steps apart."""
    return " ".join(line.split())


# What modprobe -n prints for what the policy denies; the command above has no such line.
BARRED = "install /bin/false"


def is_barred(target):
    """Whether the policy denies a target, or what it needs."""
    return any(step["kind"] == "denied" and not step["command"] and step["required"] for step in target["steps"])


def good_status(targets):
    """What is denied is a failure, unless an alias stands for something else, too, that is in the kernel."""
    if not targets:
        return 1
    return int(any(is_barred(target) for target in targets) and not any(target["outcome"] in ("loaded", "builtin") for target in targets))


def steps(document):
    """The steps of a document, as modprobe -n prints them."""
    for target in document["result"]["targets"]:
        if target["outcome"] in ("loaded", "builtin", "blacklisted"):
            continue
        for step in target["steps"]:
            options = " ".join(option["text"] for option in step["options"] or [])
            if step["kind"] == "insert":
                yield plain(f"insmod {step['path']} {options}")
            elif step["kind"] == "denied" and not step["command"]:
                yield BARRED
            elif step["kind"] in ("install", "denied"):
                yield plain(f"install {step['command']} {options}")
            elif step["kind"] == "builtin":
                yield f"builtin {step['module']}"


def results(document):
    """What libkmod's call for each module would return, and before it the steps."""
    targets = document["result"]["targets"]
    if not targets:
        yield "= nothing"
    for target in targets:
        if target["outcome"] in ("loaded", "builtin"):
            yield "= present"
            continue
        if target["outcome"] == "blacklisted" or is_barred(target):
            yield "= 131072"  # KMOD_PROBE_APPLY_BLACKLIST
            continue
        yield from (step for step in steps({"result": {"targets": [target]}}) if step != BARRED)
        yield "= 0"


def places(value):
    """All places in a part of a document."""
    if isinstance(value, list):
        for part in value:
            yield from places(part)
    elif isinstance(value, dict):
        if "file" in value:
            yield value
        for part in value.values():
            yield from places(part)


class Tester:
    def __init__(self, room):
        self.room = room
        self.seen = {}  # how often each outcome and each reason was there

    def run(self, command):
        out, err, status = self.room.run(command)
        return out.decode(errors="surrogateescape"), err.decode(errors="replace"), status

    def lines(self, command):
        out, _, status = self.run(command)
        return [plain(line) for line in out.splitlines()], status

    def count(self, what):
        self.seen[what] = self.seen.get(what, 0) + 1

    def document(self, asker, word):
        """Yields the document, and before it what is wrong with it by itself. A word that is no alias is asked for as a module."""
        for kind in ("alias", "module"):
            out, err, status = self.run(f"tenon.real why --json --as {asker} -- {shlex.quote(f'{kind}:{word}')}")
            document = json.loads(out)
            if not any(finding["id"] == "object-kind" for finding in document["findings"]):
                break
        yield from documents.problems(document)
        if status != document["status"] or err:
            yield f"status {status} and {document['status']}: {err}"
        good = {"loads": 0, "loaded": 0, "builtin": 0, "command": 3}.get(document["result"]["outcome"], 1)
        if status != good:
            yield f"status {status} of {document['result']['outcome']}"
        yield document

    def compare(self, asker, word, command):
        *wrong, document = self.document(asker, word)
        yield from wrong
        self.count(document["result"]["outcome"])
        done, status = self.lines(command)
        if asker == "udev":
            said, good = list(results(document)), 0
            done = self.in_order(done)
        else:
            said, good = list(steps(document)), good_status(document["result"]["targets"])
        if said != done or status != good:
            yield f"tenon why --as {asker} {word}: {said}, status of modprobe {good}"
            yield f"{command}: {done}, status {status}"
        if asker == "user":
            yield from self.check_losers(document, command, done, status)

    @staticmethod
    def in_order(lines):
        return [line for line in lines if line]

    def check_losers(self, document, command, done, status):
        """What does not count can be taken out, unless it counts for another module; and it counts where that is said."""
        counts = list(places(document["result"]["targets"]))
        for loser in document["result"]["losers"]:
            self.count(loser["why"])
            where = loser["where"]
            if loser["why"] == "asked-by-name" and self.lines(command.replace("-n", "-n -b"))[0]:
                yield f"{loser}: with -b it is not blacklisted"
            if loser["why"] == "other-alias":
                yield from self.other_alias(loser)
            if not where["line"] or not where["file"].startswith("/etc/") or where in counts:
                continue
            path = self.room.root + where["file"]
            with open(path, encoding="utf-8") as f:
                before = f.readlines()
            with open(path, "w", encoding="utf-8") as f:
                f.writelines("#\n" if n == where["line"] else line for n, line in enumerate(before, 1))
            again = self.lines(command)
            if again != (done, status):
                yield f"without {where['file']}:{where['line']} ({loser['why']}), {command}: {again}, and with it {done}, status {status}"
            with open(path, "w", encoding="utf-8") as f:
                f.writelines(before)

    def other_alias(self, loser):
        """Options of another alias are given to the module when that one is asked for, if it is loaded then."""
        _, alias, *words = loser["line"].split()
        again = [line for line in self.lines(f"modprobe -D -v -- {shlex.quote(alias)}")[0]
                 if f"/{loser['module']}.ko" in line.replace("-", "_")]
        if again and not set("*?[") & set(alias) and not any(words[0] in line.split() for line in again):
            yield f"{loser}: {alias} does not get it: {again}"

    def test(self, configuration):
        """What is wrong."""
        configuration.put(self.room)
        for word in configuration.requests:
            quoted = shlex.quote(word)
            yield from self.compare("user", word, f"modprobe -n -v -- {quoted}")
            yield from self.compare("kernel", word, f"modprobe -n -q -- {quoted}")
            yield from self.compare("udev", word, f"/run/ask {quoted}")


def make_room(room, build):
    """The tree, and the program that asks the library."""
    out, err, status = room.run(f"mkdir -p /lib/modules/$(uname -r) && cd /lib/modules/$(uname -r) && {TREE}")
    if status:
        raise RuntimeError((out + err).decode())
    os.makedirs(f"{room.root}/run/lib")
    shutil.copy(f"{build}/src/libkmod/libkmod.so.2", f"{room.root}/run/lib")
    subprocess.run(["cc", "-Wl,-rpath,/run/lib", "-I", f"{TOP}/include", "-o", f"{room.root}/run/ask", f"{HERE}/ask.c", f"{build}/src/libkmod/libkmod.so.2"],
                   check=True)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--configurations", type=int, default=sample.count(1000, least=50), metavar="N", help="how many")
    p.add_argument("--seed", default=sample.seed(), metavar="WORD", help="which")
    p.add_argument("--configuration", type=int, metavar="K", help="only the K-th")
    p.add_argument("--seen", action="store_true", help="say how often each outcome and reason was there")
    args = p.parse_args()
    tools = os.environ.get("TENON_TOOLS") or f"{TOP}/build/src/kmod"
    build = os.path.realpath(f"{tools}/../..")
    if not os.path.exists(f"{build}/src/tenon/tenon"):
        print("1..0 # SKIP built without the workbench")
        return 0
    if why := namespace.enter():
        print(f"1..0 # SKIP {why}")
        return 0
    tap = Tap()
    with namespace.scratch() as top, Room(Host(top, f"{tools}/kmod")) as room:
        make_room(room, build)
        tester = Tester(room)
        for k in range(args.configurations) if args.configuration is None else [args.configuration]:
            configuration = Configuration(f"{args.seed}:{k}")
            bad = list(tester.test(configuration))
            tap.line(not bad, f"configuration {k}", details=[*bad, f"tests/workbench/why.py --seed {args.seed} --configuration {k}", *configuration.show()] if bad else [])
        for what in sorted(tester.seen) if args.seen else []:
            print(f"# {what}: {tester.seen[what]}")
    tap.end()
    return tap.failed > 0


if __name__ == "__main__":
    sys.exit(main())
