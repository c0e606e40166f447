/**
 * Particle swarm optimization.
 *
 * @module
 */

import type { z } from "zod";
import { parseInput } from "../input/input_error.ts";
import { numberSchema, objectSchema } from "../input/schema.ts";
import { clamp } from "./operators.ts";
import { PopulationSearch } from "./population_search.ts";
import type { SearchSpace } from "./problem.ts";

/** Parameters of {@linkcode ParticleSwarm}; none has a default. */
export interface PsoOptions {
  /** Particles. */
  readonly populationSize: number;
  /** Inertia w of the first generation. */
  readonly inertia: number;
  /** Inertia from generation `inertiaGenerations` on. */
  readonly finalInertia: number;
  /** Generations over which inertia changes linearly. */
  readonly inertiaGenerations: number;
  /** c1: pull of a particle's own best point. */
  readonly cognitive: number;
  /** c2: pull of the swarm's best point. */
  readonly social: number;
  /** Largest velocity, as a fraction of each component's range. */
  readonly maxVelocity: number;
}

const count = numberSchema({ minimum: 1, integer: true });
const notNegative = numberSchema({ minimum: 0 });

const OPTIONS = objectSchema(
  {
    populationSize: count,
    inertia: notNegative,
    finalInertia: notNegative,
    inertiaGenerations: count,
    cognitive: notNegative,
    social: notNegative,
    maxVelocity: notNegative,
  } satisfies Record<keyof PsoOptions, z.ZodType>,
  "an object of options",
);

/** 2^26: one 53-bit draw is split into two factors of 26 and 27 bits. */
const SPLIT = 2 ** 26;

/**
 * Global-best particle swarm (Kennedy and Eberhart 1995) with inertia (Shi and
 * Eberhart 1998) and clamped velocities:
 *
 * v ← w·v + c1·r1·(own best − x) + c2·r2·(swarm's best − x), x ← x + v,
 *
 * r1 and r2 uniform for every particle and component. Particles start at rest
 * (Engelbrecht 2012). One that would leave the box stops at its wall: that
 * component is put on the bound and its velocity becomes 0 (absorbing walls,
 * Robinson and Rahmat-Samii 2004). Bests change once a generation.
 */
export class ParticleSwarm extends PopulationSearch {
  /** Name of the algorithm. */
  override readonly algorithm = "pso";
  /** The parameters. */
  readonly options: PsoOptions;
  readonly #velocities: Float64Array;
  readonly #ownPoints: Float64Array;
  readonly #ownValues: Float64Array;
  /** Random numbers of one particle, length D. */
  readonly #pulls: Float64Array;

  /**
   * Draws the first swarm.
   *
   * @param space The box to search.
   * @param seed Root seed: the same seed and options find the same points.
   * @throws {InputError} If seed or an option is unknown or out of range.
   */
  constructor(
    space: SearchSpace,
    seed: number | string,
    options: PsoOptions,
  ) {
    parseInput(OPTIONS, options, { act: "create a PSO search" });
    super(space, options.populationSize, seed, ["pulls"]);
    this.options = options;
    this.#velocities = new Float64Array(this.points.length);
    this.#ownPoints = new Float64Array(this.points.length);
    this.#ownValues = new Float64Array(this.populationSize).fill(Infinity);
    this.#pulls = new Float64Array(space.dimension);
  }

  /** Velocities, and the best point and value of every particle. */
  protected override memory(): Record<string, Float64Array> {
    return {
      velocities: this.#velocities,
      ownPoints: this.#ownPoints,
      ownValues: this.#ownValues,
    };
  }

  /** Moves the swarm. */
  protected override advance(): number {
    this.#remember();
    const { dimension, lower, upper } = this.space;
    const { inertia, finalInertia, inertiaGenerations } = this.options;
    const { cognitive, social, maxVelocity } = this.options;
    const progress = Math.min(1, this.generation / inertiaGenerations);
    const w = inertia + (finalInertia - inertia) * progress;
    const stream = this.stream("pulls");
    const { points, bestPoint } = this;
    const velocities = this.#velocities;
    const ownPoints = this.#ownPoints;
    const pulls = this.#pulls;
    for (let row = 0; row < points.length; row += dimension) {
      stream.fillUniform(pulls);
      for (let d = 0; d < dimension; d++) {
        const k = row + d;
        const x = points[k];
        const scaled = pulls[d] * SPLIT;
        const r1 = Math.floor(scaled);
        const r2 = scaled - r1;
        const limit = maxVelocity * (upper[d] - lower[d]);
        const velocity = clamp(
          w * velocities[k] +
            cognitive * (r1 / SPLIT) * (ownPoints[k] - x) +
            social * r2 * (bestPoint[d] - x),
          -limit,
          limit,
        );
        const moved = x + velocity;
        const inside = moved >= lower[d] && moved <= upper[d];
        points[k] = inside ? moved : clamp(moved, lower[d], upper[d]);
        velocities[k] = inside ? velocity : 0;
      }
    }
    return 0;
  }

  /** Every particle's own best point. */
  #remember(): void {
    const { dimension } = this.space;
    for (let particle = 0; particle < this.populationSize; particle++) {
      if (
        this.generation > 1 &&
        !(this.values[particle] < this.#ownValues[particle])
      ) continue;
      this.#ownValues[particle] = this.values[particle];
      const row = particle * dimension;
      this.#ownPoints.set(this.points.subarray(row, row + dimension), row);
    }
  }
}
