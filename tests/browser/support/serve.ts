import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { join } from "node:path";

const PROGRAM = process.env.LEASTWISE_PROGRAM ?? join(import.meta.dirname, "../../../target/debug/leastwise");

export interface Serve {
  /** Where it answers, without a slash at the end. */
  address: string;
  stop: () => Promise<void>;
}

/** Starts `leastwise serve`, the real API and store and the portal before it, on a free port; with the sample trail unless told. */
export async function startServe(options: string[] = ["--sample"]): Promise<Serve> {
  const process = spawn(PROGRAM, ["serve", "--address", "127.0.0.1:0", ...options], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...globalThis.process.env, LEASTWISE_TOKEN: "" },
  });
  const complaints: string[] = [];
  process.stderr.on("data", (data: Buffer) => complaints.push(String(data)));
  const stop = async () => {
    if (process.pid === undefined || process.exitCode !== null || process.signalCode !== null) return;
    process.kill("SIGTERM");
    await once(process, "exit");
  };
  try {
    const line = await firstLine(process);
    return { address: new URL(line).origin, stop };
  } catch (error) {
    await stop();
    throw new Error(`${PROGRAM} did not start: ${String(error)}\n${complaints.join("")}`, { cause: error });
  }
}

// Its first line is its address.
async function firstLine(process: ChildProcess): Promise<string> {
  if (!process.stdout) throw new Error("there is no stdout");
  const lines = createInterface({ input: process.stdout });
  return await new Promise((resolve, reject) => {
    lines.once("line", resolve);
    process.once("error", reject);
    process.once("exit", (code) => reject(new Error(`it ended with ${code}`)));
  });
}
