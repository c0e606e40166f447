"""TD3 of stable-baselines3, as it comes, in the NumPy environment."""

import stable_baselines3
import torch
from stable_baselines3 import TD3

import gym_learner

torch.set_num_threads(1)

VERSIONS = {"stable-baselines3": stable_baselines3.__version__,
            "torch": torch.__version__}
ACTOR_RATE, CRITIC_RATE = 1e-5, 1e-3

judge = gym_learner.judge


class TwoRates(TD3):
    """The actor has a learning rate of its own, for which there is no argument."""

    def _update_learning_rate(self, optimizers):
        for group in self.actor.optimizer.param_groups:
            group["lr"] = ACTOR_RATE


def create(env, **options):
    return TwoRates("MlpPolicy", env, learning_rate=CRITIC_RATE, device="cpu",
                    **options)


def trainer(**lengths):
    return gym_learner.trainer(create, **lengths)
