"""The paper's environment in NumPy: the default readings of `lib/env`.

Vectorised over users where that is natural. Same sizes, same equations, random
numbers of NumPy's own. SI units; B is bytes. Shapes: U users, E servers,
M models.
"""

import numpy as np

STATES = np.array([0.2, 0.5, 0.8])
TRANSITION = np.array([[0.6, 0.2, 0.2], [0.1, 0.7, 0.2], [0.2, 0.3, 0.5]])
INPUT_MB = (4.0, 8.0)
OUTPUT_LOW_MB = np.array([500.0, 520.0, 540.0, 560.0])
OUTPUT_WIDTH_MB = 10.0
OUTPUT_RANGE_MB = (500.0, 570.0)
SLOTS = 10


def draw_instance(seed, users=10, servers=2, models=20, side=1000.0):
    """Table 3 in SI units, one draw of every range."""
    rng = np.random.default_rng([seed, 0])
    x = side * (np.arange(servers) + 0.5) / servers
    return {
        "numUsers": users,
        "numServers": servers,
        "numModels": models,
        "userTxPowerDbm": 23.0,
        "serverTxPowerDbm": 43.0,
        "noisePsdDbmPerHz": -174.0,
        "serverStorageBytes": rng.uniform(30e9, 50e9, servers),
        "uplinkBandwidthHz": rng.uniform(10e6, 20e6, servers),
        "downlinkBandwidthHz": rng.uniform(30e6, 40e6, servers),
        "serverGpus": rng.uniform(25, 30, servers),
        "cloudGpusPerRequest": 5.0,
        "gpuFlopPerS": 312e12,
        "backhaulUplinkBps": 500e3,
        "backhaulDownlinkBps": 500e3,
        "modelSizeBytes": rng.uniform(4e9, 8e9, models),
        "modelFlop": rng.uniform(10e18, 20e18, models),
        "modelType": np.arange(models) % 4,
        "backhaulCostPerByte": 0.6e-6,
        "accessCostPerByte": 0.2e-6,
        "gpuCostPerS": 4 / 3600,
        "storageCostPerByte": 0.4e-9,
        "responseTimeWeight": 1 / 36000,
        "costWeight": 1 / 1000,
        "shareFloor": 0.0,
        "userPositionsM": rng.uniform(0, side, (users, 2)),
        "serverPositionsM": np.stack([x, np.full(servers, side / 2)], axis=1),
        "minDistanceM": 10.0,
    }


def watt(dbm):
    return 10 ** ((dbm - 30) / 10)


def distances(instance):
    """Eq. 4: [U][E]."""
    users, servers = instance["userPositionsM"], instance["serverPositionsM"]
    return np.linalg.norm(users[:, None] - servers[None], axis=2)


def rate(bandwidth, power, gain, noise):
    """Eqs. 7 and 8; no bandwidth, no rate."""
    signal = power * gain / (noise * bandwidth)
    return np.where(
        bandwidth > 0, bandwidth * np.log1p(signal) / np.log(2), 0.0
    )


def quotient(amount, speed):
    """How long an amount takes; nothing takes no time, even at speed 0."""
    return np.where(amount == 0, 0.0, amount / speed)


def waits(server, ready, downlink, servers):
    """Eq. 9: first ready, first sent; results never ready hold nobody up."""
    wait = np.zeros(len(ready))
    free = [0.0] * servers
    for user in np.argsort(ready, kind="stable"):
        if ready[user] == np.inf:
            continue
        j = server[user]
        start = max(ready[user], free[j])
        wait[user] = start - ready[user]
        free[j] = start + downlink[user]
    return wait


