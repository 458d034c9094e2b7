#!/usr/bin/env python3
"""How well a relaunch is noticed: rules for one layout of a site meet pages of another.

    relaunch.py RULES CORPUS ... [--dehusk PROGRAM] [--all] [--strays N] [--verbose]

RULES is a folder of rule files. Those count that know several builds of their site, as [[layout]]s or as alternatives of
`[body] select`, in the file itself or in the pack that it uses: each is taken apart into one file a build. Each of these alone cleans all pages of its source in the corpora (a corpus is a
folder with pages/<id>.html.gz and truth.jsonl). Then every page is cleaned once more with the names cut that the body
selectors look for (ids, classes and values of attributes), as a relaunch changes them. With --strays N, the body
selector of each page's rules is led astray N times: it looks for some other element of the page, drawn by chance, as an
old selector may that finds a teaser, an empty box, the intro or half the page; what counts is where it finds some text.

A page must be flagged `stale-rules` where the rules alone (--no-generic) reach a word F1 under 0.9 on it, and must not be
where they reach that much. Exit status 1 if less than 0.95 of the former are flagged, or more than 0.02 of the latter.
"""
import argparse
import gzip
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter, defaultdict
from pathlib import Path
from statistics import mean

WORD = re.compile(r"\w+")
ELEMENT = re.compile(r"<(div|section|article|aside|header|footer|main|ul)\b[^>]*?\sclass=[\"']([^\"'<>]+)")
RIGHT = 0.9
LEAST_CAUGHT = 0.95
MOST_FALSE = 0.02


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rules", type=Path)
    parser.add_argument("corpora", type=Path, nargs="+")
    parser.add_argument("--dehusk", default="dehusk", help="the program")
    parser.add_argument("--all", action="store_true", help="files of one build as well: for false alarms, and cut names")
    parser.add_argument("--strays", type=int, default=0, metavar="N", help="other elements of each page")
    parser.add_argument("--verbose", action="store_true", help="name every page that is judged wrongly")
    args = parser.parse_args()
    pages = read_pages(args.corpora)
    cases = list(prepared(args.rules, pages, args.all))
    if not cases:
        sys.exit("no rule file has several builds, and pages in the corpora")
    caught, false = [], []
    for title, some in [
        ("other layouts", [case for case in cases if not case["cut"]]),
        ("names cut", [case for case in cases if case["cut"]]),
        ("selectors led astray", list(strays(args.rules, pages, args.strays))),
    ]:
        if some:
            results = list(judged(args, some))
            if "astray" in title:
                results = [case for case in results if not case["finds nothing"]]
            new_caught, new_false = report(title, results, args.verbose)
            caught, false = caught + new_caught, false + new_false
    fine = mean(caught or [1]) >= LEAST_CAUGHT and mean(false or [0]) <= MOST_FALSE
    sys.exit(0 if fine else 1)


def read_pages(corpora):
    pages = defaultdict(list)
    for corpus in corpora:
        with open(corpus / "truth.jsonl", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                row["file"] = corpus / "pages" / f"{row['id']}.html.gz"
                pages[row["source"]].append(row)
    return pages


def prepared(rules, pages, with_all):
    """A case for each page and each layout of its source's file: the rules of that layout alone, and the page."""
    for path in sorted((rules / "sites").glob("*.toml")):
        file = resolved(path, rules)
        rows = [row for host in file.get("hosts", []) for row in pages.get(host, [])]
        builds = list(variants(file))
        if not rows or len(builds) < (1 if with_all else 2):
            continue
        for number, variant in enumerate(builds):
            for row in rows:
                html = gzip.open(row["file"]).read().decode("utf-8", "replace")
                case = {"rules": path.name, "file": variant, "number": number, "row": row, "cut": False}
                yield {**case, "html": html}
                without = cut_names(html, variant)
                if without != html:
                    yield {**case, "html": without, "cut": True}


def strays(rules, pages, count):
    """Each page with a body selector that finds another element of it."""
    draw = random.Random(1)
    for path in sorted((rules / "sites").glob("*.toml")):
        file = resolved(path, rules)
        known = list(variants(file))
        rows = [row for host in file.get("hosts", []) for row in pages.get(host, [])]
        for place, row in enumerate(rows):
            html = gzip.open(row["file"]).read().decode("utf-8", "replace")
            names = {(tag, name) for tag, classes in ELEMENT.findall(html) for name in classes.split()}
            names = sorted(name for name in names if re.fullmatch(r"[A-Za-z_][\w-]*", name[1]))
            for number, (tag, name) in enumerate(draw.sample(names, min(count, len(names)))):
                for variant in known[:1]:
                    stray = {"rules": path.name, "file": {**variant, "body": {"select": [f"{tag}.{name}"]}}}
                    yield {**stray, "number": (number, place), "row": row, "cut": False, "html": html}


def resolved(path, rules):
    """A rule file, with the body and the layouts of the packs that it uses."""
    file = tomllib.loads(path.read_text(encoding="utf-8"))
    for name in file.get("use", []):
        pack = rules / "packs" / f"{name}.toml"
        if pack.exists():
            pack = resolved(pack, rules)
            file["body"] = {**pack.get("body", {}), **file.get("body", {})}
            file["layout"] = file.get("layout", []) + pack.get("layout", [])
    return file


def variants(file):
    """The rule file as it was before each relaunch: with the rules of one build, and no other."""
    base = {key: value for key, value in file.items() if key != "layout"}
    yield from alternatives(base)
    for layout in file.get("layout", []):
        if not layout.get("body", {}).get("select"):
            continue
        one = dict(base, body={**base.get("body", {}), **layout["body"]})
        one["meta"] = {**base.get("meta", {}), **layout.get("meta", {})}
        for kind in ("drop", "inline"):
            ids = {rule["id"] for rule in layout.get(kind, [])}
            one[kind] = layout.get(kind, []) + [rule for rule in base.get(kind, []) if rule["id"] not in ids]
        yield from alternatives(one)


def alternatives(file):
    for select in file.get("body", {}).get("select", []):
        yield {**file, "body": {**file["body"], "select": [select]}}


def selectors(file):
    select = file.get("body", {}).get("select", [])
    return [one for union in select for one in ([union] if isinstance(union, str) else union)]


def cut_names(html, file):
    """The page with other names in the place of those that the body selectors look for."""
    names = set()
    for selector in selectors(file):
        names.update(re.findall(r"[.#]([\w-]+)", selector))
        names.update(value for _, value in re.findall(r"=\s*([\"'])(.+?)\1", selector))
    for name in names:
        html = re.sub(rf"(?<![\w-]){re.escape(name)}(?![\w-])", "renamed", html)
    return html


def judged(args, cases):
    """The cases, each with its flags and scores."""
    by_number = defaultdict(list)
    for case in cases:
        by_number[case["number"]].append(case)
    for number, some in by_number.items():
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "sites").mkdir()
            copy_packs(args.rules / "packs", Path(folder) / "packs")
            for case in some:
                (Path(folder) / "sites" / case["rules"]).write_text(toml(case["file"]), encoding="utf-8")
            by_rules = cleaned(args, folder, some, "--no-generic")
            as_is = cleaned(args, folder, some)
        for case, alone, result in zip(some, by_rules, as_is, strict=True):
            finds_nothing = "stale-rules" in alone["flags"]
            case["f1"] = 0.0 if finds_nothing else word_f1(alone["text"], case["row"]["body"])
            case["f1 now"] = word_f1(result["text"], case["row"]["body"])
            case["flagged"] = "stale-rules" in result["flags"]
            case["finds nothing"] = finds_nothing
            yield case


