/**
 * What tests ask JupyterLab's page: every document of the page runs this first.
 * The application is `jupyterapp`.
 */
globalThis.labTest = (() => {
  const panel = () => globalThis.jupyterapp?.shell.currentWidget;
  const notebook = () => panel()?.content;
  const kernel = () => panel()?.sessionContext?.session?.kernel;
  const cell = (index) => notebook().widgets[index];

  /** Where an element is on the screen; `undefined` if it cannot be seen. */
  const centerOf = (element) => {
    const { x, y, width, height } = element?.getBoundingClientRect() ?? {};
    if (!width || !height) return undefined;
    return { x: x + width / 2, y: y + height / 2 };
  };

  /** How many colors a canvas has: one if nothing is drawn. */
  const countColors = (canvas) => {
    const { data } = canvas.getContext("2d")
      .getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  };

  return {
    isReady: () =>
      Boolean(
        panel()?.context?.isReady && panel().sessionContext.isReady &&
          kernel()?.status === "idle" && notebook().widgets.length > 0,
      ),

    /** Where JupyterLab thinks that the kernel is. */
    kernelStatus: () => kernel()?.status ?? "none",

    start: (command) => {
      globalThis.jupyterapp.commands.execute(command);
    },

    startCell: (index) => {
      notebook().deselectAll();
      notebook().activeCellIndex = index;
      globalThis.jupyterapp.commands.execute("notebook:run-cell");
    },

    /** Cells as the notebook's model has them. */
    cells: () => notebook().model.toJSON().cells,

    /** Prompt before a cell: `[3]:`, `[*]:` or `[ ]:`. */
    prompt: (index) =>
      cell(index).node.querySelector(".jp-InputPrompt").textContent,

    /** The text that a reader sees below a cell. */
    shownBelow: (index) =>
      cell(index).node.querySelector(".jp-Cell-outputArea")?.innerText ?? "",

    /** Figures below a cell, with their sizes. */
    figuresBelow: (index) => {
      const figures = cell(index).node.querySelectorAll(
        ".vega-embed canvas.marks",
      );
      return [...figures].map((figure) => {
        const { width, height } = figure.getBoundingClientRect();
        return { width, height, colors: countColors(figure) };
      });
    },

    scrollToOutputs: (index) => {
      cell(index).node.querySelector(".jp-Cell-outputArea").scrollIntoView();
    },

    /** The button that interrupts the kernel. */
    stopButton: () =>
      centerOf(
        panel().toolbar.node.querySelector(
          '[data-jp-item-name="interrupt"] jp-button',
        ),
      ),

    /** Puts the cursor into a cell, behind the first `text` in it. */
    putCursor: (index, text) => {
      notebook().activeCellIndex = index;
      notebook().mode = "edit";
      const { editor, model } = cell(index);
      const source = model.sharedModel.getSource();
      const offset = source.indexOf(text) + text.length;
      editor.setCursorPosition(editor.getPositionAt(offset));
      editor.focus();
    },

    shutDown: () => panel().sessionContext.shutdown(),

    tooltip: () => document.querySelector(".jp-Tooltip")?.innerText ?? "",

    /** Dialogs, such as that of a kernel that has died. */
    dialogs: () =>
      [...document.querySelectorAll(".jp-Dialog")].map((one) => one.innerText),
  };
})();
