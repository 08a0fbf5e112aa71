"""Files that people could not send elsewhere: read as a person would, or refused with a remedy."""

from pathlib import Path

import pytest

from shige.files.attachments import Given, read_all
from shige.files.documents import Document

HERE = Path(__file__).resolve()
CASES = next(
    (found for folder in HERE.parents if (found := folder / "shared" / "cases" / "uploads").is_dir()),
    HERE.parents[3] / "shared" / "cases" / "uploads",
)
REFUSED = {
    "IMG_0002.HEIC": "Most Compatible",
    "IMG_0003.jpg": "Most Compatible",
    "clip.mp4": "video",
    "cut.jpg": "once more",
    "cut.pdf": "damaged",
    "doc.docx": "save it as PDF",
    "empty.jpg": "empty",
    "locked.pdf": "locked with a password",
    "pic.svg": "no photo",
}
NOTED = {"embed.pdf": "Files inside", "js.pdf": "Scripts"}
FILES = sorted(CASES.iterdir()) if CASES.is_dir() else []

pytestmark = pytest.mark.skipif(not FILES, reason=f"{CASES} is absent: cases of uploads are left out")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_is_taken_or_refused_with_what_to_do(path: Path) -> None:
    with path.open("rb") as file:
        read = read_all([Given(path.name, path.stat().st_size, file)], 6)
    if path.name in REFUSED:
        assert read.taken == () and len(read.faults) == 1
        assert read.faults[0].startswith(f"{path.name}: ") and REFUSED[path.name] in read.faults[0]
        return
    assert read.faults == () and len(read.taken) == 1
    assert [NOTED.get(path.name, "") in note for note in read.notes] == [True] * (path.name in NOTED)
    assert isinstance(read.taken[0], Document) == (path.suffix == ".pdf")
