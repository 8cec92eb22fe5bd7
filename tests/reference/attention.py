"""Attention and small transformers by torch 1.13 in double precision: torch's own
MultiheadAttention, layer norm, gelu and cross-entropy, with automatic differentiation.

Data and parameters are numbers of the closed formula of networks.py:
    stream 0  θ_i = 0.7 number(i), and 1 + that for the scales of norms
    stream 1  the tokens' features, token after token: number
    stream 2  what the outputs are multiplied by to become one number, token after token: number
    streams 3, 4  the directions v and w
θ has the core's order, matrices column after column. Token t of sequence s is
(7 s + t² + 3 (t mod 4)) mod vocabulary, the one to be told there (3 s + 5 t) mod vocabulary; it
counts where s + t is no multiple of 3. A row's `padding` is how many tokens at the end of the last
sequence are none.
"""

import itertools
import math

import torch
from torch.nn import functional as F

from networks import (INPUTS, PARAMETERS, TARGETS, TOLERANCE, V, W, numbers, shaken)

NORM_EPSILON = 1e-5


class Parameters:
    """θ and its parts, named in order."""

    def __init__(self, blocks):
        self.blocks = blocks
        shift = [float(name.endswith("gamma")) for name, shape in blocks
                 for _ in range(math.prod(shape))]
        self.theta = 0.7 * numbers(PARAMETERS, len(shift)) + torch.tensor(shift)

    def unpack(self, theta):
        parts, at = {}, 0
        for name, shape in self.blocks:
            part = theta[at:at + math.prod(shape)]
            at += math.prod(shape)
            parts[name] = part if len(shape) == 1 else part.reshape(shape[::-1]).T
        return parts


def projections(width, bias, prefix=""):
    for name in ("query", "key", "value", "output"):
        yield prefix + name, (width, width)
        if bias:
            yield prefix + name + "-bias", (width,)


def causal_mask(length):
    return torch.ones(length, length).triu(1).bool()


def multihead(p, x, heads, mask, hidden, prefix=""):
    """Outputs and weights (sequences × heads × queries × keys) for x (sequences × tokens ×
    width)."""
    width = x.shape[2]
    names = [prefix + name for name in ("query", "key", "value")]
    zero = torch.zeros(width)
    y, weights = F.multi_head_attention_forward(
        *3 * (x.transpose(0, 1),), width, heads, torch.cat([p[name] for name in names]),
        torch.cat([p.get(name + "-bias", zero) for name in names]), None, None, False, 0.0,
        p[prefix + "output"], p.get(prefix + "output-bias", zero), attn_mask=mask,
        key_padding_mask=hidden, average_attn_weights=False)
    return y.transpose(0, 1), weights


def padded(sequences, length, padding):
    hidden = torch.zeros(sequences, length).bool()
    if padding:
        hidden[-1, -padding:] = True
    return hidden


def attention(row):
    """What multi-head attention gives, and the gradient of Σ R∘Y."""
    width, heads, length, sequences = (row[key] for key in ("width", "heads", "length",
                                                            "sequences"))
    parameters = Parameters(list(projections(width, row["bias"])))
    shape = (sequences, length, width)
    x0, r = (numbers(stream, math.prod(shape)).reshape(shape) for stream in (INPUTS, TARGETS))
    mask = causal_mask(length) if row["causal"] else None
    hidden = padded(sequences, length, row["padding"])

    def results(theta):
        x, theta = x0.clone().requires_grad_(), theta.clone().requires_grad_()
        y, weights = multihead(parameters.unpack(theta), x, heads, mask, hidden)
        gradients = torch.autograd.grad((r * y).sum(), (theta, x))
        return {"outputs": y, "weights": weights, "gradient": gradients[0],
                "inputGradient": gradients[1]}

    found, again = results(parameters.theta), results(shaken(parameters.theta))
    off = max((found[key] - again[key]).abs().max().item() for key in found)
    problems = [] if off < TOLERANCE / 4 else [f"magnifies roundings: {off:.1e}"]
    return {key: value.detach().reshape(-1).tolist() for key, value in found.items()}, problems


