/**
 * The values that one slot is made of: state, decision and outcome.
 *
 * Shapes: U users, E servers, M models. Matrices are flattened row by row, so
 * that entry (j, i) of an `[E][U]` matrix stands at `j·U + i`.
 *
 * @module
 */

/**
 * What a decision maker decides in a slot. Its shares are not read where servers set
 * them after the requests: under lagged visibility, if the ledger's `shareTiming` is
 * `after-requests`.
 */
export interface Decision {
  /** β(t), Eq. 3: `[E][M]`, 1 where server j caches model m. */
  readonly cache: Float64Array;
  /** α(t), Eq. 16: `[E][U]`, share of server j's uplink bandwidth. */
  readonly bandwidthShare: Float64Array;
  /** ℓ(t), Eq. 17: `[E][U]`, share of server j's GPUs. */
  readonly computeShare: Float64Array;
  /** Server of every user, length U. */
  readonly server: Int32Array;
}

/** A constraint of Eq. 18, by its number. */
export type Constraint = "18b" | "18c" | "18d" | "18e" | "18f" | "18g";

/** Everything that follows from state and decision. Lengths are U unless said. */
export interface SlotOutcome {
  /** h_ij towards the user's own server, linear (Eq. 6). */
  readonly channelGain: Float64Array;
  /** Eq. 7 in bit/s. */
  readonly uplinkRateBps: Float64Array;
  /** Eq. 8 in bit/s. */
  readonly downlinkRateBps: Float64Array;
  /** Upload to the server, in s. */
  readonly uplinkTimeS: Float64Array;
  /** Upload from server to cloud, in s; 0 for a hit. */
  readonly backhaulUplinkTimeS: Float64Array;
  /** Inference at the edge or in the cloud, in s. */
  readonly inferenceTimeS: Float64Array;
  /** Download from cloud to server, in s; 0 for a hit. */
  readonly backhaulDownlinkTimeS: Float64Array;
  /** When the result is ready at the server, in s. */
  readonly readyTimeS: Float64Array;
  /** T_i^tw, wait for the downlink, in s; 0 if the result is never ready. */
  readonly waitTimeS: Float64Array;
  /** Transmission on the downlink, in s. */
  readonly downlinkTimeS: Float64Array;
  /** T_i^res (Eqs. 10 and 11) in s. */
  readonly responseTimeS: Float64Array;
  /** Cost of transfer between user and server. */
  readonly accessCost: Float64Array;
  /** Cost of transfer between server and cloud; 0 for a hit. */
  readonly backhaulCost: Float64Array;
  /** Cost of GPU rental. */
  readonly gpuCost: Float64Array;
  /** C_i (Eqs. 12 and 13). */
  readonly userCost: Float64Array;
  /** 1 where the user's own server caches the requested model, else 0. */
  readonly hit: Uint8Array;
  /** S_M,j in byte, length E. */
  readonly storageUsedBytes: Float64Array;
  /** C^st (Eq. 14). */
  readonly storageCost: number;
  /** Sum of the response times in s. */
  readonly totalResponseTimeS: number;
  /** Sum of the users' costs and the storage cost. */
  readonly totalCost: number;
  /** G(t) (Eq. 15). */
  readonly objective: number;
  /** r(t) (Eq. 21). */
  readonly reward: number;
  /** Share of the requests that hit. */
  readonly hitRate: number;
  /** Broken constraints in the order 18b to 18g. */
  readonly violations: readonly Constraint[];
}
