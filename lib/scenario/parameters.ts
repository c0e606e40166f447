/**
 * The numbers that the paper prints: Table 3 and the constants of Sections 3.1
 * and 5.1, each with its symbol, unit and place.
 *
 * Numbers are kept as printed. What a printed unit means (is "GB" 1e9 byte?) is
 * a choice of the assumption ledger, applied when an instance is drawn.
 *
 * @module
 */

import type { Range } from "../math/distributions.ts";

/** The paper's parameters in printed units; all documented in {@linkcode PARAMETERS}. */
export interface Parameters {
  /** Number of users U. */
  readonly numUsers: number;
  /** Number of edge servers E. */
  readonly numServers: number;
  /** Number of AIGC models M. */
  readonly numModels: number;
  /** Time slots per episode T. */
  readonly slotsPerEpisode: number;
  /** Training episodes N. */
  readonly numEpisodes: number;
  /** Transmission power of a user in dBm. */
  readonly userTxPowerDbm: number;
  /** Transmission power of an edge server in dBm. */
  readonly serverTxPowerDbm: number;
  /** Noise power spectral density in dBm/Hz. */
  readonly noisePsdDbmPerHz: number;
  /** Range of the input size of a request in MB. */
  readonly inputMegabytes: Range;
  /** Ranges of the output size in MB, by model type in rising order. */
  readonly outputMegabytes: readonly [Range, Range, Range, Range];
  /** Range of a server's storage in GB. */
  readonly serverStorageGigabytes: Range;
  /** Range of a server's uplink bandwidth in MHz. */
  readonly uplinkBandwidthMegahertz: Range;
  /** Range of a server's downlink bandwidth in MHz. */
  readonly downlinkBandwidthMegahertz: Range;
  /** Range of a server's number of GPUs. */
  readonly serverGpus: Range;
  /** GPUs that the cloud gives to each request. */
  readonly cloudGpusPerRequest: number;
  /** Backhaul rate, server to cloud, as printed ("Kbps"). */
  readonly backhaulUplinkKbps: number;
  /** Backhaul rate, cloud to server, as printed ("Kbps"). */
  readonly backhaulDownlinkKbps: number;
  /** Price of backhaul transfer, unit unprinted. */
  readonly backhaulTransferCost: number;
  /** Price of access transfer, unit unprinted. */
  readonly accessTransferCost: number;
  /** Price of GPU rental, unit unprinted. */
  readonly gpuRentalCost: number;
  /** Price of edge storage, unit unprinted. */
  readonly storageCost: number;
  /** Range of a model's size in GB. */
  readonly modelGigabytes: Range;
  /** Range of a model's floating-point operations, printed in "Eflops". */
  readonly modelExaflop: Range;
  /** Zipf exponents of the three popularity states. */
  readonly popularityStates: readonly number[];
  /** Transition probabilities between the popularity states, row by row. */
  readonly popularityTransition: readonly (readonly number[])[];
}

/** Where a parameter comes from and how it is written. */
export interface ParameterEntry {
  /** Symbol in the paper. */
  readonly symbol: string;
  /** Unit as printed; "1" for a pure number. */
  readonly unit: string;
  /** Place in the paper. */
  readonly source: string;
  /** What it is. */
  readonly description: string;
}

function entry(
  symbol: string,
  unit: string,
  source: string,
  description: string,
): ParameterEntry {
  return { symbol, unit, source, description };
}

