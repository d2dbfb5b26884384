// Greedy: the most support per krone first; what still fits is funded, what does not is passed over.
//
// The order is that of U(p) / c(p), where U is the total utility; with utility "cost" that is the
// number of votes. Options: see the rulebook's words in `settings.greedy`.

import { Fraction } from "./fraction.js";
import { Telling } from "./telling.js";

export function countGreedy(electorate, settings, chain) {
  const walk = new Walk(electorate, settings.greedy ?? {});
  for (const [place, tie] of inOrder(electorate, chain, walk.candidates())) walk.visit(place, tie);
  return walk.telling;
}

export function scoreOf(electorate, place) {
  const worth = BigInt(electorate.strength[place]) * BigInt(electorate.factors[place]);
  return new Fraction(worth, BigInt(electorate.costs[place]));
}

// Each place in turn with the tie it was chosen from, if there was one.
export function* inOrder(electorate, chain, places) {
  const score = new Map(places.map((place) => [place, scoreOf(electorate, place)]));
  const sorted = chain.ordered(places).sort((one, other) => score.get(other).compare(score.get(one)));
  for (const [at, place] of sorted.entries()) {
    const level = sorted.slice(at).filter((other) => score.get(other).compare(score.get(place)) === 0);
    yield [place, level.length > 1 ? chain.settle(at + 1, level, score.get(place)) : null];
  }
}

class Walk {
  constructor(electorate, options) {
    this.electorate = electorate;
    this.options = options;
    this.telling = new Telling(electorate);
    this.accepts = new Map(options.accepts_partly ?? []);
    this.isMisfitMet = false;
    this.isClosed = false;
  }

  candidates() {
    return this.electorate.candidates.filter((place) => this.#reachesThreshold(place));
  }

  visit(place, tie) {
    if (tie) this.telling.ties.push(tie);
    const score = scoreOf(this.electorate, place);
    const [note, granted] = this.#decide(place);
    if (granted === null) this.telling.pass(place, score, note);
    else this.telling.fund(place, score, note, granted);
  }

  #reachesThreshold(place) {
    const { least_votes: votes, least_points: points, least_share: share } = this.options;
    const [has, worth] = [this.electorate.votes[place], this.electorate.strength[place]];
    if (has < (votes ?? 0) || worth < (points ?? 0)) return false;
    const wanted = Fraction.share(share ?? "0");
    return BigInt(has) * wanted.under >= wanted.over * BigInt(this.electorate.voters);
  }

  #decide(place) {
    if (this.isClosed) return ["not_reached", null];
    if (this.#conflicts(place)) return ["excluded", null];
    if (this.#breaksCap(place)) return ["capped", null];
    const cost = this.electorate.costs[place];
    return cost <= this.telling.left ? ["funded", cost] : this.#meetMisfit(place, cost);
  }

  // Only the first that does not fit may be helped by a reserve, or take what is left.
  #meetMisfit(place, cost) {
    const isFirst = !this.isMisfitMet;
    this.isMisfitMet = true;
    this.isClosed = Boolean(this.options.no_skip || this.options.reserve_share);
    if (isFirst && this.#reserveHelps(cost)) {
      this.telling.remarks.push("reserve_used");
      return ["reserve", cost];
    }
    const least = this.accepts.get(this.electorate.idOf(place));
    const helps = isFirst && least !== undefined && least > 0 && least <= this.telling.left;
    return helps ? ["in_part", this.telling.left] : ["passed_over", null];
  }

  #reserveHelps(cost) {
    if (!this.options.reserve_share) return false;
    const share = Fraction.share(this.options.reserve_share);
    return BigInt(this.telling.left) * share.under >= share.over * BigInt(cost);
  }

  #conflicts(place) {
    const mine = this.electorate.idOf(place);
    const chosen = this.telling.winners.map((winner) => this.electorate.idOf(winner));
    const groups = (this.options.exclusive_groups ?? []).filter((group) => group.includes(mine));
    return groups.some((group) => group.some((id) => chosen.includes(id)));
  }

  #breaksCap(place) {
    const { projects, costs } = this.electorate;
    return (this.options.caps ?? []).some((cap) => {
      if (!isUnder(projects[place], cap)) return false;
      const spent = this.telling.winners.filter((winner) => isUnder(projects[winner], cap));
      return spent.reduce((sum, winner) => sum + costs[winner], costs[place]) > cap.limit;
    });
  }
}

function isUnder(project, { kind, name }) {
  return kind === "area" ? project.area === name : project.categories.includes(name);
}
