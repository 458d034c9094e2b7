#!/usr/bin/env python3
"""Run other extractors over a corpus, and time them beside a bare parse.

    peers.py CORPUS OUT [TOOL ...] [--rounds N] [--type TYPE]

CORPUS is a folder with pages/<id>.html.gz and truth.jsonl (docs/evaluation.md). For each tool it writes
OUT/<corpus>.<tool>.jsonl, a line a page: id, text, and where the tool tells them title, author and date; `ms` is the best
of its times. `dehusk evaluate CORPUS --texts FILE` scores such a file. Each page goes to one tool after the other, in one
thread, so that what else the machine does hits all of them.

Python tools (pip install trafilatura resiliparse 'newspaper4k[all]' readability-lxml html-text justext): trafilatura,
resiliparse, newspaper4k, readability-lxml, justext. Rust tools, and the bare parse, run in `peers/`, which is built when it
is first needed: parse, dehusk, rs-trafilatura, dom_smoothie. Without TOOL all of them run.
"""
import argparse
import gzip
import json
import os
import re
import subprocess
import sys
import time
import warnings
from pathlib import Path
from statistics import median

RUST = ["parse", "dehusk", "rs-trafilatura", "dom_smoothie"]
ROOT = Path(__file__).resolve().parent.parent


def trafilatura():
    from trafilatura import extract, extract_metadata

    def metadata(html, url):
        found = extract_metadata(html, default_url=url)
        return {key: getattr(found, key, None) for key in ("title", "author", "date")}

    return lambda html, url: extract(html, url=url, include_comments=False), metadata


def resiliparse():
    from resiliparse.extract.html2text import extract_plain_text

    return lambda html, url: extract_plain_text(html, main_content=True, alt_texts=False, comments=False), None


def newspaper4k():
    from newspaper import Article

    last = {}

    def extract(html, url):
        article = Article(url or "https://example.org/", fetch_images=False)
        article.download(input_html=html)
        article.parse()
        last["article"] = article
        return article.text

    def metadata(html, url):
        article = last.pop("article", None)
        if article is None:
            return {}
        date = article.publish_date
        return {"title": article.title, "author": ", ".join(article.authors), "date": date and str(date)}

    return extract, metadata


def readability_lxml():
    from html_text import extract_text
    from readability import Document

    def metadata(html, url):
        return {"title": Document(html).title()}

    return lambda html, url: extract_text(Document(html).summary(html_partial=True)), metadata


def justext():
    """With the words of the language that the page declares."""
    import justext as just

    names = {"ar": "Arabic", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
             "es": "Spanish", "fi": "Finnish", "fr": "French", "hu": "Hungarian", "it": "Italian", "nl": "Dutch",
             "no": "Norwegian_Bokmal", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
             "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian"}
    words = {}

    def extract(html, url):
        told = re.search(r"<html[^>]*\slang=[\"']?([a-zA-Z]{2})", html)
        name = names.get(told[1].lower() if told else "en", "English")
        if name not in words:
            words[name] = just.get_stoplist(name)
        # Bytes: it refuses text with an encoding declared in it.
        paragraphs = just.justext(html.encode("utf-8", "replace"), words[name], encoding="utf-8")
        return "\n\n".join(p.text for p in paragraphs if not p.is_boilerplate)

    return extract, None


PYTHON = {"trafilatura": trafilatura, "resiliparse": resiliparse, "newspaper4k": newspaper4k,
          "readability-lxml": readability_lxml, "justext": justext}


def rust(tools, rounds):
    """The process that runs tools written in Rust."""
    folder = ROOT / "peers"
    subprocess.run(["cargo", "build", "--quiet", "--release"], cwd=folder, check=True)
    target = Path(os.environ.get("CARGO_TARGET_DIR", folder / "target"))
    command = [target / "release" / "dehusk-peers", str(rounds), *tools]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")


def timed(extract, html, url, rounds):
    """The text, and the best time in milliseconds. A page on which a tool fails has no text."""
    text, best = None, None
    for _ in range(rounds):
        start = time.perf_counter()
        try:
            text = extract(html, url)
        except Exception as error:
            print(f"  {type(error).__name__}: {str(error)[:100]}", file=sys.stderr)
            text = None
        ms = 1000 * (time.perf_counter() - start)
        best = ms if best is None else min(best, ms)
    return text or "", round(best, 3)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("tools", nargs="*", metavar="TOOL", default=RUST + list(PYTHON))
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--type")
    args = parser.parse_args()
    for tool in args.tools:
        if tool not in RUST and tool not in PYTHON:
            sys.exit(f"there is no tool `{tool}`; there are {', '.join(RUST + list(PYTHON))}")
    warnings.simplefilter("ignore")
    args.out.mkdir(parents=True, exist_ok=True)
    # The bare parse is what the others are measured against.
    tools = list(dict.fromkeys(["parse", *args.tools]))
    in_rust = [tool for tool in tools if tool in RUST]
    in_python = {tool: PYTHON[tool]() for tool in tools if tool in PYTHON}
    process = rust(in_rust, args.rounds)
    files = {tool: open(args.out / f"{args.corpus.resolve().name}.{tool}.jsonl", "w", encoding="utf-8") for tool in tools}
    times = {tool: [] for tool in tools}

    rows = [json.loads(line) for line in open(args.corpus / "truth.jsonl", encoding="utf-8")]
    for row in rows:
        if args.type and row["page_type"] != args.type:
            continue
        html = gzip.open(args.corpus / "pages" / f"{row['id']}.html.gz").read().decode("utf-8", "replace")
        page = {"id": row["id"], "url": row["url"] or None, "html": html}
        process.stdin.write(json.dumps(page) + "\n")
        process.stdin.flush()
        answers = [json.loads(process.stdout.readline()) for _ in in_rust]
        for tool, (extract, metadata) in in_python.items():
            text, ms = timed(extract, html, page["url"], args.rounds)
            answer = {"tool": tool, "id": row["id"], "ms": ms, "text": text}
            if metadata:
                try:
                    answer.update(metadata(html, page["url"]))
                except Exception as error:
                    print(f"  {tool}, metadata of {row['id']}: {error}", file=sys.stderr)
            answers.append(answer)
        for answer in answers:
            tool = answer.pop("tool")
            times[tool].append(answer["ms"])
            files[tool].write(json.dumps(answer, ensure_ascii=False) + "\n")
    process.stdin.close()
    for file in files.values():
        file.close()
    process.wait()

    print(f"{len(times['parse'])} pages of {args.corpus.resolve().name}, best of {args.rounds}\n")
    print("| tool | ms a page | median | against bare parse |")
    print("|---|---|---|---|")
    for tool, each in times.items():
        ratio = sum(each) / sum(times["parse"])
        print(f"| {tool} | {sum(each) / len(each):.2f} | {median(each):.2f} | {ratio:.2f} |")


if __name__ == "__main__":
    main()
