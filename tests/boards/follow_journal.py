"""Reads a journal of Optuna's again and again while a search writes it, as Optuna's
dashboard does, until every trial has ended; prints how many had at each look."""

import json
import os
import sys
import time

import optuna
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend

path = sys.argv[1]
optuna.logging.set_verbosity(optuna.logging.ERROR)
print("following", file=sys.stderr, flush=True)
# The backend would make a file that is not there.
while not os.path.exists(path):
    time.sleep(0.05)
storage = JournalStorage(JournalFileBackend(path))
ended = []
while True:
    trials = storage.get_all_trials(0)
    ended.append(sum(one.state.is_finished() for one in trials))
    if ended[-1] == len(trials):
        break
    time.sleep(0.1)
json.dump(ended, sys.stdout)
