"""Recipes, id(knob=value, inner(...), ...), read into a name with its arguments."""

import re
from dataclasses import dataclass, field

TOKEN = re.compile(r"\s*(?:(?P<number>[-+]?\.?\d[\d.]*(?:[eE][-+]?\d+)?)|(?P<word>[A-Za-z][\w-]*)"
                   r"|(?P<text>\"[^\"]*\"|'[^']*')|(?P<mark>[(),=]))")


@dataclass
class Recipe:
    name: str
    knobs: dict = field(default_factory=dict)
    inner: list = field(default_factory=list)  # arguments without a key, in order

    def get(self, knob, default):
        """A knob's value; flags are True and False, choices are strings."""
        value = self.knobs.get(knob, default)
        if not isinstance(value, Recipe):
            return value
        words = {"on": True, "off": False, "inf": float("inf")}
        return value.name if isinstance(default, str) else words[value.name]


def parse(text):
    tokens, at = [], 0
    while at < len(text.rstrip()):
        match = TOKEN.match(text, at)
        if not match:
            raise ValueError(f"{text!r}, column {at + 1}")
        tokens.append((match.lastgroup, match.group(match.lastgroup)))
        at = match.end()
    tokens.append(("end", ""))
    recipe, rest = _call(tokens)
    if rest != [("end", "")]:
        raise ValueError(f"{text!r} goes on after its end")
    return recipe


def _call(tokens):
    recipe, tokens = Recipe(tokens[0][1]), tokens[1:]
    if tokens[0] != ("mark", "("):
        return recipe, tokens
    tokens = tokens[1:]
    while tokens[0] != ("mark", ")"):
        key = None
        if tokens[0][0] == "word" and tokens[1] == ("mark", "="):
            key, tokens = tokens[0][1], tokens[2:]
        kind, text = tokens[0]
        if kind == "word":
            value, tokens = _call(tokens)
        else:
            value = float(text) if kind == "number" else text[1:-1]
            tokens = tokens[1:]
        if key is None:
            recipe.inner.append(value)
        else:
            recipe.knobs[key] = value
        if tokens[0] == ("mark", ","):
            tokens = tokens[1:]
    return recipe, tokens[1:]
