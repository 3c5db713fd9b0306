#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""forms.py IMAGEDUMP: images made by the programs cpio, gzip, xz and so on, in all forms that the kernel takes, have the same files."""
import os
import random
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)) + "/../../../lib")

from tap import Tap

# How each is called, as mkinitramfs and dracut do.
PACKERS = {
    "gzip": ["gzip", "-n"],
    "bzip2": ["bzip2", "-9"],
    "lzma": ["xz", "--format=lzma"],
    "xz": ["xz", "--check=crc32", "--lzma2=dict=1MiB"],
    "xz in blocks": ["xz", "--check=crc32", "--block-size=100KiB"],
    "lz4": ["lz4", "-9lq"],
    "zstd": ["zstd", "-q1"],
    "zstd in parts": ["zstd", "-qT2", "--no-check"],
}
# The size of a block may stand there, for the kernel too, and it is not too large for one.
UNKNOWN_ENDS = {("lz4", "gzip")}
PAD = b"\0" * 1021


def put(top, files):
    for name, contents in files.items():
        os.makedirs(os.path.dirname(f"{top}/{name}"), exist_ok=True)
        with open(f"{top}/{name}", "wb") as f:
            f.write(contents)


def module(seed, size):
    """Bytes that are compressed to a third, in several blocks."""
    words = [random.Random(seed).randbytes(7) for _ in range(200)]
    rng = random.Random(seed + 1)
    return b"".join(rng.choice(words) + rng.randbytes(1) for _ in range(size // 8))


def archive(top, name, files):
    """An archive by cpio of files in a directory."""
    put(f"{top}/{name}", files)
    names = subprocess.run(["find", ".", "-mindepth", "1"], cwd=f"{top}/{name}", stdout=subprocess.PIPE, check=True).stdout
    return subprocess.run(["cpio", "-o", "-H", "newc", "--quiet", "-R", "0:0"], cwd=f"{top}/{name}", input=names,
                          stdout=subprocess.PIPE, check=True).stdout


class Images:
    def __init__(self, tap, dump, top):
        self.tap, self.dump, self.path = tap, dump, f"{top}/image"

    def read(self, image):
        """What is printed of it: its files, and its end."""
        with open(self.path, "wb") as f:
            f.write(image)
        made = subprocess.run([self.dump, self.path], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=False, text=True)
        *files, end = made.stdout.splitlines()
        return sorted(files), end, made.returncode

    def check(self, title, image, expected, segments):
        files, end, status = self.read(image)
        ok = files == expected and status == 0 and f" {segments} segments" in end
        self.tap.line(ok, title, details=[] if ok else [end, *files, "expected:", *expected])

    def check_cut(self, title, image, expected):
        files, end, status = self.read(image)
        ok = status == 1 and set(files) <= set(expected)
        self.tap.line(ok, title, details=[] if ok else [end, *files])


def align(data):
    return data + b"\0" * (-len(data) % 4)


def check_all(images, first, second, expected, packers):
    """Two archives in all forms. Expected are the files of the first, of the second, of both."""
    one, two, both = expected
    microcode = archive(os.path.dirname(images.path), "early", {"kernel/x86/microcode/GenuineIntel.bin": b"microcode"})
    packed = {name: [subprocess.run(argv, input=data, stdout=subprocess.PIPE, check=True).stdout for data in (first, second, first + second)]
              for name, argv in packers.items()}
    for name, (a, b, ab) in packed.items():
        images.check(f"{name}: an archive", a, one, 1)
        images.check(f"{name}: two archives, behind microcode and zeros", microcode + PAD + ab, both, 2)
        images.check(f"{name}: zeros and an archive behind it", align(a + PAD) + second, both, 2)
        files, _, status = images.read(a + PAD + b + PAD)
        images.tap.line(files == both and status == 0, f"{name}: zeros and the same behind it")
        files, end, status = images.read(a + b)
        images.tap.line(files == both and status == 0, f"{name}: the same at once behind it", details=[] if files == both else [end])
        images.check_cut(f"{name}: cut", a[:-9], one)
        images.check_cut(f"{name}: cut in the middle", a[:len(a) // 2], one)
        others = [other for other in packed if other.split()[0] != name.split()[0] and (name, other) not in UNKNOWN_ENDS]
        for other in random.Random(name).sample(others, min(2, len(others))):
            images.check(f"{name}: {other} behind it", a + packed[other][1], both, 2)
    images.check_cut("plain: cut", first[:len(first) // 2], one)
    images.check("plain: another archive behind it", first + second, both, 2)
    images.check("plain: the second alone", second, two, 1)


def main():
    tap = Tap()
    packers = {name: argv for name, argv in PACKERS.items() if shutil.which(argv[0])}
    if not shutil.which("cpio"):
        print("1..0 # SKIP no program cpio")
        return 0
    with tempfile.TemporaryDirectory(prefix="tenon-forms-") as top:
        images = Images(tap, sys.argv[1], top)
        first = archive(top, "first", {"lib/modules/6.1/kernel/a.ko": module(1, 300000), "etc/modprobe.d/a.conf": b"blacklist a\n",
                                       "init": b"#!/bin/sh\n"})
        second = archive(top, "second", {"usr/lib/modules/6.1/kernel/b.ko": module(3, 200000), "usr/lib/modprobe.d/b.conf": b"",
                                         "bin/sh": module(5, 50000)})
        expected = [images.read(data)[0] for data in (first, second)]
        names = [[line.split()[:3] for line in files] for files in expected]
        right = names == [[["modprobe", "etc/modprobe.d/a.conf", "12"], ["module", "lib/modules/6.1/kernel/a.ko", "300000"]],
                          [["modprobe", "usr/lib/modprobe.d/b.conf", "0"], ["module", "usr/lib/modules/6.1/kernel/b.ko", "200000"]]]
        tap.line(right, "archives have the files that were put into them", details=[] if right else map(str, names))
        if images.read(subprocess.run(["gzip"], input=first, stdout=subprocess.PIPE, check=True).stdout)[1].count("not implemented"):
            tap.skip("compressed images", "no libarchive")
        else:
            check_all(images, first, second, [*expected, sorted(expected[0] + expected[1])], packers)
    tap.end()
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
