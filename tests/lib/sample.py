#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Which of many inputs a test looks at: all of them, or a sample (tests/README.md).

    LIST | tests/lib/sample.py [--least N] [NAME]       the lines of the sample, in the order of the list
    tests/lib/sample.py [--least N] --count WHOLE       how many of so many

$TENON_SAMPLE says how many of a hundred, 100 if it is not set; $TENON_SEED says which. tests/run sets both. NAME keeps two
samples of one list apart.
"""
import argparse
import hashlib
import os
import sys


def percent():
    return min(max(int(os.environ.get("TENON_SAMPLE") or 100), 0), 100)


def seed():
    return os.environ.get("TENON_SEED") or "1"


def count(whole, least=1):
    """How many of so many: the share, rounded up, but no fewer than least where there are as many."""
    return min(whole, max(least, -(-whole * percent() // 100)))


def shuffled(items, name="", key=str):
    """The items in a fixed order, by the seed and what key says of each: one more or less leaves the others where they are."""
    return sorted(items, key=lambda item: hashlib.sha256(f"{seed()}\0{name}\0{key(item)}".encode(errors="surrogateescape")).digest())


def sample(items, least=1, name="", key=str):
    """The items that are looked at, in their order: those that come first when shuffled."""
    items = list(items)
    if percent() == 100:
        return items
    chosen = shuffled(range(len(items)), name, lambda at: key(items[at]))[: count(len(items), least)]
    return [items[at] for at in sorted(chosen)]


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--least", type=int, default=1, metavar="N", help="no fewer than these, if there are as many")
    p.add_argument("--count", type=int, metavar="WHOLE")
    p.add_argument("name", nargs="?", default="", metavar="NAME")
    args = p.parse_args()
    if args.count is not None:
        print(count(args.count, args.least))
    else:
        sys.stdin.reconfigure(errors="surrogateescape")
        sys.stdout.reconfigure(errors="surrogateescape")
        sys.stdout.writelines(sample(sys.stdin, args.least, args.name))
    return 0


if __name__ == "__main__":
    sys.exit(main())
