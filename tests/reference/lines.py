"""The schedules' lines in Python and PyTorch, as the descent program prints them: each is executed
and must give the factors of our own closed form."""

import json
import math
import subprocess
import warnings

from torch.optim import lr_scheduler

import curves

LR = 0.3  # not 1, so that a line that forgets to multiply by it is found


def printed(descent, recipe, total):
    text = subprocess.run([descent, "schedule", recipe, "--total", str(total), "--format", "json"],
                          check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(text)


def by_python(expression, total):
    return [eval(expression, {"math": math, "t": t}) for t in range(total + 1)]


def by_pytorch(line, total):
    optimizer = curves.optimizer(LR)
    names = {n: getattr(lr_scheduler, n) for n in dir(lr_scheduler) if n.endswith("LR")}
    names |= {"CosineAnnealingWarmRestarts": lr_scheduler.CosineAnnealingWarmRestarts,
              "optimizer": optimizer, "lr": LR, "math": math}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(f"scheduler = {line}", names)
        # OneCycleLR ends with its last step, which is T - 1.
        steps = total + (not line.startswith("OneCycleLR"))
        return [rate / LR for rate in curves.driven(optimizer, names["scheduler"], steps)]


def fault(factors, expected):
    """What is wrong with what gives factors, called; None if nothing."""
    try:
        given = factors()
    except Exception as error:  # a line may fail in any way
        return f"{type(error).__name__}: {error}"
    if len(given) < len(expected) - 1:
        return "too few factors"
    wrong = [t for t, (a, b) in enumerate(zip(given, expected)) if not abs(a - b) <= 1e-12]
    return f"{given[wrong[0]]} and not {expected[wrong[0]]} at t = {wrong[0]}" if wrong else None


def lines(descent):
    """The rows of lines.json, each with what is wrong with it."""
    for recipe in curves.RECIPES + curves.DEFAULTS:
        for total in curves.TOTALS:
            said = printed(descent, recipe, total)
            expected = [curves.curve(recipe)(t, total) for t in range(total + 1)]
            faults = {"factors": fault(lambda: said["factors"], expected),
                      "python": fault(lambda: by_python(said["python"], total), expected),
                      "pytorch": fault(lambda: by_pytorch(said["pytorch"], total), expected)}
            problems = [f"T = {total}, {name}: {what}" for name, what in faults.items() if what]
            row = {"recipe": recipe, "total": total, "python": said["python"],
                   "pytorch": said["pytorch"]}
            yield row, problems
