import type { FigureSpec } from "../../lib/figures/mod.ts";

type Part = Record<string, unknown>;

function channelText(name: string, channel: Part): string {
  if (Array.isArray(channel)) {
    return `${name}(${channel.map(({ field }) => field).join(" ")})`;
  }
  const { field, condition, datum, value } = channel;
  const text = field ?? (datum as Part)?.expr ??
    (condition as Part)?.param ?? value;
  return `${name}=${text}`;
}

function encodingText(encoding: Part = {}): string {
  return Object.entries(encoding).map(([name, channel]) =>
    channelText(name, channel as Part)
  ).join(" ");
}

function parametersText(params: Part[] = []): string {
  return params.map(({ name, select, bind }) => {
    const { type } = (select ?? {}) as Part;
    const input = typeof bind === "object" ? (bind as Part).input : bind;
    return ` {${[name, type, input].filter((one) => one).join(" ")}}`;
  }).join("");
}

function dataText(data: Part | undefined): string {
  return data?.name === undefined ? "" : ` of ${data.name}`;
}

function viewLines(view: Part, indent: string): string[] {
  const inner = ["vconcat", "hconcat", "layer"].find((key) => key in view);
  const { text } = (view.title ?? {}) as Part;
  const title = typeof text === "object" ? (text as Part).expr : text;
  const mark = typeof view.mark === "object"
    ? (view.mark as Part).type
    : view.mark;
  const head = [
    `${indent}${inner ?? mark}`,
    ...title === undefined || title === "" ? [] : [`"${title}"`],
    ...view.width === undefined ? [] : [`width ${JSON.stringify(view.width)}`],
    ...view.encoding === undefined ? [] : [encodingText(view.encoding as Part)],
  ].join(" ");
  return [
    head + dataText(view.data as Part) + parametersText(view.params as Part[]),
    ...inner === undefined
      ? []
      : (view[inner] as Part[]).flatMap((one) => viewLines(one, `${indent}  `)),
  ];
}

/** The structure of a figure: its views, marks, channels, data and parameters. */
export function outline(spec: FigureSpec): string {
  return viewLines(JSON.parse(JSON.stringify(spec)), "").join("\n");
}
