/*
 * core.mjs — the draw's own arithmetic (core.wasm) for browsers and node: no dependencies, no network but the
 * module itself. Every byte is computed by the same C that the server runs.
 */

/** Names of a draw's files, in the order of the module's table. */
export const FILES = ["", "objects.tsv", "inspectors.tsv", "conflicts.tsv", "rules.txt", "declaration", "record",
  "seed", "result.tsv", "result.root"];

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

const bytesOf = (value) => (typeof value === "string" ? encoder.encode(value) : value);

export class CoreError extends Error {}

export class Core {
  #exports;

  constructor(instance) {
    this.#exports = instance.exports;
  }

  /** What it was built from may be asked of the caller only: the bytes of core.wasm, a Response, or a module. */
  static async load(source) {
    if (source instanceof WebAssembly.Module)
      return new Core(await WebAssembly.instantiate(source, {}));
    if (typeof Response !== "undefined" && source instanceof Response)
      source = await source.arrayBuffer();
    const { instance } = await WebAssembly.instantiate(source, {});
    return new Core(instance);
  }

  /** Every step of a verification: {failed, form, unknown, rehearsal, steps: [{name, mark, text, how}]}.
   * form: "before" a draw, "sealed" (nothing to compute until the reveal), or "drawn". */
  verify(files) {
    this.#put(files, []);
    return JSON.parse(this.#answer(this.#exports.core_verify()));
  }

  /** The draw again, from lists, declaration and record: {seed, feasible, unmet, root, result} or {problem}. */
  draw(files) {
    this.#put(files, []);
    return JSON.parse(this.#answer(this.#exports.core_draw()));
  }

  /** One unit, of a public form without conflicts.tsv too: {id, stratum, members, quota, rank, ticket, drawn, reserve} or {problem}. */
  explain(files, id) {
    const [at] = this.#put(files, [id]);
    return JSON.parse(this.#answer(this.#exports.core_explain(at.at, at.len)));
  }

  /** [[ticket, id], ...] for ids in the order given; ids hold no line break. */
  tickets(seed, ids) {
    const [s, list] = this.#put({}, [seed, ids.map((id) => id + "\n").join("")]);
    const text = this.#answer(this.#exports.core_tickets(s.at, s.len, list.at, list.len));
    return text.split("\n").slice(0, -1).map((line) => {
      const tab = line.indexOf("\t");
      return [line.slice(0, tab), line.slice(tab + 1)];
    });
  }

  /** {root, lines} of a list whose leaves are its lines. */
  root(text) {
    const [at] = this.#put({}, [text]);
    const [root, lines] = this.#answer(this.#exports.core_root(at.at, at.len)).split(" ");
    return { root, lines: Number(lines) };
  }

  /** SHA-256 in hex. */
  sha256(bytes) {
    const [at] = this.#put({}, [bytes]);
    return this.#answer(this.#exports.core_sha256(at.at, at.len));
  }

  /** Copies files and further texts into the module; returns where the texts lie. */
  #put(files, texts) {
    for (const name of Object.keys(files)) {
      if (name === "" || !FILES.includes(name))
        throw new CoreError(`no file of a draw is called "${name}"`);
    }
    const parts = FILES.map((name) => (files[name] === undefined ? null : bytesOf(files[name])));
    parts.push(...texts.map(bytesOf));
    // One byte more, so that an empty file, too, has an address of its own.
    const size = parts.reduce((sum, part) => sum + (part ? part.length : 0), 1);
    const base = this.#exports.core_room(size) >>> 0;
    if (base === 0)
      throw new CoreError("not enough memory for the files");
    const memory = new Uint8Array(this.#exports.memory.buffer);
    const table = new DataView(this.#exports.memory.buffer, this.#exports.core_files() >>> 0, 8 * FILES.length);
    let at = base;
    const places = parts.map((part) => {
      const place = { at, len: part ? part.length : 0 };
      if (part)
        memory.set(part, at);
      at += place.len;
      return place;
    });
    FILES.forEach((_, i) => {
      table.setUint32(8 * i, parts[i] ? places[i].at : 0, true);
      table.setUint32(8 * i + 4, places[i].len, true);
    });
    return places.slice(FILES.length);
  }

  #answer(code) {
    if (code !== 0)
      throw new CoreError("not enough memory for the work");
    const at = this.#exports.core_answer() >>> 0;
    return decoder.decode(new Uint8Array(this.#exports.memory.buffer, at, this.#exports.core_answer_len() >>> 0));
  }
}
