/** The sign-in did not come to an end; the message is the provider's word for it, or the name of what does not fit. */
export class SignInFailed extends Error {
  override readonly name = "SignInFailed";
}