def evaluate(instance, state, decision):
    """Eqs. 4 to 15 and 21: what follows from state and decision."""
    server, cache = decision["server"], decision["cache"]
    model = state["requestedModel"]
    user = np.arange(len(server))
    d_in, d_out = state["inputBytes"], state["outputBytes"]
    flop = instance["modelFlop"][model]
    hit = cache[server, model] == 1
    miss = ~hit
    floor = instance["shareFloor"]
    alpha = np.maximum(decision["bandwidthShare"][server, user], floor)
    ell = np.maximum(decision["computeShare"][server, user], floor)
    distance = np.maximum(distances(instance)[user, server],
                          instance["minDistanceM"])
    gain_db = -128.1 - 37.6 * np.log10(distance / 1000)
    gain = 10 ** (gain_db / 10) * (state["fading"] ** 2).sum(axis=1)
    noise = watt(instance["noisePsdDbmPerHz"])
    with np.errstate(divide="ignore", invalid="ignore"):
        uplink_rate = rate(alpha * instance["uplinkBandwidthHz"][server],
                           watt(instance["userTxPowerDbm"]), gain, noise)
        downlink_rate = rate(instance["downlinkBandwidthHz"][server],
                             watt(instance["serverTxPowerDbm"]), gain, noise)
        uplink = quotient(8 * d_in, uplink_rate)
        downlink = quotient(8 * d_out, downlink_rate)
        edge = ell * instance["serverGpus"][server]
        gpus = np.where(hit, edge, instance["cloudGpusPerRequest"])
        inference = quotient(flop, gpus * instance["gpuFlopPerS"])
    backhaul_up = miss * (8 * d_in / instance["backhaulUplinkBps"])
    backhaul_down = miss * (8 * d_out / instance["backhaulDownlinkBps"])
    ready = uplink + backhaul_up + inference + backhaul_down
    wait = waits(server, ready, downlink, instance["numServers"])
    response = ready + wait + downlink
    moved = d_in + d_out
    access_cost = moved * instance["accessCostPerByte"]
    backhaul_cost = miss * moved * instance["backhaulCostPerByte"]
    gpu_cost = instance["gpuCostPerS"] * flop / instance["gpuFlopPerS"]
    user_cost = access_cost + backhaul_cost + gpu_cost
    used = cache @ instance["modelSizeBytes"]
    storage_cost = used.sum() * instance["storageCostPerByte"]
    total_response = response.sum()
    total_cost = user_cost.sum() + storage_cost
    objective = 0.0
    for weight, value in ((instance["responseTimeWeight"], total_response),
                          (instance["costWeight"], total_cost)):
        if weight != 0:
            objective += weight * value
    return {
        "channelGain": gain,
        "uplinkRateBps": uplink_rate,
        "downlinkRateBps": downlink_rate,
        "uplinkTimeS": uplink,
        "backhaulUplinkTimeS": backhaul_up,
        "inferenceTimeS": inference,
        "backhaulDownlinkTimeS": backhaul_down,
        "readyTimeS": ready,
        "waitTimeS": wait,
        "downlinkTimeS": downlink,
        "responseTimeS": response,
        "accessCost": access_cost,
        "backhaulCost": backhaul_cost,
        "gpuCost": gpu_cost,
        "userCost": user_cost,
        "hit": hit,
        "storageUsedBytes": used,
        "storageCost": storage_cost,
        "totalResponseTimeS": total_response,
        "totalCost": total_cost,
        "objective": objective,
        "reward": -objective / len(server),
        "hitRate": hit.mean(),
    }


def decode(action, instance, server):
    """Eq. 20: models by falling score while they fit, shares by softmax."""
    users, servers = instance["numUsers"], instance["numServers"]
    models = instance["numModels"]
    action = np.clip(action.astype(np.float64), -1, 1)
    scores = action[:servers * models].reshape(servers, models)
    shares = action[servers * models:].reshape(2, servers, users)
    size = instance["modelSizeBytes"]
    cache = np.zeros((servers, models))
    for j in range(servers):
        free = instance["serverStorageBytes"][j]
        for model in np.argsort(-scores[j], kind="stable"):
            if scores[j, model] < 0:
                break
            if size[model] <= free:
                cache[j, model] = 1
                free -= size[model]
    mine = np.arange(servers)[:, None] == server[None]
    weights = np.exp(shares) * mine
    total = weights.sum(axis=2, keepdims=True)
    weights /= np.where(total == 0, 1, total)
    return {
        "cache": cache,
        "bandwidthShare": weights[0],
        "computeShare": weights[1],
        "server": server,
    }


