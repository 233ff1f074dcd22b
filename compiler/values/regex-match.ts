/**
 * Matches a restricted regular expression in time linear in the text: Thompson's construction, simulated as a
 * deterministic automaton whose states are built when they are first reached. No expression can make it hang, which a
 * backtracking matcher such as JavaScript's own cannot promise.
 */
import { LAST_CODE_POINT, rangesHold, WORD } from "./regex-sets.js";
import type { CodePointRange, Regex, RegexAssertion, RegexNode } from "./regex-tree.js";

/**
 * The predicate "some part of the text matches". Works on code points; a lone surrogate counts as one.
 * The automaton is kept by the predicate and grows with use up to a fixed number of states.
 */
export function regexMatcher(regex: Regex): (text: string) => boolean {
  const program = compile(regex.tree);
  const automaton = new Automaton(program, new Alphabet(program));
  return (text) => automaton.search(text);
}

/** States kept before the automaton forgets them and starts anew; bounds its memory. */
const MAX_STATES = 1_000;

type Instruction =
  | { readonly kind: "set"; readonly ranges: readonly CodePointRange[]; readonly next: number }
  | { readonly kind: "assertion"; readonly assertion: RegexAssertion["assertion"]; readonly next: number }
  | { readonly kind: "fork"; readonly next: readonly number[] }
  | { readonly kind: "match" };

interface Program {
  readonly instructions: readonly Instruction[];
  readonly start: number;
}

/** Builds the program back to front: every node is compiled knowing the instruction that follows it. */
function compile(tree: RegexNode): Program {
  const instructions: Instruction[] = [];
  const add = (instruction: Instruction): number => instructions.push(instruction) - 1;

  const emit = (node: RegexNode, next: number): number => {
    switch (node.kind) {
      case "set":
        return add({ kind: "set", ranges: node.ranges, next });
      case "assertion":
        return add({ kind: "assertion", assertion: node.assertion, next });
      case "sequence":
        return node.items.reduceRight((following, item) => emit(item, following), next);
      case "alternation":
        return add({ kind: "fork", next: node.branches.map((branch) => emit(branch, next)) });
      case "repeat": {
        let entry = node.max === null ? emitLoop(node.item, next) : next;
        for (let count = node.min; count < (node.max ?? 0); count++) {
          entry = add({ kind: "fork", next: [emit(node.item, entry), next] });
        }
        for (let count = 0; count < node.min; count++) entry = emit(node.item, entry);
        return entry;
      }
    }
  };

  const emitLoop = (item: RegexNode, next: number): number => {
    const targets = [next];
    const fork = add({ kind: "fork", next: targets });
    targets.push(emit(item, fork));
    return fork;
  };

  const start = emit(tree, add({ kind: "match" }));
  return { instructions, start };
}

/**
 * The code points fall into symbols: intervals that no set of the program tells apart, and words from the rest. Symbol 0 is the
 * end of the text.
 */
class Alphabet {
  /** First code point of each interval, ascending; interval i is symbol i + 1. */
  private readonly starts: readonly number[];
  private readonly ascii: Uint16Array;

  constructor(program: Program) {
    const cuts = new Set([0]);
    const sets = program.instructions.flatMap((step) => (step.kind === "set" ? [step.ranges] : []));
    for (const [first, last] of [...sets, WORD].flat()) cuts.add(first).add(last + 1);
    this.starts = [...cuts].filter((cut) => cut <= LAST_CODE_POINT).sort((a, b) => a - b);
    this.ascii = Uint16Array.from({ length: 128 }, (_, code) => this.find(code));
  }

  symbolOf(codePoint: number): number {
    return this.ascii[codePoint] ?? this.find(codePoint);
  }

  /** A code point that stands for the symbol; -1 for the end of the text. */
  sample(symbol: number): number {
    return this.starts[symbol - 1] ?? -1;
  }

  private find(codePoint: number): number {
    let low = 0;
    let high = this.starts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.starts[middle] ?? 0) <= codePoint) low = middle;
      else high = middle;
    }
    return low + 1;
  }
}

/** What lies before a position; assertions ask for it. */
type Before = "start" | "word" | "other";

interface State {
  /** Instructions reached, assertions not yet followed. */
  readonly threads: readonly number[];
  readonly before: Before;
  /** The state after a symbol; true once a match is certain. */
  readonly next: (State | true | undefined)[];
}

class Automaton {
  private readonly states = new Map<string, State>();
  private readonly initial: State;

  constructor(
    private readonly program: Program,
    private readonly alphabet: Alphabet,
  ) {
    this.initial = this.state([], "start");
  }

  search(text: string): boolean {
    let state = this.initial;
    for (let index = 0; index < text.length; index++) {
      const code = text.codePointAt(index) ?? 0;
      if (code > 0xffff) index++;
      const next = this.step(state, this.alphabet.symbolOf(code));
      if (next === true) return true;
      state = next;
    }
    return this.step(state, 0) === true;
  }

  private step(state: State, symbol: number): State | true {
    return (state.next[symbol] ??= this.computeStep(state, symbol));
  }

  private computeStep(state: State, symbol: number): State | true {
    const codePoint = this.alphabet.sample(symbol);
    const reached = this.follow(state, codePoint);
    if (reached === null) return true;
    const threads = new Set<number>();
    for (const { ranges, next } of reached) if (rangesHold(ranges, codePoint)) threads.add(next);
    return this.state([...threads], isWord(codePoint) ? "word" : "other");
  }

  /** The set instructions reachable without consuming a code point when `after` comes next, or null when a match is. */
  private follow(state: State, after: number): Extract<Instruction, { kind: "set" }>[] | null {
    const sets: Extract<Instruction, { kind: "set" }>[] = [];
    const seen = new Set<number>();
    // A match may begin anywhere, so the start of the program is always among the threads.
    const pending = [...state.threads, this.program.start];
    for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
      if (seen.has(index)) continue;
      seen.add(index);
      const step = this.program.instructions[index];
      if (step === undefined || step.kind === "match") return null;
      if (step.kind === "set") sets.push(step);
      else if (step.kind === "fork") pending.push(...step.next);
      else if (holds(step.assertion, state.before, after)) pending.push(step.next);
    }
    return sets;
  }

  /** Lets go of every state; the one that a search is at lives on until the search leaves it. */
  private forget(): void {
    this.states.clear();
    this.initial.next.length = 0;
  }

  private state(threads: number[], before: Before): State {
    threads.sort((a, b) => a - b);
    const key = `${before} ${threads.join(" ")}`;
    const known = this.states.get(key);
    if (known !== undefined) return known;
    if (this.states.size >= MAX_STATES) this.forget();
    const state: State = { threads, before, next: [] };
    this.states.set(key, state);
    return state;
  }
}

function holds(assertion: RegexAssertion["assertion"], before: Before, after: number): boolean {
  switch (assertion) {
    case "start":
      return before === "start";
    case "end":
      return after < 0;
    case "word-boundary":
      return (before === "word") !== isWord(after);
    case "no-word-boundary":
      return (before === "word") === isWord(after);
  }
}

const isWord = (codePoint: number): boolean => rangesHold(WORD, codePoint);
