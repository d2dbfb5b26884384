// Exact numbers: a whole number over a whole number, never rounded.

export class Fraction {
  constructor(over, under = 1n) {
    const shared = divisor(over < 0n ? -over : over, under);
    this.over = over / shared;
    this.under = under / shared;
  }

  // "3/8" as it stands in published files, or null where nothing stands.
  static read(text) {
    if (text === null || text === undefined) return null;
    const [over, under = "1"] = String(text).split("/");
    return new Fraction(BigInt(over), BigInt(under));
  }

  // "0.8" or "4/5" or "80": a share as rules write it.
  static share(text) {
    const [over, under = "1"] = String(text).split("/");
    const [whole, decimals = ""] = over.split(".");
    return new Fraction(BigInt(whole + decimals), BigInt(under) * 10n ** BigInt(decimals.length));
  }

  compare(other) {
    const [mine, theirs] = [this.over * other.under, other.over * this.under];
    return mine < theirs ? -1 : mine > theirs ? 1 : 0;
  }

  turned() {
    return this.over < 0n ? new Fraction(-this.under, -this.over) : new Fraction(this.under, this.over);
  }

  // The nearest floating point number, or one close by.
  get rounded() {
    const shift = BigInt(Math.max(0, this.under.toString(16).length * 4 - this.over.toString(16).length * 4 + 64));
    const [cut, power] = shortened((this.over << shift) / this.under, Number(shift));
    return Number(cut) * 2 ** -power;
  }

  toString() {
    return `${this.over}/${this.under}`;
  }
}

export function divisor(one, other) {
  while (other) [one, other] = [other, one % other];
  return one || 1n;
}

export function commonMultiple(one, other) {
  return (one / divisor(one, other)) * other;
}

export function least(values) {
  return values.reduce((low, one) => (one.compare(low) < 0 ? one : low));
}

function shortened(number, power) {
  const extra = Math.max(0, number.toString(16).length * 4 - 64);
  return [number >> BigInt(extra), power - extra];
}
