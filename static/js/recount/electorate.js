// The ballots as a rule reads them: projects in the order of their ids, and groups of voters
// who support the same ones equally much.
//
// A utility is always level x factor. The level is the voter's: 1 for a tick, the points, or the
// Borda score m - place (place from 0, m projects). The factor is the project's: 1, or its cost
// for the utilities that end in cost.

import { Refused } from "./refused.js";

const POINTED = ["cumulative", "scoring"];
const KINDS = ["cost", "cardinality", "points", "points-cost", "borda", "borda-cost", "borda-length"];

// Python and this page put texts in the same order: by their characters' numbers.
export function byCharacters(one, other) {
  const [mine, theirs] = [[...one], [...other]];
  for (let at = 0; at < Math.min(mine.length, theirs.length); at++) {
    const apart = mine[at].codePointAt(0) - theirs[at].codePointAt(0);
    if (apart) return apart;
  }
  return mine.length - theirs.length;
}

export function gather(election, utility) {
  refuseMisfit(election.ballotType, utility);
  const projects = [...election.projects].sort((one, other) => byCharacters(one.id, other.id));
  const placeOf = new Map(projects.map((project, place) => [project.id, place]));
  const votes = projects.map(() => 0);
  const groups = new Map();
  for (const ballot of election.ballots) {
    const levels = levelsOf(ballot, utility, placeOf);
    for (const [place, level] of levels) {
      if (level || !ballot.points) votes[place] += ballot.many;
    }
    const backed = levels.filter(([, level]) => level).sort(([one], [other]) => one - other);
    const key = backed.join(" ");
    const group = groups.get(key);
    if (group) group.many += ballot.many;
    else groups.set(key, { backed, many: ballot.many });
  }
  return new Electorate(election, utility, { projects, placeOf, votes, groups: [...groups.values()] });
}

export class Electorate {
  constructor(election, utility, { projects, placeOf, votes, groups }) {
    Object.assign(this, { election, utility, projects, placeOf, votes, groups });
    this.budget = election.budget;
    this.voters = election.voters;
    this.costs = projects.map((project) => project.cost);
    this.isFlat = !utility.startsWith("points") && !utility.startsWith("borda");
    this.factors = this.costs.map((cost) => (utility.endsWith("cost") ? cost : 1));
    this.supporters = this.#supporters();
    this.strength = this.supporters.map((one) => sum(one.many, one.level));
    if (![...this.strength, this.budget * 1].every(Number.isSafeInteger)) throw new Refused("too_large");
  }

  // The same voters with another utility's factors: who supports whom does not change.
  weighedBy(utility) {
    return new Electorate(this.election, utility, this);
  }

  get size() {
    return this.projects.length;
  }

  idOf(place) {
    return this.projects[place].id;
  }

  // Those that may be funded at all: somebody wants them, and the pot is large enough.
  get candidates() {
    return this.costs.flatMap((cost, place) => (cost <= this.budget && this.strength[place] > 0 ? [place] : []));
  }

  #supporters() {
    const lists = this.projects.map(() => ({ group: [], level: [], many: [] }));
    this.groups.forEach(({ backed, many }, group) => {
      for (const [place, level] of backed) {
        lists[place].group.push(group);
        lists[place].level.push(level);
        lists[place].many.push(many);
      }
    });
    return lists.map(({ group, level, many }) => ({
      group: Int32Array.from(group),
      level: Float64Array.from(level),
      many: Float64Array.from(many),
    }));
  }
}

function refuseMisfit(ballotType, utility) {
  const fits =
    KINDS.includes(utility) &&
    (!utility.startsWith("points") || POINTED.includes(ballotType)) &&
    (!utility.startsWith("borda") || ballotType === "ordinal");
  if (!fits) throw new Refused("unknown_rule", { rule: utility });
}

function levelsOf({ choices, points }, utility, placeOf) {
  const level = {
    "points": (at) => points[at],
    "points-cost": (at) => points[at],
    "borda": (at) => placeOf.size - at,
    "borda-cost": (at) => placeOf.size - at,
    "borda-length": (at) => choices.length - at - 1,
  }[utility] ?? ((at) => (points === null || points[at] > 0 ? 1 : 0));
  return choices.map((choice, at) => [placeOf.get(choice), level(at)]);
}

function sum(many, level) {
  return many.reduce((total, one, at) => total + one * level[at], 0);
}
