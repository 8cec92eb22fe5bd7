"""Networks by torch 1.13 in double precision: losses and their derivatives by automatic
differentiation, the Hessian as a whole matrix, Adam's runs, batch normalisation by kept statistics.

Data and parameters are no part of the file. They are numbers of a closed formula, whose integers
and one division give the same doubles everywhere:

    number(i, stream) = ((i + 10 + 137 stream)³ mod 1013)/506 − 1

a permutation of [−1, 1] in steps of 1/506. Of stream
    0  θ_i = 0.7 number(i), and 1 + that for the scales of batch normalisation
    1  inputs, example after example: 1.5 number
    2  targets of the squared loss, example after example: number
    3, 4  the directions v and w: number
    5  inputs that are no training examples: 1.5 number
    6  the diagonal D: 1.5 + number
The label of example j is j mod the number of classes. θ has the core's order: of each layer W
(column after column), then b, or γ and β, then the shortcut S.
"""

import itertools
import math

import numpy as np
import torch
from torch.nn import functional as F

EPSILON = 1e-5  # of batch normalisation
LEAK = 0.01
ROUNDING = 2.0**-53
TOLERANCE = 1e-12

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)

PARAMETERS, INPUTS, TARGETS, V, W, OTHERS, DIAGONAL = range(7)

ACTIVATIONS = {
    "identity": lambda z: z,
    "relu": F.relu,
    "leaky-relu": lambda z: F.leaky_relu(z, LEAK),
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "gelu": F.gelu,
    "silu": F.silu,
    "softplus": F.softplus,
    "sin": torch.sin,
}
KINKED = ("relu", "leaky-relu")


def numbers(stream, n):
    return torch.tensor([(i + 10 + 137 * stream) ** 3 % 1013 / 506 - 1 for i in range(n)])


class Network:
    def __init__(self, layers, activation, loss, examples, bias=True, batchNorm=False,
                 residual=False, branchScale=1.0):
        self.row = {key: value for key, value in locals().items() if key != "self"}
        self.layers, self.activation, self.loss = layers, activation, loss
        self.bias, self.batch_norm, self.residual = bias, batchNorm, residual
        self.branch_scale = branchScale
        self.inputs = 1.5 * numbers(INPUTS, examples * layers[0]).reshape(examples, -1)
        self.classes = 0 if loss == "squared" else max(2, layers[-1])
        self.theta, self.size = self.start()
        self.v, self.w = numbers(V, self.size), numbers(W, self.size)
        self.kinks = []  # distances from them in a pass

    def blocks(self):
        """Shapes of each layer's parameters, in order."""
        for l, (k, m) in enumerate(zip(self.layers, self.layers[1:])):
            hidden = l + 2 < len(self.layers)
            yield "W", (m, k)
            if hidden and self.batch_norm:
                yield "gamma", (m,)
                yield "beta", (m,)
            elif self.bias:
                yield "b", (m,)
            if hidden and self.residual and m != k:
                yield "S", (m, k)

    def start(self):
        shift = [float(name == "gamma") for name, shape in self.blocks()
                 for _ in range(math.prod(shape))]
        return 0.7 * numbers(PARAMETERS, len(shift)) + torch.tensor(shift), len(shift)

    def unpack(self, theta):
        """A dictionary of tensors for each layer."""
        layers, at = [], 0
        for name, shape in self.blocks():
            part = theta[at:at + math.prod(shape)]
            at += math.prod(shape)
            if name == "W":
                layers.append({})
            layers[-1][name] = part if len(shape) == 1 else part.reshape(shape[::-1]).T
        return layers

    def outputs(self, theta, a, kept=None):
        """f for the rows of a. Batch normalisation goes by the rows' own statistics, or by those
        that are kept: [(mean, biased variance)] of each hidden layer."""
        *hidden, head = self.unpack(theta)
        for l, p in enumerate(hidden):
            u = F.linear(a, p["W"], p.get("b"))
            if self.batch_norm:
                mean, variance = kept[l] if kept else (None, None)
                u = F.batch_norm(u, mean, variance, p["gamma"], p["beta"], training=not kept,
                                 eps=EPSILON)
            if self.activation in KINKED:
                self.kinks.append(u.detach().abs().min().item())
            h = ACTIVATIONS[self.activation](u)
            if self.residual:
                h = (F.linear(a, p["S"]) if "S" in p else a) + self.branch_scale * h
            a = h
        return F.linear(a, head["W"], head.get("b"))

    def statistics(self, theta):
        """What the training examples as one batch have of mean and variance before each
        normalisation: a network that ends there gives it out."""
        kept = []
        for l in range(1, len(self.layers) - 1):
            below = Network(self.layers[:l + 1], **{key: value for key, value in self.row.items()
                                                   if key != "layers"})
            below.bias = False  # its head is this layer's W
            z = below.outputs(theta, self.inputs)
            kept.append((z.mean(0), z.var(0, unbiased=False)))
        return kept

    def loss_of(self, f):
        n = len(f)
        label = torch.arange(n) % max(1, self.classes)
        if self.loss == "squared":
            targets = numbers(TARGETS, f.numel()).reshape(f.shape)
            return F.mse_loss(f, targets, reduction="sum") / (2 * n)
        if self.loss == "softmax":
            return F.cross_entropy(f, label)
        positive = label[:, None] == (torch.ones(1, dtype=int) if self.classes == 2
                                      else torch.arange(self.classes))
        if self.loss == "logistic":
            return F.binary_cross_entropy_with_logits(f, positive.double(), reduction="sum") / n
        room = 1 - torch.where(positive, f, -f)
        self.kinks.append(room.detach().abs().min().item())
        return F.relu(room).sum() / n

    def value(self, theta):
        return self.loss_of(self.outputs(theta, self.inputs))

    def describe(self):
        parts = ["-".join(map(str, self.layers)), self.activation, self.loss]
        parts += ["no bias"] * (not self.bias) + ["batch norm"] * self.batch_norm
        parts += ["residual"] * self.residual
        return " ".join(parts)


