// test/wasm/tap.mjs — the smallest harness: named checks, printed as TAP; exit code 1 if one failed.
let count = 0, bad = 0, failures = [];

export function check(ok, what) {
  if (!ok)
    failures.push(what);
  return ok;
}

export function same(have, want, what) {
  return check(have === want, `${what}: ${JSON.stringify(have)}, want ${JSON.stringify(want)}`.slice(0, 500));
}

export async function test(name, body) {
  failures = [];
  let skip = "";
  try {
    skip = (await body()) ?? "";
  } catch (error) {
    failures.push(error.stack);
  }
  for (const failure of failures)
    console.log(`# ${failure.replaceAll("\n", "\n# ")}`);
  count++;
  bad += failures.length > 0;
  console.log(`${failures.length > 0 ? "not ok" : "ok"} ${count} - ${name}${skip ? ` # SKIP ${skip}` : ""}`);
}

export function end() {
  console.log(`1..${count}`);
  process.exitCode = bad > 0 ? 1 : 0;
}
