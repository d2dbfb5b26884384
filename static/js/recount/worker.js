// Counts beside the page, so that the page answers while it counts. It is told a bundle to check
// or to stop, and tells how far it is, what each pot came to, and when all is done.

import { checkBallotsFile, readBallotsFile } from "./ballots_file.js";
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
  const { title, currency, pots } = await opened(bundle, fingerprint);
  postMessage({ kind: "opened", title, currency });
  for (const [at, pot] of pots.entries()) {
    const where = { pot: pot.name, number: at + 1, pots: pots.length };
    const verdict = await inSlices(pot.checking, where);
    if (verdict === null) return postMessage({ kind: "stopped" });
    postMessage({ kind: "pot", pot: pot.name, ...verdict });
  }
  return postMessage({ kind: "done" });
}

// The whole bundle, or one pot's file of ballots: names, and a count of each pot that can begin.
async function opened(bytes, fingerprint) {
  const alone = readBallotsFile(bytes, fingerprint);
  if (alone) return { ...alone, pots: [{ name: alone.name, checking: checkBallotsFile(alone) }] };
  const { rulebook, seed, pots, title } = await openBundle(bytes, fingerprint);
  const begun = pots.map((pot) => ({ name: pot.name, checking: checkPot(pot, rulebook, seed) }));
  return { title, currency: rulebook.currency, pots: begun };
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
