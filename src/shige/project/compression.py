"""Send text small: pages, JSON and tiles are compressed on their way, what is compressed already is not."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXT_TYPES = (
    "text/",
    "application/json",
    "application/problem+json",
    "application/vnd.mapbox-vector-tile",
    "image/svg",
)


class TextCompressionMiddleware(GZipMiddleware):
    """Compress what shrinks; each answer is padded at random, so that its size tells no secret (BREACH).

    Photos, PDFs and workbooks are left alone: they would cost time and not become smaller.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress a text for browsers that take it."""
        if not response.headers.get("Content-Type", "").startswith(TEXT_TYPES):
            return response
        return super().process_response(request, response)
