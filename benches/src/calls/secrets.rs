//! KMS, Secrets Manager and Systems Manager parameters.

use serde_json::json;

use crate::call::{Call, Scene};

const KMS: &str = "kms.amazonaws.com";
const SECRETS: &str = "secretsmanager.amazonaws.com";
const SSM: &str = "ssm.amazonaws.com";

fn with_key(scene: &Scene<'_>, call: Call) -> Call {
    call.resource("AWS::KMS::Key", scene.arn("kms", &format!("key/{}", scene.key_id())))
        .additional(json!({"keyMaterialId": format!("{0}{0}", scene.key_id().replace('-', ""))}))
        .fails("KMSInvalidStateException", "The key is pending import.")
}

/// Opens what the application's own key closed.
pub fn decrypt(scene: &mut Scene<'_>) -> Call {
    let table = scene.arn("dynamodb", &format!("table/{}", scene.team));
    let call = Call::read(KMS, "Decrypt").request(
        json!({"encryptionAlgorithm": "SYMMETRIC_DEFAULT", "encryptionContext": {"aws:dynamodb:tableArn": table}}),
    );
    with_key(scene, call)
}

/// Asks for a key to close something with.
pub fn generate_data_key(scene: &mut Scene<'_>) -> Call {
    let key = scene.arn("kms", &format!("key/{}", scene.key_id()));
    let object = format!("arn:aws:s3:::example-{}-documents", scene.team);
    let call = Call::read(KMS, "GenerateDataKey")
        .request(json!({"keyId": key, "keySpec": "AES_256", "encryptionContext": {"aws:s3:arn": object}}));
    with_key(scene, call)
}

/// Looks up a key by its alias.
pub fn describe_key(scene: &mut Scene<'_>) -> Call {
    let call = Call::read(KMS, "DescribeKey").request(json!({"keyId": format!("alias/{}", scene.team)}));
    with_key(scene, call)
}

/// Sets a key on its way out, which nobody here may.
pub fn schedule_key_deletion(scene: &mut Scene<'_>) -> Call {
    let key = scene.arn("kms", &format!("key/{}", scene.key_id()));
    let call = Call::write(KMS, "ScheduleKeyDeletion").request(json!({"keyId": key, "pendingWindowInDays": 7}));
    with_key(scene, call)
}

fn secret(scene: &Scene<'_>) -> String {
    let suffix = scene.key_id().chars().take(6).collect::<String>();
    scene.arn("secretsmanager", &format!("secret:{}/database-{suffix}", scene.team))
}

/// Reads the database's password, of which CloudTrail keeps only the name.
pub fn get_secret_value(scene: &mut Scene<'_>) -> Call {
    let arn = secret(scene);
    Call::read(SECRETS, "GetSecretValue")
        .request(json!({"secretId": arn, "versionStage": "AWSCURRENT"}))
        .needs("secretsmanager:GetSecretValue", arn)
        .fails("ResourceNotFoundException", "Secrets Manager can't find the specified secret.")
}

/// Looks at a secret without its value.
pub fn describe_secret(scene: &mut Scene<'_>) -> Call {
    let arn = secret(scene);
    Call::read(SECRETS, "DescribeSecret").request(json!({"secretId": arn})).needs("secretsmanager:DescribeSecret", arn)
}

/// Reads one setting.
pub fn get_parameter(scene: &mut Scene<'_>) -> Call {
    let name = format!("/{}/{}", scene.team, scene.random.pick(&["feature-flags", "endpoints/billing", "limits"]));
    let arn = scene.arn("ssm", &format!("parameter{name}"));
    Call::read(SSM, "GetParameter")
        .request(json!({"name": name, "withDecryption": true}))
        .resource("AWS::SSM::Parameter", arn)
        .fails("ParameterNotFound", "Parameter not found.")
}

/// Reads all settings under a path.
pub fn get_parameters_by_path(scene: &mut Scene<'_>) -> Call {
    let path = format!("/{}/", scene.team);
    let arn = scene.arn("ssm", &format!("parameter/{}", scene.team));
    Call::read(SSM, "GetParametersByPath")
        .request(json!({"path": path, "recursive": true, "withDecryption": true, "maxResults": 10}))
        .needs("ssm:GetParametersByPath", arn)
}

/// Changes a setting.
pub fn put_parameter(scene: &mut Scene<'_>) -> Call {
    let name = format!("/{}/release", scene.team);
    let arn = scene.arn("ssm", &format!("parameter{name}"));
    Call::write(SSM, "PutParameter")
        .request(json!({"name": name, "value": "HIDDEN_DUE_TO_SECURITY_REASONS", "type": "String", "overwrite": true}))
        .response(json!({"version": 1 + scene.random.below(300), "tier": "Standard"}))
        .resource("AWS::SSM::Parameter", arn)
        .fails("TooManyUpdates", "Too many updates.")
}

/// Opens a shell on an instance.
pub fn start_session(scene: &mut Scene<'_>) -> Call {
    let instance = scene.resource_id("i", 30);
    let target = scene.arn("ec2", &format!("instance/{instance}"));
    Call::write(SSM, "StartSession").request(json!({"target": instance})).needs("ssm:StartSession", target)
}
