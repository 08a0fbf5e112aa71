"""Behind a proxy that ends TLS the program knows so, and takes nobody's word for it where there is none."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

ASK = """
import json, django
django.setup()
from django.test import Client
told = {}
for said in ("https", "http", ""):
    headers = {"Host": "testserver"} | ({"X-Forwarded-Proto": said} if said else {})
    answer = Client().get("/healthz", headers=headers)
    request = answer.wsgi_request
    told[said] = {
        "status": answer.status_code,
        "secure": request.is_secure(),
        "address": request.build_absolute_uri("/t/1"),
        "hsts": answer.headers.get("Strict-Transport-Security", ""),
    }
from django.conf import settings
told["cookies"] = [settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE]
print(json.dumps(told))
"""


def told(**settings: str) -> Any:
    """Return what the program, started with these settings, makes of the header."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("SHIGE_")}
    environment = inherited | {
        "DJANGO_SETTINGS_MODULE": "shige.project.settings",
        "SHIGE_SECRET_KEY": "x",
        "SHIGE_HOSTS": "testserver",
        **settings,
    }
    done = subprocess.run([sys.executable, "-c", ASK], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_behind_tls_what_the_proxy_says_counts() -> None:
    said = told(SHIGE_HTTPS="1")
    assert said["https"]["secure"] and said["https"]["address"] == "https://testserver/t/1"
    assert "max-age=31536000" in said["https"]["hsts"]
    for plain in ("http", ""):
        assert not said[plain]["secure"] and not said[plain]["hsts"]
    assert said["cookies"] == [True, True]


@pytest.mark.parametrize("setting", [{}, {"SHIGE_HTTPS": "0"}])
def test_without_tls_nobody_can_pretend_it(setting: dict[str, str]) -> None:
    said = told(**setting)
    assert [each["status"] for each in (said["https"], said["http"], said[""])] == [200] * 3
    assert not any(said[each]["secure"] or said[each]["hsts"] for each in ("https", "http", ""))
    assert said["https"]["address"] == "http://testserver/t/1" and said["cookies"] == [False, False]
