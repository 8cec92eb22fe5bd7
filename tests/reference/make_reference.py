#!/usr/bin/env python3
"""Write the reference data that the native tests compare with; see README.md beside this file."""

import argparse
import json
import sys
from pathlib import Path

import numpy as np

import attention
import by_torch
import cards
import curves
import lines
import networks
import pcg
import runs
import surfaces
from decorators import build
from recipe import parse
from surfaces import surface

HERE = Path(__file__).parent
TOLERANCE = 1e-12


def write(name, key, rows):
    """One row a line, under a key or alone; numbers as Python prints them, which reads back to the
    same double."""
    rows = list(rows)
    text = ",\n".join(json.dumps(row, separators=(",", ":"), ensure_ascii=False) for row in rows)
    text = f'{{"{key}":[\n{text}\n]}}\n' if key else f"[\n{text}\n]\n"
    (HERE / name).write_text(text, encoding="utf-8")
    print(f"{name}: {len(rows)} rows, {len(text.encode())} bytes")


FAILURES = []


def complain(subject, problem):
    FAILURES.append(subject)
    print(f"{subject}: {problem}", file=sys.stderr)


def listed(points):
    return [[float(c) for c in p] for p in points]


def distance(a, b):
    """Largest difference of two paths over the largest coordinate of the first."""
    a, b = np.array(a), np.array(b)
    if a.shape != b.shape:
        return np.inf
    return np.abs(a - b).max() / np.abs(a).max()


class Oracle:
    """A surface, with every answer off by some roundings if asked, to see what a path makes of
    them."""

    def __init__(self, surface, roundings=0):
        self.surface, self.size = surface, roundings * 2.0**-53
        self.random = np.random.default_rng(1)

    def off(self, value):
        return value * (1 + self.size * self.random.uniform(-1, 1, np.shape(value)))

    def f(self, x):
        return float(self.off(self.surface.f(self.off(x))))

    def grad(self, x):
        return self.off(self.surface.grad(self.off(x)))

    def hess(self, x):
        return self.off(self.surface.hess(self.off(x)))


def schedule_of(recipe):
    while recipe.inner:  # the rate is the innermost optimizer's
        recipe = recipe.inner[0]
    return recipe.knobs.get("schedule")


def derive(tree, oracle, start, steps):
    """The run of our own derivation: points, evaluation points, rates."""
    method, schedule = build(tree), schedule_of(tree)
    factor = curves.curve(schedule) if schedule else curves.constant()
    points = [np.array(start, dtype=float)]
    judged, rates = [points[0]], []
    for t in range(steps):
        rates.append(method.lr * factor(t, steps))
        points.append(method.step(oracle, points[-1], rates[-1]))
        if not abs(points[-1]).max() < 1e6:
            break
        judged.append(method.evaluation(points[-1]))
    return points, judged, rates


def trajectory(recipe, landscape, start, steps=runs.STEPS, tolerance=TOLERANCE, why="", by=None):
    place, tree = surface(landscape), parse(recipe)
    tree.name = by or tree.name  # of the rule that derives it
    points, judged, rates = derive(tree, Oracle(place), start, steps)
    source = "own derivation"
    if tree.name == "reduce-on-plateau":
        source += ", cuts by torch 1.13 ReduceLROnPlateau"
    problems = []
    if len(points) <= steps or np.abs(points).max() > 10:
        problems.append(f"leaves the landscape: {np.abs(points).max()}")
    else:
        shaken = derive(tree, Oracle(place, 4), start, steps)[0]
        if not distance(points, shaken) < tolerance / 4:
            problems.append(f"magnifies roundings: {distance(points, shaken):.1e}")
        torch = by_torch.path(tree, place, start, rates)
        if torch:
            source = f"torch 1.13 {torch[1]}"
            if not distance(points, torch[0]) < 1e-13:
                problems.append(f"torch differs: {distance(points, torch[0]):.1e}")
            points = torch[0]
    for problem in problems:
        complain(f"{recipe} on {landscape}", problem)
    row = {"recipe": recipe, "landscape": landscape, "source": source, "start": listed([start])[0],
           "points": listed(points), "tolerance": tolerance, "why": why}
    if build(tree).is_judged_elsewhere:
        row["evaluationPoints"] = listed(judged)
    return row


def trajectories(only):
    return [trajectory(recipe, landscape, start, **options)
            for recipe, landscape, start, options in runs.runs() if only in recipe]


def checked(name, rows):
    """Rows that come with what is wrong with them, which is said."""
    for row, problems in rows:
        for problem in problems:
            complain(f"{name}: {row.get('recipe') or row['name']}", problem)
        yield row


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", help="of trajectories, landscapes, schedules, "
                        "networks, attention and, with --descent, cards and lines; all if none is named")
    parser.add_argument("--only", help="look at the runs whose recipe holds this, write none")
    parser.add_argument("--descent", help="the descent program, for cards and lines")
    options = parser.parse_args()
    makers = {"trajectories": lambda: write("trajectories.json", "runs", trajectories("")),
              "landscapes": lambda: write("landscapes.json", "landscapes", surfaces.landscapes()),
              "schedules": lambda: write("schedules.json", "schedules", curves.schedules()),
              "networks": lambda: write("networks.json", "networks", checked(
                  "network", networks.networks())),
              "attention": lambda: write("attention.json", "rows", checked(
                  "attention", attention.rows()))}
    if options.descent:
        makers["cards"] = lambda: write("cards.json", "cards", checked("card", cards.cards(
            cards.entries(options.descent), derive, surface, distance, Oracle)))
        makers["lines"] = lambda: write("lines.json", None, checked(
            "line", lines.lines(options.descent)))
    pcg.check()
    if options.only:
        trajectories(options.only)
    else:
        for what in options.what or makers:
            makers[what]()
    sys.exit(f"{len(FAILURES)} complaints" if FAILURES else 0)


if __name__ == "__main__":
    main()
