#!/usr/bin/env python3
"""Writes tests/vectors/**/*.json, every value computed here from the published rules, never by the code under test.

    make_vectors.py             write the files
    make_vectors.py --check     write nothing; fail when the files on disk are not the same
    make_vectors.py --openssl   also re-check every signature, sealed text and SM3 digest with the openssl command line
"""
import argparse
import importlib
import json
import sys
from pathlib import Path

import jsonschema

from makers import recheck, shapes

VECTORS = Path(__file__).resolve().parents[1] / "vectors"
MAKERS = Path(__file__).resolve().parent / "makers"


def makers():
    """Every module below makers/ that makes documents."""
    for path in sorted(MAKERS.rglob("*.py")):
        name = ".".join(path.relative_to(MAKERS.parent).with_suffix("").parts)
        module = importlib.import_module(name)
        if hasattr(module, "documents"):
            yield module


def made():
    files = {}
    for module in makers():
        for path, document in module.documents().items():
            assert path not in files, f"{path} is made twice"
            files[path] = document
    return files


def validate(files):
    """Against schema.json as a whole and against the definition that bears the file's name."""
    schema = shapes.schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    for path, document in files.items():
        name = "call" if path.startswith("calls/") else path.removesuffix(".json")
        for part in (schema, {"$ref": f"#/$defs/{name}", "$defs": schema["$defs"]}):
            jsonschema.Draft202012Validator(part).validate(document)
        ids = [case["id"] for case in document["cases"]]
        assert len(ids) == len(set(ids)), f"{path}: an id stands twice"


def text(document):
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def compare(files):
    """Names of files that differ, are missing, or are there and should not be."""
    on_disk = {str(p.relative_to(VECTORS)): p.read_text() for p in VECTORS.rglob("*.json")}
    return sorted(path for path in on_disk.keys() | files.keys() if path not in files or on_disk.get(path) != text(files[path]))


def write(files):
    for path, document in files.items():
        (VECTORS / path).parent.mkdir(parents=True, exist_ok=True)
        (VECTORS / path).write_text(text(document))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare with the files on disk instead of writing them")
    parser.add_argument("--openssl", action="store_true", help="re-check the cryptography with the openssl command line")
    options = parser.parse_args()
    files = made()
    validate(files)
    total = sum(len(document["cases"]) for document in files.values())
    files["schema.json"] = shapes.schema()
    if not options.check:
        write(files)
    stale = compare(files)
    for path in stale:
        print(f"differs: {path}", file=sys.stderr)
    if options.openssl:
        print("openssl: " + ", ".join(f"{count} {what}" for what, count in recheck.all_of(files).items()))
    print(f"{len(files) - 1} files, {total} cases")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
