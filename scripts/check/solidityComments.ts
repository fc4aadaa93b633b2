/** A Solidity source with spaces in place of its comments, so that lines and places stay. */
export function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, (token) =>
    token.startsWith("/") ? token.replace(/[^\n]/g, " ") : token,
  );
}
