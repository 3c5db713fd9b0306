# SPDX-License-Identifier: LGPL-2.1-or-later
"""C source as clang-format writes it: which lines are code in a function, and what in them is neither comment nor string."""
import re
from dataclasses import dataclass

# A comment, a string, a character constant, or a line of the preprocessor with those that continue it.
OPAQUE = re.compile(r"""/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|^[ ]*\#(?:\\\n|[^\n])*""", re.S | re.M)


@dataclass(frozen=True)
class Line:
    number: int
    text: str
    code: str  # the same, of the same length, with blanks for what is not code
    before: str  # the code of the line before that has some


def masked(text):
    """Blanks in the place of comments, strings, character constants and preprocessor lines; all else keeps its place."""
    return OPAQUE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def function_lines(text):
    """The lines between braces that are alone on their lines at the left edge: bodies of functions."""
    inside, before = False, ""
    for number, (line, code) in enumerate(zip(text.split("\n"), masked(text).split("\n")), 1):
        if code.rstrip() in ("{", "}"):
            inside = code[0] == "{" and not before.rstrip().endswith("=")
        if code.strip():
            if inside and code[0] != "{":
                yield Line(number, line, code, before)
            before = code
