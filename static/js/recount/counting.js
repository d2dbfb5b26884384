// The one door: counts an election by the rule of the settings, step by step. What comes out is
// in the words of a published result; exact numbers are written "num/den".

import { gather } from "./electorate.js";
import { countEqualShares } from "./equal_shares.js";
import { countGreedy } from "./greedy.js";
import { countPhragmen } from "./phragmen.js";
import { Refused } from "./refused.js";
import { Telling } from "./telling.js";
import { Chain } from "./ties.js";

// A generator: gives way now and then with how far it has come, and returns the outcome.
export function* count(election, settings) {
  const utility = settings.rule === "phragmen" ? "cardinality" : settings.utility;
  const electorate = gather(election, utility);
  const chain = new Chain(settings.ties, electorate);
  return inWords(yield* byRule(electorate, settings, chain), electorate);
}

export function countAtOnce(election, settings) {
  const counting = count(election, settings);
  for (;;) {
    const { value, done } = counting.next();
    if (done) return value;
  }
}

function* byRule(electorate, settings, chain) {
  if (settings.rule === "greedy") return countGreedy(electorate, settings, chain);
  if (settings.rule === "equal-shares") return yield* countEqualShares(electorate, settings, chain);
  if (settings.rule !== "phragmen") throw new Refused("unknown_rule", { rule: settings.rule });
  const telling = new Telling(electorate);
  yield* countPhragmen(telling, settings, chain, "funded");
  return telling;
}

export function inWords(telling, electorate) {
  return {
    voters: electorate.voters,
    winners: telling.winners.map((place) => electorate.idOf(place)),
    total_cost: telling.spent,
    left: telling.left,
    ...telling.end,
    remarks: telling.remarks,
    steps: telling.steps.map(({ paid, ...step }) => ({ ...step, score: String(step.score) })),
    ties: telling.ties.map((tie) => ({ ...tie, value: String(tie.value) })),
    projects: Object.fromEntries(electorate.projects.map((project, place) => [project.id, ofProject(telling, electorate, place)])),
  };
}

function ofProject(telling, electorate, place) {
  const { cost, id } = electorate.projects[place];
  const told = { votes: electorate.votes[place], cost };
  const at = telling.winners.indexOf(place);
  const fall = telling.falls.get(place);
  const step = telling.steps.findLast((one) => one.project_id === id);
  if (at >= 0) return { ...told, position: at + 1, step: step.number, score: String(step.score) };
  if (!step && fall) {
    const score = fall.score && String(fall.score);
    return { ...told, position: null, step: fall.step, score, supporters_money: String(fall.money) };
  }
  return { ...told, position: null, ...(step && { step: step.number, score: String(step.score) }) };
}
