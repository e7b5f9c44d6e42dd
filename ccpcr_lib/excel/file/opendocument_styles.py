"""The styles of an OpenDocument file → how a cell or a piece of text looks, and whether a number shows a percent.

A style says only how it differs from its parent; styles stand in two parts of the file, and are read one tag after
another, as the parser meets them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .formats import LITERAL, NEITHER, PERCENT, Section, Sections, condition_of
from .styles import PLAIN, Look

DEFAULT = "Default"
"""The style of a cell that names none, and has none from its row or column."""

_FORMATS = frozenset({"number-style", "percentage-style", "currency-style", "date-style", "time-style", "text-style"})
_LINES = frozenset({"text-line-through-style", "text-line-through-type"})


@dataclass
class _Style:
    """What one style says of itself: None, or empty, where its parent decides."""

    parent: str = ""
    form: str = ""
    is_struck: bool | None = None
    is_raised: bool | None = None


@dataclass
class OpenDocumentStyles:
    """Collects styles tag by tag. `formats` says of each number format whether it shows a percent.

    `maps` gives, by the name of a format, the others that take its place, and for which numbers.
    """

    styles: dict[tuple[str, str], _Style] = field(default_factory=dict)
    formats: dict[str, str] = field(default_factory=dict)
    maps: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    _style: _Style = field(default_factory=_Style)
    _form: str = ""
    _texts: list[str] = field(default_factory=list)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take a tag that begins, without its prefix, as its attributes are."""
        if tag == "style":
            self._style = _Style(attributes.get("parent-style-name", ""), attributes.get("data-style-name", ""))
            self.styles[attributes.get("family", ""), attributes.get("name", "")] = self._style
        elif tag == "text-properties":
            self._add_look(attributes)
        elif tag in _FORMATS:
            self._form, self._texts = attributes.get("name", ""), [""]
        elif tag == "map" and self._form:
            other = attributes.get("condition", ""), attributes.get("apply-style-name", "")
            self.maps.setdefault(self._form, []).append(other)
        elif self._form:
            self._texts.append("")

    def text(self, text: str) -> None:
        """Take text: within a number format it is shown as it is."""
        if self._form:
            self._texts[-1] += text

    def end(self, tag: str) -> None:
        """Take a tag that ends."""
        if tag in _FORMATS and self._form:
            is_typed = any(text.strip(" ()+-\u00a0\u202f") in ("%", "％") for text in self._texts)
            kind = PERCENT if tag == "percentage-style" else LITERAL if is_typed else NEITHER
            self.formats[self._form], self._form = kind if tag != "text-style" else NEITHER, ""

    def _add_look(self, attributes: Mapping[str, str]) -> None:
        lines = [attributes[name] for name in sorted(_LINES & attributes.keys())]
        if lines:
            self._style.is_struck = any(line != "none" for line in lines)
        if "text-position" in attributes:
            first = attributes["text-position"].split()[:1]
            self._style.is_raised = first in (["super"], ["sub"]) or (bool(first) and first[0].strip("-+0.%") != "")

    def look(self, family: str, name: str, *, around: Look = PLAIN) -> Look:
        """Tell how a style looks; what it and its parents leave open is as it is `around` it."""
        lineage = self._lineage(family, name)
        struck = next((style.is_struck for style in lineage if style.is_struck is not None), around.is_struck)
        raised = next((style.is_raised for style in lineage if style.is_raised is not None), around.is_raised)
        return Look(struck, raised)

    def percent(self, name: str) -> Sections:
        """Tell whether a cell's style shows a percent, and of which numbers."""
        form = next((style.form for style in self._lineage("table-cell", name) if style.form), "")
        others = ((self.formats.get(other, NEITHER), condition_of(text)) for text, other in self.maps.get(form, ()))
        own = Section(self.formats.get(form, NEITHER))
        return (*(Section(kind, *condition) for kind, condition in others if condition), own)

    def _lineage(self, family: str, name: str) -> list[_Style]:
        """List a style and its parents; a circle of parents ends where it began."""
        names: list[str] = []
        while (family, name) in self.styles and name not in names:
            names.append(name)
            name = self.styles[family, name].parent
        return [self.styles[family, each] for each in names]
