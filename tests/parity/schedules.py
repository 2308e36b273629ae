"""Learning rates, step by step, from PyTorch's schedulers.

The engine multiplies the factors of warm-up and decay, as PyTorch's `ChainedScheduler` does; in a
`SequentialLR` the decay would begin after the warm-up. After its end the engine's cosine stays at zero,
where PyTorch's rises again: no rate beyond it is written."""

import torch
from torch.optim.lr_scheduler import ChainedScheduler, ConstantLR, CosineAnnealingLR, LinearLR, StepLR

RATE = 0.3


def schedulers(schedule, steps_per_epoch, optimizer):
    """Called once for every step; the engine counts falls in epochs."""
    chain, warmup, decay = [], schedule["warmup"], schedule["decay"]
    if warmup > 1:
        # (step + 1) / warmup
        chain.append(LinearLR(optimizer, start_factor=1 / warmup, end_factor=1.0, total_iters=warmup - 1))
    if decay["kind"] == "step":
        chain.append(StepLR(optimizer, step_size=decay["every"] * steps_per_epoch, gamma=decay["factor"]))
    if decay["kind"] == "cosine":
        chain.append(CosineAnnealingLR(optimizer, T_max=decay["epochs"] * steps_per_epoch, eta_min=0.0))
    return ChainedScheduler(chain or [ConstantLR(optimizer, factor=1.0)])


def all():
    constant = {"kind": "constant"}
    step = {"kind": "step", "every": 2, "factor": 0.3}
    cosine = {"kind": "cosine", "epochs": 5}
    kinds = [(0, constant), (4, constant), (0, step), (7, step), (0, cosine), (9, cosine)]
    return {"rate": RATE, "cases": [one({"warmup": warmup, "decay": decay}, 5, 25) for warmup, decay in kinds]}


def one(schedule, steps_per_epoch, steps):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=RATE)
    scheduler = schedulers(schedule, steps_per_epoch, optimizer)
    rates = []
    for _ in range(steps):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return {"schedule": schedule, "stepsPerEpoch": steps_per_epoch, "rates": rates}
