"""Signs staff in as they do it: by password and a second factor, or by a link of the sample."""

import base64
import hashlib
import hmac
import struct
import time
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

from playwright.sync_api import Page


def one_time_password(secret: str) -> str:
    """Return the six digits that an authenticator app shows (RFC 6238, SHA-1, 30 s), in time to be typed."""
    left = 30 - time.time() % 30
    if left < 10:
        time.sleep(left)
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1)
    start = mac[-1] & 0x0F
    return f"{(struct.unpack('>I', mac[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def session_of(link: str) -> str:
    """Follow a link of the sample, which works once, and return the session that it opens."""
    place = urlsplit(link)
    connection = HTTPConnection(place.netloc)
    connection.request("GET", place.path)
    cookies = SimpleCookie()
    for header in connection.getresponse().headers.get_all("Set-Cookie", []):
        cookies.load(header)
    connection.close()
    return cookies["sessionid"].value


def sign_in_first_time(page: Page, said: str, username: str, password: str) -> None:
    """Open the link that ``shige user add`` has said, set the password, sign in, set up the second factor."""
    page.goto(said.split()[-1])
    page.fill("input[name=password]", password)
    page.fill("input[name=again]", password)
    page.click("main button.btn-primary")
    page.wait_for_url("**/accounts/login/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", password)
    page.click("main button.btn-primary")
    page.wait_for_url("**/2fa/totp/activate/")
    secret = page.input_value("#authenticator_secret")
    page.fill("input[name=code]", one_time_password(secret))
    page.locator("main form button[type=submit], main form button.btn-primary").first.click()
    page.wait_for_url(lambda url: "/totp/activate/" not in url)
    page.goto("/office/")
