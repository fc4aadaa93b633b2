/** What every error of this folder carries: a short message, and what the reader can do about it. */
export class FilesError extends Error {
  override name = "FilesError";
  /** What to do, as one imperative sentence. */
  readonly fix: string;

  constructor(message: string, fix: string, options?: ErrorOptions) {
    super(message, options);
    this.fix = fix;
  }
}

/** What `value` is as part of a message: quoted, on one line, without control characters, cut at 60 characters. */
export function quote(value: string): string {
  const characters = [...value];
  const text = characters.length > 60 ? `${characters.slice(0, 60).join("")}…` : value;
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/gu, (c) => {
    return `\\u${(c.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
  });
}

/** Why the operating system refused to open or read a file, in words, or undefined when it is not such an error. */
export function systemReason(error: unknown): { reason: string; fix: string } | undefined {
  // Errors of Node itself have codes too, but no system call.
  if (!(error instanceof Error && "syscall" in error && "code" in error)) return undefined;
  const { code } = error;
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return { reason: "there is no such file", fix: "Check the path." };
    case "EACCES":
    case "EPERM":
      return { reason: "it may not be read", fix: "Give yourself the right to read it." };
    case "EISDIR":
      return { reason: "it is a directory", fix: "Name the file inside it." };
    default:
      return { reason: `it cannot be read (${String(code)})`, fix: "Check the path and the disk." };
  }
}
