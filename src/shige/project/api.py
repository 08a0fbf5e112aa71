"""The JSON face of the program: one API, errors as problem details (RFC 9457)."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as SchemaError
from ninja.parser import Parser
from pydantic_core import from_json

from shige.adoptions.api import router as adoptions_router
from shige.assets.devices.api import router as registered_devices_router
from shige.assets.things.api import router as things_router
from shige.channels.api.bookings import router as public_bookings_router
from shige.channels.api.matters import router as public_router
from shige.channels.api.places import router as places_router
from shige.channels.devices.endpoint import router as devices_router
from shige.disputes.api import router as disputes_router
from shige.files.api import router as files_router
from shige.matters.api import router as matters_router
from shige.members.api import router as members_router
from shige.opinions.api import router as opinions_router
from shige.oversight.api import router as oversight_router
from shige.redline.api import router as redline_router
from shige.service_points.bookings.api import router as bookings_router
from shige.service_points.points.api import public_router as public_points_router
from shige.service_points.points.api import router as points_router
from shige.service_points.proposals.api import router as proposals_router
from shige.territory.api import router as grids_router
from shige.territory.plans.api import router as plans_router
from shige.territory.refinement.api import router as refinement_router
from shige.warnings.api import router as warnings_router
from shige.warnings.api import weather_router


class StrictParser(Parser):
    """Reads JSON as the standard has it: no NaN, no half of a character, which no database could store."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return what the body holds; ValueError where it is no JSON."""
        return from_json(request.body, allow_inf_nan=False)


api = NinjaAPI(title="Shige", version="1", urls_namespace="api", docs_url=None, parser=StrictParser())


def problem(request: HttpRequest, status: int, title: str, **details: object) -> HttpResponse:
    """Answer with problem details."""
    body = {"type": "about:blank", "title": title, "status": status, **details}
    response = api.create_response(request, body, status=status)
    response["Content-Type"] = "application/problem+json"
    return response


@api.exception_handler(SchemaError)
def on_schema(request: HttpRequest, error: SchemaError) -> HttpResponse:
    """Name every field that does not fit, and why."""
    faults = [
        {"field": ".".join(str(part) for part in fault["loc"][1:]), "message": fault["msg"]}
        for fault in error.errors
    ]
    return problem(request, 422, "The request does not fit", errors=faults)


@api.exception_handler(ValidationError)
def on_rule(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A rule of the program refused the content."""
    fields = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    faults = [{"field": field, "message": text} for field, texts in fields.items() for text in texts]
    return problem(request, 422, "The request cannot be carried out", errors=faults)


@api.exception_handler(AuthenticationError)
def on_stranger(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """Nobody is signed in and no token in force was sent."""
    return problem(request, 401, "Sign in or send a bearer token")


@api.exception_handler(PermissionDenied)
def on_refusal(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    """The gate refused."""
    return problem(request, 403, "Not allowed")


@api.exception_handler(Http404)
def on_missing(request: HttpRequest, error: Http404) -> HttpResponse:
    """There is no such thing, or none that may be seen."""
    return problem(request, 404, "Not found")


@api.exception_handler(HttpError)
def on_http(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Any other refusal with a status of its own."""
    return problem(request, error.status_code, str(error))


api.add_router("/public", grids_router)
api.add_router("/public", public_router)
api.add_router("/public", places_router)
api.add_router("/public", public_points_router)
api.add_router("/public", public_bookings_router)
api.add_router("/service-points", proposals_router)
api.add_router("/service-points", points_router)
api.add_router("/service-points", bookings_router)
api.add_router("", matters_router)
api.add_router("/uploads", files_router)
api.add_router("/weather", weather_router)
api.add_router("/warnings", warnings_router)
api.add_router("/opinions", opinions_router)
api.add_router("/devices", devices_router)
api.add_router("", things_router)
api.add_router("", registered_devices_router)
api.add_router("", disputes_router)
api.add_router("/plans", plans_router)
api.add_router("/plans", refinement_router)
api.add_router("/redline", redline_router)
api.add_router("/oversight", oversight_router)
api.add_router("/members", members_router)
api.add_router("/adoptions", adoptions_router)
