// The page "Tæl selv efter": fetches the published files when asked, or takes a file the reader
// chose, lets a worker count beside the page, and shows what came out. Nothing is sent anywhere.

import { Told } from "./recount_told.js";

const section = document.getElementById("recount");
const start = document.getElementById("recount-start");
const stop = document.getElementById("recount-stop");
const file = document.getElementById("recount-file");
const bar = document.getElementById("recount-bar");
const told = new Told(section);
let isWanted = false;
// Made now and not when it is needed, so that a chosen file can be counted without a net.
const worker = new Worker(new URL("./recount/worker.js", import.meta.url), { type: "module" });

const HEARD = {
  opened: ({ title, currency }) => told.know(title, currency),
  counting: (how) => {
    showShare(how.number - 1, how.pots);
    told.state(how.so_far ? "counting_runs" : "counting", how);
  },
  pot: (verdict) => told.pot(verdict),
  done: () => end(told.sum()),
  stopped: () => end("stopped"),
  refused: (trouble) => end(told.trouble(trouble)),
};

worker.addEventListener("message", ({ data }) => HEARD[data.kind](data));
worker.addEventListener("error", () => end(told.trouble({ code: "no_script" })));
start.addEventListener("click", () => check(fetched));
file.addEventListener("change", () => file.files.length && check(() => file.files[0].arrayBuffer()));
stop.addEventListener("click", () => {
  isWanted = false;
  worker.postMessage({ kind: "stop" });
});
section.hidden = false;

async function check(bytes) {
  begin();
  try {
    const bundle = await bytes();
    if (!isWanted) return end("stopped");
    told.state("opening");
    worker.postMessage({ kind: "check", bundle, fingerprint: section.dataset.fingerprint }, [bundle]);
    return null;
  } catch {
    return end(told.trouble({ code: "no_answer" }));
  }
}

async function fetched() {
  told.state("fetching");
  const answer = await fetch(section.dataset.bundle);
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.arrayBuffer();
}

function begin() {
  isWanted = true;
  told.clear();
  bar.removeAttribute("value");
  show({ isCounting: true });
  stop.focus();
}

// The focus goes back to where it came from, unless the reader has moved it.
function end(state) {
  const isWaiting = document.activeElement === stop;
  show({ isCounting: false });
  told.state(state);
  file.value = "";
  if (isWaiting) start.focus({ preventScroll: true });
}

// How long one pot takes nobody knows beforehand: then the bar only says that work is going on.
function showShare(done, pots) {
  if (pots === 1) return;
  bar.max = pots;
  bar.value = done;
}

function show({ isCounting }) {
  start.disabled = file.disabled = isCounting;
  stop.hidden = bar.hidden = !isCounting;
}