def sinusoids(width, length):
    table = torch.zeros(length, width)
    for t, i in itertools.product(range(length), range(width)):
        angle = t * math.exp(-math.log(10000) * (i // 2 * 2) / width)
        table[t, i] = math.cos(angle) if i % 2 else math.sin(angle)
    return table


def blocks_of(row):
    width, bias = row["width"], row["bias"]

    def norm(name):
        yield name + ".gamma", (width,)
        if row["norm"] == "layer":
            yield name + ".beta", (width,)

    yield "embedding", (width, row["vocabulary"])
    if row["positions"] == "learned":
        yield "positions", (width, row["length"])
    for l in range(1, row["blocks"] + 1):
        yield from norm(f"attention{l}")
        yield from projections(width, bias, f"attention{l}.")
        if row["mlp"]:
            yield from norm(f"mlp{l}")
            for name, shape in (("up", (row["mlp"], width)), ("down", (width, row["mlp"]))):
                yield f"mlp{l}.{name}", shape
                if bias:
                    yield f"mlp{l}.{name}-bias", shape[:1]
    yield from norm("final")
    if not row["tied"]:
        yield "head", (row["vocabulary"], width)


def logits_of(row, p, tokens, hidden):
    sequences, length = tokens.shape
    width = row["width"]

    def norm(x, name):
        if row["norm"] == "layer":
            return F.layer_norm(x, (width,), p[name + ".gamma"], p[name + ".beta"], NORM_EPSILON)
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + NORM_EPSILON) * p[name + ".gamma"]

    mask = causal_mask(length) if row["causal"] else None
    x = F.embedding(tokens, p["embedding"].T)
    if row["positions"] == "learned":
        x = x + p["positions"].T[:length]
    if row["positions"] == "sinusoidal":
        x = x + sinusoids(width, row["length"])[:length]
    for l in range(1, row["blocks"] + 1):
        x = x + multihead(p, norm(x, f"attention{l}"), row["heads"], mask, hidden,
                          f"attention{l}.")[0]
        if row["mlp"]:
            up, down = f"mlp{l}.up", f"mlp{l}.down"
            z = F.linear(norm(x, f"mlp{l}"), p[up], p.get(up + "-bias"))
            h = {"gelu": F.gelu, "relu": F.relu}[row["activation"]](z)
            x = x + F.linear(h, p[down], p.get(down + "-bias"))
    return F.linear(norm(x, "final"), p["embedding"].T if row["tied"] else p["head"])


def transformer(row):
    """Loss, logits and the gradient's norm and products with v and w."""
    parameters = Parameters(list(blocks_of(row)))
    sequences, length, vocabulary = row["sequences"], row["length"] - 1, row["vocabulary"]
    s, t = torch.meshgrid(torch.arange(sequences), torch.arange(length), indexing="ij")
    tokens = (7 * s + t * t + 3 * (t % 4)) % vocabulary
    targets = (3 * s + 5 * t) % vocabulary
    hidden = padded(sequences, length, row["padding"])
    counts = ((s + t) % 3 != 0) & ~hidden
    n = len(parameters.theta)
    v, w = numbers(V, n), numbers(W, n)

    def results(theta):
        theta = theta.clone().requires_grad_()
        logits = logits_of(row, parameters.unpack(theta), tokens, hidden)
        loss = F.cross_entropy(logits[counts], targets[counts])
        gradient, = torch.autograd.grad(loss, theta)
        return loss.item(), logits.detach()[~hidden], gradient

    loss, logits, g = results(parameters.theta)
    again = results(shaken(parameters.theta))
    off = max(abs(loss - again[0]), (logits - again[1]).abs().max().item(),
              ((g - again[2]).norm() / g.norm()).item())
    problems = [] if off < TOLERANCE / 4 else [f"magnifies roundings: {off:.1e}"]
    return {"loss": loss, "logits": logits.reshape(-1).tolist(),
            "gradient": [c.item() for c in (g.norm(), g @ v, g @ w)]}, problems


def multiheads():
    for heads, bias, causal, padding in itertools.product((1, 3), (False, True), (False, True),
                                                          (0, 2)):
        yield {"name": f"{heads} heads" + " bias" * bias + " causal" * causal +
               " padding" * (padding > 0),
               "width": 6, "heads": heads, "length": 5, "sequences": 2, "bias": bias,
               "causal": causal, "padding": padding}


def transformers():
    basis = {"vocabulary": 5, "length": 7, "width": 6, "heads": 2, "blocks": 2, "mlp": 8,
             "activation": "relu", "norm": "rms", "positions": "learned", "tied": False,
             "bias": False, "causal": True, "sequences": 3, "padding": 0}
    for changes in ({}, {"activation": "gelu", "norm": "layer", "bias": True}, {"mlp": 0},
                    {"tied": True}, {"positions": "sinusoidal"}, {"positions": "none"},
                    {"causal": False, "padding": 2}, {"blocks": 1, "heads": 3, "padding": 1},
                    {"norm": "layer", "tied": True, "positions": "sinusoidal", "causal": False}):
        name = " ".join(f"{key} {value}" for key, value in changes.items()) or "plain"
        yield {"name": name, **basis, **changes}


def rows():
    """Rows, each with what is wrong with it."""
    for find, cases in ((attention, multiheads()), (transformer, transformers())):
        for row in cases:
            results, problems = find(row)
            yield {**row, "kind": find.__name__, "tolerance": TOLERANCE, **results}, problems
