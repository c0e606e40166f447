import { assert, assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../lib/input/input_error.ts";
import { formatNotebook, parseNotebook } from "../../lib/kernel/mod.ts";

/** Written by Python's nbformat 5.10.4. */
const WRITTEN_BY_JUPYTER = `{
 "cells": [
  {
   "cell_type": "markdown",
   "id": "title",
   "metadata": {},
   "source": [
    "# Title\\n",
    "\\n",
    "text – ω"
   ]
  },
  {
   "cell_type": "code",
   "execution_count": 2,
   "id": "code",
   "metadata": {
    "tags": [
     "parameters"
    ]
   },
   "outputs": [
    {
     "name": "stdout",
     "output_type": "stream",
     "text": [
      "a\\r\\n",
      "b\\r",
      "c\\n"
     ]
    },
    {
     "data": {
      "application/vnd.vegalite.v5+json": {
       "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
       "a": 1.5,
       "mark": "line\\nline"
      },
      "image/png": "iVBORw0KGgo=\\n",
      "image/svg+xml": [
       "<svg>\\n",
       "</svg>"
      ],
      "text/plain": [
       "one\\n",
       "two"
      ]
     },
     "execution_count": 2,
     "metadata": {},
     "output_type": "execute_result"
    }
   ],
   "source": [
    "const a = 1;"
   ]
  },
  {
   "cell_type": "code",
   "execution_count": null,
   "id": "empty",
   "metadata": {},
   "outputs": [],
   "source": []
  }
 ],
 "metadata": {
  "kernelspec": {
   "display_name": "Deno",
   "language": "typescript",
   "name": "deno"
  }
 },
 "nbformat": 4,
 "nbformat_minor": 5
}
`;

Deno.test("a notebook that Jupyter wrote is written back byte for byte", () => {
  const notebook = parseNotebook(WRITTEN_BY_JUPYTER, "read it");
  assertEquals(notebook.cells[0].source, "# Title\n\ntext – ω");
  assertEquals(notebook.cells[1].outputs?.[0], {
    output_type: "stream",
    name: "stdout",
    text: "a\r\nb\rc\n",
  });
  assertEquals(formatNotebook(notebook), WRITTEN_BY_JUPYTER);
});

Deno.test("keys are written in order, whatever order they came in", () => {
  const shuffled = JSON.stringify(
    JSON.parse(WRITTEN_BY_JUPYTER),
    (_, value) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
  );
  assert(shuffled.startsWith('{"nbformat_minor"'));
  assertEquals(
    formatNotebook(parseNotebook(shuffled, "read it")),
    WRITTEN_BY_JUPYTER,
  );
});

Deno.test("an older notebook of format 4 gets what 4.5 requires", () => {
  const { cells, nbformat_minor } = parseNotebook(
    JSON.stringify({
      cells: [
        { cell_type: "code", source: ["a\n", "b"] },
        { cell_type: "raw", metadata: {}, source: "c" },
      ],
      metadata: {},
      nbformat: 4,
      nbformat_minor: 2,
    }),
    "read it",
  );
  assertEquals(nbformat_minor, 5);
  assertEquals(cells, [
    {
      cell_type: "code",
      id: "cell-1",
      metadata: {},
      source: "a\nb",
      outputs: [],
      execution_count: null,
    },
    { cell_type: "raw", id: "cell-2", metadata: {}, source: "c" },
  ]);
});

Deno.test("new identifiers of an older notebook differ from those that are there", () => {
  const { cells } = parseNotebook(
    JSON.stringify({
      nbformat: 4,
      cells: [
        { cell_type: "code", source: "" },
        { cell_type: "raw", id: "cell-1", source: "" },
      ],
    }),
    "read it",
  );
  assertEquals(cells.map((cell) => cell.id), ["cell-1-new", "cell-1"]);
});

Deno.test("the document itself is checked", () => {
  for (
    const [text, message] of [
      ["{", "Cannot run a: the document must be valid JSON, got an error: "],
      ["", "Cannot run a: the document must be valid JSON, got nothing"],
      [
        "[]",
        "the document must be a notebook of nbformat 4, got an empty array",
      ],
      ["null", "the document must be a notebook of nbformat 4, got null"],
      ['{"nbformat": 3, "worksheets": []}', "nbformat must be 4, got 3"],
      ['{"nbformat": 4}', "cells must be an array of cells, got nothing"],
      [
        '{"nbformat": 4, "nbformat": 4, "cells": []}',
        'the document must have every key once, got "nbformat" twice',
      ],
    ] as const
  ) {
    const error = assertThrows(
      () => parseNotebook(text, "run a"),
      InputError,
      message,
    );
    assert(!error.message.includes("\n"));
  }
});
