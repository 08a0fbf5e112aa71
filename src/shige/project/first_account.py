"""An account with a post, made from the command line: the first one has nobody to ask."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from shige.territory.intake.commands.root import whole_jurisdiction
from shige.territory.lineage import lineage_of
from shige.territory.models import Area
from shige.trust import commands
from shige.trust.gate import SYSTEM
from shige.trust.jurisdiction import profile
from shige.trust.models import Post
from shige.trust.queries import post_for


@transaction.atomic
def add_account(username: str, name: str, role: str | None, area_code: str | None) -> tuple[Post, str]:
    """Make an account and appoint it; return the post and the link to its first password.

    Raises
    ------
    ValidationError
        The role or area is unknown, or the name is taken.
    """
    known = {known.code: known for known in profile().roles}
    role = role or profile().first_role("operator")
    if role not in known:
        raise ValidationError(f"There is no role {role}; the profile has: {', '.join(sorted(known))}.")
    area = area_of(area_code)
    lineage = lineage_of(area)
    post = post_for(role, area.pk)
    if post is None:
        name_of_post = f"{area.name}{known[role].name.in_language(profile().language)}"
        post = commands.open_post(SYSTEM, role, area.pk, name_of_post, lineage)
    person = commands.add_person(SYSTEM, username, name)
    link = address_of_link(commands.invite(SYSTEM, person))
    free = not post.appointments.filter(kind="primary").exists()
    commands.appoint(SYSTEM, person, post, lineage, "primary" if free else "deputy")
    return post, link


def address_of_link(secret: str) -> str:
    """Return a link to an own password; a path only where ``SHIGE_ORIGINS`` names no address."""
    origin = next(iter(settings.CSRF_TRUSTED_ORIGINS), "")
    return f"{origin}{reverse('trust:password_link', args=[secret])}"


def area_of(code: str | None) -> Area:
    """Return the area of a code, or the root of the jurisdiction."""
    if code is None:
        return whole_jurisdiction()
    found = Area.objects.filter(code=code).first()
    if found is None:
        raise ValidationError(f"There is no area with the code {code}: import the divisions first.")
    return found
