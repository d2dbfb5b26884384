// Checks a pot's .pb file alone: its META says how it is counted, and marks who got money. It says
// less than a bundle: neither steps nor amounts.

import { count } from "./counting.js";
import { settingsOf } from "./meta_rules.js";
import { readElection } from "./pabulib.js";
import { Refused } from "./refused.js";

const BEGINNING = /^\ufeff?\s*META\s/;
const YES = "1";

// The file as a pot, to be checked; null if the bytes are something else.
export function readBallotsFile(buffer, fingerprint) {
  const text = new TextDecoder().decode(buffer);
  if (!BEGINNING.test(text)) return null;
  const election = readElection(text);
  if (election.meta.get("rulebook_sha256") !== fingerprint) throw new Refused("other_round");
  return {
    election,
    name: election.meta.get("description") ?? "",
    title: Object.fromEntries(election.projects.map((project) => [project.id, project.name])),
    currency: election.currency,
  };
}

// A generator like that of a bundle's pot, with a verdict on votes and on who gets money.
export function* checkBallotsFile({ election }) {
  try {
    const ours = yield* count(election, settingsOf(election.meta, election.unit));
    const difference = differenceIn(election, ours);
    if (difference) return { verdict: "different", difference };
    return { verdict: "same_marks", facts: factsOf(election, ours) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { verdict: "cannot", code: error.code, values: error.values };
  }
}

function differenceIn(election, ours) {
  for (const { id: project, votes, selected } of election.projects) {
    const mine = ours.projects[project].votes;
    if (votes !== "" && Number(votes) !== mine) return { what: "votes", project, ours: mine, theirs: Number(votes) };
    const isWinner = ours.winners.includes(project);
    if ((selected === YES) !== isWinner) return { what: "selected", project, ours: isWinner, theirs: !isWinner };
  }
  return null;
}

function factsOf(election, ours) {
  return {
    ballots: election.voters,
    projects: election.projects.length,
    winners: ours.winners.length,
    raises: ours.increments,
  };
}
