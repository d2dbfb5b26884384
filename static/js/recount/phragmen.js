// Phragmen's sequential rule: spread the cost so that nobody carries much.
//
// With x(p) = (cost + loads of the supporters) / number of supporters, the project with the least
// x is funded and its supporters' loads become x. It ends when a next choice (any of those tied)
// would cost more than is left; with `skip` that project is passed over instead. After equal
// shares the voters begin with what they have left, which is a load below zero.

import { Fraction, commonMultiple, least } from "./fraction.js";

export function* countPhragmen(telling, settings, chain, note, accounts = null) {
  const loads = new Loads(telling.electorate, accounts);
  let standing = telling.waiting();
  while (standing.length > 0) {
    const mean = new Map(standing.map((place) => [place, loads.mean(place)]));
    const lowest = least([...mean.values()]);
    const level = chain.ordered(standing.filter((place) => mean.get(place).compare(lowest) === 0));
    const tooDear = level.filter((place) => telling.electorate.costs[place] > telling.left);
    if (tooDear.length > 0) {
      for (const place of tooDear) telling.pass(place, shown(lowest), settings.skip ? "passed_over" : "stopped");
      if (!settings.skip) return;
      standing = standing.filter((place) => !tooDear.includes(place));
      continue;
    }
    const [first] = level;
    if (level.length > 1) telling.ties.push(chain.settle(telling.number, level, shown(lowest)));
    telling.fund(first, shown(lowest), note);
    loads.take(first, lowest);
    standing = standing.filter((place) => place !== first);
    yield telling.number;
  }
}

// 1/x, so that more is better; a load of 0 or less is shown as it is.
function shown(load) {
  return load.over > 0n ? load.turned() : load;
}

// Voters who were last loaded together carry the same: one entry, a whole number over `under`.
class Loads {
  constructor(electorate, accounts) {
    this.electorate = electorate;
    this.entry = accounts ? Int32Array.from(accounts.of) : new Int32Array(electorate.groups.length);
    this.whole = accounts ? accounts.whole.map((own) => -own) : [0n];
    this.under = accounts ? accounts.under : 1n;
  }

  mean(place) {
    const { group, many } = this.electorate.supporters[place];
    const heads = new Map();
    for (let at = 0; at < group.length; at++) {
      const entry = this.entry[group[at]];
      heads.set(entry, (heads.get(entry) ?? 0) + many[at]);
    }
    let [sum, all] = [BigInt(this.electorate.costs[place]) * this.under, 0n];
    for (const [entry, number] of heads) {
      sum += this.whole[entry] * BigInt(number);
      all += BigInt(number);
    }
    return new Fraction(sum, all * this.under);
  }

  take(place, load) {
    const under = commonMultiple(this.under, load.under);
    this.whole = this.whole.map((own) => own * (under / this.under));
    this.whole.push(load.over * (under / load.under));
    this.under = under;
    for (const group of this.electorate.supporters[place].group) this.entry[group] = this.whole.length - 1;
  }
}
