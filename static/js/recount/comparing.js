// Holds our own count against the published result and answers with the first difference:
// what it is about, the step and the project, what we found, and what is said. Null if none.

const OF_A_COUNT = ["total_cost", "left", "increments", "raised_by", "stopped_by", "remarks"];
const OF_A_STEP = ["project_id", "note", "score", "left_before", "left_after"];
const OF_A_PROJECT = ["position", "step", "score", "supporters_money"];

export function firstDifference(ours, said) {
  for (const [where, mine, theirs] of pairs(ours, said)) {
    if (JSON.stringify(mine) !== JSON.stringify(theirs ?? null)) return { ...where, ours: mine, theirs: theirs ?? null };
  }
  return null;
}

// Everything there is to compare, in the order of the count itself.
function* pairs(ours, said) {
  yield [{ what: "voters" }, ours.voters, said.voters];
  yield [{ what: "projects" }, Object.keys(ours.projects).sort(), Object.keys(said.reasons).sort()];
  for (const [project, { cost, votes }] of Object.entries(ours.projects)) {
    yield [{ what: "cost", project }, cost, said.reasons[project].cost];
    yield [{ what: "votes", project }, votes, said.reasons[project].votes];
  }
  yield* stepPairs(ours, said);
  yield* winnerPairs(ours, said);
  for (const what of OF_A_COUNT) yield [{ what }, ours[what], said[what]];
  yield* projectPairs(ours, said);
}

function* stepPairs(ours, said) {
  for (let at = 0; at < Math.max(ours.steps.length, said.steps.length); at++) {
    const [mine, theirs, step] = [ours.steps[at], said.steps[at], at + 1];
    yield [{ what: "tie", step }, tieAt(ours, step), tieAt(said, step)];
    for (const what of OF_A_STEP) {
      const project = what === "project_id" ? undefined : mine?.project_id;
      yield [{ what, step, project }, mine?.[what] ?? null, theirs?.[what]];
    }
  }
}

function tieAt({ ties }, step) {
  const tie = ties.find((one) => one.step === step);
  return tie ? { project_ids: tie.project_ids, value: tie.value, link: tie.link, chosen: tie.chosen } : null;
}

function* winnerPairs(ours, said) {
  for (let at = 0; at < Math.max(ours.winners.length, said.winners.length); at++) {
    yield [{ what: "winner", place: at + 1 }, ours.winners[at] ?? null, said.winners[at]];
  }
}

function* projectPairs(ours, said) {
  for (const [project, told] of Object.entries(ours.projects)) {
    for (const what of OF_A_PROJECT.filter((name) => told[name] !== undefined)) {
      yield [{ what, project }, told[what], said.reasons[project][what]];
    }
  }
}
