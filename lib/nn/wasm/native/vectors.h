// Vectors of WIDTH floats and what kernels do with them. Every function here is one
// instruction per lane, rounded once, as the WebAssembly of ../kernels is.
//
// Included once for every width, after WIDTH and NAME are defined.

#if WIDTH == 16 && defined(HALVES)

// The same in halves: how the kernels of this width are tested on a processor that
// has no AVX-512.
#define TARGET __attribute__((target("avx2,fma")))
#define INLINE TARGET static inline __attribute__((always_inline))
typedef struct {
  __m256 low, high;
} Halves;
#define VECTOR Halves
#define BOTH(expression_low, expression_high) \
  ((Halves){expression_low, expression_high})
INLINE VECTOR NAME(load)(const void *at) {
  return BOTH(load_8(at), load_8((const float *)at + 8));
}
INLINE void NAME(store)(void *at, VECTOR x) {
  store_8(at, x.low);
  store_8((float *)at + 8, x.high);
}
INLINE VECTOR NAME(splat)(float x) { return BOTH(splat_8(x), splat_8(x)); }
INLINE VECTOR NAME(zero)(void) { return BOTH(zero_8(), zero_8()); }
INLINE VECTOR NAME(add)(VECTOR x, VECTOR y) {
  return BOTH(add_8(x.low, y.low), add_8(x.high, y.high));
}
INLINE VECTOR NAME(sub)(VECTOR x, VECTOR y) {
  return BOTH(sub_8(x.low, y.low), sub_8(x.high, y.high));
}
INLINE VECTOR NAME(mul)(VECTOR x, VECTOR y) {
  return BOTH(mul_8(x.low, y.low), mul_8(x.high, y.high));
}
INLINE VECTOR NAME(div)(VECTOR x, VECTOR y) {
  return BOTH(div_8(x.low, y.low), div_8(x.high, y.high));
}
INLINE VECTOR NAME(sqrt)(VECTOR x) {
  return BOTH(sqrt_8(x.low), sqrt_8(x.high));
}
INLINE VECTOR NAME(madd)(VECTOR x, VECTOR y, VECTOR z) {
  return BOTH(madd_8(x.low, y.low, z.low), madd_8(x.high, y.high, z.high));
}
INLINE VECTOR NAME(floor)(VECTOR x, VECTOR y) {
  return BOTH(floor_8(x.low, y.low), floor_8(x.high, y.high));
}
INLINE VECTOR NAME(keep)(VECTOR x, VECTOR least) {
  return BOTH(keep_8(x.low, least.low), keep_8(x.high, least.high));
}
INLINE VECTOR NAME(loadPanels)(const char *at, usize step) {
  return BOTH(load_8(at), load_8(at + step));
}
INLINE void NAME(storePanels)(char *at, usize step, VECTOR x) {
  store_8(at, x.low);
  store_8(at + step, x.high);
}
#undef BOTH

#else

#if WIDTH == 16
#define TARGET __attribute__((target("avx512f,avx2,fma")))
#define VECTOR __m512
#define OF(operation) _mm512_##operation
#else
#define TARGET __attribute__((target("avx2,fma")))
#define VECTOR __m256
#define OF(operation) _mm256_##operation
#endif
#define INLINE TARGET static inline __attribute__((always_inline))

INLINE VECTOR NAME(load)(const void *at) { return OF(loadu_ps)(at); }
INLINE void NAME(store)(void *at, VECTOR x) { OF(storeu_ps)(at, x); }
INLINE VECTOR NAME(splat)(float x) { return OF(set1_ps)(x); }
INLINE VECTOR NAME(zero)(void) { return OF(setzero_ps)(); }
INLINE VECTOR NAME(add)(VECTOR x, VECTOR y) { return OF(add_ps)(x, y); }
INLINE VECTOR NAME(sub)(VECTOR x, VECTOR y) { return OF(sub_ps)(x, y); }
INLINE VECTOR NAME(mul)(VECTOR x, VECTOR y) { return OF(mul_ps)(x, y); }
INLINE VECTOR NAME(div)(VECTOR x, VECTOR y) { return OF(div_ps)(x, y); }
INLINE VECTOR NAME(sqrt)(VECTOR x) { return OF(sqrt_ps)(x); }
INLINE VECTOR NAME(madd)(VECTOR x, VECTOR y, VECTOR z) {
  return OF(fmadd_ps)(x, y, z);
}
/** y where y > x, else x. */
INLINE VECTOR NAME(floor)(VECTOR x, VECTOR y) { return OF(max_ps)(y, x); }

#if WIDTH == 16
/** x where |x| ≥ least, else 0. */
INLINE VECTOR NAME(keep)(VECTOR x, VECTOR least) {
  return _mm512_maskz_mov_ps(
      _mm512_cmp_ps_mask(_mm512_abs_ps(x), least, _CMP_GE_OQ), x);
}
/** Eight floats of each of two places. */
INLINE VECTOR NAME(loadPanels)(const char *at, usize step) {
  const __m256d first = _mm256_loadu_pd((const double *)at);
  const __m256d second = _mm256_loadu_pd((const double *)(at + step));
  return _mm512_castpd_ps(
      _mm512_insertf64x4(_mm512_castpd256_pd512(first), second, 1));
}
INLINE void NAME(storePanels)(char *at, usize step, VECTOR x) {
  const __m512d both = _mm512_castps_pd(x);
  _mm256_storeu_pd((double *)at, _mm512_castpd512_pd256(both));
  _mm256_storeu_pd((double *)(at + step), _mm512_extractf64x4_pd(both, 1));
}
#else
INLINE VECTOR NAME(keep)(VECTOR x, VECTOR least) {
  const __m256 size = _mm256_andnot_ps(_mm256_set1_ps(-0.0f), x);
  return _mm256_and_ps(x, _mm256_cmp_ps(size, least, _CMP_GE_OQ));
}
/** Here a vector is one panel. */
INLINE VECTOR NAME(loadPanels)(const char *at, usize step) {
  (void)step;
  return _mm256_loadu_ps((const float *)at);
}
INLINE void NAME(storePanels)(char *at, usize step, VECTOR x) {
  (void)step;
  _mm256_storeu_ps((float *)at, x);
}
#endif

#undef OF
#endif
