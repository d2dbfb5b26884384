// Comfort in the booth: a live count, moves without a reload, a word before leaving too early.
// Everything here works without it too, by plain submits. Nothing chosen is kept anywhere.

const ballot = document.getElementById("ballot");
const KEEP_OPEN_EVERY = 5 * 60 * 1000;
let unsent = false;
let underway = null;

if (ballot) {
  unsent = chosen() > 0;
  ballot.addEventListener("change", showCount);
  ballot.addEventListener("input", showCount);
  ballot.addEventListener("click", step);
  ballot.addEventListener("submit", send);
  showCount();
  keepOpen();
  addEventListener("beforeunload", warn);
  if (!document.getElementById("ballot-parts")) forgetHowWeCame();
}
showPrintButton();

function marked() {
  const marks = "input[name=choices]:checked, input[name=choices][type=hidden], input[name^=points-]";
  return [...ballot.querySelectorAll(marks)].filter(saysSomething);
}

function saysSomething(mark) {
  if (mark.name === "choices") return true;
  return mark.type === "radio" ? mark.checked && mark.value !== "" : Number(mark.value) !== 0;
}

function chosen() {
  return marked().length;
}

function showCount() {
  const words = document.getElementById("booth-words");
  if (!words) return;
  document.getElementById("recount")?.setAttribute("hidden", "");
  const number = measured(words.dataset.measure);
  unsent = chosen() > 0;
  const bar = ballot.querySelector(".sticky-bar");
  say(bar.querySelector(".sticky-count"), told(words.dataset, number));
  const state = bar.querySelector(".sticky-state");
  say(state, unsent ? words.dataset.changed : words.dataset.untouched);
  state.classList.toggle("is-handed-in", !unsent && words.dataset.changed !== words.dataset.untouched);
  bar.classList.toggle("is-over", number > Number(words.dataset.most));
  const filled = Math.min(100, (100 * number) / Number(words.dataset.most));
  bar.querySelector(".meter-used")?.setAttribute("width", `${filled}%`);
  if (words.dataset.measure === "costs") showWhatIsTooDear(words.dataset, number);
}

// What counts: how many are chosen, what they cost together, or how many votes are given.
function measured(measure) {
  if (measure === "costs") return sum(marked().map((mark) => mark.dataset.cost));
  if (measure === "votes") return sum(marked().map((mark) => mark.value));
  return chosen();
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + (Number(number) || 0), 0);
}

function told(words, number) {
  if (words.measure !== "costs") {
    return JSON.parse(words.counted)[number] ?? (words.over ?? "").replace("#", number);
  }
  const left = Number(words.most) - number;
  if (left < 0) return words.over.replace("#", money(words, -left));
  return words.within.replace("#", money(words, number)).replace("#", money(words, left));
}

function money(words, oere) {
  const digits = oere % 100 ? 2 : 0;
  const style = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return words.money.replace("#", (oere / 100).toLocaleString(document.documentElement.lang, style));
}

function showWhatIsTooDear(words, spent) {
  const left = Math.max(0, Number(words.most) - spent);
  for (const choice of ballot.querySelectorAll(".choice")) {
    const box = choice.querySelector("input[name=choices]");
    const short = box.checked ? 0 : Number(box.dataset.cost) - left;
    const line = choice.querySelector(".choice-short");
    line.hidden = short <= 0;
    say(line, short > 0 ? words.short.replace("#", money(words, short)) : "");
  }
}

// Plus and minus without a reload; past the last vote or the most for one they do nothing.
function step(event) {
  const button = event.target.closest("[data-step]");
  const words = document.getElementById("booth-words")?.dataset;
  if (!button || !words) return;
  event.preventDefault();
  const field = button.parentElement.querySelector("input");
  const by = Number(button.dataset.step);
  const wanted = Math.max(0, (Number(field.value) || 0) + by);
  const isTooMuch = wanted > Number(words.cap) || measured("votes") + by > Number(words.most);
  if (by > 0 && isTooMuch) return;
  field.value = wanted || "";
  showCount();
}

function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function warn(event) {
  if (unsent) event.preventDefault();
}

// "Back" from the receipt leads to the ballot, not to the browser's question of sending again.
function forgetHowWeCame() {
  history.replaceState(null, "", location.href);
}

function send(event) {
  const button = event.submitter;
  if (underway) return sendAfterwards(event, button);
  const staysHere = !button || new URL(button.formAction).pathname === new URL(ballot.action).pathname;
  if (!staysHere || !document.getElementById("ballot-parts") || button?.dataset.plain) {
    unsent = false;
    return;
  }
  event.preventDefault();
  const done = () => (underway = null);
  underway = replaceParts(button).catch(() => sendPlainly(button)).finally(done);
}

// A quick hand presses the next button before the last move has come back: it waits its turn.
function sendAfterwards(event, button) {
  event.preventDefault();
  underway.then(() => {
    const same = [...ballot.querySelectorAll("button")].find((each) => isSame(each, button));
    if (same || !button) ballot.requestSubmit(same);
  });
}

function isSame(one, other) {
  return one === other || (one.name && one.name === other?.name && one.value === other.value);
}

async function replaceParts(button) {
  const answer = await fetch(ballot.action, {
    method: "POST",
    body: new FormData(ballot, button),
  });
  if (answer.redirected || !answer.ok) return sendPlainly(button);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  takeOver(page);
  (ballot.querySelector("#ballot-parts [autofocus]") ?? document.getElementById("choices")).focus();
  showCount();
  unsent = chosen() > 0;
  return null;
}

// The bar stays where it is and only its words change, so that a screen reader hears them.
function takeOver(page) {
  document.title = page.title;
  if (!page.querySelector(".error-summary")) document.querySelector(".error-summary")?.remove();
  const parts = "#ballot-parts";
  document.querySelector(parts).replaceChildren(...page.querySelector(parts).childNodes);
  for (const words of ["#ballot-said", ".sticky-count", ".sticky-state"]) {
    const [here, there] = [document.querySelector(words), page.querySelector(words)];
    say(here, there.textContent);
    here.className = there.className;
  }
}

function sendPlainly(button) {
  unsent = false;
  if (!button) return ballot.submit();
  button.dataset.plain = "yes";
  return ballot.requestSubmit(button);
}

// Whoever is reading is there: the booth is kept open while the page is used.
function keepOpen() {
  let last = Date.now();
  const sign = () => {
    if (Date.now() - last < KEEP_OPEN_EVERY) return;
    last = Date.now();
    fetch(ballot.action, { method: "HEAD" }).catch(() => {});
  };
  for (const kind of ["pointerdown", "keydown", "scroll"]) {
    addEventListener(kind, sign, { passive: true });
  }
}

function showPrintButton() {
  const button = document.getElementById("print");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => print());
}
