#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""weakdep.py DIR: what modules.weakdep of an indexed module directory must be, from the modules themselves.

Written apart from everything else, so that it cannot share an error with it.
"""
import lzma
import re
import struct
import subprocess
import sys


def read(path):
    if path.endswith(".xz"):
        return lzma.open(path).read()
    tool = {"gz": "gzip", "st": "zstd"}.get(path[-2:])
    if tool:
        return subprocess.run([tool, "-dc", path], check=True, stdin=subprocess.DEVNULL, capture_output=True).stdout
    with open(path, "rb") as f:
        return f.read()


def modinfo(data):
    """The bytes of the section .modinfo."""
    wide, order = data[4] == 2, "<>"[data[5] - 1]
    if wide:
        table, size, count, names = *struct.unpack_from(order + "Q", data, 40), *struct.unpack_from(order + "HHH", data, 58)
    else:
        table, size, count, names = *struct.unpack_from(order + "I", data, 32), *struct.unpack_from(order + "HHH", data, 46)
    form = order + ("IIQQQQ" if wide else "IIIIII")
    heads = [struct.unpack_from(form, data, table + size * i) for i in range(count)]
    for head in heads:
        name, offset, length = heads[names][4] + head[0], head[4], head[5]
        if data.startswith(b".modinfo\0", name):
            return data[offset : offset + length]
    return b""


def main(directory):
    print("# Weak dependencies extracted from modules themselves.")
    with open(directory + "/modules.dep", encoding="utf-8") as f:
        paths = [line.split(":")[0] for line in f]
    for path in paths:
        name = re.sub(r"\.ko.*", "", path.rsplit("/", 1)[-1]).replace("-", "_")
        for entry in modinfo(read(f"{directory}/{path}")).split(b"\0"):
            if entry.startswith(b"weakdep="):
                print("weakdep", name, entry[8:].decode())


main(sys.argv[1])
