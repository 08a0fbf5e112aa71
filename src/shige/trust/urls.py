"""Addresses of the trust room."""

from django.urls import path

from . import pages

app_name = "trust"
urlpatterns = [
    path("team/", pages.team, name="team"),
    path("team/people/add/", pages.add_person, name="add_person"),
    path("team/people/<veiled:pk>/", pages.account, name="account"),
    path("team/posts/<veiled:pk>/", pages.post, name="post"),
    path("team/appointments/<veiled:pk>/end/", pages.end, name="end"),
    path("messages/", pages.own_messages, name="messages"),
    path("settings/", pages.settings_page, name="settings"),
    path("settings/tokens/<veiled:pk>/revoke/", pages.revoke, name="revoke"),
    path("accounts/link/<str:secret>/", pages.enter, name="enter"),
]
