"""A sheet as svg: with title and description for screen readers, the same bytes every time."""

import io
import re
from xml.etree import ElementTree

from sparplan.charts.fitting import FONT, plain
from sparplan.charts.sheet import Sheet, drawing

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
_HREF = f"{{{XLINK}}}href"
# DejaVu Sans may be missing where an svg is read; Verdana has nearly the same widths.
_FAMILIES = f"'{FONT}', Verdana, Arial, sans-serif"
_NO_METADATA = {"Creator": None, "Date": None, "Format": None, "Type": None}
_URL = re.compile(r"url\(#")
_ROUND_LINES = "stroke-linejoin: round; stroke-linecap: butt"

ElementTree.register_namespace("", SVG)
ElementTree.register_namespace("xlink", XLINK)


def svg_of(sheet: Sheet) -> str:
    """The sheet as a whole svg document."""
    root = _tree(sheet, "sparplan", sheet.description)
    head = '<?xml version="1.0" encoding="utf-8" standalone="no"?>\n'
    return head + ElementTree.tostring(root, encoding="unicode") + "\n"


def svg_for_html(sheet: Sheet, prefix: str, description: str, classes: dict[str, str]) -> str:
    """The sheet as an svg element inside a page.

    Parameters
    ----------
    prefix
        Goes before every id, so that several pictures don't share one.
    classes
        Class by style; filled on, so that the styles of all pictures can stand in one style sheet.
    """
    root = _tree(sheet, prefix, description)
    classes.setdefault(_ROUND_LINES, "svg")
    root.set("class", "svg")
    for parent in root.iter():
        for child in list(parent):
            if child.tag == f"{{{SVG}}}style":
                parent.remove(child)
    for element in root.iter():
        style = element.attrib.pop("style", None)
        if style is not None:
            element.set("class", classes.setdefault(style, f"s{len(classes)}"))
    return ElementTree.tostring(root, encoding="unicode")


def _tree(sheet: Sheet, prefix: str, description: str) -> ElementTree.Element:
    buffer = io.BytesIO()
    with drawing():
        sheet.figure.savefig(buffer, format="svg", metadata=_NO_METADATA)
    root = ElementTree.fromstring(buffer.getvalue())
    for element in list(root.iter()):
        hint = sheet.hints.get(element.get("id", ""))
        if hint is not None:
            title = ElementTree.Element(f"{{{SVG}}}title")
            title.text = plain(hint)
            element.insert(0, title)
        _prefix_names(element, prefix)
    for index, (tag, text) in enumerate((("title", sheet.title), ("desc", description))):
        told = ElementTree.Element(f"{{{SVG}}}{tag}", id=f"{prefix}-{tag}")
        told.text = plain(text)
        told.tail = "\n"
        root.insert(index, told)
    root.set("role", "img")
    root.set("aria-labelledby", f"{prefix}-title {prefix}-desc")
    return root


def _prefix_names(element: ElementTree.Element, prefix: str) -> None:
    for key, value in element.attrib.items():
        if key == "id":
            element.set(key, f"{prefix}-{value}")
        elif key == _HREF and value.startswith("#"):
            element.set(key, f"#{prefix}-{value[1:]}")
        else:
            element.set(key, _URL.sub(f"url(#{prefix}-", value).replace(f"'{FONT}'", _FAMILIES))
