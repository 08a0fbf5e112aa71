"""Answers for whoever watches over the process: alive, and able to work."""

import secrets

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shige.trust.page_access import public_page
from shige.trust.whole_file import write_whole

from .room import wanting

SMALL = 256 * 1024
"""Bytes of the small write: several blocks of any file system."""

KEEP = """
INSERT INTO trust_cache (cache_key, value, expires) VALUES ('ready', %s, now())
ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires
"""


@require_safe
@public_page
def healthz(request: HttpRequest) -> JsonResponse:
    """Say that the process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
@public_page
def readyz(request: HttpRequest) -> JsonResponse:
    """Say whether something can be kept: by a small write to the disk, and one to the database."""
    missing = _missing()
    return JsonResponse({"status": missing or "ok"}, status=503 if missing else 200)


def _missing() -> str:
    path = settings.DATA / f"ready.{secrets.token_hex(4)}"
    try:
        write_whole(path, bytes(SMALL))
    except OSError:
        return "no room on the disk"
    finally:
        path.unlink(missing_ok=True)
    try:
        with connection.cursor() as cursor:
            cursor.execute(KEEP, [secrets.token_hex(SMALL // 64)])
    except DatabaseError as error:
        connection.close()
        return "no room in the database" if wanting(error) == "room" else "no database"
    return ""
