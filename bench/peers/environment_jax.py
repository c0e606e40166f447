"""The paper's environment in JAX: the default readings of `lib/env`.

Everything that no action and no slot changes is computed once, with NumPy; the
rest can be traced. Numbers are of JAX's default type: 64 bits where `jax_enable_x64`
is set. SI units; B is bytes. Shapes: U users, E servers, M models.
"""

import jax
import jax.numpy as jnp
import numpy as np

import environment
from environment import SLOTS


class EdgeEnv:
    """One instance; a slot's state is what `draw` makes, a dictionary of arrays."""

    def __init__(self, instance):
        self.users, self.models = instance["numUsers"], instance["numModels"]
        self.servers = instance["numServers"]
        user = np.arange(self.users)
        distances = environment.distances(instance)
        self.server = distances.argmin(axis=1)
        self.membership = (
            self.server[:, None] == np.arange(self.servers)) * 1.0
        self.members = [np.flatnonzero(self.server == j)
                        for j in range(self.servers)]
        # Where in an action the shares of a user's own server stand: [2][U].
        own = self.servers * self.models + self.server * self.users + user
        self.own_shares = np.stack([own, own + self.servers * self.users])
        self.observation_size = 1 + 4 * self.users
        self.action_size = self.servers * (self.models + 2 * self.users)

        self.size = instance["modelSizeBytes"]
        self.storage = instance["serverStorageBytes"]
        self.flop = instance["modelFlop"]
        self.output_low = environment.OUTPUT_LOW_MB[instance["modelType"]]
        distance = np.maximum(distances[user, self.server],
                              instance["minDistanceM"])
        path = 10 ** ((-128.1 - 37.6 * np.log10(distance / 1000)) / 10)
        noise = environment.watt(instance["noisePsdDbmPerHz"])
        self.uplink_hz = instance["uplinkBandwidthHz"][self.server]
        self.downlink_hz = instance["downlinkBandwidthHz"][self.server]
        # Signal to noise over the whole bandwidth, per unit of |fading|^2.
        self.uplink_snr = (environment.watt(instance["userTxPowerDbm"]) * path
                           / (noise * self.uplink_hz))
        self.downlink_snr = (
            environment.watt(instance["serverTxPowerDbm"]) * path
            / (noise * self.downlink_hz))
        gpu = instance["gpuFlopPerS"]
        self.edge_flop_per_s = instance["serverGpus"][self.server] * gpu
        self.cloud_flop_per_s = instance["cloudGpusPerRequest"] * gpu
        self.backhaul_bps = (instance["backhaulUplinkBps"],
                             instance["backhaulDownlinkBps"])
        self.price = {
            "access": instance["accessCostPerByte"],
            "backhaul": instance["backhaulCostPerByte"],
            "flop": instance["gpuCostPerS"] / gpu,
            "storage": instance["storageCostPerByte"],
        }
        self.weights = (instance["responseTimeWeight"],
                        instance["costWeight"])

        ranks = np.arange(1, self.models + 1)
        popularity = ranks ** -environment.STATES[:, None]
        self.request_cdf = np.cumsum(
            popularity / popularity.sum(axis=1, keepdims=True), axis=1)
        self.transition_cdf = np.cumsum(environment.TRANSITION, axis=1)

    def draw(self, key):
        """The states of an episode and of its end: arrays of SLOTS + 1 rows."""
        keys = jax.random.split(key, 7)
        shape = (SLOTS + 1, self.users)
        states = len(environment.STATES)
        cdf = jnp.asarray(self.transition_cdf)
        popularity = [jax.random.randint(keys[0], (), 0, states)]
        for draw in jax.random.uniform(keys[1], (SLOTS,)):
            after = (draw >= cdf[popularity[-1]]).sum()
            popularity.append(after.clip(max=states - 1))
        popularity = jnp.stack(popularity)
        draws = jax.random.uniform(keys[2], shape)
        requests = (
            draws[..., None] >= jnp.asarray(self.request_cdf)[popularity, None]
        ).sum(axis=2).clip(max=self.models - 1)
        low = jnp.asarray(self.output_low)[requests]
        width = environment.OUTPUT_WIDTH_MB
        return {
            "popularityIndex": popularity,
            "fading": np.sqrt(0.5) * jax.random.normal(keys[3], (*shape, 2)),
            "requestedModel": requests,
            "inputBytes": 1e6 * jax.random.uniform(
                keys[4], shape, minval=environment.INPUT_MB[0],
                maxval=environment.INPUT_MB[1]),
            "outputBytes": 1e6 * (
                low + width * jax.random.uniform(keys[5], shape)),
        }

    def observe(self, state):
        """Eq. 19, normalised: popularity, |fading|, requests, sizes."""
        unit = environment.unit
        states = environment.STATES
        index = state["popularityIndex"]
        return jnp.concatenate([
            unit(jnp.asarray(states)[index], states[0], states[-1])[None],
            jnp.hypot(state["fading"][:, 0], state["fading"][:, 1]),
            (state["requestedModel"] + 1) / self.models,
            unit(state["inputBytes"] / 1e6, *environment.INPUT_MB),
            unit(state["outputBytes"] / 1e6, *environment.OUTPUT_RANGE_MB),
        ]).astype(jnp.float32)

    def caches(self, action):
        """Models by falling score while they fit: the order, what is cached."""
        scores = action[:self.servers * self.models].reshape(
            self.servers, self.models)
        order = jnp.argsort(-scores, axis=1, stable=True)
        wanted = jnp.take_along_axis(scores, order, axis=1) >= 0
        size = jnp.asarray(self.size)[order]
        free, chosen = jnp.asarray(self.storage), []
        for rank in range(self.models):
            fits = wanted[:, rank] & (size[:, rank] <= free)
            free = free - fits * size[:, rank]
            chosen.append(fits)
        return order, jnp.stack(chosen, axis=1), size

    def waits(self, ready, downlink):
        """First ready, first sent (Eq. 9): the sum of the waits.

        The k-th result starts at the largest of ready_m + what is sent from m to
        k - 1, for m up to k.
        """
        total = 0.0
        for members in self.members:
            if len(members) == 0:
                continue
            order = jnp.argsort(ready[members], stable=True)
            first = ready[members][order]
            sent = downlink[members][order]
            before = jnp.cumsum(sent) - sent
            start = jax.lax.cummax(first - before) + before
            total += (start - first).sum()
        return total

    def step(self, state, action):
        """Eqs. 4 to 15, 20 and 21: reward and hit rate of an action."""
        action = action.clip(-1, 1).astype(jnp.result_type(float))
        order, chosen, size = self.caches(action)
        requested = state["requestedModel"]
        mine = order[self.server] == requested[:, None]
        hit = (mine & chosen[self.server]).any(axis=1)
        weights = jnp.exp(action[self.own_shares])
        membership = jnp.asarray(self.membership)
        bandwidth, compute = (
            weights / ((weights @ membership)[:, self.server]))

        d_in, d_out = state["inputBytes"], state["outputBytes"]
        gain = (state["fading"] ** 2).sum(axis=1)
        per_bit = np.log(2)
        uplink = 8 * d_in * per_bit / (
            bandwidth * self.uplink_hz
            * jnp.log1p(self.uplink_snr * gain / bandwidth))
        downlink = 8 * d_out * per_bit / (
            self.downlink_hz * jnp.log1p(self.downlink_snr * gain))
        flop = jnp.asarray(self.flop)[requested]
        up_bps, down_bps = self.backhaul_bps
        ready = uplink + jnp.where(
            hit,
            flop / (compute * self.edge_flop_per_s),
            8 * d_in / up_bps + flop / self.cloud_flop_per_s
            + 8 * d_out / down_bps)
        response = ready.sum() + self.waits(ready, downlink) + downlink.sum()

        moved, price = d_in + d_out, self.price
        cost = ((moved * (price["access"] + ~hit * price["backhaul"])).sum()
                + price["flop"] * flop.sum()
                + price["storage"] * (chosen * size).sum())
        time_weight, cost_weight = self.weights
        objective = time_weight * response + cost_weight * cost
        return -objective / self.users, hit.mean(dtype=float)
