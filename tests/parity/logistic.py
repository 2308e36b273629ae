"""Writes what scikit-learn's logistic regression comes to on 10,000 digits of real MNIST: logistic.json.

crates/core/tests/accuracy.rs trains 784-10 with the same penalty and compares. scikit-learn minimises
C · Σ loss + ½ · Σ w², the intercepts free; divided by C · n that is the mean loss with our λ = 1 / (C · n).

    BRAINBOW_DATA=<folder with mnist/> python logistic.py
"""

import gzip
import json
import os
import warnings
from pathlib import Path

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression

HERE = Path(__file__).parent
DATA = Path(os.environ.get("BRAINBOW_DATA", HERE / "../../data")) / "mnist"
DIGITS, L2 = 10_000, 0.001
TOLERANCES = [1e-6, 1e-7]


def main():
    # The first digits of the training files, as the engine sees them.
    x = read("train-images-idx3-ubyte.gz", 16).reshape(-1, 784)[:DIGITS] / 255.0
    y = read("train-labels-idx1-ubyte.gz", 8)[:DIGITS]
    warnings.simplefilter("error")  # ConvergenceWarning: not at rest
    found = [at_rest(x, y, tolerance) for tolerance in TOLERANCES]
    objectives = [result["loss"] + result["penalty"] for result in found]
    # Ten times the patience changes nothing that would be seen.
    assert abs(objectives[0] - objectives[1]) < 1e-5 * objectives[1], objectives
    arguments = {"C": 1 / (DIGITS * L2), "solver": "lbfgs", "tol": TOLERANCES[-1], "fit_intercept": True}
    case = {"scikit-learn": sklearn.__version__, "digits": DIGITS, "l2": L2, "arguments": arguments} | found[-1]
    (HERE / "logistic.json").write_text(json.dumps(case, indent=1) + "\n", encoding="utf-8", newline="\n")
    print(case)


def read(name, header):
    return np.frombuffer(gzip.decompress((DATA / name).read_bytes())[header:], dtype=np.uint8)


def at_rest(x, y, tolerance):
    model = LogisticRegression(C=1 / (DIGITS * L2), solver="lbfgs", tol=tolerance, max_iter=100_000)
    model.fit(x, y)
    # By hand, from the definitions: scikit-learn tells the weights, not the loss.
    logits = x @ model.coef_.T + model.intercept_
    logits -= logits.max(axis=1, keepdims=True)
    losses = np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(len(y)), y]
    # Six digits: the rest depends on the processor.
    return {
        "loss": float(f"{losses.mean():.6g}"),
        "penalty": float(f"{L2 / 2 * (model.coef_**2).sum():.6g}"),
        "accuracy": float((logits.argmax(axis=1) == y).mean()),
    }


if __name__ == "__main__":
    main()
