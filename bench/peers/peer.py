"""A peer: answers requests, a JSON object a line, on standard output.

Usage: python3 bench/peers/peer.py pytorch|jax|pymoo

Every answer that times something has `ms`, by the wall clock, and `cpuMs`, the
processor time of all threads: more of it than of the other means more than one
thread.
"""

import importlib
import json
import sys
import time

import numpy as np

import environment
from replay import ReplayBuffer
from slot_problem import SlotProblem

name = sys.argv[1]
library = importlib.import_module(
    "search_pymoo" if name == "pymoo" else f"agent_{name}")
updating = {}
products = {}
worlds = {}


def timed(work):
    wall, cpu = time.perf_counter(), time.process_time()
    extra = work()
    return {"ms": 1e3 * (time.perf_counter() - wall),
            "cpuMs": 1e3 * (time.process_time() - cpu), **(extra or {})}


def hello():
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    return {"versions": {
        "python": sys.version.split()[0],
        "numpy": np.__version__,
        "numpyBlas": f"{blas.get('name')} {blas.get('version')}",
        **library.VERSIONS,
    }}


def update(algorithm, batch_size, count):
    """`count` updates from a full enough replay buffer, sampling included."""
    key = (algorithm, batch_size)
    if key not in updating:
        rng = np.random.default_rng(0)
        replay = ReplayBuffer(41, 80, seed=0)
        for _ in range(5000):
            replay.store(rng.random(41), rng.uniform(-1, 1, 80),
                         -rng.random(), rng.random(41), 0)
        updating[key] = library.Agent(algorithm, 41, 80, seed=0), replay
    agent, replay = updating[key]

    def work():
        for _ in range(count):
            agent.update(replay.sample(batch_size))
        agent.wait()

    return timed(work)


def sgemm(size, count):
    if size not in products:
        products[size] = library.sgemm(size)
    multiply = products[size]

    def work():
        for _ in range(count):
            multiply()

    return timed(work)


def numpy_sgemm(size, count):
    key = ("numpy", size)
    if key not in products:
        products[key] = [np.random.rand(size, size).astype(np.float32)
                         for _ in range(3)]
    a, b, c = products[key]

    def work():
        for _ in range(count):
            np.matmul(a, b, out=c)

    return timed(work)


def steps(count):
    """Environment steps with random actions, starts of episodes included."""
    if not worlds:
        env = environment.EdgeEnv(0, stream=1)
        rng = np.random.default_rng(0)
        actions = rng.uniform(-1, 1, (64, env.action_size)).astype(np.float32)
        worlds.update(env=env, actions=actions, done=0)
    env, actions, done = worlds["env"], worlds["actions"], worlds["done"]
    worlds["done"] += count

    def work():
        for step in range(done, done + count):
            if step % environment.SLOTS == 0:
                env.reset(step)
            env.step(actions[step % len(actions)])

    return timed(work)


def play(env, seed, decide):
    """One greedy episode: sum of rewards, mean hit rate."""
    observation, total, hits, truncated = env.reset(seed), 0.0, [], False
    while not truncated:
        observation, reward, truncated, outcome = env.step(decide(observation))
        total += reward
        hits.append(outcome["hitRate"])
    return total, np.mean(hits)


def train(algorithm, episodes, batch_size, min_replay_size, evaluate_every,
          evaluation_episodes, test_episodes):
    """Algorithm 1 with evaluations in between and one at the end."""

    def work():
        env, validation, test = (
            environment.EdgeEnv(0, stream) for stream in (1, 2, 3))
        sizes = env.observation_size, env.action_size
        agent = library.Agent(algorithm, *sizes, seed=0)
        replay = ReplayBuffer(*sizes, seed=0)
        rng = np.random.default_rng(0)
        curve = []
        for episode in range(1, episodes + 1):
            observation, total, hits = env.reset(episode), 0.0, []
            truncated = False
            while not truncated:
                noise = rng.normal(0, 0.1, sizes[1])
                action = (agent.act(observation) + noise).clip(-1, 1).astype(
                    np.float32)
                after, reward, truncated, outcome = env.step(action)
                replay.store(observation, action, reward, after, 0)
                if len(replay) > min_replay_size:
                    agent.update(replay.sample(batch_size))
                observation = after
                total += reward
                hits.append(outcome["hitRate"])
            curve.append((total, np.mean(hits)))
            if episode % evaluate_every == 0:
                for seed in range(evaluation_episodes):
                    play(validation, seed, agent.act)
        final = [play(test, seed, agent.act) for seed in range(test_episodes)]
        agent.wait()
        returns, hit_rates = np.mean(final, axis=0)
        return {"updates": agent.updates, "episode_return": returns,
                "hit_rate": hit_rates, "rows": len(curve)}

    return timed(work)


def arrays(values):
    """An object of JSON with its lists as arrays."""
    def array(value):
        if not isinstance(value, list):
            return value
        numbers = np.array(value)
        # Whole numbers beyond 64 bits, such as FLOP, arrive as objects.
        return numbers.astype(float) if numbers.dtype == object else numbers

    return {key: array(value) for key, value in values.items()}


def search(slot, algorithm, options, count):
    """`count` searches of a slot, each with a seed of its own."""
    problem = library.SlotSearch(
        SlotProblem(arrays(slot["scenario"]), arrays(slot["state"])))

    def work():
        for seed in range(count):
            library.search(problem, algorithm, options, seed)

    return timed(work)


def judge(slots):
    """Outcomes of slots, and of decoded actions where a slot has one."""
    answers = []
    for slot in slots:
        instance, state, decision = (
            arrays(slot[part]) for part in ("scenario", "state", "decision"))
        answer = {}
        if "action" in slot:
            answer["observation"] = environment.observe(
                state, instance["numModels"])
            action = np.array(slot["action"], np.float32)
            decision = environment.decode(
                action, instance,
                environment.distances(instance).argmin(axis=1))
            answer["decision"] = decision
            # In the middle of a population, in the box.
            population = np.stack([-action, action, 0 * action])
            answer["searched"] = SlotProblem(instance, state).objectives(
                population.astype(np.float64).clip(-1, 1))[1]
        answer["outcome"] = environment.evaluate(instance, state, decision)
        answers.append(answer)
    return {"answers": answers}


def plain(value):
    """JSON without NumPy's types; infinities as the text "Infinity"."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (bool, np.bool_)):
        return int(value)
    if isinstance(value, (float, np.floating)):
        if np.isinf(value):
            return "Infinity" if value > 0 else "-Infinity"
        return float(value)
    return value


HANDLERS = {f.__name__: f for f in
            (hello, update, sgemm, numpy_sgemm, steps, train, search, judge)}

for line in sys.stdin:
    request = json.loads(line)
    try:
        answer = HANDLERS[request.pop("command")](**request)
    except Exception as error:
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(plain(answer)), flush=True)
