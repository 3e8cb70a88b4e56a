// test/http/answer.mjs — is an answer one that the contract's operation may give?
import Ajv from "ajv/dist/2020.js";

/** Checks answers; every schema of the contract is compiled once, by where it stands. */
export class Answers {
  constructor(contract) {
    this.contract = contract;
    this.compiled = new Map();
    this.ajv = new Ajv({ strict: false, allErrors: false });
    this.ajv.addFormat("date", /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);
    this.ajv.addFormat("date-time", /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/);
    this.ajv.addSchema({ components: contract.components, paths: contract.paths }, "contract");
  }

  schema(at) {
    if (!this.compiled.has(at))
      this.compiled.set(at, this.ajv.compile({ $ref: `contract#${at}` }));
    return this.compiled.get(at);
  }

  /** What leaves the contract; "" if nothing does. answer: {status, headers, text}. */
  wrong(method, path, answer) {
    const responses = this.contract.paths[path][method].responses;
    const key = responses[answer.status] ? String(answer.status) : answer.status >= 400 ? `${String(answer.status)[0]}XX` : "";
    const part = (name) => name.replaceAll("~", "~0").replaceAll("/", "~1");
    if (answer.status >= 500)
      return "the server failed";
    if (!responses[key])
      return "no such status in the contract";
    let said = responses[key], at = `/paths/${encodeURIComponent(part(path))}/${method}/responses/${key}`;
    if (said.$ref) {
      at = said.$ref.slice(1);
      said = this.contract.components.responses[said.$ref.split("/").pop()];
    }
    if (Boolean(answer.headers.etag) !== Boolean(said.headers?.ETag))
      return `ETag is ${answer.headers.etag}`;
    if (!said.content)
      return answer.text ? "a body where there is none in the contract" : "";
    const [type, media] = Object.entries(said.content)[0];
    if ((answer.headers["content-type"] ?? "").split(";")[0] !== type && type !== "application/octet-stream")
      return `Content-Type is ${answer.headers["content-type"]}, want ${type}`;
    return type.endsWith("json") ? this.wrongJson(`${at}/content/${part(type).replaceAll("+", "%2B")}/schema`, answer) : "";
  }

  wrongJson(at, answer) {
    let value;
    try {
      value = JSON.parse(answer.text);
    } catch (error) {
      return `no JSON: ${error.message}`;
    }
    const fits = this.schema(at);
    if (!fits(value))
      return `body ${fits.errors[0].instancePath} ${fits.errors[0].message}`;
    return answer.status >= 400 && value.status !== answer.status ? `the problem says status ${value.status}` : "";
  }
}
