"""Reads corpora, and has the program describe their pages in numbers.

A corpus is a folder with pages/<id>.html.gz and truth.jsonl: a JSON object a line with at least id, source and body.
"""
import gzip
import json
import re
import subprocess
import zlib
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path

import numpy as np
from rapidfuzz.distance import LCSseq

WORD = re.compile(r"\w+")
ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Page:
    corpus: str
    id: str
    kind: str  # the type of the page, such as article
    form: str  # html, or what flattened it
    fold: int
    body: str
    texts: list  # of each row
    words: np.ndarray  # of each row
    wanted: np.ndarray  # the share of them that the body has
    numbers: np.ndarray  # rows by features


def fold_of(source, folds):
    """Whole sources stay together; the same split as that of the scorer."""
    return zlib.crc32(source.encode()) % folds


def flatten(form, html):
    """What usual tools make of a page: the key of the record, and the text."""
    try:
        if form == "inscriptis":
            from inscriptis import get_text

            return "text", get_text(html)
        if form == "html-text":
            from html_text import extract_text

            return "text", extract_text(html)
        import html2text

        converter = html2text.HTML2Text()
        converter.body_width = 0
        return "markdown", converter.handle(html)
    except Exception:  # a page that the tool cannot read is a page without text
        return "text", ""


def record(job):
    """The line of a page for the program."""
    path, form, id, url = job
    html = gzip.open(path).read().decode("utf-8", "replace")
    if form == "html":
        return json.dumps({"id": id, "url": url, "html": html})
    key, text = flatten(form, html)
    return json.dumps({"id": id, key: text})


def label(job):
    """How many words each text has, and what share of them a longest common subsequence with the body."""
    texts, body = job
    words, owners = [], []
    for row, text in enumerate(texts):
        found = WORD.findall(text.lower())
        words += found
        owners += [row] * len(found)
    body = WORD.findall(body.lower())
    number = {word: k for k, word in enumerate(dict.fromkeys(words + body))}
    counts, shared = np.zeros(len(texts)), np.zeros(len(texts))
    for owner in owners:
        counts[owner] += 1
    for step in LCSseq.opcodes([number[w] for w in words], [number[w] for w in body]):
        if step.tag == "equal":
            for at in range(step.src_start, step.src_end):
                shared[owners[at]] += 1
    return counts, shared / np.maximum(counts, 1)


def describe(command, corpus, form, folds, scratch):
    """The names of the features, and all pages of a corpus in one form."""
    truth = [json.loads(line) for line in open(corpus / "truth.jsonl", encoding="utf-8")]
    truth = {row["id"]: row for row in truth if row.get("body") is not None}
    jobs = [(corpus / "pages" / f"{id}.html.gz", form, id, row.get("url")) for id, row in truth.items()]
    out = scratch / f"{corpus.name}-{form}"
    with Pool() as pool:
        lines = pool.imap(record, jobs, chunksize=8)
        with subprocess.Popen([*command, str(out)], stdin=subprocess.PIPE, text=True, encoding="utf-8") as program:
            for line in lines:
                program.stdin.write(line + "\n")
            program.stdin.close()
            if program.wait():
                raise SystemExit(f"{command[0]} failed on {corpus.name} as {form}")
        rows = [json.loads(line) for line in open(f"{out}.jsonl", encoding="utf-8")]
        names, rows = rows[0]["features"], rows[1:]
        labels = pool.map(label, [(row["texts"], truth[row["id"]]["body"]) for row in rows], chunksize=8)
    numbers = np.fromfile(f"{out}.f32", dtype="<f4").reshape(-1, len(names))
    pages, at = [], 0
    for row, (words, wanted) in zip(rows, labels):
        one, end = truth[row["id"]], at + len(row["texts"])
        fold = fold_of(one.get("source") or one["id"], folds)
        pages.append(Page(corpus.name, row["id"], one.get("page_type") or "article", form, fold, one["body"],
                          row["texts"], words, wanted, numbers[at:end]))
        at = end
    return names, pages
