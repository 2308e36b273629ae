"""Writes the numbers that crates/core/tests/parity.rs compares the engine with: PyTorch's.

PyTorch computes in float64, from weights and inputs that a float32 holds exactly. So what is
written is the truth to ten digits, and the test's tolerance covers the engine's float32 alone.
Hyperparameters are the decimal numbers a person would type (0.9, not float32's 0.89999998).
Weights have PyTorch's own layout, outputs x inputs; the engine's is the transpose.

    python make.py            writes *.json beside this file
    python make.py --check    writes nothing; fails where a file would change
"""

import sys
from pathlib import Path

import torch
from torch import nn
from torch.nn.functional import cross_entropy

HERE = Path(__file__).parent
# Not the first: it keeps every value off the kinks of ReLUs (see KinkGuard).
SEED = 21
STEPS = 20

# All lengths of a case differ: inputs, hidden layers, classes, and the rows of a batch. The second
# batch is the last, shorter one of an epoch.
INPUTS, CLASSES, LABELS = 7, 3, ([2, 0, 1, 2, 2, 0], [1, 2])
HIDDEN = {0: [], 1: [5], 3: [5, 4, 8]}

ACTIVATIONS = {
    "linear": nn.Identity,
    "relu": nn.ReLU,
    "leakyRelu": lambda: nn.LeakyReLU(negative_slope=0.01),
    "sigmoid": nn.Sigmoid,
    "tanh": nn.Tanh,
}
KINKED = (nn.ReLU, nn.LeakyReLU)

SGD = {"momentum": 0.0, "dampening": 0.0, "weight_decay": 0.0, "nesterov": False}
ADAM = {"weight_decay": 0.0, "amsgrad": False}


def run(optimizer, rates, pytorch_class, **pytorch):
    """One optimizer: as the engine's data, then PyTorch's class and what it was told but the rate."""
    rates = [{"step": step, "rate": rate} for step, rate in rates]
    return {"optimizer": optimizer, "learningRate": rates, "pytorch": {"class": pytorch_class} | pytorch}


