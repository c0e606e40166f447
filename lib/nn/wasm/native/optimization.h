// ../kernels/optimization.as. What is left of a whole vector goes through a copy.

typedef struct {
  VECTOR decay1, rate1, decay2, rate2, floor, length, scale, least;
} NAME(Adam);

INLINE void NAME(descend)(
    const NAME(Adam) * by, char *p, const char *g, char *first, char *second) {
  const VECTOR slope = NAME(load)(g);
  const VECTOR slopes = NAME(mul)(slope, slope);
  VECTOR m = NAME(mul)(by->rate1, slope), v = NAME(mul)(by->rate2, slopes);
  m = NAME(keep)(NAME(madd)(by->decay1, NAME(load)(first), m), by->least);
  v = NAME(keep)(NAME(madd)(by->decay2, NAME(load)(second), v), by->least);
  NAME(store)(first, m);
  NAME(store)(second, v);
  const VECTOR root = NAME(sqrt)(NAME(mul)(v, by->scale));
  const VECTOR change =
      NAME(div)(NAME(mul)(by->length, m), NAME(add)(root, by->floor));
  NAME(store)(p, NAME(sub)(NAME(load)(p), change));
}

EXPORT void NAME(adamStep)(
    char *memory, u32 parameters, u32 gradient, u32 first, u32 second, u32 bytes,
    float beta1, float oneMinusBeta1, float beta2, float oneMinusBeta2,
    float epsilon, float stepSize, float secondScale) {
  const NAME(Adam) by = {
      NAME(splat)(beta1), NAME(splat)(oneMinusBeta1),
      NAME(splat)(beta2), NAME(splat)(oneMinusBeta2),
      NAME(splat)(epsilon), NAME(splat)(stepSize),
      NAME(splat)(secondScale), NAME(splat)(1e-32f),
  };
  char *p = memory + parameters, *m = memory + first, *v = memory + second;
  const char *g = memory + gradient;
  u32 i = 0;
  for (; i + 4 * WIDTH <= bytes; i += 4 * WIDTH) {
    NAME(descend)(&by, p + i, g + i, m + i, v + i);
  }
  if (i == bytes) return;
  char rest[4][4 * WIDTH] = {{0}};
  memcpy(rest[0], p + i, bytes - i);
  memcpy(rest[1], g + i, bytes - i);
  memcpy(rest[2], m + i, bytes - i);
  memcpy(rest[3], v + i, bytes - i);
  NAME(descend)(&by, rest[0], rest[1], rest[2], rest[3]);
  memcpy(p + i, rest[0], bytes - i);
  memcpy(m + i, rest[2], bytes - i);
  memcpy(v + i, rest[3], bytes - i);
}

INLINE void NAME(approach)(VECTOR near, VECTOR far, char *t, const char *o) {
  const VECTOR kept = NAME(mul)(far, NAME(load)(t));
  NAME(store)(t, NAME(madd)(near, NAME(load)(o), kept));
}

EXPORT void NAME(softUpdate)(
    char *memory, u32 target, u32 online, u32 bytes, float tau, float oneMinusTau) {
  const VECTOR near = NAME(splat)(tau), far = NAME(splat)(oneMinusTau);
  char *t = memory + target;
  const char *o = memory + online;
  u32 i = 0;
  for (; i + 4 * WIDTH <= bytes; i += 4 * WIDTH) {
    NAME(approach)(near, far, t + i, o + i);
  }
  if (i == bytes) return;
  char rest[2][4 * WIDTH] = {{0}};
  memcpy(rest[0], t + i, bytes - i);
  memcpy(rest[1], o + i, bytes - i);
  NAME(approach)(near, far, rest[0], rest[1]);
  memcpy(t + i, rest[0], bytes - i);
}
