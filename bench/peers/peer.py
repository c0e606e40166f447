"""A peer: answers requests, a JSON object a line, on standard output.

Usage: python3 bench/peers/peer.py pytorch|jax|pymoo|sb3|sbx

Every answer that times something has `ms`, by the wall clock, and `cpuMs`, the
processor time of all threads: more of it than of the other means more than one
thread. What was compiled before is no part of them: it took `compileMs`.
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
MODULES = {"pymoo": "search_pymoo", "sb3": "learner_sb3", "sbx": "learner_sbx"}
library = importlib.import_module(MODULES.get(name, f"agent_{name}"))
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


def transitions():
    """A replay buffer of 5,000 transitions."""
    rng = np.random.default_rng(0)
    replay = ReplayBuffer(41, 80, seed=0)
    for _ in range(5000):
        replay.store(rng.random(41), rng.uniform(-1, 1, 80),
                     -rng.random(), rng.random(41), 0)
    return replay


def step_updates(agent, batch_size):
    """By the number of updates, a function that makes them one by one."""
    replay = transitions()

    def times(count):
        def work():
            for _ in range(count):
                agent.update(replay.sample(batch_size))
            agent.wait()

        return work

    # Of two updates of TD3 one moves the actor, so that all is compiled.
    return times, timed(times(2))["ms"]


def update(algorithm, batch_size, variant, count):
    """`count` updates from a full enough replay buffer, sampling included."""
    key = (algorithm, batch_size, variant)
    if variant == "scan":
        if key not in updating:
            updating[key] = library.ScannedUpdates(
                algorithm, batch_size, transitions())
        work, compile_ms = updating[key].times(count)
    else:
        if key not in updating:
            updating[key] = step_updates(
                library.Agent(algorithm, 41, 80, 0, variant), batch_size)
        times, compile_ms = updating[key]
        work = times(count)
    compiled = {} if variant in ("eager", "fused") else {
        "compileMs": compile_ms}
    return {**timed(work), **compiled}


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


def train(variant, **options):
    """A whole run: by the loop below, or by the library's own."""
    if variant != "steps":
        work, compiled = library.trainer(**options)
        return {**timed(work), **compiled}
    return timed(lambda: train_by_steps(**options))


def train_by_steps(algorithm, episodes, batch_size, min_replay_size,
                   evaluate_every, evaluation_episodes, test_episodes):
    """Algorithm 1 with evaluations in between and one at the end."""
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
                environment.play(validation, seed, agent.act)
    final = [environment.play(test, seed, agent.act)
             for seed in range(test_episodes)]
    agent.wait()
    returns, hit_rates = np.mean(final, axis=0)
    return {"updates": agent.updates, "episode_return": returns,
            "hit_rate": hit_rates, "rows": len(curve)}


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
            if hasattr(library, "judge"):
                answer["own"] = library.judge(instance, state, action)
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
