"""The page's own counting program, alone in a browser: no server, no page around it."""

import base64
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "static" / "js"
ADDRESS = "http://recount.test"

COUNT = """async ([text, list]) => {
  const { readElection } = await import("/recount/pabulib.js");
  const { countAtOnce } = await import("/recount/counting.js");
  const election = readElection(text);
  return list.map((settings) => countAtOnce(election, settings));
}"""
COMPARE = """async (cases) => {
  const { countAtOnce } = await import("/recount/counting.js");
  const { firstDifference } = await import("/recount/comparing.js");
  return cases.map(({ election, settings, said }) =>
    firstDifference(countAtOnce(election, settings), said));
}"""
CHECK = """async ([packed, fingerprint]) => {
  const { openBundle } = await import("/recount/bundle.js");
  const { checkPot } = await import("/recount/checking.js");
  const bytes = Uint8Array.from(atob(packed), (sign) => sign.charCodeAt(0));
  try {
    const { rulebook, seed, pots } = await openBundle(bytes.buffer, fingerprint);
    return pots.map((pot) => {
      const checking = checkPot(pot, rulebook, seed);
      for (;;) {
        const { value, done } = checking.next();
        if (done) return value;
      }
    });
  } catch (error) {
    if (!error.code) throw error;
    return error.code;
  }
}"""


class Engine:
    """A blank page that can load the modules, and what is asked of them."""

    def __init__(self, page):
        self.page = page
        page.route(f"{ADDRESS}/**", self.serve)
        page.goto(f"{ADDRESS}/")

    def serve(self, route):
        path = route.request.url.removeprefix(ADDRESS)
        if path == "/":
            route.fulfill(body="<!doctype html><title>Engine</title>", content_type="text/html")
        else:
            route.fulfill(path=ROOT / path[1:], content_type="text/javascript")

    def count(self, text, settings):
        """What this program makes of a .pb file, once for each of the settings."""
        return self.page.evaluate(COUNT, [text, settings])

    def compare(self, cases):
        """The first difference of each case, None where there is none."""
        return self.page.evaluate(COMPARE, cases)

    def check(self, bundle, fingerprint):
        """The verdict on each pot of a bundle, or the name of what is wrong with the file."""
        packed = base64.b64encode(bundle).decode()
        return self.page.evaluate(CHECK, [packed, fingerprint])
