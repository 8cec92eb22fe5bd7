"""Schedules: closed forms written apart from the core, and torch's own schedulers where they draw
the very curve. curve(recipe)(t, total) is the factor of step t in a run of `total` steps.
"""

import bisect
import inspect
import math
import warnings

import torch
from torch.optim import lr_scheduler

from recipe import Recipe, parse

CURVES = {}


def curve_of(name):
    def register(maker):
        CURVES[name] = maker
        return maker

    return register


def curve(recipe):
    r = parse(recipe) if isinstance(recipe, str) else recipe
    maker = CURVES[r.name]
    parameters = inspect.signature(maker).parameters
    knobs = dict(zip(parameters, r.inner)) | r.knobs
    assert set(knobs) <= set(parameters), f"{r.name} has no {set(knobs) - set(parameters)}"
    for name, value in knobs.items():
        if isinstance(value, Recipe):
            inner = value.name in CURVES and name in ("inner", "a", "b")
            knobs[name] = curve(value) if inner else value.name
    return maker(**knobs)


def cosine_from(high, low, s):
    """From high at s = 0 to low at s = 1 along half a cosine, by the half-angle identity."""
    return low + (high - low) * math.cos(math.pi * s / 2) ** 2


@curve_of("constant")
def constant():
    return lambda t, total: 1.0


