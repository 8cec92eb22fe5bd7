"""Optimizers written apart from the core, in another form: no rule here updates a moment. Each is a
function of all that was seen so far, so a moment is a sum over every past gradient with its weight
written out, a corrected moment is a weighted mean, a running maximum is a maximum over the past.
"""

import inspect
import math

import numpy as np

from pcg import Random

METHODS = {}


class History:
    """What an optimizer has seen up to step t: rates, points at which steps began, gradients."""

    def __init__(self, base):
        self.base = base  # the rate before its schedule
        self.eta, self.x, self.g, self.notes = [], [], [], []
        self.oracle = None

    @property
    def t(self):
        return len(self.x)

    def ask(self, decay=0.0, at=None):
        """The gradient at the point (or at another), with coupled decay; it is kept in g."""
        g = self.oracle.grad(self.x[-1] if at is None else at) + decay * self.x[-1]
        self.g.append(g)
        return g


class Method:
    is_judged_elsewhere = False  # than at its iterate

    def __init__(self, rule, lr):
        self.rule, self.lr, self.history = rule, lr, History(lr)

    def step(self, oracle, x, eta):
        h = self.history
        h.oracle = oracle
        h.x.append(x)
        h.eta.append(eta)
        return self.rule(h)

    def loss(self, oracle, x):
        return oracle.f(x)

    def evaluation(self, x):
        return x


def method(name, lr=0.01):
    """Register a maker of rules; its arguments are the knobs with their defaults."""

    def register(maker):
        METHODS[name] = (maker, lr)
        return maker

    return register


def knobs_of(recipe, maker, also=()):
    """The arguments of a maker from a recipe; a knob that it does not have is an error. Python's
    own words have an underscore here: lambda_."""
    defaults = {k: p.default for k, p in inspect.signature(maker).parameters.items()
                if p.default is not inspect.Parameter.empty}
    unknown = set(recipe.knobs) - {k.rstrip("_") for k in defaults} - set(also)
    assert not unknown, f"{recipe.name} has no {unknown}"
    return {k: type(d)(recipe.get(k.rstrip("_"), d)) for k, d in defaults.items()}


def build_method(recipe):
    maker, lr = METHODS[recipe.name]
    return Method(maker(**knobs_of(recipe, maker, {"lr", "schedule"})), recipe.get("lr", lr))


# ---- sums over the past ----


def combine(weights, vectors):
    """Σ wᵢ vᵢ with one rounding."""
    return np.array([math.fsum(w * v[k] for w, v in zip(weights, vectors))
                     for k in range(len(vectors[0]))])


def discounts(beta, n):
    """β^(n−1), …, β, 1."""
    return [beta**i for i in range(n - 1, -1, -1)]


def discounted(beta, vectors):
    """Σ β^(t−i) vᵢ."""
    return combine(discounts(beta, len(vectors)), vectors)


def averaged(beta, vectors):
    """(1 − β) Σ β^(t−i) vᵢ, the average that starts at zero; no vectors give zero."""
    return (1 - beta) * discounted(beta, vectors) if vectors else 0.0


def weighted_mean(beta, vectors):
    """Σ β^(t−i) vᵢ / Σ β^(t−i): what a bias correction makes of the average."""
    return discounted(beta, vectors) / math.fsum(discounts(beta, len(vectors)))


def squares(vectors):
    return [v * v for v in vectors]


def over(a, b):
    """a / b, and 0 where a is 0."""
    return np.divide(a, b, out=np.zeros_like(a), where=a != 0)


def unit(v):
    length = np.linalg.norm(v)
    return v / length if length > 0 else v


# ---- first order ----


@method("sgd", lr=0.1)
def sgd(weightDecay=0.0):
    return lambda h: h.x[-1] - h.eta[-1] * h.ask(weightDecay)


@method("momentum")
def momentum(beta=0.9, form="sum", weightDecay=0.0):
    def rule(h):
        h.ask(weightDecay)
        if form == "heavy-ball":  # each gradient keeps the rate of its own step
            return h.x[-1] - discounted(beta, [e * g for e, g in zip(h.eta, h.g)])
        share = {"sum": 1, "ema": 1 - beta}[form]
        return h.x[-1] - h.eta[-1] * share * discounted(beta, h.g)

    return rule


