/** A failure of the repository's own tools: short message, and what to do about it. */
export class ToolError extends Error {
  readonly fix: string;

  constructor(name: string, message: string, fix: string) {
    super(message);
    this.name = name;
    this.fix = fix;
  }
}

/** Prints an error as `name: message` and its fix on stderr, and makes the process end with exit code 1. */
export function reportAndFail(error: unknown): void {
  if (error instanceof ToolError) console.error(`${error.name}: ${error.message}\n${error.fix}`);
  else console.error(error);
  process.exitCode = 1;
}
