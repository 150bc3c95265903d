//! The analyzer: objects of a trail, as they are delivered, into the store.

use lambda_runtime::{Error, LambdaEvent, service_fn};
use leastwise_analyzer::{Analyzer, Settings};
use serde_json::Value;

#[tokio::main]
async fn main() -> Result<(), Error> {
    lambda_runtime::tracing::init_default_subscriber();
    let analyzer = Analyzer::new(Settings::from_environment()?).await;
    let analyzer = &analyzer;
    lambda_runtime::run(service_fn(move |event: LambdaEvent<Value>| async move {
        let context = event.context;
        analyzer.handle(event.payload, &context.request_id, context.deadline()).await
    }))
    .await
}
