"""TD3 (Fujimoto 2018) and DDPG (Lillicrap 2015) in JAX, one `jit` an update."""

import functools
import os

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


class Agent:
    """An actor, one critic (DDPG) or two (TD3), and their targets."""

    def __init__(self, algorithm, observation_size, action_size, seed):
        self.td3 = algorithm == "td3"
        keys = jax.random.split(jax.random.key(seed), 4)
        actor = mlp(keys[0], (observation_size, 256, 256, action_size))
        sizes = (observation_size + action_size, 256, 256, 1)
        critics = [mlp(key, sizes) for key in keys[1:3 if self.td3 else 2]]
        self.state = {
            "key": keys[3],
            "actor": actor,
            "critics": critics,
            "target_actor": jax.tree.map(jnp.copy, actor),
            "target_critics": jax.tree.map(jnp.copy, critics),
            "actor_adam": fresh_adam(actor),
            "critic_adam": fresh_adam(critics),
        }
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


def sgemm(size):
    """A function that multiplies two square matrices."""
    a, b = (jnp.asarray(np.random.rand(size, size), jnp.float32)
            for _ in range(2))
    multiply = jax.jit(jnp.matmul)
    return lambda: multiply(a, b).block_until_ready()
