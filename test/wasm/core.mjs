// test/wasm/core.mjs — core.wasm against the vectors: node test/wasm/core.mjs CORE.WASM
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { Core, CoreError, FILES } from "../../web/public/core.mjs";
import { check, end, same, test } from "./tap.mjs";

const source = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const wasm = readFileSync(process.argv[2]);
const core = await Core.load(wasm);

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** All JSON below a folder: [path, value]. A .jsonl file is the array of its lines. */
function* jsonFiles(folder) {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory())
      yield* jsonFiles(path);
    else if (name.endsWith(".jsonl"))
      yield [path, readFileSync(path, "utf8").split("\n").filter((line) => line.trim()).map((line) => JSON.parse(line))];
    else if (name.endsWith(".json"))
      yield [path, JSON.parse(readFileSync(path, "utf8"))];
  }
}

const has = (value, ...keys) => value !== null && typeof value === "object" && keys.every((key) => key in value);

function checkTicket(path, seed, id, ticket) {
  if (!id.includes("\n"))
    same(core.tickets(seed, [id])[0][0], ticket, `${path}: ${id}`);
}

/** All tickets of one seed at once, so that large files stay quick. */
function checkTickets(path, rows) {
  const bySeed = new Map();
  for (const row of rows) {
    if (!bySeed.has(row.seed))
      bySeed.set(row.seed, []);
    bySeed.get(row.seed).push(row);
  }
  for (const [seed, list] of bySeed) {
    const plain = list.filter((row) => !row.id.includes("\n"));
    core.tickets(seed, plain.map((row) => row.id)).forEach(([ticket, id], i) => {
      same(ticket, plain[i].ticket, `${path}: ${id}`);
      same(id, plain[i].id, path);
    });
  }
}

/** Roots over ASCII leaves, which are lines here as well. */
function checkRoots(path, rule, roots) {
  const prefix = /'([^']*)' followed by decimal i/.exec(rule)?.[1];
  if (prefix === undefined)
    return;
  for (const [size, want] of Object.entries(roots)) {
    let text = "";
    for (let i = 0; i < Number(size); i++)
      text += `${prefix}${i}\n`;
    const { root, lines } = core.root(text);
    same(root, want, `${path}: root of ${size}`);
    same(lines, Number(size), `${path}: lines of ${size}`);
  }
}

const drawFiles = (one) => ({ ...one.files, declaration: one.declaration, record: one.entropy_record });

function checkDraw(path, one) {
  const answer = core.draw(drawFiles(one)), want = one.expected, name = `${path}: ${one.draw}`;
  same(answer.seed, want.seed_R, `${name}: seed`);
  same(answer.feasible, want.assignment.feasible, `${name}: feasible`);
  if (want.assignment.unmet_min !== undefined)
    same(answer.unmet, want.assignment.unmet_min, `${name}: unmet`);
  if (want.result_tsv !== undefined)
    same(answer.result, want.result_tsv, `${name}: result`);
  if (want.result_root !== undefined)
    same(answer.root, want.result_root, `${name}: root`);
  const rows = (answer.result ?? "").split("\n").slice(0, -1).map((line) => line.split("\t"));
  for (const [stratum, part] of Object.entries(want.strata ?? {})) {
    const drawn = rows.filter((row) => row[1] === stratum && row[4] === "drawn").sort((a, b) => a[2] - b[2]);
    same(JSON.stringify(drawn.map((row) => [row[0], row[3]])), JSON.stringify(part.drawn), `${name}: ${stratum}`);
    checkExplained(name, one, drawn);
  }
  for (const [visit, team] of Object.entries(want.assignment.canonical ?? want.assignment.teams ?? {}))
    same(rows.find((row) => row[0] === visit)?.[5], team.join(","), `${name}: team of ${visit}`);
  checkVerified(name, one, answer);
}

function checkExplained(name, one, drawn) {
  if (drawn.length === 0)
    return;
  const e = core.explain(drawFiles(one), drawn[0][0]);
  same(e.ticket, drawn[0][3], `${name}: explained`);
  const open = drawFiles(one);
  delete open["conflicts.tsv"];
  same(JSON.stringify(core.explain(open, drawn[0][0])), JSON.stringify(e), `${name}: explained from the public form`);
  check(e.drawn && e.rank === 1 && e.stratum === drawn[0][1], `${name}: ${JSON.stringify(e)}`);
}

