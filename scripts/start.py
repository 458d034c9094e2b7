#!/usr/bin/env python3
"""Times a whole run of the program on one page, from its start to its end: what a shell loop pays for each page.

    scripts/start.py [--runs N] PROGRAM [PROGRAM ...]

Several programs are run in turn, so that what else the machine does hits all of them. For each kind of page the
lowest and the median time of the wall clock are told, and the median of the processor's time.
"""

import argparse
import os
import resource
import statistics
import subprocess
import time
from pathlib import Path

SAMPLES = Path(__file__).resolve().parent.parent / "samples"


def first(pattern):
    return str(sorted(SAMPLES.glob(pattern))[0])


# A page of a known source by its address, by its canonical link, flattened; and one of none.
PAGES = {
    "HTML, with its address": ["--url", "https://www.golem.de/news/1.html", first("golem.de/*/page.html")],
    "HTML, without": [first("golem.de/*/page.html")],
    "flattened": [first("golem.de/*/page.txt")],
    "HTML of an unknown source": ["--url", "https://unknown.example/1", first("unknown/*/page.html")],
}


def processor():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run(command):
    used, started = processor(), time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - started, processor() - used


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("programs", nargs="+", metavar="PROGRAM")
    args = parser.parse_args()
    os.environ.pop("DEHUSK_RULES", None)
    print("| page | program | least | median | processor |\n|---|---|---|---|---|")
    for name, page in PAGES.items():
        times = {program: [] for program in args.programs}
        for _ in range(args.runs):
            for program in args.programs:
                times[program].append(run([program, "clean", *page]))
        for program, runs in times.items():
            wall, cpu = zip(*runs)
            figures = [min(wall), statistics.median(wall), statistics.median(cpu)]
            shown = " | ".join(f"{figure * 1000:.1f} ms" for figure in figures)
            print(f"| {name} | {program} | {shown} |")


if __name__ == "__main__":
    main()
