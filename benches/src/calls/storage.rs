//! S3, DynamoDB and RDS.

use serde_json::{Value, json};

use crate::call::{Call, Failure, Scene};

const S3: &str = "s3.amazonaws.com";
const DYNAMODB: &str = "dynamodb.amazonaws.com";
const RDS: &str = "rds.amazonaws.com";

const NO_SUCH_KEY: Failure = ("NoSuchKey", "The specified key does not exist.");

fn bucket(scene: &Scene<'_>, purpose: &str) -> String {
    format!("example-{}-{purpose}", scene.team)
}

/// A call on an object, as CloudTrail shows it: bucket and key in the request, object and bucket as resources.
pub(super) fn on_object(scene: &Scene<'_>, call: Call, bucket: &str, key: &str) -> Call {
    let mut request = json!({
        "bucketName": bucket, "Host": format!("{bucket}.s3.{}.amazonaws.com", scene.region), "key": key
    });
    if let (Some(fields), Value::Object(more)) = (request.as_object_mut(), &call.request) {
        fields.extend(more.clone());
    }
    call.request(request)
        .resource("AWS::S3::Object", format!("arn:aws:s3:::{bucket}/{key}"))
        .resource("AWS::S3::Bucket", format!("arn:aws:s3:::{bucket}"))
        .data()
}

/// A call on a bucket, its subresource as an empty parameter.
pub(super) fn on_bucket(scene: &Scene<'_>, call: Call, bucket: &str, subresource: &str) -> Call {
    let mut request = json!({"bucketName": bucket, "Host": format!("{bucket}.s3.{}.amazonaws.com", scene.region)});
    if let Some(fields) = request.as_object_mut() {
        fields.insert(subresource.to_owned(), json!(""));
    }
    call.request(request).resource("AWS::S3::Bucket", format!("arn:aws:s3:::{bucket}"))
}

/// Reads an invoice.
pub fn get_invoice(scene: &mut Scene<'_>) -> Call {
    let bucket = bucket(scene, "documents");
    let key = format!("invoices/2026/03/INV-{}.pdf", scene.number());
    let call = Call::read(S3, "GetObject").request(json!({"x-id": "GetObject"})).fails(NO_SUCH_KEY.0, NO_SUCH_KEY.1);
    on_object(scene, call, &bucket, &key)
}

/// Asks for the metadata of an invoice; HEAD is authorised as `s3:GetObject`.
pub fn head_invoice(scene: &mut Scene<'_>) -> Call {
    let bucket = bucket(scene, "documents");
    let key = format!("invoices/2026/03/INV-{}.pdf", scene.number());
    let object = format!("arn:aws:s3:::{bucket}/{key}");
    let call = on_object(scene, Call::read(S3, "HeadObject").fails(NO_SUCH_KEY.0, NO_SUCH_KEY.1), &bucket, &key);
    call.needs("s3:GetObject", object)
}

/// Writes an incoming order.
pub fn put_incoming(scene: &mut Scene<'_>) -> Call {
    let bucket = bucket(scene, "documents");
    let key = format!("incoming/{}/order-{}.json", scene.random.pick(&["web", "shop", "partner"]), scene.number());
    let call = Call::write(S3, "PutObject")
        .request(json!({"x-id": "PutObject", "x-amz-server-side-encryption": "aws:kms"}))
        .response(json!({"x-amz-server-side-encryption": "aws:kms", "x-amz-server-side-encryption-bucket-key-enabled": "true"}));
    on_object(scene, call, &bucket, &key)
}

/// Removes an order that was worked off.
pub fn delete_incoming(scene: &mut Scene<'_>) -> Call {
    let bucket = bucket(scene, "documents");
    let key = format!("incoming/web/order-{}.json", scene.number());
    on_object(scene, Call::write(S3, "DeleteObject").request(json!({"x-id": "DeleteObject"})), &bucket, &key)
}

