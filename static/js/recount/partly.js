// Where the rules keep ballots back: what can still be checked from what is public.
//
// Ballots in groups without a heap of rare ones are all the ballots. Else the groups must fit the
// numbers; by the greedy rule the whole walk follows from the numbers; and money must add up.

import { firstDifference } from "./comparing.js";
import { inWords } from "./counting.js";
import { Electorate, byCharacters } from "./electorate.js";
import { Fraction } from "./fraction.js";
import { countGreedy } from "./greedy.js";
import { Chain } from "./ties.js";

const PAYING = ["funded", "completion", "reserve", "in_part"];
const POINTED = ["cumulative", "scoring"];

// The groups as an election where they hold every ballot, else null.
export function electionOfGroups(pot, rulebook) {
  const lacksPoints = POINTED.includes(rulebook.ballot.ballot_type) && pot.groups.patterns.some((one) => !one.points);
  if (pot.groups.others > 0 || lacksPoints) return null;
  return {
    ...electionWithout(pot),
    ballotType: rulebook.ballot.ballot_type,
    voters: pot.groups.patterns.reduce((sum, one) => sum + one.ballots, 0),
    ballots: pot.groups.patterns.map((one) => ({ choices: one.choices, points: one.points ?? null, many: one.ballots })),
  };
}

export function checkPartly(pot, rulebook, settings) {
  const checked = ["money"];
  const difference =
    moneyDifference(pot) ??
    (pot.groups && groupDifference(pot, checked)) ??
    (settings.rule === "greedy" ? walkDifference(pot, settings, checked) : null);
  return difference ? { verdict: "different", difference } : { verdict: "partly", checked };
}

function electionWithout(pot) {
  const projects = pot.listed.map(({ id, cost_oere: cost, area = "", categories = [] }) => ({ id, cost, area, categories }));
  return { budget: pot.budget, unit: 100, projects };
}

function moneyDifference({ said, budget, listed, numbers }) {
  const cost = new Map(listed.map((project) => [project.id, project.cost_oere]));
  if (said.voters !== numbers.ballots_valid) return { what: "voters", ours: numbers.ballots_valid, theirs: said.voters };
  if (said.budget_limit !== budget) return { what: "budget", ours: budget, theirs: said.budget_limit };
  for (const [project, ours] of cost) {
    const theirs = said.reasons[project]?.cost ?? null;
    if (ours !== theirs) return { what: "cost", project, ours, theirs };
  }
  return stepDifference(said, budget, cost);
}

function stepDifference(said, budget, cost) {
  let left = budget;
  const winners = [];
  for (const { number: step, project_id: project, note, left_before: before, left_after: after } of said.steps) {
    if (before !== left) return { what: "left_before", step, project, ours: left, theirs: before };
    const isPaid = PAYING.includes(note);
    if (isPaid) winners.push(project);
    left -= isPaid ? Math.min(left, cost.get(project)) : 0;
    if (after !== left) return { what: "left_after", step, project, ours: left, theirs: after };
  }
  if (said.left !== left) return { what: "left", ours: left, theirs: said.left };
  const at = winners.findIndex((project, place) => project !== said.winners[place]);
  if (at < 0 && winners.length === said.winners.length) return null;
  const place = at < 0 ? winners.length : at;
  return { what: "winner", place: place + 1, ours: winners[place] ?? null, theirs: said.winners[place] ?? null };
}

// The groups and the heap of rare ones are all ballots, and no project has fewer votes than the
// groups give it, or more than the heap could add.
function groupDifference({ groups, numbers, said, listed }, checked) {
  checked.push("groups");
  const shown = groups.patterns.reduce((sum, one) => sum + one.ballots, 0);
  if (shown + groups.others !== numbers.ballots_valid) {
    return { what: "voters", ours: shown + groups.others, theirs: numbers.ballots_valid };
  }
  for (const { id: project } of listed) {
    const naming = groups.patterns.filter((one) => names(one, project));
    const least = naming.reduce((sum, one) => sum + one.ballots, 0);
    const votes = said.reasons[project].votes;
    const isPossible = votes >= least && votes <= least + groups.others;
    if (!isPossible) return { what: "votes", project, ours: `${least}-${least + groups.others}`, theirs: votes };
  }
  return null;
}

// A ballot that gives a project 0 points does not vote for it.
function names({ choices, points }, project) {
  const at = choices.indexOf(project);
  return at >= 0 && (!points || points[at] > 0);
}

// By the greedy rule who gets money follows from the numbers alone.
function walkDifference(pot, settings, checked) {
  checked.push("walk");
  const election = electionWithout(pot);
  const projects = election.projects.sort((one, other) => byCharacters(one.id, other.id));
  const reasons = projects.map((project) => pot.said.reasons[project.id]);
  const factors = projects.map(({ cost }) => (settings.utility.endsWith("cost") ? cost : 1));
  const groups = projects.flatMap(({ cost }, place) => {
    const strength = strengthOf(reasons[place], cost, factors[place]);
    return strength ? [{ backed: [[place, strength]], many: 1 }] : [];
  });
  const electorate = new Electorate({ ...election, voters: pot.said.voters }, settings.utility, {
    projects,
    placeOf: new Map(projects.map((project, place) => [project.id, place])),
    votes: reasons.map((reason) => reason.votes),
    groups,
  });
  const chain = new Chain(settings.ties, electorate);
  return firstDifference(inWords(countGreedy(electorate, settings, chain), electorate), pot.said);
}

function strengthOf({ score }, cost, factor) {
  const whole = Fraction.read(score);
  return Number((whole.over * BigInt(cost)) / (whole.under * BigInt(factor)));
}