# The settings other than the defaults make visible what the defaults hide: whether the velocity holds the
# learning rate (it differs once that changes), and on which side of Adam's root and correction epsilon stands.
RUNS = [
    run({"kind": "sgd"}, [(0, 0.1)], "SGD", **SGD),
    run({"kind": "momentum", "momentum": 0.9}, [(0, 0.03)], "SGD", **SGD | {"momentum": 0.9}),
    run({"kind": "momentum", "momentum": 0.6}, [(0, 0.08), (7, 0.02)], "SGD", **SGD | {"momentum": 0.6}),
    run({"kind": "adam", "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}, [(0, 0.02)], "Adam",
        betas=[0.9, 0.999], eps=1e-8, **ADAM),
    run({"kind": "adam", "beta1": 0.7, "beta2": 0.95, "epsilon": 1e-2}, [(0, 0.05), (7, 0.01)], "Adam",
        betas=[0.7, 0.95], eps=1e-2, **ADAM),
]


def main():
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    files = {"activations.json": activations(), "loss.json": loss(), "trainer.json": trainer()}
    for count, hidden in HIDDEN.items():
        for activation in ACTIVATIONS if hidden else [None]:
            name = "-".join(["network", str(count)] + ([activation] if activation else []))
            files[f"{name}.json"] = network(activation, hidden)
    changed = [name for name, case in files.items() if not same(HERE / name, to_text(case))]
    if "--check" in sys.argv:
        sys.exit(f"not as PyTorch says: {', '.join(changed)}" if changed else 0)
    for name, case in files.items():
        (HERE / name).write_text(to_text(case), encoding="utf-8", newline="\n")
    print(f"{len(files)} files, {len(changed)} changed")


def head():
    return {"pytorch": torch.__version__.split("+")[0], "dtype": "float64"}


# -- networks ---------------------------------------------------------------------------------------


def network(activation, hidden):
    """Outputs, loss and gradients at the initial weights, and the weights each optimizer leads to."""
    generator = torch.Generator().manual_seed(SEED)
    batches = [draw_batch(labels, generator) for labels in LABELS]
    model = build(activation, hidden)
    for parameter in model.parameters():
        # Wide enough for sigmoids to bend; biases are not zero, so that a missing one shows.
        width = 2.5 / parameter.shape[1] ** 0.5 if parameter.ndim == 2 else 0.5
        parameter.data = draw(parameter.shape, generator) * width
        parameter.data = parameter.data.float().double()
    start = [parameter.detach().clone() for parameter in model.parameters()]

    kinks = KinkGuard(model)
    case = head() | {
        "seed": SEED,
        "inputs": INPUTS,
        "layers": specs(activation, hidden),
        "leakyReluSlope": 0.01 if activation == "leakyRelu" else None,
        "loss": "softmaxCrossEntropy",
        "reduction": "mean",
        "parameters": parameters(start, exact=True),
        "batches": [gradients(model, x, labels) for x, labels in batches],
        "runs": [],
    }
    for run in RUNS:
        for parameter, value in zip(model.parameters(), start):
            parameter.data = value.clone()
        losses, after = train(model, batches, run)
        case["runs"].append(run | {"losses": losses, "after": after})
    # float32 and float64 must be on the same side, or there is nothing to compare: then take another SEED.
    assert kinks.nearest > 1e-5, f"{activation} {hidden}: {kinks.nearest} from a kink"
    return case


def build(activation, hidden):
    layers, width = [], INPUTS
    for units in hidden:
        layers += [nn.Linear(width, units), ACTIVATIONS[activation]()]
        width = units
    return nn.Sequential(*layers, nn.Linear(width, CLASSES))


def specs(activation, hidden):
    """The layers as the engine's data; the initial weights stand in the file, so `init` has no say."""
    dense = lambda units: {"kind": "dense", "units": units, "init": "zero"}
    pairs = [[dense(units), {"kind": "activation", "function": activation}] for units in hidden]
    return [spec for pair in pairs for spec in pair] + [dense(CLASSES)]


def draw(shape, generator):
    """Uniform in -1..1, float32's numbers."""
    return (torch.rand(shape, generator=generator, dtype=torch.float32) * 2 - 1).double()


def draw_batch(labels, generator):
    """Like digits: inputs 0 to 1, many of them zero, and one pixel that has ink in no sample."""
    x = draw((len(labels), INPUTS), generator)
    x = torch.where(x < -0.2, 0.0, x.abs())
    x[:, 4] = 0.0
    return x, torch.tensor(labels)


def gradients(model, x, labels):
    x = x.clone().requires_grad_(True)
    model.zero_grad(set_to_none=True)
    logits = model(x)
    mean = cross_entropy(logits, labels, reduction="mean")
    mean.backward()
    return {
        "inputs": exact(x.detach()),
        "labels": labels,
        "logits": logits.detach(),
        "sampleLosses": cross_entropy(logits, labels, reduction="none").detach(),
        "loss": mean.item(),
        "parameterGradients": parameters([parameter.grad for parameter in model.parameters()]),
        "inputGradient": x.grad,
    }


def train(model, batches, run):
    """The loss before each step, and the parameters after the first and the last."""
    arguments = dict(run["pytorch"])
    optimizer = getattr(torch.optim, arguments.pop("class"))(model.parameters(), lr=1.0, foreach=False, **arguments)
    losses, after = [], []
    for step in range(STEPS):
        for group in optimizer.param_groups:
            group["lr"] = [change["rate"] for change in run["learningRate"] if change["step"] <= step][-1]
        x, labels = batches[step % len(batches)]
        optimizer.zero_grad(set_to_none=True)
        loss = cross_entropy(model(x), labels, reduction="mean")
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        if step + 1 in (1, STEPS):
            now = [parameter.detach().clone() for parameter in model.parameters()]
            after.append({"steps": step + 1, "parameters": parameters(now)})
    return losses, after


def parameters(tensors, exact=False):
    """Weight and bias of each dense layer, from the input on."""
    as_is = globals()["exact"] if exact else lambda tensor: tensor
    return [{"weight": as_is(w), "bias": as_is(b)} for w, b in zip(tensors[::2], tensors[1::2])]


class KinkGuard:
    """How near to the kink of a ReLU any value has come."""

    def __init__(self, model):
        self.nearest = float("inf")
        for layer in model:
            if isinstance(layer, KINKED):
                layer.register_forward_hook(self.look)

    def look(self, _layer, inputs, _output):
        self.nearest = min(self.nearest, inputs[0].detach().abs().min().item())


# -- one thing at a time ----------------------------------------------------------------------------


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
    return head() | {"leakyReluSlope": 0.01, "x": exact(x), "functions": functions}


def loss():
    """Cross-entropy on logits that overflow where nobody takes the largest off first."""
    logits = [[1.5, -0.25, 3, 0], [100, 0, -50, 99], [-1000, 1000, 3, 0], [7, 7, 7, 7], [-90, -88, -91, -300]]
    z = torch.tensor(logits).requires_grad_(True)
    labels = torch.tensor([1, 3, 1, 2, 0])
    each = cross_entropy(z, labels, reduction="none")
    mean = cross_entropy(z, labels, reduction="mean")
    mean.backward()
    return head() | {
        "loss": "softmaxCrossEntropy",
        "reduction": "mean",
        "logits": exact(z.detach()),
        "labels": labels,
        "probabilities": torch.softmax(z.detach(), dim=1),
        "sampleLosses": each.detach(),
        "logitGradient": z.grad,
    }


def trainer():
    """A whole experiment on bytes: one batch of all 67 images, which is longer than a block of rows.

    The weights start from zero, and the order of the samples does not matter: nothing is drawn that the
    engine draws otherwise."""
    count, height, width, classes = 67, 2, 3, 10
    generator = torch.Generator().manual_seed(SEED)
    pixels = torch.randint(0, 256, (count, height * width), generator=generator)
    labels = torch.randint(0, classes, (count,), generator=generator)
    # Something to learn: a class is brighter in a pixel of its own.
    pixels[torch.arange(count), labels % (height * width)] //= 4
    model = nn.Sequential(nn.Linear(height * width, classes))
    for parameter in model.parameters():
        parameter.data.zero_()
    choice = run({"kind": "momentum", "momentum": 0.9}, [(0, 0.5), (12, 0.25)], "SGD", **SGD | {"momentum": 0.9})
    losses, after = train(model, [(pixels / 255, labels)], choice)
    experiment = {
        "data": {"kind": "mnist"},
        "layers": [{"kind": "dense", "units": classes, "init": "zero"}],
        "loss": "softmaxCrossEntropy",
        "optimizer": choice["optimizer"],
        "learningRate": choice["learningRate"],
        "batchSize": count,
        "epochs": STEPS,
        "seed": 3,
    }
    return head() | {
        "height": height,
        "width": width,
        "pixels": pixels,
        "labels": labels,
        "experiment": experiment,
        "pytorch": choice["pytorch"],
        "losses": losses,
        "after": after,
    }


# -- text -------------------------------------------------------------------------------------------


class exact:
    """Numbers that float32 holds, to be written with the nine digits that say which."""

    def __init__(self, tensor):
        assert torch.equal(tensor.float().double(), tensor)
        self.tensor = tensor


def to_text(value):
    return block(value, "") + "\n"


def block(value, indent):
    """JSON with a line for each key and each item of a list of objects; numbers run on."""
    if isinstance(value, dict):
        deeper = indent + " "
        items = [f'{deeper}"{key}": {block(item, deeper)}' for key, item in value.items() if item is not None]
        text = "{\n" + ",\n".join(items) + f"\n{indent}}}"
        flat = "{" + ", ".join(item.strip() for item in items) + "}"
        return flat if "\n" not in flat and len(flat) < 100 else text
    if isinstance(value, list) and value and isinstance(value[0], dict):
        deeper = indent + " "
        return "[\n" + ",\n".join(deeper + block(item, deeper) for item in value) + f"\n{indent}]"
    return line(value)


def line(value):
    if isinstance(value, exact):
        return line_of_numbers(value.tensor.tolist(), ".9g")
    if isinstance(value, torch.Tensor):
        return line_of_numbers(value.tolist(), ".10g")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value}"'
    return line_of_numbers(value, ".10g")


def line_of_numbers(value, form):
    """Ten digits: more than float32 can tell apart, fewer than those in which processors differ."""
    if isinstance(value, list):
        return "[" + ",".join(line_of_numbers(item, form) for item in value) + "]"
    return str(value) if isinstance(value, int) else format(value, form)


def same(path, text):
    return path.exists() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    main()