@method("nesterov")
def nesterov(beta=0.9, form="look-ahead", betaRule="constant"):
    def beta_at(t):
        return beta if betaRule == "constant" else (t - 1) / (t + 2)

    def velocity(g):
        """v after these gradients: each is multiplied by every β that came after it."""
        weights = [math.prod(beta_at(j) for j in range(i + 1, len(g) + 1))
                   for i in range(1, len(g) + 1)]
        return combine(weights, g) if g else 0.0

    def rule(h):
        x, eta, b = h.x[-1], h.eta[-1], beta_at(h.t)
        if form == "look-ahead":
            h.ask(at=x - eta * b * velocity(h.g))
            return x - eta * velocity(h.g)
        g = h.ask()
        return x - eta * (g + b * velocity(h.g))

    return rule


@method("signsgd")
def signsgd():
    return lambda h: h.x[-1] - h.eta[-1] * np.sign(h.ask())


@method("signum")
def signum(beta=0.9):
    def rule(h):
        h.ask()
        return h.x[-1] - h.eta[-1] * np.sign(discounted(beta, h.g))

    return rule


@method("softsign")
def softsign(beta=0.9, smoothing=1e-4):
    def rule(h):
        h.ask()
        m = averaged(beta, h.g)
        return h.x[-1] - h.eta[-1] * m / np.hypot(m, math.sqrt(smoothing))

    return rule


@method("lion")
def lion(beta1=0.9, beta2=0.99, weightDecay=0.0):
    def rule(h):
        g = h.ask()
        c = beta1 * averaged(beta2, h.g[:-1]) + (1 - beta1) * g
        return (1 - h.eta[-1] * weightDecay) * h.x[-1] - h.eta[-1] * np.sign(c)

    return rule


# ---- adaptive ----


def placed(v, epsilon, placement):
    return np.sqrt(v + epsilon) if placement == "inside" else np.sqrt(v) + epsilon


@method("adagrad", lr=0.1)
def adagrad(epsilon=1e-10, epsilonPlacement="outside"):
    def rule(h):
        g = h.ask()
        return h.x[-1] - h.eta[-1] * over(g, placed(discounted(1, squares(h.g)), epsilon,
                                                    epsilonPlacement))

    return rule


@method("rmsprop")
def rmsprop(beta=0.9, epsilon=1e-8, epsilonPlacement="outside"):
    def rule(h):
        g = h.ask()
        return h.x[-1] - h.eta[-1] * over(g, placed(averaged(beta, squares(h.g)), epsilon,
                                                    epsilonPlacement))

    return rule


def moment(beta, vectors, is_corrected, start="zero"):
    if start == "first-gradient":  # the first counts as if it had always been there
        t = len(vectors)
        weights = [beta ** (t - 1)] + [(1 - beta) * w for w in discounts(beta, t - 1)]
        return combine(weights, vectors)
    return (weighted_mean if is_corrected else averaged)(beta, vectors)


def adam_direction(g, beta1, beta2, epsilon, biasCorrection="both", start="zero",
                   epsilonPlacement="outside"):
    corrects_second = biasCorrection in ("both", "second")
    m = moment(beta1, g, biasCorrection in ("both", "first"), start)
    v = moment(beta2, squares(g), corrects_second, start)
    if epsilonPlacement == "hat":
        ratio = 1 - beta2 ** len(g) if corrects_second and start == "zero" else 1
        return over(m, np.sqrt(v) + epsilon / math.sqrt(ratio))
    return over(m, placed(v, epsilon, epsilonPlacement))


@method("adam", lr=0.001)
def adam(beta1=0.9, beta2=0.999, epsilon=1e-8, biasCorrection="both", start="zero",
         epsilonPlacement="outside", weightDecay=0.0):
    def rule(h):
        h.ask(weightDecay)
        return h.x[-1] - h.eta[-1] * adam_direction(h.g, beta1, beta2, epsilon, biasCorrection,
                                                    start, epsilonPlacement)

    return rule


@method("adamw", lr=0.001)
def adamw(beta1=0.9, beta2=0.999, epsilon=1e-8, biasCorrection="both", start="zero",
          epsilonPlacement="outside", weightDecay=0.01, decayScale="rate"):
    def rule(h):
        h.ask()
        scale = h.eta[-1] if decayScale == "rate" else h.eta[-1] / h.base
        return (1 - scale * weightDecay) * h.x[-1] - h.eta[-1] * adam_direction(
            h.g, beta1, beta2, epsilon, biasCorrection, start, epsilonPlacement)

    return rule


