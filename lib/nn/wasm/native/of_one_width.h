// The other kernels, which move numbers more than they compute with them, and gain nothing
// from vectors of more than eight.

// ../kernels/product.as

/** So many vectors of C's first column. */
INLINE void ofColumn(
    const int vectors, const char *a, usize aRowStep, const char *b,
    usize bRowStep, char *c, usize cRowStep, u32 rows, u32 inner, float floor) {
  __m256 sums[8];
  UNROLL for (int i = 0; i < vectors; i++) sums[i] = zero_8();
  for (u32 t = 0; t < inner; t++) {
    const __m256 each = splat_8(*(const float *)b);
    UNROLL for (int i = 0; i < vectors; i++) {
      sums[i] = madd_8(load_8(a + 32 * i), each, sums[i]);
    }
    a += aRowStep;
    b += bRowStep;
  }
  float all[64];
  UNROLL for (int i = 0; i < vectors; i++) {
    store_8(all + 8 * i, floor_8(sums[i], splat_8(floor)));
  }
  for (u32 row = 0; row < rows; row++, c += cRowStep) *(float *)c = all[row];
}

EXPORT void productOfColumn(
    char *memory, u32 a, u32 aRowStep, u32 b, u32 bRowStep, u32 c, u32 cRowStep,
    u32 rows, u32 inner, float floor) {
  const u32 height = (rows + 3) & ~3u;
  u32 row = 0;
  for (; row + 64 <= height; row += 64) {
    ofColumn(
        8, memory + a + 4 * row, aRowStep, memory + b, bRowStep,
        memory + c + row * (usize)cRowStep, cRowStep, 64, inner, floor);
  }
  for (; row < height; row += 16) {
    ofColumn(
        2, memory + a + 4 * row, aRowStep, memory + b, bRowStep,
        memory + c + row * (usize)cRowStep, cRowStep,
        height - row < 16 ? height - row : 16, inner, floor);
  }
}

// ../kernels/sparse.as

INLINE __m128 four(const char *at) { return _mm_loadu_ps((const float *)at); }
INLINE void putFour(char *at, __m128 x) { _mm_storeu_ps((float *)at, x); }

/** Whether the first and the last two of four numbers are needed, as bits. */
INLINE u32 needed(__m128 numbers) {
  const __m128i none =
      _mm_cmpeq_epi64(_mm_castps_si128(numbers), _mm_setzero_si128());
  return ~(u32)_mm_movemask_pd(_mm_castsi128_pd(none)) & 3;
}

/** Adds the entries of four numbers to two lists, or to one twice. */
INLINE void putEntries(char **first, char **second, __m128 numbers, u32 offset, u32 next) {
  const u32 bits = needed(numbers);
  const __m128 from = _mm_castsi128_ps(_mm_set1_epi32((int)offset));
  putFour(*first, _mm_shuffle_ps(numbers, from, _MM_SHUFFLE(0, 0, 1, 0)));
  *first += (bits & 1) << 4;
  const __m128 then = _mm_castsi128_ps(_mm_set1_epi32((int)next));
  putFour(*second, _mm_shuffle_ps(numbers, then, _MM_SHUFFLE(0, 0, 3, 2)));
  *second += (bits & 2) << 3;
}

EXPORT u32 listColumns(
    char *memory, u32 matrix, u32 panelStep, u32 rows, u32 columns, u32 rowStep,
    u32 lists, u32 listStep, u32 ends) {
  u32 bytes = 0;
  for (u32 column = 0; column < columns; column += 8) {
    char *start = memory + lists, *end[4];
    for (int i = 0; i < 4; i++) end[i] = start + i * (usize)listStep;
    const char *at = memory + matrix;
    for (u32 row = 0, offset = 0; row < rows; row++, offset += rowStep, at += 32) {
      putEntries(&end[0], &end[1], four(at), offset, offset);
      putEntries(&end[2], &end[3], four(at + 16), offset, offset);
    }
    for (int i = 0; i < 4; i++) {
      ((u32 *)(memory + ends))[i] = (u32)(end[i] - memory);
      bytes += (u32)(end[i] - (start + i * (usize)listStep));
    }
    ends += 16;
    lists += 4 * listStep;
    matrix += panelStep;
  }
  return bytes >> 4;
}

EXPORT u32 listRows(
    char *memory, u32 matrix, u32 panelStep, u32 rows, u32 columns, u32 rowStep,
    u32 lists, u32 listStep, u32 ends) {
  const u32 limit = columns * rowStep;
  u32 bytes = 0;
  for (u32 row = 0; row < rows; row += 2) {
    char *start = memory + lists, *end = start;
    const char *at = memory + matrix;
    for (u32 column = 0, offset = 0; column < columns; column += 8, at += panelStep) {
      for (int half = 0; half < 32; half += 16, offset += 4 * rowStep) {
        const __m128 one = four(at + half), other = four(at + half + 32);
        putEntries(
            &end, &end, _mm_unpacklo_ps(one, other), offset, offset + rowStep);
        putEntries(
            &end, &end, _mm_unpackhi_ps(one, other), offset + 2 * rowStep,
            offset + 3 * rowStep);
      }
    }
    while (end > start && ((u32 *)end)[-1] >= limit) end -= 16;
    *(u32 *)(memory + ends) = (u32)(end - memory);
    bytes += (u32)(end - start);
    ends += 4;
    lists += listStep;
    matrix += 64;
  }
  return bytes >> 4;
}

