"""What holds for every template of every room."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "src" / "shige"
TEMPLATES = sorted(ROOT.glob("*/templates/**/*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_carries_no_inline_script_style_or_handler(path):
    text = path.read_text(encoding="utf-8")
    assert not re.findall(r"<style\b|\sstyle=|\son[a-z]+=|javascript:|hx-on", text)
    scripts = re.findall(r"<script\b[^>]*>", text)
    assert all("src=" in script for script in scripts)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_fetches_nothing_from_another_address(path):
    text = path.read_text(encoding="utf-8")
    assert not re.findall(r"(?:src|href|action)=[\"']?(?:https?:)?//", text)
