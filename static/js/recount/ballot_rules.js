// Whether each ballot keeps to the rules: how many projects, how much money, how many points.

export function firstInvalid(election, rule) {
  if (election.ballotType !== rule.ballot_type) {
    return { what: "ballot_type", ours: election.ballotType, theirs: rule.ballot_type };
  }
  const cost = new Map(election.projects.map((project) => [project.id, project.cost]));
  for (const ballot of election.ballots) {
    for (const [what, found, least, most] of measures(ballot, rule, cost, election.budget)) {
      if (found < least || found > most) return { what, ours: found, theirs: said(what, least, most) };
    }
  }
  return null;
}

function* measures({ choices, points }, rule, cost, budget) {
  const [least, most] = numberOfProjects(rule, cost.size);
  yield ["ballot", choices.length, least, most];
  if (rule.ballot_type === "knapsack") {
    yield ["ballot_sum", choices.reduce((sum, one) => sum + cost.get(one), 0), 0, budget];
  }
  if (rule.ballot_type === "cumulative") {
    for (const one of points) yield ["ballot_points", one, 1, rule.most_per_project];
    yield ["ballot_votes", points.reduce((sum, one) => sum + one, 0), 0, rule.votes_each];
  }
  if (rule.ballot_type === "scoring") {
    for (const one of points) yield ["ballot_points", one, rule.lowest_points ?? 0, rule.highest_points];
  }
}

// No number says: as many as there are.
function numberOfProjects(rule, projects) {
  const most = Math.min(rule.ballot_type === "scoring" ? projects : rule.max_choices || projects, projects);
  return [rule.must_score_all ? projects : Math.min(rule.min_choices, most), most];
}

function said(what, least, most) {
  return what === "ballot_sum" ? most : `${least}-${most}`;
}
