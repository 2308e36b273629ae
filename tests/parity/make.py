"""Writes the numbers that crates/core/tests/parity compares the engine with: PyTorch's.

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

import functions
import networks
import schedules
import trainers
from text import to_text

HERE = Path(__file__).parent


def main():
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    head = {"pytorch": torch.__version__.split("+")[0], "dtype": "float64"}
    files = {
        "activations": functions.activations(),
        "losses": functions.losses(),
        "schedules": schedules.all(),
        "trainers": trainers.all(),
        **networks.all(),
    }
    texts = {f"{name}.json": to_text(head | case) for name, case in files.items()}
    changed = [name for name, text in texts.items() if not same(HERE / name, text)]
    if "--check" in sys.argv:
        sys.exit(f"not as PyTorch says: {', '.join(changed)}" if changed else 0)
    for name, text in texts.items():
        (HERE / name).write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(texts)} files, {len(changed)} changed")


def same(path, text):
    return path.exists() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    main()
