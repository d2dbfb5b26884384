"""A person in front of a browser: opens, reads, fills in, presses; each page seen is checked."""

import re
from datetime import timedelta

from playwright.sync_api import TimeoutError as NotThere
from playwright.sync_api import expect

from tests.journeys import eyes

PATIENCE_MILLISECONDS = 40_000
LONGEST_TAB_ROAD = 300
SHAPES_SEEN = set()
FOCUSED = """() => {
  const element = document.activeElement;
  if (element === document.body) return "";
  const label = element.labels && element.labels[0];
  return (label || element).innerText || element.getAttribute("aria-label") || element.value || "";
}"""


class Visitor:
    """One browser with cookies of its own. Use `page` for whatever has no word here."""

    def __init__(self, context, house, *, has_javascript=True):
        self.house = house
        self.has_javascript = has_javascript
        self.watch = eyes.Watch(context, house.address)
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        self.page = context.new_page()

    def open(self, address):
        self.page.goto(address if "://" in address else self.house.address + address)
        self.look()

    def press(self, words):
        """Presses the button or follows the link with these words, and looks at what comes."""
        name = re.compile(re.escape(words))
        control = self.page.get_by_role("button", name=name)
        self.go_through(control.or_(self.page.get_by_role("link", name=name)).first)

    def press_and_wait(self, words, heading):
        """Presses what begins longer work, and looks when the page has come to its end by itself."""
        self.page.get_by_role("button", name=words).click()
        expect(self.page.locator("h1")).to_contain_text(heading, timeout=PATIENCE_MILLISECONDS)
        self.watch.wait_until_quiet(self.page)
        self.look()

    def press_in(self, place, words):
        """The same, within the part of the page that holds this text (a row, a card)."""
        part = self.page.locator("li, tr, article, fieldset, section").filter(has_text=place).last
        self.go_through(
            part.get_by_role("button", name=words).or_(part.get_by_role("link", name=words)).first
        )

    def go_through(self, control):
        try:
            control.hover()
        except NotThere as missing:
            raise AssertionError(f"{missing.message}\n{self.what_is_here()}") from None
        self.go_on(control.click)

    def go_on(self, act):
        """Does what asks the house for something, and looks when all of it has come."""
        with self.page.expect_request("**/*"):
            act()
        self.watch.wait_until_quiet(self.page)
        self.page.wait_for_load_state("load")
        self.watch.wait_until_quiet(self.page)
        self.look()

    def what_is_here(self):
        """Where the visitor stands and what could be pressed, for the word when a step fails."""
        pressable = self.page.locator("a, button").all_inner_texts()
        return f"{self.page.url}: {self.page.locator('h1').all_inner_texts()} {pressable}"

    def fill(self, label, text):
        self.page.get_by_label(label, exact=True).fill(text)

    def choose(self, label):
        """Ticks the box or the circle with this label."""
        self.page.get_by_label(label).first.check()

    def select(self, label, option):
        self.page.get_by_label(label, exact=True).select_option(label=option)

    def see(self, *texts):
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)

    def see_on_page(self, text):
        """Looks for the words anywhere, also in the bar at the foot."""
        expect(self.page.locator("body")).to_contain_text(text, ignore_case=True)

    def see_in_order(self, *texts):
        words = self.page.locator("main").inner_text()
        places = [words.find(text) for text in texts]
        assert -1 not in places, f"{texts} at {places} in {words}"
        assert places == sorted(places), words

    def see_not(self, *texts):
        for text in texts:
            expect(self.page.locator("main")).not_to_contain_text(text)

    def see_heading(self, words):
        expect(self.page.locator("h1")).to_contain_text(words)

    def wait_to_see(self, text, *, within=timedelta(seconds=30)):
        """Reloads until work that is done elsewhere shows on the page."""
        for _ in range(int(within.total_seconds() * 2)):
            if self.page.locator("main").get_by_text(text).count():
                return self.look()
            self.page.wait_for_timeout(500)
            self.page.reload()
        raise AssertionError(f"{text!r} never came at {self.page.url}")

    def tab_to(self, words):
        """Presses Tab until what has these words is in focus, as people without a mouse do."""
        for _ in range(LONGEST_TAB_ROAD):
            if words in " ".join(self.page.evaluate(FOCUSED).split()):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{words!r} cannot be reached by Tab at {self.page.url}")

    def type(self, text):
        """Types into what is in focus."""
        self.page.keyboard.type(text)

    def press_key(self, key):
        """Presses a key that leads on, and looks at what comes."""
        self.go_on(lambda: self.page.keyboard.press(key))

    def touch_key(self, key):
        """Presses a key that stays on the page, as Space does on a box."""
        self.page.keyboard.press(key)

    def look(self):
        """Checks the page in front of the visitor; axe looks at each shape of page once."""
        self.watch.check()
        if not self.has_javascript:
            return
        shape = eyes.shape_of(self.page)
        if shape not in SHAPES_SEEN:
            with self.watch.resting():
                eyes.check_with_axe(self.page)
            SHAPES_SEEN.add(shape)
        eyes.check_that_nothing_sticks_out(self.page)
