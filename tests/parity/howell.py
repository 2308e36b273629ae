"""Adds to each split of howell.json what scikit-learn's logistic regression tells right of the rows held out.

The splits are written by `BRAINBOW_WRITE_SPLITS=1 cargo test -p brainbow --test howell -- --ignored twenty`.
"""
import csv
import json
import os
import pathlib

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

path = pathlib.Path(__file__).with_name("howell.json")
with open(os.path.join(os.environ["BRAINBOW_DATA"], "howell", "Howell1.csv")) as file:
    rows = np.array([[float(x) for x in row] for row in list(csv.reader(file, delimiter=";"))[1:]])
x, male, adult = rows[:, :3], rows[:, 3].astype(int), rows[:, 2] >= 18
splits = json.loads(path.read_text())
for split in splits:
    held_out = np.zeros(len(rows), bool)
    held_out[split["held_out"]] = True
    model = make_pipeline(StandardScaler(), LogisticRegression(tol=1e-12, max_iter=10000))
    model.fit(x[adult & ~held_out], male[adult & ~held_out])
    split["accuracy"] = model.score(x[held_out], male[held_out])
path.write_text(json.dumps(splits) + "\n")
print(np.mean([split["accuracy"] for split in splits]))
