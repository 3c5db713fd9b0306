# SPDX-License-Identifier: LGPL-2.1-or-later
"""The table of mutations that have a name: one a line, NAME FILE s|PATTERN|REPLACEMENT|. A line WORD = TEXT says what $WORD
stands for in the lines below."""
import re
from dataclasses import dataclass

from mutations import Mutation


class Stale(Exception):
    """The row is no longer, or was never, an edit of one line."""


@dataclass(frozen=True)
class Row:
    name: str
    path: str
    pattern: str  # a regular expression that is found in one line of the file
    replacement: str  # in its place; \1 is a group of it

    def mutation(self, text):
        found = [(at, line) for at, line in enumerate(text.split("\n"), 1) if re.search(self.pattern, line)]
        if len(found) != 1:
            raise Stale(f"{self.name}: {len(found)} lines of {self.path} have {self.pattern}")
        at, line = found[0]
        after = re.sub(self.pattern, self.replacement, line)
        if after == line:
            raise Stale(f"{self.name}: changes nothing in {self.path}:{at}")
        return Mutation(self.path, at, self.name, line, after)


def read_row(where, line):
    words = line.split(None, 2)
    edit = words[2] if len(words) == 3 else ""
    parts = edit[2:].split(edit[1]) if edit.startswith("s") and len(edit) > 1 else []
    if len(parts) != 3 or parts[2]:
        raise Stale(f"{where}: not of the form NAME FILE s|PATTERN|REPLACEMENT|")
    return Row(words[0], words[1], parts[0], parts[1])


def read_rows(path, text):
    rows, words = [], {}
    for at, line in enumerate(text.split("\n"), 1):
        line = re.sub(r"\$([A-Z]+)\b", lambda found: words.get(found[1], found[0]), line.strip())
        if meaning := re.fullmatch(r"([A-Z]+) = (.*)", line):
            words[meaning[1]] = meaning[2]
        elif line and not line.startswith("#"):
            rows.append(read_row(f"{path}:{at}", line))
    return rows


def read_table(path):
    with open(path, encoding="utf-8") as f:
        return read_rows(path, f.read())
