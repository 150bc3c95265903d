import Link, { type LinkProps } from "@cloudscape-design/components/link";
import type { ReactNode } from "react";
import { useNavigate } from "react-router";

interface PageLinkProps {
  to: string;
  variant?: LinkProps.Variant;
  ariaLabel?: string;
  children: ReactNode;
}

/** A link to another page of the portal, without loading the portal anew. */
export function PageLink({ to, variant, ariaLabel, children }: PageLinkProps) {
  const navigate = useNavigate();
  return (
    <Link
      href={to}
      variant={variant}
      ariaLabel={ariaLabel}
      onFollow={(event) => {
        event.preventDefault();
        void navigate(to);
      }}
    >
      {children}
    </Link>
  );
}
