"""Writes pandas_fixture.json: what pandas makes of a few tables.

Run with Python 3.11 in this folder, with exactly

    pip install pandas==3.1.1 pyarrow==26.0.1 scipy==1.17.1 numpy==2.4.6

Numbers that JSON does not have are texts in an object: {"number": "NaN"}. A missing
cell and NaN are the same to pandas, and null here.
"""

import base64
import csv
import io
import json
import math
import random

import numpy as np
import pandas as pd
from scipy import stats

NAN, INF = math.nan, math.inf
random.seed(2021)


def encode(value):
    """A cell as JSON has it, as given: NaN is not null."""
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (int, np.integer)):
        return int(value)
    if isinstance(value, (float, np.floating)):
        value = float(value)
        if not math.isfinite(value) or (value == 0 and math.copysign(1, value) < 0):
            return {"number": {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity",
                               "-0.0": "-0"}[str(value)]}
        return value
    return value


def result(value):
    """A cell that pandas computed: NaN and None are both null."""
    return None if pd.isna(value) else encode(value)


def expected_of(frame):
    return {
        "columns": list(frame.columns),
        "expected": [[result(cell) for cell in row]
                     for row in frame.astype(object).itertuples(index=False, name=None)],
    }


def given(rows):
    return [{key: encode(value) for key, value in row.items()} for row in rows]


CASES = []


def add(kind, name, rows, expected, **asked):
    CASES.append({"kind": kind, "name": name, **asked, "rows": given(rows), **expected})


def add_frame(name, rows):
    add("frame", name, rows, expected_of(pd.DataFrame(rows)))


def add_sort(name, rows, *keys):
    frame = pd.DataFrame(rows).sort_values(
        [column for column, _ in keys],
        ascending=[not descending for _, descending in keys],
        kind="stable", na_position="last",
    )
    add("sort", name, rows, expected_of(frame),
        keys=[{"column": c, "descending": d} for c, d in keys])


STATISTICS = {
    "mean": lambda values: values.mean(),
    "median": lambda values: values.median(),
    "interquartileMean": lambda values: stats.trim_mean(values.dropna(), 0.25)
    if values.count() else NAN,
}


def add_summary(name, rows, by, metric, statistic="mean"):
    frame = pd.DataFrame(rows)
    if frame[metric].dtype == object:
        frame[metric] = frame[metric].astype(float)
    if by:
        # All of the rows: pandas would drop those without a key.
        groups = list(frame.groupby(by, sort=False, dropna=False))
    else:
        groups = [((), frame)]
    table = []
    for keys, own in groups:
        values = own[metric].astype(float)
        n = values.count()
        center = STATISTICS[statistic](values)
        lower = upper = NAN
        if statistic == "mean" and n > 1 and np.isfinite(values.dropna()).all():
            half = stats.t.ppf(0.975, n - 1) * values.sem()
            lower, upper = center - half, center + half
        table.append([*[result(key) for key in keys],
                      *[result(v) for v in (center, lower, upper)],
                      int(n), int(len(own) - n)])
    columns = [*by, "estimate", "lower", "upper", "n", "missing"]
    add("summarize", name, rows, {"columns": columns, "expected": table},
        by=by, metric=metric, statistic=statistic)


def add_csv(name, rows, **options):
    text = pd.DataFrame(rows).to_csv(index=False, lineterminator="\n", **options)
    frame = pd.read_csv(io.StringIO(text), keep_default_na=False,
                        na_values={column: [""] for column in rows[0]})
    CASES.append({"kind": "csv", "name": name, "text": text, **expected_of(frame)})


def add_parquet(name, rows, **options):
    file = io.BytesIO()
    pd.DataFrame(rows).to_parquet(file, index=False, **options)
    file.seek(0)
    CASES.append({"kind": "parquet", "name": name,
                  "bytes": base64.b64encode(file.getvalue()).decode(),
                  **expected_of(pd.read_parquet(file))})


