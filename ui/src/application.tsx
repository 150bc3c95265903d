import { Suspense, lazy, useEffect, useRef } from "react";
import { Route, Routes, useLocation } from "react-router";
import { ErrorBoundary } from "./shell/error-boundary";
import { Layout } from "./shell/layout";
import { Loading } from "./shell/loading";
import { NotFound } from "./shell/not-found";
import { OfflineBanner } from "./shell/offline-banner";
import { TopBar } from "./shell/top-bar";
import { Gate } from "./sign-in/gate";
import { SignedIn } from "./sign-in/signed-in";
import { useTexts } from "./text/context";

// Each page is a file of its own, loaded when somebody goes there.
const Score = lazy(() => import("./pages/score/index"));
const Usage = lazy(() => import("./pages/usage/index"));
const Principal = lazy(() => import("./pages/usage/principal"));
const Generate = lazy(() => import("./pages/generate/index"));
const Compare = lazy(() => import("./pages/compare/index"));
const Settings = lazy(() => import("./pages/settings/index"));

export function Application() {
  const { texts } = useTexts();
  const { pathname } = useLocation();
  const content = useRef<HTMLElement>(null);

  // A new page starts at its top, for the eye and for the screen reader; the first one has the browser's own start.
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    window.scrollTo(0, 0);
    content.current?.focus({ preventScroll: true });
  }, [pathname]);

  return (
    <>
      <a
        className="skip"
        href="#content"
        onClick={(event) => {
          event.preventDefault();
          content.current?.focus();
        }}
      >
        {texts.shell.skip}
      </a>
      <TopBar />
      <Layout ref={content} notifications={<OfflineBanner />}>
        <ErrorBoundary key={pathname}>
          <Suspense fallback={<Loading />}>
            <Routes>
              <Route path="/signed-in" element={<SignedIn />} />
              <Route path="/" element={<Gate><Score /></Gate>} />
              <Route path="/usage" element={<Gate><Usage /></Gate>} />
              <Route path="/usage/principal" element={<Gate><Principal /></Gate>} />
              <Route path="/generate" element={<Gate><Generate /></Gate>} />
              <Route path="/compare" element={<Gate><Compare /></Gate>} />
              <Route path="/settings" element={<Gate><Settings /></Gate>} />
              <Route path="*" element={<NotFound />} />
            </Routes>
          </Suspense>
        </ErrorBoundary>
      </Layout>
    </>
  );
}
