/**
 * Specifications as trees of parts, for what is done to any figure.
 *
 * @module
 */

/** A part of a specification. */
export type Part = Record<string, unknown>;

/** Whether a value is an object, and no array. */
export function isPart(value: unknown): value is Part {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Calls `visit` for every part but data and metadata, outer ones first. */
export function walkParts(node: unknown, visit: (part: Part) => void): void {
  if (Array.isArray(node)) { for (const one of node) walkParts(one, visit); }
  if (!isPart(node)) return;
  visit(node);
  for (const [key, value] of Object.entries(node)) {
    if (["data", "datasets", "values", "usermeta", "config"].includes(key)) {
      continue;
    }
    walkParts(value, visit);
  }
}

/** The plots of a figure: what has marks or layers, in their order on the page. */
export function plotsOf(spec: Part): Part[] {
  const inner = [spec.vconcat, spec.hconcat, spec.concat].find(Array.isArray);
  if (inner !== undefined) return (inner as Part[]).flatMap(plotsOf);
  return "layer" in spec || "mark" in spec ? [spec] : [];
}
