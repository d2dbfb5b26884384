// Tells what a recount came to, with the page's own sentences and parts.

import { Fraction } from "./recount/fraction.js";

const KINDS = { same: "success", same_marks: "success", different: "error", partly: "info", cannot: "warning" };
const ALARMING = ["file_changed", "other_lot"];
const MONEY = ["budget", "cost", "ballot_sum", "left_before", "left_after", "total_cost", "left", "raised_by"];
const EXACT = ["score", "supporters_money"];
const FACTS = ["ballots", "projects", "winners", "raises"];

export class Told {
  constructor(section) {
    this.words = JSON.parse(section.dataset.words);
    this.place = document.getElementById("recount-told");
    this.status = document.getElementById("recount-state");
    this.language = document.documentElement.lang === "en" ? "en-GB" : "da-DK";
    this.clear();
  }

  clear() {
    this.place.replaceChildren();
    this.verdicts = [];
  }

  know(titles, currency) {
    this.titles = titles;
    this.amountIn = this.words.amounts[currency] ?? `0 ${currency}`;
  }

  state(name, values = {}) {
    const words = filled(this.words.states[name], { ...values, so_far: this.#number(values.so_far ?? 0) });
    if (this.status.textContent !== words) this.status.textContent = words;
  }

  pot(verdict) {
    this.verdicts.push(verdict.verdict);
    const notice = this.#notice(KINDS[verdict.verdict], verdict.pot, this.words.verdicts[verdict.verdict]);
    notice.append(...this.#body(verdict));
  }

  // The state that sums up all pots: the worst of them.
  sum() {
    const worst = ["different", "cannot", "partly"].find((one) => this.verdicts.includes(one)) ?? "same";
    return `done_${worst}`;
  }

  trouble({ code, values = {} }) {
    const kind = ALARMING.includes(code) ? "error" : "warning";
    this.#notice(kind, null, filled(this.words.troubles[code] ?? this.words.troubles.no_bundle, values));
    return kind === "error" ? "file_wrong" : "not_done";
  }

  #notice(kind, pot, words) {
    const part = document.getElementById(`recount-${kind}`).content.cloneNode(true);
    const place = part.querySelector(".notice-words");
    place.replaceChildren(...(pot ? [element("h3", pot, "notice-heading")] : []), element("p", words));
    this.place.append(part);
    return place;
  }

  #body({ verdict, facts, checked, difference, code, values }) {
    if (verdict.startsWith("same")) return [this.#list(this.#facts(facts))];
    if (verdict === "different") return [this.#list(this.#difference(difference)), element("p", this.words.what_now)];
    if (verdict === "partly") return [points(checked.map((one) => this.words.checked[one])), element("p", this.words.not_checked)];
    const rule = this.words.rules[values.rule] ?? values.rule;
    return [element("p", filled(this.words.troubles[code] ?? this.words.troubles.no_election, { ...values, rule }))];
  }

  #facts(facts) {
    const known = FACTS.filter((name) => facts[name] !== null && facts[name] !== undefined);
    return known.map((name) => [this.words.facts[name], this.#number(facts[name])]);
  }

  #difference({ what, step, project, place, ours, theirs }) {
    const { labels } = this.words;
    return [
      ...(step ? [[labels.step, this.#number(step)]] : []),
      ...(project ? [[labels.project, this.#title(project)]] : []),
      [labels.what, filled(this.words.differences[what], { place })],
      ...this.#sides(what, ours, theirs).map((words, at) => [at ? labels.theirs : labels.ours, words]),
    ];
  }

  // Numbers that only differ far behind the point are shown as exact fractions.
  #sides(what, ours, theirs) {
    const sides = [ours, theirs].map((one) => this.#value(what, one));
    return sides[0] === sides[1] ? [ours, theirs].map((one) => JSON.stringify(one)) : sides;
  }

  #value(what, value) {
    if (value === null || value === undefined) return this.words.nothing;
    if (MONEY.includes(what)) return this.#amount(value);
    if (EXACT.includes(what)) return this.#decimal(value, what === "supporters_money");
    if (what === "note") return this.words.notes[value] ?? value;
    if (what === "project_id" || what === "winner") return this.#title(value);
    if (what === "tie") return this.#tie(value);
    if (what === "selected") return value ? this.words.yes : this.words.no;
    if (Array.isArray(value)) return value.map((one) => this.#title(one)).join(", ") || this.words.nothing;
    return typeof value === "number" ? this.#number(value) : value;
  }

  #tie({ project_ids: ids, chosen }) {
    return filled(this.words.tie, { all: ids.map((one) => this.#title(one)).join(", "), chosen: this.#title(chosen) });
  }

  #title(id) {
    return this.titles[id] ?? id;
  }

  #decimal(text, isMoney) {
    const number = Fraction.read(text).rounded;
    return isMoney ? this.#amount(number) : this.#number(number);
  }

  #amount(oere) {
    const isWhole = Number.isInteger(oere / 100);
    return this.amountIn.replace("0", this.#number(oere / 100, isWhole ? 0 : 2));
  }

  #number(number, decimals = null) {
    const behind = decimals === null ? { maximumFractionDigits: 6 } : { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    return number.toLocaleString(this.language, behind);
  }

  #list(rows) {
    const list = element("dl", "", "recount-facts");
    for (const [name, value] of rows) {
      const row = element("div");
      row.append(element("dt", name), element("dd", value));
      list.append(row);
    }
    return list;
  }
}

function points(lines) {
  const list = element("ul");
  list.append(...lines.map((line) => element("li", line)));
  return list;
}

function element(name, text = "", kind = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

function filled(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}
