//! `/generate`: policies from use.

#[tokio::main]
async fn main() -> Result<(), lambda_http::Error> {
    lambda::serve(api::generate_router).await
}
