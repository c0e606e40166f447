"""TD3 (Fujimoto 2018) and DDPG (Lillicrap 2015) in PyTorch.

Three ways: `eager`; `fused`, with a fused Adam and all targets moved by one call;
`compile`, with losses, gradients and soft updates compiled.
"""

import copy
import os
import re
import tempfile

# Compiled anew in every process, in a folder that ends with it, and by one thread,
# so that times of compiling hold.
FOLDER = tempfile.TemporaryDirectory(prefix="torchinductor")
tempfile.tempdir = FOLDER.name
os.environ["TORCHINDUCTOR_COMPILE_THREADS"] = "1"

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


def track_each(targets, online):
    """Soft updates, one tensor after another."""
    with torch.no_grad():
        for target, parameter in zip(targets, online):
            target.lerp_(parameter, TAU)


def track_all(targets, online):
    """Soft updates in one call."""
    with torch.no_grad():
        torch._foreach_lerp_(targets, online, TAU)


class Agent:
    """An actor, one critic (DDPG) or two (TD3), and their targets."""

    def __init__(self, algorithm, observation_size, action_size, seed,
                 variant="eager"):
        torch.manual_seed(seed)
        self.td3 = algorithm == "td3"
        inputs = observation_size + action_size
        self.actor = mlp(observation_size, action_size, nn.Tanh())
        self.critics = nn.ModuleList(
            mlp(inputs, 1) for _ in range(2 if self.td3 else 1))
        self.target_actor = copy.deepcopy(self.actor)
        self.target_critics = copy.deepcopy(self.critics)
        self.targets = [*self.target_critics.parameters(),
                        *self.target_actor.parameters()]
        self.online = [*self.critics.parameters(), *self.actor.parameters()]
        fused = {} if variant == "eager" else {"fused": True}
        self.actor_adam = torch.optim.Adam(
            self.actor.parameters(), ACTOR_RATE, **fused)
        self.critic_adam = torch.optim.Adam(
            self.critics.parameters(), CRITIC_RATE, **fused)
        self.track = track_each if variant == "eager" else track_all
        if variant == "compile":
            self.critic_loss = torch.compile(self.critic_loss, fullgraph=True)
            self.actor_loss = torch.compile(self.actor_loss, fullgraph=True)
            self.track = torch.compile(track_all, fullgraph=True)
        self.updates = 0

    def act(self, observation):
        with torch.no_grad():
            return self.actor(torch.from_numpy(observation)).numpy()

    def critic_loss(self, observation, action, reward, next_observation,
                    terminated):
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
        return sum(nn.functional.mse_loss(critic(now), target)
                   for critic in self.critics)

    def actor_loss(self, observation):
        own = torch.cat([observation, self.actor(observation)], 1)
        return -self.critics[0](own).mean()

    def update(self, batch):
        self.updates += 1
        observation, *rest = (torch.from_numpy(array) for array in batch)
        loss = self.critic_loss(observation, *rest)
        self.critic_adam.zero_grad()
        loss.backward()
        self.critic_adam.step()

        if self.td3 and self.updates % DELAY != 0:
            return
        loss = self.actor_loss(observation)
        self.actor_adam.zero_grad()
        loss.backward()
        self.actor_adam.step()
        self.track(self.targets, self.online)

    def wait(self):
        """PyTorch on a CPU has nothing under way."""


def sgemm(size):
    """A function that multiplies two square matrices in place."""
    a, b, c = (torch.randn(size, size) for _ in range(3))
    return lambda: torch.mm(a, b, out=c)
