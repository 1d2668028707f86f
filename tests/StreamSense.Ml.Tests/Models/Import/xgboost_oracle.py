"""Trains XGBoost models on random data and writes them with their predictions: python3 xgboost_oracle.py FOLDER.

data.f32 holds ROWS x FEATURES numbers, row after row. For each model there is NAME.json, NAME.margin.f32, NAME.answer.f32 and, for the
first rows, NAME.contributions.f32 (features, then the bias).
"""
import sys

import numpy as np
import xgboost as xgb

ROWS, FEATURES, EXPLAINED = 10_000, 8, 50

folder = sys.argv[1]
rng = np.random.default_rng(7)
data = rng.normal(size=(ROWS, FEATURES)).astype(np.float32)
data[:, 5] = np.round(data[:, 5], 1)
data[:, 6] = rng.integers(0, 3, ROWS) * (rng.random(ROWS) < 0.5)
data[:, 7] = rng.integers(0, 90, ROWS)
data[rng.random(data.shape) < 0.15] = np.nan
filled = np.nan_to_num(data)
signal = filled[:, 0] * filled[:, 1] + np.sin(3 * filled[:, 2]) + (filled[:, 7] % 7 == 3) + 0.3 * np.isnan(data[:, 3])
noise = rng.normal(size=ROWS)
label = (signal + noise).astype(np.float32)
binary = (label > 0.5).astype(np.float32)
counts = rng.poisson(np.exp(np.clip(signal / 2, -3, 2))).astype(np.float32)
data.tofile(f"{folder}/data.f32")

common = {"nthread": 1, "seed": 3, "verbosity": 0}
names = [f"feature {i}" for i in range(FEATURES)]
categorical = ["float"] * 7 + ["c"]

models = {
    "squared": (label, 60, {"tree_method": "hist", "max_depth": 6}, {"feature_names": names}),
    "exact": (binary, 40, {"tree_method": "exact", "max_depth": 5, "objective": "binary:logistic", "base_score": 0.3}, {}),
    "leafwise": (label, 20, {"tree_method": "hist", "grow_policy": "lossguide", "max_depth": 0, "max_leaves": 255}, {}),
    "huge": (label, 3, {"tree_method": "hist", "grow_policy": "lossguide", "max_depth": 0, "max_leaves": 1500,
                        "min_child_weight": 0}, {}),
    "poisson": (counts, 30, {"tree_method": "hist", "objective": "count:poisson", "base_score": 0.7}, {}),
    "gamma": (counts + 0.5, 20, {"tree_method": "hist", "objective": "reg:gamma"}, {}),
    "raw": (binary, 20, {"tree_method": "hist", "objective": "binary:logitraw", "base_score": 0.2}, {}),
    "rank": (np.clip(counts, 0, 4), 30, {"tree_method": "hist", "objective": "rank:ndcg"}, {}),
    "dart": (binary, 20, {"booster": "dart", "rate_drop": 0.3, "objective": "binary:logistic", "tree_method": "hist"}, {}),
    "forest": (label, 3, {"num_parallel_tree": 8, "subsample": 0.5, "colsample_bynode": 0.6, "tree_method": "hist"}, {}),
    "onehot": (label, 20, {"tree_method": "hist", "max_cat_to_onehot": 100}, {"feature_types": categorical}),
    "sets": (label, 20, {"tree_method": "hist", "max_cat_to_onehot": 1}, {"feature_types": categorical}),
}

for name, (target, rounds, parameters, description) in models.items():
    is_categorical = "feature_types" in description
    matrix = xgb.DMatrix(data, label=target, enable_categorical=is_categorical, nthread=1, **description)
    if name == "rank":
        matrix.set_group([20] * (ROWS // 20))
    booster = xgb.train({**common, **parameters}, matrix, rounds)
    booster.save_model(f"{folder}/{name}.json")
    booster.predict(matrix, output_margin=True).astype(np.float32).tofile(f"{folder}/{name}.margin.f32")
    booster.predict(matrix).astype(np.float32).tofile(f"{folder}/{name}.answer.f32")
    if not is_categorical and name != "huge" and name != "dart":
        few = xgb.DMatrix(data[:EXPLAINED], nthread=1, feature_names=description.get("feature_names"))
        booster.predict(few, pred_contribs=True).astype(np.float32).tofile(f"{folder}/{name}.contributions.f32")
