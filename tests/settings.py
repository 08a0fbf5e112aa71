"""The program's settings with what a test run needs: a secret of its own and quick password hashes."""

from shige.project.settings import *  # noqa: F403

SECRET_KEY = "tests"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SHIGE_PUBLIC_RATE = 0
SHIGE_CATEGORY_MODEL = DATA / "no model in tests.npz"  # noqa: F405
