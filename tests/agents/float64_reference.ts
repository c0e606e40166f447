/**
 * TD3 and DDPG updates in 64-bit floats with hand-written backpropagation,
 * sharing no code with lib: what every engine is compared with.
 *
 * @module
 */

/** Networks of equal widths with their Adam moments. */
export class ReferenceNetwork {
  parameters: Float64Array;
  #sizes: readonly number[];
  #first: Float64Array;
  #second: Float64Array;
  #steps = 0;

  constructor(sizes: readonly number[], parameters: ArrayLike<number>) {
    this.#sizes = sizes;
    this.parameters = Float64Array.from(parameters);
    this.#first = new Float64Array(parameters.length);
    this.#second = new Float64Array(parameters.length);
  }

  copy(): ReferenceNetwork {
    return new ReferenceNetwork(this.#sizes, this.parameters);
  }

  /** Inputs of every layer, then the linear output; one row a state. */
  forward(input: number[][]): number[][][] {
    const p = this.parameters;
    const layers = [input];
    let offset = 0;
    for (let l = 0; l + 1 < this.#sizes.length; l++) {
      const [n, m] = [this.#sizes[l], this.#sizes[l + 1]];
      const start = offset;
      const last = l + 2 === this.#sizes.length;
      layers.push(layers[l].map((x) => {
        const z = Array.from(p.subarray(start + n * m, start + n * m + m));
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < m; j++) z[j] += x[i] * p[start + i * m + j];
        }
        return last ? z : z.map((value) => Math.max(0, value));
      }));
      offset += n * m + m;
    }
    return layers;
  }

  /** Gradients by parameters and by input, from that by the linear output. */
  backward(
    layers: number[][][],
    byOutput: number[][],
  ): { byParameters: Float64Array; byInput: number[][] } {
    const p = this.parameters;
    const gradient = new Float64Array(p.length);
    let end = p.length;
    let delta = byOutput;
    for (let l = this.#sizes.length - 2; l >= 0; l--) {
      const [n, m] = [this.#sizes[l], this.#sizes[l + 1]];
      const start = end - n * m - m;
      delta = delta.map((d, row) => {
        const x = layers[l][row];
        const byX: number[] = new Array(n).fill(0);
        for (let j = 0; j < m; j++) gradient[start + n * m + j] += d[j];
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < m; j++) {
            gradient[start + i * m + j] += x[i] * d[j];
            byX[i] += p[start + i * m + j] * d[j];
          }
          if (l > 0 && x[i] <= 0) byX[i] = 0;
        }
        return byX;
      });
      end = start;
    }
    return { byParameters: gradient, byInput: delta };
  }

  /** Adam (Kingma and Ba 2015). */
  descend(gradient: Float64Array, rate: number): void {
    this.#steps++;
    gradient.forEach((g, i) => {
      this.#first[i] = 0.9 * this.#first[i] + 0.1 * g;
      this.#second[i] = 0.999 * this.#second[i] + 0.001 * g ** 2;
      const mean = this.#first[i] / (1 - 0.9 ** this.#steps);
      const square = this.#second[i] / (1 - 0.999 ** this.#steps);
      this.parameters[i] -= rate * mean / (Math.sqrt(square) + 1e-8);
    });
  }

  softUpdate(online: ReferenceNetwork, tau: number): void {
    online.parameters.forEach((value, i) => {
      this.parameters[i] += tau * (value - this.parameters[i]);
    });
  }
}

/** A transition as an update sees it. */
export interface ReferenceSample {
  observation: number[];
  action: number[];
  reward: number;
  nextObservation: number[];
  terminated: boolean;
  /** Noise of the target action, standard normal. */
  noise: number[];
}

export interface ReferenceOptions {
  actorLearningRate: number;
  criticLearningRate: number;
  discount: number;
  tau: number;
  policyDelay: number;
  targetNoise: number;
  targetNoiseClip: number;
  eq24: "standard" | "paper";
  eq25: "standard" | "paper";
}

function clamp(x: number, low: number, high: number): number {
  return x < low ? low : x > high ? high : x;
}

