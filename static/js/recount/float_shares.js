// Equal shares in floating point, with a bound on how wrong it can be. It never decides between
// projects that are closer than the bound: then it answers with all of them, and exact numbers
// decide (exact_shares.js).
//
// The bound, `mass`, is on the sum over all voters of |balance here - true balance|. A purchase
// maps balances b to max(0, b - price x level), where the price makes the payments add up to the
// cost. That map keeps order (who has more before has at least as much after), and it lowers the
// sum by a number that is the same for all b; hence it never carries two sets of balances further
// apart (Crandall and Tartar, Proceedings of the AMS 78, 1980). So `mass` grows only by what is
// rounded in one purchase, and by how far the payments here miss the cost.
//
// If balances are wrong by `mass` in all, the money that a project's supporters pay at a given
// price is wrong by no more. The true price therefore lies between the prices at which they here
// would pay a little less and a little more than the cost.

const EPSILON = 2 ** -52;

export class FloatShares {
  constructor(electorate, added) {
    this.electorate = electorate;
    const first = electorate.budget / Math.max(1, electorate.voters) + added;
    this.first = first;
    this.balance = new Float64Array(electorate.groups.length).fill(first);
    this.mass = 4 * EPSILON * first * electorate.voters;
    this.standing = new Set(electorate.candidates);
    this.low = electorate.costs.map((cost, place) => (cost / (electorate.strength[place] * electorate.factors[place])) * (1 - 8 * EPSILON));
    this.found = [];
    this.bought = [];
  }

  // The places that may have the least rho, and those that may or may not be payable.
  inFront() {
    const waiting = [...this.standing].sort((one, other) => this.low[one] - this.low[other]);
    let [most, level] = [Infinity, []];
    for (const place of waiting) {
      if (this.low[place] > most) break;
      const bounds = this.#bounds(place);
      if (bounds === null) this.standing.delete(place);
      else {
        this.low[place] = Math.max(this.low[place], bounds.low);
        this.found[place] = bounds;
        most = Math.min(most, bounds.high);
        level.push(place);
      }
    }
    return level.filter((place) => this.low[place] <= most);
  }

  // Nobody is short, whatever the rounding: then rho is cost / (strength x factor).
  isUnstrained(place) {
    return this.found[place].isUnstrained;
  }

  priceOf(place) {
    return this.found[place].price;
  }

  buy(place, price) {
    const { group, level, many } = this.electorate.supporters[place];
    const cost = this.electorate.costs[place];
    let [paid, heads] = [0, 0];
    for (let at = 0; at < group.length; at++) {
      const own = this.balance[group[at]];
      const pays = Math.min(own, price * level[at]);
      this.balance[group[at]] = own - pays;
      paid += many[at] * pays;
      heads += many[at];
    }
    this.mass += Math.abs(paid - cost) + this.#rounding(place) + 4 * EPSILON * this.first * heads;
    this.standing.delete(place);
    this.bought.push(place);
  }

  // Whether the supporters may have too little to pay the project.
  mayFall(place) {
    const { group, many } = this.electorate.supporters[place];
    const cost = this.electorate.costs[place];
    let money = 0;
    for (let at = 0; at < group.length; at++) money += many[at] * this.balance[group[at]];
    return money < cost + this.mass + 4 * EPSILON * (group.length + 16) * cost;
  }

  #rounding(place) {
    return 2 * EPSILON * (this.electorate.supporters[place].group.length + 16) * this.electorate.costs[place];
  }

  // Bounds on rho; null if the supporters surely cannot pay. An upper bound of Infinity says that
  // it is not sure that they can.
  #bounds(place) {
    const cost = this.electorate.costs[place];
    const factor = this.electorate.factors[place];
    const slack = this.mass + this.#rounding(place);
    const begin = this.low[place] * factor;
    const at = this.#priceThatPays(place, cost, begin);
    const little = at.rich ? at.price - (2 * slack) / at.rich : this.#priceThatPays(place, cost - slack, begin).price;
    if (little === Infinity) return null;
    const isSteady = at.rich && at.price + (2 * slack) / at.rich <= at.next;
    const much = isSteady ? at.price + (2 * slack) / at.rich : this.#priceThatPays(place, cost + slack, begin).price;
    return {
      low: (little / factor) * (1 - 8 * EPSILON),
      high: (much / factor) * (1 + 8 * EPSILON),
      price: at.price,
      isUnstrained: isSteady && at.isWhole && at.next - this.mass > much * (1 + 8 * EPSILON),
    };
  }

  // The price per level at which the supporters pay `wanted`: first as if nobody were short, then
  // whoever is pays all they have, until nobody more is. `next` is the price at which the next
  // one would be short, `rich` the levels of those who are not.
  #priceThatPays(place, wanted, begin) {
    const { group, level, many } = this.electorate.supporters[place];
    let price = begin;
    for (;;) {
      let [poor, short, rich, next] = [0, 0, 0, Infinity];
      for (let at = 0; at < group.length; at++) {
        const own = this.balance[group[at]];
        if (own < price * level[at]) {
          poor += many[at] * own;
          short += 1;
        } else {
          rich += many[at] * level[at];
          const limit = own / level[at];
          if (limit < next) next = limit;
        }
      }
      if (rich === 0) return { price: poor >= wanted ? price : Infinity, rich, next, isWhole: false };
      const raised = (wanted - poor) / rich;
      if (raised <= next) return { price: raised, rich, next, isWhole: short === 0 };
      price = raised;
    }
  }
}
