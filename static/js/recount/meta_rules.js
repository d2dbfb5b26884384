// Reads from a .pb file's META how its ballots were counted, as this house's files say it.

import { Refused } from "./refused.js";
import { COMPARISONS, COMPLETIONS, RULES, STOPS, oneOf } from "./rules.js";

const SWITCHED_ON = "1";

export function settingsOf(meta, unit) {
  const say = (key) => meta.get(key) || null;
  const [name, completion = "none"] = (say("rule") ?? "").toLowerCase().split("/");
  return {
    rule: oneOf(RULES, name === "equalshares" ? "equal-shares" : name.replace(/^greedy-.*$/, "greedy")),
    utility: say("utility") ?? "cost",
    completion: oneOf(COMPLETIONS, completion),
    stop: oneOf(STOPS, say("stop") ?? "over-budget"),
    ties: say("ties") ?? "cost,votes,id",
    increment: say("increment") && amount(say("increment"), unit),
    compare: say("comparison") && oneOf(COMPARISONS, say("comparison")),
    skip: say("skip") === SWITCHED_ON,
    greedy: greedyOf(say, unit, name),
  };
}

function greedyOf(say, unit, name) {
  const read = (key, nothing) => JSON.parse(say(key) ?? nothing);
  return {
    no_skip: say("no_skip") === SWITCHED_ON || name === "greedy-no-skip",
    least_votes: Number(say("least_votes")),
    least_points: Number(say("least_points")),
    least_share: say("least_share"),
    reserve_share: say("reserve_share"),
    exclusive_groups: read("exclusive_groups", "[]"),
    accepts_partly: Object.entries(read("accepts_partly", "{}")).map(([id, least]) => [id, amount(least, unit)]),
    caps: read("caps", "[]").map(([kind, cap, limit]) => ({ kind, name: cap, limit: amount(limit, unit) })),
  };
}

// Amounts stand in the currency, with at most as many decimals as the unit has.
function amount(text, unit) {
  const number = Math.round(Number(text) * unit);
  if (!Number.isSafeInteger(number) || number <= 0) throw new Refused("no_election");
  return number;
}
