/**
 * The process of a kernel and the end of what it logs.
 *
 * @module
 */

const LOG_LENGTH = 2000;

/** A kernel's process. */
export class KernelProcess {
  readonly #child: Deno.ChildProcess;
  readonly #logReader: ReadableStreamDefaultReader<string>;
  readonly #logged: Promise<void>;
  #exitCode: number | undefined;
  #log = "";
  #logEnded = false;

  /** Starts `deno jupyter` in a folder, as Jupyter itself would. */
  constructor(folder: string, connectionFile: string) {
    this.#child = new Deno.Command(Deno.execPath(), {
      args: ["jupyter", "--kernel", "--conn", connectionFile],
      cwd: folder,
      // Outputs without colour codes read well everywhere.
      env: { NO_COLOR: "1" },
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    this.#child.status.then(({ code }) => this.#exitCode = code);
    this.#logReader = this.#child.stderr.pipeThrough(new TextDecoderStream())
      .getReader();
    this.#logged = this.#readLog();
  }

  /** Exit code, once it has ended. */
  get exitCode(): number | undefined {
    return this.#exitCode;
  }

  /** The last of what it wrote to standard error. */
  get log(): string {
    return this.#log;
  }

  /** Whether nothing will be added to the log. */
  get logEnded(): boolean {
    return this.#logEnded;
  }

  /** Interrupts what runs; without a SIGINT listener this ends the process. */
  interrupt(): void {
    this.#child.kill("SIGINT");
  }

  /** Kills the process and waits for its end; may be called again. */
  async kill(): Promise<void> {
    if (this.#exitCode === undefined) {
      try {
        this.#child.kill("SIGKILL");
      } catch (error) {
        // It ended by itself after the question.
        if (!(error instanceof TypeError)) throw error;
      }
    }
    await this.#child.status;
    // A child of its own may hold the log open.
    await this.#logReader.cancel();
    await this.#logged;
  }

  async #readLog(): Promise<void> {
    for (;;) {
      const { done, value } = await this.#logReader.read();
      if (done) break;
      this.#log = (this.#log + value).slice(-LOG_LENGTH);
    }
    this.#logEnded = true;
  }
}
