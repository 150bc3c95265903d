import { useTexts } from "../../text/context";
import { OutsideText } from "../../ui/outside-text";
import { PageLink } from "../../ui/page-link";
import { visible } from "../../ui/visible";
import { principalAddress } from "./addresses";
import type { Window } from "./filters";
import { shortName } from "./rows";

interface PrincipalNameProps {
  principal: string;
  account: string;
  window?: Window;
  short?: boolean;
}

/** A principal's name, which leads to its page if it has one. */
export function PrincipalName({ principal, account, window, short = false }: PrincipalNameProps) {
  const { texts } = useTexts();
  if (!principal) return <>{texts.usage.noName}</>;
  return (
    <PageLink to={principalAddress(principal, account, window)} ariaLabel={short ? visible(principal) : undefined}>
      <OutsideText>{short ? shortName(principal) : principal}</OutsideText>
    </PageLink>
  );
}

/** What principals are, in words; what is not known stands as it came. */
export function KindNames({ kinds }: { kinds: readonly string[] }) {
  const { texts, format } = useTexts();
  const names: Record<string, string> = texts.usage.kinds;
  return <>{format.list(kinds.map((kind) => names[kind] ?? kind))}</>;
}
