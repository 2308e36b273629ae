"""Whole experiments on bytes: one batch of all 67 images, which is longer than a block of rows.

The weights start from zero, and the order of the samples does not matter: nothing is drawn that the
engine draws otherwise. One batch is an epoch, so that a schedule by epochs goes on with every step."""

import torch
from torch import nn

import schedules
from optimizers import STEPS, adam, adamw, momentum, nesterov, sgd, train

COUNT, HEIGHT, WIDTH, CLASSES = 67, 2, 3, 10
SEED = 21

CONSTANT = {"warmup": 0, "decay": {"kind": "constant"}}
STEP = {"warmup": 4, "decay": {"kind": "step", "every": 3, "factor": 0.7}}
COSINE = {"warmup": 2, "decay": {"kind": "cosine", "epochs": STEPS + 2}}


def all():
    generator = torch.Generator().manual_seed(SEED)
    pixels = torch.randint(0, 256, (COUNT, HEIGHT * WIDTH), generator=generator)
    labels = torch.randint(0, CLASSES, (COUNT,), generator=generator)
    # Something to learn: a class is brighter in a pixel of its own.
    pixels[torch.arange(COUNT), labels % (HEIGHT * WIDTH)] //= 4
    batch = pixels / 255, labels
    return {
        "height": HEIGHT,
        "width": WIDTH,
        "pixels": pixels,
        "labels": labels,
        "cases": [
            one(batch, momentum(0.9, (0, 0.5), (12, 0.25))),
            # The penalty on weights alone: biases are free, as in PyTorch with a group of their own.
            one(batch, sgd(1.5), l2=0.2, schedule=STEP),
            one(batch, adam(0.9, 0.999, 1e-8, (0, 0.05)), l2=0.1, schedule=COSINE),
            one(batch, nesterov(0.8, (0, 0.4)), loss="meanSquaredError", l2=0.3),
            # Decay is not penalty: it takes biases too and stands beside the gradient.
            one(batch, adamw(0.9, 0.98, 1e-6, 0.5, (0, 0.1)), loss="binaryCrossEntropy", schedule=STEP),
        ],
    }


def one(batch, choice, loss="softmaxCrossEntropy", l2=0.0, schedule=CONSTANT):
    model = nn.Sequential(nn.Linear(HEIGHT * WIDTH, CLASSES))
    for parameter in model.parameters():
        parameter.data.zero_()
    chain = lambda optimizer: schedules.schedulers(schedule, 1, optimizer)
    found = train(model, [batch], choice, loss, l2, None if schedule is CONSTANT else chain)
    experiment = {
        "data": {"kind": "mnist"},
        "layers": [{"kind": "dense", "units": CLASSES, "init": "zero"}],
        "loss": loss,
        "optimizer": choice["optimizer"],
        "learningRate": choice["learningRate"],
        "schedule": schedule,
        "l2": l2,
        "batchSize": COUNT,
        "epochs": STEPS,
        "seed": 3,
    }
    return {"experiment": experiment, "pytorch": choice["pytorch"]} | found