/// Lists the incoming orders; recorded as `ListObjects`, authorised as `s3:ListBucket`.
pub fn list_incoming(scene: &mut Scene<'_>) -> Call {
    let bucket = bucket(scene, "documents");
    let call = Call::read(S3, "ListObjects")
        .request(json!({
            "list-type": "2", "bucketName": bucket, "encoding-type": "url", "prefix": "incoming/", "delimiter": "/",
            "Host": format!("{bucket}.s3.{}.amazonaws.com", scene.region)
        }))
        .resource("AWS::S3::Object", format!("arn:aws:s3:::{bucket}/incoming/"))
        .resource("AWS::S3::Bucket", format!("arn:aws:s3:::{bucket}"))
        .needs("s3:ListBucket", format!("arn:aws:s3:::{bucket}"));
    call.data()
}

/// Writes a table's dump into the backups.
pub fn put_backup(scene: &mut Scene<'_>) -> Call {
    let bucket = bucket(scene, "backups");
    let key = format!("nightly/2026-03-{:02}/table-{:04}.sql.gz", 1 + scene.random.below(28), scene.random.below(400));
    let call = Call::write(S3, "PutObject")
        .request(json!({"x-id": "PutObject", "x-amz-storage-class": "STANDARD_IA", "x-amz-tagging": "retention=35d"}))
        .response(json!({"x-amz-server-side-encryption": "AES256"}));
    on_object(scene, call, &bucket, &key)
}

/// Reads one version of an object back, to check it: `s3:GetObjectVersion`.
pub fn get_backup_version(scene: &mut Scene<'_>) -> Call {
    let bucket = bucket(scene, "backups");
    let key = format!("nightly/2026-03-{:02}/table-{:04}.sql.gz", 1 + scene.random.below(28), scene.random.below(400));
    let version = scene.random.alphanumeric(32);
    let object = format!("arn:aws:s3:::{bucket}/{key}");
    let call = Call::read(S3, "GetObject").request(json!({"x-id": "GetObject", "versionId": version}));
    on_object(scene, call, &bucket, &key).needs("s3:GetObjectVersion", object)
}

/// Where is this bucket?
pub fn get_bucket_location(scene: &mut Scene<'_>) -> Call {
    let bucket = bucket(scene, "documents");
    on_bucket(scene, Call::read(S3, "GetBucketLocation"), &bucket, "location")
}

/// Reads a bucket's encryption; the action is named `s3:GetEncryptionConfiguration`.
pub fn get_bucket_encryption(scene: &mut Scene<'_>) -> Call {
    let bucket = bucket(scene, "documents");
    let arn = format!("arn:aws:s3:::{bucket}");
    on_bucket(scene, Call::read(S3, "GetBucketEncryption"), &bucket, "encryption")
        .needs("s3:GetEncryptionConfiguration", arn)
}

/// Opens a bucket's policy, which nobody here may.
pub fn put_bucket_policy(scene: &mut Scene<'_>) -> Call {
    let bucket = bucket(scene, "documents");
    on_bucket(scene, Call::write(S3, "PutBucketPolicy"), &bucket, "policy")
}

/// All buckets, as the console's first page asks; authorised as `s3:ListAllMyBuckets`.
pub fn list_buckets(scene: &mut Scene<'_>) -> Call {
    let host = format!("s3.{}.amazonaws.com", scene.region);
    Call::read(S3, "ListBuckets").request(json!({"Host": host})).needs("s3:ListAllMyBuckets", "*".to_owned())
}

/// CloudTrail looks whether it may still deliver.
pub fn get_log_bucket_acl(scene: &mut Scene<'_>) -> Call {
    on_bucket(scene, Call::read(S3, "GetBucketAcl"), "example-trail-logs", "acl")
}

/// A partner picks up a price list that is shared with it.
pub fn get_shared_prices(scene: &mut Scene<'_>) -> Call {
    let bucket = bucket(scene, "shared");
    let key = format!("prices/2026-03-{:02}.csv", 1 + scene.random.below(28));
    on_object(scene, Call::read(S3, "GetObject"), &bucket, &key)
}

