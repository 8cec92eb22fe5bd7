"""Decorators written apart from the core: what wraps the oracle is a function of the oracle, what
wraps the iterate keeps the whole path so far and computes from it."""

import math

import numpy as np
import torch

from pcg import Random
from rules import METHODS, build_method, combine, discounts, knobs_of

DECORATORS = {}


def decorator(name):
    def register(maker):
        DECORATORS[name] = maker
        return maker

    return register


def build(recipe):
    if recipe.name in METHODS:
        return build_method(recipe)
    maker = DECORATORS[recipe.name]
    return maker(build(recipe.inner[0]), **knobs_of(recipe, maker))


class Decorated:
    """An optimizer around another; `starts` are the points at which its steps began."""

    def __init__(self, inner, seen=None, after=None, evaluation=None):
        self.inner, self.lr, self.starts = inner, inner.lr, []
        self.seen = seen or (lambda oracle, eta: oracle)
        self.after = after or (lambda x, eta, starts: x)
        self.evaluation = evaluation or inner.evaluation
        self.is_judged_elsewhere = evaluation is not None or inner.is_judged_elsewhere

    def loss(self, oracle, x):
        """The value that the inner step sees where it begins."""
        return self.inner.loss(self.seen(oracle, self.lr), x)

    def step(self, oracle, x, eta):
        self.starts.append(x)
        moved = self.inner.step(self.seen(oracle, eta), x, eta)
        return self.after(moved, eta, self.starts)


class Seen:
    """An oracle some of whose answers are replaced."""

    def __init__(self, oracle, **answers):
        self.f = answers.get("f", oracle.f)
        self.grad = answers.get("grad", oracle.grad)
        self.hess = answers.get("hess", oracle.hess)


@decorator("sam")
def sam(inner, rho=0.05, p=2.0):
    def worst(g):
        if not g.any():
            return g
        if math.isinf(p):
            return rho * np.sign(g)
        # The maximum of εᵀg over a sphere is where the gradient of ‖ε‖_p is parallel to g:
        # |ε|^(p−1) ∝ |g|, stretched to the radius.
        e = np.sign(g) * abs(g / abs(g).max()) ** (1 / (p - 1))
        return rho * e / np.linalg.norm(e, ord=p)

    return Decorated(inner, seen=lambda oracle, eta: Seen(
        oracle, grad=lambda x: oracle.grad(x + worst(oracle.grad(x)))))


@decorator("clip")
def clip(inner, norm=1.0):
    def clipped(g):
        return g / max(1, np.linalg.norm(g) / norm)

    return Decorated(inner, seen=lambda oracle, eta: Seen(
        oracle, grad=lambda x: clipped(oracle.grad(x))))


@decorator("l2")
def l2(inner, lambda_=0.01):
    return Decorated(inner, seen=lambda oracle, eta: Seen(
        oracle, f=lambda x: oracle.f(x) + lambda_ * (x @ x) / 2,
        grad=lambda x: oracle.grad(x) + lambda_ * x,
        hess=lambda x: oracle.hess(x) + lambda_ * np.eye(len(x))))


@decorator("decoupled-decay")
def decoupled_decay(inner, lambda_=0.01):
    return Decorated(inner, after=lambda x, eta, starts: x - eta * lambda_ * starts[-1])


@decorator("noise")
def noise(inner, temperature=0.01, seed=1):
    random = Random.of(seed, "Langevin noise")

    def seen(oracle, eta):
        """The function of one step: its slope is off by the same draw wherever it is asked."""
        slope = math.sqrt(2 * temperature / eta) * np.array([random.normal() for _ in range(2)])
        return Seen(oracle, f=lambda x: oracle.f(x) + slope @ x,
                    grad=lambda x: oracle.grad(x) + slope)

    return Decorated(inner, seen=seen)


@decorator("lookahead")
def lookahead(inner, k=5, alpha=0.5):
    slow = []  # all slow weights so far

    def after(x, eta, starts):
        if not slow:
            slow.append(starts[0])
        if len(starts) % k == 0:
            slow.append((1 - alpha) * slow[-1] + alpha * x)
            return slow[-1]
        return x

    return Decorated(inner, after=after, evaluation=lambda x: slow[-1] if slow else x)


@decorator("ema")
def ema(inner, decay=0.99):
    path = []  # with the start, which counts as if the run had always been there

    def after(x, eta, starts):
        path[:] = starts + [x]
        return x

    def average(x):
        weights = [decay ** (len(path) - 1)] + [(1 - decay) * w for w in
                                                discounts(decay, len(path) - 1)]
        return combine(weights, path) if path else x

    return Decorated(inner, after=after, evaluation=average)


@decorator("swa")
def swa(inner, start=50):
    path = []  # the points after each step

    def after(x, eta, starts):
        path.append(x)
        return x

    def mean(x):
        return np.mean(path[start - 1:], axis=0) if len(path) >= start else x

    return Decorated(inner, after=after, evaluation=mean)


@decorator("reduce-on-plateau")
def reduce_on_plateau(inner, factor=0.1, patience=10, threshold=1e-4):
    """The cuts are counted by torch's ReduceLROnPlateau, on an optimizer of rate 1; what is
    progress on a negative loss is not: torch's (1 - threshold) best is above such a best."""
    method = Decorated(inner)
    watched = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    judge = torch.optim.lr_scheduler.ReduceLROnPlateau(
        watched, factor=factor, patience=patience, threshold=threshold, eps=0)
    judge.is_better = lambda loss, best: not np.isfinite(best) or best - loss > threshold * abs(best)

    def step(oracle, x, eta):
        loss, scale = inner.loss(oracle, x), watched.param_groups[0]["lr"]
        judge.step(loss)
        return inner.step(oracle, x, scale * eta)

    method.step = step
    return method
