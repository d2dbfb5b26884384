// Counts beside the page, so that the page answers while it counts. It is told a bundle to check
// or to stop, and tells how far it is, what each pot came to, and when all is done.

import { openBundle } from "./bundle.js";
import { checkPot } from "./checking.js";
import { Refused } from "./refused.js";

const MILLISECONDS_AT_A_TIME = 80;
let isStopped = false;

addEventListener("message", ({ data }) => {
  isStopped = data.kind === "stop";
  if (data.kind === "check") check(data).catch(tellTrouble);
});

async function check({ bundle, fingerprint }) {
  const { rulebook, seed, pots, title } = await openBundle(bundle, fingerprint);
  postMessage({ kind: "opened", title, currency: rulebook.currency });
  for (const [at, pot] of pots.entries()) {
    const verdict = await inSlices(checkPot(pot, rulebook, seed), { pot: pot.name, number: at + 1, pots: pots.length });
    if (verdict === null) return postMessage({ kind: "stopped" });
    postMessage({ kind: "pot", pot: pot.name, ...verdict });
  }
  return postMessage({ kind: "done" });
}

// Null if it was stopped on the way.
async function inSlices(counting, where) {
  postMessage({ kind: "counting", ...where, so_far: 0 });
  let since = -Infinity;
  for (;;) {
    if (performance.now() - since > MILLISECONDS_AT_A_TIME) {
      await new Promise((resolve) => setTimeout(resolve));
      if (isStopped) return null;
      since = performance.now();
    }
    const { value, done } = counting.next();
    if (done) return value;
    if (performance.now() - since > MILLISECONDS_AT_A_TIME) {
      postMessage({ kind: "counting", ...where, so_far: value });
    }
  }
}

function tellTrouble(error) {
  const isKnown = error instanceof Refused;
  postMessage({ kind: "refused", code: isKnown ? error.code : "no_bundle", values: isKnown ? error.values : {} });
  if (!isKnown) console.warn(error);
}
