"""Prints what TensorBoard reads in a folder of runs, as JSON: for every run the
points of its tags, and what its plugins read."""

import json
import os
import sys

from tensorboard.backend.event_processing import event_accumulator
from tensorboard.plugins.hparams import metadata

folder = sys.argv[1]
runs = {}
for run in sorted(os.listdir(folder)):
    events = event_accumulator.EventAccumulator(
        os.path.join(folder, run), size_guidance={"scalars": 0, "tensors": 0}
    )
    events.Reload()
    info = metadata.parse_session_start_info_plugin_data(
        events.SummaryMetadata(
            metadata.SESSION_START_INFO_TAG
        ).plugin_data.content
    )
    [text] = events.Tensors("trial")
    runs[run] = {
        "scalars": {
            tag: [[one.step, one.value, one.wall_time] for one in events.Scalars(tag)]
            for tag in events.Tags()["scalars"]
        },
        "settings": {
            name: getattr(value, value.WhichOneof("kind"))
            for name, value in info.hparams.items()
        },
        "text": text.tensor_proto.string_val[0].decode(),
        "textPlugin": events.SummaryMetadata("trial").plugin_data.plugin_name,
    }
json.dump(runs, sys.stdout)
