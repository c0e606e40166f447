/**
 * Python peers: programs that answer one request a line.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import type { Contender, Measurement, PeerName } from "./contender.ts";

/** Where a peer's packages come from. */
export type PeerPackages = "venv" | "system";

const LAUNCHER = new URL("peers/launch.py", import.meta.url);

const ONE_THREAD = {
  OMP_NUM_THREADS: "1",
  OPENBLAS_NUM_THREADS: "1",
  MKL_NUM_THREADS: "1",
  VECLIB_MAXIMUM_THREADS: "1",
};

/** Options of {@linkcode Peer.start}. */
export interface StartPeerOptions {
  /** Where its packages come from. */
  readonly packages: PeerPackages;
}

/** A running peer. */
export class Peer {
  /** The library that it is written with. */
  readonly name: PeerName;
  /** Versions by package. */
  versions: Readonly<Record<string, string>> = {};
  readonly #process: Deno.ChildProcess;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>;
  readonly #reader: ReadableStreamDefaultReader<string>;
  #buffered = "";

  private constructor(name: PeerName, process: Deno.ChildProcess) {
    this.name = name;
    this.#process = process;
    this.#writer = process.stdin.getWriter();
    this.#reader = process.stdout.pipeThrough(new TextDecoderStream())
      .getReader();
  }

  /**
   * Starts a peer; with `venv`, makes its virtual environment first if need be.
   *
   * @throws {Error} If Python or the packages are missing.
   */
  static async start(name: PeerName, options: StartPeerOptions): Promise<Peer> {
    const process = new Deno.Command("python3", {
      args: [fileURLToPath(LAUNCHER), options.packages, name],
      env: ONE_THREAD,
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    const peer = new Peer(name, process);
    try {
      const { versions } = await peer.ask({ command: "hello" });
      peer.versions = versions as Record<string, string>;
    } catch (error) {
      await peer.close();
      throw error;
    }
    return peer;
  }

  /**
   * Asks for something and waits for the answer.
   *
   * @throws {Error} If the peer has ended, or answers with an error.
   */
  async ask(
    request: Readonly<Record<string, unknown>>,
  ): Promise<Record<string, unknown>> {
    const line = `${JSON.stringify(request)}\n`;
    let answer: Record<string, unknown>;
    try {
      await this.#writer.write(new TextEncoder().encode(line));
      answer = JSON.parse(await this.#readLine());
    } catch {
      throw new Error(`Cannot use the ${this.name} peer: it has ended`);
    }
    if (answer.error !== undefined) {
      throw new Error(
        `Cannot ${request.command} with the ${this.name} peer: ${answer.error}`,
      );
    }
    return answer;
  }

  /** As {@linkcode Peer.ask}, for an answer that times something. */
  async time(
    request: Readonly<Record<string, unknown>>,
  ): Promise<Measurement> {
    const { ms, cpuMs, compileMs } = await this.ask(request);
    return {
      ms: Number(ms),
      cpuMs: Number(cpuMs),
      ...(compileMs === undefined ? {} : { compileMs: Number(compileMs) }),
    };
  }

  /** Ends the peer. */
  async close(): Promise<void> {
    await this.#writer.close().catch(() => {});
    await this.#reader.cancel();
    await this.#process.status;
  }

  async #readLine(): Promise<string> {
    for (;;) {
      const end = this.#buffered.indexOf("\n");
      if (end >= 0) {
        const line = this.#buffered.slice(0, end);
        this.#buffered = this.#buffered.slice(end + 1);
        return line;
      }
      const { value, done } = await this.#reader.read();
      if (done) throw new Error("end of output");
      this.#buffered += value;
    }
  }
}

/** Peers by name, of which only those run that somebody needs. */
export class Peers {
  readonly #running = new Map<PeerName, Peer>();

  /** The peers that run. */
  get running(): readonly Peer[] {
    return [...this.#running.values()];
  }

  /**
   * Starts a peer, see {@linkcode Peer.start}.
   *
   * @throws {Error} If Python or the packages are missing.
   */
  async start(name: PeerName, options: StartPeerOptions): Promise<Peer> {
    const peer = await Peer.start(name, options);
    this.#running.set(name, peer);
    return peer;
  }

  /**
   * A contender whose work a peer does, which need not run yet.
   *
   * @param request What it is asked to time, by the number of units.
   */
  contender(
    name: PeerName,
    named: Omit<Contender, "run" | "peer">,
    request: (count: number) => Readonly<Record<string, unknown>>,
  ): Contender {
    return {
      ...named,
      peer: name,
      run: async (count) => {
        const peer = this.#running.get(name);
        if (peer === undefined) throw new Error(`No ${name} peer runs`);
        return await peer.time(request(count));
      },
    };
  }

  /** Ends all of them. */
  async close(): Promise<void> {
    for (const peer of this.#running.values()) await peer.close();
    this.#running.clear();
  }
}
