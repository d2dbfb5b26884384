// Gathers what a rule does, step by step, in the words of a published result.

export class Telling {
  constructor(electorate) {
    this.electorate = electorate;
    this.left = electorate.budget;
    this.winners = [];
    this.steps = [];
    this.ties = [];
    this.remarks = [];
    this.falls = new Map();
    this.end = { increments: null, raised_by: 0, stopped_by: null };
  }

  // The number of the next step.
  get number() {
    return this.steps.length + 1;
  }

  // A step that gives a project its cost, or a smaller part.
  fund(place, score, note, granted = this.electorate.costs[place]) {
    this.winners.push(place);
    this.#step(place, score, note, Math.max(0, this.left - granted));
  }

  pass(place, score, note) {
    this.#step(place, score, note, this.left);
  }

  // The supporters cannot pay any more: when, with how much money, and what score it had last.
  fall(place, step, money, score) {
    this.falls.set(place, { step, money, score });
  }

  waiting() {
    return this.electorate.candidates.filter((place) => !this.winners.includes(place));
  }

  get spent() {
    return this.steps.reduce((sum, step) => sum + step.paid, 0);
  }

  #step(place, score, note, leftAfter) {
    const paid = this.winners.at(-1) === place ? this.electorate.costs[place] : 0;
    this.steps.push({
      number: this.number,
      project_id: this.electorate.idOf(place),
      note,
      score,
      left_before: this.left,
      left_after: leftAfter,
      paid: note === "in_part" ? this.left : paid,
    });
    this.left = leftAfter;
  }
}
