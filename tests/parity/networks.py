"""Whole networks: outputs, losses and gradients at the initial weights, and the weights that training leads to."""

import torch
from torch import nn

from functions import ACTIVATIONS, sample_losses
from optimizers import RUNS, momentum, parameters, sgd, train
from text import exact

# Not the first: it keeps every value off the kinks (see KinkGuard).
SEED = 21

# All lengths of a case differ: inputs, hidden layers, classes, and the rows of a batch. The second
# batch is the last, shorter one of an epoch.
INPUTS, CLASSES, LABELS = 7, 3, ([2, 0, 1, 2, 2, 0], [1, 2])
HIDDEN = {0: [], 1: [5], 3: [5, 4, 8]}
KINKED = (nn.ReLU, nn.LeakyReLU)

# No optimizer knows what it is that it moves: every one of them in these networks, the plain one in the others.
WITH_EVERY_OPTIMIZER = ["network-0", "network-1-leakyRelu", "network-1-gelu", "network-3-tanh"]
# Every loss leads a network somewhere: as numbers for each output, and as classes.
VALUED = ["softmaxCrossEntropy", "binaryCrossEntropy", "meanSquaredError", "meanAbsoluteError"]
CLASSED = ["binaryCrossEntropy", "meanSquaredError", "meanAbsoluteError", "sigmoidAbsoluteError"]


def all():
    files = {}
    for count, hidden in HIDDEN.items():
        for activation in ACTIVATIONS if hidden else [None]:
            name = "-".join(["network", str(count)] + ([activation] if activation else []))
            runs = RUNS if name in WITH_EVERY_OPTIMIZER else [sgd(0.1)]
            files[name] = network(activation, hidden, runs, draw_batches(classes))
    runs = [momentum(0.7, (0, 0.3), (9, 0.1))]
    files |= {f"loss-{loss}": network("tanh", [5], runs, draw_batches(classes), loss) for loss in CLASSED}
    files |= {f"loss-{loss}-values": network("tanh", [5], runs, draw_batches(values), loss) for loss in VALUED}
    one = network("tanh", [5], runs, draw_batches(halves), "binaryCrossEntropy", outputs=1)
    return files | {"loss-binaryCrossEntropy-one": one}


def network(activation, hidden, runs, batches, loss="softmaxCrossEntropy", outputs=CLASSES):
    generator, batches = batches
    model = build(activation, hidden, outputs)
    for parameter in model.parameters():
        # Wide enough for sigmoids to bend; biases are not zero, so that a missing one shows.
        width = 2.5 / parameter.shape[1] ** 0.5 if parameter.ndim == 2 else 0.5
        parameter.data = draw(parameter.shape, generator) * width
        parameter.data = parameter.data.float().double()
    start = [parameter.detach().clone() for parameter in model.parameters()]

    kinks = KinkGuard(model, batches if loss == "meanAbsoluteError" else [])
    case = {
        "seed": SEED,
        "inputs": INPUTS,
        "layers": specs(activation, hidden, outputs),
        "leakyReluSlope": 0.01 if activation == "leakyRelu" else None,
        "loss": loss,
        "reduction": "mean",
        "parameters": parameters(start, exact),
        "batches": [gradients(model, x, targets, loss) for x, targets in batches],
        "runs": [],
    }
    for run in runs:
        for parameter, value in zip(model.parameters(), start):
            parameter.data = value.clone()
        case["runs"].append(run | train(model, batches, run, loss))
    # float32 and float64 must be on the same side, or there is nothing to compare: then take another SEED.
    assert kinks.nearest > 1e-5, f"{activation} {hidden} {loss}: {kinks.nearest} from a kink"
    return case


def build(activation, hidden, outputs):
    layers, width = [], INPUTS
    for units in hidden:
        layers += [nn.Linear(width, units), ACTIVATIONS[activation]()]
        width = units
    return nn.Sequential(*layers, nn.Linear(width, outputs))


def specs(activation, hidden, outputs):
    """The layers as the engine's data; the initial weights stand in the file, so `init` has no say."""
    dense = lambda units: {"kind": "dense", "units": units, "init": "zero"}
    pairs = [[dense(units), {"kind": "activation", "function": activation}] for units in hidden]
    return [spec for pair in pairs for spec in pair] + [dense(outputs)]


def draw(shape, generator):
    """Uniform in -1..1, float32's numbers."""
    return (torch.rand(shape, generator=generator, dtype=torch.float32) * 2 - 1).double()


def draw_batches(targets_of):
    """Like digits: inputs 0 to 1, many of them zero, and one pixel that has ink in no sample."""
    generator, batches = torch.Generator().manual_seed(SEED), []
    for labels in LABELS:
        x = draw((len(labels), INPUTS), generator)
        x = torch.where(x < -0.2, 0.0, x.abs())
        x[:, 4] = 0.0
        batches.append((x, targets_of(torch.tensor(labels), x)))
    return generator, batches


def classes(labels, _x):
    return labels


def halves(labels, _x):
    """Two classes, for one output."""
    return labels // 2


def values(labels, x):
    """Shares that sum to one, which every loss takes: of the class two thirds and more, of the others what is left."""
    other = (x[:, :1] * 21).round() / 64
    shares = torch.cat([1 - other, other * 0.75, other * 0.25], dim=1)
    return torch.stack([share.roll(int(label)) for share, label in zip(shares, labels)])


def gradients(model, x, targets, loss):
    x = x.clone().requires_grad_(True)
    model.zero_grad(set_to_none=True)
    logits = model(x)
    each = sample_losses(loss, logits, targets)
    mean = each.mean()
    mean.backward()
    labels = targets if targets.dtype == torch.int64 else None
    return {
        "inputs": exact(x.detach()),
        "labels": labels,
        "values": exact(targets) if labels is None else None,
        "logits": logits.detach(),
        "sampleLosses": each.detach(),
        "loss": mean.item(),
        "parameterGradients": parameters([parameter.grad for parameter in model.parameters()]),
        "inputGradient": x.grad,
    }


class KinkGuard:
    """How near to the kink of a ReLU, or of an absolute error, any value has come."""

    def __init__(self, model, batches):
        self.nearest = float("inf")
        self.targets = {len(x): as_values(targets) for x, targets in batches}
        model.register_forward_hook(self.look_at_outputs)
        for layer in model:
            if isinstance(layer, KINKED):
                layer.register_forward_hook(self.look)

    def look(self, _layer, inputs, _output):
        self.see(inputs[0])

    def look_at_outputs(self, _model, _inputs, outputs):
        if self.targets:
            self.see(outputs - self.targets[len(outputs)])

    def see(self, distances):
        self.nearest = min(self.nearest, distances.detach().abs().min().item())


def as_values(targets):
    return nn.functional.one_hot(targets, CLASSES) if targets.dtype == torch.int64 else targets
