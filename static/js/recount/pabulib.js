// Reads a .pb file (pabulib.org): META, PROJECTS and VOTES, with ";" between fields.
// Money and points are made whole: `unit` and `pointsUnit` say how many make one.

import { rowsOf } from "./csv.js";
import { Refused } from "./refused.js";

const SECTIONS = ["META", "PROJECTS", "VOTES"];
const LEAST_DECIMALS = 2;
const AREA_COLUMNS = ["area", "district", "neighborhood", "subunit"];
const CATEGORY_COLUMNS = ["categories", "category"];
const BALLOT_TYPES = new Map([
  ["approval", "approval"],
  ["choose-1", "approval"],
  ["ordinal", "ordinal"],
  ["cumulative", "cumulative"],
  ["scoring", "scoring"],
]);

export function readElection(text) {
  const parts = sectionsOf(text);
  const meta = new Map(parts.META.slice(1).map(([key, ...rest]) => [key.trim().toLowerCase(), rest.join(";").trim()]));
  const listed = table(parts.PROJECTS, ["project_id", "cost"]);
  const amounts = [meta.get("budget"), ...listed.map((row) => row.cost)].map(decimalOf);
  const decimals = Math.max(LEAST_DECIMALS, ...amounts.map((one) => one.decimals));
  const unit = 10 ** decimals;
  const projects = listed.map((row, at) => projectOf(row, whole(amounts[at + 1], decimals)));
  if (new Set(projects.map((one) => one.id)).size < projects.length) throw new Refused("no_election");
  return {
    meta,
    unit,
    budget: whole(amounts[0], decimals),
    currency: meta.get("currency") || "DKK",
    projects,
    ...ballotsOf(parts.VOTES, meta, new Set(projects.map((one) => one.id))),
  };
}

function sectionsOf(text) {
  const parts = {};
  let current = null;
  for (const row of rowsOf(text.replace(/^\ufeff/, ""))) {
    const word = row[0].trim().toUpperCase();
    const isHead = SECTIONS.includes(word) && !row.slice(1).some(Boolean);
    if (isHead) current = parts[word] = [];
    else if (current) current.push(row);
  }
  if (SECTIONS.some((name) => !parts[name]?.length)) throw new Refused("no_election");
  return parts;
}

function table([head, ...rows], needed) {
  const columns = head.map((name) => name.trim().toLowerCase());
  if (needed.some((name) => !columns.includes(name))) throw new Refused("no_election");
  return rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]?.trim() ?? ""])));
}

function projectOf(row, cost) {
  const first = (names) => names.map((name) => row[name]).find(Boolean) ?? "";
  const categories = first(CATEGORY_COLUMNS).split(",").map((one) => one.trim());
  return {
    id: row.project_id,
    cost,
    name: row.name ?? "",
    area: first(AREA_COLUMNS),
    categories: categories.filter(Boolean),
    votes: row.votes ?? "",
    selected: row.selected ?? "",
  };
}

function ballotsOf(rows, meta, known) {
  const word = BALLOT_TYPES.get((meta.get("vote_type") ?? "").toLowerCase());
  if (!word) throw new Refused("no_election");
  const ballotType = word === "approval" && meta.has("max_sum_cost") ? "knapsack" : word;
  const hasPoints = word === "cumulative" || word === "scoring";
  const listed = table(rows, hasPoints ? ["voter_id", "vote", "points"] : ["voter_id", "vote"]);
  const cast = new Map();
  for (const { vote, points = "" } of listed) {
    const key = hasPoints ? `${vote};${points}` : vote;
    const same = cast.get(key);
    if (same) same.many += 1;
    else cast.set(key, { ...ballotOf(vote, hasPoints ? points : null, known), many: 1 });
  }
  const kinds = [...cast.values()];
  return { ballotType, voters: listed.length, ballots: kinds, pointsUnit: makeWhole(kinds) };
}

// A project that stands twice counts once, where it stands first.
function ballotOf(vote, points, known) {
  const listed = parted(vote);
  const unknown = listed.find((one) => !known.has(one));
  if (unknown !== undefined) throw new Refused("unknown_project", { project: unknown });
  const choices = [...new Set(listed)];
  if (points === null) return { choices, points: null };
  const given = parted(points).map(decimalOf);
  if (given.length !== listed.length) throw new Refused("no_election");
  return { choices, points: choices.map((one) => given[listed.indexOf(one)]) };
}

function parted(text) {
  return text.trim() ? text.split(",").map((one) => one.trim()) : [];
}

function makeWhole(ballots) {
  const pointed = ballots.filter((ballot) => ballot.points);
  const decimals = pointed.flatMap((ballot) => ballot.points).reduce((most, one) => Math.max(most, one.decimals), 0);
  for (const ballot of pointed) ballot.points = ballot.points.map((one) => whole(one, decimals));
  return 10 ** decimals;
}

// "60000.0" and "12,5" as digits and how many of them stand behind the point.
function decimalOf(text) {
  const found = /^(\d{1,18})(?:[.,](\d{1,12}?)0*)?$/.exec((text ?? "").trim());
  if (!found) throw new Refused("no_election");
  const [, before, behind = ""] = found;
  const kept = behind.replace(/0+$/, "");
  return { digits: before + kept, decimals: kept.length };
}

function whole({ digits, decimals }, wanted) {
  const number = Number(digits + "0".repeat(wanted - decimals));
  if (!Number.isSafeInteger(number)) throw new Refused("no_election");
  return number;
}
