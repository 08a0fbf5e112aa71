"""Answers for whoever watches over the process: alive, and able to work."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from shige.trust.access import public_page


@public_page
def healthz(request: HttpRequest) -> JsonResponse:
    """Say that the process answers."""
    return JsonResponse({"status": "ok"})


@public_page
def readyz(request: HttpRequest) -> JsonResponse:
    """Say whether the database answers too."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "no database"}, status=503)
    return JsonResponse({"status": "ok"})
