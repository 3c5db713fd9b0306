# SPDX-License-Identifier: LGPL-2.1-or-later
"""TAP, written: one line a test, what went wrong after it."""


class Tap:
    def __init__(self, total=None):
        """Without a total, end() tells it."""
        self.count = self.failed = 0
        if total is not None:
            print(f"1..{total}", flush=True)

    def line(self, ok, name, note="", details=()):
        self.count += 1
        self.failed += not ok
        name = name.replace("#", "\\#")
        print(f"{'ok' if ok else 'not ok'} {self.count} - {name}{' # ' + note if note else ''}")
        for text in details:
            print("  # " + text.encode("utf-8", "backslashreplace").decode())
        print(end="", flush=True)

    def skip(self, name, why):
        self.line(True, name, f"SKIP {why}")

    def end(self):
        print(f"1..{self.count}", flush=True)