// ../kernels/transposition.as

INLINE void transposeBlock(__m128 a, __m128 b, __m128 c, __m128 d, char *to, usize rowStep) {
  _MM_TRANSPOSE4_PS(a, b, c, d);
  putFour(to, a);
  putFour(to + rowStep, b);
  putFour(to + 2 * rowStep, c);
  putFour(to + 3 * rowStep, d);
}

EXPORT void transpose(
    char *memory, u32 source, u32 sourcePanelStep, u32 sourceRowStep, u32 target,
    u32 targetPanelStep, u32 targetRowStep, u32 rows, u32 columns) {
  const usize step = sourceRowStep;
  char *turned = memory + target;
  for (u32 column = 0; column < columns; column += 4) {
    const char *from =
        memory + source + (column >> 3) * sourcePanelStep + ((column & 4) << 2);
    for (u32 row = 0; row < rows; row += 4, from += 4 * step) {
      transposeBlock(
          four(from), four(from + step), four(from + 2 * step),
          four(from + 3 * step),
          turned + (row >> 3) * targetPanelStep + ((row & 4) << 2),
          targetRowStep);
    }
    turned += 4 * (usize)targetRowStep;
  }
}

EXPORT u32 rowsInUse(
    char *memory, u32 matrix, u32 panelStep, u32 rows, u32 columns, u32 list) {
  u32 *end = (u32 *)(memory + list);
  for (u32 row = 0; row < rows; row++) {
    const char *at = memory + matrix + 32 * row;
    for (u32 column = 0; column < columns; column += 8, at += panelStep) {
      const __m256 differs = _mm256_cmp_ps(load_8(at), zero_8(), _CMP_NEQ_UQ);
      if (!_mm256_movemask_ps(differs)) continue;
      _mm_storeu_si128((__m128i *)end, _mm_set1_epi32((int)(32 * row)));
      end++;
      break;
    }
  }
  return (u32)(end - (u32 *)(memory + list));
}

EXPORT void transposeRows(
    char *memory, u32 source, u32 sourcePanelStep, u32 list, u32 count, u32 target,
    u32 targetPanelStep, u32 targetRowStep, u32 columns) {
  const u32 *rows = (const u32 *)(memory + list);
  char *turned = memory + target;
  for (u32 column = 0; column < columns; column += 4) {
    const char *from =
        memory + source + (column >> 3) * sourcePanelStep + ((column & 4) << 2);
    for (u32 k = 0; k < count; k += 4) {
      transposeBlock(
          four(from + rows[k]), four(from + rows[k + 1]),
          four(from + rows[k + 2]), four(from + rows[k + 3]),
          turned + (k >> 3) * targetPanelStep + ((k & 4) << 2), targetRowStep);
    }
    turned += 4 * (usize)targetRowStep;
  }
}

EXPORT void spreadColumns(
    char *memory, u32 source, u32 sourceRowStep, u32 target, u32 targetRowStep,
    u32 list, u32 count, u32 rows) {
  const u32 *columns = (const u32 *)(memory + list);
  const char *from = memory + source;
  char *to = memory + target;
  memset(to, 0, rows * (usize)targetRowStep);
  for (u32 row = 0; row < rows; row++) {
    for (u32 k = 0; k < count; k++) {
      *(float *)(to + (columns[k] >> 3)) = ((const float *)from)[k];
    }
    from += sourceRowStep;
    to += targetRowStep;
  }
}

// ../kernels/activations.as

EXPORT void rectify(char *memory, u32 x, u32 bytes) {
  for (char *at = memory + x, *end = at + bytes; at < end; at += 32) {
    store_8(at, floor_8(load_8(at), zero_8()));
  }
}

EXPORT void rectifierSlope(
    char *memory, u32 d, u32 dStep, u32 y, u32 yStep, u32 bytes, u32 runs) {
  for (u32 run = 0; run < runs; run++, d += dStep, y += yStep) {
    for (u32 i = 0; i < bytes; i += 32) {
      char *at = memory + d + i;
      const __m256 active =
          _mm256_cmp_ps(load_8(memory + y + i), zero_8(), _CMP_GT_OQ);
      store_8(at, _mm256_and_ps(load_8(at), active));
    }
  }
}

