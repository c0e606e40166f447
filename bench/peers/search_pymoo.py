"""PSO and GA of pymoo on a slot, with the ledger's hyperparameters.

What ours does not do is switched off: adaptive coefficients, a perturbed best,
the elimination of duplicates. At walls pymoo's PSO draws velocities anew.
"""

import pymoo
from pymoo.algorithms.soo.nonconvex.ga import GA
from pymoo.algorithms.soo.nonconvex.pso import PSO
from pymoo.core.problem import Problem
from pymoo.operators.crossover.sbx import SBX
from pymoo.operators.mutation.pm import PM
from pymoo.operators.sampling.rnd import FloatRandomSampling
from pymoo.optimize import minimize

VERSIONS = {"pymoo": pymoo.__version__}


class SlotSearch(Problem):
    """A `SlotProblem` as pymoo wants it: a population at a time."""

    def __init__(self, slot):
        super().__init__(n_var=slot.action_size, n_obj=1, xl=-1.0, xu=1.0)
        self.slot = slot

    def _evaluate(self, x, out, *args, **kwargs):
        out["F"] = self.slot.objectives(x)[:, None]


def pso(options):
    return PSO(
        pop_size=options["populationSize"],
        sampling=FloatRandomSampling(),
        w=options["inertia"],
        c1=options["cognitive"],
        c2=options["social"],
        max_velocity_rate=options["maxVelocity"],
        initial_velocity="zero",
        adaptive=False,
        pertube_best=False,
    )


def ga(options):
    # Tournaments are binary; a component mutates with probability 1/D.
    return GA(
        pop_size=options["populationSize"],
        sampling=FloatRandomSampling(),
        crossover=SBX(prob=options["crossoverProbability"],
                      eta=options["crossoverEta"]),
        mutation=PM(prob=1.0, eta=options["mutationEta"]),
        eliminate_duplicates=False,
    )


ALGORITHMS = {"pso": pso, "ga": ga}


def search(problem, algorithm, options, seed):
    """One search, population times generations evaluations long."""
    return minimize(problem, ALGORITHMS[algorithm](options),
                    ("n_gen", options["generations"]), seed=seed,
                    verbose=False)
