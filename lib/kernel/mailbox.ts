/**
 * Handing values from many to one, without keeping any.
 *
 * @module
 */

/** Who puts a value waits until it is taken; all values in their order. */
export class Mailbox<Value> {
  readonly #offers: { value: Value; taken: () => void }[] = [];
  readonly #takers: ((value: Value | undefined) => void)[] = [];
  #isClosed = false;

  /** Resolves when the value is taken, or never will be. */
  put(value: Value): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    const take = this.#takers.shift();
    if (take === undefined) {
      return new Promise((taken) => this.#offers.push({ value, taken }));
    }
    take(value);
    return Promise.resolve();
  }

  /** Waits for a value; nothing comes after closing. */
  take(): Promise<Value | undefined> {
    const offer = this.#offers.shift();
    offer?.taken();
    if (offer || this.#isClosed) return Promise.resolve(offer?.value);
    return new Promise((take) => this.#takers.push(take));
  }

  /** Lets all go who wait; values that nobody has taken are gone. */
  close(): void {
    this.#isClosed = true;
    for (const { taken } of this.#offers.splice(0)) taken();
    for (const take of this.#takers.splice(0)) take(undefined);
  }
}
