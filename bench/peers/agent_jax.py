"""TD3 (Fujimoto 2018) and DDPG (Lillicrap 2015) in JAX.

Two ways: one `jit` an update, from a replay buffer of NumPy's; and one `lax.scan`
over many updates, from a replay buffer of JAX's.
"""

import functools
import os
import time

os.environ["XLA_FLAGS"] = (
    "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import jax.numpy as jnp
import jaxlib
import numpy as np


def start_on_one_core():
    """XLA makes a thread for every core it may use, whatever the flags say.

    So it starts where it may use one; then its threads may go anywhere, as the
    other contenders' may.
    """
    if not hasattr(os, "sched_setaffinity"):
        return
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(allowed)})
    jax.block_until_ready(jnp.zeros(1) + 1)
    for thread in os.listdir("/proc/self/task"):
        os.sched_setaffinity(int(thread), allowed)


start_on_one_core()

VERSIONS = {"jax": jax.__version__, "jaxlib": jaxlib.__version__}
DISCOUNT, TAU, DELAY = 0.99, 0.005, 2
ACTOR_RATE, CRITIC_RATE = 1e-5, 1e-3
TARGET_NOISE, TARGET_NOISE_CLIP = 0.2, 0.5
BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8


def mlp(key, sizes):
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        key, kernel, bias = jax.random.split(key, 3)
        bound = inputs ** -0.5
        layers.append((
            jax.random.uniform(kernel, (inputs, outputs), jnp.float32,
                               -bound, bound),
            jax.random.uniform(bias, (outputs,), jnp.float32, -bound, bound)))
    return layers


def forward(layers, x):
    for kernel, bias in layers[:-1]:
        x = jax.nn.relu(x @ kernel + bias)
    kernel, bias = layers[-1]
    return x @ kernel + bias


def policy(layers, observation):
    return jnp.tanh(forward(layers, observation))


def fresh_adam(parameters):
    zeros = jax.tree.map(jnp.zeros_like, parameters)
    return {"step": jnp.zeros(()), "m": zeros,
            "v": jax.tree.map(jnp.zeros_like, parameters)}


def adam(parameters, gradient, state, learning_rate):
    step = state["step"] + 1
    m = jax.tree.map(lambda m, g: BETA1 * m + (1 - BETA1) * g,
                     state["m"], gradient)
    v = jax.tree.map(lambda v, g: BETA2 * v + (1 - BETA2) * g * g,
                     state["v"], gradient)
    first, second = 1 - BETA1 ** step, 1 - BETA2 ** step
    parameters = jax.tree.map(
        lambda p, m, v: p - learning_rate * (m / first) /
        (jnp.sqrt(v / second) + EPSILON), parameters, m, v)
    return parameters, {"step": step, "m": m, "v": v}


def track(target, online):
    return jax.tree.map(lambda t, o: t + TAU * (o - t), target, online)


@functools.partial(jax.jit, static_argnums=(2, 3), donate_argnums=0)
def update(state, batch, td3, policy_step):
    observation, action, reward, next_observation, terminated = batch
    key, noise_key = jax.random.split(state["key"])
    next_action = policy(state["target_actor"], next_observation)
    if td3:
        noise = TARGET_NOISE * jax.random.normal(noise_key, action.shape)
        noise = noise.clip(-TARGET_NOISE_CLIP, TARGET_NOISE_CLIP)
        next_action = (next_action + noise).clip(-1, 1)
    after = jnp.concatenate([next_observation, next_action], 1)
    values = [forward(critic, after) for critic in state["target_critics"]]
    value = functools.reduce(jnp.minimum, values)
    target = reward + DISCOUNT * (1 - terminated) * value
    now = jnp.concatenate([observation, action], 1)

    def critic_loss(critics):
        return sum(((forward(critic, now) - target) ** 2).mean()
                   for critic in critics)

    state = {**state, "key": key}
    state["critics"], state["critic_adam"] = adam(
        state["critics"], jax.grad(critic_loss)(state["critics"]),
        state["critic_adam"], CRITIC_RATE)
    if not policy_step:
        return state

    def actor_loss(actor):
        own = jnp.concatenate([observation, policy(actor, observation)], 1)
        return -forward(state["critics"][0], own).mean()

    state["actor"], state["actor_adam"] = adam(
        state["actor"], jax.grad(actor_loss)(state["actor"]),
        state["actor_adam"], ACTOR_RATE)
    for name in ("actor", "critics"):
        state[f"target_{name}"] = track(state[f"target_{name}"], state[name])
    return state


