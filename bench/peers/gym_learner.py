"""The NumPy environment as Gymnasium's, and runs of libraries that train in it."""

import gymnasium
import numpy as np
from stable_baselines3.common.callbacks import BaseCallback
from stable_baselines3.common.noise import NormalActionNoise

import environment

EXPLORATION_NOISE = 0.1


class GymEdgeEnv(gymnasium.Env):
    """Episode after episode, numbered from 1."""

    def __init__(self, stream):
        self.world = environment.EdgeEnv(0, stream)
        self.observation_space = gymnasium.spaces.Box(
            -np.inf, np.inf, (self.world.observation_size,), np.float32)
        self.action_space = gymnasium.spaces.Box(
            -1, 1, (self.world.action_size,), np.float32)
        self.episode = 0

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.episode += 1
        return self.world.reset(self.episode), {}

    def step(self, action):
        observation, reward, truncated, outcome = self.world.step(action)
        info = {"hitRate": outcome["hitRate"]}
        return observation, float(reward), False, truncated, info


def judge(instance, state, action):
    """What the environment makes of an action."""
    env = GymEdgeEnv(stream=1)
    env.world.play_states(instance, [state, state])
    observation, reward, _, _, info = env.step(action)
    return {"reward": reward, "observation": observation, **info}


class Evaluation(BaseCallback):
    """Evaluates after every so many episodes."""

    def __init__(self, every, evaluate):
        super().__init__()
        self.every, self.evaluate = every, evaluate
        self.episodes = 0

    def _on_step(self):
        if self.locals["dones"][0]:
            self.episodes += 1
            if self.episodes % self.every == 0:
                self.evaluate()
        return True


def trainer(create, algorithm, episodes, batch_size, min_replay_size,
            evaluate_every, evaluation_episodes, test_episodes):
    """A function that makes a whole run; nothing of it is compiled before."""
    if algorithm != "td3":
        raise ValueError(f"algorithm must be td3, got {algorithm}")

    def work():
        env = GymEdgeEnv(stream=1)
        size = env.action_space.shape
        model = create(
            env, buffer_size=100_000, learning_starts=min_replay_size,
            batch_size=batch_size, tau=0.005, gamma=0.99, train_freq=1,
            gradient_steps=1, policy_delay=2, target_policy_noise=0.2,
            target_noise_clip=0.5, seed=0,
            action_noise=NormalActionNoise(
                np.zeros(size), np.full(size, EXPLORATION_NOISE)),
            policy_kwargs={"net_arch": [256, 256]})

        def decide(observation):
            return model.predict(observation, deterministic=True)[0]

        def evaluate(world, count):
            return np.mean([environment.play(world, seed, decide)
                            for seed in range(count)], axis=0)

        validation, test = (
            environment.EdgeEnv(0, stream) for stream in (2, 3))
        model.learn(episodes * environment.SLOTS, Evaluation(
            evaluate_every, lambda: evaluate(validation, evaluation_episodes)))
        returns, hit_rates = evaluate(test, test_episodes)
        return {"updates": model._n_updates, "episode_return": returns,
                "hit_rate": hit_rates}

    return work, {}
