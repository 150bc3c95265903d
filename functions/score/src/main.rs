//! `/score`, `/validate`, `/diff`, `/simulate`: what a policy allows, and how good that is.

#[tokio::main]
async fn main() -> Result<(), lambda_http::Error> {
    lambda::serve(api::score_router).await
}
