"""The rules every page of the house keeps; each is a function that yields what breaks it."""

import re
from itertools import pairwise

import html5lib

RESOURCES = {"link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src"}
NEEDS_NO_LABEL = ("hidden", "submit", "button", "reset", "image")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
POINTERS = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "list")
DATA_SCRIPTS = ("application/json", "application/ld+json")


def broken(html, soup):
    """Every rule that this page breaks, in words."""
    return [*unsound_markup(html), *(word for rule in RULES for word in rule(soup))]


def unsound_markup(html):
    parser = html5lib.HTMLParser()
    parser.parse(html)
    lines = html.splitlines()
    for (line, _), code, _details in parser.errors:
        near = lines[line - 1].strip()[:120] if 0 < line <= len(lines) else ""
        yield f"the markup is not sound ({code}) near: {near}"


def title_is_missing(soup):
    if (
        not soup.title
        or not soup.title.get_text().strip()
        or soup.title.get_text().startswith(" –")
    ):
        yield "the page has no title"


def language_is_unknown(soup):
    if not soup.html or soup.html.get("lang") not in ("da", "en"):
        yield "the page does not say that it is in Danish or English"


def ids_are_not_unique(soup):
    seen = set()
    for element in soup.find_all(id=True):
        if element["id"] in seen:
            yield f"the id {element['id']!r} stands twice"
        seen.add(element["id"])


def form_cannot_be_sent(soup):
    for form in soup.find_all("form"):
        name = form.get("id") or form.get("action") or "without a name"
        if not form.get("action"):
            yield f"the form {name} has no action"
        if form.get("method", "get").lower() == "post" and not token_of(form):
            yield f"the form {name} carries no csrf_token"


def token_of(form):
    field = form.find("input", attrs={"name": "csrf_token"})
    return field and field.get("value")


def field_has_no_label(soup):
    labelled = {label.get("for") for label in soup.find_all("label")}
    for field in soup.find_all(["input", "select", "textarea"]):
        if field.get("type") in NEEDS_NO_LABEL:
            continue
        named = field.get("aria-label") or field.get("aria-labelledby")
        if not (field.get("id") in labelled or field.find_parent("label") or named):
            yield f"the field {field.get('name')!r} has no label"


def control_has_no_name(soup):
    for control in soup.find_all(["a", "button"]):
        pictures = control.find_all(["img", "svg"])
        said = [picture.get("alt") or picture.get("aria-label") for picture in pictures]
        if not (control.get_text(strip=True) or control.get("aria-label") or any(said)):
            yield f"a {control.name} has no words: {str(control)[:100]}"


def picture_has_no_alternative(soup):
    for picture in soup.find_all("img"):
        if not picture.has_attr("alt"):
            yield f"the picture {picture.get('src')} has no alt"


def script_or_style_is_inline(soup):
    for script in soup.find_all("script"):
        if not script.get("src") and script.get("type") not in DATA_SCRIPTS:
            yield "there is a script in the page itself"
    if soup.find("style"):
        yield "there is a style element in the page itself"
    for element in soup.find_all(True):
        for name in element.attrs:
            if name == "style" or name.startswith("on"):
                yield f"a {element.name} has a {name} attribute"


def something_comes_from_elsewhere(soup):
    for tag, attribute in [*RESOURCES.items(), ("form", "action")]:
        for element in soup.find_all(tag):
            address = element.get(attribute) or ""
            if re.match(r"(?i)(https?:)?//", address) and element.get("rel") != ["canonical"]:
                yield f"a {tag} points to {address}"


def headings_are_out_of_order(soup):
    levels = [int(heading.name[1]) for heading in soup.find_all(HEADINGS)]
    if levels.count(1) != 1:
        yield f"the page has {levels.count(1)} h1, not one"
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"an h{after} follows an h{before}"


def pointer_leads_nowhere(soup):
    ids = {element["id"] for element in soup.find_all(id=True)}
    for element in soup.find_all(True):
        wanted = [word for name in POINTERS for word in str(element.get(name) or "").split()]
        address = element.get("href") or "" if element.name == "a" else ""
        if address.startswith("#"):
            wanted.append(address[1:])
        for target in wanted:
            if target not in ids:
                yield f"a {element.name} points to #{target}, which is not on the page"


def sentence_is_unfinished(soup):
    words = soup.body.get_text(" ") if soup.body else ""
    for found in re.findall(r"%\(\w+\)|\{\{|\{%|<built-in|object at 0x\w+", words):
        yield f"raw text of a template shows: {found}"


RULES = (
    title_is_missing,
    language_is_unknown,
    ids_are_not_unique,
    form_cannot_be_sent,
    field_has_no_label,
    control_has_no_name,
    picture_has_no_alternative,
    script_or_style_is_inline,
    something_comes_from_elsewhere,
    headings_are_out_of_order,
    pointer_leads_nowhere,
    sentence_is_unfinished,
)
