"""A phone that somebody else looks through: what a report leaves on it, and what it does not (P4)."""

import re
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile as File
from django.test import Client

from shige.channels.counter.forms import CounterForm
from shige.channels.models import KeptDraft
from shige.channels.resident.draft_files import folder
from shige.channels.resident.drafts import BRIEF_LIFE, LIFE, clear_old_drafts, drafts_of
from shige.matters.models import Matter
from tests.channels.resident.test_drafts import Tab, age
from tests.channels.resident.test_report import key_on, path_of, place, request_of, words, written
from tests.files.made import jpeg
from tests.matters.town import Town

pytestmark = pytest.mark.django_db

ASKED_HARM = ["05.1", "05.4", "08.3"]
"""Family, neighbours, children."""


def at_contact(
    client: Client, town: Town, category: str, said: str = "有件家里的事想请人来劝劝"
) -> dict[str, str]:
    """Write a report up to its last screen; returns the fields of its form."""
    words(client, said, category=category, danger="none")
    client.post("/report/next/", {"emergency": "called"})
    client.post("/report/more/", {"hurt": "no"})
    place(client, town)
    return {"d": key_on(client), "anonymous": "1"}


def sealed_sent_form(client: Client, town: Town) -> dict[str, str]:
    """Return the fields of the last form of a report that will be sealed."""
    return at_contact(client, town, "05.1", "他打我，他又打了我")


def sealed_sent(client: Client, town: Town, said: str = "他打我，他又打了我") -> dict[str, str]:
    """Send a report that leaves no trace; returns the fields of its last form."""
    form = at_contact(client, town, "05.1", said)
    assert client.post("/report/contact/", form).status_code == 302
    return form


@pytest.mark.parametrize("category", ASKED_HARM)
def test_where_harm_is_asked_the_writer_says_whether_the_device_keeps_it(
    client: Client, town: Town, category: str
) -> None:
    form = at_contact(client, town, category)
    assert 'name="keep_here"' in client.get(f"/report/contact/?d={form['d']}").content.decode()
    sent = client.post("/report/contact/", form)
    assert "mine" not in sent.cookies and sent["Location"] not in client.get("/my/").content.decode()
    assert not Matter.objects.get().sealed


@pytest.mark.parametrize("category", ASKED_HARM)
def test_what_is_asked_to_be_kept_is_kept(client: Client, town: Town, category: str) -> None:
    sent = client.post("/report/contact/", at_contact(client, town, category) | {"keep_here": "on"})
    assert sent["Location"] in client.get("/my/").content.decode()


def test_of_a_lamp_nobody_is_asked_and_it_is_kept(client: Client, town: Town) -> None:
    words(client, category="02.1")
    place(client, town)
    assert 'name="keep_here"' not in client.get("/report/contact/").content.decode()
    sent = client.post("/report/contact/", {"anonymous": "1"})
    assert sent["Location"] in client.get("/my/").content.decode()


def test_the_counter_is_not_the_persons_device() -> None:
    assert "keep_here" not in CounterForm(of_person=True).fields
    assert "callback" in CounterForm(of_person=True).fields


@pytest.mark.parametrize("step", ["", "category/", "place/", "contact/", "known/", "more/", "who/", "next/"])
@pytest.mark.parametrize("said", ["他打我，他又打了我", "有件家里的事想请人来劝劝"])
def test_an_old_address_of_what_is_discreet_leads_to_the_home_page(
    client: Client, town: Town, step: str, said: str
) -> None:
    form = sealed_sent(client, town, said)
    answer: Any = client.get(f"/report/{step}?d={form['d']}")
    while answer.status_code == 302 and path_of(answer).startswith("/report/"):
        answer = client.get(answer["Location"])
    assert answer["Location"] == "/"


def test_without_the_session_an_old_address_opens_an_empty_form(client: Client, town: Town) -> None:
    form = sealed_sent(client, town)
    client.cookies.pop("sessionid")  # the browser was started anew
    page = client.get(f"/report/?d={form['d']}")
    assert page.status_code == 200 and "打" not in page.context["draft"].words


def test_a_second_press_leads_to_the_same_receipt(client: Client, town: Town) -> None:
    form = at_contact(client, town, "05.1", "他打我，他又打了我")
    first, second = (client.post("/report/contact/", form)["Location"] for _ in range(2))
    assert first == second and first.startswith("/m/") and Matter.objects.count() == 1


def test_an_old_address_of_a_lamp_still_leads_to_its_receipt(client: Client, town: Town) -> None:
    tab = Tab(client)
    receipt = tab.report(town, "路灯不亮了")
    assert client.get(f"/report/contact/?d={tab.key}")["Location"] == receipt


def test_the_trace_of_what_is_discreet_ends_with_the_life_of_a_draft(client: Client, town: Town) -> None:
    form = sealed_sent(client, town)
    age(client, LIFE + timedelta(minutes=1))
    assert path_of(client.post("/report/contact/", form)) == "/report/" and Matter.objects.count() == 1
    assert clear_old_drafts() == 1