def derivatives(f, x, v, w):
    """f(x), its gradient's norm and its products with v and w; of ∇²f v the same."""
    x = x.clone().requires_grad_()
    value = f(x)
    g, = torch.autograd.grad(value, x, create_graph=True)
    h, = torch.autograd.grad(g @ v, x)
    return {"value": value.item(), "gradient": [c.item() for c in (g.norm(), g @ v, g @ w)],
            "product": [c.item() for c in (h.norm(), h @ v, h @ w)]}


def apart(f, network):
    """How far vᵀ∇²f v by differences of gradients is from the second backward pass."""
    x, v, width = network.theta, network.v, 1e-6

    def gradient(at):
        at = at.clone().requires_grad_()
        return torch.autograd.grad(f(at), at)[0]

    slope = (gradient(x + width * v) - gradient(x - width * v)) / (2 * width)
    found = derivatives(f, x, v, network.w)["product"]
    return abs((slope @ v).item() - found[1]) / (slope.norm() * v.norm()).item()


def shaken(x, seed=1, roundings=4):
    random = np.random.default_rng(seed)
    return x * (1 + roundings * ROUNDING * torch.from_numpy(random.uniform(-1, 1, len(x))))


def change(a, b, lengths):
    """Largest difference of two derivatives(): of the value, and of products over the lengths of
    their factors."""
    most = abs(a["value"] - b["value"]) / max(1, abs(a["value"]))
    for key in ("gradient", "product"):
        scale = a[key][0] or 1
        most = max([most] + [abs(p - q) / (scale * length) for p, q, length
                             in zip(a[key], b[key], (1.0, *lengths))])
    return most


def derived(network, f, tolerance):
    """Derivatives of f at θ with what is wrong with them."""
    lengths = network.v.norm().item(), network.w.norm().item()
    found = derivatives(f, network.theta, network.v, network.w)
    problems = []
    if min(network.kinks, default=1) < 1e-4:
        problems.append(f"{min(network.kinks):.1e} from a kink")
    if not found["gradient"][0] > 1e-3:
        problems.append("hardly a gradient")
    gap = apart(f, network)
    if not gap < 1e-6:
        problems.append(f"differences give another product: {gap:.1e}")
    off = max(change(found, derivatives(f, shaken(network.theta, seed), network.v, network.w),
                     lengths) for seed in range(3))
    if not off < tolerance / 4:
        problems.append(f"magnifies roundings: {off:.1e}")
    return found, problems


def point(network, tolerance=TOLERANCE):
    found, problems = derived(network, network.value, tolerance)
    return {"derivatives": found}, tolerance, problems


