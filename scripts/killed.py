#!/usr/bin/env python3
"""Kills a run again and again, goes on with it each time, and compares what comes of it with an undisturbed run.

    scripts/killed.py BINARY INPUT [--kills 50] [--ending .jsonl.zst] [--seed 1] [-- OPTIONS OF CLEAN]

Each run is killed (SIGKILL) after a random time, up to twice what it takes to get a little further. The last one is left
to its end. Results, errors and what was left aside have to be the same, byte by byte.
"""
import argparse
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("input", nargs="+")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--longest", type=float, default=1.0, help="seconds that a run lives at most")
    parser.add_argument("--ending", default=".jsonl.zst")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--options", default="", help="further options of clean, in one argument")
    args = parser.parse_args()
    chance = random.Random(args.seed)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="killed-"))

    def command(name, *more):
        return [args.binary, "clean", *args.input, "-o", str(folder / name / f"pages{args.ending}"), "--quiet",
                *args.options.split(), *more]

    for name in ["whole", "killed"]:
        (folder / name).mkdir()
    begun = time.monotonic()
    whole = subprocess.run(command("whole"), stderr=subprocess.DEVNULL).returncode
    print(f"undisturbed: {time.monotonic() - begun:.1f} s, exit status {whole}")
    kills = early = 0
    while kills < args.kills:
        run = subprocess.Popen(command("killed", "--resume"), stderr=subprocess.DEVNULL)
        try:
            run.wait(chance.uniform(0, args.longest))
            early += 1
            if early == 1:
                print(f"at its end after {kills} kills; what is killed from now on has only to see that")
            if early > 3:
                break
        except subprocess.TimeoutExpired:
            run.kill()
            run.wait()
            kills += 1
    last = subprocess.run(command("killed", "--resume"), stderr=subprocess.PIPE, text=True)
    print(f"{kills} kills, exit status {last.returncode} {last.stderr.strip()}")
    same = True
    names = {path.name for name in ["whole", "killed"] for path in (folder / name).rglob("*") if path.is_file()}
    for name in sorted(names):
        one, other = folder / "whole" / name, folder / "killed" / name
        is_same = one.is_file() and other.is_file() and one.read_bytes() == other.read_bytes()
        same &= is_same
        print(f"{name}: {'the same' if is_same else 'DIFFERENT'}, {one.stat().st_size if one.is_file() else 'missing'} bytes")
    if same:
        shutil.rmtree(folder)
    else:
        print(f"left for a look: {folder}")
    sys.exit(0 if same and kills >= args.kills else 1)


main()
