"""A program of somebody at work, which speaks JSON with a bearer token."""

from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shige.trust.commands import issue_token
from shige.trust.gate import SYSTEM
from tests.files.made import jpeg

from .town import Town

AT_WORK = ("matter.see", "matter.handle", "matter.dispatch", "task.do", "joint.call", "joint.see")


@dataclass(frozen=True, slots=True)
class Program:
    """What a phone or another system sends for one person."""

    secret: str

    def get(self, path: str) -> Any:
        """Ask for something."""
        return Client().get(f"/api/v1{path}", headers=self._bearer)

    def post(self, path: str, **body: Any) -> Any:
        """Send JSON."""
        return Client().post(f"/api/v1{path}", body, content_type="application/json", headers=self._bearer)

    def delete(self, path: str) -> Any:
        """Take something back."""
        return Client().delete(f"/api/v1{path}", headers=self._bearer)

    def sent(self, content: bytes | None = None) -> str:
        """Send a photo ahead and return its id."""
        file = SimpleUploadedFile("现场.jpg", content or jpeg(), "image/jpeg")
        answer = Client().post("/api/v1/uploads", {"file": file}, headers=self._bearer)
        assert answer.status_code == 201, answer.content
        return str(answer.json()["id"])

    @property
    def _bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"}


def program_of(town: Town, who: str, actions: tuple[str, ...] = AT_WORK) -> Program:
    """Return the program of somebody, whose token allows ``actions``."""
    return Program(issue_token(SYSTEM, town.persons[who], "phone", list(actions), 1)[1])