def sample(key, replay, stored, size, latest=()):
    """A minibatch, uniform and with replacement, of a buffer's first rows.

    The latest of these may not have been written to the buffer yet.
    """
    rows = jax.random.randint(key, (size,), 0, stored)
    batch = replay[rows]
    for age, transition in enumerate(reversed(latest), 1):
        batch = jnp.where(rows[:, None] == stored - age, transition, batch)
    return batch


def learn(state, draw, td3, policy_step):
    """An update from a minibatch that `draw` makes from a key."""
    observations = state["actor"][0][0].shape[0]
    actions = state["actor"][-1][0].shape[1]
    ends = np.cumsum([observations, actions, 1, observations])
    key, rows_key = jax.random.split(state["key"])
    batch = jnp.split(draw(rows_key), ends, axis=1)
    return update({**state, "key": key}, batch, td3, policy_step)


@functools.partial(jax.jit, static_argnums=(2, 3, 4), donate_argnums=0)
def update_many(state, replay, td3, batch_size, count):
    """As many updates as `count`, which is even, in one call."""
    def draw(key):
        return sample(key, replay, len(replay), batch_size)

    def two(state, _):
        for policy_step in (not td3, True):
            state = learn(state, draw, td3, policy_step)
        return state, None

    return jax.lax.scan(two, state, length=count // 2)[0]


def fresh_state(algorithm, observation_size, action_size, key):
    """Networks, their targets and their optimizers' moments."""
    keys = jax.random.split(key, 4)
    actor = mlp(keys[0], (observation_size, 256, 256, action_size))
    sizes = (observation_size + action_size, 256, 256, 1)
    critics = [mlp(key, sizes)
               for key in keys[1:3 if algorithm == "td3" else 2]]
    return {
        "key": keys[3],
        "actor": actor,
        "critics": critics,
        "target_actor": jax.tree.map(jnp.copy, actor),
        "target_critics": jax.tree.map(jnp.copy, critics),
        "actor_adam": fresh_adam(actor),
        "critic_adam": fresh_adam(critics),
    }


class Agent:
    """An actor, one critic (DDPG) or two (TD3), and their targets."""

    def __init__(self, algorithm, observation_size, action_size, seed,
                 variant="jit"):
        self.td3 = algorithm == "td3"
        self.state = fresh_state(
            algorithm, observation_size, action_size, jax.random.key(seed))
        self.policy = jax.jit(policy)
        self.updates = 0

    def act(self, observation):
        return np.asarray(self.policy(self.state["actor"], observation))

    def update(self, batch):
        self.updates += 1
        policy_step = not self.td3 or self.updates % DELAY == 0
        self.state = update(self.state, batch, self.td3, policy_step)

    def wait(self):
        """Waits for what is under way."""
        jax.block_until_ready(self.state)


def compiled(function, *arguments):
    """A function compiled for such arguments, and how long that took."""
    start = time.perf_counter()
    program = function.lower(*arguments).compile()
    return program, 1e3 * (time.perf_counter() - start)


class ScannedUpdates:
    """Updates in one program each, by how many they are."""

    def __init__(self, algorithm, batch_size, replay):
        self.fixed = algorithm == "td3", batch_size
        self.replay = jnp.concatenate([
            jnp.asarray(array[:len(replay)]) for array in (
                replay.observation, replay.action, replay.reward,
                replay.next_observation, replay.terminated)], axis=1)
        sizes = replay.observation.shape[1], replay.action.shape[1]
        self.state = fresh_state(algorithm, *sizes, jax.random.key(0))
        self.programs = {}

    def times(self, count):
        """A function that makes `count` updates, and what compiling it took."""
        if count not in self.programs:
            self.programs[count] = compiled(
                update_many, self.state, self.replay, *self.fixed, count)
        program, compile_ms = self.programs[count]

        def work():
            self.state = jax.block_until_ready(
                program(self.state, self.replay))

        return work, compile_ms


def trainer(algorithm, **lengths):
    """A function that makes a whole run, and what compiling it took."""
    import run_jax
    return run_jax.trainer(algorithm=algorithm, **lengths)


def judge(instance, state, action):
    """What the environment in JAX makes of an action, in 64 bits."""
    from environment_jax import EdgeEnv
    with jax.enable_x64(True):
        env = EdgeEnv(instance)
        reward, hit_rate = jax.jit(env.step)(state, action)
        return {"reward": float(reward), "hitRate": float(hit_rate),
                "observation": np.asarray(jax.jit(env.observe)(state))}


def sgemm(size):
    """A function that multiplies two square matrices."""
    a, b = (jnp.asarray(np.random.rand(size, size), jnp.float32)
            for _ in range(2))
    multiply = jax.jit(jnp.matmul)
    return lambda: multiply(a, b).block_until_ready()
