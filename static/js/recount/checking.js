// Checks one pot: counts its ballots again where they are public, and else whatever can be checked.

import { firstInvalid } from "./ballot_rules.js";
import { firstDifference } from "./comparing.js";
import { count } from "./counting.js";
import { checkPartly, electionOfGroups } from "./partly.js";
import { readElection } from "./pabulib.js";
import { Refused } from "./refused.js";
import { settingsOf } from "./rules.js";

// A generator that gives way while it counts; returns a verdict: same, different, partly, cannot.
export function* checkPot(pot, rulebook, seed) {
  try {
    const settings = settingsOf(rulebook.tally, seed, pot);
    const election = electionOf(pot, rulebook);
    if (!election) return checkPartly(pot, rulebook, settings);
    const difference = misfit(election, pot, rulebook) ?? (yield* countDifference(election, settings, pot.said));
    return difference ? { verdict: "different", difference } : { verdict: "same", facts: factsOf(pot) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { verdict: "cannot", code: error.code, values: error.values };
  }
}

function* countDifference(election, settings, said) {
  return firstDifference(yield* count(election, settings), said) ?? wronglyMarked(election, said);
}

function factsOf(pot) {
  return {
    ballots: pot.numbers.ballots_valid,
    projects: pot.listed.length,
    winners: pot.said.winners.length,
    raises: pot.said.increments,
  };
}

function electionOf(pot, rulebook) {
  if (pot.ballots === null) return pot.groups && electionOfGroups(pot, rulebook);
  const election = readElection(pot.ballots);
  const listed = new Map(pot.listed.map((project) => [project.id, project]));
  for (const project of election.projects) {
    project.area = listed.get(project.id)?.area ?? project.area;
    project.categories = listed.get(project.id)?.categories ?? project.categories;
  }
  return election;
}

// What must hold before the count: the money, the projects and the ballots are the round's own.
function misfit(election, pot, rulebook) {
  if (election.unit !== 100 || election.budget !== pot.budget) {
    return { what: "budget", ours: election.budget, theirs: pot.budget };
  }
  if (election.voters !== pot.numbers.ballots_valid) {
    return { what: "voters", ours: election.voters, theirs: pot.numbers.ballots_valid };
  }
  return otherProject(election, pot) ?? firstInvalid(election, rulebook.ballot);
}

function otherProject(election, pot) {
  const here = new Map(election.projects.map((project) => [project.id, project.cost]));
  const listed = new Map(pot.listed.map((project) => [project.id, project.cost_oere]));
  for (const project of new Set([...listed.keys(), ...here.keys()])) {
    const [ours, theirs] = [here.get(project) ?? null, listed.get(project) ?? null];
    if (ours !== theirs) return { what: "cost", project, ours, theirs };
  }
  return null;
}

// The ballots' own file marks who got money.
function wronglyMarked(election, said) {
  for (const { id, selected } of election.projects) {
    const isWinner = said.winners.includes(id);
    if (selected !== undefined && (selected !== "" && selected !== "0") !== isWinner) {
      return { what: "selected", project: id, ours: isWinner, theirs: !isWinner };
    }
  }
  return null;
}
