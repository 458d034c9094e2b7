#!/usr/bin/env python3
"""Measures dehusk beside other tools on the same pages, in the same run, on one core; and two cores beside one.

    cargo build --release --bin dehusk --example speed
    scripts/speed.py target/release [--corpus CORPUS] [--step N] [--rounds N] [--only PART ...]

CORPUS is a folder with pages/<id>.html.gz and truth.jsonl (docs/evaluation.md). Three parts:

- pages: each page goes to one tool after the other, with all that is read in memory and decoded (ours decodes by itself);
  this some rounds long. What counts of a page is its median: of the others the processor's time, of ours the wall clock,
  so that other work on the machine is to our cost alone. `parse` is scraper's bare parse, `site` is cleaning by a
  plain rule file, `clean` by the rules that there are: packs and the generic cleaner, where no file knows the site.
- program: a whole process each, from a file of JSON Lines to another.
- cores: the program on one core, and on two.

Prints the tables of docs/benchmarks.md. Needs `pip install resiliparse trafilatura`.
"""
import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from statistics import median

CORPUS = Path(__file__).resolve().parent.parent.parent / "shared/corpora/wcxb-dev"
PARTS = ["pages", "program", "cores"]


def resiliparse():
    from resiliparse.extract.html2text import extract_plain_text

    return lambda html: extract_plain_text(html, main_content=True)


def trafilatura():
    import logging

    from trafilatura import extract

    logging.disable(logging.CRITICAL)
    return lambda html: extract(html)


PEERS = {"resiliparse": resiliparse, "trafilatura": trafilatura}


def text_of(page):
    return gzip.decompress(page.read_bytes()).decode("utf-8", "replace")


def seconds(work, clock=time.perf_counter):
    started = clock()
    work()
    return clock() - started


