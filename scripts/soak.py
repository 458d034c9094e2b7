#!/usr/bin/env python3
"""Leaves the program alone for a long time with pages that are broken on purpose, and looks whether it stays whole.

    scripts/soak.py BINARY CORPUS [--minutes 60] [--out FOLDER] [--threads 1]

The pages of a corpus (CORPUS/pages/*.html.gz) are sent to it again and again as one WARC stream: as they are, with bytes
flipped, cut off, one within another, one behind another, within thousands of elements, with a charset that is not theirs.
Its memory is looked at every few seconds. At the end each page that was sent has to be in the results or in the list of
errors, once. Writes FOLDER/memory.csv, FOLDER/memory.svg, FOLDER/summary.json and FOLDER/report.html.
"""
import argparse
import gzip
import json
import pathlib
import random
import shutil
import subprocess
import sys
import threading
import time

CHARSETS = ["utf-8", "iso-8859-1", "utf-16", "shift_jis", "gb18030", "x-unknown", ""]


def flipped(page, chance, _):
    page = bytearray(page)
    for _ in range(chance.choice([1, 5, 50, 500])):
        if page:
            page[chance.randrange(len(page))] = chance.randrange(256)
    return bytes(page)


def cut(page, chance, _):
    return page[: chance.randrange(len(page) + 1)]


def nested(page, chance, other):
    place = chance.randrange(len(page) + 1)
    return page[:place] + other + page[place:]


def behind(page, _, other):
    return page + other


def within(page, chance, _):
    depth = chance.choice([10, 600, 5000])
    tag = chance.choice([b"div", b"b", b"ul><li", b"table><tr><td", b"svg", b"template"])
    return (b"<" + tag + b">") * depth + page


def no_page(page, chance, _):
    return chance.choice([b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04"]) + page


def as_it_is(page, _, __):
    return page


MUTATIONS = [as_it_is] * 8 + [flipped] * 8 + [cut] * 4 + [nested] * 4 + [behind] * 4 + [within] * 4 + [no_page]


def record(number, page, chance):
    charset = chance.choice(CHARSETS) if number % 7 == 0 else ""
    kind = b"text/html" + (f"; charset={charset}".encode() if charset else b"")
    http = b"HTTP/1.1 200 OK\r\nContent-Type: " + kind + b"\r\n\r\n" + page
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:page:{number}>\r\n"
        f"WARC-Target-URI: https://soak.example/{number}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def memory_of(process):
    """Resident memory in MB; None once it has ended."""
    try:
        status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    except OSError:
        return None
    line = next((line for line in status.splitlines() if line.startswith("VmRSS")), None)
    return line and int(line.split()[1]) / 1024


def watch(process, begun, samples, sent):
    while process.poll() is None:
        memory = memory_of(process)
        if memory is not None:
            samples.append((time.monotonic() - begun, memory, sent[0]))
        time.sleep(2)


def plot(samples, path):
    width, height, left, bottom = 900, 320, 60, 40
    seconds = max(samples[-1][0], 1)
    most = max(memory for _, memory, _ in samples) * 1.15
    x = lambda second: left + (width - left - 20) * second / seconds
    y = lambda memory: height - bottom - (height - bottom - 30) * memory / most
    line = " ".join(f"{x(second):.1f},{y(memory):.1f}" for second, memory, _ in samples)
    marks = "".join(
        f'<text x="{x(seconds * part / 6):.0f}" y="{height - bottom + 18}" text-anchor="middle">'
        f"{seconds * part / 360:.0f}</text>"
        for part in range(7)
    ) + "".join(
        f'<text x="{left - 8}" y="{y(most * part / 4) + 4:.0f}" text-anchor="end">{most * part / 4:.0f}</text>'
        f'<path d="M{left} {y(most * part / 4):.1f}H{width - 20}" stroke="#8886" stroke-width="1"/>'
        for part in range(5)
    )
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">'
        f'<rect width="{width}" height="{height}" fill="#fff"/>'
        f'<text x="{left}" y="18" font-weight="bold">Memory of the program over the run (resident, MB)</text>{marks}'
        f'<text x="{(left + width) / 2}" y="{height - 6}" text-anchor="middle">minutes</text>'
        f'<polyline points="{line}" fill="none" stroke="#0a5db5" stroke-width="1.5"/></svg>\n'
    )


def ids(path, compressed):
    if not path.exists():
        return
    command = ["zstd", "-dc", str(path)] if compressed else ["cat", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as lines:
        for line in lines.stdout:
            yield int(json.loads(line)["id"].rsplit(":", 1)[1].rstrip(">"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("corpus", type=pathlib.Path)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("soak"))
    parser.add_argument("--threads", default="1")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    shutil.rmtree(args.out, ignore_errors=True)
    args.out.mkdir(parents=True)
    pages = [gzip.decompress(path.read_bytes()) for path in sorted((args.corpus / "pages").glob("*.html.gz"))]
    chance = random.Random(args.seed)
    results, errors = args.out / "pages.jsonl.zst", args.out / "errors.jsonl"
    run = subprocess.Popen(
        [args.binary, "clean", "-", "--input-format", "warc", "-o", str(results), "--errors", str(errors),
         "--fields", "id,confidence,flags,sha256,duplicate_of", "--dedup-memory", "64M", "--max-page-seconds", "20", "--max-page-bytes", "3M",
         "--threads", args.threads, "--summary", str(args.out / "summary.json"), "--report", str(args.out / "report.html")],
        stdin=subprocess.PIPE,
    )
    begun, samples, sent = time.monotonic(), [], [0]
    watcher = threading.Thread(target=watch, args=(run, begun, samples, sent))
    watcher.start()
    kinds = {}
    while time.monotonic() - begun < args.minutes * 60:
        mutation = chance.choice(MUTATIONS)
        page = mutation(chance.choice(pages), chance, chance.choice(pages))
        kinds[mutation.__name__] = kinds.get(mutation.__name__, 0) + 1
        run.stdin.write(record(sent[0], page, chance))
        sent[0] += 1
    run.stdin.close()
    status = run.wait()
    watcher.join()
    with open(args.out / "memory.csv", "w") as table:
        table.write("seconds,megabytes,pages_sent\n")
        table.writelines(f"{second:.0f},{memory:.1f},{count}\n" for second, memory, count in samples)
    plot(samples, args.out / "memory.svg")
    seen = bytearray(sent[0])
    written = failed = 0
    for number in ids(results, True):
        seen[number] += 1
        written += 1
    for number in ids(errors, False):
        seen[number] += 1
        failed += 1
    lost, twice = seen.count(0), sum(1 for count in seen if count > 1)
    later = [memory for second, memory, _ in samples if second > samples[-1][0] / 4]
    print(f"{args.minutes:g} minutes, exit status {status}; sent {sent[0]} = written {written} + failed {failed}; "
          f"lost {lost}, twice {twice}")
    print("sent:", ", ".join(f"{name} {count}" for name, count in sorted(kinds.items())))
    print(f"memory after the first quarter: {min(later):.0f} to {max(later):.0f} MB; at the end {samples[-1][1]:.0f} MB")
    sys.exit(0 if lost == twice == 0 and status in (0, 1) and written + failed == sent[0] else 1)


main()