def test_the_session_of_a_resident_ends_with_the_browser(client: Client, town: Town) -> None:
    words(client)
    assert client.cookies["sessionid"]["expires"] == "" and client.cookies["sessionid"]["max-age"] == ""


def test_a_session_at_work_keeps_its_own_end(client: Client, town: Town) -> None:
    client.force_login(town.persons["micro_worker"])
    words(client)
    assert not client.session.get_expire_at_browser_close()


@pytest.mark.parametrize(
    ("said", "danger", "brief"),
    [
        ("他打我，他又打了我", "none", True),
        ("楼上又吵起来了", "cannot_talk", True),
        ("路灯不亮了", "none", False),
        ("楼道有煤气味", "none", False),
    ],
)
def test_what_speaks_of_danger_to_persons_ends_after_five_minutes(
    client: Client, town: Town, said: str, danger: str, brief: bool
) -> None:
    words(client, said, danger=danger, photos=File("a.jpg", jpeg()))
    age(client, BRIEF_LIFE - timedelta(seconds=30))
    assert written(client).words == said
    age(client, BRIEF_LIFE + timedelta(seconds=30))
    assert bool(drafts_of(request_of(client))) is not brief
    assert clear_old_drafts() == int(brief) and any(folder().glob("*.jpg")) is not brief


STEPS = ["", "category/", "place/", "contact/", "known/", "more/", "who/", "next/", "solved/"]


@pytest.mark.parametrize("step", STEPS)
def test_no_step_is_kept_by_the_browser(client: Client, town: Town, step: str) -> None:
    at_contact(client, town, "05.1")
    assert "no-store" in client.get(f"/report/{step}?d={key_on(client)}")["Cache-Control"]
    assert "no-store" in client.post(f"/report/{step}", {"d": key_on(client)})["Cache-Control"]


def test_no_picture_of_a_draft_is_kept_by_the_browser(client: Client, town: Town) -> None:
    words(client, photos=File("a.jpg", jpeg()))
    (file,) = written(client).files
    assert "no-store" in client.get(f"/report/photos/{file.name}/")["Cache-Control"]


def test_leaving_quickly_leaves_nothing_of_any_draft(client: Client, town: Town) -> None:
    form = sealed_sent(client, town)
    tabs = [Tab(client), Tab(client)]
    for tab, said in zip(tabs, ["他又打我了", "路灯不亮了"], strict=True):
        client.post("/report/", {"d": tab.key, "words": said, "photos": [File("a.jpg", jpeg())]})
    client.get("/report/end/")
    assert not KeptDraft.objects.exists() and not any(folder().glob("*.jpg"))
    for key in (form["d"], *(tab.key for tab in tabs)):
        page = client.get(f"/report/?d={key}")
        assert page.status_code == 200 and page.context["draft"].words == ""


def test_whoever_left_without_a_line_has_left_nothing_once_it_is_back(client: Client, town: Town) -> None:
    words(client, "他又打我了", photos=File("a.jpg", jpeg()))
    key = key_on(client)
    client.cookies["left"] = "1"  # all that a browser can note without a line
    page = client.get(f"/report/?d={key}")
    assert page.context["draft"].words == "" and "已保留" not in page.content.decode()
    assert not KeptDraft.objects.exists() and not any(folder().glob("*.jpg"))
    assert client.cookies["left"].value == "", "what is written from now on stays"


def test_no_address_of_the_history_opens_a_sealed_matter(client: Client, town: Town) -> None:
    """It holds no code, is used up by the page that it opens, and a form of that page is none either."""
    sent = client.post("/report/contact/", sealed_sent_form(client, town))
    code = sent["Location"].strip("/").split("/")[1]
    page = client.get(sent["Location"], follow=True)
    assert "封存的诉求" in page.content.decode() and page.request["PATH_INFO"] == "/my/progress/"
    client.post("/my/progress/", {"of": code})  # it is noted
    assert "封存的诉求" in client.get("/my/progress/").content.decode()
    assert client.get("/my/progress/")["Location"] == "/my/", "nobody opens it a second time"
    for address in (f"/m/{code}/", f"/m/{code}/?act=add", f"/m/{code}/data/"):
        ends = client.get(address, follow=True).request  # where redirects end is what a history lists
        assert code not in ends["PATH_INFO"] + ends["QUERY_STRING"], address
    for address in ("/my/progress/answer/", "/my/progress/data/"):
        said = client.post(
            address, {"of": code, "answer": "add", "act": "correct", "reason": "", "phone": "1"}
        )
        assert said.status_code == 422 and code in said.content.decode()
        assert f'/m/{code}/answer/"' not in said.content.decode(), "a refused form is listed with its address"


def test_a_code_that_is_not_noted_yet_survives_a_reload(client: Client, town: Town) -> None:
    page = client.get(
        client.post("/report/contact/", sealed_sent_form(client, town))["Location"], follow=True
    )
    assert "我已记下" in page.content.decode()
    assert "我已记下" in client.get("/my/progress/").content.decode()


