#!/usr/bin/env python3
"""Renders PDFs with PDFium and checks that each has a page with something on it.

usage: render_pdf.py FILE.pdf…
"""
import pathlib
import sys

import pypdfium2


def look(path: pathlib.Path) -> str:
    """Says what is on the first page; raises when there is nothing."""
    document = pypdfium2.PdfDocument(path)
    if len(document) < 1:
        raise ValueError("it has no page")
    page = document[0]
    bitmap = page.render(scale=1)
    pixels = bytes(bitmap.buffer)
    marked = sum(byte != 0xFF for byte in pixels)
    if marked < len(pixels) // 1000:
        raise ValueError("its page is blank")
    text = page.get_textpage().get_text_bounded()
    if not any(character.isdigit() for character in text):
        raise ValueError("its page has no number on it")
    return f"{len(document)} page, {bitmap.width}×{bitmap.height}, {len(text)} characters"


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help"):
        print(__doc__)
        return 0 if arguments else 2
    failures = 0
    for name in arguments:
        try:
            print(f"{pathlib.Path(name).name}: {look(pathlib.Path(name))}")
        except Exception as error:  # whatever the reader finds wrong
            print(f"{name}: {error}")
            failures += 1
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
