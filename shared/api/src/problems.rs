//! What every route may answer when something is wrong, for the description.

use crate::problem::KIND;
use utoipa::openapi::path::Operation;
use utoipa::openapi::{Content, OpenApi, Ref, RefOr, Response};

/// Adds to each operation the problems that it shares with its like.
pub(crate) fn describe(description: &mut OpenApi) {
    for (path, item) in &mut description.paths.paths {
        let is_open = matches!(path.as_str(), "/health" | "/sign-in");
        for operation in [&mut item.get, &mut item.post, &mut item.put].into_iter().flatten() {
            add(operation, is_open);
        }
    }
}

fn add(operation: &mut Operation, is_open: bool) {
    let mut statuses = Vec::new();
    if operation.request_body.is_some() {
        statuses.extend(["400", "408", "413", "415"]);
    }
    if !is_open {
        statuses.extend(["401", "500", "503"]);
    }
    let responses = &mut operation.responses.responses;
    for status in statuses {
        responses.entry(status.to_owned()).or_insert_with(|| RefOr::T(Response::new("")));
    }
    for (_, response) in responses.iter_mut().filter(|(status, _)| status.starts_with(['4', '5'])) {
        if let RefOr::T(response) = response {
            response.content.clear();
            let problem = Content::new(Some(RefOr::Ref(Ref::from_schema_name("Problem"))));
            response.content.insert(KIND.to_owned(), problem);
        }
    }
}
