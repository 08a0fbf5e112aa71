"""Addresses of the resident's pages."""

from django.urls import path

from . import pages

app_name = "channels"
urlpatterns = [
    path("", pages.home, name="home"),
    path("report/", pages.start, name="report"),
    path("report/heard/", pages.heard, name="heard"),
    path("report/emergency/", pages.emergency, name="emergency"),
    path("report/staff/", pages.about_staff, name="about_staff"),
    path("report/hurt/", pages.hurt, name="hurt"),
    path("leave/", pages.leave_page, name="leave_page"),
    path("report/category/", pages.sort, name="sort"),
    path("report/place/", pages.place, name="place"),
    path("report/places/", pages.places, name="places"),
    path("report/place/near/", pages.at_pin, name="at_pin"),
    path("report/known/", pages.known, name="known"),
    path("report/contact/", pages.contact, name="contact"),
    path("report/photos/<str:name>/", pages.photo, name="photo"),
    path("report/uploads/", pages.uploads, name="uploads"),
    path("report/uploads/<str:name>/", pages.upload, name="upload"),
    path("office/matters/new/", pages.counter, name="counter"),
    path("office/matters/found/", pages.found, name="found"),
    path("m/<str:code>/", pages.tracking, name="tracking"),
    path("m/<str:code>/card/", pages.card, name="card"),
    path("m/<str:code>/answer/", pages.answer, name="answer"),
    path("m/<str:code>/data/", pages.own_data, name="own_data"),
    path("m/<str:code>/told/", pages.told, name="told"),
    path("m/<str:code>/leave/", pages.stop, name="leave"),
    path("m/<str:code>/forget/", pages.forget_code, name="forget"),
    path("m/<str:code>/photos/", pages.own_photos, name="own_photos"),
    path("m/<str:code>/photos/<str:name>/", pages.tracking_photo, name="tracking_photo"),
    path("report/solved/", pages.solved, name="solved"),
    path("privacy/", pages.privacy, name="privacy"),
    path("advice/", pages.advice, name="advice"),
    path("warnings/", pages.warnings, name="warnings"),
    path("wishes/", pages.wish_list, name="wishes"),
    path("wishes/claimed/<str:code>/", pages.claimed_wish, name="claimed"),
    path("wishes/<str:number>/", pages.claim_wish, name="claim"),
    path("things/", pages.things, name="things"),
    path("my/", pages.mine, name="mine"),
    path("my/codes/", pages.recover, name="recover"),
    path("m/<str:code>/text/", pages.text_me, name="text_me"),
    path("my/worker/", pages.my_worker, name="my_worker"),
]
