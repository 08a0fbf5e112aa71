"""Open a file as rows: CSV in UTF-8 or GB18030, Excel, or GeoJSON, with the columns that its headers mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shige.files.sheets import csv_rows, json_value, workbook_rows

from .faults import Fault
from .headers import column_of, use_of

ROWS_AT_MOST: Final = 300_000
TABLES: Final = {".csv", ".xlsx", ".xlsm", ".xls", ".ods"}


@dataclass(frozen=True, slots=True)
class Table:
    """A file as GeoJSON features whose properties carry our columns.

    Attributes
    ----------
    first
        The number that the file's user gives to the first feature: 1 in GeoJSON, 2 below a header.
    headers
        For each column of ours the header that the file uses.
    datum
        What the file says of its coordinates as a whole, "" where it says nothing.
    """

    features: tuple[Mapping[str, Any], ...]
    first: int = 1
    headers: Mapping[str, str] = field(default_factory=dict)
    datum: str = ""
    flat: bool = False


class UnreadableFile(Exception):  # noqa: N818 - it says what the file is
    """The file as a whole cannot be read; ``fault`` says why."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.fault = Fault(0, column, message)


def open_table(name: str, content: bytes) -> Table:
    """Read a file by the ending of its name.

    Raises
    ------
    UnreadableFile
        It is no such file, it has no rows, or two of its headers mean the same column.
    """
    ending = PurePath(name).suffix.lower()
    if ending in {".geojson", ".json"}:
        return from_geojson(content)
    if ending in TABLES:
        return from_rows(rows_of(name, content))
    raise UnreadableFile(
        "", _("Only GeoJSON, CSV and Excel files can be read, not %(name)s.") % {"name": name}
    )


def decoded(content: bytes) -> str:
    """Return the text of a CSV file in UTF-8 (with or without a mark) or GB18030."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile("", _("The file is neither UTF-8 nor GB18030 text."))


def rows_of(name: str, content: bytes) -> list[list[Any]]:
    """Return the rows of a CSV file or of the first sheet of a workbook, by the ending of its name.

    Raises
    ------
    UnreadableFile
        It is no such file, or has more cells than can be held.
    """
    try:
        if PurePath(name).suffix.lower() == ".csv":
            return csv_rows(decoded(content))
        return workbook_rows(content)
    except ValidationError as error:
        raise UnreadableFile("", _("The file cannot be read: %(why)s") % {"why": error.message}) from error


def from_geojson(content: bytes) -> Table:
    """Read a FeatureCollection; its properties may carry Chinese names."""
    try:
        collection = json_value(content.decode("utf-8-sig"))
    except ValidationError as error:
        raise UnreadableFile("", _("The file cannot be read: %(why)s") % {"why": error.message}) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableFile("", _("This is not GeoJSON: %(why)s") % {"why": error}) from error
    found = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(found, list):
        raise UnreadableFile("features", _("This is not a GeoJSON FeatureCollection."))
    limited(len(found))
    headers: dict[str, str] = {}
    features = tuple(with_our_columns(feature, headers) for feature in found)
    return Table(features, headers=headers, datum=crs_name(collection.get("crs")))


def with_our_columns(feature: Any, headers: dict[str, str]) -> Any:
    """Return a feature with our names for its properties; what is no feature stays, to be named a fault."""
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        return feature
    ours: dict[str, Any] = {}
    for header, value in properties.items():
        column = column_of(header)
        if column and column not in ours:
            ours[column] = use_of(value) if column == "use" else value
            headers.setdefault(column, header)
    return {"type": "Feature", "geometry": feature.get("geometry"), "properties": ours}


def crs_name(crs: Any) -> str:
    """Return the name in a GeoJSON ``crs`` member; "" where there is none."""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    return str(properties.get("name", "")) if isinstance(properties, dict) else ""


def from_rows(rows: list[list[Any]]) -> Table:
    """Read rows below a header."""
    if not rows or not any(str(cell).strip() for cell in rows[0]):
        raise UnreadableFile("", _("The first row must hold the headers."))
    if len(rows) == 1:
        raise UnreadableFile("", _("The file has no rows below its headers."))
    limited(len(rows) - 1)
    columns = [column_of(cell) for cell in rows[0]]
    headers: dict[str, str] = {}
    for column, header in zip(columns, rows[0], strict=True):
        if column in headers:
            both = {"first": headers[column], "second": header}
            raise UnreadableFile(str(header), _("“%(first)s” and “%(second)s” mean the same column.") % both)
        if column:
            headers[column] = str(header)
    features = tuple(feature_of(dict(zip(columns, row, strict=False))) for row in rows[1:])
    return Table(features, first=2, headers=headers, flat=True)


def feature_of(cells: dict[str | None, Any]) -> Mapping[str, Any]:
    """Make a feature of one row; ``None`` gathers the columns that are not read."""
    properties = {column: plain(column, value) for column, value in cells.items() if column}
    lon, lat = as_degrees(properties.get("lon")), as_degrees(properties.get("lat"))
    point = None if lon is None or lat is None else {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "geometry": point, "properties": properties}


def plain(column: str, value: Any) -> Any:
    """Return a cell as text; whole numbers of a spreadsheet without their decimal point."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = "" if value is None else str(value).strip()
    return use_of(text) if column == "use" else text


def as_degrees(value: Any) -> float | None:
    """Return a cell as a number, None where it is none."""
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def limited(count: int) -> None:
    """Refuse a file that is larger than any street."""
    if count > ROWS_AT_MOST:
        told = {"count": count, "limit": ROWS_AT_MOST}
        raise UnreadableFile("", _("%(count)d rows are more than the limit of %(limit)d.") % told)
