"""Messages to reporters leave through the operator's delivery service, and through nothing else."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from uuid import uuid4

import pytest

from shige.channels.delivery.service import deliver_due
from shige.channels.resident.recovery import KIND
from shige.matters.danger import Answers
from shige.matters.filing.commands.filing import file_matter
from shige.matters.handling.commands.handling import solve, take
from shige.matters.workflow.commands.steps import tell_reporter
from shige.trust.commands.outbox import take_due
from shige.trust.gate import PUBLIC, SYSTEM
from shige.trust.models import OutboxMessage, VaultReading
from tests.matters.town import build, report

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def gateway(settings: Any) -> Iterator[Any]:
    """Run a delivery service on loopback; ``status`` is what it answers, ``got`` what it was sent."""

    class Gateway(BaseHTTPRequestHandler):
        status, got = 202, []  # type: ignore[var-annotated]

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.got.append((self.headers["Idempotency-Key"], json.loads(body)))
            self.send_response(self.status)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            """Stay quiet."""

    server = HTTPServer(("127.0.0.1", 0), Gateway)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.SHIGE_DELIVERY_URL = f"http://127.0.0.1:{server.server_port}/"
    yield Gateway
    server.shutdown()
    thread.join()
    server.server_close()


def solved_with_phone() -> None:
    """File a matter with a telephone and report it as solved."""
    number = file_matter(
        PUBLIC, report(category="01.1", phone="13812345678", place=build().place("micro"))
    ).matter.number
    take(SYSTEM, number)
    solve(SYSTEM, number, "done")


def to_reporter() -> OutboxMessage:
    """Return the message to the reporter."""
    return OutboxMessage.objects.get(receiver=None)


def test_without_an_address_messages_wait(settings: Any) -> None:
    settings.SHIGE_DELIVERY_URL = ""
    solved_with_phone()
    assert deliver_due() == 0
    assert (to_reporter().state, to_reporter().attempts) == ("waiting", 0)


def test_a_message_is_handed_over_once_and_the_opening_is_on_record(gateway: Any) -> None:
    solved_with_phone()
    assert deliver_due() == 1
    assert deliver_due() == 0
    ((key, body),) = gateway.got
    assert key and body["to"] == "13812345678" and body["subject"] in body["text"]
    assert to_reporter().state == "sent"
    assert VaultReading.objects.get().reason == "发送通知"


def test_no_message_tells_who_shares_a_telephone_of_danger(gateway: Any) -> None:
    """P4: nor does what waited when it was heard."""
    town = build()
    given = report("他又动手打我了", category="05.6", phone="13812345678", place=town.place("micro"))
    matter = file_matter(PUBLIC, replace(given, answers=Answers(danger="cannot_talk"))).matter
    tell_reporter("matter.solved", matter)
    assert matter.endangered and not OutboxMessage.objects.filter(receiver=None).exists()
    OutboxMessage.objects.create(
        kind="matter.solved",
        subject_type="matter",
        subject_id=matter.number,
        receiver_handle=matter.phone_handle,
    )
    assert deliver_due() == 0 and gateway.got == []


def test_a_refusal_is_kept_and_tried_again_later(gateway: Any) -> None:
    solved_with_phone()
    gateway.status = 503
    assert deliver_due() == 0
    message = to_reporter()
    assert message.state == "waiting" and "503" in message.last_error
    assert "13812345678" not in message.last_error


def test_an_address_that_is_no_web_address_is_refused(settings: Any) -> None:
    settings.SHIGE_DELIVERY_URL = "file:///etc/passwd"
    solved_with_phone()
    assert deliver_due() == 0
    assert "http" in to_reporter().last_error


def test_a_one_time_code_waits_behind_no_other_message() -> None:
    """Whoever asked for one waits for it now; a hundred messages of the day before do not."""
    for kind in ("matter.news", "matter.solved", KIND):
        OutboxMessage.objects.create(
            kind=kind, subject_type="matter", subject_id=kind, receiver_handle=uuid4()
        )
    OutboxMessage.objects.exclude(kind=KIND).update(next_attempt_at="2020-01-01T00:00Z")
    assert [message.kind for message in take_due(1, first=[KIND])] == [KIND]
    assert {message.kind for message in take_due(5)} == {"matter.news", "matter.solved"}