fn on_table(scene: &mut Scene<'_>, call: Call, mut request: Value) -> Call {
    let table = scene.team;
    if let Some(fields) = request.as_object_mut() {
        fields.insert("tableName".to_owned(), json!(table));
    }
    let arn = scene.arn("dynamodb", &format!("table/{table}"));
    call.request(request).resource("AWS::DynamoDB::Table", arn).version("2012-08-10").data().fails(
        "ProvisionedThroughputExceededException",
        "The level of configured provisioned throughput for the table was exceeded.",
    )
}

/// Reads an order.
pub fn get_item(scene: &mut Scene<'_>) -> Call {
    let request = json!({"key": {"orderId": format!("o-{}", scene.number())}, "consistentRead": false});
    on_table(scene, Call::read(DYNAMODB, "GetItem"), request)
}

/// Writes an order.
pub fn put_item(scene: &mut Scene<'_>) -> Call {
    let id = format!("o-{}", scene.number());
    let request = json!({"key": {"orderId": id}, "items": ["orderId", "customer", "lines", "total"]});
    on_table(scene, Call::write(DYNAMODB, "PutItem"), request)
}

/// Moves an order on, unless somebody else did.
pub fn update_item(scene: &mut Scene<'_>) -> Call {
    let request = json!({"key": {"orderId": format!("o-{}", scene.number())}, "returnValues": "ALL_NEW"});
    on_table(scene, Call::write(DYNAMODB, "UpdateItem"), request)
        .fails("ConditionalCheckFailedException", "The conditional request failed")
}

/// Asks an index of the table.
pub fn query(scene: &mut Scene<'_>) -> Call {
    let request = json!({"indexName": "by-customer", "scanIndexForward": false, "limit": 50});
    let index = scene.arn("dynamodb", &format!("table/{}/index/by-customer", scene.team));
    on_table(scene, Call::read(DYNAMODB, "Query"), request).needs("dynamodb:Query", index)
}

/// Empties the table, which nobody here may.
pub fn delete_table(scene: &mut Scene<'_>) -> Call {
    let mut call = on_table(scene, Call::write(DYNAMODB, "DeleteTable"), json!({}));
    call.data = false;
    call
}

/// Looks at the table.
pub fn describe_table(scene: &mut Scene<'_>) -> Call {
    let mut call = on_table(scene, Call::read(DYNAMODB, "DescribeTable"), json!({}));
    call.data = false;
    call
}

/// The console's list of databases.
pub fn describe_db_instances(scene: &mut Scene<'_>) -> Call {
    let all = scene.arn("rds", "db:*");
    Call::read(RDS, "DescribeDBInstances").request(json!({"maxRecords": 100})).needs("rds:DescribeDBInstances", all)
}

/// A nightly snapshot.
pub fn create_db_snapshot(scene: &mut Scene<'_>) -> Call {
    let instance = format!("{}-ledger", scene.team);
    let snapshot = format!("{instance}-nightly-{:02}", 1 + scene.random.below(28));
    let response = json!({
        "dBSnapshotIdentifier": snapshot, "dBInstanceIdentifier": instance, "engine": "postgres",
        "allocatedStorage": 200, "status": "creating", "port": 5432, "licenseModel": "postgresql-license",
        "snapshotType": "manual", "encrypted": true, "kmsKeyId": scene.arn("kms", &format!("key/{}", scene.key_id())),
        "dBSnapshotArn": scene.arn("rds", &format!("snapshot:{snapshot}")), "percentProgress": 0
    });
    let target = scene.arn("rds", &format!("db:{instance}"));
    Call::write(RDS, "CreateDBSnapshot")
        .request(json!({"dBSnapshotIdentifier": snapshot, "dBInstanceIdentifier": instance}))
        .response(response)
        .needs("rds:CreateDBSnapshot", target)
        .fails(
            "DBSnapshotAlreadyExists",
            "Cannot create the snapshot because a snapshot with this identifier already exists.",
        )
}
