// Settles ties by a chain that is given before the count: cost (the cheapest), votes (the most),
// id, lot:SEED, refuse. Each link settles what the links before it left open; last the id.
//
// The lot is the order of SHA-256("SEED:project id"). The seed's own fingerprint stood in the
// rules before the first ballot, so nobody could choose a seed that suits them.

import { byCharacters } from "./electorate.js";
import { Refused } from "./refused.js";
import { sha256OfText } from "./sha256.js";

export class Chain {
  constructor(text, electorate) {
    this.electorate = electorate;
    this.links = linksOf(text);
    this.keys = electorate.projects.map((project, place) => this.links.map((link) => keyOf(link, project, electorate.votes[place])));
    const order = electorate.projects.map((_, place) => place).sort((one, other) => this.#compare(one, other));
    this.rank = [];
    order.forEach((place, rank) => (this.rank[place] = rank));
  }

  // The places with the first of them in front.
  ordered(places) {
    return [...places].sort((one, other) => this.rank[one] - this.rank[other]);
  }

  // What a result must say about projects that stand level with this value.
  settle(step, places, value) {
    const [chosen, ...others] = this.ordered(places);
    const link = this.links[Math.max(...others.map((other) => this.#partedAt(chosen, other)))];
    if (link === "refuse") throw new Refused("tie_left_open");
    const ids = places.map((place) => this.electorate.idOf(place)).sort(byCharacters);
    return { step, project_ids: ids, value, link, chosen: this.electorate.idOf(chosen) };
  }

  #compare(one, other) {
    const at = this.keys[one].findIndex((key, link) => key !== this.keys[other][link]);
    return at < 0 ? one - other : order(this.keys[one][at], this.keys[other][at]);
  }

  #partedAt(one, other) {
    const at = this.keys[one].findIndex((key, link) => key !== this.keys[other][link]);
    return at < 0 ? this.links.length - 1 : at;
  }
}

function linksOf(text) {
  const links = text.split(",").map((link) => link.trim()).filter(Boolean);
  const unknown = links.find((link) => !/^(cost|votes|id|refuse|lot:.+)$/s.test(link));
  if (unknown) throw new Refused("unknown_rule", { rule: unknown });
  return links.includes("id") || links.includes("refuse") ? links : [...links, "id"];
}

function keyOf(link, project, votes) {
  if (link === "cost") return project.cost;
  if (link === "votes") return -votes;
  if (link === "id") return project.id;
  return link === "refuse" ? 0 : sha256OfText(`${link.slice("lot:".length)}:${project.id}`);
}

function order(one, other) {
  return typeof one === "string" ? byCharacters(one, other) : one - other;
}
