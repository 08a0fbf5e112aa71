"""Files that pages fetch: tiles of the map, and a building's QR code."""

import gzip
import io

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from shige.trust.page_access import public_page, staff_page

from ...models import TileSet
from ...paging import read_day
from ...places.location import building_by_unit
from ...tiles import box_of_tile, grids, one_tile
from ...tiles.commands import folder_of

FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
@public_page
def tile(request: HttpRequest, kind: str, edition: int, z: int, x: int, y: int) -> HttpResponse:
    """Serve one tile; an edition never changes. Grids and buildings are public, persons are on no tile."""
    if kind not in TileSet.Kind.values:
        raise Http404(kind)
    try:
        content = (folder_of(kind, edition) / str(z) / str(x) / f"{y}.mvt.gz").read_bytes()
    except FileNotFoundError:
        empty = HttpResponse(status=204)
        empty["Cache-Control"] = "public, max-age=300"
        return empty
    compressed = "gzip" in request.headers.get("Accept-Encoding", "")
    content = content if compressed else gzip.decompress(content)
    response = HttpResponse(content, content_type="application/vnd.mapbox-vector-tile")
    if compressed:
        response["Content-Encoding"] = "gzip"
    response["Cache-Control"], response["Vary"] = FOR_EVER, "Accept-Encoding"
    return response


@staff_page("map.see")
def tile_on(request: HttpRequest, day: str, z: int, x: int, y: int) -> HttpResponse:
    """Draw one tile of the grids of a day."""
    on = read_day(day)
    if on is None or z not in grids.ZOOMS or not (0 <= x < 2**z and 0 <= y < 2**z):
        raise Http404(day)
    place = (z, x, y)
    drawn = one_tile(grids.things_in(box_of_tile(place), on), place)
    response = HttpResponse(
        drawn, content_type="application/vnd.mapbox-vector-tile", status=200 if drawn else 204
    )
    response["Cache-Control"] = "private, max-age=300"
    return response


@require_safe
@public_page
def building_code(request: HttpRequest, unit: str) -> HttpResponse:
    """Draw the QR code on a building's sign: it opens the report page with the place filled in."""
    if building_by_unit(unit) is None:
        raise Http404(unit)
    return code_picture(request.build_absolute_uri(f"/report/?b={unit}"))


def code_picture(address: str) -> HttpResponse:
    """Return an address as the picture of its QR code."""
    drawn = io.BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", scale=8, border=4, title=address)
    response = HttpResponse(drawn.getvalue(), content_type="image/svg+xml")
    response["Cache-Control"] = "public, max-age=86400"
    return response
