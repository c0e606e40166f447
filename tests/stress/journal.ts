/**
 * What the journal of workers tells.
 *
 * @module
 */

/** A line of a journal. */
export interface JournalEntry {
  /** A worker started, ran an episode, or stored results. */
  readonly event: "start" | "run" | "store";
  /** Identity of the trial. */
  readonly trial: string;
  /** The worker's process. */
  readonly pid: number;
}

/** Reads a journal, but for a line that is not whole. */
export function readJournal(path: string): JournalEntry[] {
  let text = "";
  try {
    text = Deno.readTextFileSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return text.split("\n").slice(0, -1).map((line) => {
    const [event, trial, pid] = line.split(" ");
    return { event, trial, pid: Number(pid) } as JournalEntry;
  });
}

/** How many entries of an event every trial has. */
export function countEvents(
  entries: readonly JournalEntry[],
  event: JournalEntry["event"],
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const entry of entries) {
    if (entry.event !== event) continue;
    counts.set(entry.trial, (counts.get(entry.trial) ?? 0) + 1);
  }
  return counts;
}