/** Symbol, unit, place and meaning of every parameter. */
export const PARAMETERS: Readonly<Record<keyof Parameters, ParameterEntry>> = {
  numUsers: entry("U", "1", "Table 3", "number of users"),
  numServers: entry("E", "1", "Table 3", "number of edge servers"),
  numModels: entry("M", "1", "Table 3", "number of AIGC models"),
  slotsPerEpisode: entry("T", "1", "Table 3", "time slots per episode"),
  numEpisodes: entry("N", "1", "Table 3", "training episodes"),
  userTxPowerDbm: entry("p_i^U", "dBm", "Table 3", "user transmission power"),
  serverTxPowerDbm: entry(
    "p_j^E",
    "dBm",
    "Table 3",
    "server transmission power",
  ),
  noisePsdDbmPerHz: entry(
    "N_0",
    "dBm/Hz",
    "Table 3",
    "noise power spectral density",
  ),
  inputMegabytes: entry("d_i^in", "MB", "Table 3", "input size of a request"),
  outputMegabytes: entry(
    "d_i^out",
    "MB",
    "Table 3",
    "output size, one range per model type",
  ),
  serverStorageGigabytes: entry("S_j^E", "GB", "Table 3", "server storage"),
  uplinkBandwidthMegahertz: entry(
    "W_j^up",
    "MHz",
    "Table 3",
    "server uplink bandwidth",
  ),
  downlinkBandwidthMegahertz: entry(
    "W_j^down",
    "MHz",
    "Table 3",
    "server downlink bandwidth",
  ),
  serverGpus: entry("K_j", "1", "Table 3", "A800 GPUs of a server"),
  cloudGpusPerRequest: entry(
    "K_CS",
    "1",
    "Section 5.1",
    "A800 GPUs that the cloud gives to each request",
  ),
  backhaulUplinkKbps: entry(
    "R_E,CS^up",
    "Kbps",
    "Table 3",
    "rate from server to cloud",
  ),
  backhaulDownlinkKbps: entry(
    "R_E,CS^down",
    "Kbps",
    "Table 3",
    "rate from cloud to server",
  ),
  backhaulTransferCost: entry(
    "C_E,CS^tran",
    "unprinted",
    "Table 3",
    "transfer cost between server and cloud",
  ),
  accessTransferCost: entry(
    "C_U,E^tran",
    "unprinted",
    "Table 3",
    "transfer cost between user and server",
  ),
  gpuRentalCost: entry(
    "C_A8^com",
    "unprinted",
    "Table 3",
    "computational cost of an A800",
  ),
  storageCost: entry("C_E^st", "unprinted", "Table 3", "storage cost"),
  modelGigabytes: entry("S_m", "GB", "Table 3", "model size"),
  modelExaflop: entry(
    "F_m",
    "Eflops",
    "Table 3",
    "floating-point operations per request",
  ),
  popularityStates: entry(
    "γ_1, γ_2, γ_3",
    "1",
    "Section 3.1",
    "Zipf exponents of the popularity states",
  ),
  popularityTransition: entry(
    "P",
    "1",
    "Eq. 1",
    "transition probabilities of the popularity",
  ),
};

/** The values that the paper prints. */
export const PAPER_PARAMETERS: Parameters = {
  numUsers: 10,
  numServers: 2,
  numModels: 20,
  slotsPerEpisode: 10,
  numEpisodes: 800,
  userTxPowerDbm: 23,
  serverTxPowerDbm: 43,
  noisePsdDbmPerHz: -174,
  inputMegabytes: [4, 8],
  outputMegabytes: [[500, 510], [520, 530], [540, 550], [560, 570]],
  serverStorageGigabytes: [30, 50],
  uplinkBandwidthMegahertz: [10, 20],
  downlinkBandwidthMegahertz: [30, 40],
  serverGpus: [25, 30],
  cloudGpusPerRequest: 5,
  backhaulUplinkKbps: 500,
  backhaulDownlinkKbps: 500,
  backhaulTransferCost: 0.6,
  accessTransferCost: 0.2,
  gpuRentalCost: 4,
  storageCost: 0.4,
  modelGigabytes: [4, 8],
  modelExaflop: [10, 20],
  popularityStates: [0.2, 0.5, 0.8],
  popularityTransition: [[0.6, 0.2, 0.2], [0.1, 0.7, 0.2], [0.2, 0.3, 0.5]],
};
