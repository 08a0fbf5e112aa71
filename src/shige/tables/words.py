"""The sentences of everything that can be wrong with a file, and of what is told about it; English, by code.

`shige.territory.intake.faults` says them in the language of a page, `shige divide` in that of the terminal.
"""

import os
from collections.abc import Callable, Mapping
from gettext import translation
from pathlib import Path
from typing import Final


def gettext_noop(message: str) -> str:
    """Mark a sentence for the catalogue of words."""
    return message


def of_terminal() -> Callable[[str], str]:
    """Return what puts a sentence into the language of the terminal (LC_ALL, LC_MESSAGES, LANG)."""
    names = filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG")))
    if not next(names, "").startswith("zh"):
        return str
    folder = Path(__file__).with_name("locale")
    return translation("django", folder, ["zh_Hans"], fallback=True).gettext


ROW: Final = gettext_noop("row %(row)d")
WHOLE: Final = gettext_noop("whole file")
NO_UNITS: Final = gettext_noop("there are no units in it")
TRUST: Final = gettext_noop("If the places are right nevertheless, say so with --trust-places.")
LIST: Final = gettext_noop(", ")
"""Between the things of a list."""

MESSAGES: Final[Mapping[str, str]] = {
    # the file
    "encoding": gettext_noop(
        "The text is neither UTF-8, UTF-16 nor GB18030. Please save it as “CSV UTF-8” and hand it in again."
    ),
    "damaged_text": gettext_noop(
        "Part of a character is missing here, as when a file was cut. Please export it anew."
    ),
    "no_rows": gettext_noop("The file has no rows below its headers."),
    "no_header": gettext_noop("No row holds headers that are known, such as %(usual)s."),
    "no_header_of_sheets": gettext_noop(
        "Only the sheet “%(value)s” is read, and no row of it holds headers that are known, such as "
        "%(usual)s. Not read: %(others)s. Please hand in the sheet with the rows alone."
    ),
    "no_column": gettext_noop("The file has no column for this; its usual headers are %(usual)s."),
    "same_column": gettext_noop(
        "“%(first)s” and “%(second)s” mean the same column. Please take one of them out."
    ),
    "too_many_rows": gettext_noop("%(count)d rows are more than the limit of %(limit)d."),
    "too_many_cells": gettext_noop(
        "It has too many cells. Please delete empty rows and columns at its end, or divide it."
    ),
    "web_page": gettext_noop(
        "This is a web page under the name of a spreadsheet. Please open it in a spreadsheet program and "
        "save it as .xlsx."
    ),
    "not_json": gettext_noop(
        "This is not GeoJSON: it cannot be understood from line %(line)d, character %(place)d on."
    ),
    "no_collection": gettext_noop("This is not a GeoJSON FeatureCollection."),
    "topojson": gettext_noop("This is TopoJSON. Please export it as GeoJSON."),
    "esri_json": gettext_noop("This is JSON of Esri. Please export it as GeoJSON."),
    "unclosed_quote": gettext_noop(
        "A quotation mark opens a text here that is not closed before other rows follow. Please close it, or "
        "write each quotation mark inside a text twice."
    ),
    "stray_quote": gettext_noop(
        "A quotation mark stands here inside a text. Please write it twice, or take it away."
    ),
    "beyond_header": gettext_noop(
        "“%(value)s” stands beyond the headers. A text with the separator in it belongs in quotation marks; "
        "a column needs a header."
    ),
    "wider": gettext_noop(
        "This row has %(count)d cells, the headers are %(limit)d. A text with the separator in it belongs in "
        "quotation marks."
    ),
    # coordinate systems
    "unknown_crs": gettext_noop(
        "The coordinate system %(value)s is not known. Use WGS-84, CGCS2000, GCJ-02, BD-09, or an EPSG "
        "number."
    ),
    "other_datum": gettext_noop(
        "%(value)s is a coordinate system that cannot be converted exactly here. Please convert the file to "
        "CGCS2000 or WGS-84 first."
    ),
    "metres_here": gettext_noop(
        "%(value)s is measured in metres. A table has longitude and latitude in degrees; please convert it."
    ),
    "degrees_in_metres": gettext_noop(
        "The file says that it is in %(value)s, which is measured in metres, but its numbers are degrees."
    ),
    "declared_otherwise": gettext_noop(
        "The file says %(value)s, but %(declared)s was chosen for it. Please choose what it is; one file has "
        "one datum."
    ),
    # cells
    "missing": gettext_noop("A value is needed here."),
    "date_cell": gettext_noop(
        "The spreadsheet has made the date %(value)s of this. Please format the column as text and write it "
        "again."
    ),
    "error_cell": gettext_noop(
        "The spreadsheet shows the error %(value)s here. Please mend the formula or write the value."
    ),
    "uncomputed": gettext_noop(
        "A formula stands here without its result. Please open the file in a spreadsheet program, save it "
        "there, and hand it in again."
    ),
    "long_number": gettext_noop(
        "%(value)s is too long for a number: its last digits may be wrong. Please write it as text (in "
        "JSON in "
        "quotation marks), from the source."
    ),
    "shortened": gettext_noop(
        "A spreadsheet has shortened this to %(value)s; its digits are lost. Please format the column "
        "as text "
        "and fill it in again from the source."
    ),
    "merged_count": gettext_noop(
        "This number stands in a cell that is merged over %(count)d rows. Please give each row its own."
    ),
    "not_text": gettext_noop("%(value)s is a list, not one value."),
    "unkeepable": gettext_noop("A damaged character (%(value)s) stands here. Please delete or mend it."),
    "too_long": gettext_noop("%(count)d characters are more than %(limit)d. Please shorten it."),
    "grid_code": gettext_noop(
        "“%(value)s” is not a code of a grid here: 18 digits, %(level)s in the thirteenth place."
    ),
    "rounded": gettext_noop(
        "“%(value)s” was rounded by a spreadsheet to 15 digits. Please take the file as it was written, or "
        "open it there with this column as text."
    ),
    "part": gettext_noop("“%(value)s” is not written like e2 or e2f1-9."),
    "two_grids": gettext_noop("“%(value)s” lies in an exclusive grid and in a micro-grid."),
    "duplicate": gettext_noop("%(value)s was already used in row %(first)s."),
    "not_whole": gettext_noop("%(value)s is not a whole number."),
    "not_a_number": gettext_noop("%(value)s is not a number."),
    "negative": gettext_noop("%(value)s is below zero."),
    "too_large": gettext_noop("%(value)s is more than %(limit)s."),
    "not_yes_or_no": gettext_noop("%(value)s is neither yes nor no."),
    "unknown": gettext_noop("%(value)s is not one of %(allowed)s."),
    "not_a_time": gettext_noop("“%(value)s” is no time; times are written like 2026-11-23 09:30."),
    "not_a_day": gettext_noop("“%(value)s” is no day; days are written like 2026-11-23."),
    "day_first": gettext_noop(
        "Tables write day and month of “%(value)s” in either order; write the year first, as 2026-11-23."
    ),
    "empty_date": gettext_noop("A spreadsheet shows “%(value)s” for an empty cell. Please clear it."),
    "not_1_to_5": gettext_noop(
        "“%(value)s” is not a satisfaction from 1 to 5, nor one of the usual words for it."
    ),
    "no_telephone": gettext_noop("“%(value)s” is no telephone number. %(why)s"),
    "no_category": gettext_noop("“%(value)s” is no category that the mapping knows"),
    "before_report": gettext_noop("“%(value)s” lies before the report"),
    "in_future": gettext_noop("“%(value)s” lies in the future"),
    # codes of divisions
    "community_code": gettext_noop("%(value)s is not a community code of 12 digits."),
    "division_code": gettext_noop("%(value)s is not a division code of 2, 4, 6, 9 or 12 digits."),
    "code_of_province": gettext_noop("%(value)s is the code of a province, not of a community."),
    "code_of_city": gettext_noop("%(value)s is the code of a city, not of a community."),
    "code_of_county": gettext_noop("%(value)s is the code of a county or district, not of a community."),
    "code_of_street": gettext_noop("%(value)s is the code of a street or town, not of a community."),
    "code_gap": gettext_noop("%(value)s has zeros in the middle, so it is no code of a division."),
    "street_number": gettext_noop(
        "The street part of %(value)s is above 599. Streets are 001-099, towns 100-199, townships 200-399, "
        "others 400-599."
    ),
    # shapes
    "not_a_feature": gettext_noop("This is not a GeoJSON feature."),
    "geometry_missing": gettext_noop("The shape, or longitude and latitude, are missing."),
    "geometry_type": gettext_noop("A %(value)s is not allowed here; use %(allowed)s."),
    "geometry_broken": gettext_noop("The shape cannot be read."),
    "self_crossing": gettext_noop(
        "The outline crosses itself at %(value)s. Please mend or repair the shape."
    ),
    "doubled_ring": gettext_noop(
        "A hole covers the outline or another hole at %(value)s. Please take it out."
    ),
    "no_area": gettext_noop("The outline has no area: its points lie on one line or at one place."),
    "not_valid": gettext_noop("The outline is not valid (%(value)s). Please repair the shape."),
    "not_degrees": gettext_noop("%(value)s is not a longitude or latitude in degrees."),
    "out_of_range": gettext_noop("%(value)s is not a longitude and latitude in degrees."),
    "in_metres": gettext_noop(
        "%(value)s is in metres. Please convert to longitude and latitude, or let the file name its "
        "coordinate "
        "system."
    ),
    "swapped": gettext_noop("%(value)s: longitude and latitude look swapped."),
    "null_island": gettext_noop("%(value)s is the zero point of the map, written where no place was known."),
    "far_away": gettext_noop(
        "It lies %(value)s km from the other buildings of its community. Please check place and "
        "community; if "
        "both are right, hand in the outlines of the communities as well."
    ),
    "same_area": gettext_noop("The same area is given to %(first)s too. Each community has its own."),
    # files that do not belong together
    "areas_apart": gettext_noop(
        "%(count)d of %(all)d buildings lie outside the area of their community (rows %(rows)s). %(reason)s"
    ),
    "barriers_elsewhere": gettext_noop("None of %(count)d barriers lies near the buildings. %(reason)s"),
    "barriers_cross": gettext_noop(
        "Barriers run through %(count)d of %(all)d buildings (rows %(rows)s). %(reason)s"
    ),
    "previous_elsewhere": gettext_noop(
        "The previous division is of another place: none of its %(count)d rows is about a building here "
        "(row 1: "
        "%(unit)s in %(community)s)."
    ),
    "units_gcj02": gettext_noop("The buildings look like GCJ-02, the other file like WGS-84."),
    "units_bd09": gettext_noop("The buildings look like BD-09, the other file like WGS-84."),
    "others_gcj02": gettext_noop("The buildings look like WGS-84, the other file like GCJ-02."),
    "others_bd09": gettext_noop("The buildings look like WGS-84, the other file like BD-09."),
    "axes_exchanged": gettext_noop("Longitude and latitude look exchanged in one of the files."),
    "codes_exchanged": gettext_noop(
        "They lie in the areas of others, so codes of communities are exchanged."
    ),
    "not_one_place": gettext_noop("The files are not of one place."),
    "do_not_fit": gettext_noop("The files do not fit together."),
    # what is told
    "other_sheets": gettext_noop(
        "Only the sheet “%(value)s” is read. Not read: %(others)s. Please hand in one sheet at a time."
    ),
    "unread_columns": gettext_noop("Columns that are not read: %(columns)s."),
    "title_rows": gettext_noop("What stands above the headers in row %(value)d is taken for a title."),
    "repeated_headers": gettext_noop("Headers stand again in row %(rows)s; these rows are passed over."),
    "total_rows": gettext_noop("Row %(rows)s holds totals and is passed over."),
    "signed_rows": gettext_noop("Row %(rows)s says who made the table and is passed over."),
    "short_rows": gettext_noop(
        "Row %(rows)s has fewer cells than there are headers; what is missing counts as empty."
    ),
    "merged_filled": gettext_noop("Merged cells: what they say counts for each of their rows."),
    "merged_across": gettext_noop(
        "Cells merged across columns (row %(rows)s) count for the first column only."
    ),
    "plain_signs": gettext_noop(
        "%(count)d values with full-width or invisible characters are read without them, the first in row "
        "%(first)d."
    ),
    "converted": gettext_noop("Coordinates are converted from %(value)s."),
    "no_words": gettext_noop(
        "%(count)d rows say nothing of what happened (row %(rows)s); their category stands in its place."
    ),
    "no_barriers": gettext_noop("Ways that part no grids are left out: %(kinds)s."),
}
