"""Writes roc.json: scikit-learn's ROC curves and areas of some readings, ties among them."""
import json
import pathlib

import numpy as np
from sklearn.metrics import roc_auc_score, roc_curve

random = np.random.default_rng(7)
cases = []
for count, digits in [(12, 1), (60, 2), (400, 6)]:
    labels = random.integers(0, 2, count)
    readings = np.clip(0.5 + 0.25 * (labels - 0.5) + 0.2 * random.standard_normal(count), 0, 1)
    readings = np.round(readings, digits).astype(np.float32)
    false, true, thresholds = roc_curve(labels, readings, drop_intermediate=False)
    cases.append(
        {
            "labels": labels.tolist(),
            "readings": [float(reading) for reading in readings],
            # Before the first reading nothing is taken for the second class.
            "thresholds": [float(threshold) for threshold in thresholds[1:]],
            "false": false[1:].tolist(),
            "true": true[1:].tolist(),
            "area": float(roc_auc_score(labels, readings)),
        }
    )
path = pathlib.Path(__file__).with_name("roc.json")
path.write_text(json.dumps(cases) + "\n")