@method("amsgrad", lr=0.001)
def amsgrad(beta1=0.9, beta2=0.999, epsilon=1e-8, biasCorrection="both", start="zero",
            epsilonPlacement="outside", weightDecay=0.0):
    def rule(h):
        h.ask(weightDecay)
        m = moment(beta1, h.g, biasCorrection in ("both", "first"), start)
        v = np.max([moment(beta2, squares(h.g[:i]), False, start) for i in range(1, h.t + 1)],
                   axis=0)
        if biasCorrection in ("both", "second") and start == "zero":
            v = v / (1 - beta2**h.t)
        return h.x[-1] - h.eta[-1] * over(m, placed(v, epsilon, epsilonPlacement))

    return rule


@method("nadam", lr=0.001)
def nadam(beta1=0.9, beta2=0.999, epsilon=1e-8, momentumSchedule="warming", weightDecay=0.0):
    def mu(t):
        return beta1 * (1 - 0.5 * 0.96 ** (0.004 * t) if momentumSchedule == "warming" else 1)

    def rule(h):
        g, t = h.ask(weightDecay), h.t
        product = math.prod(mu(i) for i in range(1, t + 1))
        now = (1 - mu(t)) / (1 - product)
        ahead = mu(t + 1) / (1 - product * mu(t + 1))
        return h.x[-1] - h.eta[-1] * over(
            now * g + ahead * averaged(beta1, h.g),
            np.sqrt(weighted_mean(beta2, squares(h.g))) + epsilon)

    return rule


@method("radam", lr=0.001)
def radam(beta1=0.9, beta2=0.999, epsilon=1e-8, threshold=5.0, weightDecay=0.0):
    def rule(h):
        h.ask(weightDecay)
        t, limit = h.t, 2 / (1 - beta2) - 1
        length = limit - 2 * t * beta2**t / (1 - beta2**t)
        m = weighted_mean(beta1, h.g)
        if length <= threshold:
            return h.x[-1] - h.eta[-1] * m
        r = math.sqrt((length - 4) / (limit - 4) * (length - 2) / (limit - 2) * limit / length)
        v = averaged(beta2, squares(h.g))
        return h.x[-1] - h.eta[-1] * r * math.sqrt(1 - beta2**t) * over(m, np.sqrt(v) + epsilon)

    return rule


@method("adamax", lr=0.002)
def adamax(beta1=0.9, beta2=0.999, epsilon=1e-8, weightDecay=0.0):
    def rule(h):
        h.ask(weightDecay)
        u = np.max([w * (abs(g) + epsilon) for w, g in zip(discounts(beta2, h.t), h.g)], axis=0)
        return h.x[-1] - h.eta[-1] * weighted_mean(beta1, h.g) / u

    return rule


@method("adadelta", lr=1.0)
def adadelta(rho=0.9, epsilon=1e-6):
    def rule(h):
        g = h.ask()
        d = averaged(rho, squares(h.notes))  # of the steps taken before this one
        v = averaged(rho, squares(h.g))
        h.notes.append(np.sqrt((d + epsilon) / (v + epsilon)) * g)
        return h.x[-1] - h.eta[-1] * h.notes[-1]

    return rule


@method("sophia")
def sophia(beta1=0.96, beta2=0.99, gamma=0.01, epsilon=1e-12, k=10, seed=1):
    random = Random.of(seed, "signs of Sophia")

    def rule(h):
        h.ask()
        if (h.t - 1) % k == 0:
            # uᵢ = ±1 by the last bit of a word, in the order of the coordinates.
            u = np.array([2.0 * (random.bits() & 1) - 1 for _ in h.x[-1]])
            h.notes.append(u * (h.oracle.hess(h.x[-1]) @ u))
        curvature = averaged(beta2, h.notes)
        ratio = averaged(beta1, h.g) / np.maximum(gamma * curvature, epsilon)
        return h.x[-1] - h.eta[-1] * np.sign(ratio) * np.minimum(abs(ratio), 1)

    return rule


# ---- matrix-aware, on a vector as an n × 1 matrix, and by blocks (here one) ----


def iterated(sigma, orthogonaliser, steps):
    """What a Newton–Schulz iteration makes of a singular value."""
    jordan = (3.4445, -4.7750, 2.0315)
    plans = {"quintic-kj": [jordan] * steps, "quintic": [(15 / 8, -5 / 4, 3 / 8)] * steps,
             "cubic": [(3 / 2, -1 / 2, 0)] * steps,
             "hybrid": [jordan] * 8 + [(2, -3 / 2, 1 / 2)] * 2}
    for a, b, c in plans[orthogonaliser]:
        sigma = a * sigma + b * sigma**3 + c * sigma**5
    return sigma


