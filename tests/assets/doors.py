"""What the walk through every address needs to know of pages of registers and devices with arguments."""

from django.utils import timezone

from shige.assets.models.device import Device
from shige.territory.lineage import lineage_of
from shige.territory.models import Thing
from shige.trust.outside_vault import locked_away
from tests.places import Town
from tests.project.door import Arguments, Door


def thing_in(town: Town) -> Arguments:
    """Put a hydrant on the register of the micro-grid of the worker, as its row alone."""
    line, day = lineage_of(town.areas["micro one"]), timezone.localdate()
    made = Thing.objects.create(
        code=f"{town.areas['community one'].code}-00001", kind="hydrant", name="消火栓", place="广场",
        lon=104.0, lat=30.0, district_id=line.district, street_id=line.street, community_id=line.community,
        general_id=line.general, leaf_id=line.leaf, laid_on=day, added_on=day,
    )  # fmt: skip
    return {"code": made.code}


def device_in(town: Town, **more: object) -> Arguments:
    """Register a device in the community of the chief, as its row alone."""
    line = lineage_of(town.areas["community one"])
    key, sealed = locked_away(b"secret", "dev-1")
    made = Device.objects.create(
        uid="dev-1", name="水位", lon=104.0, lat=30.0, district_id=line.district, street_id=line.street,
        community_id=line.community, key_id=key, sealed=sealed, silent_hours=24, registered_at=timezone.now(),
    )  # fmt: skip
    return {"uid": made.uid, **more}


DOORS: dict[str, Door] = {
    "assets:thing": thing_in,
    "assets:thing_change": thing_in,
    "assets:thing_retire": thing_in,
    "assets:thing_inspect": thing_in,
    "assets:device": device_in,
    "assets:device_map": device_in,
    "assets:device_unmap": lambda town: device_in(town, type="smoke"),
    "assets:device_revoke": device_in,
}