/** What was drawn verifies; the same with one row changed does not. */
function checkVerified(name, one, answer) {
  const files = { ...drawFiles(one), seed: `${answer.seed}\n`, "result.tsv": answer.result, "result.root": `${answer.root}\n` };
  const report = core.verify(files);
  const wrong = report.steps.filter((step) => step.mark === "failed" && !/floor|entropy|order/.test(step.name));
  same(JSON.stringify(wrong), "[]", `${name}: verified`);
  same(report.form, "drawn", `${name}: form`);
  same(core.verify({ declaration: one.declaration, "result.root": `${answer.root}\n` }).form, "sealed", `${name}: sealed`);
  same(core.verify(drawFiles(one)).form, "before", `${name}: before`);
  if (answer.result.length > 0) {
    const changed = core.verify({ ...files, "result.tsv": answer.result.replace("\t1\t0.", "\t1\t0.0") });
    check(changed.failed > report.failed, `${name}: a changed row was not found`);
  }
}

const shapes = [
  [(v) => Array.isArray(v) && has(v[0], "seed", "id", "tickets"),
    (path, v) => v.forEach((one) => checkTicket(path, one.seed, one.id, one.tickets[0]))],
  [(v) => Array.isArray(v) && has(v[0], "seed", "id", "ticket"), checkTickets],
  [(v) => has(v, "seed", "rows", "quota", "expected"),
    (path, v) => checkTickets(path, Object.values(v.expected).flatMap((part) => part.drawn)
      .map(([id, ticket]) => ({ seed: v.seed, id, ticket })))],
  [(v) => has(v, "leaf_hashes_or_rule", "roots"),
    (path, v) => checkRoots(path, v.leaf_hashes_or_rule, v.roots)],
  [(v) => has(v, "rule", "size", "root"), (path, v) => checkRoots(path, v.rule, { [v.size]: v.root })],
  [(v) => Array.isArray(v) && has(v[0], "draw", "files", "declaration"),
    (path, v) => v.forEach((one) => checkDraw(path, one))],
];

function checkFolder(folder) {
  let files = 0;
  for (const [path, value] of jsonFiles(folder)) {
    const shape = shapes.find(([fits]) => fits(value));
    if (shape)
      shape[1](path, value), files++;
  }
  console.log(`# ${folder}: ${files} files`);
  check(files > 0, `${folder}: nothing to check`);
}

await test("sha256 of every length around the blocks", () => {
  for (let len = 0; len < 300; len++) {
    const bytes = new Uint8Array(len).map((_, i) => i * 7);
    same(core.sha256(bytes), sha256(bytes), `length ${len}`);
  }
});

await test("a large input makes memory grow", () => {
  const bytes = new Uint8Array(40 << 20).fill(65);
  same(core.sha256(bytes), sha256(bytes), "40 MiB");
  same(core.root("a\n").lines, 1, "small again");
});

await test("tickets of many ids", () => {
  const ids = Array.from({ length: 300000 }, (_, i) => `id-${i}`);
  const tickets = core.tickets("seed", ids);
  same(tickets.length, ids.length, "lines");
  same(tickets[299999][1], "id-299999", "the last");
});

await test("missing, empty and unknown files", () => {
  check(core.verify({}).failed > 0, "nothing at all is not verified");
  const report = core.verify(Object.fromEntries(FILES.slice(1).map((name) => [name, ""])));
  check(report.failed > 0, "empty files are not verified");
  same(core.draw({}).problem?.file, "rules.txt", "the first problem");
  check(core.draw({}).problem.text.length > 0, "a sentence");
  try {
    core.verify({ "other.txt": "" });
    check(false, "an unknown name was taken");
  } catch (error) {
    check(error instanceof CoreError, String(error));
  }
});

await test("the module asks for nothing and can be made from a compiled one", async () => {
  const module = await WebAssembly.compile(wasm);
  same(WebAssembly.Module.imports(module).length, 0, "imports");
  same((await Core.load(module)).sha256("abc"), sha256("abc"), "from a module");
  same((await Core.load(new Response(wasm))).sha256("abc"), sha256("abc"), "from a response");
});

await test("own vectors", () => checkFolder(join(source, "test/vectors/data")));

await test("given vectors", () => {
  const set = process.env.MINGQIAN_VECTORS || "../shared/vectors";
  const folder = existsSync(set) && process.env.MINGQIAN_VECTORS ? set : resolve(source, set);
  if (!existsSync(folder))
    return "no folder of public vectors here (MINGQIAN_VECTORS)";
  checkFolder(folder);
});

end();
