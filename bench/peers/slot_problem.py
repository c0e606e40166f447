"""A slot to search, in NumPy: G(t) of many actions at once.

The default readings of `lib/env`, as in `environment.py`, but vectorised over
actions, and with everything that no action changes computed once. Shapes: N
actions, U users, E servers, M models.
"""

import numpy as np

import environment


class SlotProblem:
    """Judges actions of one slot."""

    def __init__(self, instance, state):
        users, servers = instance["numUsers"], instance["numServers"]
        models = instance["numModels"]
        user = np.arange(users)
        distances = environment.distances(instance)
        server = distances.argmin(axis=1)
        self.servers, self.models = servers, models
        self.server, self.requested = server, state["requestedModel"]
        self.size = instance["modelSizeBytes"]
        self.storage = instance["serverStorageBytes"]
        # Where in an action the shares of a user's own server stand.
        own = servers * models + server * users + user
        self.own_shares = np.stack([own, own + servers * users])
        # Sums over the users of a server are a product with this: [U][E].
        self.membership = (server[:, None] == np.arange(servers)) * 1.0
        self.members = [np.flatnonzero(server == j) for j in range(servers)]

        distance = np.maximum(distances[user, server],
                              instance["minDistanceM"])
        gain = (10 ** ((-128.1 - 37.6 * np.log10(distance / 1000)) / 10)
                * (state["fading"] ** 2).sum(axis=1))
        noise = environment.watt(instance["noisePsdDbmPerHz"])
        downlink_rate = environment.rate(
            instance["downlinkBandwidthHz"][server],
            environment.watt(instance["serverTxPowerDbm"]), gain, noise)
        input_bytes, output_bytes = state["inputBytes"], state["outputBytes"]
        flop = instance["modelFlop"][self.requested]
        self.bandwidth = instance["uplinkBandwidthHz"][server]
        self.snr = (environment.watt(instance["userTxPowerDbm"]) * gain
                    / (noise * self.bandwidth))
        # Of a share of 1; what an edge share divides, and what a miss takes.
        self.uplink = 8 * input_bytes * np.log(2) / self.bandwidth
        self.downlink = 8 * output_bytes / downlink_rate
        gpu = instance["gpuFlopPerS"]
        self.edge = flop / (instance["serverGpus"][server] * gpu)
        self.miss = (8 * input_bytes / instance["backhaulUplinkBps"]
                     + flop / (instance["cloudGpusPerRequest"] * gpu)
                     + 8 * output_bytes / instance["backhaulDownlinkBps"])

        moved = input_bytes + output_bytes
        time_weight = instance["responseTimeWeight"]
        cost_weight = instance["costWeight"]
        self.time_weight = time_weight
        self.miss_price = (cost_weight * moved
                           * instance["backhaulCostPerByte"])
        self.byte_price = cost_weight * instance["storageCostPerByte"]
        # Transmissions and costs of every decision.
        self.fixed = time_weight * self.downlink.sum() + cost_weight * (
            (moved * instance["accessCostPerByte"]).sum()
            + instance["gpuCostPerS"] * flop.sum() / gpu)
        self.action_size = servers * (models + 2 * users)

    def caches(self, actions):
        """Models by falling score while they fit: [N][E][M] of 0 and 1."""
        scores = actions[:, :self.servers * self.models].reshape(
            -1, self.servers, self.models)
        order = np.argsort(-scores, axis=2, kind="stable")
        wanted = scores >= 0
        size = self.size[order]
        free = np.repeat(self.storage[None], len(actions), axis=0)
        chosen = np.zeros(scores.shape)
        ranks = wanted.sum(axis=2)
        for rank in range(ranks.max()):
            fits = (rank < ranks) & (size[:, :, rank] <= free)
            chosen[:, :, rank] = fits
            free -= fits * size[:, :, rank]
        cache = np.empty_like(chosen)
        np.put_along_axis(cache, order, chosen, axis=2)
        return cache

    def shares(self, actions):
        """Softmax among the users of a server: bandwidth and GPUs, [N][U]."""
        for own in self.own_shares:
            weights = np.exp(actions[:, own])
            total = weights @ self.membership
            yield weights / total[:, self.server]

    def waits(self, ready):
        """First ready, first sent (Eq. 9): sum of the waits, [N].

        The k-th result starts at the largest of ready_m + what is sent from m to
        k - 1, for m up to k.
        """
        total = np.zeros(len(ready))
        for members in self.members:
            order = ready[:, members].argsort(axis=1, kind="stable")
            first = np.take_along_axis(ready[:, members], order, axis=1)
            sent = self.downlink[members][order]
            before = sent.cumsum(axis=1) - sent
            start = np.maximum.accumulate(first - before, axis=1) + before
            total += (start - first).sum(axis=1)
        return total

    def objectives(self, actions):
        """G(t) (Eq. 15) of actions in [-1, 1], [N][action_size]."""
        cache = self.caches(actions)
        hit = cache[:, self.server, self.requested]
        bandwidth, compute = self.shares(actions)
        uplink = self.uplink / (bandwidth * np.log1p(self.snr / bandwidth))
        ready = uplink + np.where(hit, self.edge / compute, self.miss)
        used = cache.sum(axis=1) @ self.size
        return (self.fixed
                + self.time_weight * (ready.sum(axis=1) + self.waits(ready))
                + (1 - hit) @ self.miss_price + self.byte_price * used)
