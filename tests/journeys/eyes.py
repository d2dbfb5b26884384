"""What is looked for on every page of a journey: axe's rules, sideways scrolling, foreign requests."""

import contextlib
import os
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (390, 1280)
NARROWEST = 320
HEIGHT = 900
QUIET_LOOKS = 2
MILLISECONDS_BETWEEN_LOOKS = 25
RUN_AXE = "() => axe.run(document, {resultTypes: ['violations'], preload: false})"
# All that axe judges by but the words themselves: what is there, how it is named, whether it says anything.
SHAPE = """() => {
  const judged = (name) =>
    /^(id|class|role|type|lang|for|title|alt|open|checked|disabled|hidden|tabindex|aria-.*)$/.test(name);
  const shape = (element) => {
    const names = [...element.attributes].filter((one) => judged(one.name));
    const told = names.map((one) => `${one.name}=${one.value.replace(/[0-9]+/g, "0")}`).sort();
    const says = [...element.childNodes].some((one) => one.nodeType === 3 && one.data.trim());
    const inside = [...element.children].map(shape).join("");
    return `<${element.localName} ${told.join(" ")}${says ? " !" : ""}>${inside}</>`;
  };
  return shape(document.documentElement);
}"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def check_with_axe(page):
    """Runs axe at each width and fails with what it finds, in words."""
    before = page.viewport_size
    found = [line for width in WIDTHS for line in violations_at(page, width)]
    page.set_viewport_size(before)
    assert not found, "\n  ".join([f"axe at {page.url}:", *found])


def shape_of(page):
    """How a page is built, without its words: pages alike in it are alike to axe."""
    return page.evaluate(SHAPE)


def violations_at(page, width):
    page.set_viewport_size({"width": width, "height": HEIGHT})
    keep_picture(page, width)
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    for violation in page.evaluate(RUN_AXE)["violations"]:
        for node in violation["nodes"]:
            yield f"{width} px: {violation['id']}: {violation['help']}: {node['html'][:160]}"


def check_that_nothing_sticks_out(page):
    """A page is never wider than the narrowest screen it must fit on."""
    before = page.viewport_size
    page.set_viewport_size({"width": NARROWEST, "height": HEIGHT})
    too_wide = page.evaluate(OVERFLOW)
    page.set_viewport_size(before)
    assert too_wide <= 0, f"{page.url} is {too_wide} px wider than {NARROWEST} px"


def keep_picture(page, width):
    """Where PICTURES names a folder, every page of every journey is kept there as a picture."""
    folder = os.environ.get("PICTURES")
    if folder:
        name = re.sub(r"\W+", "-", page.url.split("/", 3)[-1])[:80] or "front"
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


class Watch:
    """Notes every request to others and every error the browser reports."""

    def __init__(self, context, address):
        self.address = address
        self.seen = []
        self.is_resting = False
        self.underway = set()
        context.on("request", self.note_request)
        context.on("requestfinished", self.note_end)
        context.on("requestfailed", self.note_end)
        context.on("response", self.note_response)
        context.on("console", self.note_message)
        context.on("weberror", self.note_error)

    def note_request(self, request):
        self.underway.add(request)
        if not request.url.startswith((self.address, "data:", "blob:", "about:")):
            self.seen.append(f"request to {request.url}")

    def note_end(self, request):
        self.underway.discard(request)

    def note_response(self, response):
        is_page = response.request.resource_type == "document"
        if response.status >= (500 if is_page else 400):
            self.seen.append(f"{response.status} for {response.url}")

    def note_message(self, message):
        is_status = message.text.startswith("Failed to load resource")
        if message.type in ("error", "warning") and not (is_status or self.is_resting):
            self.seen.append(f"console: {message.text}")

    def note_error(self, error):
        self.seen.append(f"script error: {error.error}")

    def wait_until_quiet(self, page):
        """Waits until nothing has been on its way for a moment: pages, and what scripts fetch."""
        quiet_looks = 0
        while quiet_looks < QUIET_LOOKS:
            page.wait_for_timeout(MILLISECONDS_BETWEEN_LOOKS)
            quiet_looks = 0 if self.underway else quiet_looks + 1

    @contextlib.contextmanager
    def resting(self):
        """While axe looks: it tries inline styles of its own, which the page's policy forbids."""
        self.is_resting = True
        yield
        self.is_resting = False

    def check(self):
        assert not self.seen, "\n  ".join(["the browser noticed:", *self.seen])
