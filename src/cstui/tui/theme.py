"""Colours by what they mean, one palette for each kind of terminal, and which of them is in force.

Nothing else of the dashboard names a colour: pieces of text name a style (`STYLES`), the style sheet a variable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rich.style import Style
from textual.theme import Theme

Rgb = str
"""A colour as "#rrggbb", or by one of the 16 names that every terminal with colours knows ("bright_white")."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Backgrounds (of pages; of bars and the detail; of what lies above a page; of the row or field one is at), and
    the colours of what is written on them. `ansi`: of the terminal's own 16 colours; what a background tells
    elsewhere, lines and reversed video tell there.
    """

    background: Rgb
    surface: Rgb
    raised: Rgb
    selected: Rgb
    text: Rgb
    dim: Rgb
    accent: Rgb
    critical: Rgb
    warning: Rgb
    good: Rgb
    dark: bool = True
    ansi: bool = False


DARK = Palette(
    background="#121417", surface="#1a1d21", raised="#23272c", selected="#2f363d",
    text="#d6dade", dim="#a0a7af", accent="#5fb3a1", critical="#f0858e", warning="#d9a441", good="#8fbc7a",
)  # fmt: skip
LIGHT = Palette(
    background="#fafaf7", surface="#eff0ec", raised="#e8ebe7", selected="#d3e3e1",
    text="#1d2429", dim="#555d64", accent="#0a6455", critical="#a81c2a", warning="#724c00", good="#2c661d",
    dark=False,
)  # fmt: skip
SIXTEEN = Palette(
    background="black", surface="black", raised="black", selected="black",
    text="bright_white", dim="white", accent="bright_cyan", critical="bright_red", warning="bright_yellow",
    good="bright_green", ansi=True,
)  # fmt: skip
PLAIN = Palette(
    background="default", surface="default", raised="default", selected="default", text="default", dim="default",
    accent="default", critical="default", warning="default", good="default", ansi=True,
)  # fmt: skip
"""Without any colour: NO_COLOR."""
PALETTES = {"dark": DARK, "light": LIGHT, "16": SIXTEEN}
"""Those among which one chooses."""
NO_COLOR = "plain"

BOLD = ("strong", "accent", "critical", "head")
COLOURS = {"": "text", "strong": "text", "head": "dim", "info": "dim"}
"""The colour of a style, where it isn't called like it."""
NAMES = ("", "dim", "strong", "accent", "critical", "warning", "info", "good", "head")
"""The styles of pieces of text."""
COLOURED = (
    "background", "surface", "raised", "selected", "text", "dim", "accent", "critical", "warning", "good",
)  # fmt: skip
"""What a palette has, and the style sheet's variables."""
BARS = ("accent", "warning", "good", "dim")
"""The colours of bars, as styles `bar_NAME`."""
HERE = "here"
"""The style of the row where the cursor stands."""
STYLES: dict[str, Style] = {}
"""The styles in force: there is one terminal, and it has one theme."""


def choose(asked: str, environ: Mapping[str, str]) -> str:
    """The theme to take: as far as the terminal goes what was asked for, and for "auto" what it tells of itself.

    It isn't asked for its background: the answer would come between the keys, or never.
    """
    if environ.get("NO_COLOR"):
        return NO_COLOR
    if environ.get("COLORTERM", "").casefold() not in {"truecolor", "24bit"}:
        term = environ.get("TERM", "").casefold()
        if term.rpartition("-")[2] not in {"256color", "direct", "truecolor", "kitty", "ghostty", "alacritty"}:
            return "16"
    if asked in PALETTES:
        return asked
    return "light" if environ.get("COLORFGBG", "").rpartition(";")[2] in {"7", "15"} else "dark"


def put(name: str) -> Palette:
    """Put a theme in force for all that is painted from now on."""
    palette = PALETTES.get(name, PLAIN)
    STYLES.update((style, _style(palette, style)) for style in NAMES)
    STYLES.update((f"bar_{name}", _bar(getattr(palette, name))) for name in BARS)
    STYLES[HERE] = Style(bgcolor=palette.selected)
    if palette.ansi:  # one bar across: pieces of several colours would each be a patch of its own
        STYLES[HERE] = Style(color=palette.text, bgcolor=palette.background, reverse=True)
    return palette


def _bar(colour: Rgb) -> Style:
    """Letters that can't be told from their background: a solid bar. Without colours they are seen."""
    return Style() if colour == "default" else Style(color=colour, bgcolor=colour)


def _style(palette: Palette, name: str) -> Style:
    bold = name in BOLD or None
    if not name or name == "strong":
        return Style(bold=bold)  # in whatever colour the place has
    colour = str(getattr(palette, COLOURS.get(name, name)))
    return Style(color=None if colour == "default" else colour, bold=bold)


def textual(name: str) -> Theme:
    """A theme as Textual takes it."""
    palette = PALETTES.get(name, PLAIN)

    def css(colour: Rgb) -> str:
        return f"ansi_{colour}" if palette.ansi else colour

    colours = {field: css(str(getattr(palette, field))) for field in COLOURED}
    return Theme(
        name=name,
        primary=colours["accent"],
        foreground=colours["text"],
        background=colours["background"],
        dark=palette.dark,
        ansi=palette.ansi,
        variables={
            **colours,
            "ansi-background": colours["background"],
            "ansi-foreground": colours["text"],
            **dict.fromkeys(("scrollbar", "scrollbar-hover", "scrollbar-active"), colours["dim"]),
            **{f"scrollbar-background{state}": colours["surface"] for state in ("", "-hover", "-active")},
            "scrollbar-corner-color": colours["surface"],
            "screen-selection-background": colours["accent"],
            "screen-selection-foreground": colours["background"],
            "input-cursor-background": colours["text"],
            "input-cursor-foreground": colours["background"],
            "input-cursor-text-style": "reverse" if palette is PLAIN else "none",
            "input-selection-background": colours["accent"],
            "input-selection-foreground": colours["background"],
        },
    )


put("dark")
