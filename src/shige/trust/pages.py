"""Pages of the team, of access by programs, and of one's own messages."""

from urllib.parse import urlencode

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from . import commands, queries
from .authority import may_staff
from .forms import AppointmentForm, PersonForm, ReasonForm, TokenForm, add_errors
from .gate import Viewer, may, require
from .jurisdiction import language, profile, uncertain_years
from .makers import are_independent
from .messages import address_of
from .middleware import SAMPLE_SESSION
from .models import ApiToken, Appointment, Person, Post
from .page_access import public_page, staff_page, viewer_in
from .permissions import action_in_words

SHOWN = frozenset({"vacant", "doubled", "substituted"})
"""What the list of the team can be narrowed to."""

LOOPBACK = frozenset({"127.0.0.1", "::1"})


@staff_page("team.see")
@require_safe
def team(request: HttpRequest) -> HttpResponse:
    """List the posts in reach: who holds them, which are vacant, doubled or stood in for (R14)."""
    places = queries.team(viewer_in(request))
    if community := request.GET.get("community", ""):
        places = [place for place in places if place.community_code == community]
    shown = request.GET.get("show", "")
    listed = [place for place in places if shown not in SHOWN or getattr(place, shown)]
    roles = {role.code: role.name.in_language(language()) for role in profile().roles}
    return render(
        request,
        "trust/team.html",
        {
            "places": listed,
            "roles": roles,
            "shown": shown,
            "within": f"&{urlencode({'community': community})}" if community else "",
            "posts": len(places),
            "vacant": sum(place.vacant for place in places),
            "doubled": sum(place.doubled for place in places),
            "substituted": sum(place.substituted for place in places),
            "may_edit": may(viewer_in(request), "team.edit"),
        },
    )


@staff_page("team.see")
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one post with everybody who has held it; appoint somebody to it."""
    viewer = viewer_in(request)
    found = get_object_or_404(
        Post.objects.filter(queries.in_reach(viewer, "team.see")).select_related("area"), pk=pk
    )
    lineage = queries.lineage_of_post(found)
    staffed_by_viewer = may_staff(viewer, found, lineage)
    people = (
        queries.people_in_reach(viewer).filter(is_active=True).exclude(username=request.user.get_username())
    )
    form = AppointmentForm(people, request.POST or None, initial={"since": timezone.localdate()})
    if request.method == "POST" and not staffed_by_viewer:
        raise PermissionDenied("posts of this level are staffed by a tier above it")
    if request.method == "POST" and form.is_valid():
        try:
            commands.appoint(
                viewer,
                form.cleaned_data["person"],
                found,
                lineage,
                form.cleaned_data["kind"],
                form.cleaned_data["since"],
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("The appointment is made."))
            return redirect("trust:post", pk)
    return render(
        request,
        "trust/post.html",
        {
            "post": found,
            "role": profile().role(found.role).name.in_language(language()),
            "history": found.appointments.select_related("person").order_by("-valid"),
            "now": timezone.now(),
            "form": form if staffed_by_viewer else None,
        },
    )


@require_POST
@staff_page("team.edit")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End an appointment at this moment; open matters stay with the post (R16)."""
    viewer = viewer_in(request)
    reach = Post.objects.filter(queries.in_reach(viewer, "team.edit"))
    found = Appointment.objects.filter(post__in=reach).select_related("post__area")
    held = get_object_or_404(found, pk=pk)
    commands.end_appointment(viewer, held, queries.lineage_of_post(held.post))
    messages.success(request, _("The appointment has ended; what it allowed is no longer possible."))
    return redirect("trust:post", held.post_id)


@staff_page("team.edit")
def add_person(request: HttpRequest) -> HttpResponse:
    """Make an account for somebody who will serve."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        viewer = viewer_in(request)
        try:
            person = commands.add_person(viewer, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            link = _address_of(request, commands.invite(viewer, person))
            return render(request, "trust/account_made.html", {"found": person, "link": link})
    return render(request, "trust/add_person.html", {"form": form})


@staff_page("team.edit")
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an account of the own area: its posts and sessions, and what may be done to it (R16)."""
    viewer = viewer_in(request)
    found = get_object_or_404(queries.people_in_reach(viewer), pk=pk)
    secret = ""
    form = ReasonForm(request.POST if "ask" in request.POST else None)
    if request.method == "POST":
        try:
            secret = _done_to(viewer, found, request.POST)
        except ValidationError as error:
            add_errors(form, error) if form.is_bound and form.is_valid() else messages.error(
                request, " ".join(error.messages)
            )
        else:
            if not secret:
                messages.success(request, _("Done."))
                return redirect("trust:account", pk)
    reset = commands.open_reset(found)
    shown = {
        "found": found,
        "held": found.appointments.select_related("post").order_by("-valid"),
        "now": timezone.now(),
        "sessions": UserSession.objects.filter(user=found).order_by("-last_seen_at"),
        "reset": reset,
        "independent": bool(reset and viewer.person and are_independent(reset.asked_by_id, viewer.person)),
        "is_new": commands.may_invite(viewer, found),
        "manageable": commands.may_manage(viewer, found),
        "viewer_person": viewer.person,
        "form": form,
        "link": _address_of(request, secret) if secret else "",
    }
    response = render(request, "trust/account.html", shown)
    response["Cache-Control"] = "no-store"
    return response


