"""Landscapes by a route of their own: a polynomial is kept as its expanded coefficients, derived
term by term, and evaluated in exact rational arithmetic with one rounding at the end. What is not
a polynomial is differentiated by mpmath in forty digits.
"""

import math
from fractions import Fraction

import mpmath
import numpy as np

from recipe import parse


F = Fraction


class Polynomial:
    """A polynomial in x and y: {(power of x, power of y): exact coefficient}."""

    def __init__(self, terms):
        self.terms = {powers: Fraction(c) for powers, c in terms.items() if c != 0}

    def __add__(self, other):
        other = _polynomial(other)
        powers = self.terms.keys() | other.terms.keys()
        return Polynomial({p: self.terms.get(p, 0) + other.terms.get(p, 0) for p in powers})

    def __mul__(self, other):
        product = {}
        for (i, j), a in self.terms.items():
            for (k, l), b in _polynomial(other).terms.items():
                product[i + k, j + l] = product.get((i + k, j + l), 0) + a * b
        return Polynomial(product)

    def __pow__(self, n):
        return math.prod([self] * n, start=_polynomial(1))

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -_polynomial(other)

    def __rsub__(self, other):
        return _polynomial(other) - self

    __radd__, __rmul__ = __add__, __mul__

    def derived(self, axis):
        result = {}
        for powers, c in self.terms.items():
            if powers[axis] > 0:
                lower = tuple(p - (a == axis) for a, p in enumerate(powers))
                result[lower] = c * powers[axis]
        return Polynomial(result)

    def __call__(self, point):
        x, y = Fraction(float(point[0])), Fraction(float(point[1]))
        return float(sum(c * x**i * y**j for (i, j), c in self.terms.items()))


def _polynomial(value):
    return value if isinstance(value, Polynomial) else Polynomial({(0, 0): value})


X, Y = Polynomial({(1, 0): 1}), Polynomial({(0, 1): 1})


class Exact:
    """A polynomial landscape."""

    source = "exact rational arithmetic"

    def __init__(self, polynomial):
        self.f = polynomial
        self._gradient = [polynomial.derived(i) for i in (0, 1)]
        self._hessian = [[d.derived(i) for i in (0, 1)] for d in self._gradient]

    def grad(self, point):
        return np.array([d(point) for d in self._gradient])

    def hess(self, point):
        return np.array([[d(point) for d in row] for row in self._hessian])


class Precise:
    """A landscape given by an expression of mpmath's."""

    source = "mpmath, 40 digits"

    def __init__(self, expression):
        self.expression = expression

    def _derivative(self, point, orders):
        with mpmath.workdps(40):
            return float(mpmath.diff(self.expression, tuple(map(float, point)), orders))

    def f(self, point):
        return self._derivative(point, (0, 0))

    def grad(self, point):
        return np.array([self._derivative(point, orders) for orders in ((1, 0), (0, 1))])

    def hess(self, point):
        xx, xy, yy = (self._derivative(point, orders) for orders in ((2, 0), (1, 1), (0, 2)))
        return np.array([[xx, xy], [xy, yy]])


def bowl(kappa=10.0, rotation=0.0):
    """½(u² + κv²), where (u, v) is (x, y) turned back by the rotation."""
    angle = math.radians(rotation)
    c, s = F(math.cos(angle)), F(math.sin(angle))  # each off by a rounding
    u, v = X * c + Y * s, Y * c - X * s
    return Exact((u**2 + v**2 * F(kappa)) * F(1, 2))


def styblinski_tang():
    """As published, raised so that its lowest value is 0."""
    with mpmath.workdps(40):
        least = min(mpmath.re(x) for x in mpmath.polyroots([4, 0, -32, 5], maxsteps=200))
        depth = least**4 - 16 * least**2 + 5 * least  # half of it for each coordinate
    lifted = F(str(-depth))
    return Exact((X**4 - 16 * X**2 + 5 * X + Y**4 - 16 * Y**2 + 5 * Y) * F(1, 2) + lifted)


def ackley(x, y):
    turn = 2 * mpmath.pi
    return (20 + mpmath.e - 20 * mpmath.exp(-mpmath.sqrt((x * x + y * y) / 2) / 5)
            - mpmath.exp((mpmath.cos(turn * x) + mpmath.cos(turn * y)) / 2))


