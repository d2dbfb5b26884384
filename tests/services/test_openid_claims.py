"""From a municipality's own claim map to a person; what is missing or odd is refused."""

from datetime import date

import pytest

from budgeting.services import openid_claims, openid_provider
from budgeting.services.openid_claims import ClaimMissing, ClaimUnreadable, LivesElsewhere
from budgeting.services.openid_provider import UnsoundProvider
from tests.openid_provider import settings_of

PROVIDER = openid_provider.read(settings_of("https://broker.example.org"))
CLAIMS = {"sub": "nina", "born": "1990-05-04", "kommune": "0101", "bydel": "Indre By"}


def person(**claims):
    said = {name: value for name, value in {**CLAIMS, **claims}.items() if value is not None}
    return openid_claims.person_of(said, PROVIDER)


def test_the_map_says_where_each_thing_stands():
    found = person(nummer=1001, beskyttet=True)

    assert (found.subject, found.birth_date) == ("nina", date(1990, 5, 4))
    assert (found.area, found.number, found.is_protected) == ("Nordby", "1001", True)


def test_an_area_the_map_does_not_know_is_taken_as_it_is():
    assert person(bydel="Sydby").area == "Sydby"


def test_what_the_provider_need_not_say_may_be_missing():
    found = person(bydel=None)

    assert (found.area, found.number, found.is_protected) == (None, None, False)


@pytest.mark.parametrize(
    ("claims", "refusal"),
    [
        ({"sub": None}, ClaimMissing),
        ({"sub": ""}, ClaimMissing),
        ({"sub": "x" * 256}, ClaimUnreadable),
        ({"sub": ["nina"]}, ClaimUnreadable),
        ({"born": None}, ClaimMissing),
        ({"born": "4/5 1990"}, ClaimUnreadable),
        ({"born": "1990-13-04"}, ClaimUnreadable),
        ({"born": {"year": 1990}}, ClaimUnreadable),
        ({"kommune": None}, ClaimMissing),
        ({"kommune": "0999"}, LivesElsewhere),
        ({"kommune": "1011"}, LivesElsewhere),
    ],
)
def test_what_is_missing_or_odd_is_refused(claims, refusal):
    with pytest.raises(refusal):
        person(**claims)


def test_a_person_is_never_printed():
    assert "nina" not in repr(person())
    assert "1990" not in repr(person())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "issuer = ",
        'issuer = "http://broker.example.org"\nclient_id = "b"',
        'issuer = "https://broker.example.org"',
        'issuer = "https://b.example.org"\nclient_id = "b"\n[claims]\nukendt = "x"',
        'issuer = "https://b.example.org"\nclient_id = "b"\n[claims]\nmunicipality = "k"',
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused(text):
    with pytest.raises(UnsoundProvider):
        openid_provider.read(text)


def test_the_secret_of_the_environment_goes_first_and_is_not_printed():
    provider = openid_provider.read(settings_of("https://b.example.org"), secret="en anden")

    assert provider.client_secret == "en anden"
    assert "en anden" not in repr(provider)
