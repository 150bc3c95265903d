import Button from "@cloudscape-design/components/button";
import { type ReactNode, type Ref, useState } from "react";
import { useLocation } from "react-router";
import { useTexts } from "../text/context";
import { Navigation } from "./navigation";
import "./layout.css";

/**
 * The pages' list beside the page. Cloudscape's AppLayout would do this too, and brings three implementations of itself,
 * split panels, drawers and drag and drop: a sixth of the first load, of which the portal needs nothing else.
 */
export function Layout({ ref, notifications, children }: { ref: Ref<HTMLElement>; notifications: ReactNode; children: ReactNode }) {
  const { texts } = useTexts();
  const { pathname } = useLocation();
  // On a narrow window the list opens over the page, and belongs to the page that it was opened on: going to
  // another one closes it.
  const [openedOn, setOpenedOn] = useState<string>();
  const open = openedOn === pathname;
  return (
    <div className="layout">
      <nav className="layout-navigation" aria-label={texts.shell.pages}>
        <div className="layout-toggle">
          <Button
            variant="icon"
            iconName={open ? "close" : "menu"}
            ariaLabel={open ? texts.shell.closeNavigation : texts.shell.openNavigation}
            ariaExpanded={open}
            onClick={() => setOpenedOn(open ? undefined : pathname)}
          />
        </div>
        <div className={open ? "layout-pages layout-pages-open" : "layout-pages"}>
          <Navigation />
        </div>
      </nav>
      <main id="content" className="layout-content" ref={ref} tabIndex={-1}>
        <div className="layout-notifications">{notifications}</div>
        {children}
      </main>
    </div>
  );
}
