#!/usr/bin/env python3
"""Makes a WARC file of a corpus, with warcio, as if its pages had been crawled: an answer of a server each.

    pip install warcio
    python3 scripts/warc.py ../shared/corpora/wcxb-dev /tmp/wcxb.warc.gz
    python3 scripts/warc.py --read /tmp/wcxb.warc.gz

With --read it only reads the file with warcio, and says how many pages and bytes are in it and how long that took.
"""

import argparse
import gzip
import json
import sys
import time
import uuid
from io import BytesIO
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter


def records(corpus):
    """The pages of a corpus: those that its truth.jsonl tells of."""
    with open(corpus / "truth.jsonl", encoding="utf-8") as lines:
        for line in lines:
            truth = json.loads(line)
            with gzip.open(corpus / "pages" / f"{truth['id']}.html.gz") as page:
                yield str(truth["id"]), truth.get("url"), page.read()


def write(corpus, out):
    count = 0
    with open(out, "wb") as file:
        writer = WARCWriter(file, gzip=str(out).endswith(".gz"))
        for id, url, html in records(corpus):
            headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(html)))]
            record = writer.create_warc_record(
                url or f"https://corpus.example/{id}",
                "response",
                payload=BytesIO(html),
                http_headers=StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1"),
                warc_headers_dict={"WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, id)}>"},
            )
            writer.write_record(record)
            count += 1
    print(f"{count} pages in {out}", file=sys.stderr)


def read(path):
    began = time.monotonic()
    count = size = 0
    with open(path, "rb") as file:
        for record in ArchiveIterator(file):
            if record.rec_type == "response":
                count += 1
                size += len(record.content_stream().read())
    print(json.dumps({"pages": count, "bytes": size, "seconds": round(time.monotonic() - began, 2)}))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--read", action="store_true", help="read the file, and write none")
    parser.add_argument("corpus", type=Path, help="the folder of a corpus; with --read a WARC file")
    parser.add_argument("out", type=Path, nargs="?", help="the WARC file, *.warc or *.warc.gz")
    args = parser.parse_args()
    if args.read:
        read(args.corpus)
    elif args.out:
        write(args.corpus, args.out)
    else:
        parser.error("name the file to write")


if __name__ == "__main__":
    main()
