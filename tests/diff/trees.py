#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""trees.py [--trees N] [--seed WORD] [--tree K]: which file of a module depmod takes, in trees made by chance. TAP.

Each tree has directories, links to directories (inside and outside, several to one, a few that lead back), links to files,
several files of one module, and lines of depmod.d. Three must agree: ours, the distribution's depmod (but not where a link leads
back), and a model in here that goes through every path without a way back. Where the distribution's takes another path, both must count alike: which of
them it takes is a matter of the order in a directory. What is compared is modules.dep.

N trees; without it, 500, or the part of them that tests/lib/sample.py says. A failure shows the tree; --seed and --tree make
it again. TENON_TOOLS and TENON_ORACLE name other programs.
"""
import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(TOP, "tests", "lib"))

import sample  # noqa: E402
from tap import Tap  # noqa: E402

VERSION = "6.1.0"
OURS = os.path.join(os.environ.get("TENON_TOOLS") or f"{TOP}/build/src/kmod", "kmod")
ORACLE = os.environ.get("TENON_ORACLE") or "/usr/bin/kmod"
MKMOD = f"{TOP}/build/tests/lib/mkmod"
REAL = ["kernel", "kernel/net", "kernel/net/v", "kernel/a-b", "updates", "updates/v", "extra", "extra/of", "extra/of/v", "a", "zz", "weak"]
OUTSIDE = ["out/one", "out/one/v", "out/two", "out/three/net"]
NAMES = ["m", "n-o", "n_o", "p", "q", "r", "s"]
LINKS = ["l", "updates", "v", "0", "kernel-x", "extra", "w", "net"]


class Tree:
    """A tree made from a number, below a directory of its own."""

    def __init__(self, top, seed, module):
        self.rng, self.top, self.module = random.Random(seed), top, module
        self.mods = f"{top}/lib/modules/{VERSION}"
        self.has_loop, self.conf = False, []
        self.dirs = ["."]
        self.make_dirs()
        self.make_files()
        for _ in range(self.rng.randrange(7)):
            self.make_link(False)
        for _ in range(self.rng.randrange(3)):
            self.make_file_link()
        if self.rng.random() < 0.15:
            self.make_link(True)
        self.make_conf()

    def some(self, of, most):
        return self.rng.sample(of, self.rng.randint(1, min(most, len(of))))

    def make_dirs(self):
        for path in self.some(REAL, 8):
            os.makedirs(f"{self.mods}/{path}", exist_ok=True)
        for path in self.some(OUTSIDE, 3):
            os.makedirs(f"{self.top}/{path}", exist_ok=True)
        inside = [os.path.relpath(d, self.mods) for d, _, _ in os.walk(self.mods)]
        outside = [os.path.relpath(d, self.mods) for d, _, _ in os.walk(f"{self.top}/out")]
        self.dirs = sorted(inside) + sorted(outside)

    def full(self, path):
        return os.path.normpath(f"{self.mods}/{path}")

    def make_files(self):
        for name in self.some(NAMES, 6):
            for path in self.some(self.dirs, 5):
                suffix = self.rng.choice([".ko", ".ko", ".ko", ".ko.xz"])
                shutil.copyfile(self.module, f"{self.full(path)}/{name}{suffix}")

    def reaches(self, start, goal):
        """Whether a directory is in another, links followed."""
        seen, todo = set(), [os.path.realpath(start)]
        while todo:
            at = todo.pop()
            if at == os.path.realpath(goal):
                return True
            if at not in seen:
                seen.add(at)
                todo += [os.path.realpath(e.path) for e in os.scandir(at) if kind(e) == "dir"]
        return False

    def make_link(self, back):
        """To a directory; with back, to one that it is in."""
        at, to = self.full(self.rng.choice(self.dirs)), self.full(self.rng.choice(self.dirs))
        name = f"{at}/{self.rng.choice(LINKS)}"
        if os.path.lexists(name) or self.reaches(to, at) != back:
            return
        self.has_loop |= back
        os.symlink(to if self.rng.random() < 0.4 else os.path.relpath(to, at), name)

    def make_file_link(self):
        at, to = (f"{self.full(self.rng.choice(self.dirs))}/{self.rng.choice(NAMES)}.ko" for _ in range(2))
        if not os.path.lexists(at) and (os.path.exists(to) or self.rng.random() < 0.2):
            os.symlink(to if self.rng.random() < 0.5 else os.path.relpath(to, os.path.dirname(at)), at)

    def all_dirs(self):
        """The names of directories in the tree, those through links, too."""
        return sorted({os.path.dirname(path) for _, path, _, _ in paths(self)} - {""}) or ["kernel"]

    def make_conf(self):
        dirs = self.all_dirs()
        if self.rng.random() < 0.7:
            words = self.some(dirs + ["updates", "nowhere"], 4)
            for word, chance in (("built-in", 0.6), ("external", 0.4)):
                if self.rng.random() < chance:
                    words.insert(self.rng.randint(0, len(words)), word)
            at = self.rng.randint(0, len(words))
            self.conf += [f"search {' '.join(w)}" for w in (words[:at], words[at:]) if w]
        for _ in range(self.rng.choice([0, 0, 1, 1, 2])):
            self.conf.append(f"override {self.rng.choice(NAMES)} {self.rng.choice(['*', '^6[.]', '^5'])} {self.rng.choice(dirs)}")
        if self.rng.random() < 0.3:
            # One: the distribution's kmod takes no more of a line than that. In the tree, it is none to it.
            outside = [d for d in self.dirs if d.startswith("../")]
            self.conf.append(f"external * {self.full(self.rng.choice(outside))}")
        if self.rng.random() < 0.2:
            self.conf.append(f"exclude {self.rng.choice(NAMES)}.ko {self.rng.choice(LINKS)}")
        os.mkdir(f"{self.top}/conf")
        with open(f"{self.top}/conf/a.conf", "w", encoding="ascii") as f:
            f.writelines(line + "\n" for line in self.conf)

    def words(self, command):
        return [line.split()[1:] for line in self.conf if line.split()[0] == command]

    def show(self):
        lines = subprocess.run(["find", ".", "-mindepth", "1", "(", "-type", "l", "-printf", "%p -> %l\n", "-o", "-print", ")"],
                               cwd=self.top, capture_output=True, text=True, check=True).stdout.splitlines()
        return sorted(line for line in lines if "/modules." not in line) + self.conf


def kind(entry):
    """"dir", "file", or what leads nowhere."""
    try:
        return "dir" if entry.is_dir() else "file" if entry.is_file() else ""
    except OSError:
        return ""


def paths(tree):
    """Every path of a module without a way back: number of the external directory, path, links to directories, the file."""
    excluded = {w for words in tree.words("exclude") for w in words} | {"build", "source"}

    def walk(root, at, path, above, links):
        here = os.stat(at)
        here = (here.st_dev, here.st_ino)
        if here in above:
            return
        for e in sorted(os.scandir(at), key=lambda e: e.name):
            if e.name in excluded:
                continue
            inner = f"{path}/{e.name}" if path else e.name
            what = kind(e)
            if what == "dir":
                yield from walk(root, e.path, inner, above | {here}, links + e.is_symlink())
            elif what == "file" and e.name.endswith((".ko", ".ko.xz")):
                yield root, inner, links, (here, e.name)

    yield from walk(0, tree.mods, "", frozenset(), 0)
    for i, words in enumerate(tree.words("external")):
        if os.path.isdir(words[1]):
            yield from walk(i + 1, words[1], "", frozenset(), 0)


def rank(tree, root, path):
    """How much a path counts: more is better."""
    search = [w for words in tree.words("search") for w in words] or ["updates"]
    override = -1
    plain = os.path.join(os.path.dirname(path), os.path.basename(path).split(".")[0])
    for i, (module, kernel, directory) in enumerate(tree.words("override")):
        if not root and kernel != "^5" and plain == f"{directory}/{module}":
            override = i
    place = search.index("built-in") if "built-in" in search else None
    for i, word in enumerate(search):
        if word == "external" and root or word not in ("external", "built-in") and not root and path.startswith(word + "/"):
            place = i
            break
    return override, -1 if place is None else len(search) - place, -root


def module_name(path):
    return os.path.basename(path).split(".")[0].replace("-", "_")


def by_model(tree):
    """module -> what depmod takes: the best rank; of several names of a file that one with the fewest links to directories;
    then the first in byte order."""
    candidates = {}
    for root, path, links, file in paths(tree):
        full = path if root == 0 else f"{tree.words('external')[root - 1][1]}/{path}"
        candidates.setdefault(module_name(path), []).append((rank(tree, root, path), file, links, path.encode(), full))
    taken = {}
    for name, all_of_it in candidates.items():
        best = max(c[0] for c in all_of_it)
        files = {}
        for _, file, *rest in sorted((c for c in all_of_it if c[0] == best), key=lambda c: c[2:4]):
            files.setdefault(file, rest)
        taken[name] = min(files.values(), key=lambda rest: rest[1])[2]
    return taken


def by_depmod(tree, program):
    """The same, from modules.dep; None when it does not survive the tree."""
    done = subprocess.run(["/bin/sh", "-c", 'ulimit -n 256 && exec timeout 20 "$0" "$@"', program, "-C", f"{tree.top}/conf", "-b", tree.top,
                           VERSION], stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="backslashreplace", check=False)
    if done.returncode:
        return None
    with open(f"{tree.mods}/modules.dep", encoding="utf-8") as f:
        dep = [line.split(":")[0] for line in f]
    for name in os.listdir(tree.mods):
        if name.startswith("modules."):
            os.unlink(f"{tree.mods}/{name}")
    return {module_name(path): path for path in dep}


def counts_for(tree, path):
    words = tree.words("external")
    if path.startswith("/"):
        return rank(tree, 1, os.path.relpath(path, words[0][1]))
    return rank(tree, 0, path)


def in_one(tree, one, other):
    """Whether a directory of the search list has both paths: then the distribution's ranks only the one that it meets later."""
    return any(one.startswith(word + "/") and other.startswith(word + "/") for words in tree.words("search") for word in words)


