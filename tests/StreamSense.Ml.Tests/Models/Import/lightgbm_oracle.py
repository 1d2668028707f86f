"""Writes what is in Fixtures, with LightGBM's command line program (4.1): python3 lightgbm_oracle.py LIGHTGBM FOLDER.

lightgbm-rows.csv holds ROWS rows of random numbers, an empty cell where one is missing. For each model there is lightgbm-NAME.txt, and
lightgbm-NAME.csv with two numbers for each row: the sum of the trees and the answer, as LightGBM predicts them.
"""
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
ROWS, TRAINING = 300, 3_000
rng = np.random.default_rng(11)


def numbers(count):
    rows = np.empty((count, 8), dtype=np.float32)
    rows[:, 0] = rng.normal(size=count)
    rows[:, 1] = rng.exponential(size=count) * 1000
    rows[:, 2] = rng.integers(0, 5, count)
    rows[:, 3] = np.where(rng.random(count) < 0.6, 0, rng.normal(size=count))
    rows[:, 4] = rng.integers(0, 40, count)
    rows[:, 5] = rng.integers(0, 6, count)
    rows[:, 6] = rng.normal(size=count)
    rows[:, 7] = 1e6 + rng.integers(0, 1000, count)
    signal = (2 * rows[:, 0] + 0.3 * np.log1p(rows[:, 1]) + 0.5 * (rows[:, 4] % 7) - 1.5 * (rows[:, 5] == 3)
              + rows[:, 3] * rows[:, 6] + 0.3 * rng.normal(size=count))
    for column in (0, 1, 3, 4, 6):
        missing = rng.random(count) < 0.12
        rows[missing, column] = np.nan
        # That it is missing matters by itself: some splits then ask nothing else, and have no finite threshold.
        signal = signal + missing * (2 if column == 6 else 0)
    return rows, signal


def cells(row, missing):
    return [missing if np.isnan(value) else repr(float(value)) for value in row]


training, signal = numbers(TRAINING)
rows, _ = numbers(ROWS)
rows[0:10, 4] = 99
rows[10:16, 4] = -1
rows[16:22, 5] = 2.7
rows[22:28, 0] = np.inf
rows[28:34, 0] = -np.inf
rows[34:40, 3] = 1e-36
rows[40:46, 3] = -0.0
rows[46:52, 6] = np.inf
(folder / "lightgbm-rows.csv").write_text("".join(
    ",".join(cell.replace("inf", "Infinity") for cell in cells(row, "")) + "\n" for row in rows))

grades = np.clip(np.floor(signal - signal.min()), 0, 4)
models = {
    "regression": (signal, ""),
    "sets": (signal, "categorical_feature=4,5 max_cat_to_onehot=1 cat_smooth=1 min_data_per_group=5"),
    "no-missing": (signal, "use_missing=false"),
    "zero-missing": (signal, "zero_as_missing=true categorical_feature=4,5 cat_smooth=1 min_data_per_group=5"),
    "mape": (np.exp(np.clip(signal / 4, -3, 3)), "objective=mape"),
    "binary": (signal > np.median(signal), "objective=binary sigmoid=1.5 categorical_feature=5"),
    "poisson": (np.floor(np.exp(np.clip(signal / 3, -3, 2))), "objective=poisson"),
    "dart": (signal, "boosting=dart drop_rate=0.5"),
    "forest": (signal > 1, "objective=binary boosting=rf bagging_fraction=0.7 bagging_freq=1"),
    "lambdarank": (grades, "objective=lambdarank"),
    "xendcg": (grades, "objective=rank_xendcg"),
}
with tempfile.TemporaryDirectory() as scratch:
    scratch = pathlib.Path(scratch)
    (scratch / "rows").write_text("".join("0\t" + "\t".join(cells(row, "nan")) + "\n" for row in rows))
    for name, (label, options) in models.items():
        (scratch / "data").write_text("".join(
            f"{value:g}\t" + "\t".join(cells(row, "nan")) + "\n" for value, row in zip(np.asarray(label, dtype=float), training)))
        query = scratch / "data.query"
        query.unlink(missing_ok=True)
        if name in ("lambdarank", "xendcg"):
            query.write_text("20\n" * (TRAINING // 20))
        model = folder / f"lightgbm-{name}.txt"
        quiet = ["num_threads=1", "verbosity=-1"]
        subprocess.run([program, "task=train", f"data={scratch / 'data'}", f"output_model={model}", "num_trees=8", "seed=3", *quiet,
                        *({"num_leaves": "num_leaves=12"} | {option.split("=")[0]: option for option in options.split()}).values()], check=True, stdout=subprocess.DEVNULL)
        told = []
        for raw in ("true", "false"):
            subprocess.run([program, "task=predict", f"data={scratch / 'rows'}", f"input_model={model}", f"predict_raw_score={raw}",
                            f"output_result={scratch / 'told'}", *quiet], check=True, stdout=subprocess.DEVNULL)
            told.append((scratch / "told").read_text().split())
        (folder / f"lightgbm-{name}.csv").write_text("".join(f"{total},{answer}\n" for total, answer in zip(*told)))
        # What the program was called with names files of the machine; no reader needs it.
        text = model.read_text()
        model.write_text(text[:text.index("parameters:")] if "parameters:" in text else text)
