// The two products, ../kernels/product.as and ../kernels/sparse.as: as many sums at once
// as the registers hold, 16 of them with AVX2 and 32 with AVX-512.

/** Keeps a vector in a register: compilers would rather load it for every use. */
#ifndef HALVES
#define PIN(vector) __asm__("" : "+v"(vector))
#else
#define PIN(vector) (void)vector
#endif
/** Panels in a vector. */
#define PANELS (WIDTH / 8)
/** Rows of C that are computed at once. */
#define TALL (5 * PANELS)

/** Some rows of C, and the columns of some vectors. */
INLINE void NAME(tile)(
    const int rows, const int vectors, const char *a, usize aRowStep,
    const char *b, usize bPanelStep, char *c, usize cPanelStep, usize cRowStep,
    u32 inner, float floor) {
  VECTOR sums[TALL][2];
  UNROLL for (int k = 0; k < rows; k++) {
    UNROLL for (int i = 0; i < vectors; i++) sums[k][i] = NAME(zero)();
  }
  for (u32 t = 0; t < inner; t++) {
    VECTOR shared[2];
    UNROLL for (int i = 0; i < vectors; i++) {
      shared[i] = NAME(loadPanels)(b + i * PANELS * bPanelStep, bPanelStep);
    }
    UNROLL for (int k = 0; k < rows; k++) {
      const VECTOR each = NAME(splat)(((const float *)a)[k]);
      UNROLL for (int i = 0; i < vectors; i++) {
        sums[k][i] = NAME(madd)(each, shared[i], sums[k][i]);
      }
    }
    a += aRowStep;
    b += 32;
  }
  const VECTOR least = NAME(splat)(floor);
  UNROLL for (int k = 0; k < rows; k++) {
    UNROLL for (int i = 0; i < vectors; i++) {
      NAME(storePanels)(
          c + k * cRowStep + i * PANELS * cPanelStep, cPanelStep,
          NAME(floor)(sums[k][i], least));
    }
  }
}

/** The columns of some vectors, in all rows. */
INLINE void NAME(columns)(
    const int vectors, const char *a, usize aRowStep, const char *b,
    usize bPanelStep, char *c, usize cPanelStep, usize cRowStep, u32 rows,
    u32 inner, float floor) {
  u32 row = 0;
  for (; row + TALL <= (rows + 4) / 5 * 5; row += TALL) {
    NAME(tile)(
        TALL, vectors, a + 4 * row, aRowStep, b, bPanelStep, c + row * cRowStep,
        cPanelStep, cRowStep, inner, floor);
  }
  if (row < rows) {
    NAME(tile)(
        5, vectors, a + 4 * row, aRowStep, b, bPanelStep, c + row * cRowStep,
        cPanelStep, cRowStep, inner, floor);
  }
}

EXPORT void NAME(product)(
    char *memory, u32 a, u32 aRowStep, u32 b, u32 bPanelStep, u32 c,
    u32 cPanelStep, u32 cRowStep, u32 rows, u32 columns, u32 inner, float floor) {
  const char *from = memory + b;
  char *to = memory + c;
  u32 panels = (columns + 7) >> 3;
#define COLUMNS(FUNCTION, VECTORS)                                             \
  FUNCTION(                                                                    \
      VECTORS, memory + a, aRowStep, from, bPanelStep, to, cPanelStep, cRowStep, \
      rows, inner, floor)
  for (; panels >= 2 * PANELS; panels -= 2 * PANELS) {
    COLUMNS(NAME(columns), 2);
    from += 2 * PANELS * (usize)bPanelStep;
    to += 2 * PANELS * (usize)cPanelStep;
  }
  if (panels >= PANELS) {
    COLUMNS(NAME(columns), 1);
    panels -= PANELS;
    from += PANELS * (usize)bPanelStep;
    to += PANELS * (usize)cPanelStep;
  }
#if WIDTH == 16
  if (panels) COLUMNS(columns_8, 1);
#endif
#undef COLUMNS
}

/** The lists of ../kernels/sparse.as. */
typedef struct {
  const char *memory;
  u32 first, step, ends, rows;
} NAME(Lists);

/** Some vectors of all sums. */
INLINE void NAME(strip)(
    const int vectors, const NAME(Lists) * lists, const char *b, char *c,
    usize cRowStep, float floor) {
  const VECTOR least = NAME(splat)(floor);
  const char *list = lists->memory + lists->first;
  const u32 *ends = (const u32 *)(lists->memory + lists->ends);
  for (u32 row = 0; row < lists->rows; row += 2) {
    VECTOR one[8], other[8];
    UNROLL for (int i = 0; i < vectors; i++) one[i] = other[i] = NAME(zero)();
    const char *end = lists->memory + *ends++;
    for (const char *at = list; at < end; at += 16) {
      const VECTOR first = NAME(splat)(((const float *)at)[0]);
      const VECTOR second = NAME(splat)(((const float *)at)[1]);
      const char *from = b + ((const u32 *)at)[2];
      UNROLL for (int i = 0; i < vectors; i++) {
        VECTOR shared = NAME(load)(from + 4 * WIDTH * i);
        PIN(shared);
        one[i] = NAME(madd)(first, shared, one[i]);
        other[i] = NAME(madd)(second, shared, other[i]);
      }
    }
    UNROLL for (int i = 0; i < vectors; i++) {
      NAME(store)(c + 4 * WIDTH * i, NAME(floor)(one[i], least));
      NAME(store)(c + cRowStep + 4 * WIDTH * i, NAME(floor)(other[i], least));
    }
    list += lists->step;
    c += 2 * cRowStep;
  }
}

EXPORT void NAME(sparseProduct)(
    char *memory, u32 first, u32 step, u32 ends, u32 rows, u32 b, u32 c,
    u32 cRowStep, u32 columns, float floor) {
  const NAME(Lists) lists = {memory, first, step, ends, rows};
  const char *from = memory + b;
  char *to = memory + c;
  u32 panels = (columns + 7) >> 3;
#define STRIPS(VECTORS)                                             \
  for (; panels >= VECTORS * PANELS; panels -= VECTORS * PANELS) {  \
    NAME(strip)(VECTORS, &lists, from, to, cRowStep, floor);        \
    from += 4 * WIDTH * VECTORS;                                    \
    to += 4 * WIDTH * VECTORS;                                      \
  }
  STRIPS(4)
  STRIPS(2)
  STRIPS(1)
#undef STRIPS
#if WIDTH == 16
  const Lists_8 same = {memory, first, step, ends, rows};
  if (panels) strip_8(1, &same, from, to, cRowStep, floor);
#endif
}

#undef PIN
#undef PANELS
#undef TALL
