/**
 * Who belongs to which server in a slot, and over which channel.
 *
 * @module
 */

import type { TraceSlot } from "../workload/trace.ts";
import { groupMembers, groupUsers, type UserGroups } from "./association.ts";
import { linkGain } from "./channel.ts";
import { waitForDownlink } from "./downlink.ts";
import { downlinkRateBps } from "./rates.ts";
import { transmissionTimeS } from "./response_time.ts";
import { floatArrays, type SlotConstants } from "./slot_constants.ts";

/** The users' links to their servers; they change where users change servers. */
export class SlotLinks {
  /** Server of every user, length U. */
  readonly server: Int32Array;
  /** h_ij of every user at its server, linear (Eq. 6). */
  readonly channelGain: Float64Array;
  /** Eq. 8 of every user in bit/s. */
  readonly downlinkRateBps: Float64Array;
  /** d^out/R^down of every user in s. */
  readonly downlinkTimeS: Float64Array;
  readonly #slot: TraceSlot;
  readonly #constants: SlotConstants;
  readonly #metersPerDistanceUnit: number;
  #groups: UserGroups;
  /** The users of every server in the order of sending: views into one array. */
  readonly #queue: Int32Array;
  #queues: Int32Array[] = [];
  readonly #scratch: Int32Array;

  /**
   * Links users to the servers of the slot.
   *
   * @param metersPerDistanceUnit Meters in the unit of D in Eq. 5.
   */
  constructor(
    slot: TraceSlot,
    constants: SlotConstants,
    metersPerDistanceUnit: number,
  ) {
    const { numUsers } = slot.instance;
    this.#slot = slot;
    this.#constants = constants;
    this.#metersPerDistanceUnit = metersPerDistanceUnit;
    [this.channelGain, this.downlinkRateBps, this.downlinkTimeS] = floatArrays(
      3,
      numUsers,
    );
    const integers = new Int32Array(3 * numUsers);
    this.server = integers.subarray(0, numUsers);
    this.#queue = integers.subarray(numUsers, 2 * numUsers);
    this.#scratch = integers.subarray(2 * numUsers);
    this.server.set(slot.server);
    for (let user = 0; user < numUsers; user++) this.#attach(user);
    this.#groups = this.#group();
  }

  /** The users of a server in rising order. */
  usersOf(server: number): Int32Array {
    return groupMembers(this.#groups, server);
  }

  /** Gives users their servers. */
  associate(server: Int32Array): void {
    let same = true;
    for (let user = 0; user < server.length; user++) {
      if (this.server[user] === server[user]) continue;
      this.server[user] = server[user];
      this.#attach(user);
      same = false;
    }
    if (!same) this.#groups = this.#group();
  }

  /**
   * T^tw of every user.
   *
   * @param freeAtS When each downlink is first free, length E; by default 0.
   * @param waitTimeS Receives the waits, length U.
   */
  wait(
    readyTimeS: Float64Array,
    freeAtS: Float64Array | undefined,
    waitTimeS: Float64Array,
  ): void {
    this.#queue.set(this.#groups.users);
    for (let server = 0; server < this.#queues.length; server++) {
      waitForDownlink(
        this.#queues[server],
        readyTimeS,
        this.downlinkTimeS,
        waitTimeS,
        freeAtS?.[server],
        this.#scratch,
      );
    }
  }

  /** Eqs. 4 to 6 and 8 at the user's server. */
  #attach(user: number): void {
    const { instance, state } = this.#slot;
    const server = this.server[user];
    const gain = linkGain(
      instance,
      state,
      user,
      server,
      this.#metersPerDistanceUnit,
    );
    const rateBps = downlinkRateBps(
      instance.downlinkBandwidthHz[server],
      this.#constants.serverTxPowerW,
      gain,
      this.#constants.noisePsdWPerHz,
    );
    this.channelGain[user] = gain;
    this.downlinkRateBps[user] = rateBps;
    this.downlinkTimeS[user] = transmissionTimeS(
      state.outputBytes[user],
      rateBps,
    );
  }

  #group(): UserGroups {
    const { numServers } = this.#slot.instance;
    const groups = groupUsers(this.server, numServers);
    const queue = { users: this.#queue, starts: groups.starts };
    this.#queues = [];
    for (let server = 0; server < numServers; server++) {
      this.#queues.push(groupMembers(queue, server));
    }
    return groups;
  }
}
