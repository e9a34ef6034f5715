"""Files made to do harm: each ends in one sentence, soon, and without much memory here or in the reading process."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from unit.sheets.makers import HEADER, MAIN, book, line, number, parts, text, zipped

from cstui.sheet.limits import MB
from cstui.words import LANGUAGES, Words, host_folders

SECONDS = 10.0
MEGABYTES = 300

# `ru_maxrss` of a process that was just started still holds its parent's: here the kernel's own mark is read.
_MEASURE = """
import json, resource, sys, time
from pathlib import Path
from cstui.contract.errors import BadInput
from cstui.sheet import read
begun = time.monotonic()
try:
    fault, args = "", {"rows": sum(1 for _ in read(Path(sys.argv[1])).rows)}
except BadInput as refused:
    fault, args = refused.text.id, {key: str(value) for key, value in refused.text.args.items()}
print(json.dumps({
    "fault": fault, "args": args, "seconds": time.monotonic() - begun,
    "here": int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) / 1024,
    "there": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
}))
"""
_ROOT = Path(__file__).parents[2]


class Ended:
    """How reading a file ended, in a process of its own so that its memory can be told."""

    def __init__(self, path: Path) -> None:
        done = subprocess.run(
            [sys.executable, "-c", _MEASURE, str(path)],
            capture_output=True,
            check=True,
            env={"PYTHONPATH": str(_ROOT / "src")},
        )
        told = json.loads(done.stdout)
        self.fault: str = told["fault"]
        self.args: dict[str, Any] = told["args"]
        self.here: float = told["here"]
        self.there: float = told["there"]
        assert told["seconds"] < SECONDS
        assert self.here < MEGABYTES
        assert self.there < MEGABYTES


def _deflated(path: Path, part: str, pieces: Iterator[bytes], **told: str) -> Path:
    """A book whose one part is streamed into the archive piece by piece."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts(HEADER, **told).items():  # type: ignore[arg-type]
            if name != part:
                archive.writestr(name, content)
        with archive.open(part, "w", force_zip64=True) as out:
            for piece in pieces:
                out.write(piece)
    return path


def _sheet(inside: Iterator[bytes]) -> Iterator[bytes]:
    yield f'<worksheet xmlns="{MAIN}"><sheetData>'.encode()
    yield from inside
    yield b"</sheetData></worksheet>"


def _zip_bomb(path: Path) -> Path:
    return _deflated(path, "xl/worksheets/sheet1.xml", _sheet(b" " * MB for _ in range(400)))


def _a_lying_directory(path: Path) -> Path:
    """The directory says that the bomb is ten bytes long."""
    source = bytearray(_zip_bomb(path).read_bytes())
    at = source.rindex(b"PK\x01\x02")
    source[at + 24 : at + 28] = (10).to_bytes(4, "little")
    path.write_bytes(source)
    return path


def _billion_laughs(path: Path) -> Path:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE lolz [<!ENTITY l0 "lol">{entities}]>'
    sheet = f'{head}<worksheet xmlns="{MAIN}"><sheetData>{HEADER}{line(2, text("A2", "&l9;"))}</sheetData></worksheet>'
    path.write_bytes(book(sheet.encode()))
    return path


def _an_entity_of_six_megabytes(path: Path) -> Path:
    head = f'<!DOCTYPE x [<!ENTITY big "{"x" * 6 * MB}">]>'
    texts = f"{head}<sst xmlns='{MAIN}'><si><t>&big;</t></si></sst>"
    path.write_bytes(zipped({**parts(HEADER, texts=""), "xl/sharedStrings.xml": texts}))
    return path


def _a_cell_of_six_megabytes(path: Path) -> Path:
    path.write_bytes(book(HEADER + line(2, text("A2", "x" * 6 * MB))))
    return path


def _a_million_columns(path: Path) -> Path:
    path.write_bytes(b",".join(b"c%d" % at for at in range(1_000_000)) + b"\n")
    return path


def _five_million_cells(path: Path) -> Path:
    return _deflated(
        path, "xl/worksheets/sheet1.xml", _sheet(b"<row>" + b"<c/>" * 50_000 + b"</row>" for _ in range(100))
    )


def _a_far_cell(path: Path) -> Path:
    path.write_bytes(book(HEADER + line(1048576, text("XFD1048576", "far"))))
    return path


def _many_styles(path: Path) -> Path:
    head = f'<styleSheet xmlns="{MAIN}"><cellXfs>'.encode()
    return _deflated(path, "xl/styles.xml", iter([head, *[b'<xf numFmtId="14"/>' * 50_000] * 200]))


def _many_shared_texts(path: Path) -> Path:
    head = f'<sst xmlns="{MAIN}">'.encode()
    return _deflated(path, "xl/sharedStrings.xml", iter([head, *[b"<si><t>x</t></si>" * 50_000] * 300]), texts="")


def _much_shared_text(path: Path) -> Path:
    """Texts that are within the limits, and together are not."""
    head = f'<sst xmlns="{MAIN}">'.encode()
    return _deflated(
        path, "xl/sharedStrings.xml", iter([head, *[b"<si><t>" + b"x" * 32_000 + b"</t></si>"] * 9000]), texts=""
    )


def _one_text_for_every_cell(path: Path) -> Path:
    """A text of 32,000 characters that a million cells share."""
    rows = (f'<row r="{n}"><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>'.encode() for n in range(2, 500_000))
    texts = f"<si><t>{'x' * 32_000}</t></si>"
    return _deflated(path, "xl/worksheets/sheet1.xml", _sheet(iter([HEADER.encode(), *rows])), texts=texts)


