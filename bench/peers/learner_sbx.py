"""TD3 of SBX (stable-baselines3 in JAX), as it comes, in the NumPy environment.

It differs from the paper's in that its critics' losses are half as large, its
actor climbs the lesser of both values, and its targets follow every update.
"""

import agent_jax  # Sets JAX up for one thread.
import sbx
import torch

import gym_learner

torch.set_num_threads(1)

VERSIONS = {"sbx-rl": sbx.__version__, **agent_jax.VERSIONS}
ACTOR_RATE, CRITIC_RATE = 1e-5, 1e-3

judge = gym_learner.judge


def create(env, **options):
    return sbx.TD3("MlpPolicy", env, learning_rate=ACTOR_RATE,
                   qf_learning_rate=CRITIC_RATE, **options)


def trainer(**lengths):
    return gym_learner.trainer(create, **lengths)
