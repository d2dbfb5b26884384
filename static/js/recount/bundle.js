// Reads a round's bundle: the files are the ones its list names, the rules are the ones the page
// shows, and the lot's seed is the one that was promised before the first ballot.

import { Refused } from "./refused.js";
import { sha256, sha256OfText } from "./sha256.js";
import { unzip } from "./zip.js";

export async function openBundle(buffer, fingerprint) {
  const files = await unzip(buffer);
  const read = (name) => readJson(files, name);
  checkFiles(files, read("manifest.json"));
  if (sha256(files.get("rulebook.json")) !== fingerprint) throw new Refused("other_round");
  const rulebook = read("rulebook.json");
  const { seed } = read("lot.json");
  if (sha256OfText(seed) !== rulebook.lot_commitment) throw new Refused("other_lot");
  const list = read("ballot_list.json");
  const numbers = read("numbers.json").pots;
  return { rulebook, seed, pots: potsOf(rulebook, list, numbers, files), title: titlesOf(list) };
}

function checkFiles(files, manifest) {
  for (const [name, { sha256: said }] of Object.entries(manifest.files)) {
    if (!files.has(name) || sha256(files.get(name)) !== said) throw new Refused("file_changed", { file: name });
  }
}

// The pots that people voted about, each with its number in the rulebook.
function potsOf(rulebook, list, numbers, files) {
  const pots = rulebook.pots.map((rule, at) => ({
    name: rule.name,
    budget: rule.budget_limit_oere,
    listed: list.filter((project) => project.pot === rule.name),
    numbers: numbers.find((one) => one.pot === rule.name),
    ballots: files.has(`pots/${at + 1}/ballots.pb`) ? textOf(files, `pots/${at + 1}/ballots.pb`) : null,
    groups: files.has(`pots/${at + 1}/groups.json`) ? readJson(files, `pots/${at + 1}/groups.json`) : null,
    said: files.has(`pots/${at + 1}/outcome.json`) ? readJson(files, `pots/${at + 1}/outcome.json`) : null,
  }));
  const voted = pots.filter((pot) => pot.listed.length > 0);
  if (voted.length === 0 || voted.some((pot) => !pot.said || !pot.numbers)) throw new Refused("no_bundle");
  return voted;
}

function titlesOf(list) {
  return Object.fromEntries(list.map((project) => [project.id, project.title]));
}

function textOf(files, name) {
  return new TextDecoder().decode(files.get(name));
}

function readJson(files, name) {
  if (!files.has(name)) throw new Refused("no_bundle");
  try {
    return JSON.parse(textOf(files, name));
  } catch {
    throw new Refused("no_bundle");
  }
}
