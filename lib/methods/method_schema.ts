/**
 * What a method that comes from outside must look like.
 *
 * @module
 */

import * as z from "zod";
import { choiceSchema, numberSchema, objectSchema } from "../input/schema.ts";
import type { LedgerEntry } from "../input/ledger_entry.ts";
import { entrySchema } from "../input/ledger_entry.ts";

const TEXT = z.string({ error: "must be a text" }).min(1, {
  error: "must be a text of at least 1 character",
});
const FUNCTION = z.custom<() => unknown>(
  (value) => typeof value === "function",
  { error: "must be a function" },
);
const TEXTS = z.record(z.string(), TEXT, {
  error: "must be an object of texts",
});

/** What every entry of the ledger says. */
const LEDGER_TEXT = { paper: TEXT, reason: TEXT, matters: TEXT };

/** What entries of each kind have; of the default only that it is there. */
const ENTRIES = {
  choice: objectSchema({
    ...LEDGER_TEXT,
    kind: z.literal("choice"),
    default: TEXT,
    options: TEXTS.refine((options) => Object.keys(options).length > 0, {
      error: "must be an object of at least 1 text",
    }),
  }, "a ledger entry: an object with kind, default, options"),
  number: objectSchema({
    ...LEDGER_TEXT,
    kind: z.literal("number"),
    default: numberSchema(),
    unit: TEXT,
    minimum: numberSchema(),
    maximum: z.custom<number>(
      (value) => value === Infinity || Number.isFinite(value),
      { error: "must be a finite number or Infinity" },
    ),
    integer: z.boolean({ error: "must be true or false" }),
    alternatives: TEXTS,
  }, "a ledger entry: an object with kind, default, minimum, maximum"),
  sizes: objectSchema({
    ...LEDGER_TEXT,
    kind: z.literal("sizes"),
    default: z.unknown(),
  }, "a ledger entry: an object with kind, default"),
} satisfies Record<LedgerEntry["kind"], z.ZodType>;

const KIND = z.looseObject({
  kind: choiceSchema(Object.keys(ENTRIES) as LedgerEntry["kind"][]),
}, {
  error: "must be a ledger entry, such as quantity, choice or sizes makes",
});

/** Tells the issues of another schema as those of the present value. */
function passOn(
  schema: z.ZodType,
  value: unknown,
  issues: z.core.$ZodRawIssue[],
  path: readonly PropertyKey[] = [],
): boolean {
  const { error } = schema.safeParse(value);
  error?.issues.forEach((issue) =>
    issues.push(
      { ...issue, path: [...path, ...issue.path] } as z.core.$ZodRawIssue,
    )
  );
  return error === undefined;
}

/**
 * An entry of the ledger, whose default is a value that it allows. The kind comes
 * first, since it decides what else there must be.
 */
const ENTRY = z.unknown().check(({ value, issues }) => {
  if (!passOn(KIND, value, issues)) return;
  const entry = value as LedgerEntry;
  if (!passOn(ENTRIES[entry.kind], entry, issues)) return;
  passOn(entrySchema(entry), entry.default, issues, ["default"]);
});

/** A name by which a hyperparameter can be set on the command line. */
const KEY = /^[A-Za-z]\w{0,99}$/;

const HYPERPARAMETERS = z.record(z.string(), ENTRY, {
  error: "must be an object of ledger entries",
}).check(({ value, issues }) => {
  for (const key of Object.keys(value)) {
    if (KEY.test(key)) continue;
    issues.push({
      code: "custom",
      input: value,
      path: [key],
      message: 'must have a name of letters, digits and "_"',
    });
  }
});

/** A method as a value: a name, a label, functions, entries of the ledger. */
export const METHOD_SCHEMA: z.ZodType = objectSchema({
  name: TEXT.regex(/^[\w-]{1,100}$/, {
    error: 'must be a name of letters, digits, "_" and "-"',
  }),
  label: TEXT,
  color: TEXT.optional(),
  labelIn: FUNCTION.optional(),
  bound: FUNCTION.optional(),
  exclusion: FUNCTION.optional(),
  sees: z.union([choiceSchema(["visible", "episode"]), FUNCTION], {
    error: 'must be "visible", "episode" or a function',
  }).optional(),
  learns: z.boolean({ error: "must be true or false" }).optional(),
  hyperparameters: HYPERPARAMETERS.optional(),
  create: FUNCTION,
}, "a method: an object with name, label, create");