def orthogonalised(u, orthogonaliser, steps):
    """By singular values, on which the iterations act one by one."""
    left, sigma, right = np.linalg.svd(u, full_matrices=False)
    if orthogonaliser == "svd":
        sigma = (sigma > 1e-15 * sigma[0]).astype(float)
    else:
        sigma = iterated(sigma / (np.linalg.norm(u) + 1e-7), orthogonaliser, steps)
    return left @ np.diag(sigma) @ right


@method("muon", lr=0.02)
def muon(beta=0.95, form="sum", nesterov=True, orthogonaliser="quintic-kj", steps=5, scale="none",
         weightDecay=0.0):
    def rule(h):
        g = h.ask()
        share = 1 if form == "sum" else 1 - beta
        m = share * discounted(beta, h.g)
        u = (share * g + beta * m if nesterov else m).reshape(-1, 1)
        rows, cols = u.shape
        s = {"none": 1, "aspect": math.sqrt(max(1, rows / cols)),
             "rms": 0.2 * math.sqrt(max(rows, cols))}[scale]
        o = orthogonalised(u, orthogonaliser, steps).ravel()
        return h.x[-1] - h.eta[-1] * (s * o + weightDecay * h.x[-1])

    return rule


def inverse_fourth_root(matrix):
    values, vectors = np.linalg.eigh(matrix)
    return vectors @ np.diag(values**-0.25) @ vectors.T


@method("shampoo", lr=0.1)
def shampoo(epsilon=1e-4):
    def rule(h):
        g = h.ask().reshape(-1, 1)
        left = sum(a.reshape(-1, 1) @ a.reshape(1, -1) for a in h.g)
        right = sum(a.reshape(1, -1) @ a.reshape(-1, 1) for a in h.g)
        return h.x[-1] - h.eta[-1] * (
            inverse_fourth_root(left + epsilon * np.eye(len(left))) @ g
            @ inverse_fourth_root(right + epsilon * np.eye(len(right)))).ravel()

    return rule


@method("lars", lr=1.0)
def lars(beta=0.9, trust=0.001, weightDecay=0.0):
    def rule(h):
        g, w = h.ask(), h.x[-1]
        a, b = np.linalg.norm(w), np.linalg.norm(g)
        ratio = trust * a / (b + weightDecay * a) if a > 0 and b > 0 else 1
        h.notes.append(h.eta[-1] * ratio * (g + weightDecay * w))
        return w - discounted(beta, h.notes)

    return rule


@method("normalized")
def normalized(beta=0.9):
    def rule(h):
        h.ask()
        return h.x[-1] - h.eta[-1] * unit(discounted(beta, h.g))

    return rule


@method("lamb", lr=0.001)
def lamb(beta1=0.9, beta2=0.999, epsilon=1e-8, biasCorrection="both", start="zero",
         epsilonPlacement="outside", weightDecay=0.01):
    def rule(h):
        h.ask()
        w = h.x[-1]
        r = weightDecay * w + adam_direction(h.g, beta1, beta2, epsilon, biasCorrection, start,
                                             epsilonPlacement)
        a, b = np.linalg.norm(w), np.linalg.norm(r)
        return w - h.eta[-1] * (a / b if a > 0 and b > 0 else 1) * r

    return rule


# ---- second order and line search ----


@method("newton", lr=1.0)
def newton(delta=1e-3, damping=True):
    def rule(h):
        g, hessian = h.ask(), h.oracle.hess(h.x[-1])
        shift = max(0, delta - np.linalg.eigvalsh(hessian)[0]) if damping else 0
        return h.x[-1] - h.eta[-1] * np.linalg.solve(hessian + shift * np.eye(len(g)), g)

    return rule


@method("newton-cg", lr=1.0)
def newton_cg(iterations=10):
    """Conjugate gradients minimise the model over growing Krylov spaces; here each of these minima
    is solved for at once."""

    def rule(h):
        x, g = h.x[-1], h.ask()
        hessian, n = h.oracle.hess(x), len(g)
        if not g.any():
            return x
        allowed = min(0.5, math.sqrt(np.linalg.norm(g))) * np.linalg.norm(g)
        powers, p, before = [], -g, 1.0
        for j in range(min(iterations, n)):
            powers.append(np.linalg.matrix_power(hessian, j) @ g / np.linalg.norm(g))
            basis = np.linalg.qr(np.array(powers).T)[0]
            inside = basis.T @ hessian @ basis
            # The ratio of determinants is the curvature along the part conjugate to the rest.
            if np.linalg.det(inside) / before <= 0:
                break
            before = np.linalg.det(inside)
            p = -basis @ np.linalg.solve(inside, basis.T @ g)
            if np.linalg.norm(hessian @ p + g) < allowed:
                break
        return x + h.eta[-1] * p

    return rule


