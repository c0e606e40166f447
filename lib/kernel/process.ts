/**
 * The process of a kernel and the end of what it logs.
 *
 * @module
 */

const LOG_LENGTH = 2000;

/** Any byte interrupts. */
const INTERRUPT = Uint8Array.of(1);

/**
 * A kernel's process, started by a guard of its own (`guard.ts`), which ends it
 * when this process ends, also by SIGKILL.
 */
export class KernelProcess {
  readonly #guard: Deno.ChildProcess;
  readonly #onChange: () => void;
  readonly #commands: WritableStreamDefaultWriter<Uint8Array>;
  readonly #logReader: ReadableStreamDefaultReader<string>;
  readonly #done: Promise<unknown>;
  #exitCode: number | undefined;
  #log = "";
  #logEnded = false;

  /**
   * Starts `deno jupyter` in a folder, as Jupyter itself would.
   *
   * @param onChange Hears that the process or its log has ended.
   */
  constructor(folder: string, connectionFile: string, onChange: () => void) {
    this.#onChange = onChange;
    this.#guard = new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--no-prompt", "--no-config", "--no-lock"],
        ...["--allow-run", "--allow-write"],
        import.meta.resolve("./guard.ts"),
        connectionFile,
      ],
      cwd: folder,
      // Outputs without color codes read well everywhere. Of what a stop left of a
      // cell, only the collection of garbage makes the kernel answer.
      env: { NO_COLOR: "1", DENO_V8_FLAGS: "--expose-gc" },
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
      // What ends the runner's process group must not end the guard before it.
      detached: true,
    }).spawn();
    this.#commands = this.#guard.stdin.getWriter();
    this.#logReader = this.#guard.stderr.pipeThrough(new TextDecoderStream())
      .getReader();
    this.#done = Promise.all([this.#readExitCode(), this.#readLog()]);
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
    this.#commands.write(INTERRUPT).catch(() => {
      // The guard is gone, and the kernel with it.
    });
  }

  /**
   * Kills the process and waits for its end; the folder of the connection file
   * goes with it. May be called again.
   */
  async kill(): Promise<void> {
    await this.#commands.close().catch(() => {
      // It is closed, or the guard is gone.
    });
    await this.#guard.status;
    // A child that left the kernel's process group may hold the log open.
    await this.#logReader.cancel();
    await this.#done;
  }

  async #readExitCode(): Promise<void> {
    for await (const bytes of this.#guard.stdout) {
      this.#exitCode = Number(new TextDecoder().decode(bytes));
      this.#onChange();
    }
    // A guard that says nothing has ended before its kernel.
    this.#exitCode ??= (await this.#guard.status).code;
    this.#onChange();
  }

  async #readLog(): Promise<void> {
    for (;;) {
      const { done, value } = await this.#logReader.read();
      if (done) break;
      this.#log = (this.#log + value).slice(-LOG_LENGTH);
    }
    this.#logEnded = true;
    this.#onChange();
  }
}
