// What this page cannot do or will not believe: a code for the sentence, and what it names.

export class Refused extends Error {
  constructor(code, values = {}) {
    super(code);
    this.code = code;
    this.values = values;
  }
}