/** An actor, one or two critics, and their targets. */
export class ReferenceLearner {
  actor: ReferenceNetwork;
  critics: ReferenceNetwork[];
  targetActor: ReferenceNetwork;
  targetCritics: ReferenceNetwork[];
  #updates = 0;

  constructor(actor: ReferenceNetwork, critics: ReferenceNetwork[]) {
    this.actor = actor;
    this.critics = critics;
    this.targetActor = actor.copy();
    this.targetCritics = critics.map((critic) => critic.copy());
  }

  static act(actor: ReferenceNetwork, observations: number[][]): number[][] {
    return actor.forward(observations).at(-1)!.map((row) => row.map(Math.tanh));
  }

  static values(
    critic: ReferenceNetwork,
    observations: number[][],
    actions: number[][],
  ): number[] {
    const input = observations.map((s, e) => [...s, ...actions[e]]);
    return critic.forward(input).at(-1)!.map(([value]) => value);
  }

  /** Mean squared error and its gradient. */
  static criticLoss(
    critic: ReferenceNetwork,
    observations: number[][],
    actions: number[][],
    targets: number[],
  ): { loss: number; gradient: Float64Array } {
    const layers = critic.forward(
      observations.map((s, e) => [...s, ...actions[e]]),
    );
    const errors = layers.at(-1)!.map(([value], e) => value - targets[e]);
    const loss = errors.reduce((sum, x) => sum + x * x, 0) / errors.length;
    const byOutput = errors.map((x) => [2 * x / errors.length]);
    const { byParameters } = critic.backward(layers, byOutput);
    return { loss, gradient: byParameters };
  }

  /** Minus the mean value of the actor's actions, and its gradient. */
  static actorLoss(
    actor: ReferenceNetwork,
    critic: ReferenceNetwork,
    observations: number[][],
  ): { loss: number; gradient: Float64Array } {
    const layers = actor.forward(observations);
    const actions = layers.at(-1)!.map((row) => row.map(Math.tanh));
    const judged = critic.forward(
      observations.map((s, e) => [...s, ...actions[e]]),
    );
    const size = observations.length;
    const loss = -judged.at(-1)!.reduce((sum, [value]) => sum + value, 0) /
      size;
    const { byInput } = critic.backward(judged, actions.map(() => [-1 / size]));
    const byOutput = actions.map((action, e) =>
      action.map((a, i) => byInput[e][observations[e].length + i] * (1 - a * a))
    );
    return { loss, gradient: actor.backward(layers, byOutput).byParameters };
  }

  update(samples: ReferenceSample[], options: ReferenceOptions): void {
    this.#updates++;
    const observations = samples.map((sample) => sample.observation);
    const next = samples.map((sample) => sample.nextObservation);
    let nextActions = ReferenceLearner.act(this.targetActor, next);
    let judges = this.critics;
    if (options.eq24 === "standard") {
      judges = this.targetCritics;
      const { targetNoise, targetNoiseClip: c } = options;
      nextActions = nextActions.map((action, e) =>
        action.map((a, i) => {
          const noise = clamp(targetNoise * samples[e].noise[i], -c, c);
          return clamp(a + noise, -1, 1);
        })
      );
    }
    const nextValues = judges.map((critic) =>
      ReferenceLearner.values(critic, next, nextActions)
    );
    const targets = samples.map(({ reward, terminated }, e) =>
      terminated
        ? reward
        : reward + options.discount * Math.min(...nextValues.map((v) => v[e]))
    );
    const actions = options.eq25 === "paper"
      ? ReferenceLearner.act(this.actor, observations)
      : samples.map((sample) => sample.action);
    for (const critic of this.critics) {
      const { gradient } = ReferenceLearner.criticLoss(
        critic,
        observations,
        actions,
        targets,
      );
      critic.descend(gradient, options.criticLearningRate);
    }
    if (this.#updates % options.policyDelay > 0) return;
    const { gradient } = ReferenceLearner.actorLoss(
      this.actor,
      this.critics[0],
      observations,
    );
    this.actor.descend(gradient, options.actorLearningRate);
    this.targetActor.softUpdate(this.actor, options.tau);
    this.targetCritics.forEach((target, i) =>
      target.softUpdate(this.critics[i], options.tau)
    );
  }
}