# --- Frames: keys in any order, left out, and odd cells.
add_frame("keys in order", [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}])
add_frame("keys in another order", [{"a": 1, "b": 2.5}, {"b": 3.5, "a": 4}])
add_frame("a key left out at the end", [{"a": 1, "b": 2}, {"a": 3}])
add_frame("a key left out at the beginning", [{"a": 1}, {"b": 2, "a": 3}])
add_frame("no key in common", [{"a": 1}, {"b": "x"}, {"c": True}])
add_frame("whole numbers, then others", [{"a": k} for k in [*range(25), 0.5]])
add_frame("missing for longer than 20 rows", [*[{"a": None}] * 25, {"a": 1.5}])
add_frame("NaN and infinities", [{"a": v} for v in (1.5, NAN, INF, -INF, None)])
add_frame("the text NaN is text", [{"a": v} for v in ("NaN", "x", "inf", "1")])
add_frame("empty texts and missing ones", [{"a": v} for v in ("", None, "x")])
add_frame("commas, quotes, line breaks",
          [{"a, b": v, 'q"': 1} for v in ("x,y", 'say "no"', "two\nlines", "r\r\n")])
add_frame("numbers of many digits",
          [{"a": v} for v in (0.1, 1e300, 5e-324, 1 / 3, -1e-7, 2.0**53)])
add_frame("true, false, missing", [{"a": v} for v in (True, None, False)])
add_frame("large whole numbers", [{"a": v} for v in (2**31, -2**40, 2**53 - 1)])
shuffled = []
for k in range(12):
    pairs = [("method", "td3"), ("seed", k), ("hitRate", k / 7), ("users", 5 * k)]
    random.shuffle(pairs)
    shuffled.append(dict(pairs[: 4 - k % 3]))
add_frame("keys shuffled and left out", shuffled)

# --- Sorting.
numbers = [{"x": v, "k": k} for k, v in enumerate([3, 1.5, -2, 1.5, 10, 0, -2])]
holes = [{"x": v, "k": k}
         for k, v in enumerate([3, None, -INF, NAN, 1.5, INF, None, 1.5])]
texts = [{"x": v, "k": k}
         for k, v in enumerate(["b", "B", "a", "", None, "é", "a", "10", "9", "z,"])]
for descending in (False, True):
    way = "down" if descending else "up"
    add_sort(f"numbers {way}", numbers, ("x", descending))
    add_sort(f"missing, NaN and infinities {way}", holes, ("x", descending))
    add_sort(f"texts {way}", texts, ("x", descending))
    add_sort(f"booleans {way}", [{"x": v, "k": k} for k, v in
                                 enumerate([True, False, True, False])],
             ("x", descending))
add_sort("texts beyond 16 bits", [{"x": v} for v in ("\uff61", "😀", "a", "\ud7ff")],
         ("x", False))
add_sort("all missing", [{"x": None, "k": k} for k in range(3)], ("x", False))
add_sort("all equal", [{"x": 1, "k": k} for k in range(30)], ("x", True))
add_sort("0 and -0 are ties", [{"x": v, "k": k} for k, v in
                               enumerate([0.0, -0.0, 0.0, -1.0])], ("x", False))
many = [{"g": random.choice(["a", "b", None]), "x": random.choice([1, 2, NAN, 0.5]),
         "k": k} for k in range(40)]
add_sort("two keys", many, ("g", False), ("x", False))
add_sort("two keys, two directions", many, ("g", True), ("x", False))
add_sort("three keys", many, ("x", True), ("g", False), ("k", True))
add_sort("ten before nine as numbers only",
         [{"x": v} for v in (10, 9, 100, 1)], ("x", False))

# --- Groups.
trials = [{"method": m, "users": u, "seed": s, "hitRate": random.random()}
          for m in ("td3", "ddpg", "pso") for u in (5, 10) for s in range(4)]
mixed = random.sample(trials, len(trials))
for by in ([], ["method"], ["method", "users"], ["users", "method"],
           ["method", "users", "seed"]):
    add_summary(f"by {' and '.join(by) or 'nothing'}", mixed, by, "hitRate")
add_summary("keys shuffled",
            [dict(random.sample(list(row.items()), 4)) for row in trials],
            ["method", "users"], "hitRate")
add_summary("keys with dashes do not fall together",
            [{"a": "a-1", "b": "x", "v": 1}, {"a": "a", "b": "1-x", "v": 2},
             {"a": "a-1", "b": "x", "v": 4}], ["a", "b"], "v")
add_summary("keys with commas, quotes, line breaks",
            [{"a": a, "v": v} for v, a in enumerate(
                ['x,"y"', "x", 'x,"y"', '","', "\n", '","'])], ["a"], "v")
