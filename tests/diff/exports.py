#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""exports.py FILE...: what modules export, as the kernel will see it: from the relocations of their tables of symbols.

Prints "FILE gpl|all SYMBOL NAMESPACE", sorted, of each export. Written apart from everything else, so that it cannot share
an error with it: the product looks at the names of symbols, this at what the kernel's loader does.
"""
import struct
import sys

SHT_RELA, SHT_REL = 4, 9


class Module:
    def __init__(self, path):
        with open(path, "rb") as f:
            self.data = f.read()
        data = self.data
        self.wide, self.order = data[4] == 2, "<>"[data[5] - 1]
        table, size, count, names = (
            *self.unpack("Q" if self.wide else "I", 40 if self.wide else 32),
            *self.unpack("HHH", 58 if self.wide else 46),
        )
        form = "IIQQQQIIQQ" if self.wide else "IIIIIIIIII"
        self.heads = [self.unpack(form, table + size * i) for i in range(count)]
        self.names = [self.string(self.heads[names], head[0]) for head in self.heads]

    def unpack(self, form, at):
        return struct.unpack_from(self.order + form, self.data, at)

    def string(self, section, at):
        start = section[4] + at
        return self.data[start : self.data.index(b"\0", start)].decode()

    def symbol(self, table, number):
        """Name, value and section of a symbol."""
        head = self.heads[table]
        at = head[4] + number * (24 if self.wide else 16)
        if self.wide:
            name, _, _, section, value, _ = self.unpack("IBBHQQ", at)
        else:
            name, value, _, _, _, section = self.unpack("IIIBBH", at)
        return self.string(self.heads[head[6]], name), value, section

    def relocations(self, index):
        """Of a section: where, which symbol, and what is added to it."""
        for head in self.heads:
            if head[1] not in (SHT_RELA, SHT_REL) or head[7] != index:
                continue
            size = {(True, SHT_RELA): 24, (False, SHT_RELA): 12, (True, SHT_REL): 16, (False, SHT_REL): 8}[self.wide, head[1]]
            for at in range(head[4], head[4] + head[5], size):
                where, info = self.unpack("QQ" if self.wide else "II", at)
                if head[1] == SHT_RELA:
                    added = self.unpack("q" if self.wide else "i", at + size * 2 // 3)[0]
                else:
                    added = self.unpack("i", self.heads[index][4] + where)[0]
                yield where, self.symbol(head[6], info >> (32 if self.wide else 8)), added

    def exports(self):
        """An entry of a table is where the symbol is, its name and its namespace: three relocations."""
        for index, table in enumerate(self.names):
            if table not in ("__ksymtab", "__ksymtab_gpl"):
                continue
            found = sorted(self.relocations(index))
            for _, name, space in zip(found[::3], found[1::3], found[2::3]):
                texts = [self.string(self.heads[sym[2]], sym[1] + added) for _, sym, added in (name, space)]
                yield "gpl" if table == "__ksymtab_gpl" else "all", *texts


def main(paths):
    lines = [f"{path} {' '.join(export)}" for path in paths for export in Module(path).exports()]
    sys.stdout.writelines(line + "\n" for line in sorted(lines))


main(sys.argv[1:])
