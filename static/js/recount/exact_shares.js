// What every voter has left, exactly. Voters with the same past share an account, and all
// accounts are whole numbers over one denominator.

import { Fraction, commonMultiple } from "./fraction.js";

export class Accounts {
  constructor(electorate, of, whole, under) {
    Object.assign(this, { electorate, of, whole, under });
  }

  // Everybody begins with B/n and what was added.
  static beginning(electorate, added) {
    const voters = BigInt(Math.max(1, electorate.voters));
    const of = new Int32Array(electorate.groups.length);
    return new Accounts(electorate, of, [BigInt(electorate.budget) + BigInt(added) * voters], voters);
  }

  // The supporters of a project: how many have which account and which level.
  backing(place) {
    const { group, level, many } = this.electorate.supporters[place];
    const found = new Map();
    for (let at = 0; at < group.length; at++) {
      const key = this.electorate.isFlat ? this.of[group[at]] : `${this.of[group[at]]} ${level[at]}`;
      const same = found.get(key);
      if (same) same.many += many[at];
      else found.set(key, { account: this.of[group[at]], level: level[at], many: many[at] });
    }
    return [...found.values()].map(({ account, level: own, many: size }) => ({
      own: this.whole[account],
      level: BigInt(own),
      many: BigInt(size),
    }));
  }

  money(place) {
    const total = this.backing(place).reduce((sum, { own, many }) => sum + own * many, 0n);
    return new Fraction(total, this.under);
  }

  // The least price per level that makes the supporters pay the project; null if they cannot.
  // Suppose nobody is short. Whoever then has too little pays all they have, which raises the
  // price for the rest, until nobody more is short. No step goes above the true price.
  price(place) {
    let rich = this.backing(place);
    let missing = BigInt(this.electorate.costs[place]) * this.under;
    for (;;) {
      const levels = rich.reduce((sum, { level, many }) => sum + level * many, 0n);
      if (levels === 0n) return null;
      const needed = missing;
      const [short, others] = parted(rich, ({ own, level }) => own * levels < needed * level);
      if (short.length === 0) return new Fraction(needed, levels * this.under);
      missing -= short.reduce((sum, { own, many }) => sum + own * many, 0n);
      rich = others;
    }
  }

  // rho: the price per utility.
  rho(place) {
    const price = this.price(place);
    return price && new Fraction(price.over, price.under * BigInt(this.electorate.factors[place]));
  }

  // The accounts after the supporters have paid so much per level; these here stay as they are.
  paid(place, price) {
    const under = commonMultiple(this.under, price.under);
    const [scale, perLevel] = [under / this.under, price.over * (under / price.under)];
    const { group, level } = this.electorate.supporters[place];
    const taken = new Map();
    for (let at = 0; at < group.length; at++) taken.set(group[at], level[at]);
    const [of, whole, numbers] = [new Int32Array(this.of.length), [], new Map()];
    this.of.forEach((account, one) => {
      const own = taken.get(one) ?? 0;
      const key = `${account} ${own}`;
      if (!numbers.has(key)) {
        numbers.set(key, whole.length);
        const rest = this.whole[account] * scale - perLevel * BigInt(own);
        whole.push(rest > 0n ? rest : 0n);
      }
      of[one] = numbers.get(key);
    });
    return new Accounts(this.electorate, of, whole, under);
  }
}

function parted(list, is) {
  const sides = [[], []];
  for (const one of list) sides[is(one) ? 0 : 1].push(one);
  return sides;
}
