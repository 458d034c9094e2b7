#!/usr/bin/env python3
"""Hold the tables of a program against those of pyarrow, DuckDB and Polars, cell by cell.

    tables.py BINARY [PAGES]

BINARY cleans PAGES (by default the samples) into JSON Lines and into Parquet with all fields; the three readers have to find
in every cell of the Parquet file what the JSON Lines say, and the compressed JSON Lines have to hold the plain ones. Then
pyarrow writes the pages as Parquet, in the types and compressions that are about, and BINARY has to make the same of them as
of JSON Lines. Needs pyarrow, duckdb and polars (pip install pyarrow duckdb polars zstandard).
"""
import gzip
import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import polars
import pyarrow
import pyarrow.parquet
import zstandard

ROOT = Path(__file__).resolve().parent.parent
LISTS = {"authors", "tags", "flags", "rivals"}
TEXTS_OF_JSON = {"metadata_from", "encoding", "dropped", "set_aside", "unexpected"}
CODECS = ["none", "snappy", "gzip", "brotli", "zstd", "lz4"]


def clean(binary, *words):
    """Run the program; pages that fail are no failure of the run."""
    done = subprocess.run([binary, "clean", *map(str, words)], capture_output=True, text=True)
    if done.returncode > 1:
        sys.exit(f"dehusk clean {words}: {done.stderr}")
    return done.stdout


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


def by_pyarrow(path):
    return pyarrow.parquet.read_table(path).to_pylist()


def by_duckdb(path):
    found = duckdb.sql(f"select * from read_parquet('{path}')")
    return [dict(zip(found.columns, row)) for row in found.fetchall()]


def by_polars(path):
    return polars.read_parquet(path).to_dicts()


READERS = {"pyarrow": by_pyarrow, "DuckDB": by_duckdb, "Polars": by_polars}


def counts(value):
    """A map, which is a list of pairs to pyarrow, of structs to Polars, and a dict to DuckDB."""
    if isinstance(value, dict):
        return list(value.items())
    return [(one["key"], one["value"]) if isinstance(one, dict) else tuple(one) for one in value]


def cell(field, value):
    """A cell of the table, as JSON Lines have it."""
    if field in TEXTS_OF_JSON:
        return json.loads(value)
    return dict(counts(value)) if field == "dropped_counts" else value


def expected(field, value):
    return str(value) if field == "id" and value is not None else value


def check_out(binary, pages, folder):
    plain = folder / "out.jsonl"
    clean(binary, pages, "-o", plain, "--fields", "all")
    records = lines(plain.read_text())
    for ending, unpack in [("gz", gzip.decompress), ("zst", unpack_zstd)]:
        packed = folder / f"out.jsonl.{ending}"
        clean(binary, pages, "-o", packed, "--fields", "all")
        assert unpack(packed.read_bytes()) == plain.read_bytes(), packed
    table = folder / "out.parquet"
    clean(binary, pages, "-o", table, "--fields", "all")
    cells = 0
    for reader, read in READERS.items():
        rows = read(table)
        assert len(rows) == len(records), f"{reader}: {len(rows)} rows of {len(records)} records"
        for row, record in zip(rows, records):
            assert list(row) == list(record), f"{reader}: {list(row)}"
            for field, value in record.items():
                found, wanted = cell(field, row[field]), expected(field, value)
                assert found == wanted, f"{reader}: {record['id']}: {field}: {found!r} instead of {wanted!r}"
                cells += 1
            assert counts(row["dropped_counts"]) == list(record["dropped_counts"].items()), "the order of counts"
        print(f"{reader}: {len(rows)} rows, {len(records[0])} columns: all as in JSON Lines")
    few = folder / "few.parquet"
    clean(binary, pages, "-o", few)
    print(f"types, by pyarrow:\n{pyarrow.parquet.read_schema(few)}")
    return cells


def unpack_zstd(data):
    return zstandard.ZstdDecompressor().stream_reader(data, read_across_frames=True).read()


def check_in(binary, pages, folder):
    files = sorted(path for path in pages.rglob("page.html"))[:60]
    pages = [(number, f"https://{path.parent.parent.name}/{number}", path.read_bytes()) for number, path in enumerate(files)]
    pages = [(number, url, html.decode()) for number, url, html in pages if is_utf8(html)]
    source = folder / "in.jsonl"
    source.write_text("".join(json.dumps({"id": id, "url": url, "html": html}) + "\n" for id, url, html in pages))
    wanted = lines(clean(binary, source, "--fields", "id,url,source,text,sha256"))
    for record, (id, _, html) in zip(wanted, pages):
        assert record["id"] == id and record["sha256"] == hashlib.sha256(html.encode()).hexdigest(), record["id"]
    ids, urls, htmls = ([page[part] for page in pages] for part in range(3))
    types = {
        "string": pyarrow.string(), "large_string": pyarrow.large_string(), "binary": pyarrow.binary(),
        "string_view": pyarrow.string_view(), "large_binary": pyarrow.large_binary(),
        "dictionary": pyarrow.dictionary(pyarrow.int32(), pyarrow.string()),
    }
    tried = 0
    for name, kind in types.items():
        for codec in CODECS:
            for version, rows in [("1.0", 7), ("2.0", 10_000)]:
                content = [html.encode() for html in htmls] if "binary" in name else htmls
                table = pyarrow.table({"more": ids, "html": pyarrow.array(content, kind), "uri": urls, "id": ids})
                path = folder / "in.parquet"
                pyarrow.parquet.write_table(table, path, compression=codec, data_page_version=version,
                                            row_group_size=rows, use_dictionary=name == "dictionary")
                fields = "id,url,source,text,sha256"
                found = lines(clean(binary, path, "--columns", "url=uri", "--format", "jsonl", "--fields", fields))
                assert found == wanted, f"{name}, {codec}, data pages {version}: other records"
                tried += 1
    return tried, len(pages)


def is_utf8(data):
    try:
        return bool(data.decode())
    except UnicodeDecodeError:
        return False


def main():
    binary, pages = Path(sys.argv[1]).resolve(), Path(sys.argv[2] if len(sys.argv) > 2 else ROOT / "samples")
    with tempfile.TemporaryDirectory() as folder:
        cells = check_out(binary, pages, Path(folder))
        print(f"{cells} cells compared")
        tried, rows = check_in(binary, pages, Path(folder))
        print(f"{tried} files by pyarrow of {rows} pages each: all as from JSON Lines")


if __name__ == "__main__":
    main()