def _done_to(viewer: Viewer, person: Person, asked: QueryDict) -> str:
    """Carry out what was pressed on an account's page; return the secret of a link that was made by it."""
    if "close" in asked:
        commands.close_account(viewer, person)
    elif "open" in asked:
        commands.open_account(viewer, person)
    elif "end_sessions" in asked:
        commands.end_sessions(viewer, person)
    elif "invite" in asked:
        return commands.invite(viewer, person)
    elif "ask" in asked:
        commands.ask_reset(viewer, person, asked.get("reason", ""))
    elif "confirm" in asked and (reset := commands.open_reset(person)):
        return commands.confirm_reset(viewer, reset)
    else:
        raise ValidationError(_("This request is over. Ask again."))
    return ""


def _address_of(request: HttpRequest, secret: str) -> str:
    """Return a link to an own password as it is handed over."""
    return request.build_absolute_uri(reverse("trust:password_link", args=[secret]))


@staff_page()
@require_safe
def own_messages(request: HttpRequest) -> HttpResponse:
    """Show what was sent to this person."""
    return render(request, "trust/messages.html", {"received": queries.messages_for(viewer_in(request))})


@staff_page()
@require_safe
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that one message was read, and lead to what it is about."""
    viewer = viewer_in(request)
    found = next((one for one in queries.messages_for(viewer) if one.pk == pk), None)
    if found is None:
        raise Http404
    commands.mark_seen(viewer, [pk])
    return redirect(address_of(viewer, found.subject_type, found.subject_id) or "trust:messages")


@staff_page()
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Note that everything was read."""
    viewer = viewer_in(request)
    commands.mark_seen(viewer, [one.pk for one in queries.messages_for(viewer)])
    return redirect("trust:messages")


@staff_page("token.manage")
def settings_page(request: HttpRequest) -> HttpResponse:
    """Show the profile in force, the state of delivery, and the tokens of programs."""
    viewer = viewer_in(request)
    form = TokenForm(request.POST or None)
    secret = None
    if request.method == "POST" and form.is_valid():
        issued = commands.issue_token(viewer, request.user, **form.cleaned_data)  # type: ignore[arg-type]
        secret, form = issued[1], TokenForm()
    return render(
        request,
        "trust/settings.html",
        {
            "profile": profile(),
            "uncertain": uncertain_years(),
            "clock": _clock(),
            "profile_name": profile().name.in_language(language()),
            "delivery": settings.SHIGE_DELIVERY_URL,
            "waiting": queries.messages_waiting(viewer),
            "tokens": [
                (token, [action_in_words(action) for action in token.actions])
                for token in ApiToken.objects.filter(person=viewer.person).order_by("-pk")
            ],
            "now": timezone.now(),
            "form": form,
            "secret": secret,
        },
    )


def _clock() -> str:
    """Return the time zone of the profile in the reader's words, where there are any."""
    zone = profile().timezone
    return _("Beijing time (UTC+8)") if zone == "Asia/Shanghai" else zone


@require_POST
@staff_page("token.manage")
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End a token of one's own at once."""
    viewer = viewer_in(request)
    require(viewer, "token.manage")
    commands.revoke_token(viewer, get_object_or_404(ApiToken, pk=pk, person=viewer.person))
    messages.success(request, _("The token is revoked."))
    return redirect("trust:settings")


@public_page
@require_safe
def enter(request: HttpRequest, secret: str) -> HttpResponse:
    """Sign a person of the sample in by a one-time link, from this machine only."""
    if not settings.SHIGE_SAMPLE_FILE.exists():
        raise Http404
    if request.META.get("REMOTE_ADDR") not in LOOPBACK:
        raise PermissionDenied("sample links work on this machine only")
    person = commands.use_sign_in_link(secret)
    if person is None:
        return render(request, "trust/link_used.html", status=410)
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session[SAMPLE_SESSION] = True
    UserSession.objects.create_from_request(request)
    return redirect(settings.LOGIN_REDIRECT_URL)
