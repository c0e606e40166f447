import { RandomStream } from "../../lib/math/prng.ts";
import type { ScoreRow } from "../../lib/stats/mod.ts";
import type { ConvergenceRow, UsersRow } from "../../lib/figures/mod.ts";

/** Runs that look like training: returns that rise from −8 to −7 with noise. */
export function exampleRows(
  options: { series: string[]; seeds: number; episodes: number },
): ConvergenceRow[] {
  const { series, seeds, episodes } = options;
  return series.flatMap((name) =>
    Array.from({ length: seeds }, (_, seed) => {
      const stream = new RandomStream(seed, `example ${name}`);
      const noise = stream.fillNormal(new Float64Array(episodes));
      return Array.from(noise, (value, i) => ({
        series: name,
        seed,
        episode: i + 1,
        episodeReturn: -8 + (1 - Math.exp(-4 * i / episodes)) + 0.4 * value,
      }));
    }).flat()
  );
}

/** TD3 and random beside an optimum of which TD3 has 1.5 times the objective. */
export function exampleUsersRows(seeds: number): UsersRow[] {
  const methods = { TD3: 1.5, random: 2, optimum: 1 };
  return Object.entries(methods).flatMap(([series, factor]) =>
    [5, 10, 20].flatMap((users) =>
      Array.from({ length: seeds }, (_, seed) => ({
        series,
        users,
        seed,
        hitRate: (0.8 + 0.02 * seed) / factor,
        objective: factor * users * (1 + 0.1 * seed),
      }))
    )
  );
}

/** The objectives of {@linkcode exampleUsersRows} as scores of methods. */
export function exampleScoreRows(seeds: number): ScoreRow[] {
  return exampleUsersRows(seeds).map(({ series, users, seed, objective }) => (
    { series, task: `users=${users}`, seed, value: objective }
  ));
}
