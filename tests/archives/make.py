#!/usr/bin/env python3
"""Makes the WARC files of this folder with warcio, which others read and write WARC with, and beside them what is in them.

    pip install warcio zstandard brotli
    python3 tests/archives/make.py

All articles are invented.
"""

import gzip
import json
import zlib
from io import BytesIO
from pathlib import Path

import brotli
import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HERE = Path(__file__).parent
DATE = "2026-03-01T12:00:00Z"


def page(title, text, charset="utf-8"):
    html = f"<!doctype html><html><head><meta charset={charset}><title>{title}</title></head><body><article><h1>{title}</h1>"
    return html + f"<p>{text}</p></article></body></html>\n"


def raw_deflate(data):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def chunked(data, size=70):
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    return b"".join(b"%x;a=b\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


FERRY = page("Die Fähre fährt öfter", "Die Fähre nach Süderende fährt ab März jede Stunde, sagt Kapitän Jörg Hänsel.")
MILL = page("The mill turns again", "After forty years the wheel of the Ashcombe mill turns again, to the joy of Ada Marlow.")
BRIDGE = page("Le pont rénové", "Le pont de Vaurémy, fermé depuis l’été, rouvre à la mi-août.", "iso-8859-15").replace("’", "'")
HTML = [("Content-Type", "text/html; charset=utf-8")]

# What a server answers: address, status, headers, body; and what is to come of it.
ANSWERS = [
    ("plain", "200 OK", HTML, FERRY.encode(), FERRY),
    ("latin", "200 OK", [("Content-Type", 'text/html;charset="ISO-8859-1"')], BRIDGE.encode("latin-1"), BRIDGE),
    ("gone", "404 Not Found", HTML, MILL.encode(), "status 404"),
    ("moved", "301 Moved Permanently", [("Location", "/plain")], b"", "status 301"),
    ("chunked", "200 OK", HTML + [("Transfer-Encoding", "chunked")], chunked(FERRY.encode()), FERRY),
    ("not-chunked", "200 OK", HTML + [("Transfer-Encoding", "chunked")], MILL.encode(), MILL),
    ("gzip", "200 OK", HTML + [("Content-Encoding", "gzip")], gzip.compress(MILL.encode(), mtime=0), MILL),
    ("not-gzip", "200 OK", HTML + [("Content-Encoding", "gzip")], FERRY.encode(), FERRY),
    (
        "both",
        "200 OK",
        HTML + [("content-encoding", "x-gzip"), ("transfer-encoding", "Chunked")],
        chunked(gzip.compress(MILL.encode(), mtime=0)),
        MILL,
    ),
    (
        "one-left",
        "200 OK",
        HTML + [("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")],
        gzip.compress(FERRY.encode(), mtime=0),
        FERRY,
    ),
    ("zlib", "200 OK", HTML + [("Content-Encoding", "deflate")], zlib.compress(FERRY.encode()), FERRY),
    ("deflate", "200 OK", HTML + [("Content-Encoding", "deflate")], raw_deflate(FERRY.encode()), FERRY),
    ("brotli", "200 OK", HTML + [("Content-Encoding", "br")], brotli.compress(MILL.encode()), MILL),
    ("zstd", "200 OK", HTML + [("Content-Encoding", "zstd")], zstandard.compress(MILL.encode()), MILL),
    (
        "twice",
        "200 OK",
        HTML + [("Content-Encoding", "gzip, br")],
        brotli.compress(gzip.compress(FERRY.encode(), mtime=0)),
        FERRY,
    ),
    ("picture", "200 OK", [("Content-Type", "image/png")], b"\x89PNG\r\n\x1a\n\0\0", "not a page by its content type"),
    ("untold", "200 OK", [("Server", "mill/1")], MILL.encode(), MILL),
    ("untold-picture", "200 OK", [("Server", "mill/1")], b"\x89PNG\r\n\x1a\n\0\0", "not a page by its content type"),
]


def write(writer):
    """Writes all records, and says what is to come of them."""
    expected = []

    def record(kind, payload, content_type=None, http=None, url=None, entry=None):
        number = len(expected)
        headers = {"WARC-Record-ID": f"<urn:uuid:00000000-0000-4000-8000-{number:012}>", "WARC-Date": DATE}
        made = writer.create_warc_record(
            url,
            kind,
            payload=BytesIO(payload),
            warc_content_type=content_type or "",
            warc_headers_dict=headers,
            http_headers=http,
        )
        writer.write_record(made)
        if entry is None or not entry.startswith(("<", "The ")):
            expected.append({"passed over": entry or kind})
        else:
            id = headers["WARC-Record-ID"].strip("<>")
            expected.append({"id": id, "url": url, "text": entry})

    record("warcinfo", b"software: make.py\r\n", "application/warc-fields")
    for name, status, headers, body, entry in ANSWERS:
        url = f"https://mill.example/{name}?a=1&b=%C3%BC"
        asked = StatusAndHeaders(f"GET /{name} HTTP/1.1", [("Host", "mill.example")], is_http_request=True)
        if name == "plain":
            record("request", b"", http=asked, url=url)
        record("response", body, http=StatusAndHeaders(status, headers, protocol="HTTP/1.1"), url=url, entry=entry)
    same = StatusAndHeaders("200 OK", HTML, protocol="HTTP/1.1")
    record("revisit", b"", http=same, url="https://mill.example/plain")
    record("metadata", b"seed: true\r\n", "application/warc-fields", url="https://mill.example/plain")
    record("resource", MILL.encode(), "text/html; charset=utf-8", url="https://mill.example/saved", entry=MILL)
    text = "The ferry runs every hour.\nÜber Süderende, on Sundays too.\n"
    record("conversion", text.encode(), "text/plain", url="https://mill.example/text", entry=text)
    record("response", b"mill.example. 60 IN A 192.0.2.1\n", "text/dns", url="dns:mill.example", entry="another protocol than HTTP")
    return expected


def apart(file):
    """The records that warcio writes one behind the other."""
    starts = [at for at in range(len(file)) if file.startswith(b"WARC/1.", at)]
    return [file[at:to] for at, to in zip(starts, starts[1:] + [len(file)])]


def main():
    plain = BytesIO()
    expected = write(WARCWriter(plain, gzip=False))
    plain = plain.getvalue()
    (HERE / "pages.warc").write_bytes(plain)
    (HERE / "pages.json").write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n")
    with open(HERE / "pages.warc.gz", "wb") as file:
        write(WARCWriter(file, gzip=True))
    (HERE / "one-member.warc.gz").write_bytes(gzip.compress(plain, mtime=0))
    records = apart(plain)
    assert b"".join(records) == plain and len(records) == len(expected)
    pack = zstandard.ZstdCompressor(level=19, write_checksum=True)
    (HERE / "pages.warc.zst").write_bytes(b"".join(map(pack.compress, records)))
    # What is the same in all records, as the specification of zstd for WARC files has it: a frame to be skipped.
    shared = zstandard.train_dictionary(1024, [records[at % len(records)] for at in range(400)])
    pack = zstandard.ZstdCompressor(level=19, dict_data=shared, write_checksum=True)
    packed = zstandard.compress(shared.as_bytes())
    frame = b"\x5d\x2a\x4d\x18" + len(packed).to_bytes(4, "little") + packed
    (HERE / "dictionary.warc.zst").write_bytes(frame + b"".join(map(pack.compress, records)))


if __name__ == "__main__":
    main()
