import { common } from "./common";
import { compare } from "./compare";
import { generate } from "./generate";
import { policy } from "./policy";
import { score } from "./score";
import { settings } from "./settings";
import { shell } from "./shell";
import { signIn } from "./sign-in";
import { usage } from "./usage";

export const texts = { common, shell, signIn, policy, score, usage, generate, compare, settings };

/** Every text of the portal. English is the shape: what another language lacks does not compile. */
export type Texts = typeof texts;
