"""Prints the only study in a journal of Optuna's as JSON, with a trial a candidate."""

import json
import sys

import optuna
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend

optuna.logging.set_verbosity(optuna.logging.ERROR)
storage = JournalStorage(JournalFileBackend(sys.argv[1]))
[name] = optuna.get_all_study_names(storage)
study = optuna.load_study(study_name=name, storage=storage)
complete = [
    one for one in study.trials if one.state == optuna.trial.TrialState.COMPLETE
]
json.dump(
    {
        "name": study.study_name,
        "direction": study.direction.name,
        "userAttributes": study.user_attrs,
        "best": study.best_trial.number if complete else None,
        "trials": [
            {
                "number": one.number,
                "state": one.state.name,
                "values": one.values,
                "params": one.params,
                "distributions": {
                    key: type(value).__name__
                    for key, value in one.distributions.items()
                },
                "intermediate": sorted(one.intermediate_values.items()),
                "seconds": None if one.duration is None else one.duration.total_seconds(),
            }
            for one in study.trials
        ],
    },
    sys.stdout,
)
