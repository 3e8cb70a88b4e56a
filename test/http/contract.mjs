// test/http/contract.mjs — asks every operation of api/openapi.yaml what it takes, the edges of that and what it must refuse, as somebody who
// may and as nobody: no answer may be a failure of the server's or leave the contract. Run by contract_fuzz.py, which tells on
// standard input where the server is and who is who; node contract.mjs [part of an operation's name].
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { parse } from "yaml";

import { Answers } from "./answer.mjs";
import { valid, wrongBody, wrongQuery } from "./arbitrary.mjs";
import { Known, send } from "./client.mjs";

const world = JSON.parse(readFileSync(0, "utf8")); // {port, people: {role: {cookie, csrf, may}}, known: {name: [values]}, throwaway}
const contract = parse(readFileSync(new URL("../../api/openapi.yaml", import.meta.url), "utf8"));
const long = process.env.MINGQIAN_LONG === "1";
const runs = long ? 200 : 5;
const seed = long ? Number(process.env.MINGQIAN_SEED ?? Date.now() % 2 ** 31) : 20261201;
const answers = new Answers(contract);
const known = new Known(world.known);

const operations = Object.entries(contract.paths).flatMap(([path, methods]) => Object.entries(methods)
  .map(([method, op]) => ({ path, method, op, ...parts(op) })));

/** Its parameters and body with everything in its place. */
function parts(op) {
  const all = (op.parameters ?? []).map((p) => (p.$ref ? contract.components.parameters[p.$ref.split("/").pop()] : p));
  return {
    query: all.filter((p) => p.in === "query"),
    version: all.some((p) => p.name === "If-Match"),
    key: all.some((p) => p.name === "Idempotency-Key"),
    body: op.requestBody?.content["application/json"]?.schema,
    upload: op.requestBody?.content["application/octet-stream"],
  };
}

/** Those who may; several where what they may do differs by their role. */
function proper({ op }) {
  const may = (who) => ["self", "jobs"].includes(op["x-permission"]) || who.may.includes(op["x-permission"]);
  return Object.entries(world.people).filter(([, who]) => may(who)).map(([role]) => role);
}

/** The path with a value in each {…}: one that is there, or one that is made up. */
function target({ path }) {
  const pieces = path.split(/\{(\w+)\}/);
  const choose = (i, before) => {
    if (i >= pieces.length)
      return fc.constant(before);
    const made = fc.constantFrom("x", "0", "1", "-1", "99999999999999999999", "签", "'", "%", "a b", ".x", "{id}", "x".repeat(300), "null");
    const there = known.at(before, pieces[i]);
    const value = there.length ? fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...there) }, made) : made;
    return value.chain((v) => choose(i + 2, before + encodeURIComponent(v) + pieces[i + 1]));
  };
  return choose(1, pieces[0]);
}

function query({ query: parameters }, edge) {
  const record = Object.fromEntries(parameters.map((p) => [p.name, valid(p.schema, edge, known, p.name).filter((v) => !/[\n\t]/.test(v))]));
  return fc.record(record, { requiredKeys: parameters.filter((p) => p.required).map((p) => p.name) }).map((values) => {
    const list = Object.entries(values).map(([n, v]) => `${n}=${encodeURIComponent(v)}`);
    return list.length ? `?${list.join("&")}` : "";
  });
}

/** Requests that the contract takes. */
function good(one, edge) {
  const headers = {};
  if (one.version)
    headers["If-Match"] = fc.constantFrom("\"1\"", "\"2\"", "\"0\"", "1", "*", "\"x\"", "\"99999999999999999999\"");
  if (one.key)
    headers["Idempotency-Key"] = fc.uuid();
  const body = one.body ? valid(one.body, edge, known).map((v) => JSON.stringify(v))
    : one.upload ? fc.constantFrom("a,b\n1,2\n", "%PDF-1.7 x", "PK\u0003\u0004", "x") : fc.constant(undefined);
  return fc.record({ path: target(one), query: query(one, edge), body, headers: fc.record(headers, { requiredKeys: one.version ? ["If-Match"] : [] }) })
    .map((r) => ({ method: one.method.toUpperCase(), target: r.path + r.query, body: r.body, headers: r.headers,
      type: one.upload ? "application/octet-stream" : undefined }));
}

