"""Features of a GeoJSON file as rows of our columns with a shape each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from .headers import Columns
from .problems import Problem, UnreadableTable
from .table import Table, read_cell
from .text import decoded

MOST_PARTS: Final = 12_000_000
"""Commas and brackets of a JSON file; each may become an object of about 60 bytes."""


def from_geojson(content: bytes, columns: Columns) -> Table:
    """Read a FeatureCollection, or one feature a line; its properties may carry Chinese names.

    Raises
    ------
    UnreadableTable
        It is no such file, or has too many parts.
    """
    collection = _collection(decoded(content))
    headers: dict[str, str] = {}
    unread: dict[str, None] = {}
    problems: list[Problem] = []
    features = collection["features"]
    rows = []
    for number, feature in enumerate(features, 1):
        found: dict[str, Any] = {}
        if not _is_feature(feature):
            problems.append(Problem(number, "", "not_a_feature"))
        for header, value in _properties(feature).items():
            column = columns.of(header)
            if column is None or column in found:
                unread[header] = None
                continue
            header = " ".join(header.split())
            headers.setdefault(column, header)
            found[column], wrong = read_cell(number, header, column, value)
            problems += [wrong] if wrong else []
        if "id" in columns.wanted and "id" not in found and _is_feature(feature) and "id" in feature:
            headers.setdefault("id", "id")
            found["id"], wrong = read_cell(number, "id", "id", feature["id"])
            problems += [wrong] if wrong else []
        rows.append(found)
    notes = [Problem(0, "", "unread_columns", {"columns": tuple(unread)})] if unread else []
    return Table(
        rows=tuple(rows),
        numbers=tuple(range(1, len(features) + 1)),
        columns=columns,
        headers=headers,
        shapes=tuple(feature.get("geometry") if _is_feature(feature) else None for feature in features),
        crs=crs_named(collection.get("crs")),
        problems=tuple(problems),
        notes=tuple(notes),
    )


def crs_named(crs: Any) -> str:
    """Return the name in a GeoJSON `crs` member; "" where there is none."""
    properties = crs.get("properties") if isinstance(crs, dict) else crs
    if isinstance(properties, dict):
        return str(properties.get("name") or properties.get("code") or "")
    return properties if isinstance(properties, str) else ""


def json_value(text: str) -> Any:
    """Return what a JSON file says.

    Raises
    ------
    UnreadableTable
        It has too many parts.
    ValueError
        It is no JSON.
    RecursionError
        It is nested too deeply.
    """
    if sum(text.count(sign) for sign in ",[{") > MOST_PARTS:
        raise UnreadableTable("too_many_cells")
    return json.loads(text)


def _collection(text: str) -> dict[str, Any]:
    try:
        found = json_value(text)
    except (ValueError, RecursionError) as error:
        features = _line_by_line(text)
        if not features:
            line, place = (error.lineno, error.colno) if isinstance(error, json.JSONDecodeError) else (1, 1)
            raise UnreadableTable("not_json", line=line, place=place) from error
        return {"features": features}
    if isinstance(found, dict):
        if found.get("type") == "Topology":
            raise UnreadableTable("topojson")
        if "geometryType" in found or "spatialReference" in found:
            raise UnreadableTable("esri_json")
        if isinstance(found.get("features"), list):
            return found
    raise UnreadableTable("no_collection", column="features")


def _line_by_line(text: str) -> list[Any]:
    """Return the features of a file that has one on each line; none where any line is something else."""
    features = []
    for line in text.split("\n"):
        said = line.strip("\x1e \r\t")
        if not said:
            continue
        try:
            feature = json.loads(said)
        except (ValueError, RecursionError):
            return []
        if not _is_feature(feature):
            return []
        features.append(feature)
    return features


def _is_feature(feature: Any) -> bool:
    return isinstance(feature, dict) and isinstance(feature.get("properties"), dict | None)


def _properties(feature: Any) -> Mapping[str, Any]:
    return (feature.get("properties") or {}) if _is_feature(feature) else {}