def compare(tree, programs):
    """What is wrong."""
    model = by_model(tree)
    ours = by_depmod(tree, programs["ours"])
    if ours != model:
        yield f"ours:  {ours}"
        yield f"model: {model}"
    if tree.has_loop:
        return  # the distribution's follows it until the system refuses, and loses modules there
    other = by_depmod(tree, programs["distribution"])
    if other is None:
        yield "the distribution's depmod failed"
        return
    for name in sorted(set(model) | set(other)):
        if name not in model or name not in other:
            yield f"{name}: {model.get(name)}, the distribution's: {other.get(name)}"
        elif counts_for(tree, model[name]) != counts_for(tree, other[name]) and not in_one(tree, model[name], other[name]):
            yield f"{name}: {model[name]} counts for {counts_for(tree, model[name])}, " \
                f"the distribution's {other[name]} for {counts_for(tree, other[name])}"


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--trees", type=int, default=sample.count(500, least=40), metavar="N", help="how many")
    p.add_argument("--seed", default=sample.seed(), metavar="WORD", help="which")
    p.add_argument("--tree", type=int, metavar="K", help="only the K-th")
    args = p.parse_args()
    tap = Tap()
    with tempfile.TemporaryDirectory() as tmp:
        tmp = os.path.realpath(tmp)
        programs = {}
        for name, program in (("ours", OURS), ("distribution", ORACLE)):
            os.mkdir(f"{tmp}/{name}")
            programs[name] = f"{tmp}/{name}/depmod"
            os.symlink(program, programs[name])
        subprocess.run([MKMOD, "-o", f"{tmp}/x.ko", "--name", "x"], check=True)
        for k in range(args.trees) if args.tree is None else [args.tree]:
            tree = Tree(f"{tmp}/t", f"{args.seed}:{k}", f"{tmp}/x.ko")
            bad = list(compare(tree, programs))
            tap.line(not bad, f"tree {k}", details=[*bad, f"tests/diff/trees.py --seed {args.seed} --tree {k}", *tree.show()] if bad else [])
            shutil.rmtree(tree.top)
    tap.end()
    return tap.failed > 0


if __name__ == "__main__":
    sys.exit(main())
