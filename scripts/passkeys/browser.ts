import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

import { ToolError } from "../toolError.ts";

/** What the DevTools protocol sends: the answer to a command, or an event. */
interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

/** What a page's script came to. */
interface Evaluation {
  readonly result: { readonly value: unknown };
  readonly exceptionDetails?: { readonly text: string; readonly exception?: { readonly description?: string } };
}

const SWITCHES = ["--headless", "--disable-gpu", "--disable-background-networking", "--no-first-run"];

/** A tab of a Chromium that runs by itself, driven by the DevTools protocol. */
export class Browser {
  readonly #socket: WebSocket;
  readonly #end: () => Promise<void>;
  #session: string | undefined;
  #commands = 0;

  private constructor(socket: WebSocket, end: () => Promise<void>) {
    this.#socket = socket;
    this.#end = end;
  }

  /**
   * Starts the browser with a profile of its own and opens an empty tab.
   * @param command the browser's program
   * @param switches more of its switches
   */
  static async start(command: string, switches: readonly string[]): Promise<Browser> {
    const profile = await mkdtemp(join(tmpdir(), "passkeys-"));
    const own = [...SWITCHES, "--remote-debugging-port=0", `--user-data-dir=${profile}`];
    const child = spawn(command, [...own, ...switches, "about:blank"], { stdio: ["ignore", "ignore", "pipe"] });
    const ended = new Promise<never>((_, reject) => {
      const fix = "Install Chromium, or name its program as the first argument.";
      const fail = (how: string): void => reject(new ToolError("BrowserFailed", `${command}: ${how}.`, fix));
      child.once("error", ({ message }) => fail(message));
      child.once("exit", (code, signal) => fail(`it ended with ${code ?? signal}`));
    });
    const end = async (): Promise<void> => {
      child.kill();
      await ended.catch(() => undefined);
      await rm(profile, { recursive: true, force: true, maxRetries: 10 });
    };
    try {
      const socket = new WebSocket(await Promise.race([endpointOf(child.stderr), ended]));
      await new Promise((resolve, reject) => {
        socket.addEventListener("open", resolve, { once: true });
        socket.addEventListener("error", reject, { once: true });
      });
      const browser = new Browser(socket, end);
      await browser.#openTab();
      return browser;
    } catch (error) {
      await end();
      throw error;
    }
  }

  /** One command of the DevTools protocol for the tab. */
  async send(method: string, params: object = {}): Promise<Record<string, unknown>> {
    const id = ++this.#commands;
    const answer = this.#next((message) => message.id === id);
    this.#socket.send(JSON.stringify({ id, method, params, sessionId: this.#session }));
    const { result, error } = await answer;
    if (error !== undefined)
      throw new ToolError("BrowserRefused", `${method}: ${error.message}`, "Use a newer Chromium.");
    return result ?? {};
  }

  /** Opens an address in the tab and waits until it is loaded. */
  async open(url: string): Promise<void> {
    const loaded = this.#next(({ method }) => method === "Page.loadEventFired");
    await this.send("Page.navigate", { url });
    await loaded;
  }

  /** What an expression of the page's comes to, awaited, as JSON. */
  async evaluate(expression: string): Promise<unknown> {
    const options = { awaitPromise: true, returnByValue: true, userGesture: true };
    const answer = (await this.send("Runtime.evaluate", { expression, ...options })) as unknown as Evaluation;
    const { exceptionDetails: failure } = answer;
    if (failure === undefined) return answer.result.value;
    const reason = failure.exception?.description ?? failure.text;
    throw new ToolError("PageFailed", reason, "Use a newer Chromium.");
  }

  async close(): Promise<void> {
    this.#socket.close();
    await this.#end();
  }

  async #openTab(): Promise<void> {
    const { targetId } = await this.send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await this.send("Target.attachToTarget", { targetId, flatten: true });
    this.#session = sessionId as string;
    await this.send("Page.enable");
  }

  async #next(isIt: (message: Message) => boolean): Promise<Message> {
    return new Promise((resolve) => {
      const listen = ({ data }: MessageEvent): void => {
        const message = JSON.parse(String(data)) as Message;
        if (!isIt(message)) return;
        this.#socket.removeEventListener("message", listen);
        resolve(message);
      };
      this.#socket.addEventListener("message", listen);
    });
  }
}

/** Where the browser says that it listens. */
async function endpointOf(stderr: Readable): Promise<string> {
  for await (const line of createInterface(stderr)) {
    const found = /^DevTools listening on (ws:\/\/\S+)$/.exec(line);
    if (found?.[1] === undefined) continue;
    // What it says further is of no interest, but must not fill the pipe.
    stderr.resume();
    return found[1];
  }
  throw new ToolError("BrowserSilent", "The browser did not say where it listens.", "Use a newer Chromium.");
}
