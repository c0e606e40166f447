"""A replay buffer in NumPy."""

import numpy as np


class ReplayBuffer:
    """A ring of transitions; sampling is uniform with replacement."""

    def __init__(self, observation_size, action_size, seed, capacity=100_000):
        self.rng = np.random.default_rng(seed)
        self.capacity = capacity
        self.stored = 0
        self.observation = np.zeros((capacity, observation_size), np.float32)
        self.action = np.zeros((capacity, action_size), np.float32)
        self.reward = np.zeros((capacity, 1), np.float32)
        self.next_observation = np.zeros_like(self.observation)
        self.terminated = np.zeros((capacity, 1), np.float32)

    def __len__(self):
        return min(self.stored, self.capacity)

    def store(self, observation, action, reward, next_observation, terminated):
        row = self.stored % self.capacity
        self.observation[row] = observation
        self.action[row] = action
        self.reward[row] = reward
        self.next_observation[row] = next_observation
        self.terminated[row] = terminated
        self.stored += 1

    def sample(self, size):
        rows = self.rng.integers(len(self), size=size)
        return (self.observation[rows], self.action[rows], self.reward[rows],
                self.next_observation[rows], self.terminated[rows])
