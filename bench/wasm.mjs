// bench/wasm.mjs — times the verification of a large draw by core.wasm: node bench/wasm.mjs CORE.WASM [OBJECTS]
import { readFileSync } from "node:fs";

import { Core } from "../web/public/core.mjs";

const core = await Core.load(readFileSync(process.argv[2]));
const objects = Number(process.argv[3] ?? 1000000);
const STRATA = 66, INSPECTORS = 600, SHARE = 50;

const two = (n) => String(n).padStart(2, "0");
const lines = [];
for (let i = 0; i < objects; i++) {
  const county = (i * 7919) % 22, kind = (i * 104729) % 3;
  lines.push(`130600-${String(i).padStart(8, "0")}\t县${two(county)}.类${kind}\t保定市某某环保设备有限公司${i}\t1306${two(county)}\t1306${two(county)}0${two(i % 20)}`);
}
const people = [];
for (let i = 0; i < INSPECTORS; i++)
  people.push(`p${String(i).padStart(4, "0")}\t${Math.floor(i / 22) % 2 ? "J" : "S"}\t${Math.ceil(objects / SHARE / INSPECTORS) * 4}\t${i % 5}\t1306${two(i % 22)}`);
let rules = "team 2 1 1\n";
for (let i = 0; i < STRATA; i++)
  rules += `quota 县${two(Math.floor(i / 3))}.类${i % 3} 1/${SHARE}\n`;

const text = (rows) => rows.join("\n") + "\n";
const files = { "objects.tsv": text(lines), "inspectors.tsv": text(people), "conflicts.tsv": "", "rules.txt": rules };
const list = (word, name) => {
  const { root, lines: count } = core.root(files[name]);
  return `${word} ${count} ${root}\n`;
};
files.declaration = "dr1\ndraw BENCH-2026-1\n" + list("objects", "objects.tsv") + list("inspectors", "inspectors.tsv") +
  list("conflicts", "conflicts.tsv") + `rules ${core.sha256(rules)}\nentropy dice 20d10 hall 2026-11-24\n`;
files.record = "entropy dice 20d10 hall 2026-11-24 12345678901234567890\n";
const drawn = core.draw(files);
if (drawn.problem)
  throw new Error(drawn.problem.text);
Object.assign(files, { seed: `${drawn.seed}\n`, "result.tsv": drawn.result, "result.root": `${drawn.root}\n` });

const encoder = new TextEncoder();
for (const name of Object.keys(files))
  files[name] = encoder.encode(files[name]);
const times = [];
let report;
for (let i = 0; i < 5; i++) {
  const start = performance.now();
  report = core.verify(files);
  times.push((performance.now() - start) / 1000);
}
times.sort((a, b) => a - b);
const rows = drawn.result.split("\n").length - 1;
console.log(`${objects} objects, ${rows} result rows, ${INSPECTORS} inspectors, teams ${drawn.feasible ? "found" : "impossible"}`);
console.log(`verification in node ${process.version}: ${times[2].toFixed(2)} s median of 5 (at most 5), ` +
  `failed ${report.failed}, not verified here ${report.unknown}`);
for (const step of report.steps.filter((s) => s.mark === "failed"))
  console.log(`${step.name}: ${step.text}`);
process.exitCode = report.failed === 0 ? 0 : 1;
