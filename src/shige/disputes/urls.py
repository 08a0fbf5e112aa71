"""Addresses of mediation, of plans for claims of groups, and of the desks of disputes; under ``office/``."""

from django.urls import path

from . import pages
from .mediation import pages as mediation
from .plans import correction_pages as corrections
from .plans import pages as plans

app_name = "disputes"
urlpatterns = [
    path("disputes/", pages.disputes, name="list"),
    path("disputes/month/", pages.month, name="month"),
    path("matters/<str:number>/mediation/<str:what>/", mediation.mediate, name="mediate"),
    path("matters/<str:number>/agreement/", mediation.agreement, name="agreement"),
    path("matters/<str:number>/file/", mediation.committee_file, name="committee_file"),
    path("matters/<str:number>/plan/", plans.plan, name="plan"),
    path("matters/<str:number>/plan/print/", plans.plan_print, name="plan_print"),
    path("matters/<str:number>/plan/<str:what>/", plans.plan_act, name="plan_act"),
    path("matters/<str:number>/plan/<str:kind>/<veiled:pk>/", corrections.plan_change, name="plan_change"),
]
