#!/usr/bin/env python3
"""Train the models of the generic cleaner: from corpora to src/generic/model/*.json, in one command.

    train.py [--corpora DIR] [--only html|text] [--folds-only]

Needs `pip install -r training/requirements.txt`, and builds the program's example `block_features`. For each of five
folds by source, a model that has seen no page of the fold's sources is written to training/folds/; its figures are what
docs/model.md reports. The model that is shipped has seen all pages. Seeds and the number of threads are fixed.
"""
import argparse
import json
import subprocess
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from catboost import CatBoostClassifier, Pool

from corpus import ROOT, WORD, describe

FOLDS = 5
FORMS = {"html": ["html"], "text": ["inscriptis", "html-text", "html2text"]}
SETTINGS = {
    "loss_function": "CrossEntropy",  # the label is the share of a block's words that are wanted
    "iterations": 500,
    "depth": 6,
    "learning_rate": 0.05,
    "l2_leaf_reg": 20,
    "rsm": 0.15,
    "bootstrap_type": "Bernoulli",
    "subsample": 0.7,
    "border_count": 32,
    "random_seed": 1,
    "thread_count": 2,
    "verbose": 0,
    "allow_writing_files": False,
}
# Long blocks count more, but less than by their length: the model has to know what a heading is too.
WEIGHT = 0.6
# A leaf is written as a whole number of these.
SCALE = 1e-4


def fit(pages):
    numbers = np.vstack([page.numbers for page in pages])
    wanted = np.concatenate([page.wanted for page in pages])
    # Each page counts alike, in however many forms it is there.
    weights = [page.words**WEIGHT for page in pages]
    weights = np.concatenate([weight * 100 / max(weight.sum(), 1e-9) for weight in weights])
    model = CatBoostClassifier(**SETTINGS)
    model.fit(Pool(numbers, wanted, weight=weights))
    return model


def choose(scores, lengths):
    """What src/generic/balance.rs does: the blocks to keep, and the F1 that is expected of them."""
    order = np.argsort(-scores, kind="stable")
    both, kept = np.cumsum((scores * lengths)[order]), np.cumsum(lengths[order])
    expected = 2 * both / np.maximum(kept + (scores * lengths).sum(), 1e-9)
    count = int(np.argmax(expected)) + 1
    best = float(expected[count - 1])
    keep = np.zeros(len(scores), bool)
    keep[order[:count]] = True
    return keep & (scores >= best / 2 + 0.15 * max(0, (best - 0.8) / 0.2)), best


def word_f1(text, body):
    got, want = Counter(WORD.findall(text.lower())), Counter(WORD.findall(body.lower()))
    if not got or not want:
        return float(not got and not want)
    return 2 * (got & want).total() / (got.total() + want.total())


def judge(model, pages, names):
    """For each page: the F1 that was expected, the one that came out, and that of choosing by the labels themselves."""
    length = names.index("length")
    results = []
    for page in pages:
        if not page.texts:
            results.append((0.0, word_f1("", page.body), word_f1("", page.body)))
            continue
        scores = model.predict_proba(page.numbers)[:, 1]
        keep, expected = choose(scores, page.numbers[:, length])
        joined = lambda keep: "\n".join(text for text, kept in zip(page.texts, keep) if kept)
        results.append((expected, word_f1(joined(keep), page.body), word_f1(joined(page.wanted >= 0.5), page.body)))
    return results


def calibrate(results, bins=12):
    """Expected against measured F1: means of equally many pages, made to ascend (pool adjacent violators)."""
    results = np.array(sorted((expected, measured) for expected, measured, _ in results))
    points = [[chunk[:, 0].mean(), chunk[:, 1].mean(), len(chunk)] for chunk in np.array_split(results, bins)]
    pooled = []
    for point in points:
        pooled.append(point)
        while len(pooled) > 1 and pooled[-2][1] >= pooled[-1][1]:
            x, y, n = pooled.pop()
            a, b, m = pooled[-1]
            pooled[-1] = [(a * m + x * n) / (m + n), (b * m + y * n) / (m + n), m + n]
    return [[round(float(x), 4), round(float(y), 4)] for x, y, _ in pooled]


