"""Reads the only run in a folder again and again while a training writes it, as
TensorBoard does, until its test is there; prints the points that it had at each
look, and those of the end."""

import json
import os
import sys
import time

from tensorboard.backend.event_processing import event_accumulator

folder = sys.argv[1]
print("following", file=sys.stderr, flush=True)
while not os.path.exists(folder) or not os.listdir(folder):
    time.sleep(0.05)
[run] = os.listdir(folder)
events = event_accumulator.EventAccumulator(
    os.path.join(folder, run), size_guidance={"scalars": 0}
)
looks = []
while True:
    events.Reload()
    tags = events.Tags()["scalars"]
    looks.append(
        len(events.Scalars("train/objective")) if "train/objective" in tags else 0
    )
    if "test/objective" in tags:
        break
    time.sleep(0.1)
scalars = {tag: [[one.step, one.value] for one in events.Scalars(tag)] for tag in tags}
json.dump({"looks": looks, "scalars": scalars}, sys.stdout)
