"""PyTorch and NumPy on one thread, learning in slices on request: a line of JSON in, a line out.

    python peers.py [FOLDER]   MNIST's four files; without them noisy bytes of which one in five is ink

The first line out says which of the two are there. Bytes become float32 batch by batch, as for everybody else.
"""

import gzip
import json
import os
import sys
import time
from pathlib import Path

# Before anybody loads a BLAS.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402

try:
    import torch

    torch.set_num_threads(1)
except ImportError:
    torch = None

BATCH, INPUTS, CLASSES = 64, 784, 10
RATES = {"sgd": 0.1, "adam": 0.001}
random = np.random.default_rng(1)


def read_digits(folder):
    if folder is None:
        labels = random.integers(0, CLASSES, 20_000)
        shapes = random.random((CLASSES, INPUTS)) < 0.2
        return shapes[labels] * random.integers(0, 256, (len(labels), INPUTS), dtype=np.uint8), labels
    read = lambda name, header: np.frombuffer(gzip.open(Path(folder) / name).read(), np.uint8, offset=header)
    images = read("train-images-idx3-ubyte.gz", 16).reshape(-1, INPUTS)
    return images, read("train-labels-idx1-ubyte.gz", 8).astype(np.int64)


def batches(count):
    while True:
        order = random.permutation(count)
        for start in range(0, count - BATCH + 1, BATCH):
            yield order[start : start + BATCH]


def with_torch(hidden, optimizer, images, labels):
    images, labels = torch.tensor(images), torch.tensor(labels)
    widths = [INPUTS, hidden, CLASSES] if hidden else [INPUTS, CLASSES]
    layers = [torch.nn.Linear(*pair) for pair in zip(widths, widths[1:])]
    model = torch.nn.Sequential(*(part for layer in layers for part in (layer, torch.nn.ReLU())))[:-1]
    kind = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[optimizer]
    optimizer = kind(model.parameters(), lr=RATES[optimizer])
    for ids in batches(len(labels)):
        ids = torch.from_numpy(ids)
        loss = torch.nn.functional.cross_entropy(model(images[ids].float() / 255), labels[ids])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        yield loss


def with_numpy(hidden, optimizer, images, labels):
    assert optimizer == "sgd"
    widths = [INPUTS, hidden, CLASSES] if hidden else [INPUTS, CLASSES]
    start = lambda n, m: random.uniform(-1, 1, (n, m)).astype(np.float32) * np.float32((6 / n) ** 0.5)
    params = [[start(n, m), np.zeros(m, np.float32)] for n, m in zip(widths, widths[1:])]
    rate = np.float32(RATES["sgd"])
    rows = np.arange(BATCH)
    for ids in batches(len(labels)):
        ys = [images[ids].astype(np.float32) / np.float32(255)]
        for place, (w, b) in enumerate(params):
            y = ys[-1] @ w + b
            ys.append(np.maximum(y, 0) if place + 1 < len(params) else y)
        slope = np.exp(ys[-1] - ys[-1].max(axis=1, keepdims=True))
        slope /= slope.sum(axis=1, keepdims=True)
        loss = -np.log(slope[rows, labels[ids]]).mean()
        slope[rows, labels[ids]] -= 1
        slope /= BATCH
        for place in reversed(range(len(params))):
            w, b = params[place]
            below = ys[place]
            dw, db = below.T @ slope, slope.sum(axis=0)
            if place > 0:
                slope = (slope @ w.T) * (below > 0)
            w -= rate * dw
            b -= rate * db
        yield loss


def main():
    images, labels = read_digits(sys.argv[1] if len(sys.argv) > 1 else None)
    there = {"numpy": np.__version__, "torch": torch.__version__ if torch else None}
    print(json.dumps(there), flush=True)
    running = {}
    for line in sys.stdin:
        asked = json.loads(line)
        key = (asked["peer"], asked["hidden"], asked["optimizer"])
        if key not in running:
            begin = {"numpy": with_numpy, "torch": with_torch}[key[0]]
            running[key] = begin(*key[1:], images, labels)
            for _ in range(50):
                next(running[key])
        samples, start = 0, time.perf_counter()
        while True:
            loss = next(running[key])
            samples += BATCH
            took = (time.perf_counter() - start) * 1000
            if took >= asked["ms"]:
                break
        print(json.dumps({"samples": samples, "ms": took, "loss": float(loss)}), flush=True)


main()
