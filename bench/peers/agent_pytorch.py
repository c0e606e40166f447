"""TD3 (Fujimoto 2018) and DDPG (Lillicrap 2015) in eager PyTorch."""

import copy
import re

import torch
from torch import nn

torch.set_num_threads(1)

BLAS = re.search(r"BLAS_INFO=(\w+)", torch.__config__.show())
VERSIONS = {"torch": torch.__version__,
            "torchBlas": BLAS.group(1) if BLAS else "unknown"}
DISCOUNT, TAU, DELAY = 0.99, 0.005, 2
ACTOR_RATE, CRITIC_RATE = 1e-5, 1e-3
TARGET_NOISE, TARGET_NOISE_CLIP = 0.2, 0.5


def mlp(inputs, outputs, *last):
    return nn.Sequential(nn.Linear(inputs, 256), nn.ReLU(),
                         nn.Linear(256, 256), nn.ReLU(),
                         nn.Linear(256, outputs), *last)


def track(targets, online):
    with torch.no_grad():
        for target, parameter in zip(targets.parameters(), online.parameters()):
            target.lerp_(parameter, TAU)


class Agent:
    """An actor, one critic (DDPG) or two (TD3), and their targets."""

    def __init__(self, algorithm, observation_size, action_size, seed):
        torch.manual_seed(seed)
        self.td3 = algorithm == "td3"
        inputs = observation_size + action_size
        self.actor = mlp(observation_size, action_size, nn.Tanh())
        self.critics = nn.ModuleList(
            mlp(inputs, 1) for _ in range(2 if self.td3 else 1))
        self.target_actor = copy.deepcopy(self.actor)
        self.target_critics = copy.deepcopy(self.critics)
        self.actor_adam = torch.optim.Adam(self.actor.parameters(), ACTOR_RATE)
        self.critic_adam = torch.optim.Adam(
            self.critics.parameters(), CRITIC_RATE)
        self.updates = 0

    def act(self, observation):
        with torch.no_grad():
            return self.actor(torch.from_numpy(observation)).numpy()

    def update(self, batch):
        self.updates += 1
        observation, action, reward, next_observation, terminated = (
            torch.from_numpy(array) for array in batch)
        with torch.no_grad():
            next_action = self.target_actor(next_observation)
            if self.td3:
                noise = (torch.randn_like(action) * TARGET_NOISE).clamp(
                    -TARGET_NOISE_CLIP, TARGET_NOISE_CLIP)
                next_action = (next_action + noise).clamp(-1, 1)
            after = torch.cat([next_observation, next_action], 1)
            value = self.target_critics[0](after)
            if self.td3:
                value = torch.min(value, self.target_critics[1](after))
            target = reward + DISCOUNT * (1 - terminated) * value

        now = torch.cat([observation, action], 1)
        loss = sum(nn.functional.mse_loss(critic(now), target)
                   for critic in self.critics)
        self.critic_adam.zero_grad()
        loss.backward()
        self.critic_adam.step()

        if self.td3 and self.updates % DELAY != 0:
            return
        own = torch.cat([observation, self.actor(observation)], 1)
        loss = -self.critics[0](own).mean()
        self.actor_adam.zero_grad()
        loss.backward()
        self.actor_adam.step()
        track(self.target_critics, self.critics)
        track(self.target_actor, self.actor)

    def wait(self):
        """Eager PyTorch on a CPU has nothing under way."""


def sgemm(size):
    """A function that multiplies two square matrices in place."""
    a, b, c = (torch.randn(size, size) for _ in range(3))
    return lambda: torch.mm(a, b, out=c)
