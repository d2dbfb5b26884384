"""The checks on pages notice what they are there to notice."""

import pytest

from tests.page import Page

SOUND = """<!doctype html>
<html lang="da"><head><title>Runder</title></head><body><main><h1>Runder</h1>
<form method="post" action="/gem"><input type="hidden" name="csrf_token" value="x">
<label for="titel">Titel</label><input id="titel" name="titel"><button>Gem</button></form>
<h2 id="puljer">Puljer</h2><a href="#puljer">Til puljerne</a></main></body></html>"""

BROKEN = {
    "the markup is not sound": ("<h1>Runder</h1>", "<h1>Runder</h1></section>"),
    "the page has no title": ("<title>Runder</title>", "<title> – Borgerbudget</title>"),
    "does not say that it is in Danish": (' lang="da"', ""),
    "the id 'titel' stands twice": ('<h2 id="puljer">', '<h2 id="titel">'),
    "has no action": (' action="/gem"', ""),
    "carries no csrf_token": ('value="x"', 'value=""'),
    "the field 'titel' has no label": ('<label for="titel">Titel</label>', ""),
    "a button has no words": ("<button>Gem</button>", "<button></button>"),
    "has no alt": ("<h1>", '<img src="/static/billede.png"><h1>'),
    "there is a script in the page itself": ("<h1>", "<script>let a;</script><h1>"),
    "there is a style element": ("</head>", "<style>h1 {}</style></head>"),
    "a h1 has a style attribute": ("<h1>", '<h1 style="color: red">'),
    "a h1 has a onclick attribute": ("<h1>", '<h1 onclick="gem()">'),
    "a script points to": ("<h1>", '<script src="https://example.org/a.js"></script><h1>'),
    "the page has 2 h1": ("<h2", "<h1>Igen</h1><h2"),
    "an h3 follows an h1": ('<h2 id="puljer">Puljer</h2>', '<h3 id="puljer">Puljer</h3>'),
    "a a points to #puljer": ('id="puljer"', 'id="andre"'),
    "raw text of a template shows": ("Til puljerne", "%(count)s puljer"),
}


def test_a_sound_page_passes():
    Page(SOUND).check()


@pytest.mark.parametrize(("words", "change"), BROKEN.items(), ids=BROKEN)
def test_a_broken_page_is_told_what_it_breaks(words, change):
    broken = SOUND.replace(*change)
    assert broken != SOUND
    with pytest.raises(AssertionError, match=words):
        Page(broken).check()


def test_a_form_is_filled_in_as_a_browser_does():
    html = """<form action="/stem"><select name="pulje"><option value="1">A</option></select>
    <input type="checkbox" name="valg" value="4" checked><input type="checkbox" name="valg" value="5">
    <textarea name="tekst">\nHej</textarea><button name="trin" value="videre">Videre</button></form>"""
    sent = Page(html).form().filled_in({"tekst": "Nyt"}, button="Videre")
    assert sent == {"pulje": "1", "valg": "4", "tekst": "Nyt", "trin": "videre"}
