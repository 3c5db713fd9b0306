# SPDX-License-Identifier: LGPL-2.1-or-later
"""Which cases are tried where all of them would take too long: a sample, those that say "always:" or that User Mode Linux
cannot show, and as many more as it takes to have each thing a case can do: an option of a tool, a directive of a
configuration, an answer of the kernel. Where several guests can show the same, each has its part."""
import hashlib
import re

import sample
from casefile import Command, Setup
from room import TOOLS

END = re.compile(r"[;|&()\n]+")  # of a command within a shell line


def done_by(cf, case):
    """The things that the case does."""
    for step in cf.before + case.steps:
        if isinstance(step, Setup):
            yield step.word, (step.text.split() or [""])[0]
        elif isinstance(step, Command):
            for part in END.split(step.text):
                words = part.split()
                at = next((i for i, word in enumerate(words) if word in TOOLS), None)
                if at is not None:
                    yield from options_of(words[at], words[at + 1 :])


def options_of(tool, words):
    yield tool, ""
    for word in words:
        if word.startswith("--"):
            yield tool, word.partition("=")[0]
        elif len(word) > 1 and word[0] == "-":
            yield tool, word[:2]


def key(place):
    return f"{place[0].path} {place[1].title}"


def is_always(place):
    return place[0].always or place[1].words("always")


def engines(place):
    return f"{place[0].engine} {' '.join(place[1].words('engine'))}".split()


class Part:
    """K/N: the Kth of N runs, that of one guest of several: what N guests can show is shown in one of them."""

    def __init__(self, text):
        self.number, self.parts = (int(word) for word in text.split("/"))

    def has(self, place):
        return hashlib.sha256(key(place).encode()).digest()[0] % self.parts == self.number - 1

    def is_shown_here_alone(self, place):
        """Not in User Mode Linux, where all are tried."""
        names = engines(place)
        return names and "uml" not in names and ("qemu" not in names or self.has(place))


def choose(files, least, each_thing=True, part=Part("1/1")):
    """Leave only the sample in the files, or a part of it; without each_thing, no more for what cases can do."""
    if sample.percent() == 100:
        return
    places = [(cf, case) for cf in files for case in cf.cases]
    chosen = [place for place in places if is_always(place) or part.is_shown_here_alone(place)]
    ordinary = [place for place in places if "qemu" not in engines(place)]
    chosen += filter(part.has, sample.sample(ordinary, least, "cases", key))
    seen = {thing for place in chosen for thing in done_by(*place)}
    for place in sample.shuffled(places, "cases", key) if each_thing else ():
        if not seen.issuperset(things := set(done_by(*place))):
            seen |= things
            chosen.append(place)
    kept = {id(case) for _, case in chosen}
    for cf in files:
        cf.cases = [case for case in cf.cases if id(case) in kept]
