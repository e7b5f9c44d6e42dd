"""A presentation as somebody saved it → its master, layouts and size, and nothing else that it brings along.

A donor's file names people; the library's own has the settings of a printer and the view of its author. What PowerPoint
asks for is put in: it offers to repair a file without it.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pptx.opc.package import XmlPart
    from pptx.oxml.xmlchemy import BaseOxmlElement
    from pptx.presentation import Presentation

KEPT = frozenset({"slideMaster", "notesMaster", "theme", "presProps", "tableStyles", "font"})
"""What a presentation keeps of the parts it names; views, comments, tags and data of add-ins may name people."""
LEFT_OUT = frozenset({"tags", "customXml", "comments"})
"""What a master or a layout must not keep."""
HOLDERS = frozenset({"ext", "extLst", "handoutMasterIdLst", "custDataLst"})
"""What holds other elements and may not be empty, or says nothing then."""
NEEDED = {"presProps": "presentationPr", "viewProps": "viewPr"}
"""The parts without which PowerPoint repairs a presentation, and their XML."""
_NAMESPACE = "http://schemas.openxmlformats.org/presentationml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.presentationml"


def forget_slides(presentation: "Presentation") -> None:
    """Take the slides out, and what else names them: a section that names a slide that is gone breaks the file."""
    for name in ("sectionLst", "custShowLst"):
        for gone in presentation.element.xpath(f"//*[local-name()='{name}']"):
            _take_out(gone)
    _forget(presentation.part, lambda kind: kind in KEPT)
    for master in presentation.slide_masters:
        for page in (master, *master.slide_layouts):
            _forget(page.part, lambda kind: kind not in LEFT_OUT)


def _forget(part: "XmlPart", is_kept: Callable[[str], bool]) -> None:
    """Take the parts that a part names by relationships of other kinds out of it, and every place that names them."""
    for name, relation in list(part.rels.items()):
        if not is_kept(relation.reltype.rpartition("/")[2]):
            for gone in part._element.xpath(f"//*[@r:id='{name}']"):
                _take_out(gone)
            part.rels.pop(name)


def _take_out(gone: "BaseOxmlElement") -> None:
    """Take an element out, and with it what would stand there empty around it and may not."""
    around = gone.getparent()
    around.remove(gone)
    if not len(around) and around.tag.rpartition("}")[2] in HOLDERS:
        _take_out(around)


def forget_properties(presentation: "Presentation") -> None:
    """Take out what a file says of itself: its properties, its owner's own ones, the small picture of its first slide.

    The properties of the deck are written anew. How the owner last looked at it goes too, and an empty view, without
    which PowerPoint repairs a file, takes its place.
    """
    package = presentation.part.package
    for name, relation in list(package._rels.items()):
        if not relation.reltype.endswith("/officeDocument"):
            package.drop_rel(name)
    there = {relation.reltype.rpartition("/")[2] for relation in presentation.part.rels.values()}
    for kind, tag in NEEDED.items():
        if kind not in there:
            _add_empty(presentation, kind, tag)


def _add_empty(presentation: "Presentation", kind: str, tag: str) -> None:
    """Add a part that says nothing."""
    from pptx.opc.package import Part
    from pptx.opc.packuri import PackURI

    content = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<p:{tag} xmlns:p="{_NAMESPACE}"/>'.encode()
    part = Part(PackURI(f"/ppt/{kind}.xml"), f"{_TYPE}.{kind}+xml", presentation.part.package, content)
    presentation.part.relate_to(part, f"{_RELATION}/{kind}")


def settle(presentation: "Presentation") -> None:
    """Put right what the library leaves open in a presentation that has its slides.

    The master of the notes is listed, as PowerPoint has it, and no master shows the day on which it was made.
    """
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    notes = presentation.notes_master
    if not presentation.element.xpath("p:notesMasterIdLst"):
        name = presentation.part.relate_to(notes.part, RELATIONSHIP_TYPE.NOTES_MASTER)
        listed = f'<p:notesMasterIdLst {nsdecls("p", "r")}><p:notesMasterId r:id="{name}"/></p:notesMasterIdLst>'
        presentation.element.sldMasterIdLst.addnext(parse_xml(listed))
    masters = [page for master in presentation.slide_masters for page in (master, *master.slide_layouts)]
    for page in (*masters, notes):
        for date in page._element.xpath("//a:fld[starts-with(@type, 'datetime')]/a:t"):
            date.text = ""
