// Equal shares (Peters, Pierczynski, Skowron 2021): every voter begins with B/n. For a project
// that its supporters can pay, rho is the least number with
//     sum over its supporters of min(balance, rho x utility) = cost.
// The project with the least rho is bought, and so on until none can be paid. Completion add1
// gives everybody a little more each time, until the outcome would cost too much; the one before
// that stands. The outcome does not grow steadily, so no raise is left out.

import { Accounts } from "./exact_shares.js";
import { FloatShares } from "./float_shares.js";
import { least } from "./fraction.js";
import { complete, compared } from "./completions.js";
import { Telling } from "./telling.js";

const MOST_RUNS = 1_000_000;

export function* countEqualShares(electorate, settings, chain) {
  const increment = settings.increment ?? electorate.election.unit;
  const isRaised = settings.completion.startsWith("add1");
  let [raises, why] = [0, "no_one_can_pay"];
  if (isRaised) [raises, why] = yield* raiseShares(electorate, settings, chain, increment);
  const telling = new Telling(electorate);
  const accounts = yield* tell(electorate, chain, raises * increment, telling);
  telling.end = {
    increments: isRaised ? raises + (why === "over_budget" ? 1 : 0) : null,
    raised_by: raises * increment,
    stopped_by: why,
  };
  if (why === "cap_on_runs") telling.remarks.push("cap_on_runs_reached");
  complete(telling, settings, chain, accounts);
  return compared(telling, settings, chain);
}

// How many raises the outcome that stands has, and why raising ended there.
function* raiseShares(electorate, settings, chain, increment) {
  const mostRuns = settings.most_runs ?? MOST_RUNS;
  let bought = run(electorate, chain, 0);
  for (let raises = 0; ; raises++) {
    const why = ends(electorate, settings.stop, bought);
    if (why) return [raises, why];
    if (raises >= mostRuns) return [raises, "cap_on_runs"];
    const following = run(electorate, chain, (raises + 1) * increment);
    if (costOf(electorate, following) > electorate.budget) return [raises, "over_budget"];
    bought = following;
    yield raises + 1;
  }
}

function ends(electorate, stop, bought) {
  const waiting = electorate.candidates.filter((place) => !bought.includes(place));
  if (waiting.length === 0) return "all_funded";
  const left = electorate.budget - costOf(electorate, bought);
  const nothingFits = Math.min(...waiting.map((place) => electorate.costs[place])) > left;
  return stop === "exhaustive" && nothingFits ? "nothing_more_fits" : null;
}

function costOf(electorate, places) {
  return places.reduce((sum, place) => sum + electorate.costs[place], 0);
}

// What is bought with so much added; a run that goes over the limit ends there.
function run(electorate, chain, added) {
  const shares = new FloatShares(electorate, added);
  const exact = new ExactSide(electorate, shares, added);
  let spent = 0;
  while (spent <= electorate.budget) {
    const [place, price] = next(electorate, chain, shares, exact);
    if (place === null) break;
    shares.buy(place, price);
    spent += electorate.costs[place];
  }
  return shares.bought;
}

function next(electorate, chain, shares, exact) {
  for (;;) {
    const front = shares.inFront();
    if (front.length === 0) return [null];
    const isSure = front.length === 1 && shares.found[front[0]].high < Infinity;
    if (isSure) return [front[0], shares.priceOf(front[0])];
    if (front.every((place) => shares.isUnstrained(place))) {
      const place = firstUnstrained(electorate, chain, front);
      return [place, shares.priceOf(place)];
    }
    const level = exact.level(front);
    if (level.length > 0) {
      const [place] = chain.ordered(level);
      return [place, exact.accounts.price(place).rounded];
    }
  }
}

// While nobody is short, rho is cost / (strength x factor), and whole numbers tell who has the least.
function firstUnstrained(electorate, chain, front) {
  const { costs, strength, factors } = electorate;
  const worth = (place) => BigInt(strength[place]) * BigInt(factors[place]);
  return chain.ordered(front).reduce((first, place) => {
    const [mine, best] = [BigInt(costs[place]) * worth(first), BigInt(costs[first]) * worth(place)];
    return mine < best ? place : first;
  });
}

// The same run in exact numbers, brought up to date when it is asked.
class ExactSide {
  constructor(electorate, shares, added) {
    Object.assign(this, { electorate, shares, added, accounts: null, replayed: 0 });
  }

  // Those of the places that exactly share the least rho; who cannot pay stands no more.
  level(places) {
    this.#catchUp();
    const rho = new Map(places.map((place) => [place, this.accounts.rho(place)]));
    for (const [place, value] of rho) if (value === null) this.shares.standing.delete(place);
    const payable = places.filter((place) => rho.get(place) !== null);
    if (payable.length === 0) return [];
    const lowest = least(payable.map((place) => rho.get(place)));
    return payable.filter((place) => rho.get(place).compare(lowest) === 0);
  }

  #catchUp() {
    this.accounts ??= Accounts.beginning(this.electorate, this.added);
    for (; this.replayed < this.shares.bought.length; this.replayed++) {
      const place = this.shares.bought[this.replayed];
      this.accounts = this.accounts.paid(place, this.accounts.price(place));
    }
  }
}

// The run that stands, exactly: every price, every tie, and when each of the others fell.
function* tell(electorate, chain, added, telling) {
  const shares = new FloatShares(electorate, added);
  let accounts = Accounts.beginning(electorate, added);
  fallAtOnce(electorate, accounts, shares, telling);
  for (;;) {
    const front = shares.inFront();
    if (front.length === 0) return accounts;
    const rho = new Map(front.map((place) => [place, accounts.rho(place)]));
    const lowest = least([...rho.values()]);
    const level = front.filter((place) => rho.get(place).compare(lowest) === 0);
    if (level.length > 1) telling.ties.push(chain.settle(telling.number, level, lowest.turned()));
    const [place] = chain.ordered(level);
    const price = accounts.price(place);
    const after = accounts.paid(place, price);
    shares.buy(place, price.rounded);
    noteFalls(accounts, after, shares, telling);
    telling.fund(place, lowest.turned(), "funded");
    accounts = after;
    yield telling.number;
  }
}

function fallAtOnce(electorate, accounts, shares, telling) {
  for (const place of electorate.candidates) {
    const money = accounts.money(place);
    if (isTooLittle(money, electorate.costs[place])) drop(place, shares, telling, [0, money, null]);
  }
}

function noteFalls(before, after, shares, telling) {
  for (const place of shares.standing) {
    if (!shares.mayFall(place)) continue;
    const money = after.money(place);
    if (!isTooLittle(money, before.electorate.costs[place])) continue;
    drop(place, shares, telling, [telling.number, money, before.rho(place).turned()]);
  }
}

function drop(place, shares, telling, fall) {
  telling.fall(place, ...fall);
  shares.standing.delete(place);
}

function isTooLittle(money, cost) {
  return money.over < BigInt(cost) * money.under;
}