def percentile(values, percent):
    return sorted(values)[(len(values) - 1) * percent // 100]


def row(name, *cells):
    print("| " + " | ".join([name, *cells]) + " |", flush=True)


def heads(*names):
    row(*names)
    print("|---" * len(names) + "|", flush=True)


def pages(args, corpus):
    """Single pages, one tool after the other."""
    peers = {name: make() for name, make in PEERS.items()}
    ours = subprocess.Popen([args.programs / "examples/speed"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    times, size, known = {}, 0, set()
    for round_number in range(args.rounds):
        for page, url in corpus:
            html = text_of(page)
            size += len(html.encode()) if round_number == 0 else 0
            ours.stdin.write(json.dumps({"path": str(page), "url": url}) + "\n")
            ours.stdin.flush()
            told = json.loads(ours.stdout.readline())
            if told.pop("source"):
                known.add(page)
            found = {name: nanoseconds / 1e9 for name, nanoseconds in told.items()}
            for name, extract in peers.items():
                found[name] = seconds(lambda extract=extract: extract(html), time.thread_time)
            for name, took in found.items():
                times.setdefault(name, {}).setdefault(page, []).append(took)
    ours.stdin.close()
    ours.wait()
    best = {name: {page: median(rounds) for page, rounds in of_page.items()} for name, of_page in times.items()}
    sums = {name: sum(of_page.values()) for name, of_page in best.items()}
    print(f"\n{len(corpus)} pages, {size / 1e6:.0f} MB, {len(known)} of them of sources with a file; median of {args.rounds} rounds\n")
    heads("", "MB/s", "p50", "p95", "p99", "all, beside the bare parse", "median page, beside it", "clean beside it")
    for name, of_page in best.items():
        ratios = [took / best["parse"][page] for page, took in of_page.items()]
        row(
            name,
            f"{size / 1e6 / sums[name]:.1f}",
            *(f"{percentile(of_page.values(), percent) * 1000:.2f} ms" for percent in (50, 95, 99)),
            f"{sums[name] / sums['parse']:.2f}",
            f"{median(ratios):.2f}",
            f"{sums[name] / sums['clean']:.2f}",
        )


def as_peer(name, source, target):
    """What a script around another tool would do: JSON Lines in, JSON Lines out."""
    extract = PEERS[name]()
    with open(source, encoding="utf-8") as lines, open(target, "w", encoding="utf-8") as out:
        for line in lines:
            record = json.loads(line)
            out.write(json.dumps({"id": record["id"], "text": extract(record["html"])}) + "\n")


def on_cores(cores, command):
    """The wall clock and the processor's seconds of a process that may use so many cores."""
    before = os.times()
    took = seconds(
        lambda: subprocess.run(
            command, check=False, stdout=subprocess.DEVNULL, preexec_fn=lambda: os.sched_setaffinity(0, cores)
        )
    )
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return took, used


def program(args, corpus, folder):
    """Whole processes: each tool reads the same file of JSON Lines, and writes another."""
    source, size = records(corpus, folder, 1)
    commands = {"dehusk": clean(args, source, folder / "dehusk.jsonl", 1)}
    for name in PEERS:
        commands[name] = [sys.executable, __file__, "--as-peer", name, source, folder / f"{name}.jsonl"]
    times = {name: [] for name in commands}
    for _ in range(args.rounds):
        for name, command in commands.items():
            times[name].append(on_cores({0}, command))
    print(f"\n{len(corpus)} pages, {size / 1e6:.0f} MB of JSON Lines, one core, median of {args.rounds} runs\n")
    heads("", "wall clock", "processor", "MB a second of it", "beside dehusk")
    used = {name: median(cpu for _, cpu in runs) for name, runs in times.items()}
    for name, runs in times.items():
        wall = median(wall for wall, _ in runs)
        share = used[name] / used["dehusk"]
        row(name, f"{wall:.2f} s", f"{used[name]:.2f} s", f"{size / 1e6 / used[name]:.1f}", f"{share:.2f}")


def cores(args, corpus, folder):
    """The program on one core and on two."""
    source, size = records(corpus, folder, args.repeat)
    print(f"\n{len(corpus) * args.repeat} pages, {size / 1e6:.0f} MB of JSON Lines, median of {args.rounds} runs\n")
    times = {1: [], 2: []}
    for _ in range(args.rounds):
        for number, runs in times.items():
            runs.append(on_cores(set(range(number)), clean(args, source, folder / "cores.jsonl", number)))
    heads("cores", "wall clock", "processor", "MB/s", "times as fast")
    walls = {number: median(wall for wall, _ in runs) for number, runs in times.items()}
    for number, runs in times.items():
        used = median(cpu for _, cpu in runs)
        speed = f"{size / 1e6 / walls[number]:.1f}"
        row(str(number), f"{walls[number]:.2f} s", f"{used:.2f} s", speed, f"{walls[1] / walls[number]:.2f}")


def clean(args, source, target, threads):
    return [
        args.programs / "dehusk", "clean", "--threads", str(threads), "--force", "--quiet", *args.clean_args.split(),
        "-o", target, source,
    ]  # fmt: skip


def records(corpus, folder, repeat):
    source = folder / f"pages-{repeat}.jsonl"
    with open(source, "w", encoding="utf-8") as out:
        for _ in range(repeat):
            for page, url in corpus:
                out.write(json.dumps({"id": page.name, "url": url, "html": text_of(page)}, ensure_ascii=False) + "\n")
    return source, source.stat().st_size


def main():
    if sys.argv[1:2] == ["--as-peer"]:
        return as_peer(*sys.argv[2:])
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("programs", type=Path, help="the folder with dehusk and examples/speed in it")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--step", type=int, default=1, help="every so many pages of the corpus")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--repeat", type=int, default=1, help="the pages so often over, for the cores")
    parser.add_argument("--clean-args", default="", help="further arguments of dehusk clean")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    args = parser.parse_args()
    args.programs = args.programs.resolve()
    os.environ.pop("DEHUSK_RULES", None)
    with open(args.corpus / "truth.jsonl", encoding="utf-8") as lines:
        urls = {(one := json.loads(line))["id"]: one.get("url") for line in lines}
    paths = sorted((args.corpus / "pages").glob("*.html.gz"))[:: args.step]
    corpus = [(path, urls.get(path.name.removesuffix(".html.gz"))) for path in paths]
    if not corpus:
        sys.exit(f"{args.corpus}: no pages/*.html.gz in it")
    print(", ".join(f"{name} {version(name)}" for name in PEERS), f"Python {sys.version.split()[0]}", sep=", ")
    with tempfile.TemporaryDirectory() as folder:
        if "pages" in args.only:
            os.sched_setaffinity(0, {0})
            pages(args, corpus)
        if "program" in args.only:
            program(args, corpus, Path(folder))
        if "cores" in args.only:
            cores(args, corpus, Path(folder))


if __name__ == "__main__":
    main()