/** Requests that it must refuse. */
function bad(one) {
  const ways = [fc.tuple(good(one, false), wrongQuery(one.query)).map(([r, q]) => ({ ...r, target: r.target.split("?")[0] + q }))];
  if (one.body) {
    ways.push(fc.tuple(good(one, false), wrongBody(one.body, known)).map(([r, body]) => ({ ...r, body })));
    ways.push(good(one, false).map((r) => ({ ...r, type: "text/plain" })));
  }
  if (one.version)
    ways.push(good(one, false).map((r) => ({ ...r, headers: {} })));
  return fc.oneof(...ways);
}

async function ask(one, request, who, allowed) {
  const answer = await send(world.port, request, who);
  const wrong = answers.wrong(one.method, one.path, answer) || (allowed(answer.status) ? "" : "not the status that was to be expected");
  if (wrong)
    throw new Error(`${answer.status} ${wrong}: ${answer.text.slice(0, 500)}`);
  return answer;
}

/** A session of its own for what ends sessions. */
async function throwaway() {
  const answer = await send(world.port, { method: "POST", target: "/api/v1/sessions", body: JSON.stringify(world.throwaway), headers: {} }, null);
  return { cookie: answer.headers["set-cookie"][0].split(";")[0], csrf: JSON.parse(answer.text).csrf };
}

const endsSessions = (one) => ["deleteSession", "putPassword"].includes(one.op.operationId);

async function holds(one, arbitrary, allowed, role) {
  const once = endsSessions(one);
  const run = await fc.check(fc.asyncProperty(arbitrary, async (request) => {
    const who = role === null ? null : once ? await throwaway() : world.people[role];
    await ask(one, request, who, allowed);
  }), { numRuns: once ? 2 : runs, seed, interruptAfterTimeLimit: long ? 120000 : 20000 });
  if (run.failed)
    throw new Error(fc.defaultReportMessage(run), { cause: run.errorInstance });
  if (run.interrupted)
    console.log(`# ${one.op.operationId}: the time was up after ${run.numRuns} requests of a kind`);
}

async function check(one) {
  const open = one.op.security.length === 0;
  const roles = open ? [null] : proper(one);
  const some = endsSessions(one) ? roles.slice(0, 1) : long ? roles : roles.slice(0, 2);
  if (roles.length === 0)
    throw new Error("nobody may");
  for (const role of some) {
    // A range of versions, an office, a visit: the use case may say no to each, but always as the contract says.
    await holds(one, good(one, false), (s) => s !== 401 || open, role);
    await holds(one, good(one, true), (s) => s !== 401 || open, role);
    await holds(one, bad(one), (s) => s >= 400 && s < 500, role);
  }
  if (!open)
    await holds(one, good(one, false), (s) => s === 401, null);
}

/** Lists first, the short ones before those that need an id of theirs. */
async function learn() {
  const lists = operations.filter((o) => o.method === "get" && o.path.startsWith("/api/v1/"))
    .sort((a, b) => a.path.split("{").length - b.path.split("{").length || a.path.localeCompare(b.path));
  for (const one of lists) {
    const [path] = fc.sample(target(one).filter((t) => !/%|null$|x$/.test(t)), { numRuns: 1, seed });
    const role = proper(one)[0];
    const answer = await send(world.port, { method: "GET", target: path, headers: {} }, world.people[role]);
    if (answer.status === 200 && answer.headers["content-type"] === "application/json")
      known.learn(path, answer.text);
  }
}

let count = 0, failed = 0;
await learn();
// Log-ins that fail come last: after enough of them nobody of this address may log in.
const wanted = operations.filter((o) => o.op.operationId.includes(process.argv[2] ?? ""))
  .sort((a, b) => (a.op.security.length === 0) - (b.op.security.length === 0));
console.log(`1..${wanted.length}\n# seed ${seed}, ${runs} of each kind`);
for (const one of wanted) {
  let told = "";
  try {
    await check(one);
  } catch (error) {
    told = `${error.cause?.message ?? ""}\n${error.message.split("\nHint")[0]}`.trim();
    failed++;
  }
  if (told)
    console.log(told.split("\n").map((line) => `# ${line.slice(0, 1500)}`).join("\n"));
  console.log(`${told ? "not " : ""}ok ${++count} - ${one.op.operationId}`);
}
process.exit(failed ? 1 : 0);
