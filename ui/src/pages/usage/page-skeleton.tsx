import Container from "@cloudscape-design/components/container";
import Skeleton from "@cloudscape-design/components/skeleton";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { Loading } from "../../shell/loading";

/** The page's shape while its numbers are on their way. */
export function PageSkeleton() {
  return (
    <SpaceBetween size="l">
      <Loading />
      {["96px", "260px", "220px"].map((height) => (
        <Container key={height} header={<Skeleton variant="text-heading-m" width="200px" />}>
          <Skeleton height={height} />
        </Container>
      ))}
    </SpaceBetween>
  );
}
