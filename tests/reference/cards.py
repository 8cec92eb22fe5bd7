"""The catalogue's NumPy equivalents: each snippet is executed once a step, and must walk the path
of our own derivation. It is the snippets' paths that the native tests compare the core with."""

import json
import subprocess
from types import SimpleNamespace

import numpy as np

from pcg import Random
from recipe import parse

STEPS = 40

# Where the usual places would leave something of a snippet untouched.
PLACES = {
    "": [("bowl", (-2.9, 1.7)), ("himmelblau", (2.3, 1.2))],
    "swa": [("bowl", (-2.9, 1.7), 70)],
    # A lowest value above 0, near which the loss stops falling.
    "reduce-on-plateau": [("three-hump-camel", (2.1, -0.4), 120)],
    "newton": [("bowl", (-2.9, 1.7)), ("saddle", (-2.7, 0.06))],
    "newton-cg": [("bowl", (-2.9, 1.7)), ("himmelblau", (2.7, 2.4))],
    "deflated": [("bowl", (-2.9, 1.7)), ("himmelblau", (2.7, 2.4))],
    "lbfgs": [("bowl", (-2.9, 1.7)), ("himmelblau", (-0.7, 2.1))],
}
# What a snippet keeps in s where a run is judged elsewhere than at its iterate.
JUDGED = {"lookahead": "slow", "ema": "average", "swa": "mean"}
# Tried in this order, as multiples of the default rate, until the run goes somewhere and stays.
RATES = (1, 0.1, 0.01, 10, 30, 100)


# What the core draws in the place of a snippet that draws.
PURPOSES = {"noise": "Langevin noise", "sophia": "signs of Sophia"}


class Drawn:
    """The core's random numbers in the place of NumPy's, so that what a snippet does with them is
    compared."""

    def __init__(self, seed, purpose):
        self.random = Random.of(int(seed), purpose)

    def standard_normal(self, n):
        return np.array([self.random.normal() for _ in range(n)])

    def choice(self, two, n):
        return np.array([two[self.random.bits() & 1] for _ in range(n)])


class NumPy:
    def __init__(self, purpose):
        self.random = SimpleNamespace(default_rng=lambda seed: Drawn(seed, purpose))

    def __getattr__(self, name):
        return getattr(np, name)


def run_card(snippet, knobs, oracle, start, steps, eta, judged="x", purpose=None):
    """The points of a run of a snippet, and those at which it is judged."""
    code = compile(snippet, "card", "exec")
    x, s = np.array(start, dtype=float), {}
    points, elsewhere = [x], [x]
    numpy = NumPy(purpose)
    for t in range(1, steps + 1):
        scope = dict(knobs, np=numpy, x=x, g=oracle.grad(x), f=oracle.f, grad=oracle.grad,
                     hess=oracle.hess, eta=eta, t=t, s=s,
                     inner=lambda y, grad, rate=eta: y - rate * grad(y))
        exec(code, scope)
        x = np.array(scope["x"], dtype=float)
        points.append(x)
        elsewhere.append(s.get(judged, x))
        if not np.abs(x).max() < 1e6:
            break
    return points, elsewhere


def value_of(knob):
    """A knob's default as Python knows it."""
    text = knob["default"]
    if knob["type"] == "flag":
        return text == "on"
    if knob["type"] == "integer":
        return int(text)
    return float(text) if knob["type"] == "number" else text


def name_of(knob):
    return knob["id"] + "_" * (knob["id"] == "lambda")


def entries(descent):
    """Every optimizer of the catalogue: id, snippet, knobs, and whether it wraps another."""
    text = subprocess.run([descent, "catalogue", "--format", "json"], check=True,
                          stdout=subprocess.PIPE, text=True).stdout
    for entry in json.loads(text)["optimizers"]:
        wraps = any(k["kind"] == "optimizer" for k in entry["knobs"])
        plain = [k for k in entry["knobs"] if k["type"] not in ("recipe", "recipes")]
        yield entry["id"], entry["numpy"], {name_of(k): value_of(k) for k in plain}, wraps


def recipe_of(name, knobs, wraps, eta):
    if wraps:
        return f"{name}(sgd(lr={eta:g}))"
    return f"{name}(lr={eta:g})" if "lr" in knobs else name


def cards(all_entries, walk, surface, distance, oracle):
    """The rows of cards.json, each with what is wrong with it. `walk` derives a run by our own
    rules."""
    for name, snippet, knobs, wraps in all_entries:
        for place, start, *more in PLACES.get(name, PLACES[""]):
            target, steps = surface(place), more[0] if more else STEPS
            judged_at = JUDGED.get(name, "x")

            def run(eta, roundings=0):
                return run_card(snippet, knobs | {"lr": eta}, oracle(target, roundings), start,
                                steps, eta, judged_at, PURPOSES.get(name))

            default = knobs.get("lr", 0.01)
            for rate in RATES:
                eta = float(f"{rate * default:g}")
                points, judged = run(eta)
                moved = np.abs(np.array(points) - points[0]).max()
                if 0.3 < moved < 10 and distance(points, run(eta, 4)[0]) < 2e-13:
                    break
            recipe = recipe_of(name, knobs, wraps, eta)
            derived, derived_judged, _ = walk(parse(recipe), oracle(target), start, steps)
            row = {"id": name, "numpy": snippet, "recipe": recipe, "landscape": place,
                   "start": list(start), "points": np.array(points).tolist(), "tolerance": 1e-12}
            if name in JUDGED:
                row["evaluationPoints"] = np.array(judged).tolist()
            problems = [word for word, bad in [
                (f"hardly moves or leaves: {moved:.1g}", not 0.3 < moved < 10),
                ("magnifies roundings", not distance(points, run(eta, 4)[0]) < 2e-13),
                ("is not the derivation", not distance(points, derived) < 1e-12),
                ("is not judged where the derivation is",
                 name in JUDGED and not distance(judged, derived_judged) < 1e-12)] if bad]
            yield row, problems
