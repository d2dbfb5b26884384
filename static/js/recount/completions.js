// What happens to the money equal shares leaves over, and the comparison with greedy.
//
// greedy, add1-greedy: down the rest, most votes (points, Borda scores) first, whatever fits.
// phragmen: on by Phragmen's rule from what voters have left. The comparison step (Wieliczka)
// keeps the outcome or the greedy one, whichever more voters prefer by the number or the cost of
// the chosen projects they voted for; a draw keeps equal shares.

import { Fraction } from "./fraction.js";
import { countGreedy } from "./greedy.js";
import { countPhragmen } from "./phragmen.js";

export function complete(telling, settings, chain, accounts) {
  if (settings.completion === "greedy" || settings.completion === "add1-greedy") byVotes(telling, chain);
  if (settings.completion === "phragmen") [...countPhragmen(telling, settings, chain, "completion", accounts)];
}

function byVotes(telling, chain) {
  const { strength, costs } = telling.electorate;
  for (;;) {
    const fitting = telling.waiting().filter((place) => costs[place] <= telling.left);
    if (fitting.length === 0) return;
    const most = Math.max(...fitting.map((place) => strength[place]));
    const level = chain.ordered(fitting.filter((place) => strength[place] === most));
    const value = new Fraction(BigInt(most));
    if (level.length > 1) telling.ties.push(chain.settle(telling.number, level, value));
    telling.fund(level[0], value, "completion");
  }
}

export function compared(telling, settings, chain) {
  if (!settings.compare) return telling;
  const electorate = telling.electorate;
  const rival = countGreedy(electorate.weighedBy(mostVotesFirst(electorate.utility)), {}, chain);
  const [mine, theirs] = preferring(electorate, telling.winners, rival.winners, settings.compare);
  const remark = `compared_by_${settings.compare}:${mine}:${theirs}`;
  if (theirs <= mine) {
    telling.remarks.push(remark);
    return telling;
  }
  rival.remarks = [...telling.remarks, remark, "greedy_preferred"];
  rival.end = { ...telling.end, raised_by: 0 };
  return rival;
}

function mostVotesFirst(utility) {
  if (utility.startsWith("points")) return "points-cost";
  return utility.startsWith("borda") ? "borda-cost" : "cost";
}

function preferring(electorate, one, other, measure) {
  const worth = (place) => (measure === "cost" ? electorate.costs[place] : 1);
  const gain = electorate.costs.map(() => 0);
  for (const place of one) gain[place] += worth(place);
  for (const place of other) gain[place] -= worth(place);
  let [ours, theirs] = [0, 0];
  for (const { backed, many } of electorate.groups) {
    const difference = backed.reduce((sum, [place]) => sum + gain[place], 0);
    if (difference > 0) ours += many;
    if (difference < 0) theirs += many;
  }
  return [ours, theirs];
}
