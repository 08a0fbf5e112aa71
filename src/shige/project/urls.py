"""Every address of the program; each room keeps its own list."""

from allauth.account import views as account
from django.urls import URLPattern, URLResolver, include, path

from .api import api
from .health import healthz, readyz
from .landing import start

own_account: list[URLPattern | URLResolver] = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("2fa/", include("allauth.mfa.urls")),
]
"""Of django-allauth only what staff need: accounts are made by an office, and so are new passwords."""

handler400 = "shige.project.faults.unreadable"
handler403 = "shige.project.faults.refused"
handler404 = "shige.project.faults.missing"
handler500 = "shige.project.faults.broken"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("start/", start, name="start"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("shige.channels.urls")),
    path("", include("shige.territory.urls")),
    path("", include("shige.trust.urls")),
    path("office/uploads/", include("shige.files.urls")),
    path("office/warnings/", include("shige.warnings.urls")),
    path("office/opinions/", include("shige.opinions.urls")),
    path("office/service-points/", include("shige.service_points.urls")),
    path("office/", include("shige.assets.urls")),
    path("office/", include("shige.disputes.urls")),
    path("office/", include("shige.matters.urls")),
    path("accounts/", include(own_account)),
    path("api/v1/", api.urls),
    path("redline/", include("shige.redline.urls")),
    path("oversight/", include("shige.oversight.urls")),
    path("office/adoptions/", include("shige.adoptions.urls")),
    path("", include("shige.members.urls")),
    path("", include("shige.insight.urls")),
]
