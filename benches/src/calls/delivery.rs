//! How software gets there: CloudFormation, CodeBuild, API Gateway, tags.

use serde_json::json;

use crate::call::{Call, Scene};

const CLOUDFORMATION: &str = "cloudformation.amazonaws.com";
const CODEBUILD: &str = "codebuild.amazonaws.com";
const APIGATEWAY: &str = "apigateway.amazonaws.com";
const TAGGING: &str = "tagging.amazonaws.com";

fn stack(scene: &Scene<'_>) -> String {
    scene.arn("cloudformation", &format!("stack/{}/{}", scene.team, scene.key_id()))
}

/// Prepares a change of a stack, with the role that CloudFormation shall work with.
pub fn create_change_set(scene: &mut Scene<'_>) -> Call {
    let arn = stack(scene);
    let name = format!("release-{}", scene.random.below(900));
    Call::write(CLOUDFORMATION, "CreateChangeSet")
        .request(json!({
            "stackName": scene.team, "changeSetName": name, "changeSetType": "UPDATE",
            "templateURL": format!("https://example-ci-artifacts.s3.{}.amazonaws.com/{}/template.yaml", scene.region, scene.team),
            "capabilities": ["CAPABILITY_NAMED_IAM"], "roleARN": scene.iam_arn("role/ci/cloudformation"),
            "parameters": [{"parameterKey": "Release", "parameterValue": "****"}]
        }))
        .response(json!({"id": scene.arn("cloudformation", &format!("changeSet/{name}/{}", scene.key_id())), "stackId": arn}))
        .needs("cloudformation:CreateChangeSet", arn)
        .fails("ValidationException", "Stack is in UPDATE_IN_PROGRESS state and can not be updated.")
}

/// Carries a change out.
pub fn execute_change_set(scene: &mut Scene<'_>) -> Call {
    let arn = stack(scene);
    let change_set = format!("release-{}", scene.random.below(900));
    Call::write(CLOUDFORMATION, "ExecuteChangeSet")
        .request(json!({"stackName": scene.team, "changeSetName": change_set}))
        .needs("cloudformation:ExecuteChangeSet", arn)
}

/// How is the stack?
pub fn describe_stacks(scene: &mut Scene<'_>) -> Call {
    let arn = stack(scene);
    Call::read(CLOUDFORMATION, "DescribeStacks")
        .request(json!({"stackName": arn}))
        .needs("cloudformation:DescribeStacks", arn)
        .fails("ValidationException", "Stack with id does not exist")
}

/// Starts a build.
pub fn start_build(scene: &mut Scene<'_>) -> Call {
    let project = format!("{}-release", scene.team);
    let arn = scene.arn("codebuild", &format!("project/{project}"));
    let build = scene.random.uuid();
    Call::write(CODEBUILD, "StartBuild")
        .request(json!({"projectName": project, "sourceVersion": scene.random.hex(40)}))
        .response(json!({"build": {
            "id": format!("{project}:{build}"), "arn": scene.arn("codebuild", &format!("build/{project}:{build}")),
            "projectName": project, "buildStatus": "IN_PROGRESS", "currentPhase": "QUEUED"
        }}))
        .needs("codebuild:StartBuild", arn)
        .fails("AccountLimitExceededException", "Cannot have more than 60 builds in queue for the account")
}

/// Looks at builds.
pub fn batch_get_builds(scene: &mut Scene<'_>) -> Call {
    let project = format!("{}-release", scene.team);
    let arn = scene.arn("codebuild", &format!("project/{project}"));
    let id = format!("{project}:{}", scene.random.uuid());
    Call::read(CODEBUILD, "BatchGetBuilds").request(json!({"ids": [id]})).needs("codebuild:BatchGetBuilds", arn)
}

/// Reads a REST API; API Gateway's actions are HTTP verbs.
pub fn get_rest_api(scene: &mut Scene<'_>) -> Call {
    let id = scene.key_id().replace('-', "").chars().take(10).collect::<String>();
    let target = format!("arn:aws:apigateway:{}::/restapis/{id}", scene.region);
    Call::read(APIGATEWAY, "GetRestApi").request(json!({"restApiId": id})).needs("apigateway:GET", target)
}

/// Deploys a REST API.
pub fn create_deployment(scene: &mut Scene<'_>) -> Call {
    let id = scene.key_id().replace('-', "").chars().take(10).collect::<String>();
    let target = format!("arn:aws:apigateway:{}::/restapis/{id}/deployments", scene.region);
    Call::write(APIGATEWAY, "CreateDeployment")
        .request(json!({"restApiId": id, "createDeploymentInput": {"stageName": "live", "description": "release"}}))
        .response(json!({"id": scene.random.alphanumeric(6).to_lowercase(), "createdDate": "Mar 2, 2026, 9:15:41 AM"}))
        .needs("apigateway:POST", target)
        .fails("BadRequestException", "No integration defined for method")
}

/// Searches by tag; the source is `tagging`, the action's prefix `tag`.
pub fn get_resources(scene: &mut Scene<'_>) -> Call {
    Call::read(TAGGING, "GetResources")
        .request(json!({"resourcesPerPage": 50, "tagFilters": [{"key": "team", "values": [scene.team]}]}))
        .needs("tag:GetResources", "*".to_owned())
}

/// An operation that its service has not published.
pub fn unpublished(scene: &mut Scene<'_>) -> Call {
    Call::read("lambda.amazonaws.com", "RefreshFunctionInsights20260101")
        .request(json!({"functionName": format!("{}-intake", scene.team)}))
}

/// A service that nobody has heard of yet.
pub fn unheard_of(scene: &mut Scene<'_>) -> Call {
    Call::read("ledgerkeeper.amazonaws.com", "ListLedgerPages")
        .request(json!({"ledgerName": scene.team, "maxResults": 25}))
}