def rastrigin(x, y):
    return 20 + sum(c * c - 10 * mpmath.cos(2 * mpmath.pi * c) for c in (x, y))


def ravine(x, y):
    return x * x / 20 + 10 * (y - mpmath.sin(x)) ** 2


def cliff(x, y):
    return (mpmath.exp(4 * x) - 1 - 4 * x) / 8 + y * y / 2


def plateau(x, y):
    square = x * x + y * y
    return 2 * (1 - mpmath.exp(-square / 2)) + square / 200


def double_well(sharp=0.25, flat=1.0, difference=0.0):
    """Wells at ∓3/2 of widths s and w, the flat one higher by the difference."""
    s, w, rise = map(mpmath.mpf, (sharp, flat, difference))

    def f(x, y):
        u = 1 - mpmath.exp(-((2 * x + 3) / s) ** 2 / 8)
        v = 1 - mpmath.exp(-((2 * x - 3) / w) ** 2 / 8)
        # Where the sharp one is raised instead, the lowest value stays 0.
        lift = rise * u / (u + v) if rise >= 0 else -rise * v / (u + v)
        return (1 + x * x / 10) * u * v + lift + y * y / 2

    return Precise(f)


def sparse(x, y):
    stripe = mpmath.exp(6 * mpmath.cos(mpmath.pi * x) - 6)
    return x * x / 2 + y * y * stripe / 16 + (1 - stripe) / 4


TYPED = "x^2*sin(3*y) + exp(-x*y)/(1 + y^2) - tanh(x)^3"


def typed(f):
    assert f == TYPED
    return Precise(lambda x, y: x * x * mpmath.sin(3 * y) + mpmath.exp(-x * y) / (1 + y * y)
                   - mpmath.tanh(x) ** 3)


SURFACES = {
    "bowl": bowl,
    "rosenbrock": lambda: Exact((1 - X) ** 2 + 100 * (Y - X**2) ** 2),
    "beale": lambda: Exact((F(3, 2) - X + X * Y) ** 2 + (F(9, 4) - X + X * Y**2) ** 2
                           + (F(21, 8) - X + X * Y**3) ** 2),
    "himmelblau": lambda: Exact((X**2 + Y - 11) ** 2 + (X + Y**2 - 7) ** 2),
    "saddle": lambda: Exact(X**2 * F(1, 2) + (Y**2 - 4) ** 2 * F(1, 16)),
    "booth": lambda: Exact((X + 2 * Y - 7) ** 2 + (2 * X + Y - 5) ** 2),
    "three-hump-camel": lambda: Exact(2 * X**2 - F(21, 20) * X**4 + X**6 * F(1, 6) + X * Y + Y**2),
    "styblinski-tang": styblinski_tang,
    "rastrigin": lambda: Precise(rastrigin),
    "ackley": lambda: Precise(ackley),
    "ravine": lambda: Precise(ravine),
    "cliff": lambda: Precise(cliff),
    "plateau": lambda: Precise(plateau),
    "monkey-saddle": lambda: Exact((X**3 - 3 * X * Y**2) * F(1, 2)
                                   + (X**2 + Y**2) ** 2 * F(3, 16) + 1),
    "double-well": double_well,
    "sparse": lambda: Precise(sparse),
    "custom": typed,
}


def surface(recipe):
    r = parse(recipe)
    return SURFACES[r.name](**r.knobs)


# ---- the data ----

POINTS = [(0.3, -0.7), (-1.2, 1.1), (1.9, 0.4), (-0.55, -2.15), (2.6, 1.85), (-2.05, 0.15)]
PLACES = ["bowl", "bowl(kappa=25, rotation=30)", "bowl(kappa=300, rotation=-75)",
          "double-well(sharp=0.4, flat=0.8, difference=0.3)", f'custom(f="{TYPED}")',
          *(name for name in SURFACES if name not in ("bowl", "custom"))]


def landscapes():
    for recipe in PLACES:
        place = surface(recipe)
        for point in POINTS:
            yield {"landscape": recipe, "source": place.source, "point": list(point),
                   "value": float(place.f(point)), "gradient": place.grad(point).tolist(),
                   "hessian": place.hess(point).tolist(), "tolerance": 1e-12}
