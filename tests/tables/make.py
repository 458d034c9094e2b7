#!/usr/bin/env python3
"""Write tests/tables/pages.parquet, a table of invented pages (pip install pyarrow)."""
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

MILL = '<html><head><meta charset="iso-8859-1"><title>Mühle</title></head><body><article><h1>Mühle</h1>' \
    "<p>Die Mühle am Fluss mahlt wieder, sagt Jonas Ähre.</p></article></body></html>"
FERRY = "<article><h1>Fähre</h1><p>Die Fähre fährt ab Sonntag jede Stunde – auch nachts.</p></article>"

table = pa.table({
    "doc_id": pa.array([17, 18, 19], pa.uint64()),
    "meta": pa.array([{"uri": "https://post.example/mill", "tags": ["a", "b"]}, {"uri": None, "tags": []}, None],
                     pa.struct([("uri", pa.string()), ("tags", pa.list_(pa.string()))])),
    "body": pa.array([MILL.encode("latin-1"), FERRY.encode(), None], pa.binary()),
})
pq.write_table(table, Path(__file__).with_name("pages.parquet"), compression="snappy", row_group_size=2)
