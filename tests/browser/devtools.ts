/**
 * The Chrome DevTools Protocol, as far as the tests need it.
 *
 * @module
 */

/** How long an answer may take: a page that hangs gives none. */
const ANSWER_LIMIT_S = 120;

type Parameters = Readonly<Record<string, unknown>>;

/** A command that waits for its answer. */
interface Waiting {
  readonly method: string;
  resolve(result: Record<string, unknown>): void;
  reject(error: Error): void;
}

/** What a browser tells unasked. */
export interface DevToolsEvent {
  /** Its name, such as `Network.requestWillBeSent`. */
  readonly method: string;
  /** What it tells. */
  readonly params: Readonly<Record<string, unknown>>;
  /** The page that it is of. */
  readonly sessionId?: string;
}

/** A connection to a browser. */
export class DevTools {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners: ((event: DevToolsEvent) => void)[] = [];
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => this.#receive(data));
    socket.addEventListener("close", () => {
      for (const { method, reject } of this.#waiting.values()) {
        reject(new Error(`the browser ended before it answered ${method}`));
      }
      this.#waiting.clear();
    });
  }

  /** Connects to the address that a browser has written down. */
  static async connect(address: string): Promise<DevTools> {
    const socket = new WebSocket(address);
    await new Promise((resolve, reject) => {
      socket.addEventListener("open", resolve, { once: true });
      socket.addEventListener("error", reject, { once: true });
    });
    return new DevTools(socket);
  }

  /** Sends a command to the browser, or to a page of it; returns its result. */
  send(
    method: string,
    params: Parameters = {},
    sessionId?: string,
  ): Promise<Record<string, unknown>> {
    const id = ++this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<
      Record<string, unknown>
    >();
    this.#waiting.set(id, { method, resolve, reject });
    this.#socket.send(JSON.stringify({ id, method, params, sessionId }));
    const timer = setTimeout(() => {
      this.#waiting.delete(id);
      reject(new Error(`no answer to ${method} in ${ANSWER_LIMIT_S} s`));
    }, 1000 * ANSWER_LIMIT_S);
    return promise.finally(() => clearTimeout(timer));
  }

  /** Calls for every event that a domain which is enabled tells. */
  listen(listener: (event: DevToolsEvent) => void): void {
    this.#listeners.push(listener);
  }

  /** Ends the connection. */
  close(): void {
    this.#socket.close();
  }

  #receive(text: string): void {
    const message = JSON.parse(text);
    const { id, result, error } = message;
    if (id === undefined) {
      for (const listener of this.#listeners) listener(message);
      return;
    }
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    this.#waiting.delete(id);
    if (error === undefined) waiting.resolve(result);
    else waiting.reject(new Error(`${waiting.method}: ${error.message}`));
  }
}
