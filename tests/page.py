"""A page as a test sees it: parsed, asked about, and checked against the house's rules."""

from functools import cached_property

from bs4 import BeautifulSoup

from tests import page_rules

TYPED = (
    "text",
    "email",
    "number",
    "password",
    "search",
    "tel",
    "url",
    "hidden",
    "date",
    "time",
    "datetime-local",
    "color",
)
DEFAULT_TYPE = {"button": "submit", "input": "text"}


class Page:
    """One page, with short questions: `heading`, `text`, `errors`, `form()`, `link()`."""

    def __init__(self, html, *, address=""):
        self.html = html
        self.address = address
        self.soup = BeautifulSoup(html, "html.parser")

    def check(self):
        """Fails with every house rule that the page breaks."""
        broken = page_rules.broken(self.html, self.soup)
        assert not broken, "\n  ".join([f"{self.address} breaks rules of the house:", *broken])

    @property
    def heading(self):
        return plain(self.soup.h1) if self.soup.h1 else ""

    @property
    def title(self):
        return plain(self.soup.title) if self.soup.title else ""

    @cached_property
    def text(self):
        """The words of the main part, with single spaces."""
        return plain(self.soup.find("main") or self.soup)

    @property
    def errors(self):
        """The lines of the error summary."""
        summary = self.soup.find(class_="error-summary")
        return [plain(line) for line in summary.find_all("li")] if summary else []

    def link(self, text):
        """The address behind a link with this text."""
        found = [each for each in self.soup.find_all("a") if text in plain(each)]
        assert found, f"{self.address} has no link {text!r}: {self.link_texts()}"
        return found[0]["href"]

    def link_texts(self):
        return [plain(each) for each in self.soup.find_all("a")]

    def form(self, which=0, *, button=None):
        """A form by its number or id, or the one that has the button, within the main part."""
        place = self.soup.find("main") or self.soup
        forms = [Form(each, self.address) for each in place.find_all("form")]
        if button is not None:
            forms = [each for each in forms if each.buttons(button)]
        if isinstance(which, str):
            forms = [each for each in forms if each.element.get("id") == which]
        number = which if isinstance(which, int) else 0
        assert len(forms) > number, f"{self.address} has no such form: {which!r} {button!r}"
        return forms[number]


class Form:
    """A form that can be filled in as a browser does it."""

    def __init__(self, element, page_address):
        self.element = element
        self.address = element.get("action") or page_address
        self.method = element.get("method", "get").upper()
        self.content_type = element.get("enctype") if self.method == "POST" else None

    def buttons(self, text):
        """What sends the form and has this text."""
        found = self.element.find_all(["button", "input"])
        sending = [each for each in found if each.get("type", DEFAULT_TYPE[each.name]) == "submit"]
        return [each for each in sending if text in (plain(each) or each.get("value", ""))]

    def address_of(self, button):
        """Where the form goes, which a button may change."""
        pressed = self.buttons(button)[:1] if button else []
        return pressed[0].get("formaction", self.address) if pressed else self.address

    def filled_in(self, changes, *, button=None):
        """What a browser would send after these changes and a press on this button."""
        sent = self.as_it_stands()
        for name, value in changes.items():
            assert name in self.names, f"no field {name!r} in {sorted(self.names)}"
            sent[name] = value
        for pressed in self.buttons(button)[:1] if button else []:
            if pressed.get("name"):
                sent[pressed["name"]] = pressed.get("value", "")
        return {name: value for name, value in sent.items() if value is not None}

    @property
    def names(self):
        fields = self.element.find_all(["input", "select", "textarea", "button"])
        return {each["name"] for each in fields if each.get("name")}

    def as_it_stands(self):
        """The fields and their values as the page was served."""
        sent = {}
        for field in self.element.find_all(["input", "select", "textarea"]):
            if field.get("name") and not field.has_attr("disabled"):
                for value in values_of(field):
                    sent.setdefault(field["name"], []).append(value)
        return {name: values if len(values) > 1 else values[0] for name, values in sent.items()}


def values_of(field):
    """The values that this field sends if nobody touches it."""
    if field.name == "textarea":
        return [field.get_text().replace("\r\n", "\n").removeprefix("\n")]
    if field.name == "select":
        options = field.find_all("option")
        chosen = [each for each in options if each.has_attr("selected")] or options[:1]
        return [each.get("value", plain(each)) for each in chosen]
    if field.get("type", "text") in TYPED:
        return [field.get("value", "")]
    is_ticked = field.get("type") in ("checkbox", "radio") and field.has_attr("checked")
    return [field.get("value", "on")] if is_ticked else []


def plain(element):
    return " ".join(element.get_text(" ").split())
