// test/http/client.mjs — one request as somebody, and the values that the server's own lists have for paths and fields.
import { Agent, request } from "node:http";

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** Sends it; {status, headers, text}. who: {cookie, csrf} or null. */
export function send(port, { method, target, body, type, headers }, who) {
  const given = { Host: "x", ...headers };
  if (who)
    Object.assign(given, { Cookie: who.cookie, "X-CSRF-Token": who.csrf });
  if (["POST", "PUT", "PATCH"].includes(method))
    given["Content-Length"] = Buffer.byteLength(body ?? "");
  if (body)
    given["Content-Type"] = type ?? "application/json";
  return new Promise((resolve, reject) => {
    const r = request({ host: "127.0.0.1", port, method, path: target, headers: given, agent, timeout: 60000 }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(parts).toString() }));
      answer.on("error", reject);
    });
    r.on("timeout", () => r.destroy(new Error("no answer within a minute")));
    r.on("error", (error) => (r.reusedSocket && error.code === "ECONNRESET" ? send(port, { method, target, body, type, headers }, who).then(resolve, reject)
      : reject(error)));
    r.end(body);
  });
}

/** Values by name of field and by place in a path. */
export class Known {
  constructor(fixed) {
    this.fixed = fixed;
    this.paths = new Map();
  }

  of(name) {
    return this.fixed[name] ?? [];
  }

  /** For the {…} that follows `before` ("/api/v1/plans/"). */
  at(before, name) {
    if (this.fixed[before])
      return this.fixed[before];
    return [...(this.paths.get(before) ?? []), ...this.of(name)];
  }

  /** Remembers what a list's items are called. */
  learn(path, text) {
    const items = JSON.parse(text).items ?? [];
    const names = items.slice(0, 20).flatMap((item) => ["id", "name", "seq", "change", "number", "code", "figure"].map((n) => item?.[n]))
      .filter((v) => typeof v === "string" || typeof v === "number").map(String);
    const before = `${path}/`;
    this.paths.set(before, [...new Set([...(this.paths.get(before) ?? []), ...names])]);
  }
}
