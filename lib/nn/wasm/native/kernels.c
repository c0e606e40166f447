// The kernels of ../kernels once more, for processors with AVX2 and for those with
// AVX-512: the same bits in half of the time.
//
// Every output is one chain of fused multiply-adds in the order of the AssemblyScript,
// which does not depend on how many outputs are computed at once. What each kernel
// computes, and how far it may read and write, is said there; addresses are counted
// from `memory`, the learner's WebAssembly memory.
//
// To be compiled without contraction: x * y + z is rounded twice, madd once.

#include <immintrin.h>
#include <stdint.h>
#include <string.h>

typedef uint32_t u32;
typedef uintptr_t usize;
#define JOIN(name, width) name##_##width
#define JOINED(name, width) JOIN(name, width)
#define NAME(name) JOINED(name, WIDTH)
/** Else sums would lie in memory. */
#ifdef __clang__
#define UNROLL _Pragma("clang loop unroll(full)")
#else
#define UNROLL _Pragma("GCC unroll 16")
#endif
#define EXPORT __attribute__((visibility("default"))) TARGET

/** Floats in a vector of this processor; 0 if it has not even AVX2. */
__attribute__((visibility("default"))) u32 width(void) {
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return 0;
#ifndef HALVES
  if (!__builtin_cpu_supports("avx512f")) return 8;
#endif
  return 16;
}

#define WIDTH 8
#include "vectors.h"
#include "of_one_width.h"
#include "products.h"
#include "optimization.h"
#undef WIDTH
#undef TARGET
#undef INLINE
#undef VECTOR

#define WIDTH 16
#include "vectors.h"
#include "products.h"
#include "optimization.h"
