# SPDX-License-Identifier: LGPL-2.1-or-later
"""Requests such as the kernel makes of them, from the alias patterns of a real tree: every wildcard filled in."""
import random
import re

KINDS = ("pci", "usb", "acpi", "of", "dmi", "cpu", "platform", "virtio")
# What may stand for a "*", besides the numbers and nothing at all.
WORDS = {
    "of": ("", "serial", "ethernet-phy", "(null)", "soc,uart"),
    "dmi": ("", "Dell Inc.", "LENOVO:pn20HRS00", "svnHP:pn", "Default:r1.0:"),
    "platform": ("", "-0", "x86", "_pmc"),
    "acpi": ("", "PNP0C02:", "INT33C3:"),
}
NUMBERS = ("", "00000000", "00008086", "0", "12", "1AF4", "ffff", "*")


def expand(rng, pattern, kind):
    """One text that the pattern matches."""
    out, words = [], WORDS.get(kind, NUMBERS)
    for part in re.findall(r"\[[^]]*\]|\*|\?|[^][*?]+", pattern):
        if part == "*":
            out.append(rng.choice(words))
        elif part == "?":
            out.append(rng.choice("0aZ"))
        elif part[0] == "[":
            low, _, high = part[1:-1].partition("-")
            out.append(chr(rng.randint(ord(low[0]), ord(high[0]))) if high else rng.choice(low))
        else:
            out.append(part)
    text = "".join(out)
    if kind == "of" and rng.random() < 0.5:
        text += "C" + rng.choice(("vendor,board", "arm,primecell", "simple-bus"))
    return text


def patterns(files):
    """The patterns of each kind, from files such as modules.alias."""
    found = {kind: set() for kind in KINDS}
    for name in files:
        with open(name, encoding="utf-8", errors="replace") as f:
            for line in f:
                words = line.split(" ")
                kind = re.match(r"[a-z]*", words[1])[0] if len(words) > 2 else ""
                if kind in found:
                    found[kind].add(line[len("alias "):].rsplit(" ", 1)[0])
    return found


def requests(files, total, seed=1):
    """So many different requests, as evenly of all kinds as the trees have them. None has a line of its own broken."""
    rng = random.Random(seed)
    by_kind = {kind: sorted(p) for kind, p in patterns(files).items()}
    if not all(by_kind.values()):
        raise RuntimeError("no alias of kind " + ", ".join(k for k, p in by_kind.items() if not p))
    made = {}
    while len(made) < total:
        for kind, some in by_kind.items():
            made[expand(rng, rng.choice(some), kind)] = None
    return list(made)[:total]