def walk(network, steps, roundings=0):
    random = np.random.default_rng(1)
    theta = network.theta.clone().requires_grad_()
    adam = torch.optim.Adam([theta], lr=0.01)
    losses = []
    for _ in range(steps):
        adam.zero_grad()
        loss = network.value(theta)
        loss.backward()
        losses.append(loss.item())
        size = roundings * ROUNDING * theta.grad.abs().max()
        theta.grad += size * torch.from_numpy(random.uniform(-1, 1, network.size))
        adam.step()
    losses.append(network.value(theta).item())
    return np.array(losses), theta.detach().numpy()


def run(network, tolerance=10 * TOLERANCE, steps=20):  # Adam divides by small gradients
    losses, end = walk(network, steps)
    problems = []
    off = max(np.abs(a - b).max() for a, b in zip((losses, end), walk(network, steps, 4)))
    if not off < tolerance / 4:
        problems.append(f"magnifies roundings: {off:.1e}")
    if not losses[-1] < losses[0]:
        problems.append("does not descend")
    results = {"lr": 0.01, "losses": losses.tolist(), "end": end.tolist()}
    return {"adam": results}, tolerance, problems


def spectrum(network, tolerance=TOLERANCE):
    h = torch.autograd.functional.hessian(network.value, network.theta).numpy()
    d = 1.5 + numbers(DIAGONAL, network.size).numpy()
    scaled = h / np.sqrt(np.outer(d, d))
    problems = []
    if not np.abs(h - h.T).max() < 1e-14 * np.abs(h).max():
        problems.append("no symmetric Hessian")

    def of(matrix):
        values = np.linalg.eigvalsh((matrix + matrix.T) / 2)
        if not values[-1] - values[-2] > 0.05 * values[-1]:
            problems.append("two top eigenvalues close together")
        return {"top": float(values[-1]), "trace": float(np.trace(matrix)),
                "norm": float(np.linalg.norm(matrix))}

    return {"hessian": of(h), "preconditioned": of(scaled)}, tolerance, problems


def evaluation(network, tolerance=TOLERANCE, n=7):
    others = 1.5 * numbers(OTHERS, n * network.layers[0]).reshape(n, -1)
    with torch.no_grad():
        kept = network.statistics(network.theta)
    found, problems = derived(
        network, lambda theta: network.loss_of(network.outputs(theta, others, kept)), tolerance)
    outputs = network.outputs(network.theta, others, kept)
    found["outputs"] = outputs.tolist()
    if torch.equal(outputs, network.outputs(network.theta, others)):
        problems.append("the kept statistics make no difference")
    return {"evaluation": found}, tolerance, problems


# ---- the data ----

SHAPES = [{}, {"batchNorm": True}, {"residual": True, "branchScale": 0.8},
          {"batchNorm": True, "residual": True, "branchScale": 0.8}]
LOSSES = ["squared", "logistic", "softmax", "hinge"]

RUNS = [Network([2, 8, 8, 1], "tanh", "logistic", 19),
        Network([2, 8, 8, 3], "relu", "softmax", 19, batchNorm=True),
        Network([2, 8, 8, 2], "gelu", "squared", 19, residual=True)]
SPECTRA = [Network([2, 8, 8, 1], "tanh", "logistic", 19),
           Network([2, 8, 8, 3], "tanh", "softmax", 19, batchNorm=True),
           Network([2, 8, 8, 2], "gelu", "squared", 19, residual=True),
           Network([2, 6, 4, 3], "silu", "softmax", 19, batchNorm=True, residual=True,
                   branchScale=0.5),
           Network([2, 4, 4, 4, 2], "identity", "squared", 19, bias=False)]
EVALUATIONS = [Network([2, 5, 5, 4, 3], "tanh", "logistic", 11, batchNorm=True),
               Network([2, 5, 5, 4, 3], "relu", "softmax", 11, batchNorm=True),
               Network([2, 5, 5, 4, 3], "silu", "squared", 11, batchNorm=True, residual=True,
                       branchScale=0.8)]


def networks():
    """Rows, each with what is wrong with it."""
    points = [Network([2, 5, 5, 4, 3], activation, loss, 11, **shape)
              for activation, loss, shape in itertools.product(ACTIVATIONS, LOSSES, SHAPES)]
    for find, cases in ((point, points), (run, RUNS), (spectrum, SPECTRA),
                        (evaluation, EVALUATIONS)):
        for network in cases:
            results, tolerance, problems = find(network)
            yield {"name": network.describe(), **network.row, "tolerance": tolerance,
                   **results}, problems
