/** What nobody means as an argument. Whatever it is of, a call answers, or refuses it with an error of ours. */

/** Fails at whatever is done with it. */
function untouchable(): object {
  const fail = (): never => {
    throw new Error("do not touch");
  };
  const traps = ["get", "has", "ownKeys", "getPrototypeOf", "getOwnPropertyDescriptor", "apply", "set"];
  return new Proxy({}, Object.fromEntries(traps.map((trap) => [trap, fail])));
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function cyclic(): object {
  const value: Record<string, unknown> = {};
  value["self"] = [value];
  return value;
}

/** An object whose members can't be read. */
function guarded(...names: readonly string[]): object {
  const value = {};
  for (const name of names)
    Object.defineProperty(value, name, {
      enumerable: true,
      get: () => {
        throw new Error("not to be read");
      },
    });
  return value;
}

/** Those that are texts. */
export const HOSTILE_TEXTS: readonly string[] = [
  ...["", " ", "\u0000", "\ud800", "a\udc00", "'; drop table events; --", "\\", "{}", '"', "$1", "%s"],
  ...["__proto__", "constructor", "toString", "\u001b[31m", "\u009b2J", "\u202eevil", "\u2028", "é\u0301"],
  ...["(".repeat(300), "not ".repeat(300), "9".repeat(400), "e'", "-", "${x}", "source.ip in", "/(a+)+$/"],
  ...["\u{1f642}".repeat(5_000), "infinity", "epoch", "2024-05-01", "9999999-01-01", "P1D", "1h", "UTC"],
];

const NUMBERS = [NaN, Infinity, -Infinity, -0, -1, 0.5, 1e-300, 2 ** 31, 2 ** 53, 1e308, 10n, -(2n ** 70n)];

const OBJECTS = [
  Symbol("s"),
  Object.create(null),
  () => 1,
  null,
  undefined,
  true,
  [],
  [[[]]],
  {},
  new Date(NaN),
  new Date(8.64e15),
  new Date(0),
  new Map([["a", 1]]),
  new Set([1]),
  new Uint8Array(3),
  new Error("an error"),
  /a/u,
  [Symbol("s")],
  Array<unknown>(20_000),
  Array<string>(10_000).fill("a"),
  { text: 5 },
  { filter: Symbol("s") },
  { condition: {} },
  { toString: () => 5 },
  JSON.parse('{"__proto__": {"limit": 1}}') as unknown,
  cyclic(),
  Promise.resolve(1),
  new AbortController().signal,
] as const;

/** All of them. */
export const HOSTILE: readonly unknown[] = [...HOSTILE_TEXTS, ...NUMBERS, ...OBJECTS];

/** Those that throw when they are looked at. */
export const TRAPS: readonly unknown[] = [
  guarded("filter", "limit", "signal", "text", "id", "key"),
  untouchable(),
  revoked(),
];

/** Some of the values, drawn by `random`; all of them with HOSTILE=all in the environment. */
export function someOf<T>(values: readonly T[], random: () => number, count = 6): readonly T[] {
  if (process.env["HOSTILE"] === "all") return values;
  return Array.from({ length: count }, () => values[Math.floor(random() * values.length)]!);
}

/** The numbers that draw them; HOSTILE_SEED for others. */
export function hostileSeed(): number {
  return Number(process.env["HOSTILE_SEED"] ?? 1);
}