add_summary("numbers and missing ones as keys",
            [{"a": a, "v": v} for v, a in enumerate([1, None, 0.0, NAN, -0.0, 1])],
            ["a"], "v")
add_summary("missing texts as keys, and empty ones",
            [{"a": a, "v": v} for v, a in enumerate(["x", None, "", "x", None, ""])],
            ["a"], "v")
add_summary("missing in two keys",
            [{"a": a, "b": b, "v": v} for v, (a, b) in enumerate(
                [("x", None), (None, "x"), (None, None), ("x", None)])],
            ["a", "b"], "v")
add_summary("booleans as keys",
            [{"a": a, "v": v} for v, a in enumerate([True, False, True])], ["a"], "v")
add_summary("missing numbers count nowhere",
            [{"g": g, "v": v} for g, v in
             [("a", 1), ("a", None), ("a", 4), ("b", NAN), ("b", 2), ("c", None)]],
            ["g"], "v")
add_summary("a key left out",
            [{"g": "a", "v": 1}, {"g": "a"}, {"g": "a", "v": 3}, {"v": 9}], ["g"], "v")
add_summary("one number has no interval", [{"g": g, "v": v} for g, v in
                                           [("a", 1), ("b", 2), ("b", 3)]],
            ["g"], "v")
add_summary("equal numbers have an interval of no width",
            [{"g": "a", "v": 0.1}] * 3, ["g"], "v")
add_summary("infinite numbers", [{"g": g, "v": v} for g, v in
                                 [("a", 1), ("a", INF), ("b", -INF), ("b", -INF),
                                  ("c", INF), ("c", -INF), ("d", 1), ("d", 2)]],
            ["g"], "v")
add_summary("whole numbers before others",
            [{"g": "a", "v": v} for v in [*range(25), 0.75]], ["g"], "v")
add_summary("booleans as numbers", [{"g": g, "v": v} for g, v in
                                    [("a", True), ("a", False), ("b", True)]],
            ["g"], "v")
add_summary("large and small numbers",
            [{"g": g, "v": v} for g, v in
             [("a", 1e15), ("a", 1e15 + 2), ("b", 1e-100), ("b", 3e-100)]],
            ["g"], "v")
add_summary("many groups", [{"g": k % 17, "h": f"{k % 3}", "v": random.gauss(0, 1)}
                            for k in range(160)], ["g", "h"], "v")
for statistic in ("median", "interquartileMean"):
    add_summary(f"{statistic} by two columns", mixed, ["method", "users"], "hitRate",
                statistic)
    add_summary(f"{statistic} with ties and missing ones",
                [{"g": g, "v": v} for g in "ab" for v in
                 (1, 1, 2, 2, 2, None, 7, 100, NAN)], ["g"], "v", statistic)

# --- Files that pandas writes.
add_csv("numbers, texts, missing", [{"m": "td3", "x": 0.1, "k": 1},
                                    {"m": "a, b", "x": None, "k": 2},
                                    {"m": 'say "no"', "x": 1e-300, "k": 3}])
add_csv("infinities", [{"m": "a", "x": INF}, {"m": "b", "x": -INF}])
add_csv("booleans", [{"m": "a", "x": True}, {"m": "b", "x": False}])
add_csv("line breaks in cells", [{"m": "two\nlines", "x": 1}, {"m": "r\r\n", "x": 2}])
add_csv("texts in quotes", [{"m": "a", "x": 1.5}, {"m": "b", "x": 2.5}],
        quoting=csv.QUOTE_NONNUMERIC)
add_parquet("numbers, texts, missing",
            [{"m": "td3", "x": 0.1, "k": 1}, {"m": None, "x": NAN, "k": 2},
             {"m": "", "x": -INF, "k": 3}])
add_parquet("booleans and large whole numbers",
            [{"b": True, "k": 2**53 - 1}, {"b": False, "k": -5}])
add_parquet("dictionaries of texts", [{"m": "td3"}, {"m": "ddpg"}] * 40,
            compression="snappy")

with open("pandas_fixture.json", "w", encoding="utf-8") as file:
    lines = ",\n".join(json.dumps(case, ensure_ascii=True, allow_nan=False)
                       for case in CASES)
    file.write(f'{{"pandas":"{pd.__version__}","cases":[\n{lines}\n]}}\n')
print(len(CASES), "cases")
