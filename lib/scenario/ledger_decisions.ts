/**
 * Ledger entries on what is seen of a slot and who shares its GPUs.
 *
 * @module
 */

import { choice, type Ledger } from "../input/ledger_entry.ts";

/** Choices of the section "Observation and decision". */
export interface DecisionAssumptions {
  /** Which slot's requests are observed. */
  readonly requestVisibility: "reactive" | "lagged";
  /** Who gets compute shares. */
  readonly computeShareAmong: "associated" | "hits";
  /** When shares are set; read where requests are lagged. */
  readonly shareTiming: "with-caches" | "after-requests";
}

/** Readings of Section 4.2 that belong to the world. */
export const DECISION_ASSUMPTIONS: Ledger<DecisionAssumptions> = {
  requestVisibility: choice({
    paper:
      "Section 4.2 observes the requests before caching; the text on Fig. 6 reads as if caches were filled before.",
    options: {
      reactive: "the requests of the slot that is decided",
      lagged:
        "the requests of the slot before (proactive caching); not with readings that need the slot's own",
    },
    default: "reactive",
    reason: "Eq. 19 has Z(t), d_in(t) and d_out(t).",
    matters: "highest: the optimum's hit rate is 0.98 or 0.44",
  }),
  computeShareAmong: choice({
    paper: "Eq. 17 gives compute shares to users, hit or not.",
    options: {
      associated: "all users of the server",
      hits: "the users that the server serves itself",
    },
    default: "associated",
    reason: "Eq. 17 has an entry for every user; a miss ignores its share.",
    matters: "medium",
  }),
  shareTiming: choice({
    paper:
      "Eq. 20 decides caches and shares at once; the text on Fig. 6, by which caches are filled before requests are seen, says nothing of shares.",
    options: {
      "with-caches":
        "with the caches: under lagged visibility before requests are seen",
      "after-requests":
        "under lagged visibility by each server when it sees the requests: the best ones without waits, whatever was decided; else as with-caches",
    },
    default: "with-caches",
    reason:
      "Eq. 20 is one action. Where visibility is reactive, a decision sees the requests anyway.",
    matters:
      "high where requests are lagged: at 10 users the best G is 7.2 or 6.6",
  }),
};