def title_of(client: Client, address: str) -> str:
    """Return the title of a page that is shown."""
    page = client.get(address, follow=True)
    assert page.status_code == 200, address
    return re.findall(r"<title>(.*?)</title>", page.content.decode())[0]


def test_every_step_has_the_title_of_the_first(client: Client, town: Town) -> None:
    neutral = title_of(client, "/report/")
    words(client, "他打我，他又打了我", danger="none")
    assert title_of(client, f"/report/next/?d={key_on(client)}") == neutral
    client.post("/report/next/", {"emergency": "none"})
    words(client, "有件家里的事", category="05.1", danger="none")
    for step in ("category", "who", "more", "place"):
        assert title_of(client, f"/report/{step}/?d={key_on(client)}") == neutral, step
    place(client, town)
    assert title_of(client, f"/report/contact/?d={key_on(client)}") == neutral


def test_behind_a_code_every_title_is_the_same(client: Client, town: Town) -> None:
    client.post(
        "/report/contact/", at_contact(client, town, "05.1", "他打我，他又打了我") | {"keep_here": "on"}
    )
    sealed = str(client.get("/my/").context["own"][0].code)
    lamp = Tab(client).report(town, "路灯不亮了").strip("/").split("/")[1]
    pages = [f"/m/{code}/{part}" for code in (sealed, lamp) for part in ("", "card/", "data/")]
    assert {title_of(client, page) for page in pages} == {"办理进度 · 实格"}


def shown_answers(client: Client) -> list[str]:
    """Return the answers that the screen of numbers offers, in their order."""
    page = client.get(f"/report/next/?d={key_on(client)}").content.decode()
    assert 'name="police"' in page or "煤气" in written(client).words
    return re.findall(r'name="emergency" value="(\w+)"', page)


def test_whoever_cannot_call_goes_on_and_cannot_talk(client: Client, town: Town) -> None:
    words(client, "他打我，他又打了我", danger="none")
    assert shown_answers(client) == ["called", "cannot_call", "none"]
    answer = client.post("/report/next/", {"emergency": "cannot_call", "police": "1"})
    assert path_of(answer) == "/report/place/"
    draft = written(client)
    assert (draft.danger, draft.police, draft.called, draft.no_emergency) == (
        "cannot_talk",
        True,
        False,
        False,
    )
    place(client, town)
    client.post("/report/contact/", {"anonymous": "1"})
    assert Matter.objects.get().sealed


def test_a_hazard_of_which_nobody_can_call_stays_a_hazard(client: Client, town: Town) -> None:
    words(client, "楼道有煤气味", danger="none")
    assert shown_answers(client) == ["called", "cannot_call", "none"]
    assert path_of(client.post("/report/next/", {"emergency": "cannot_call"})) == "/report/place/"
    place(client, town)
    client.post("/report/contact/", {"anonymous": "1"})
    matter = Matter.objects.get()
    assert matter.category == "03.3" and not matter.sealed


def test_other_words_ask_anew_whoever_could_not_call(client: Client, town: Town) -> None:
    words(client, "楼道有煤气味", danger="none")
    client.post("/report/next/", {"emergency": "cannot_call"})
    assert path_of(words(client, "他打我，他又打了我", danger="none")) == "/report/next/"


@pytest.mark.parametrize(("language", "lines"), [("zh-hans", 1), ("en", 2)])
def test_the_police_are_written_to_in_their_language(
    client: Client, town: Town, language: str, lines: int
) -> None:
    client.cookies["django_language"] = language
    words(client, "楼上又吵起来了", danger="cannot_talk", address="/report/?b=u-tower")
    page = unescape(client.get(f"/report/next/?d={key_on(client)}").content.decode())
    said = [unquote(body).split("\n") for body in re.findall(r"sms:12110\?&body=([^\"]+)", page)]
    address = town.buildings["tower"].address
    wanted = [
        f"这里有人需要帮助，现在不方便说话，请不要回拨电话。地址：{address}",
        f"Somebody here needs help. I cannot talk, please do not call back. Address: {address}",
    ]
    assert said and all(each == wanted[:lines] for each in said)


@pytest.mark.parametrize(("category", "number"), [("05.4", "12338"), ("08.3", "12355")])
def test_a_yes_beside_family_or_children_names_the_helpline_that_fits(
    client: Client, town: Town, category: str, number: str
) -> None:
    words(client, "有件家里的事想请人来劝劝", category=category, danger="none")
    client.post("/report/more/", {"hurt": "yes"})
    page = client.get(f"/report/next/?d={key_on(client)}").content.decode()
    assert f'href="tel:{number}"' in page and 'href="tel:110"' in page


def test_the_numbers_of_a_lamp_are_the_general_ones(client: Client, town: Town) -> None:
    words(client, "路灯不亮", category="02.1", danger="yes")
    page = client.get(f"/report/next/?d={key_on(client)}").content.decode()
    assert 'href="tel:119"' in page and "12338" not in page
