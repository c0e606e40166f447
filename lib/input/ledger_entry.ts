/**
 * The form of an entry of the assumption ledger.
 *
 * @module
 */

import * as z from "zod";
import {
  choiceSchema,
  COUNT,
  LARGEST_QUANTITY,
  numberSchema,
} from "./schema.ts";

/** What every entry of the ledger says, whatever the type of its value. */
export interface LedgerText {
  /** What the paper says, and where. */
  readonly paper: string;
  /** Why the default is the default. */
  readonly reason: string;
  /** How much the choice changes results, as far as it is known. */
  readonly matters: string;
}

/** An entry whose value is one of a few named readings. */
export interface ChoiceEntry<K extends string = string> extends LedgerText {
  /** Kind of the entry. */
  readonly kind: "choice";
  /** The reading used unless a scenario says otherwise. */
  readonly default: NoInfer<K>;
  /** Every reading, with what it means. */
  readonly options: Readonly<Record<K, string>>;
}

/** An entry whose value is a number. */
export interface NumberEntry extends LedgerText {
  /** Kind of the entry. */
  readonly kind: "number";
  /** The value used unless a scenario says otherwise. */
  readonly default: number;
  /** Unit; "1" for a pure number. */
  readonly unit: string;
  /** Least allowed value. */
  readonly minimum: number;
  /** Largest allowed value; `Infinity` allows every finite number. */
  readonly maximum: number;
  /** Whether only whole numbers are allowed. */
  readonly integer: boolean;
  /** Other values that are worth a look, with what they mean. */
  readonly alternatives: Readonly<Record<string, string>>;
}

/** An entry whose value is a non-empty list of positive whole numbers. */
export interface SizesEntry extends LedgerText {
  /** Kind of the entry. */
  readonly kind: "sizes";
  /** The value used unless a scenario says otherwise. */
  readonly default: readonly number[];
}

/** Any entry of the ledger. */
export type LedgerEntry = ChoiceEntry | NumberEntry | SizesEntry;

/** The kind of entry that holds values of a type. */
export type EntryOf<Value> = [Value] extends [readonly number[]] ? SizesEntry
  : [Value] extends [number] ? NumberEntry
  : ChoiceEntry<Value & string>;

/** An entry for every choice of an interface. */
export type Ledger<Choices> = {
  readonly [K in keyof Choices]: EntryOf<Choices[K]>;
};

/** Builds a {@linkcode ChoiceEntry}. */
export function choice<const K extends string>(
  entry: Omit<ChoiceEntry<K>, "kind">,
): ChoiceEntry<K> {
  return { kind: "choice", ...entry };
}

/**
 * Builds a {@linkcode NumberEntry}: by default from 0 to the largest quantity, and
 * of whole numbers to a thousand million.
 */
export function quantity(
  entry:
    & Pick<NumberEntry, "default" | "unit" | keyof LedgerText>
    & Partial<NumberEntry>,
): NumberEntry {
  return {
    kind: "number",
    minimum: 0,
    maximum: entry.integer ? 1e9 : LARGEST_QUANTITY,
    integer: false,
    alternatives: {},
    ...entry,
  };
}

/** Builds a {@linkcode SizesEntry}. */
export function sizes(entry: Omit<SizesEntry, "kind">): SizesEntry {
  return { kind: "sizes", ...entry };
}

/** The default of every entry of a ledger. */
export function defaultsOf<Choices>(ledger: Ledger<Choices>): Choices {
  return Object.fromEntries(
    Object.entries<LedgerEntry>(ledger).map(([key, entry]) => [
      key,
      entry.default,
    ]),
  ) as unknown as Choices;
}

/** What values an entry of the ledger may have. */
export function entrySchema(entry: LedgerEntry): z.ZodType {
  switch (entry.kind) {
    case "choice":
      return choiceSchema(Object.keys(entry.options));
    case "number":
      return numberSchema(entry);
    case "sizes":
      return z.array(COUNT, { error: "must be an array of whole numbers" })
        .min(1, { error: "must be an array of at least 1 whole number" });
  }
}