def _nested_archives(path: Path) -> Path:
    inner = zipped({"0": b"\0" * MB})
    for _ in range(5):
        inner = zipped({str(at): inner for at in range(10)})
    path.write_bytes(inner)
    return path


def _a_comment_without_end(path: Path) -> Path:
    return _deflated(path, "xl/worksheets/sheet1.xml", iter([b"<!--", *[b"x" * MB] * 250]))


def _elements_without_end(path: Path) -> Path:
    return _deflated(path, "xl/worksheets/sheet1.xml", _sheet(b"<a/>" * 250_000 for _ in range(280)))


def _many_merged_cells(path: Path) -> Path:
    merged = "".join(f'<mergeCell ref="A{n}:A{n + 1}"/>' for n in range(2, 500_000, 2))
    path.write_bytes(book(HEADER, around=f"<mergeCells>{merged}</mergeCells>"))
    return path


def _merged_cells_over_all(path: Path) -> Path:
    """A thousand columns, each merged over all the lines."""
    first = line(2, *(f'<c t="str"><v>{at}</v></c>' for at in range(900)))
    others = "".join(line(n, number(f"A{n}", n)) for n in range(3, 100_000))
    names = [chr(65 + a) + chr(65 + b) for a in range(26) for b in range(26)]
    merged = "".join(f'<mergeCell ref="{name}2:{name}1048576"/>' for name in names)
    path.write_bytes(book(HEADER + first + others, around=f"<mergeCells>{merged}</mergeCells>"))
    return path


def _a_formula_over_all(path: Path) -> Path:
    """An array formula without results that claims every cell."""
    first = line(2, '<c r="A2"><f t="array" ref="A2:XFD1048576">1</f></c>')
    path.write_bytes(book(HEADER + first + "".join(line(n, number(f"A{n}", n)) for n in range(3, 100_000))))
    return path


def _a_gigabyte_of_blanks_in_a_line(path: Path) -> Path:
    with path.open("wb") as out:
        out.write(b"a,b\n")
        out.truncate(1024 * MB)
    return path


def _blank_lines_without_end(path: Path) -> Path:
    path.write_bytes(b"a,b\n" + b"\n" * 49 * MB)
    return path


def _a_line_of_blanks(path: Path) -> Path:
    path.write_bytes(b"a,b\n" + b" " * 49 * MB)
    return path


def _a_quotation_without_end(path: Path) -> Path:
    path.write_bytes(b'a,b\n"' + b"x\n" * 20 * MB)
    return path


def _a_list_without_end(path: Path) -> Path:
    path.write_bytes(b'[{"a": ' + b"[" * 40 * MB)
    return path


def _a_key_without_end(path: Path) -> Path:
    path.write_bytes(b'[{"' + b"x" * 40 * MB)
    return path


BOMBS: list[tuple[Callable[[Path], Path], str]] = [
    (_zip_bomb, "sheet.too_much"),
    (_a_lying_directory, "sheet.broken_book"),
    (_billion_laughs, "sheet.doctype"),
    (_an_entity_of_six_megabytes, "sheet.doctype"),
    (_a_cell_of_six_megabytes, "sheet.long_cell"),
    (_a_million_columns, "sheet.long_line"),
    (_five_million_cells, "sheet.too_many_cells"),
    (_a_far_cell, "sheet.too_wide"),
    (_many_styles, "sheet.broken_book"),
    (_many_shared_texts, "sheet.too_many_cells"),
    (_much_shared_text, "sheet.gave_up"),
    (_one_text_for_every_cell, "sheet.too_much_text"),
    (_nested_archives, "sheet.no_book"),
    (_a_comment_without_end, "sheet.broken_book"),
    (_elements_without_end, "sheet.too_many_cells"),
    (_many_merged_cells, "sheet.too_many_rows"),
    (_merged_cells_over_all, "sheet.too_many_cells"),
    (_a_formula_over_all, "sheet.too_many_cells"),
    (_a_gigabyte_of_blanks_in_a_line, "sheet.too_big"),
    (_blank_lines_without_end, "sheet.too_many_rows"),
    (_a_line_of_blanks, "sheet.long_line"),
    (_a_quotation_without_end, "sheet.long_cell"),
    (_a_list_without_end, "sheet.json_shape"),
    (_a_key_without_end, "sheet.json_shape"),
]


@pytest.mark.parametrize(("make", "told"), BOMBS, ids=[make.__name__.strip("_") for make, _ in BOMBS])
def test_it_ends_in_one_sentence(make: Callable[[Path], Path], told: str, tmp_path: Path) -> None:
    ended = Ended(make(tmp_path / "file"))
    assert ended.fault == told
    words = Words.load(host_folders())
    for lang in LANGUAGES:
        said = words.say(told, lang, **ended.args)
        assert "file" in said
        assert "{" not in said
        assert "\n" not in said


def test_a_long_list_is_not_kept_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    row = ",".join(["王芳", "K001", "2026-11-24", *(f"text {at}" for at in range(12))])
    path.write_text(",".join(f"h{at}" for at in range(15)) + "\n" + f"{row}\n" * 100_000)
    ended = Ended(path)
    assert (ended.fault, ended.args["rows"]) == ("", 100_000)
    assert ended.here < 60
    assert ended.there < 60
