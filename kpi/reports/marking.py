"""The mark of a Word file that kpi made: its author, in the properties of the package."""

import re
from io import BytesIO
from zipfile import ZipFile

from kpi.packages.zipped import replaced
from kpi.reports.office import PRODUCER

PROPERTIES = "docProps/core.xml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_KIND = "application/vnd.openxmlformats-package.core-properties+xml"
_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_TYPES, _RELATIONS = "[Content_Types].xml", "_rels/.rels"
_CREATOR = re.compile(r"<dc:creator\s*(?:/>|>.*?</dc:creator>)", re.DOTALL)
_NEW = f"<dc:creator>{PRODUCER}</dc:creator>"


def properties() -> str:
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"{_NEW}</cp:coreProperties>"
    )


def override() -> str:
    """What the list of parts says of the properties."""
    return f'<Override PartName="/{PROPERTIES}" ContentType="{_KIND}"/>'


def relation(key: str) -> str:
    return f'<Relationship Id="{key}" Type="{_RELATION}" Target="{PROPERTIES}"/>'


def marked(data: bytes) -> bytes:
    """The package with the mark; as it is where its properties are not written in the usual way."""
    with ZipFile(BytesIO(data)) as package:
        names = frozenset(package.namelist())
        wanted = (PROPERTIES,) if PROPERTIES in names else (_TYPES, _RELATIONS)
        texts = {name: package.read(name).decode("utf-8", "replace") for name in wanted if name in names}
    if PROPERTIES in texts:
        new, found = _CREATOR.subn(_NEW, texts[PROPERTIES], count=1)
        if not found:
            new = re.sub(r"(?=</(?:\w+:)?coreProperties>)", _NEW if "xmlns:dc=" in new else "", new, count=1)
        return replaced(data, {PROPERTIES: new.encode()})
    if len(texts) < len(wanted) or any("docProps/core" in text for text in texts.values()):
        return data
    types = re.sub(r"(?=</Types>)", override(), texts[_TYPES], count=1)
    relations = re.sub(r"(?=</Relationships>)", relation("rIdKpi"), texts[_RELATIONS], count=1)
    parts = {_TYPES: types, _RELATIONS: relations, PROPERTIES: properties()}
    return replaced(data, {name: text.encode() for name, text in parts.items()})
