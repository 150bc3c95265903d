import type { Texts } from "../en";
import { common } from "./common";
import { compare } from "./compare";
import { generate } from "./generate";
import { policy } from "./policy";
import { score } from "./score";
import { settings } from "./settings";
import { shell } from "./shell";
import { signIn } from "./sign-in";
import { usage } from "./usage";

export const texts: Texts = { common, shell, signIn, policy, score, usage, generate, compare, settings };
