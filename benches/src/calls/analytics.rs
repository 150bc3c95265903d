//! Athena, and what it does under the session of whoever asks: forward access sessions to Glue and S3.

use serde_json::{Value, json};

use super::storage::{on_bucket, on_object};
use crate::call::{Call, Scene};

const ATHENA: &str = "athena.amazonaws.com";
const GLUE: &str = "glue.amazonaws.com";
const S3: &str = "s3.amazonaws.com";

fn workgroup(scene: &Scene<'_>) -> String {
    scene.arn("athena", &format!("workgroup/{}", scene.team))
}

/// Asks a question in SQL.
pub fn start_query_execution(scene: &mut Scene<'_>) -> Call {
    let target = workgroup(scene);
    Call::write(ATHENA, "StartQueryExecution")
        .request(json!({
            "queryString": "***OMITTED***", "clientRequestToken": scene.random.uuid(), "workGroup": scene.team,
            "queryExecutionContext": {"database": format!("{}_lake", scene.team), "catalog": "AwsDataCatalog"},
            "resultConfiguration": {"outputLocation": format!("s3://example-{}-results/queries/", scene.team)}
        }))
        .response(json!({"queryExecutionId": scene.random.uuid()}))
        .needs("athena:StartQueryExecution", target)
        .fails("InvalidRequestException", "line 1:8: Column 'totl' cannot be resolved")
}

/// Is the answer there?
pub fn get_query_execution(scene: &mut Scene<'_>) -> Call {
    let target = workgroup(scene);
    Call::read(ATHENA, "GetQueryExecution")
        .request(json!({"queryExecutionId": scene.random.uuid()}))
        .needs("athena:GetQueryExecution", target)
}

/// Fetches the answer.
pub fn get_query_results(scene: &mut Scene<'_>) -> Call {
    let target = workgroup(scene);
    Call::read(ATHENA, "GetQueryResults")
        .request(json!({"queryExecutionId": scene.random.uuid(), "maxResults": 1000}))
        .needs("athena:GetQueryResults", target)
}

fn on_table(scene: &Scene<'_>, call: Call, mut request: Value) -> Call {
    let table = scene.arn("glue", &format!("table/{0}_lake/sales", scene.team));
    if let Some(fields) = request.as_object_mut() {
        fields.insert("catalogId".to_owned(), json!(scene.account));
        fields.insert("databaseName".to_owned(), json!(format!("{}_lake", scene.team)));
    }
    let target = call.action.clone();
    call.request(request).needs(&target, table).fails("EntityNotFoundException", "Table not found.")
}

/// Looks at the table that the query names, by itself.
pub fn get_table(scene: &mut Scene<'_>) -> Call {
    on_table(scene, Call::read(GLUE, "GetTable"), json!({"name": "sales"}))
}

/// Athena looks at the table.
pub fn get_table_by_athena(scene: &mut Scene<'_>) -> Call {
    get_table(scene).by(ATHENA)
}

/// Athena looks which partitions there are.
pub fn get_partitions_by_athena(scene: &mut Scene<'_>) -> Call {
    on_table(
        scene,
        Call::read(GLUE, "GetPartitions"),
        json!({"tableName": "sales", "expression": "day >= '2026-03-01'"}),
    )
    .by(ATHENA)
}

/// Athena reads a piece of the table.
pub fn get_object_by_athena(scene: &mut Scene<'_>) -> Call {
    let bucket = format!("example-{}-lake", scene.team);
    let key =
        format!("sales/day=2026-03-{:02}/part-{:05}.parquet", 1 + scene.random.below(28), scene.number() % 100_000);
    on_object(scene, Call::read(S3, "GetObject"), &bucket, &key).by(ATHENA)
}

/// Athena writes the answer down.
pub fn put_result_by_athena(scene: &mut Scene<'_>) -> Call {
    let bucket = format!("example-{}-results", scene.team);
    let key = format!("queries/{}.csv", scene.random.uuid());
    on_object(scene, Call::write(S3, "PutObject"), &bucket, &key).by(ATHENA)
}

/// Athena asks where the place for answers is.
pub fn get_results_location_by_athena(scene: &mut Scene<'_>) -> Call {
    let bucket = format!("example-{}-results", scene.team);
    on_bucket(scene, Call::read(S3, "GetBucketLocation"), &bucket, "location").by(ATHENA)
}
