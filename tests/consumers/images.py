#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Read images that initramfs-tools and dracut have made: what is in them, and how they differ from a system.

The images are made once (images.sh) and kept in the cache. cpio unpacks them; what it makes is the system that they are compared
with, first as it is, then with changes.
"""
import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [TOP + "/tests/lib", HERE]

import consumers
import namespace
from tap import Tap

OURS = re.compile(r"(usr/)?lib/modules/[^/]+/(.*\.ko|modules\.[^/]*)|(etc|(usr/)?lib)/modprobe\.d/[^/]*\.conf")


def make(base):
    """The directory of the images. They are made by the distribution's tools."""
    with open(HERE + "/images.sh", "rb") as f:
        key = hashlib.sha256(f.read() + os.path.basename(base.root).encode()).hexdigest()[:12]
    where = f"{os.path.dirname(os.path.dirname(base.root))}/images/{key}"
    if os.path.isdir(where):
        return where
    with namespace.scratch() as top:
        machine = consumers.Machine(top + "/machine", base.root, None)
        env = {**consumers.ENV, **base.releases}
        made = subprocess.run(["/bin/bash", "-eu", "/consumers/images.sh"], env=env, preexec_fn=machine.enter, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=consumers.LIMIT, check=False)
        consumers.sandbox.unmount(machine.root)
        if made.returncode:
            sys.exit(f"Bail out! images.sh: status {made.returncode}\n{made.stdout}")
        shutil.rmtree(where + ".new", ignore_errors=True)
        shutil.copytree(machine.out, where + ".new")
    os.rename(where + ".new", where)
    return where


class Image:
    def __init__(self, tap, dump, path, top):
        self.tap, self.dump, self.path = tap, dump, path
        self.name, self.packer = os.path.basename(path).rsplit(".", 1)
        self.root = f"{top}/{self.name}"
        os.mkdir(self.root)
        with subprocess.Popen([self.packer, "-dc", path], stdout=subprocess.PIPE) as unpacked:
            # it cannot make devices, and says so
            subprocess.run(["cpio", "-idm", "--quiet", "--no-preserve-owner"], cwd=self.root, stdin=unpacked.stdout, stderr=subprocess.DEVNULL, check=False)
        self.release, = os.listdir(self.root + "/usr/lib/modules")
        self.tree = f"usr/lib/modules/{self.release}"

    def run(self, *args):
        return subprocess.run([self.dump, self.path, *args], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True, text=True).stdout.splitlines()

    def files(self):
        """Those that cpio has unpacked, with their sizes."""
        found = {}
        for directory, _, names in os.walk(self.root):
            for name in names:
                path = os.path.relpath(f"{directory}/{name}", self.root)
                if OURS.fullmatch(path):
                    found[path] = os.stat(f"{directory}/{name}").st_size
        return found

    def line(self, right, title, details):
        self.tap.line(right, f"{self.name}: {title}", details=[] if right else details)

    def check_files(self):
        files, build_ids = self.files(), {}
        *lines, _ = self.run()
        shown = [text.split() for text in lines]
        self.line({row[1] for row in shown} == set(files), "has the files that cpio unpacks", [])
        wrong = [row for row in shown if row[0] != "index" and int(row[2]) != files[row[1]]]
        self.line(not wrong and len(shown) > 20, "the files have their sizes", map(str, wrong))
        modules = [row for row in shown if row[0] == "module"]
        for row in modules[::10]:
            notes = subprocess.run(["readelf", "-n", f"{self.root}/{row[1]}"], stdout=subprocess.PIPE, check=True, text=True).stdout
            build_ids[row[1]] = re.search(r"Build ID: (\w+)", notes)[1]
        wrong = [row for row in modules[::10] if row[4:] != [build_ids[row[1]]]]
        self.line(not wrong, "the modules have their build ids", map(str, wrong))
        return len(modules), sum(row[0] == "modprobe" for row in shown)

    def check_differences(self, title, expected):
        rows = self.run(self.root, self.release)
        self.line(rows == expected, title, [*rows, "expected:", *expected])

    def change(self):
        """Changes what the image is compared with. Returns what is to be found."""
        paths = sorted(path for path in self.files() if path.endswith(".ko"))
        same, other, gone = paths[:3]
        subprocess.run(["xz", "--check=crc32", f"{self.root}/{same}"], check=True)
        shutil.copyfile(f"{self.root}/{gone}", f"{self.root}/{other}")
        os.unlink(f"{self.root}/{gone}")
        conf = sorted(path for path in self.files() if path.endswith(".conf"))
        with open(f"{self.root}/{conf[0]}", "a", encoding="utf-8") as f:
            f.write("blacklist loop\n")
        os.unlink(f"{self.root}/{conf[1]}")
        os.makedirs(f"{self.root}/etc/modprobe.d", exist_ok=True)
        with open(f"{self.root}/etc/modprobe.d/new.conf", "w", encoding="utf-8") as f:
            f.write("options loop max_loop=4\n")
        lines = [f"differs /{other} {self.root}/{other}", f"only-in-image /{gone} ",
                 f"differs /{conf[0]} /{conf[0]}", f"only-in-image /{conf[1]} "]
        return lines, "only-on-disk /etc/modprobe.d/new.conf /etc/modprobe.d/new.conf"


def check(image):
    n_modules, n_configs = image.check_files()
    counts = f"{n_modules} modules, {n_configs} of configuration, 0 unknown"
    image.check_differences("does not differ from what it was made of", [counts])
    lines, last = image.change()
    rows = image.run(image.root, image.release)
    image.line(sorted(rows[:-2]) == sorted(lines) and rows[-2:] == [last, counts], "differs from what was changed since",
               [*rows, "expected:", *lines, last, counts])


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--build", default=TOP + "/build", help="where imagedump is")
    args = p.parse_args()
    dump, why, base = args.build + "/tests/lib/imagedump", namespace.enter(), None
    if not why and not os.path.exists(dump):
        why = "no imagedump: built without the workbench"
    if not why:
        base = consumers.Base(args.build + "/src/kmod/kmod")
        why = base.missing
    if why:
        print(f"1..0 # SKIP {why}")
        return 0
    tap = Tap()
    where = make(base)
    with tempfile.TemporaryDirectory(prefix="tenon-images-") as top:
        for name in sorted(os.listdir(where)):
            check(Image(tap, dump, f"{where}/{name}", top))
    tap.end()
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
