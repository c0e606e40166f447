"""A whole training run as one program of JAX's: environment, replay buffer and
updates within `lax.scan`."""

import functools

import jax
import jax.numpy as jnp

import agent_jax
import environment
from environment_jax import SLOTS, EdgeEnv

EXPLORATION_NOISE = 0.1


def play(env, actor, keys):
    """Greedy episodes: the mean of their returns, and of their hit rates."""
    def episode(key):
        def slot(_, state):
            action = agent_jax.policy(actor, env.observe(state))
            return None, env.step(state, action)

        states = jax.tree.map(lambda rows: rows[:SLOTS], env.draw(key))
        rewards, hits = jax.lax.scan(slot, None, states)[1]
        return rewards.sum(), hits.mean()

    returns, hits = jax.vmap(episode)(keys)
    return returns.mean(), hits.mean()


def train(env, seed, algorithm, episodes, batch_size, min_replay_size,
          evaluate_every, evaluation_episodes, test_episodes):
    """Algorithm 1 with evaluations in between and one at the end.

    Returns episode returns and hit rates, of the last evaluation too.
    """
    td3 = algorithm == "td3"
    period = SLOTS * evaluate_every
    if min_replay_size % period or episodes % evaluate_every:
        raise ValueError(
            f"episodes must be a multiple of {evaluate_every}, and the least "
            f"replay size of {period}, got {episodes} and {min_replay_size}")
    keys = jax.random.split(jax.random.key(seed), 5)
    sizes = env.observation_size, env.action_size
    state = agent_jax.fresh_state(algorithm, *sizes, keys[0])
    width = 2 * env.observation_size + env.action_size + 2
    replay = jnp.zeros((episodes * SLOTS, width), jnp.float32)

    def episode(learning, carry, number):
        trace, noise = jax.random.split(jax.random.fold_in(keys[1], number))
        states = env.draw(trace)
        observations = jax.vmap(env.observe)(states)
        noises = EXPLORATION_NOISE * jax.random.normal(
            noise, (SLOTS, env.action_size))

        def two_slots(carry, pair):
            state, replay, before = carry
            row = number * SLOTS + 2 * pair
            # What is written first, and read from then on, XLA does not copy.
            replay = jax.lax.dynamic_update_slice(replay, before, (row - 2, 0))
            latest, results = [], []
            for at, policy_step in ((2 * pair, not td3), (2 * pair + 1, True)):
                action = agent_jax.policy(state["actor"], observations[at])
                action = (action + noises[at]).clip(-1, 1)
                now = jax.tree.map(lambda rows: rows[at], states)
                reward, hit = env.step(now, action)
                results.append((reward, hit))
                latest.append(jnp.concatenate([
                    observations[at], action, reward[None],
                    observations[at + 1], jnp.zeros(1)]))
                if learning:
                    draw = functools.partial(
                        agent_jax.sample, replay=replay, size=batch_size,
                        stored=row + len(latest), latest=tuple(latest))
                    state = agent_jax.learn(state, draw, td3, policy_step)
            return (state, replay, jnp.stack(latest)), results

        carry, results = jax.lax.scan(
            two_slots, carry, jnp.arange(SLOTS // 2))
        rewards, hits = zip(*results)
        return carry, (sum(rewards).sum(), sum(hits).sum() / SLOTS)

    def episodes_and_evaluation(learning, carry, first):
        carry, curve = jax.lax.scan(
            functools.partial(episode, learning), carry,
            first + jnp.arange(evaluate_every))
        validation = jax.random.split(keys[2], evaluation_episodes)
        return carry, (curve, play(env, carry[0]["actor"], validation))

    firsts = jnp.arange(0, episodes, evaluate_every)
    before = min_replay_size // period
    carry, results = (state, replay, jnp.zeros((2, width))), []
    for learning, part in ((False, firsts[:before]), (True, firsts[before:])):
        carry, result = jax.lax.scan(
            functools.partial(episodes_and_evaluation, learning), carry, part)
        results.append(result)
    test = jax.random.split(keys[3], test_episodes)
    return results, play(env, carry[0]["actor"], test)


@functools.cache
def program(**options):
    """The compiled run, and how long compiling it took; the seed is left open."""
    env = EdgeEnv(environment.draw_instance(0))
    run = jax.jit(functools.partial(train, env, **options))
    return agent_jax.compiled(run, 0)


def trainer(**options):
    """A function that makes a whole run, and what compiling it took."""
    run, compile_ms = program(**options)

    def work():
        _, (episode_return, hit_rate) = jax.block_until_ready(run(0))
        return {"episode_return": float(episode_return),
                "hit_rate": float(hit_rate)}

    return work, {"compileMs": compile_ms}
