/**
 * A real-coded genetic algorithm.
 *
 * @module
 */

import type { z } from "zod";
import { InputError, parseInput } from "../input/input_error.ts";
import { numberSchema, objectSchema } from "../input/schema.ts";
import {
  crossoverScratch,
  polynomialMutation,
  simulatedBinaryCrossover,
  tournament,
} from "./operators.ts";
import { PopulationSearch } from "./population_search.ts";
import type { SearchSpace } from "./problem.ts";

/** Parameters of {@linkcode GeneticAlgorithm}; none has a default. */
export interface GaOptions {
  /** Points of a generation. */
  readonly populationSize: number;
  /** Points that meet in a tournament. */
  readonly tournamentSize: number;
  /** Chance that a pair of parents is crossed, rather than copied. */
  readonly crossoverProbability: number;
  /** η of simulated binary crossover. */
  readonly crossoverEta: number;
  /** Components of a child that mutate on average. */
  readonly mutationsPerChild: number;
  /** η of polynomial mutation. */
  readonly mutationEta: number;
  /** Best points that go on unchanged; they are not evaluated again. */
  readonly eliteCount: number;
}

const notNegative = numberSchema({ minimum: 0 });

const OPTIONS = objectSchema(
  {
    populationSize: numberSchema({ minimum: 2, integer: true }),
    tournamentSize: numberSchema({ minimum: 1, integer: true }),
    crossoverProbability: numberSchema({ minimum: 0, maximum: 1 }),
    crossoverEta: notNegative,
    mutationsPerChild: notNegative,
    mutationEta: notNegative,
    eliteCount: numberSchema({ minimum: 0, integer: true }),
  } satisfies Record<keyof GaOptions, z.ZodType>,
  "an object of options",
);

/**
 * A generational genetic algorithm: tournament selection, simulated binary
 * crossover (Deb and Agrawal 1995), polynomial mutation, elitism.
 *
 * The elite comes first in the next generation; pairs of children, each bred
 * from two tournament winners, fill it up.
 */
export class GeneticAlgorithm extends PopulationSearch {
  /** Name of the algorithm. */
  override readonly algorithm = "ga";
  /** The parameters. */
  readonly options: GaOptions;
  readonly #parents: Float64Array;
  readonly #parentValues: Float64Array;
  /** Two rows for the last pair of an odd number of children, one of them to spare. */
  readonly #pair: Float64Array;
  readonly #scratch = crossoverScratch();

  /**
   * Draws the first generation.
   *
   * @param space The box to search.
   * @param seed Root seed: the same seed and options find the same points.
   * @throws {InputError} If seed or an option is unknown or out of range.
   */
  constructor(
    space: SearchSpace,
    seed: number | string,
    options: GaOptions,
  ) {
    const act = "create a GA search";
    parseInput(OPTIONS, options, { act });
    const { eliteCount, populationSize } = options;
    if (eliteCount >= populationSize) {
      throw new InputError(
        `Cannot ${act}: eliteCount must be below populationSize, ${populationSize}, got ${eliteCount}`,
      );
    }
    super(space, options.populationSize, seed, [
      "selection",
      "crossover",
      "mutation",
    ]);
    this.options = options;
    this.#parents = new Float64Array(this.points.length);
    this.#parentValues = new Float64Array(this.populationSize);
    this.#pair = new Float64Array(2 * space.dimension);
  }

  /** Nothing: the generation is all that counts. */
  protected override memory(): Record<string, Float64Array> {
    return {};
  }

  /** Breeds the next generation. */
  protected override advance(): number {
    const { eliteCount } = this.options;
    this.#parents.set(this.points);
    this.#parentValues.set(this.values);
    this.#keepElite();
    let child = eliteCount;
    for (; child + 1 < this.populationSize; child += 2) {
      this.#breed(this.points, child);
    }
    if (child < this.populationSize) {
      this.#breed(this.#pair, 0);
      this.#copy(this.#pair, 0, this.points, child);
    }
    return eliteCount;
  }

  /** Copies a row: for the few components of a point faster than a typed array's set. */
  #copy(
    source: Float64Array,
    sourceRow: number,
    target: Float64Array,
    targetRow: number,
  ): void {
    const { dimension } = this.space;
    const from = sourceRow * dimension;
    const to = targetRow * dimension;
    for (let d = 0; d < dimension; d++) target[to + d] = source[from + d];
  }

  #keepElite(): void {
    const { eliteCount } = this.options;
    const values = this.#parentValues;
    if (eliteCount === 0) return;
    const worst = values.slice().sort()[eliteCount - 1];
    const elite: number[] = [];
    // Some of the worst may be equal to others that go: the first of them stay.
    let ties = eliteCount;
    for (const value of values) if (value < worst) ties--;
    for (let row = 0; row < values.length; row++) {
      if (values[row] < worst || (values[row] === worst && ties-- > 0)) {
        elite.push(row);
      }
    }
    elite.sort((a, b) => values[a] - values[b] || a - b);
    for (let rank = 0; rank < eliteCount; rank++) {
      this.values[rank] = values[elite[rank]];
      this.#copy(this.#parents, elite[rank], this.points, rank);
    }
  }

  /** Writes two children, as rows `child` and `child + 1`. */
  #breed(points: Float64Array, child: number): void {
    const { dimension } = this.space;
    const options = this.options;
    const selection = this.stream("selection");
    const crossover = this.stream("crossover");
    for (let k = 0; k < 2; k++) {
      const row = tournament(
        this.#parentValues,
        options.tournamentSize,
        selection,
      );
      this.#copy(this.#parents, row, points, child + k);
    }
    if (crossover.uniform() < options.crossoverProbability) {
      simulatedBinaryCrossover(
        this.space,
        points,
        child * dimension,
        (child + 1) * dimension,
        options.crossoverEta,
        crossover,
        this.#scratch,
      );
    }
    for (let k = 0; k < 2; k++) {
      polynomialMutation(
        this.space,
        points,
        (child + k) * dimension,
        Math.min(1, options.mutationsPerChild / dimension),
        options.mutationEta,
        this.stream("mutation"),
      );
    }
  }
}
