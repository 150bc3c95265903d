//! `/stats`, `/principals`: what was used, by whom.

#[tokio::main]
async fn main() -> Result<(), lambda_http::Error> {
    lambda::serve(api::stats_router).await
}
