/** `value` as indented JSON; whole numbers beyond JavaScript's exact range become decimal strings. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => (typeof item === "bigint" ? item.toString() : item), 2);
}

/** Tells how things go. It goes to stderr: stdout belongs to the result. */
export function progress(message: string): void {
  process.stderr.write(`${message}\n`);
}

/** Prints a task's result on stdout: one JSON document, or the text that `human` makes of it. */
export function printResult<T>(json: boolean, value: T, human: (value: T) => string): void {
  process.stdout.write(`${json ? toJson(value) : human(value)}\n`);
}