INLINE __m256 tangent(__m256 x) {
  const __m256 one = splat_8(1), minus = splat_8(-0.0f);
  const __m256 size = _mm256_andnot_ps(minus, x);
  const __m256 doubled =
      mul_8(_mm256_min_ps(splat_8(9.5f), size), splat_8(2));
  const __m256 n = _mm256_round_ps(
      mul_8(doubled, splat_8(1.44269504f)),
      _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
  __m256 r = _mm256_fnmadd_ps(n, splat_8(0.693359375f), doubled);
  r = _mm256_fnmadd_ps(n, splat_8(-2.12194440e-4f), r);
  __m256 p = splat_8(1.0f / 40320);
  p = madd_8(p, r, splat_8(1.0f / 5040));
  p = madd_8(p, r, splat_8(1.0f / 720));
  p = madd_8(p, r, splat_8(1.0f / 120));
  p = madd_8(p, r, splat_8(1.0f / 24));
  p = madd_8(p, r, splat_8(1.0f / 6));
  p = madd_8(p, r, splat_8(0.5f));
  p = madd_8(mul_8(p, r), r, r);
  const __m256i exponent =
      _mm256_add_epi32(_mm256_cvttps_epi32(n), _mm256_set1_epi32(127));
  const __m256 power = _mm256_castsi256_ps(_mm256_slli_epi32(exponent, 23));
  const __m256 e = madd_8(power, p, sub_8(power, one));
  return _mm256_or_ps(
      div_8(e, add_8(e, splat_8(2))), _mm256_and_ps(x, minus));
}

EXPORT void hyperbolicTangent(char *memory, u32 x, u32 step, u32 bytes, u32 runs) {
  for (u32 run = 0; run < runs; run++, x += step) {
    for (u32 i = 0; i < bytes; i += 32) {
      store_8(memory + x + i, tangent(load_8(memory + x + i)));
    }
  }
}

EXPORT void tangentSlope(
    char *memory, u32 d, u32 dStep, u32 y, u32 yStep, u32 bytes, u32 runs) {
  for (u32 run = 0; run < runs; run++, d += dStep, y += yStep) {
    for (u32 i = 0; i < bytes; i += 32) {
      char *at = memory + d + i;
      const __m256 value = load_8(memory + y + i);
      store_8(
          at, mul_8(load_8(at), _mm256_fnmadd_ps(value, value, splat_8(1))));
    }
  }
}

// ../kernels/value_head.as

EXPORT void headValues(
    char *memory, u32 x, u32 panelStep, u32 rowStep, u32 w, u32 v, u32 features,
    u32 states) {
  for (u32 state = 0; state < states; state += 8, v += 32, x += panelStep) {
    __m256 even = zero_8(), odd = zero_8();
    const char *row = memory + x;
    const float *weight = (const float *)(memory + w), *end = weight + features;
    if (features & 1) {
      odd = mul_8(splat_8(*weight++), load_8(row));
      row += rowStep;
    }
    for (; weight < end; weight += 2, row += 2 * (usize)rowStep) {
      even = madd_8(splat_8(weight[0]), load_8(row), even);
      odd = madd_8(splat_8(weight[1]), load_8(row + rowStep), odd);
    }
    store_8(memory + v, add_8(even, odd));
  }
}

EXPORT void headInputGradient(
    char *memory, u32 d, u32 panelStep, u32 rowStep, u32 w, u32 e, u32 features,
    u32 states) {
  const float *weights = (const float *)(memory + w);
  for (u32 state = 0; state < states; state += 8, e += 32, d += panelStep) {
    const __m256 error = load_8(memory + e);
    char *row = memory + d;
    for (u32 k = 0; k < features; k++, row += rowStep) {
      store_8(row, mul_8(splat_8(weights[k]), error));
    }
  }
}

EXPORT void headWeightGradient(
    char *memory, u32 x, u32 panelStep, u32 rowStep, u32 g, u32 e, u32 features,
    u32 states) {
  for (u32 k = 0; k < features; k++, x += rowStep) {
    __m256 both = zero_8();
    const char *at = memory + x;
    for (u32 state = 0; state < states; state += 8, at += panelStep) {
      both = madd_8(load_8(at), load_8(memory + e + 4 * state), both);
    }
    float sum[4];
    _mm_storeu_ps(sum, _mm_add_ps(
        _mm256_castps256_ps128(both), _mm256_extractf128_ps(both, 1)));
    ((float *)(memory + g))[k] = (sum[0] + sum[1]) + (sum[2] + sum[3]);
  }
}

// ../kernels/states.as

EXPORT void statesFromRows(
    char *memory, u32 rows, u32 matrix, u32 panelStep, u32 rowStep, u32 features,
    u32 states) {
  const float *from = (const float *)(memory + rows);
  for (u32 state = 0; state < ((states + 7) & ~7u); state++) {
    char *to = memory + matrix + (state >> 3) * panelStep + ((state & 7) << 2);
    for (u32 k = 0; k < features; k++, to += rowStep) {
      *(float *)to = state < states ? *from++ : 0;
    }
  }
}

EXPORT void statesToRows(
    char *memory, u32 rows, u32 matrix, u32 panelStep, u32 rowStep, u32 features,
    u32 states) {
  float *to = (float *)(memory + rows);
  for (u32 state = 0; state < states; state++) {
    const char *from =
        memory + matrix + (state >> 3) * panelStep + ((state & 7) << 2);
    for (u32 k = 0; k < features; k++, from += rowStep) *to++ = *(const float *)from;
  }
}