def copy_packs(packs, to):
    """The packs, without what they say of bodies: that is in the files now."""
    if not packs.is_dir():
        return
    to.mkdir()
    for path in packs.glob("*.toml"):
        pack = tomllib.loads(path.read_text(encoding="utf-8"))
        if pack.keys() & {"body", "layout"}:
            pack = {key: value for key, value in pack.items() if key not in ("body", "layout")}
            (to / path.name).write_text(toml(pack), encoding="utf-8")
        else:
            shutil.copy(path, to / path.name)


def cleaned(args, folder, cases, *more):
    records = "".join(
        json.dumps({"id": number, "url": case["row"]["url"], "html": case["html"]}) + "\n"
        for number, case in enumerate(cases)
    )
    command = [args.dehusk, "clean", "--rules", folder, "--input-format", "jsonl", "--format", "jsonl", *more, "-"]
    done = subprocess.run(command, input=records, capture_output=True, text=True, encoding="utf-8", check=False)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    if len(rows) != len(cases):
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr}")
    return [{"text": row.get("text") or "", "flags": row.get("flags", [])} for row in rows]


def report(title, cases, verbose):
    cases = list(cases)
    wrong = [case for case in cases if case["f1"] < RIGHT]
    right = [case for case in cases if case["f1"] >= RIGHT]
    caught, false = [case["flagged"] for case in wrong], [case["flagged"] for case in right]
    print(f"{title}: {len(cases)} pages of {len({case['rules'] for case in cases})} sources")
    if wrong:
        silent = [case for case in wrong if not case["finds nothing"]]
        print(f"  rules are wrong on {len(wrong)}, caught {sum(caught)} ({mean(caught):.3f}); of {len(silent)} on which the"
              f" body selectors still find something, caught {sum(case['flagged'] for case in silent)}")
        print(f"  word F1 of these pages: {mean(case['f1'] for case in wrong):.3f} by the rules alone,"
              f" {mean(case['f1 now'] for case in wrong):.3f} as it is")
    if right:
        print(f"  rules are right on {len(right)}, false alarms {sum(false)} ({mean(false):.3f})")
    for case in cases:
        if verbose and case["flagged"] == (case["f1"] >= RIGHT):
            what = "false alarm" if case["flagged"] else "missed"
            select = " | ".join(selectors(case["file"]))
            print(f"    {what}: {case['rules']} [{select}] on {case['row']['id']}:"
                  f" F1 {case['f1']:.3f}, as it is {case['f1 now']:.3f}")
    return caught, false


def word_f1(text, body):
    got, want = Counter(WORD.findall(text.lower())), Counter(WORD.findall(body.lower()))
    return 2 * (got & want).total() / max(1, got.total() + want.total())


def toml(file):
    """A rule file as TOML: what JSON writes is TOML too, but for tables."""
    lines = [f"{key} = {value_of(value)}" for key, value in file.items()]
    return "\n".join(lines) + "\n"


def value_of(value):
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {value_of(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(value_of, value)) + "]"
    if isinstance(value, (bool, int, float, str)):
        return json.dumps(value, ensure_ascii=True)
    return json.dumps(str(value))


if __name__ == "__main__":
    main()
