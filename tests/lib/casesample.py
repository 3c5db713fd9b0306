# SPDX-License-Identifier: LGPL-2.1-or-later
"""Which cases are tried where all of them would take too long: a sample, those that say "always:" or for which kernel they
are, and as many more as it takes to have each thing a case can do: an option of a tool, a directive of a configuration, an
answer of the kernel."""
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


def choose(files, least, each_thing=True):
    """Leave only the sample in the files; without each_thing, no more for what cases can do."""
    if sample.percent() == 100:
        return
    places = [(cf, case) for cf in files for case in cf.cases]
    key = lambda place: f"{place[0].path} {place[1].title}"
    chosen = [(cf, case) for cf, case in places if cf.always or cf.engine or case.words("always") or case.words("engine")]
    chosen += sample.sample(places, least, "cases", key)
    seen = {thing for place in chosen for thing in done_by(*place)}
    for place in sample.shuffled(places, "cases", key) if each_thing else ():
        if not seen.issuperset(things := set(done_by(*place))):
            seen |= things
            chosen.append(place)
    kept = {id(case) for _, case in chosen}
    for cf in files:
        cf.cases = [case for case in cf.cases if id(case) in kept]
