"""Files that wait for the decision on an import: found by whoever put them aside, encrypted for all else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404

from shige.territory.intake.uploads import drop, find, keep, root

pytestmark = pytest.mark.django_db


def test_what_waits_lies_encrypted_and_opens_for_its_person() -> None:
    """P6: a table of matters holds names, telephones and words that will be sealed."""
    held = "姓名,电话\n王秀英,13800000000\n".encode()
    token = keep(7, {"table": SimpleUploadedFile("a.csv", held)}, "wgs84")
    assert find(7, token).files["table"].content == held
    on_disk = [path.read_bytes() for path in (root() / token).iterdir()]
    assert on_disk and not any(b"13800000000" in content for content in on_disk)
    with pytest.raises(Http404):
        find(8, token)
    drop(token)
    with pytest.raises(Http404):
        find(7, token)
