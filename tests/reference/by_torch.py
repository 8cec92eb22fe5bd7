"""torch 1.13's optimizers, in double precision, for the recipes whose very variant they are."""

import torch

O = torch.optim


def maker_of(r):
    """What makes torch's optimizer for a recipe, or None where torch's variant is another."""
    k = {key: value for key, value in r.knobs.items() if isinstance(value, float)}
    choice = {key: r.get(key, "") for key, value in r.knobs.items() if not isinstance(value, float)}
    choice.pop("schedule", None)
    decay = {"weight_decay": k.pop("weightDecay")} if "weightDecay" in k else {}
    lr = {"lr": k.pop("lr")} if "lr" in k else {}

    def betas(one=0.9, two=0.999, epsilon=1e-8):
        return {"betas": (k.get("beta1", one), k.get("beta2", two)),
                "eps": k.get("epsilon", epsilon)}

    if r.name == "sgd":
        return lambda p: O.SGD(p, **lr, **decay)
    if r.name == "momentum" and not choice:
        return lambda p: O.SGD(p, momentum=k.get("beta", 0.9), **lr, **decay)
    if r.name == "nesterov" and choice == {"form": "framework"}:
        return lambda p: O.SGD(p, momentum=k.get("beta", 0.9), nesterov=True, **lr)
    if choice:
        return None
    if r.name == "adagrad":
        return lambda p: O.Adagrad(p, eps=k.get("epsilon", 1e-10), **lr)
    if r.name == "rmsprop":
        return lambda p: O.RMSprop(p, alpha=k.get("beta", 0.9), eps=k.get("epsilon", 1e-8), **lr)
    if r.name == "adam":
        return lambda p: O.Adam(p, **betas(), **lr, **decay)
    if r.name == "adamw":
        return lambda p: O.AdamW(p, **betas(), **lr, **decay)
    if r.name == "amsgrad":
        return lambda p: O.Adam(p, amsgrad=True, **betas(), **lr, **decay)
    if r.name == "radam" and "threshold" not in k:
        return lambda p: O.RAdam(p, **betas(), **lr, **decay)
    if r.name == "adamax":
        return lambda p: O.Adamax(p, **betas(), **lr, **decay)
    if r.name == "adadelta":
        return lambda p: O.Adadelta(p, rho=k.get("rho", 0.9), eps=k.get("epsilon", 1e-6), **lr)
    return None


def path(recipe, oracle, start, rates):
    """The points of a run at these rates with the class's name, or None."""
    make = maker_of(recipe)
    if not make:
        return None
    p = torch.nn.Parameter(torch.tensor(start, dtype=torch.float64))
    optimizer = make([p])
    points = [p.detach().numpy().copy()]
    for eta in rates:
        optimizer.param_groups[0]["lr"] = eta
        p.grad = torch.from_numpy(oracle.grad(points[-1]))
        optimizer.step()
        points.append(p.detach().numpy().copy())
    return points, type(optimizer).__name__
