"""One thing at a time: activations and losses, also where numbers are large."""

import torch
from torch import nn
from torch.nn import functional as F

from text import exact

ACTIVATIONS = {
    "linear": nn.Identity,
    "relu": nn.ReLU,
    "leakyRelu": lambda: nn.LeakyReLU(negative_slope=0.01),
    "sigmoid": nn.Sigmoid,
    "tanh": nn.Tanh,
    "softplus": lambda: nn.Softplus(beta=1, threshold=1e9),  # by default linear above 20
    "gelu": lambda: nn.GELU(approximate="none"),
}

# Each sample's loss; the batch's is their mean, which is PyTorch's reduction="mean".
LOSSES = {
    "softmaxCrossEntropy": lambda z, t: F.cross_entropy(z, t, reduction="none"),
    "binaryCrossEntropy": lambda z, t: F.binary_cross_entropy_with_logits(z, t, reduction="none").mean(1),
    "meanSquaredError": lambda z, t: F.mse_loss(z, t, reduction="none").mean(1),
    "meanAbsoluteError": lambda z, t: F.l1_loss(z, t, reduction="none").mean(1),
    # PyTorch has no name for it.
    "sigmoidAbsoluteError": lambda z, t: (t - torch.sigmoid(z)).abs().mean(1),
}
ANSWERS = {
    "softmaxCrossEntropy": lambda z: torch.softmax(z, dim=1),
    "binaryCrossEntropy": torch.sigmoid,
    "meanSquaredError": lambda z: z,
    "meanAbsoluteError": lambda z: z,
    "sigmoidAbsoluteError": torch.sigmoid,
}


def sample_losses(loss, z, targets):
    """Targets are class numbers or values; all losses but one take classes as one number for each output."""
    if targets.dtype == torch.int64 and loss != "softmaxCrossEntropy":
        outputs = z.shape[1]
        targets = F.one_hot(targets, outputs).double() if outputs > 1 else targets[:, None].double()
    return LOSSES[loss](z, targets)


def activations():
    """Values and slopes, also where rounding or a kink could show: at zero and far out."""
    points = [0, 0.01, 0.1, 0.4, 0.75, 1, 1.7, 2.5, 4, 6, 9, 12, 20, 40, 90]
    points = [float(torch.tensor(x, dtype=torch.float32)) for x in points]
    x = torch.tensor(sorted({sign * point for sign in (-1, 1) for point in points}))
    functions = []
    for name, build_layer in ACTIVATIONS.items():
        leaf = x.clone().requires_grad_(True)
        # Times one: the identity must not hand back the leaf itself.
        y = build_layer()(leaf * 1.0)
        y.sum().backward()
        functions.append({"function": name, "y": y.detach(), "slope": leaf.grad})
    return {"leakyReluSlope": 0.01, "x": exact(x), "functions": functions}


def losses():
    """Every loss of classes and of values; ordinary outputs, and some on which a careless formula overflows."""
    near = [[1.5, -0.25, 3, 0], [0.5, 2.25, -1.5, -0.75], [7, 7, 7, 7], [-2, 0.125, 1, -4.5], [0, 0.5, 0.25, 0.25]]
    far = [[100, 0, -50, 99], [-1000, 1000, 3, 0], [-90, -88, -91, -300]]
    classes = torch.tensor([1, 3, 2, 0, 1])
    shares = torch.tensor(
        [[0.5, 0.25, 0.25, 0], [0, 0.75, 0, 0.25], [0.125, 0.5, 0.125, 0.25], [1, 0, 0, 0], [0, 0.5, 0.25, 0.25]]
    )
    reals = torch.tensor([[0.5, -3, 3, 1], [2, 2.25, 0, -8], [7, 6.75, 9, 0.5], [-2, -1, 1.5, 3], [0.25, 4, -1, 0]])
    cases = [one(loss, near, classes) for loss in LOSSES] + [one(loss, far, torch.tensor([3, 1, 0])) for loss in LOSSES]
    for loss, values in [
        ("softmaxCrossEntropy", shares),
        ("binaryCrossEntropy", shares),
        ("meanSquaredError", reals),
        ("meanAbsoluteError", reals),
    ]:
        cases.append(one(loss, near, values))
    two = torch.tensor([1, 0, 1, 0, 1])
    cases += [one(loss, [[0.75], [-2.5], [-120], [30], [0]], two) for loss in list(LOSSES)[1:]]
    return {"cases": cases}


def one(loss, logits, targets):
    z = torch.tensor(logits, dtype=torch.float64).requires_grad_(True)
    each = sample_losses(loss, z, targets)
    each.mean().backward()
    classes = targets.dtype == torch.int64
    return {
        "loss": loss,
        "logits": exact(z.detach()),
        "classes" if classes else "values": targets if classes else exact(targets),
        "answers": ANSWERS[loss](z.detach()),
        "sampleLosses": each.detach(),
        "logitGradient": z.grad,
    }
