"""A booking as a file for a calendar (RFC 5545)."""

from datetime import UTC
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event

from shige.matters import clock
from shige.trust.veil import veiled

from .queries import Booked


def calendar_file(booked: Booked) -> bytes:
    """Return a booking as an event with time and place; neither its code nor who booked stands in it."""
    event = Event()
    event.add("uid", str(uuid5(NAMESPACE_URL, f"booking {veiled('key', str(booked.pk))}")))
    event.add("summary", f"{booked.offer} · {booked.point_name}")
    event.add("dtstart", booked.begin.astimezone(UTC))
    event.add("dtend", booked.end.astimezone(UTC))
    event.add("dtstamp", clock.now().astimezone(UTC))
    event.add("location", booked.place)
    event.add("geo", (booked.lat, booked.lon))
    event.add("status", "CANCELLED" if booked.state == "cancelled" else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//Shige//bookings//")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
