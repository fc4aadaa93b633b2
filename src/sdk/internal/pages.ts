import { checkUint } from "./validate.ts";

/** How far an action is, for a line of progress. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

export interface PageOptions {
  /** Items a request; 200 unless told. */
  readonly pageSize?: number | undefined;
  /** Called after each page. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** Cuts a list into pages of at most `size` items. */
export function pagesOf<item>(items: readonly item[], size: number): item[][] {
  const pages: item[][] = [];
  for (let start = 0; start < items.length; start += size) pages.push(items.slice(start, start + size));
  return pages;
}

/** Reads a list page by page, in order. */
export async function readPages<item, answer>(
  items: readonly item[],
  { pageSize = 200, onProgress }: PageOptions,
  readPage: (page: item[]) => Promise<readonly answer[]>,
): Promise<answer[]> {
  checkUint("pageSize", pageSize, 32, 1);
  const answers: answer[] = [];
  for (const page of pagesOf(items, pageSize)) {
    answers.push(...(await readPage(page)));
    onProgress?.({ done: answers.length, total: items.length });
  }
  return answers;
}

/** Pairs two lists of the same length, item by item. */
export function zip<a, b>(left: readonly a[], right: readonly b[]): [a, b][] {
  if (left.length !== right.length) throw new RangeError(`${left.length} items were asked for, ${right.length} came.`);
  return left.map((item, index) => [item, right[index] as b]);
}
