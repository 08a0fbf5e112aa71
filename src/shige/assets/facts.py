"""What the journal is told of devices."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from shige.trust.journal_facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceChanged(Fact):
    """A device by its own name, and what its events become: by type, a category and the least severity."""

    uid: str
    rules: dict[str, list[str | int]]


FACTS: Final[Mapping[str, type[Fact]]] = {
    "device.mapped": DeviceChanged,
    "device.registered": DeviceChanged,
    "device.revoked": DeviceChanged,
    "device.unmapped": DeviceChanged,
}
