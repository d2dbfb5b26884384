"""Only paths of our own are followed."""

import pytest

from budgeting.web import local_paths


@pytest.mark.parametrize("path", ["/", "/mine-forslag", "/runder/x/forslag?side=2", "/a//b", "/æ"])
def test_a_path_of_our_own_is_followed(path):
    assert local_paths.safe(path) == path


@pytest.mark.parametrize(
    "path",
    [
        None,
        "",
        "mine-forslag",
        "//ond.example",
        "///ond.example",
        "/\\ond.example",
        "\\\\ond.example",
        "https://ond.example/",
        "javascript:alert(1)",
        "/\t/ond.example",
        "/\n/ond.example",
        " //ond.example",
        "/x\r\nSet-Cookie: a=b",
    ],
)
def test_anything_else_leads_to_the_front_page(path):
    assert local_paths.safe(path) == "/"
