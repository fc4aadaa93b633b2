/** A piece of SVG: text that is well-formed. */
export type Svg = string;

type Attributes = Readonly<Record<string, number | string>>;

/** Colours that are told apart without seeing colour, too: each stands beside a text. */
export const INK = "#1b1b1f";
export const PALE = "#5c5c66";
export const LINE = "#b8b8c2";

export const FONT = 13;

/** One element; children are SVG already, and `label` is text. */
export function element(name: string, attributes: Attributes, ...children: readonly Svg[]): Svg {
  const told = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`);
  return `<${name}${told.join("")}>${children.join("")}</${name}>`;
}

/** A line of text at a point. */
export function label(x: number, y: number, text: string, attributes: Attributes = {}): Svg {
  return element("text", { x, y, fill: INK, ...attributes }, escapeXml(text));
}

/** A picture that tells screen readers its name and what is to be seen in it. */
export function picture(
  { title, description, width, height }: { title: string; description: string; width: number; height: number },
  ...body: readonly Svg[]
): Svg {
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    ...{ width, height, viewBox: `0 0 ${width} ${height}` },
    ...{ role: "img", "aria-labelledby": "title description" },
    ...{ "font-family": "system-ui, sans-serif", "font-size": FONT },
  };
  const named = [
    element("title", { id: "title" }, escapeXml(title)),
    element("desc", { id: "description" }, escapeXml(description)),
    element("rect", { width, height, fill: "#ffffff" }),
  ];
  return `${element("svg", attributes, ...named, ...body)}\n`;
}

/** Text as XML takes it: marks of its own escaped, and characters that it does not know left out. */
export function escapeXml(text: string): string {
  const marks: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  // eslint-disable-next-line no-control-regex
  const known = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, "\ufffd");
  return known.replace(/[&<>"]/g, (mark) => marks[mark] ?? mark);
}

/** Breaks a text between words into lines of at most `width` characters where its words allow it. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
