/**
 * The way from a cell to what shows it: JupyterLab, VS Code or a headless runner.
 *
 * @module
 */

/** One thing in several formats, from which the front end picks one. */
export interface DisplayBundle {
  /** Formats by media type. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Metadata by media type, for example an image's size. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Takes messages of the Jupyter protocol's output channel. */
export interface FrontEnd {
  /** Sends a message; resolved when it is on its way. */
  broadcast(type: string, content: Record<string, unknown>): Promise<void>;
}

/** The kernel's front end, or `undefined` in a program that is no kernel. */
export function findFrontEnd(): FrontEnd | undefined {
  try {
    return Deno.jupyter;
  } catch {
    return undefined;
  }
}

/** Options of everything that shows something. */
export interface ShowOptions {
  /** Where it is shown; by default the kernel's front end, if there is one. */
  readonly frontEnd?: FrontEnd | undefined;
}

/**
 * Shows a bundle below the cell. Outside a kernel it does nothing.
 *
 * To be awaited, so that it is sent before the cell ends.
 */
export async function display(
  bundle: DisplayBundle,
  options: ShowOptions = {},
): Promise<void> {
  const { frontEnd = findFrontEnd() } = options;
  await frontEnd?.broadcast("display_data", { ...bundle, transient: {} });
}
