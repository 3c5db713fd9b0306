#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""policy.py [--policies N] [--seed WORD] [--policy K]: what modprobe plans under policies made by chance. TAP.

The tree is a distribution's. Each policy is a file of deny, allow and policy lines, with softdeps of its own; for some modules
the plan of modprobe -D is held against what a few lines of Python make of the text files modules.dep, modules.softdep and
modules.alias: a plan has no module that is denied, and none that no allow line lets in; one that lacks nothing is as without
a policy; what is left out of it could not stay in.

N policies; without it, 10,000, or 200 where only a sample is asked for (tests/lib/sample.py). A failure shows the policy; --seed and
--policy make it again. TENON_TOOLS names the directory of another kmod.
"""
import argparse
import fnmatch
import os
import random
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, f"{TOP}/tests/lib")

import guest  # noqa: E402
import sample  # noqa: E402
from room import Missing  # noqa: E402
from tap import Tap  # noqa: E402


def name_of(path):
    return re.sub(r"\.ko(\.\w+)?$", "", os.path.basename(path)).replace("-", "_")


def plain(word):
    return word.replace("-", "_")


class Tree:
    """What the text files of a module directory say."""

    def __init__(self, path):
        self.needs, self.softdeps, self.aliases, self.builtin = {}, {}, {}, set()
        for line in self.lines(path, "modules.dep"):
            module, _, needs = line.partition(":")
            self.needs[name_of(module)] = [name_of(need) for need in needs.split()]
        for line in self.lines(path, "modules.softdep"):
            _, module, *words = line.split()
            self.softdeps.setdefault(module, []).extend(word for word in words if word not in ("pre:", "post:"))
        for line in self.lines(path, "modules.alias"):
            _, pattern, module = line.split()
            self.aliases.setdefault(plain(pattern), []).append(module)
        self.builtin = {name_of(line) for line in self.lines(path, "modules.builtin")}
        self.users = {}
        for module, needs in self.needs.items():
            for need in needs:
                self.users.setdefault(need, []).append(module)

    @staticmethod
    def lines(path, name):
        with open(f"{path}/{name}", encoding="utf-8") as f:
            return [line.rstrip("\n") for line in f if not line.startswith("#")]

    def resolve(self, word):
        """The modules that a word of a softdep stands for. Aliases with patterns are of devices: no word is one of them."""
        word = plain(word)
        return [word] if word in self.needs else [m for m in self.aliases.get(word, []) if m in self.needs]


class Policy:
    """A policy made from a number."""

    def __init__(self, seed, tree):
        self.rng = rng = random.Random(seed)
        self.tree = tree
        names = sorted(tree.needs)
        self.mode = rng.choice([None, None, "enforce", "enforce", "enforce", "audit", "off"])
        self.deny = [self.pattern(names) for _ in range(rng.choice([0, 1, 2, 5]))]
        self.allow = [self.pattern(names) for _ in range(rng.choice([0, 1, 3, 8]))]
        self.extra = {}
        self.targets = self.choose(names)
        for _ in range(rng.choice([0, 0, 1, 2])):
            self.extra.setdefault(rng.choice(self.targets), []).append(rng.choice(names))
        lines = [f"deny {word}" for word in self.deny] + [f"allow {word}" for word in self.allow]
        lines += [f"softdep {m} {rng.choice(['pre:', 'post:'])} {' '.join(words)}" for m, words in self.extra.items()]
        if self.mode:
            lines += [f"policy {rng.choice(['off', 'audit', 'enforce'])}", f"policy {self.mode}"]
        self.lines = lines

    def pattern(self, names):
        name = self.rng.choice(names)
        return self.rng.choice([name, name, name.replace("_", "-"), name[: max(3, len(name) // 2)] + "*", name[:-1] + "?"])

    def choose(self, names):
        """Modules for which the policy may matter, and some others."""
        near = [m for word in self.deny + self.allow for m in names if fnmatch.fnmatchcase(m, plain(word))][:20]
        near += [user for m in near for user in self.tree.users.get(m, [])[:5]] + [need for m in near for need in self.tree.needs[m]]
        return [self.rng.choice(near) if near and self.rng.random() < 0.8 else self.rng.choice(names) for _ in range(2)]

    def let_in(self):
        """All that the allow lines let in, by following everything until there is nothing new."""
        inside, new = set(), [m for m in self.tree.needs if any(fnmatch.fnmatchcase(m, plain(word)) for word in self.allow)]
        while new:
            inside.update(new)
            found = set()
            for m in new:
                found.update(self.tree.needs.get(m, []))
                for word in self.tree.softdeps.get(m, []):
                    found.update(self.tree.resolve(word))
            new = list(found - inside)
        return inside

    def refused(self):
        """The modules that may not be loaded."""
        if self.mode in ("off", "audit"):
            return set()
        out = {m for m in self.tree.needs if any(fnmatch.fnmatchcase(m, plain(word)) for word in self.deny)}
        if self.mode == "enforce" and self.allow:
            out |= set(self.tree.needs) - self.let_in()
        return out


class Judge:
    def __init__(self, modprobe, root, release, tree, conf):
        self.words = [modprobe, "-C", conf, "-d", root, "-S", release, "-D"]
        self.tree, self.conf = tree, conf
        self.wrong = []

    def plan(self, lines, target):
        with open(self.conf, "w", encoding="utf-8") as f:
            f.writelines(line + "\n" for line in lines)
        done = subprocess.run([*self.words, target], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        steps = done.stdout.splitlines()
        return [name_of(step.split()[1]) for step in steps if step.startswith("insmod ")], steps, done.returncode

    def check(self, what, held):
        if not held:
            self.wrong.append(what)

    def judge(self, policy, refused, target):
        needs = self.tree.needs
        bare = [line for line in policy.lines if line.startswith("softdep")]
        modules, steps, status = self.plan(policy.lines, target)
        barred = refused & {target, *needs[target]}
        may = {m for m in needs if not refused & {m, *needs[m]}}
        self.check(f"{target}: {refused & set(modules)} is in the plan", not refused & set(modules))
        if barred:
            self.check(f"{target}: it is refused, and the plan is {steps}", set(steps) == {"install /bin/false "})
            self.check(f"{target}: status {status}", status == (target in refused))
            return
        whole, _, _ = self.plan(bare, target)
        self.check(f"{target}: status {status}", status == 0)
        self.check(f"{target}: {modules} is no part of {whole}", set(modules) <= set(whole))
        self.check(f"{target}: it lacks what it needs", {target, *needs[target]} <= set(modules))
        for module in modules:
            at = modules.index(module)
            self.check(f"{target}: {module} comes before what it needs", set(needs[module]) <= set(modules[:at]))
            for word in self.tree.softdeps.get(module, []) + policy.extra.get(module, []):
                lost = (set(self.tree.resolve(word)) & may) - set(modules)
                self.check(f"{target}: {lost}, softdep of {module}, is left out", not lost)
        if not refused:
            self.check(f"{target}: {modules}, and without a policy {whole}", modules == whole)


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--policies", type=int, default=10000 if sample.percent() == 100 else 200, metavar="N")
    p.add_argument("--seed", default=sample.seed())
    p.add_argument("--policy", type=int, metavar="K", help="only this one")
    args = p.parse_args()
    tools = os.environ.get("TENON_TOOLS", f"{TOP}/build/src/kmod")
    try:
        path = guest.qemu_tree("6.1")
    except Missing as why:
        print(f"1..0 # SKIP {why}")
        return 0
    tap = Tap()
    with tempfile.TemporaryDirectory(prefix="tenon-policy-") as top:
        release = os.path.basename(path)
        made = guest.make_indexes(f"{tools}/kmod", path, top)
        os.symlink(f"{tools}/kmod", f"{top}/modprobe")
        tree, plans, refusals = Tree(made), 0, 0
        for number in [args.policy] if args.policy is not None else range(args.policies):
            judge = Judge(f"{top}/modprobe", top, release, tree, f"{top}/policy.conf")
            policy = Policy(f"{args.seed} {number}", tree)
            refused = policy.refused()
            for target in policy.targets:
                judge.judge(policy, refused, target)
                plans += 1
                refusals += bool(refused & {target, *tree.needs[target]})
            if judge.wrong:
                tap.line(False, f"policy {number} of seed {args.seed}", details=[*policy.lines, *judge.wrong])
        tap.line(True, f"{args.policies} policies: {plans} plans, {refusals} of them refused")
        tap.line(args.policy is not None or plans // 10 < refusals < plans * 9 // 10, "both are there: plans that are refused, and plans that are not")
    tap.end()
    return tap.failed > 0


if __name__ == "__main__":
    sys.exit(main())
