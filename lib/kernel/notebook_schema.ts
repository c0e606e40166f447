/**
 * The form of notebooks: nbformat 4, as far as a run or a check relies on it. Keys
 * that it does not know are kept, as tools add their own.
 *
 * Source: `nbformat.v4.5.schema.json` (github.com/jupyter/nbformat).
 *
 * @module
 */

import { z } from "zod";
import { numberSchema } from "../input/schema.ts";

/** Whether a format is stored as JSON rather than as text. */
export function isJson(mediaType: string): boolean {
  return /^application\/(.*\+)?json$/.test(mediaType);
}

const STRING = z.string({ error: "must be text" });

/** Text, which may be stored line by line. */
const TEXT = z.union([STRING, z.array(STRING)], {
  error: "must be text or an array of texts",
});

const OBJECT = z.looseObject({}, { error: "must be an object" });

/** One thing in several formats. */
const BUNDLE = OBJECT.superRefine((bundle, context) => {
  for (const [mediaType, value] of Object.entries(bundle)) {
    if (isJson(mediaType) || TEXT.safeParse(value).success) continue;
    context.addIssue({
      code: "custom",
      path: [mediaType],
      message: "must be text or an array of texts",
    });
  }
});

const EXECUTION_COUNT = numberSchema({ minimum: 0, integer: true })
  .nullish();

const OUTPUT_TYPES = ["stream", "display_data", "execute_result", "error"];

const OUTPUT = z.discriminatedUnion("output_type", [
  z.looseObject({
    output_type: z.literal("stream"),
    name: STRING,
    text: TEXT,
  }),
  z.looseObject({
    output_type: z.literal("display_data"),
    data: BUNDLE,
    metadata: OBJECT.optional(),
  }),
  z.looseObject({
    output_type: z.literal("execute_result"),
    data: BUNDLE,
    metadata: OBJECT.optional(),
    execution_count: EXECUTION_COUNT,
  }),
  z.looseObject({
    output_type: z.literal("error"),
    ename: STRING,
    evalue: STRING,
    traceback: z.array(STRING, { error: "must be an array of texts" }),
  }),
], {
  error: (issue) =>
    issue.code === "invalid_union"
      ? `must be one of ${OUTPUT_TYPES.join(", ")}`
      : "must be an object",
});

const CELL_FIELDS = {
  id: z.string({ error: "must be text" })
    .regex(/^[\w-]{1,64}$/, {
      error: "must be 1 to 64 letters, digits, - or _",
    }).optional(),
  metadata: z.looseObject({
    tags: z.array(STRING, { error: "must be an array of texts" }).optional(),
  }, { error: "must be an object" }).optional(),
  source: TEXT,
};

const WITHOUT_CODE = z.never({
  error: "must be left out of a cell without code",
}).optional();

const TEXT_CELL_FIELDS = {
  ...CELL_FIELDS,
  attachments: z.record(z.string(), BUNDLE, { error: "must be an object" })
    .optional(),
  outputs: WITHOUT_CODE,
  execution_count: WITHOUT_CODE,
};

const CELL = z.discriminatedUnion("cell_type", [
  z.looseObject({
    cell_type: z.literal("code"),
    ...CELL_FIELDS,
    outputs: z.array(OUTPUT, { error: "must be an array of outputs" })
      .optional(),
    execution_count: EXECUTION_COUNT,
  }),
  z.looseObject({ cell_type: z.literal("markdown"), ...TEXT_CELL_FIELDS }),
  z.looseObject({ cell_type: z.literal("raw"), ...TEXT_CELL_FIELDS }),
], {
  error: (issue) =>
    issue.code === "invalid_union"
      ? "must be one of code, markdown, raw"
      : "must be an object",
});

const CELLS = z.array(CELL, { error: "must be an array of cells" })
  .superRefine((cells, context) => {
    const ids = new Set<string>();
    for (const [index, { id }] of cells.entries()) {
      if (id !== undefined && ids.has(id)) {
        context.addIssue({
          code: "custom",
          path: [index, "id"],
          message: "must be there once",
        });
      }
      if (id !== undefined) ids.add(id);
    }
  });

/** JupyterLab leaves it empty where no kernel is chosen. */
const LANGUAGE = z.custom<string>(
  (value) => typeof value === "string" && /^(typescript)?$/i.test(value),
  { error: 'must be "typescript", which is what Deno\'s kernel runs' },
);

/** Which kernel a notebook is for. */
const KERNELSPEC = z.looseObject({
  name: STRING.optional(),
  language: LANGUAGE.optional(),
}, { error: "must be an object" }).refine(
  ({ name, language }) => !name || language || name === "deno",
  { error: 'must be "deno", for there is no language', path: ["name"] },
);

/** A notebook of TypeScript, of nbformat 4. */
export const NOTEBOOK = z.looseObject({
  nbformat: z.literal(4, { error: "must be 4" }),
  nbformat_minor: numberSchema({ minimum: 0, integer: true }).optional(),
  // Before the cells, since cells of another language are another matter.
  metadata: z.looseObject({
    kernelspec: KERNELSPEC.optional(),
    language_info: z.looseObject({ name: LANGUAGE.optional() }, {
      error: "must be an object",
    }).optional(),
  }, { error: "must be an object" }).optional(),
  cells: CELLS,
}, { error: "must be a notebook of nbformat 4" });