def write(model, names, kind, about, calibration, path):
    with tempfile.TemporaryDirectory() as folder:
        model.save_model(f"{folder}/model.json", format="json")
        learned = json.load(open(f"{folder}/model.json"))
    used = sorted({split["float_feature_index"] for tree in learned["oblivious_trees"] for split in tree["splits"]})
    place = {feature: k for k, feature in enumerate(used)}
    trees = [
        {
            "splits": [[place[split["float_feature_index"]], float(f"{split['border']:.6g}")] for split in tree["splits"]],
            "leaves": [round(leaf / SCALE) for leaf in tree["leaf_values"]],
        }
        for tree in learned["oblivious_trees"]
    ]
    scale, [bias] = learned["scale_and_bias"]
    assert scale == 1
    lines = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in trees)
    head = {"version": 1, "input": kind, "about": about, "bias": round(bias, 6), "scale": SCALE,
            "features": [names[k] for k in used], "calibration": calibration}
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(head)[:-1] + ', "trees": [\n' + lines + "\n]}\n", encoding="utf-8")


def report(pages, results):
    table = defaultdict(list)
    for page, result in zip(pages, results):
        table[page.form, page.corpus, "all"].append(result)
        table[page.form, page.corpus, page.kind].append(result)
    print("| form | corpus | pages | n | expected F1 | word F1 | by labels |\n|---|---|---|---|---|---|---|")
    for (form, corpus, kind), rows in sorted(table.items()):
        figures = " | ".join(f"{figure:.4f}" for figure in np.mean(rows, axis=0))
        print(f"| {form} | {corpus} | {kind} | {len(rows)} | {figures} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=ROOT.parent / "shared" / "corpora")
    parser.add_argument("--only", choices=list(FORMS))
    parser.add_argument("--folds-only", action="store_true", help="leave the shipped models as they are")
    parser.add_argument("--program", help="an example block_features that is built already")
    args = parser.parse_args()
    if args.program:
        command = [args.program]
    else:
        build = ["cargo", "build", "--release", "--example", "block_features", "--message-format", "json"]
        built = subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
        messages = [json.loads(line) for line in built.splitlines()]
        command = [next(m["executable"] for m in messages if m.get("target", {}).get("name") == "block_features" and m.get("executable"))]
    corpora = sorted(folder for folder in args.corpora.iterdir() if (folder / "truth.jsonl").exists())
    for kind in [args.only] if args.only else FORMS:
        with tempfile.TemporaryDirectory() as scratch:
            pages, names = [], []
            for corpus in corpora:
                for form in FORMS[kind]:
                    names, described = describe(command, corpus, form, FOLDS, Path(scratch))
                    pages += described
        results, models = [None] * len(pages), []
        for fold in range(FOLDS):
            model = fit([page for page in pages if page.fold != fold and page.texts])
            inside = [k for k, page in enumerate(pages) if page.fold == fold]
            for k, result in zip(inside, judge(model, [pages[k] for k in inside], names)):
                results[k] = result
            models.append(model)
        for fold, model in enumerate(models):
            others = calibrate([result for page, result in zip(pages, results) if page.fold != fold])
            path = ROOT / "training" / "folds" / f"{kind}-{fold}.json"
            write(model, names, kind, f"without fold {fold} of {FOLDS}", others, path)
        report(pages, results)
        if not args.folds_only:
            about = f"trained on {', '.join(corpus.name for corpus in corpora)}; see docs/model.md"
            model = fit([page for page in pages if page.texts])
            write(model, names, kind, about, calibrate(results), ROOT / "src" / "generic" / "model" / f"{kind}.json")


if __name__ == "__main__":
    main()
