// test/http/arbitrary.mjs — requests from the contract's schemas: what it takes, the edges of that, and what it must refuse.
import fc from "fast-check";

const LONGEST = 200000; // characters of a text that is made to be as long as it may be
const FEW = 3; // items of a list that has no edge to be tried

/** A text of one to `max` characters as people write them; nothing that a text may not hold. */
const words = (min, max) => fc.string({
  unit: fc.oneof(fc.constantFrom(..."abcXYZ019 -_.,:;'\"<>&%=+/\\{}[]()\n\t", ..."检查对象明签，。：《》（）𠮷😀ｱ\u0301\u200d"),
    fc.integer({ min: 0xa1, max: 0xd7ff }).map((c) => String.fromCodePoint(c))),
  minLength: min, maxLength: Math.min(max, min + 40),
});

const exactly = (count) => fc.constantFrom("a", "签", "𠮷", "'", "\n").map((c) => c.repeat(count));
const day = fc.integer({ min: 0, max: 30000 }).map((n) => new Date(n * 86400000).toISOString().slice(0, 10));

/** Values by the name of their place that lead further than words made up: `known` has those of the server's own data. */
function named(name, known) {
  const list = known.of(name);
  return list.length ? [{ weight: 3, arbitrary: fc.constantFrom(...list) }] : [];
}

function text(schema, name, edge, known) {
  const min = schema.minLength ?? 0, max = schema.maxLength ?? 100;
  if (schema.enum)
    return fc.constantFrom(...schema.enum);
  if (schema.format === "date")
    return edge ? fc.constantFrom("1970-01-01", "2024-02-29", "9999-12-31", "2026-01-05") : day;
  if (edge)
    return fc.oneof(exactly(min), exactly(Math.min(max, LONGEST)));
  return fc.oneof(...named(name, known).map(({ weight, arbitrary }) =>
    ({ weight, arbitrary: arbitrary.filter((t) => [...t].length >= min && [...t].length <= max) })), words(min, max));
}

function number(schema, edge) {
  const { minimum: min, maximum: max } = schema;
  return edge ? fc.constantFrom(min, max, Math.min(max, min + 1)) : fc.oneof(fc.integer({ min, max: Math.min(max, min + 20) }),
    fc.integer({ min, max: Math.min(max, Number.MAX_SAFE_INTEGER) }));
}

/** Values that the schema takes; edge: as small or as large as may be. */
export function valid(schema, edge, known, name = "") {
  switch (schema.type) {
  case "object":
    return fc.record(Object.fromEntries(Object.entries(schema.properties).map(([n, s]) => [n, valid(s, edge, known, n)])),
      { requiredKeys: schema.required });
  case "array": {
    const min = schema.minItems ?? 0, max = schema.maxItems;
    const item = valid(schema.items, edge && max < 100, known, name);
    return edge ? fc.oneof(fc.array(item, { minLength: min, maxLength: min }),
      fc.array(valid(schema.items, false, known, name), { minLength: Math.min(max, 50), maxLength: Math.min(max, 50) }))
      : fc.array(item, { minLength: min, maxLength: Math.max(min, Math.min(max, FEW)) });
  }
  case "integer":
    return number(schema, edge);
  case "boolean":
    return fc.boolean();
  default:
    return text(schema, name, edge, known);
  }
}

/** Values that the schema does not take. */
function wrong(schema) {
  const others = { string: [1, true, [], {}, null], integer: ["1", 1.5, true, [], null, 1e300, -1e300], boolean: ["true", 0, null, []],
    array: ["", 1, {}, null, true], object: ["", 1, [], null, false] }[schema.type];
  const more = [];
  if (schema.enum)
    more.push("none of them", "");
  else if (schema.format === "date")
    more.push("", "2026-02-30", "2026-1-1", "20260101", "2026-01-01T00:00:00Z", "２０２６-01-01");
  else if (schema.type === "string")
    more.push("a\u0001", "\u007f", "\ud800", "a\u0000b", ...(schema.minLength ? [""] : []),
      ...(schema.maxLength < LONGEST ? ["签".repeat(schema.maxLength + 1)] : []));
  if (schema.type === "integer")
    more.push(schema.minimum - 1, ...(schema.maximum < Number.MAX_SAFE_INTEGER ? [schema.maximum + 1] : []));
  if (schema.type === "array")
    more.push([null], ...(schema.minItems ? [[]] : []), ...(schema.maxItems < 20000 ? [Array(schema.maxItems + 1).fill(schema.items.type === "object" ? {} : "a")] : []));
  return fc.constantFrom(...others, ...more);
}

/** Bodies, as bytes, that an object's schema does not take. */
export function wrongBody(schema, known) {
  const names = Object.keys(schema.properties);
  const spoilt = (spoil) => valid(schema, false, known).chain(spoil).map((value) => JSON.stringify(value));
  const ways = [
    fc.constantFrom("", " ", "null", "[]", "\"\"", "1", "{", "{\"a\":", "\ufeff{}", "{}{}", "{\"a\":1,\"a\":1}", "[".repeat(5000),
      "{\"x\":".repeat(3000), "nul", "{'a':1}", "{\"\\ud800\":1}", "{\"a\u0000\":1}", "\u0000"),
    spoilt((v) => fc.constantFrom("x", "__proto__", "", "reason ", "x".repeat(5000)).filter((n) => !names.includes(n))
      .map((n) => Object.assign(Object.create(null), v, { [n]: 1 }))),
    spoilt((v) => fc.constantFrom(...names).chain((n) => wrong(schema.properties[n]).map((w) => ({ ...v, [n]: w })))),
  ];
  if (schema.required.length)
    ways.push(spoilt((v) => fc.constantFrom(...schema.required).map((n) => (({ [n]: _, ...rest }) => rest)(v))));
  return fc.oneof(...ways);
}

/** Queries that the parameters do not take. */
export function wrongQuery(parameters) {
  const ways = [fc.constantFrom("?x=1", "?&", "?=", "?size", "?%zz=1", "?a=%00", "?a=%ff", "?size=1&size=1", "?a=1&a=1", "?" + "a".repeat(5000) + "=1",
    "?" + Array.from({ length: 100 }, (_, i) => `p${i}=1`).join("&"))];
  for (const { name, schema, required } of parameters) {
    const bad = schema.enum ? ["none of them", ""] : schema.format === "date" ? ["2026-02-30", ""] : schema.type === "boolean" ? ["1", "TRUE", ""]
      : schema.type === "integer" ? ["", "a", "-1", "+1", "1.0", "0x1", "99999999999999999999", "１", String(BigInt(schema.maximum) + 1n)]
        : schema.maxLength < 1000 ? ["a".repeat(schema.maxLength + 1), "\u0001"] : ["\u0001"];
    ways.push(fc.constantFrom(...bad).map((v) => `?${name}=${encodeURIComponent(v).replace(/%(3[0-9]|[46][1-9a-f]|[57][0-9a])/gi, "$&")}`));
    if (required)
      ways.push(fc.constant(""));
  }
  return fc.oneof(...ways);
}
