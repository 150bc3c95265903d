//! `leastwise serve`: the portal and every route of the API, from a store in one file.

use super::fill::{add_sample, failed, runtime};
use crate::arguments::ServeArguments;
use crate::failure::Failure;
use crate::output;
use crate::serving::door::{Door, guarded};
use crate::serving::listen::{Patience, listen};
use crate::serving::portal::portal;
use advisor::{Bedrock, LanguageModel};
use api::{App, SignIn};
use aws_config::BehaviorVersion;
use aws_config::retry::RetryConfig;
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use std::process::ExitCode;
use std::sync::Arc;
use store::embedded;
use tokio::net::TcpListener;

pub fn run(arguments: ServeArguments) -> Result<ExitCode, Failure> {
    let token = arguments.token.filter(|token| !token.is_empty());
    if !arguments.address.ip().is_loopback() && token.is_none() {
        return Err(Failure::invalid(
            format!("`{}` can be reached by others, and anybody who reaches it would be answered", arguments.address),
            "set --token, or listen on 127.0.0.1",
        ));
    }
    let runtime = runtime()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(arguments.address).await.map_err(|error| {
            Failure::invalid(format!("cannot listen on {}: {error}", arguments.address), "--address names another port")
        })?;
        let store = embedded::open(arguments.store.as_deref()).await.map_err(failed)?;
        if arguments.sample {
            add_sample(&store).await.map_err(failed)?;
        }
        let sign_in = if token.is_some() { SignIn::Token } else { SignIn::None };
        let app = App::new(store, model(arguments.model).await).signing_in(sign_in);
        let address = listener.local_addr().map_err(Failure::Input)?;
        let router = router(&app, Door { token: token.as_deref().map(Arc::from) });
        // What a script waits for, and what a person opens.
        output::print(&format!("http://{address}/\n"))?;
        if arguments.store.is_none() && !arguments.sample {
            output::tell(
                "note: the store is empty and in memory; --sample or --store FILE gives it something to answer from",
            );
        }
        let stop = async {
            // Without a signal to wait for, the process is stopped by its end.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        listen(listener, router, Patience::default(), stop).await;
        Ok(ExitCode::SUCCESS)
    })
}

async fn model(id: Option<String>) -> Option<Arc<dyn LanguageModel>> {
    let id = id?;
    let settings = aws_config::defaults(BehaviorVersion::latest()).retry_config(RetryConfig::disabled()).load().await;
    Some(Arc::new(Bedrock::new(id, aws_sdk_bedrockruntime::Client::new(&settings))))
}

fn router(app: &App, door: Door) -> Router {
    // The portal's files say nothing that needs a token.
    api::router(app).layer(from_fn(portal)).layer(from_fn_with_state(door, guarded))
}
