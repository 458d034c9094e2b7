#!/usr/bin/env python3
"""Flatten HTML records to plain text, and hand them to a command.

    flatten.py inscriptis|html-text [--with-url] -- COMMAND [ARG ...]

Reads one JSON object a line on standard input, {"id", "url", "html"}, and gives COMMAND the lines {"id", "text"}: the
text that inscriptis or html-text (both from PyPI) make of the page, without its URL unless --with-url says otherwise.
What COMMAND writes, and its exit status, are those of this program.
"""
import argparse
import json
import subprocess
import sys


def flattener(name):
    if name == "inscriptis":
        from inscriptis import get_text

        return get_text
    from html_text import extract_text

    return extract_text


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tool", choices=["inscriptis", "html-text"])
    parser.add_argument("--with-url", action="store_true")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    args = parser.parse_args()
    command = [part for part in args.command if part != "--"]
    flatten = flattener(args.tool)
    lines = []
    for line in sys.stdin:
        if not line.strip():
            continue
        page = json.loads(line)
        try:
            text = flatten(page["html"])
        except Exception as error:  # a page that the tool cannot read is a page without text
            print(f"{page['id']}: {args.tool}: {error}", file=sys.stderr)
            text = ""
        record = {"id": page["id"], "text": text}
        if args.with_url:
            record["url"] = page["url"]
        lines.append(json.dumps(record))
    done = subprocess.run(command, input="\n".join(lines) + "\n", stdout=sys.stdout, text=True, encoding="utf-8")
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
