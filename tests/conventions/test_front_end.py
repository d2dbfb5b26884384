"""What is laid out of the front-end packages is whole: no page asks for a file that is not there."""

import re

from tools import front_end


def test_everything_the_stylesheet_refers_to_is_there():
    sheet = front_end.SHELF / front_end.STYLESHEET
    addresses = re.findall(r"url\(\"?([^)\"]+)\"?\)", sheet.read_text(encoding="utf-8"))
    own = [address for address in addresses if not address.startswith("data:")]
    assert own
    assert not [address for address in own if not (sheet.parent / address).resolve().is_file()]


def test_each_font_comes_in_one_format():
    css = '@font-face{src:url(a.eot),url(a.woff2) format("woff2"),url(a.ttf);font-weight:400}'
    assert front_end.with_one_font_format(css) == (
        '@font-face{src:url(a.woff2) format("woff2");font-weight:400}'
    )