@method("armijo")
def armijo(initial=1.0, shrink=0.5, c=1e-4):
    def rule(h):
        x, f, g = h.x[-1], h.oracle.f, h.ask()
        for a in (initial * shrink**i for i in range(1000)):
            if not (x - a * g != x).any():  # below the resolution of x
                return x
            if f(x - a * g) <= f(x) - c * a * (g @ g):
                return x - a * g
        raise ArithmeticError("no fall along the slope")

    return rule


def inverse_hessian(pairs, g):
    """The dense BFGS matrix of the pairs (s, y), oldest first, by its product form."""
    identity = np.eye(len(g))
    if not pairs:
        return min(1, 1 / np.abs(g).sum()) * identity
    s, y = pairs[-1]
    matrix = (s @ y) / (y @ y) * identity
    for s, y in pairs:
        turn = identity - np.outer(y, s) / (s @ y)
        matrix = turn.T @ matrix @ turn + np.outer(s, s) / (s @ y)
    return matrix


def wolfe(f, grad, x, d, c1=1e-4, c2=0.9):
    """A strong Wolfe step from 1 by doubling, then bisection; None where rounding ends the
    search."""
    slope = grad(x) @ d

    def falls(a, least):
        return f(x + a * d) <= f(x) + c1 * a * slope and (least == 0 or
                                                           f(x + a * d) < f(x + least * d))

    least, other, a = 0.0, math.inf, 1.0
    for _ in range(60):
        if not falls(a, least):
            other = a
        else:
            there = grad(x + a * d) @ d
            if abs(there) <= -c2 * slope:
                return a
            if there > 0 if other > least else there < 0:  # the minimum is back towards `least`
                other = least
            least = a
        a = 2 * a if math.isinf(other) else (least + other) / 2
    return None


@method("lbfgs")
def lbfgs(memory=10):
    def rule(h):
        x, g = h.x[-1], h.ask()
        d = -inverse_hessian(h.notes[-memory:], g) @ g
        a = wolfe(h.oracle.f, h.oracle.grad, x, d) if g @ d < 0 else None
        if a is None:
            return x
        s, y = a * d, h.oracle.grad(x + a * d) - g
        if s @ y > 0:
            h.notes.append((s, y))
        return x + s

    return rule


@method("preconditioned", lr=1.0)
def preconditioned(preconditioner="diagonal", delta=1e-3):
    def rule(h):
        g, hessian = h.ask(), h.oracle.hess(h.x[-1])
        if preconditioner == "diagonal":
            hessian = np.diag(np.diag(hessian))
        # Singular values of a symmetric matrix are the sizes of its eigenvalues.
        _, sizes, v = np.linalg.svd(hessian)
        return h.x[-1] - h.eta[-1] * np.linalg.solve(
            v.T @ np.diag(np.maximum(sizes, delta)) @ v, g)

    return rule


def without(m, u):
    """m less its part along the columns of u."""
    return m - u @ np.linalg.lstsq(u, m, rcond=None)[0]


@method("deflated")
def deflated(beta=0.9, k=1, basis="power-iteration"):
    def rule(h):
        h.ask()
        m = discounted(beta, h.g)
        if basis == "gradients":
            return h.x[-1] - h.eta[-1] * without(m, np.array(h.g[-k:]).T)
        # Five rounds a step, never begun anew, are a product of fifth powers on the first guess.
        hessian = h.oracle.hess(h.x[-1])
        h.notes.append(np.linalg.matrix_power(hessian / np.linalg.norm(hessian), 5))
        n = len(m)
        u = np.array([[math.cos((i + 1) * (j + 1)) for j in range(min(k, n))] for i in range(n)])
        for power in h.notes:
            u = power @ u
            u = u / np.linalg.norm(u)
        return h.x[-1] - h.eta[-1] * without(m, u)

    return rule


@method("deflated by eigenvectors")
def deflated_by_eigenvectors(beta=0.9, k=1):
    """What power iteration tends to."""

    def rule(h):
        h.ask()
        values, vectors = np.linalg.eigh(h.oracle.hess(h.x[-1]))
        sharpest = np.argsort(-abs(values))[:k]
        return h.x[-1] - h.eta[-1] * without(discounted(beta, h.g), vectors[:, sharpest])

    return rule
