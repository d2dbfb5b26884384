// Turns the rulebook's way of counting a pot into settings; what is not known here is refused,
// never guessed at.

import { Refused } from "./refused.js";

export const RULES = ["greedy", "equal-shares", "phragmen"];
export const COMPLETIONS = ["none", "add1", "add1-greedy", "greedy", "phragmen"];
export const STOPS = ["over-budget", "exhaustive"];
export const COMPARISONS = ["none", "number", "cost"];
const KNOWN = [
  ...["rule", "utility", "completion", "stop", "ties", "comparison"],
  ...["no_skip", "least_votes", "least_percent", "reserve_percent", "in_part", "has_groups", "caps"],
];

export function settingsOf(tally, seed, pot) {
  refuseUnknown(tally);
  return {
    rule: oneOf(RULES, tally.rule),
    utility: tally.utility,
    completion: oneOf(COMPLETIONS, tally.completion),
    stop: oneOf(STOPS, tally.stop),
    ties: tally.ties.map((link) => (link === "lot" ? `lot:${seed}` : link)).join(","),
    compare: oneOf(COMPARISONS, tally.comparison ?? "none") === "none" ? null : tally.comparison,
    greedy: greedyOf(tally, pot),
  };
}

function greedyOf(tally, pot) {
  const accepting = pot.listed.filter((project) => project.least_oere);
  const caps = (tally.caps ?? []).filter((cap) => cap.pot === pot.name);
  return {
    no_skip: Boolean(tally.no_skip),
    least_votes: tally.least_votes || null,
    least_share: percent(tally.least_percent),
    reserve_share: percent(tally.reserve_percent),
    exclusive_groups: tally.has_groups ? groupsOf(pot.listed) : [],
    accepts_partly: tally.in_part ? accepting.map((project) => [project.id, project.least_oere]) : [],
    caps: caps.map(({ kind, name, limit_oere: limit }) => ({ kind, name, limit })),
  };
}

// The ballot list says for each project the numbers of the groups it belongs to.
function groupsOf(listed) {
  const numbers = new Set(listed.flatMap((project) => project.groups ?? []));
  return [...numbers].map((number) => listed.filter((one) => one.groups?.includes(number)).map((one) => one.id));
}

function percent(number) {
  return number ? `${number}/100` : null;
}

export function oneOf(known, word) {
  if (!known.includes(word)) throw new Refused("unknown_rule", { rule: word });
  return word;
}

// A rule that asks for nothing (0, "none", an empty list) changes nothing.
function refuseUnknown(tally) {
  for (const [name, value] of Object.entries(tally)) {
    const asks = Array.isArray(value) ? value.length > 0 : Boolean(value) && value !== "none";
    if (asks && !KNOWN.includes(name)) throw new Refused("unknown_rule", { rule: name });
  }
}
