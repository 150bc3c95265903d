import TopNavigation, { type TopNavigationProps } from "@cloudscape-design/components/top-navigation";
import { useNavigate } from "react-router";
import { useSignIn } from "../sign-in/context";
import { useTexts } from "../text/context";
import { LANGUAGES, LANGUAGE_NAMES } from "../text/languages";
import { THEMES, useTheme } from "../theme/context";

export function TopBar() {
  const { texts, language, setLanguage } = useTexts();
  const { choice, setChoice } = useTheme();
  const { session, signOut } = useSignIn();
  const navigate = useNavigate();

  const utilities: TopNavigationProps.Utility[] = [
    {
      type: "menu-dropdown",
      text: LANGUAGE_NAMES[language],
      iconName: "globe",
      ariaLabel: `${texts.shell.language}: ${LANGUAGE_NAMES[language]}`,
      items: LANGUAGES.map((id) => ({ id, text: LANGUAGE_NAMES[id], itemType: "checkbox", checked: id === language })),
      onItemClick: ({ detail }) => {
        const next = LANGUAGES.find((each) => each === detail.id);
        if (next) setLanguage(next);
      },
    },
    {
      type: "menu-dropdown",
      iconName: "settings",
      title: texts.shell.theme,
      ariaLabel: `${texts.shell.theme}: ${texts.shell.themes[choice]}`,
      items: THEMES.map((id) => ({ id, text: texts.shell.themes[id], itemType: "checkbox", checked: id === choice })),
      onItemClick: ({ detail }) => {
        const next = THEMES.find((each) => each === detail.id);
        if (next) setChoice(next);
      },
    },
  ];
  if (session) {
    utilities.push({
      type: "menu-dropdown",
      iconName: "user-profile",
      text: session.name ?? texts.shell.signedIn,
      description: session.groups.join(", ") || undefined,
      items: [{ id: "sign-out", text: texts.shell.signOut }],
      onItemClick: signOut,
    });
  }

  return (
    <div id="top">
      <TopNavigation
        identity={{
          href: "/",
          title: "leastwise",
          logo: { src: "/icon.svg", alt: "" },
          onFollow: (event) => {
            event.preventDefault();
            void navigate("/");
          },
        }}
        utilities={utilities}
        i18nStrings={{
          overflowMenuTriggerText: texts.shell.more,
          overflowMenuTitleText: texts.shell.menu,
          overflowMenuBackIconAriaLabel: texts.shell.back,
          overflowMenuDismissIconAriaLabel: texts.common.close,
        }}
      />
    </div>
  );
}