@curve_of("step")
def step(gamma=0.1, every=30.0):
    return lambda t, total: gamma ** (t // every)


@curve_of("multistep")
def multistep(milestones="30,60,90", gamma=0.1):
    passed = sorted(float(m) for m in milestones.split(","))
    return lambda t, total: gamma ** bisect.bisect_right(passed, t)


@curve_of("exponential")
def exponential(form="rate", gamma=0.95, k=0.05, end=0.01):
    return {"rate": lambda t, total: math.exp(t * math.log(gamma)),
            "time-constant": lambda t, total: math.exp(-k * t),
            "end": lambda t, total: math.exp(math.log(end) * t / total)}[form]


@curve_of("linear")
def linear(start=1.0, end=0.0):
    return lambda t, total: (start * max(total - t, 0) + end * min(t, total)) / total


@curve_of("inverse-time")
def inverse_time(k=0.1):
    return lambda t, total: 1 / (1 + k * t)


@curve_of("polynomial")
def polynomial(power=2.0):
    return lambda t, total: (max(total - t, 0) / total) ** power


@curve_of("cosine")
def cosine(floor=0.0):
    return lambda t, total: cosine_from(1, floor, min(t, total) / total)


@curve_of("warm-restarts")
def warm_restarts(period=25.0, multiplier=1.0, floor=0.0):
    def factor(t, total):
        length = period
        while t >= length:
            t, length = t - length, length * multiplier
        return cosine_from(1, floor, t / length)

    return factor


@curve_of("cyclic")
def cyclic(up=20.0, down=20.0, low=0.1, decay=1.0):
    def factor(t, total):
        cycle, since = divmod(t, up + down)
        height = since / up if since <= up else 1 - (since - up) / down
        return low * (1 - decay**cycle * height) + decay**cycle * height

    return factor


@curve_of("inverse-sqrt")
def inverse_sqrt(warmup=10.0, scale="peak", width=512.0):
    def factor(t, total):
        n = t + 1
        if scale == "noam":  # as printed
            return width**-0.5 * min(n**-0.5, n * warmup**-1.5)
        return n / warmup if n < warmup else math.sqrt(warmup / n)

    return factor


@curve_of("wsd")
def wsd(warmup=10.0, decayAt=0.8, shape="linear", floor=0.0):
    def factor(t, total):
        climb = min((t + 1) / warmup, 1.0)
        s = max(t - decayAt * total, 0.0) / ((1 - decayAt) * total)
        if shape == "cosine":
            return min(climb, cosine_from(1, floor, s))
        g = 1 - (s if shape == "linear" else math.sqrt(s))
        return min(climb, floor * (1 - g) + g)

    return factor


@curve_of("one-cycle")
def one_cycle(peakAt=0.3, divide=25.0, finalDivide=1e4, anneal="cosine"):
    def factor(t, total):
        peak, last = peakAt * total - 1, total - 1
        t = min(t, last)  # the run is over
        s = t / peak if t <= peak else (t - peak) / (last - peak)
        a, b = (1 / divide, 1) if t <= peak else (1, 1 / divide / finalDivide)
        return cosine_from(a, b, s) if anneal == "cosine" else a * (1 - s) + b * s

    return factor


@curve_of("warmup")
def warmup(inner, steps=10.0, form="next"):
    def factor(t, total):
        rest = max(total - steps, 1)
        if t >= steps:
            return inner(t - steps, rest)
        return (t + {"next": 1, "current": 0}[form]) * inner(0, rest) / steps

    return factor


@curve_of("join")
def join(a, at=50.0, b=None):
    return lambda t, total: a(t, at) if t < at else b(t - at, max(total - at, 1))


# ---- torch ----

LR = 1.0  # of the optimizer that the schedulers drive, so that a rate is a factor


def optimizer(lr=LR):
    return torch.optim.SGD([torch.nn.Parameter(torch.zeros(1, dtype=torch.float64))], lr=lr,
                           momentum=0.9)


def driven(optimizer, scheduler, count):
    """The rates of steps 0, 1, … under a scheduler."""
    rates = []
    for t in range(count):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if t + 1 < count:
            scheduler.step()
    return rates


def torch_scheduler(recipe, total, o):
    """torch's scheduler of the very curve on an optimizer, or None."""
    r = parse(recipe)
    k = r.knobs
    s = lr_scheduler
    if r.name == "step":
        return s.StepLR(o, int(k.get("every", 30)), k.get("gamma", 0.1))
    if r.name == "multistep":
        return s.MultiStepLR(o, [int(m) for m in k.get("milestones", "30,60,90").split(",")],
                             k.get("gamma", 0.1))
    if r.name == "exponential" and "form" not in k:
        return s.ExponentialLR(o, k.get("gamma", 0.95))
    if r.name == "linear" and k.get("start", 1) > 0:
        return s.LinearLR(o, k.get("start", 1), k.get("end", 0), total)
    if r.name == "polynomial":
        return s.PolynomialLR(o, total, k.get("power", 2))
    if r.name == "cosine":
        return s.CosineAnnealingLR(o, total, k.get("floor", 0) * LR)
    if r.name == "warm-restarts":
        return s.CosineAnnealingWarmRestarts(o, int(k.get("period", 25)),
                                             int(k.get("multiplier", 1)), k.get("floor", 0) * LR)
    if r.name == "cyclic":
        modes = {1: {}, 0.5: {"mode": "triangular2"}}
        decay = k.get("decay", 1)
        return s.CyclicLR(o, k.get("low", 0.1) * LR, LR, k.get("up", 20), k.get("down", 20),
                          cycle_momentum=False,
                          **modes.get(decay, {"scale_fn": lambda cycle: decay ** (cycle - 1)}))
    if r.name == "one-cycle":
        anneal = {"cosine": "cos", "linear": "linear"}[r.get("anneal", "cosine")]
        return s.OneCycleLR(o, LR, total, pct_start=k.get("peakAt", 0.3), anneal_strategy=anneal,
                            cycle_momentum=False, div_factor=k.get("divide", 25),
                            final_div_factor=k.get("finalDivide", 1e4))
    return None


# ---- the data ----

# Recipes with the totals they are printed for.
RECIPES = [
    "constant",
    "step(gamma=0.1, every=4)", "step(gamma=0.5, every=10)",
    'multistep(milestones="3,7", gamma=0.5)', 'multistep(milestones="30,60,90", gamma=0.1)',
    "exponential", "exponential(gamma=0.9)", "exponential(form=time-constant, k=0.07)",
    "exponential(form=end, end=0.02)",
    "linear", "linear(start=0.2, end=1)", "linear(start=1, end=0.1)", "linear(start=0, end=0.5)",
    "inverse-time(k=0.3)",
    "cyclic(up=4, down=4, low=0.1)", "cyclic(up=3, down=7, low=0.2)",
    "cyclic(up=5, down=5, low=0.1, decay=0.5)", "cyclic(up=4, down=3, low=0, decay=0.8)",
    "polynomial", "polynomial(power=0.9)", "polynomial(power=1)",
    "cosine", "cosine(floor=0.1)",
    "warm-restarts(period=10)", "warm-restarts(period=4, multiplier=2)",
    "warm-restarts(period=3, multiplier=3, floor=0.2)",
    "inverse-sqrt(warmup=4)", "inverse-sqrt(warmup=25)",
    "inverse-sqrt(warmup=8, scale=noam, width=64)",
    "wsd(warmup=3)", "wsd(warmup=5, decayAt=0.6, shape=sqrt)",
    "wsd(warmup=4, decayAt=0.7, shape=cosine, floor=0.1)",
    "one-cycle", "one-cycle(peakAt=0.4, divide=10, finalDivide=100)",
    "one-cycle(peakAt=0.25, anneal=linear)",
    "warmup(constant, steps=5)", "warmup(cosine(floor=0.1), steps=4)",
    "warmup(linear, steps=6, form=current)", "warmup(exponential(gamma=0.9), steps=5)",
    "join(constant, at=6, b=cosine)", "join(linear(start=0.1, end=1), at=5, b=polynomial)",
    "join(warmup(constant, steps=3), at=8, b=linear(end=0.2))",
]
DEFAULTS = ["step", "multistep", "inverse-time", "cyclic", "warm-restarts", "inverse-sqrt", "wsd",
            "warmup(cosine)", "join(constant, b=cosine)"]
TOTALS = (10, 37, 100)


def close(a, b):
    return all(abs(x - y) <= 1e-13 for x, y in zip(a, b))


def schedules():
    for recipe in RECIPES + DEFAULTS:
        for total in TOTALS:
            factors, source = [curve(recipe)(t, total) for t in range(total + 1)], "closed form"
            o = optimizer()
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                scheduler = torch_scheduler(recipe, total, o)
                if scheduler:
                    # OneCycleLR ends with its last step, which is T − 1.
                    count = total + (parse(recipe).name != "one-cycle")
                    rates = driven(o, scheduler, count)
                    assert close(factors, rates), f"{recipe}: {type(scheduler).__name__} differs"
                    factors[:count] = rates
                    source = f"torch 1.13 {type(scheduler).__name__}"
            yield {"recipe": recipe, "total": total, "source": source, "factors": factors,
                   "tolerance": 1e-13}
