import { assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../lib/input/input_error.ts";
import { formatNotebook, parseNotebook } from "../../lib/kernel/mod.ts";

const code = (fields: object) => ({
  cells: [{ cell_type: "code", source: "1", ...fields }],
});
const output = (fields: object) => code({ outputs: [fields] });
const text = (fields: object) => ({
  cells: [{ cell_type: "markdown", source: "x", ...fields }],
});

/** Forms that are refused, and what is said of them. */
const REFUSED: readonly (readonly [object, string])[] = [
  [{ metadata: [] }, "metadata must be an object, got an empty array"],
  [
    { metadata: { kernelspec: { name: "python3", language: "python" } } },
    `metadata.kernelspec.language must be "typescript", which is what Deno's kernel runs, got "python"`,
  ],
  [
    { metadata: { kernelspec: { name: "ir", display_name: "R" } } },
    'metadata.kernelspec.name must be "deno", for there is no language, got "ir"',
  ],
  [
    { metadata: { language_info: { name: "python" } } },
    `metadata.language_info.name must be "typescript", which is what Deno's kernel runs, got "python"`,
  ],
  [
    // What is told first is why the cells look odd.
    { metadata: { language_info: { name: "julia" } }, cells: [1] },
    "metadata.language_info.name must be",
  ],
  [
    { nbformat_minor: "5" },
    'nbformat_minor must be a whole number of at least 0, got "5"',
  ],
  [{ cells: {} }, "cells must be an array of cells, got {}"],
  [{ cells: [1] }, "cells[0] must be an object, got 1"],
  [
    { cells: [{ source: "" }] },
    "cells[0].cell_type must be one of code, markdown, raw, got nothing",
  ],
  [
    { cells: [{ cell_type: "heading", source: "" }] },
    'cells[0].cell_type must be one of code, markdown, raw, got "heading"',
  ],
  [
    { cells: [{ cell_type: "code" }] },
    "cells[0].source must be text or an array of texts, got nothing",
  ],
  [
    code({ source: 3 }),
    "cells[0].source must be text or an array of texts, got 3",
  ],
  [code({ source: ["a", 3] }), "cells[0].source[1] must be text, got 3"],
  [code({ metadata: "x" }), 'cells[0].metadata must be an object, got "x"'],
  [
    code({ metadata: { tags: "parameters" } }),
    'cells[0].metadata.tags must be an array of texts, got "parameters"',
  ],
  [
    code({ metadata: { tags: [1] } }),
    "cells[0].metadata.tags[0] must be text, got 1",
  ],
  [
    code({ id: "a b" }),
    'cells[0].id must be 1 to 64 letters, digits, - or _, got "a b"',
  ],
  [code({ id: "" }), "cells[0].id must be 1 to 64 letters"],
  [code({ id: "x".repeat(65) }), "cells[0].id must be 1 to 64 letters"],
  [code({ id: 1 }), "cells[0].id must be text, got 1"],
  [
    { cells: [1, 2].map(() => ({ cell_type: "raw", id: "a", source: "" })) },
    'cells[1].id must be there once, got "a"',
  ],
  [
    code({ execution_count: "1" }),
    'cells[0].execution_count must be a whole number of at least 0, got "1"',
  ],
  [
    code({ outputs: "1" }),
    'cells[0].outputs must be an array of outputs, got "1"',
  ],
  [output([]), "cells[0].outputs[0] must be an object, got an empty array"],
  [
    output({}),
    "cells[0].outputs[0].output_type must be one of stream, display_data, execute_result, error, got nothing",
  ],
  [
    output({ output_type: "pyout" }),
    "cells[0].outputs[0].output_type must be one of",
  ],
  [
    output({ output_type: "stream", name: "stdout" }),
    "cells[0].outputs[0].text must be text or an array of texts, got nothing",
  ],
  [
    output({ output_type: "stream", text: "" }),
    "cells[0].outputs[0].name must be text, got nothing",
  ],
  [
    output({ output_type: "display_data", data: [] }),
    "cells[0].outputs[0].data must be an object",
  ],
  [
    output({ output_type: "display_data", data: { "text/html": 1 } }),
    'cells[0].outputs[0].data["text/html"] must be text or an array of texts, got 1',
  ],
  [
    output({ output_type: "execute_result", data: {}, metadata: 1 }),
    "cells[0].outputs[0].metadata must be an object, got 1",
  ],
  [
    output({ output_type: "error", ename: "E", evalue: "", traceback: "" }),
    "cells[0].outputs[0].traceback must be an array of texts",
  ],
  [
    text({ outputs: "1" }),
    'cells[0].outputs must be left out of a cell without code, got "1"',
  ],
  [
    text({ outputs: [] }),
    "cells[0].outputs must be left out of a cell without code, got an empty array",
  ],
  [
    text({ execution_count: null }),
    "cells[0].execution_count must be left out of a cell without code, got null",
  ],
  [
    text({ attachments: { "a.png": { "image/png": 1 } } }),
    'cells[0].attachments["a.png"]["image/png"] must be text or an array of texts, got 1',
  ],
  [text({ attachments: [] }), "cells[0].attachments must be an object"],
];

Deno.test("a notebook of a broken form is refused with the place", () => {
  for (const [fields, message] of REFUSED) {
    const document = JSON.stringify({ nbformat: 4, cells: [], ...fields });
    assertThrows(
      () => parseNotebook(document, "run a"),
      InputError,
      `Cannot run a: ${message}`,
    );
  }
});

/** What tools write. */
const ACCEPTED: Readonly<Record<string, object>> = {
  "JupyterLab, with no kernel chosen": {
    metadata: {
      kernelspec: { name: "", display_name: "" },
      language_info: { name: "" },
    },
  },
  "JupyterLab, of Deno": {
    metadata: {
      kernelspec: {
        display_name: "Deno",
        language: "typescript",
        name: "deno",
      },
      language_info: {
        codemirror_mode: "typescript",
        file_extension: ".ts",
        mimetype: "text/x.typescript",
        name: "typescript",
        nbconvert_exporter: "script",
        pygments_lexer: "typescript",
        version: "5.9.2",
      },
    },
  },
  "nbformat, which requires no language": {
    metadata: { kernelspec: { display_name: "Deno", name: "deno" } },
  },
  "VS Code": {
    metadata: { language_info: { name: "typescript" } },
    nbformat_minor: 2,
    ...code({
      metadata: { vscode: { languageId: "typescript" } },
      outputs: [
        { name: "stdout", output_type: "stream", text: ["1\n"] },
        {
          data: {
            "application/vnd.vegalite.v5+json": { mark: "bar" },
            "text/plain": ["1"],
          },
          execution_count: null,
          metadata: {},
          output_type: "execute_result",
        },
      ],
    }),
  },
  "papermill": {
    metadata: {
      papermill: { duration: 1.5, exception: null, parameters: { n: 1 } },
      ...{
        kernelspec: {
          display_name: "Deno",
          language: "typescript",
          name: "deno",
        },
      },
    },
    ...code({
      metadata: {
        papermill: { duration: 0.1, status: "completed" },
        tags: ["injected-parameters"],
      },
      outputs: [{
        ename: "E",
        evalue: "v",
        output_type: "error",
        traceback: ["\u001b[31mE"],
      }],
    }),
  },
  "JupyterLab, of an image in text": text({
    attachments: { "a.png": { "image/png": "iVBORw0KGgo=" } },
    metadata: { tags: [], jp: { any: 1 } },
  }),
  "JupyterLab, of widgets": output({
    data: { "application/vnd.jupyter.widget-view+json": { model_id: "a" } },
    metadata: {},
    output_type: "display_data",
  }),
  "a later nbformat": { nbformat_minor: 6, unknown: 1 },
};

for (const [what, fields] of Object.entries(ACCEPTED)) {
  Deno.test(`what is written by ${what}, is accepted and kept`, () => {
    const document = {
      nbformat: 4,
      nbformat_minor: 5,
      metadata: {},
      cells: [],
      ...fields,
    };
    const notebook = parseNotebook(JSON.stringify(document), "run a");
    const written = JSON.parse(formatNotebook(notebook));
    assertEquals(written.metadata, document.metadata);
    const again = parseNotebook(JSON.stringify(written), "run a");
    assertEquals(again, notebook);
    for (const [index, cell] of document.cells.entries()) {
      const { source: _source, ...own } = cell as Record<string, unknown>;
      const kept = notebook.cells[index] as unknown as Record<string, unknown>;
      assertEquals(Object.keys(own).filter((key) => !(key in kept)), []);
      assertEquals(kept.metadata, own.metadata ?? {});
    }
  });
}
