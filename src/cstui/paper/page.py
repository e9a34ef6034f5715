"""A paper as a page to print: one HTML file that needs nothing else, for any browser's print dialogue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from cstui.contract.paper import Content, Facts, Labels, Table
from cstui.contract.text import Text
from cstui.paper.telling import Telling

STYLE = """
@page { size: A4; margin: 14mm }
@page wide { size: A4 landscape; margin: 12mm }
body { margin: 0; font: 11pt/1.5 "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif }
section { break-after: page; max-width: 182mm; margin: 0 auto }
section:last-child { break-after: auto }
section.wide { page: wide; max-width: 273mm }
h1 { font-size: 16pt; text-align: center; margin: 0 0 5mm }
table { border-collapse: collapse; width: 100%; margin: 0 0 5mm }
thead { display: table-header-group }
tr { break-inside: avoid }
th, td { border: 0.3mm solid #000; padding: 1mm 1.5mm; text-align: left; vertical-align: top; height: 6.5mm }
th { font-weight: 600; background: #eee }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2mm 5mm; margin: 0 0 5mm }
dt { font-weight: 600 }
dd { margin: 0; border-bottom: 0.2mm solid #999; min-height: 6mm }
ul { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: repeat(3, 1fr) }
li { border: 0.2mm dashed #777; padding: 3mm; min-height: 16mm; break-inside: avoid; text-align: center }
li b { display: block; font-size: 14pt }
li small, footer { color: #555; font-size: 8.5pt }
section.framed { page: wide; box-sizing: border-box; width: 273mm; max-width: 273mm; height: 184mm; padding: 14mm 24mm;
  border: 1.2mm solid #9c7a1e; outline: 0.4mm solid #9c7a1e; outline-offset: -4mm;
  display: flex; flex-direction: column;
  font: 24pt/2 "Noto Serif CJK SC", "SimSun", "Songti SC", serif; print-color-adjust: exact }
.framed h1 { font-size: 56pt; line-height: 1.3; letter-spacing: 0.2em; margin: 6mm 0 8mm; color: #8a1c1c }
.framed p { margin: 0 }
:lang(zh) .framed h1 + p + p { text-indent: 2em }
.framed h1 + p { font-size: 32pt; font-weight: 600 }
.framed p:nth-last-of-type(-n+3) { text-align: right; line-height: 1.5 }
.framed p:nth-last-of-type(3) { margin-top: auto; padding-top: 12mm }
.framed p:last-of-type { font-size: 11pt; color: #555 }
"""


def page(contents: Sequence[Content], tell: Telling) -> str:
    """The whole HTML file. Every text is escaped: what people wrote is never markup."""
    title = escape(tell(contents[0].title)) if contents else ""
    body = "\n".join(line for content in contents for line in _section(content, tell))
    lang = tell.lang.replace("_", "-")
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f"<style>{STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _section(content: Content, tell: Telling) -> Iterator[str]:
    kind = "framed" if content.framed else "wide" if content.wide else ""
    yield f'<section class="{kind}">' if kind else "<section>"
    yield f"<h1>{escape(tell(content.title))}</h1>"
    for part in content.parts:
        yield from _part(part, tell)
    yield "</section>" if content.framed else f"<footer>{escape(tell.foot())}</footer>\n</section>"


def _part(part: Table | Labels | Facts | Text, tell: Telling) -> Iterator[str]:
    if isinstance(part, Text):
        yield f"<p>{escape(tell(part))}</p>"
    elif isinstance(part, Facts):
        pairs = "".join(f"<dt>{escape(tell(name))}</dt><dd>{escape(tell(value))}</dd>" for name, value in part.pairs)
        yield f"<dl>{pairs}</dl>"
    elif isinstance(part, Labels):
        yield "<ul>"
        yield from (
            f"<li><b>{escape(tell(text))}</b><small>{escape(tell(note))}</small></li>" for text, note in part.texts
        )
        yield "</ul>"
    else:
        yield f"<table>\n<thead><tr>{_cells('th', [tell(header) for header in part.headers])}</tr></thead>\n<tbody>"
        yield from (f"<tr>{_cells('td', [tell(value) for value in row])}</tr>" for row in part.rows)
        yield from (f"<tr>{_cells('td', [''] * len(part.headers))}</tr>" for _ in range(part.blank))
        yield "</tbody></table>"


def _cells(tag: str, texts: Sequence[str]) -> str:
    return "".join(f"<{tag}>{escape(text)}</{tag}>" for text in texts)
