"""The optimizers' settings: as the engine's data, and all that PyTorch is told; and a training loop."""

import torch

from functions import sample_losses

STEPS = 20

SGD = {"momentum": 0.0, "dampening": 0.0, "weight_decay": 0.0, "nesterov": False}
RMSPROP = {"momentum": 0.0, "weight_decay": 0.0, "centered": False}
ADAGRAD = {"lr_decay": 0.0, "weight_decay": 0.0, "initial_accumulator_value": 0.0}
ADAM = {"weight_decay": 0.0, "amsgrad": False}


def run(optimizer, rates, pytorch_class, **pytorch):
    """One optimizer: as the engine's data, then PyTorch's class and what it was told but the rate."""
    rates = [{"step": step, "rate": rate} for step, rate in rates]
    return {"optimizer": optimizer, "learningRate": rates, "pytorch": {"class": pytorch_class} | pytorch}


def sgd(rate):
    return run({"kind": "sgd"}, [(0, rate)], "SGD", **SGD)


def momentum(mu, *rates):
    return run({"kind": "momentum", "momentum": mu}, rates, "SGD", **SGD | {"momentum": mu})


def nesterov(mu, *rates):
    pytorch = SGD | {"momentum": mu, "nesterov": True}
    return run({"kind": "nesterov", "momentum": mu}, rates, "SGD", **pytorch)


def rmsprop(rho, epsilon, *rates):
    return run({"kind": "rmsprop", "rho": rho, "epsilon": epsilon}, rates, "RMSprop", alpha=rho, eps=epsilon, **RMSPROP)


def adagrad(epsilon, *rates):
    return run({"kind": "adagrad", "epsilon": epsilon}, rates, "Adagrad", eps=epsilon, **ADAGRAD)


def adam(beta1, beta2, epsilon, *rates):
    optimizer = {"kind": "adam", "beta1": beta1, "beta2": beta2, "epsilon": epsilon}
    return run(optimizer, rates, "Adam", betas=[beta1, beta2], eps=epsilon, **ADAM)


def adamw(beta1, beta2, epsilon, decay, *rates):
    optimizer = {"kind": "adamw", "beta1": beta1, "beta2": beta2, "epsilon": epsilon, "weightDecay": decay}
    pytorch = ADAM | {"weight_decay": decay}
    return run(optimizer, rates, "AdamW", betas=[beta1, beta2], eps=epsilon, **pytorch)


# The settings other than the defaults make visible what the defaults hide: whether the velocity holds the
# learning rate (it differs once that changes), and on which side of the root and of Adam's correction epsilon stands.
RUNS = [
    sgd(0.1),
    momentum(0.9, (0, 0.03)),
    momentum(0.6, (0, 0.08), (7, 0.02)),
    nesterov(0.9, (0, 0.03)),
    nesterov(0.6, (0, 0.08), (7, 0.02)),
    rmsprop(0.99, 1e-8, (0, 0.01)),
    rmsprop(0.8, 0.02, (0, 0.03), (7, 0.01)),
    adagrad(1e-10, (0, 0.05)),
    adagrad(0.03, (0, 0.1), (7, 0.04)),
    adam(0.9, 0.999, 1e-8, (0, 0.02)),
    adam(0.7, 0.95, 1e-2, (0, 0.05), (7, 0.01)),
    adamw(0.9, 0.999, 1e-8, 0.01, (0, 0.02)),
    adamw(0.7, 0.95, 1e-2, 0.3, (0, 0.05), (7, 0.01)),
]


def train(model, batches, run, loss="softmaxCrossEntropy", l2=0.0, schedule=None):
    """The loss before each step, and the parameters after the first and the last.

    `l2` is PyTorch's `weight_decay` for the weights alone; `schedule` makes schedulers of an optimizer."""
    arguments = dict(run["pytorch"])
    choice = getattr(torch.optim, arguments.pop("class"))
    weights = [parameter for parameter in model.parameters() if parameter.ndim == 2]
    biases = [parameter for parameter in model.parameters() if parameter.ndim == 1]
    groups = [{"params": weights} | ({"weight_decay": l2} if l2 else {}), {"params": biases}]
    optimizer = choice(groups, lr=run["learningRate"][0]["rate"], foreach=False, **arguments)
    scheduler = schedule(optimizer) if schedule else None
    losses, after = [], []
    for step in range(STEPS):
        if not scheduler:
            for group in optimizer.param_groups:
                group["lr"] = [change["rate"] for change in run["learningRate"] if change["step"] <= step][-1]
        x, targets = batches[step % len(batches)]
        optimizer.zero_grad(set_to_none=True)
        mean = sample_losses(loss, model(x), targets).mean()
        mean.backward()
        optimizer.step()
        if scheduler:
            scheduler.step()
        losses.append(mean.item())
        if step + 1 in (1, STEPS):
            now = [parameter.detach().clone() for parameter in model.parameters()]
            after.append({"steps": step + 1, "parameters": parameters(now)})
    return {"losses": losses, "after": after}


def parameters(tensors, form=lambda tensor: tensor):
    """Weight and bias of each dense layer, from the input on."""
    return [{"weight": form(w), "bias": form(b)} for w, b in zip(tensors[::2], tensors[1::2])]
