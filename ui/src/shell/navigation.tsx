import SideNavigation from "@cloudscape-design/components/side-navigation";
import { useLocation, useNavigate } from "react-router";
import { useTexts } from "../text/context";

export function Navigation() {
  const { texts } = useTexts();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  return (
    <SideNavigation
      activeHref={pathname.startsWith("/usage/") ? "/usage" : pathname}
      onFollow={(event) => {
        if (event.detail.external) return;
        event.preventDefault();
        void navigate(event.detail.href);
      }}
      items={[
        {
          type: "section-group",
          title: texts.shell.policies,
          items: [
            { type: "link", text: texts.score.navigation, href: "/" },
            { type: "link", text: texts.compare.navigation, href: "/compare" },
          ],
        },
        {
          type: "section-group",
          title: texts.shell.fromUse,
          items: [
            { type: "link", text: texts.usage.navigation, href: "/usage" },
            { type: "link", text: texts.generate.navigation, href: "/generate" },
          ],
        },
        {
          type: "section-group",
          title: texts.shell.forEverybody,
          items: [{ type: "link", text: texts.settings.navigation, href: "/settings" }],
        },
      ]}
    />
  );
}
