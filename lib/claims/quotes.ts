/**
 * The paper's own words behind each claim.
 *
 * @module
 */

/**
 * What Section 5.2 says, by key of the claim; `…` stands for words that are left out.
 */
export const PAPER_WORDS: Readonly<Record<string, string>> = {
  "learning-rates":
    "As shown in Fig. 4, the TD3 algorithm shows a better convergence value of the total average user reward … when the actor network learning rate is 1e-5 and the critic network learning rate is 1e-3.",
  "td3-ahead":
    "As shown in Fig. 5, the TD3 algorithm shows a better convergence effect than the DDPG algorithm.",
  "td3-ahead-by":
    "TD3 … improves reward optimization by about 1.72% compared with DDPG.",
  "hit-rate-over-ddpg": "with a maximum improvement of 41.06% compared to DDPG",
  "hit-rate-over-pcras": "a maximum improvement of 50.93% compared to PCRAS",
  "hit-rate-over-gcras": "a maximum improvement of 57.85% compared to GCRAS",
  "td3-hit-rate-rises":
    "As shown in Fig. 6, as the number of users increases, the model hit rate also increases.",
  "hit-rates-rise":
    "As shown in Fig. 6, as the number of users increases, the model hit rate also increases.",
  "objective-grows":
    "as the number of users increases, … each user will obtain fewer resources, causing the value of the objective optimization function to continue to grow.",
  "td3-best":
    "The model hit rate of the TD3 algorithm is always better than other benchmark algorithms",
};