def unit(value, low, high):
    return (value - low) / (high - low)


def observe(state, models):
    """Eq. 19, normalised: popularity, |fading|, requests, sizes."""
    return np.concatenate([
        [unit(STATES[state["popularityIndex"]], STATES[0], STATES[-1])],
        np.hypot(state["fading"][:, 0], state["fading"][:, 1]),
        (state["requestedModel"] + 1) / models,
        unit(state["inputBytes"] / 1e6, *INPUT_MB),
        unit(state["outputBytes"] / 1e6, *OUTPUT_RANGE_MB),
    ]).astype(np.float32)


class EdgeEnv:
    """Episodes of 10 slots; the chance of an episode is drawn at its start."""

    def __init__(self, instance_seed, stream):
        self.instance = draw_instance(instance_seed)
        self.stream = stream
        self.server = distances(self.instance).argmin(axis=1)
        self.observation_size = 1 + 4 * self.instance["numUsers"]
        self.action_size = self.instance["numServers"] * (
            self.instance["numModels"] + 2 * self.instance["numUsers"])
        ranks = np.arange(1, self.instance["numModels"] + 1)
        weights = ranks ** -STATES[:, None]
        self.request_cdf = np.cumsum(
            weights / weights.sum(axis=1, keepdims=True), axis=1)
        self.transition_cdf = np.cumsum(TRANSITION, axis=1)

    def reset(self, seed):
        users = self.instance["numUsers"]
        shape = (SLOTS + 1, users)
        rng = np.random.default_rng([seed, self.stream])
        popularity = [int(rng.integers(len(STATES)))]
        for draw in rng.random(SLOTS):
            cdf = self.transition_cdf[popularity[-1]]
            popularity.append(min(int(np.searchsorted(cdf, draw, "right")), 2))
        draws = rng.random(shape)
        last = self.instance["numModels"] - 1
        requests = np.stack([
            np.searchsorted(self.request_cdf[index], row, "right")
            for index, row in zip(popularity, draws)
        ]).clip(max=last)
        fading = rng.normal(0, np.sqrt(0.5), (*shape, 2))
        input_bytes = rng.uniform(*INPUT_MB, shape) * 1e6
        low = OUTPUT_LOW_MB[self.instance["modelType"][requests]]
        output_bytes = (low + OUTPUT_WIDTH_MB * rng.random(shape)) * 1e6
        self.states = [
            {
                "popularityIndex": popularity[slot],
                "fading": fading[slot],
                "requestedModel": requests[slot],
                "inputBytes": input_bytes[slot],
                "outputBytes": output_bytes[slot],
            }
            for slot in range(SLOTS + 1)
        ]
        self.slot = 0
        return self.observation()

    def play_states(self, instance, states):
        """Starts an episode of given states in a given instance."""
        self.instance, self.states, self.slot = instance, states, 0
        self.server = distances(instance).argmin(axis=1)

    def observation(self):
        return observe(self.states[self.slot], self.instance["numModels"])

    def step(self, action):
        """Returns observation, reward, truncated, outcome."""
        decision = decode(action, self.instance, self.server)
        outcome = evaluate(self.instance, self.states[self.slot], decision)
        self.slot += 1
        truncated = self.slot == SLOTS
        return self.observation(), outcome["reward"], truncated, outcome


def play(env, seed, decide):
    """One greedy episode: sum of rewards, mean hit rate."""
    observation, total, hits, truncated = env.reset(seed), 0.0, [], False
    while not truncated:
        observation, reward, truncated, outcome = env.step(decide(observation))
        total += reward
        hits.append(outcome["hitRate"])
    return total, np.mean(hits)
