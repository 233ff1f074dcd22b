/**
 * The client that a store runs on: the statements of its catalogue, generated ahead or evaluated as the store is opened, from the same functions.
 */
import type { Catalogue } from "../../compiler/catalogue/model.js";
import { IDEA_CATALOGUE } from "../../compiler/catalogue/idea.js";
import { spreadCatalogue } from "../../compiler/catalogue/spread.js";
import { sameCatalogue } from "../../compiler/catalogue/same.js";
import { FILTER_SLOTS, takesFilter, type OperationSpec } from "../../compiler/sql/operation.js";
import { statementName } from "../../compiler/sql/statement-name.js";
import { columnMapping, parameterMapping } from "../../compiler/sql/wire-types.js";
import {
  client as ideaClient,
  statements as ideaStatements,
  type StoreClient as IdeaClient,
} from "../../generated/index.js";
import { statementTemplate, type GeneratedClient } from "../client.js";
import { DataError } from "../postgres/errors.js";
import type { Session } from "../postgres/session.js";
import type { SentValue, Statement, StatementTemplate, WireRow } from "../postgres/statement.js";
import * as wire from "../postgres/wire.js";
import { operationSpecs } from "./statements.js";

/** Statements whose parameters are the columns of the catalogue: a store sends them values in the order of the columns. */
type OfColumns = "insertEvent" | "insertListedEvent" | "insertEvents" | "insertNewEvents";

/** The statements of a store of any catalogue. */
export type StoreStatements = Omit<typeof ideaStatements, OfColumns> & {
  readonly [Name in OfColumns]: Pick<(typeof ideaStatements)[Name], "operation" | "name" | "text" | "decode">;
};

/** The statements of a store as methods over a session. */
export type StoreClient = Omit<IdeaClient, OfColumns>;

/** What a store runs on. */
export interface StoreModule {
  readonly catalogue: Catalogue;
  readonly statements: StoreStatements;
  readonly connect: (session: Session) => StoreClient;
}

/** The client of a catalogue: the generated one of IDEA, or one that is evaluated now. @throws Error as storeTables does */
export function clientOf(catalogue: Catalogue): StoreModule {
  return sameCatalogue(catalogue, IDEA_CATALOGUE) ? ideaClientOf(catalogue) : evaluateClient(catalogue);
}

/** The client of a store that is spread over the workers of a Citus cluster. Its statements are evaluated now. */
export function spreadClientOf(catalogue: Catalogue): StoreModule {
  return evaluateClient(spreadCatalogue(catalogue));
}

function ideaClientOf(catalogue: Catalogue): StoreModule {
  return { ...(ideaClient as GeneratedClient<never, IdeaClient>), statements: ideaStatements, catalogue };
}

/**
 * A generated client as the store uses it.
 *
 * @throws DataError `argument_invalid` for what is no generated client, or one whose statements are not those of this release
 */
export function readClient(client: GeneratedClient): StoreModule {
  if (!isClient(client))
    throw invalid(
      '"client" is what "eventstore generate --catalogue FILE --out FOLDER" wrote: its export client',
    );
  for (const { name, text } of operationSpecs(client.catalogue))
    if (client.statements[name]?.text !== text)
      throw invalid(
        `the generated client has another statement ${name} than this release of idea-eventstore; run "eventstore generate" again`,
      );
  return client as unknown as StoreModule;
}

function isClient(given: unknown): given is GeneratedClient {
  if (typeof given !== "object" || given === null) return false;
  const { connect, statements, catalogue }: Partial<GeneratedClient> = given;
  return typeof connect === "function" && typeof statements === "object" && typeof catalogue === "object";
}

function invalid(problem: string): DataError {
  return new DataError(`openStorage: ${problem}`, { operation: "openStorage", code: "argument_invalid" });
}

/** Evaluates the statements of a catalogue. Their types are those that the catalogue gives its columns. */
export function evaluateClient(catalogue: Catalogue): StoreModule {
  const specs = operationSpecs(catalogue);
  const statements = new Map(specs.map((spec) => [spec.name, evaluate(spec)]));
  return {
    catalogue,
    statements: Object.fromEntries(statements) as unknown as StoreStatements,
    connect: (session) =>
      Object.fromEntries(
        specs.map((spec) => [spec.name, method(session, spec, statements.get(spec.name)!)]),
      ) as unknown as StoreClient,
  };
}

type Values = Readonly<Record<string, unknown>>;
type AnyStatement = Statement<Values, unknown>;
type AnyTemplate = StatementTemplate<Values, unknown, AnyStatement["cardinality"], unknown>;

function evaluate(spec: OperationSpec): AnyStatement | AnyTemplate {
  const { name, operation = name, text, cardinality, idempotent, plan, slots, parameters } = spec;
  const parts = {
    operation,
    text,
    cardinality,
    idempotent,
    plan,
    encode: encoder(spec),
    decode: decoder(spec),
  };
  if (slots === undefined)
    return {
      ...parts,
      // Hashing all texts would take longer than making them.
      get name() {
        return statementName(text);
      },
    };
  return statementTemplate<Values, unknown, typeof cardinality, unknown>({
    ...parts,
    slots: takesFilter(spec) ? FILTER_SLOTS : slots,
    parameters: parameters.length,
  });
}

type Convert = (value: never) => unknown;

function encoder({ parameters }: OperationSpec): AnyStatement["encode"] {
  const writers = parameters.map(({ name, type, form, nullable }) => {
    const write = wire[parameterMapping(type, form).convert as keyof typeof wire] as Convert;
    return (values: Values): SentValue => {
      const value = values[name];
      return (nullable && value === null ? null : write(value as never)) as SentValue;
    };
  });
  return (values) => writers.map((write) => write(values));
}

function decoder({ columns, cardinality }: OperationSpec): (row: WireRow) => unknown {
  if (columns.length === 0) return () => undefined;
  if (cardinality === "count") return ([count]) => wire.readNumber(count);
  const readers = columns.map(({ name, type, form, nullable }) => {
    const read = wire[columnMapping(type, form).convert as keyof typeof wire] as Convert;
    return [name, nullable, read] as const;
  });
  return (row) =>
    Object.fromEntries(
      readers.map(([name, nullable, read], position) => {
        const value = row[position];
        return [name, nullable && value == null ? null : read(value as never)];
      }),
    );
}

function method(session: Session, spec: OperationSpec, statement: AnyStatement | AnyTemplate) {
  const run = (filled: AnyStatement, params: Values, options: object | undefined) =>
    spec.streamed === true ? session.stream(filled, params, options) : session.run(filled, params, options);
  const hasParameters = spec.parameters.length > 0;
  return (...given: readonly unknown[]) => {
    const rest = "fill" in statement ? given.slice(1) : given;
    const filled = "fill" in statement ? statement.fill(given[0]) : statement;
    const [params, options] = hasParameters ? rest : [{}, rest[0]];
    return run(filled, params as Values, options as object | undefined);
  };
}
