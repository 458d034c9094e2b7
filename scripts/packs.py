#!/usr/bin/env python3
"""Measure the packs that apply to every page, alone: what they lose of true bodies, what they take of the rest.

    packs.py CORPUS [--rules DIR] [--by-rule] [--worst N] [--keep-in DIR] -- PROGRAM

CORPUS is a folder with truth.jsonl ({"id", "url", "page_type", "body"} a line) and pages/<id>.html.gz. PROGRAM is dehusk.
Each page is cleaned twice, with no rules of sites and no choice of main content: with the packs, and without. The page
comes as HTML, and flattened by inscriptis and by html-text (where they are installed).

Words are multisets of lower-cased \\w+ tokens. Of what stands on the page without packs,
- a word of the true body is *lost* if it is no longer there with packs, wherever on the page it stood;
- the *rest* is all that is not of the true body; *coverage* is the share of it that packs dropped;
- the *precision* of a category, or rule, is the share of the words it dropped that were not lost.
Lost words are put down to the dropped texts that hold the largest shares of them.

--rules DIR     a folder whose packs/ lie over the built-in ones: rules can be tried without a build
--by-rule       a table of rules beside that of categories
--worst N       the N rules and pages with most words lost, and the dropped text with most of them
--only NAME     one input: html, inscriptis or html-text
--keep-in DIR   keeps pages and results without packs there, for the next run
"""
import argparse
import gzip
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from flatten import flattener

WORD = re.compile(r"\w+")
INPUTS = ["html", "inscriptis", "html-text"]


def words(text):
    return Counter(WORD.findall(text.lower()))


def pages(corpus, truth, name, path):
    """Writes the records of one kind of input, unless they are there."""
    if path.exists():
        return
    flatten = None if name == "html" else flattener(name)
    with open(path, "w", encoding="utf-8") as out:
        for row in truth:
            html = gzip.open(corpus / "pages" / f"{row['id']}.html.gz").read().decode("utf-8", "replace")
            record = {"id": row["id"]}
            try:
                record |= {"url": row["url"], "html": html} if flatten is None else {"text": flatten(html)}
            except Exception as error:  # a page that the tool cannot read is a page without text
                print(f"{row['id']}: {name}: {error}", file=sys.stderr)
                record["text"] = ""
            out.write(json.dumps(record) + "\n")


def clean(program, options, path):
    command = [*program, "clean", "--no-generic", *options, "--input-format", "jsonl", "--format", "jsonl", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr[-2000:]}")
    rows = (json.loads(line) for line in done.stdout.split("\n") if line.strip())
    return {row["id"]: row for row in rows}


def compare(body, before, after):
    """What the packs did to one page: words of the body, lost ones, the rest, what of it went; and by dropped text."""
    want, had, left = words(body), words(before["text"]), words(after["text"])
    true = want & had
    lost = true - left
    texts = [(one["rule"], one["category"], words(one["text"]), one["text"])
             for one in after.get("dropped", []) if not one["rule"].startswith("page/")]
    share = lambda one: (one[2] & lost).total() / max(1, one[2].total())
    open_, blamed = lost.copy(), []
    for rule, category, of_text, text in sorted(texts, key=share, reverse=True):
        taken = of_text & open_
        open_ -= taken
        blamed.append((rule, category, of_text.total(), taken.total(), text))
    gone = (had - left).total() - lost.total()
    return true.total(), lost.total(), had.total() - true.total(), gone, blamed


def percent(part, whole, digits=1):
    return f"{100 * part / whole:.{digits}f} %" if whole else "–"


def table(title, sums, rest):
    print(f"\n| {title} | pages | words dropped | lost | precision | share of the rest |\n|---|---|---|---|---|---|")
    for name, (count, dropped, lost) in sorted(sums.items(), key=lambda one: -one[1][1]):
        cells = [name, f"{len(count):,}", f"{dropped:,}", f"{lost:,}", percent(dropped - lost, dropped),
                 percent(dropped - lost, rest)]
        print("| " + " | ".join(cells) + " |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--rules", type=Path)
    parser.add_argument("--by-rule", action="store_true")
    parser.add_argument("--worst", type=int, default=0)
    parser.add_argument("--only", choices=INPUTS)
    parser.add_argument("--keep-in", type=Path)
    end = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    args, program = parser.parse_args(sys.argv[1:end]), sys.argv[end + 1 :]
    if not program:
        parser.error("name the program after --")
    truth = [json.loads(line) for line in open(args.corpus / "truth.jsonl", encoding="utf-8")]
    truth = [row for row in truth if row.get("body") is not None]
    temporary = tempfile.TemporaryDirectory()
    folder = args.keep_in or Path(temporary.name)
    folder.mkdir(parents=True, exist_ok=True)
    # A folder cannot be named beside `none`: pages of sites that have rules built in are then cleaned by those, too.
    rules = ["--rules", str(args.rules) if args.rules else "none"]
    for name in [args.only] if args.only else INPUTS:
        stem = f"{args.corpus.resolve().name}-{name}"
        try:
            pages(args.corpus, truth, name, folder / f"{stem}.jsonl")
        except ImportError:
            print(f"\n({name} is not installed)")
            continue
        kept = folder / f"{stem}-before.json"
        if not kept.exists():
            before = clean(program, ["--rules", "none", "--no-packs"], folder / f"{stem}.jsonl")
            kept.write_text(json.dumps({key: {"text": row.get("text") or ""} for key, row in before.items()}))
        before = json.loads(kept.read_text())
        after = clean(program, rules, folder / f"{stem}.jsonl")
        by_type = defaultdict(Counter)
        categories, of_rules = defaultdict(lambda: [set(), 0, 0]), defaultdict(lambda: [set(), 0, 0])
        texts = defaultdict(list)
        for row in truth:
            if "text" not in before.get(row["id"], {}) or "text" not in after.get(row["id"], {}):
                continue
            true, lost, rest, gone, blamed = compare(row["body"], before[row["id"]], after[row["id"]])
            for kind in ("all", row["page_type"]):
                by_type[kind].update(pages=1, true=true, lost=lost, rest=rest, gone=gone)
            for rule, category, count, of_body, text in blamed:
                for sums, key in ((categories, category), (of_rules, rule)):
                    sums[key][0].add(row["id"])
                    sums[key][1] += count
                    sums[key][2] += of_body
                if of_body:
                    texts[rule, row["id"], row["page_type"]].append((of_body, count, " ".join(text.split())[:120]))
        print(f"\n## {stem}\n\n| pages | n | body words | lost | loss | rest words | dropped | coverage |")
        print("|---|---|---|---|---|---|---|---|")
        for kind, one in sorted(by_type.items(), key=lambda one: (one[0] != "all", one[0])):
            cells = [kind, f"{one['pages']:,}", f"{one['true']:,}", f"{one['lost']:,}",
                     percent(one["lost"], one["true"], 3), f"{one['rest']:,}", f"{one['gone']:,}",
                     percent(one["gone"], one["rest"])]
            print("| " + " | ".join(cells) + " |")
        table("category", categories, by_type["all"]["rest"])
        if args.by_rule:
            table("rule", of_rules, by_type["all"]["rest"])
        losses = sorted(texts.items(), key=lambda one: -sum(text[0] for text in one[1]))
        for (rule, page, kind), lines in losses[: args.worst]:
            of_body, count, text = (sum(line[0] for line in lines), sum(line[1] for line in lines), max(lines)[2])
            print(f"{of_body:5} of {count:5}  {rule}  {page} ({kind})  {text}")


if __name__ == "__main__":
    main()
