// Shows how far longer work is without a reload; when its state changes, the page is fetched anew.

const SOON = 400;
const EVERY = 2000;
const progress = document.getElementById("progress");
let pause = SOON;

if (progress) setTimeout(look, pause);

async function look() {
  try {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const there = page.getElementById("progress");
    if (!answer.ok || !there || there.dataset.state !== progress.dataset.state) {
      location.reload();
      return;
    }
    progress.querySelector("svg").replaceWith(there.querySelector("svg"));
    const [here, now] = [progress, there].map((part) => part.querySelector("[role=status]"));
    if (here.textContent !== now.textContent) here.textContent = now.textContent;
  } catch {
    // The network is away for a moment; the next look may find it.
  }
  pause = Math.min(EVERY, pause * 2); // what is small is soon done; what is large is not asked about often
  setTimeout(look, pause);
}
