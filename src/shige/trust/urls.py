"""Addresses of the trust room."""

from django.urls import path

from . import pages, password_pages

app_name = "trust"
urlpatterns = [
    path("team/", pages.team, name="team"),
    path("team/people/add/", pages.add_person, name="add_person"),
    path("team/people/<veiled:pk>/", pages.account, name="account"),
    path("team/posts/<veiled:pk>/", pages.post, name="post"),
    path("team/appointments/<veiled:pk>/end/", pages.end, name="end"),
    path("messages/", pages.own_messages, name="messages"),
    path("messages/read/", pages.read_all, name="read_all"),
    path("messages/<veiled:pk>/", pages.message, name="message"),
    path("settings/", pages.settings_page, name="settings"),
    path("settings/tokens/<veiled:pk>/revoke/", pages.revoke, name="revoke"),
    path("accounts/own-password/", password_pages.own_password, name="own_password"),
    path("accounts/own-password/<str:secret>/", password_pages.open_link, name="password_link"),
    path("accounts/link/<str:secret>/", pages.enter, name="enter"),
]
