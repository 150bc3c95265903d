//! Lambda, EC2, Auto Scaling, load balancers, ECS, ECR and Batch.

use serde_json::json;

use crate::call::{Call, Scene};

const LAMBDA: &str = "lambda.amazonaws.com";
const EC2: &str = "ec2.amazonaws.com";
const ECS: &str = "ecs.amazonaws.com";
const ECR: &str = "ecr.amazonaws.com";
const BATCH: &str = "batch.amazonaws.com";
const AUTOSCALING: &str = "autoscaling.amazonaws.com";
const ELB: &str = "elasticloadbalancing.amazonaws.com";

fn function(scene: &mut Scene<'_>) -> String {
    format!("{}-{}", scene.team, scene.random.pick(&["intake", "pricing", "notify"]))
}

/// Invokes a function: a data event named `Invoke`, authorised as `lambda:InvokeFunction`.
pub fn invoke(scene: &mut Scene<'_>) -> Call {
    let name = function(scene);
    let arn = scene.arn("lambda", &format!("function:{name}"));
    Call::write(LAMBDA, "Invoke")
        .request(json!({"functionName": arn, "invocationType": "RequestResponse"}))
        .additional(json!({"functionVersion": format!("{arn}:$LATEST")}))
        .resource("AWS::Lambda::Function", arn.clone())
        .needs("lambda:InvokeFunction", arn)
        .fails("TooManyRequestsException", "Rate Exceeded.")
        .data()
}

fn configuration(scene: &mut Scene<'_>, name: &str) -> serde_json::Value {
    json!({
        "functionName": name, "functionArn": scene.arn("lambda", &format!("function:{name}")), "runtime": "provided.al2023",
        "role": scene.iam_arn(&format!("role/{}/{name}", scene.team)), "handler": "bootstrap",
        "codeSize": 4_000_000 + scene.random.below(2_000_000), "description": "", "timeout": 15, "memorySize": 256,
        "lastModified": "2026-03-02T09:00:00.000+0000", "codeSha256": format!("{}=", scene.random.alphanumeric(43)),
        "version": "$LATEST", "tracingConfig": {"mode": "Active"}, "revisionId": scene.random.uuid(),
        "state": "Active", "lastUpdateStatus": "InProgress", "packageType": "Zip", "architectures": ["arm64"]
    })
}

/// Creates a function with its role: `iam:PassRole` is needed and never recorded.
pub fn create_function(scene: &mut Scene<'_>) -> Call {
    let name = function(scene);
    let response = configuration(scene, &name);
    Call::write(LAMBDA, "CreateFunction20150331")
        .request(json!({
            "functionName": name, "runtime": "provided.al2023", "role": scene.iam_arn(&format!("role/{}/{name}", scene.team)),
            "handler": "bootstrap", "code": {"s3Bucket": "example-ci-artifacts", "s3Key": format!("{name}/bootstrap.zip")},
            "timeout": 15, "memorySize": 256, "publish": false, "architectures": ["arm64"],
            "environment": {}, "tags": {"team": scene.team}
        }))
        .response(response)
        .needs("lambda:CreateFunction", scene.arn("lambda", &format!("function:{name}")))
        .fails("ResourceConflictException", "Function already exist")
}

/// Gives a function new code.
pub fn update_function_code(scene: &mut Scene<'_>) -> Call {
    let name = function(scene);
    let response = configuration(scene, &name);
    Call::write(LAMBDA, "UpdateFunctionCode20150331v2")
        .request(json!({
            "functionName": name, "s3Bucket": "example-ci-artifacts", "s3Key": format!("{name}/bootstrap.zip"),
            "publish": true, "dryRun": false, "architectures": ["arm64"]
        }))
        .response(response)
        .needs("lambda:UpdateFunctionCode", scene.arn("lambda", &format!("function:{name}")))
}

/// Changes a function's settings, its role among them.
pub fn update_function_configuration(scene: &mut Scene<'_>) -> Call {
    let name = function(scene);
    let response = configuration(scene, &name);
    Call::write(LAMBDA, "UpdateFunctionConfiguration20150331v2")
        .request(json!({
            "functionName": name, "role": scene.iam_arn(&format!("role/{}/{name}", scene.team)), "memorySize": 512,
            "environment": {}
        }))
        .response(response)
        .needs("lambda:UpdateFunctionConfiguration", scene.arn("lambda", &format!("function:{name}")))
}

/// Looks at a function.
pub fn get_function(scene: &mut Scene<'_>) -> Call {
    let name = function(scene);
    Call::read(LAMBDA, "GetFunction20150331v2")
        .request(json!({"functionName": name}))
        .needs("lambda:GetFunction", scene.arn("lambda", &format!("function:{name}")))
        .fails("ResourceNotFoundException", "Function not found")
}

/// The console's list of functions.
pub fn list_functions(_: &mut Scene<'_>) -> Call {
    Call::read(LAMBDA, "ListFunctions20150331")
        .request(json!({"maxItems": 50}))
        .needs("lambda:ListFunctions", "*".to_owned())
}

/// One of the questions that consoles and inventories ask of EC2 all day.
pub fn describe(scene: &mut Scene<'_>) -> Call {
    let (name, set, field, prefix) = match scene.random.below(6) {
        0 => ("DescribeInstances", "instancesSet", "instanceId", "i"),
        1 => ("DescribeSecurityGroups", "securityGroupIdSet", "groupId", "sg"),
        2 => ("DescribeSubnets", "subnetSet", "subnetId", "subnet"),
        3 => ("DescribeVpcs", "vpcSet", "vpcId", "vpc"),
        4 => ("DescribeNetworkInterfaces", "networkInterfaceIdSet", "networkInterfaceId", "eni"),
        _ => ("DescribeVolumes", "volumeSet", "volumeId", "vol"),
    };
    let id = scene.resource_id(prefix, 12);
    let mut request =
        json!({"filterSet": {"items": [{"name": "owner-id", "valueSet": {"items": [{"value": scene.account}]}}]}});
    if let Some(fields) = request.as_object_mut() {
        fields.insert(set.to_owned(), json!({"items": [{field: id}]}));
    }
    Call::read(EC2, name).request(request).fails("Client.RequestLimitExceeded", "Request limit exceeded.")
}

/// Starts an instance with a profile and with tags: PassRole and CreateTags come with it.
pub fn run_instances(scene: &mut Scene<'_>) -> Call {
    let (instance, subnet, group) =
        (scene.resource_id("i", 30), scene.resource_id("subnet", 3), scene.resource_id("sg", 2));
    let tags =
        json!([{"key": "Name", "value": format!("{}-worker", scene.team)}, {"key": "team", "value": scene.team}]);
    let request = json!({
        "instancesSet": {"items": [{"imageId": "ami-0a1b2c3d4e5f60718", "minCount": 1, "maxCount": 1}]},
        "instanceType": "m7g.large", "blockDeviceMapping": {}, "monitoring": {"enabled": true},
        "disableApiTermination": false, "clientToken": scene.random.uuid(), "subnetId": subnet,
        "groupSet": {"items": [{"groupId": group}]},
        "iamInstanceProfile": {"arn": scene.iam_arn(&format!("instance-profile/{0}/{0}-worker", scene.team))},
        "tagSpecificationSet": {"items": [{"resourceType": "instance", "tags": tags}]}
    });
    let reservation = scene.random.hex(17);
    let response = json!({
        "requestId": scene.random.uuid(), "reservationId": format!("r-{reservation}"), "ownerId": scene.account, "groupSet": {},
        "instancesSet": {"items": [{
            "instanceId": instance, "imageId": "ami-0a1b2c3d4e5f60718", "instanceState": {"code": 0, "name": "pending"},
            "privateDnsName": "ip-10-20-1-17.eu-west-1.compute.internal", "amiLaunchIndex": 0, "productCodes": {},
            "instanceType": "m7g.large", "launchTime": 1_772_438_400_000_u64,
            "placement": {"availabilityZone": format!("{}a", scene.region), "tenancy": "default"},
            "subnetId": subnet, "architecture": "arm64", "rootDeviceType": "ebs", "ebsOptimized": false
        }]}
    });
    let target = scene.arn("ec2", "instance/*");
    Call::write(EC2, "RunInstances").request(request).response(response).needs("ec2:RunInstances", target).fails(
        "Server.InsufficientInstanceCapacity",
        "We currently do not have sufficient capacity in the Availability Zone you requested.",
    )
}

/// Stops an instance for good.
pub fn terminate_instances(scene: &mut Scene<'_>) -> Call {
    let instance = scene.resource_id("i", 30);
    let target = scene.arn("ec2", &format!("instance/{instance}"));
    Call::write(EC2, "TerminateInstances")
        .request(json!({"instancesSet": {"items": [{"instanceId": instance}]}}))
        .response(json!({"requestId": scene.random.uuid(), "instancesSet": {"items": [{
            "instanceId": instance, "currentState": {"code": 32, "name": "shutting-down"},
            "previousState": {"code": 16, "name": "running"}
        }]}}))
        .needs("ec2:TerminateInstances", target)
        .fails("Client.InvalidInstanceID.NotFound", "The instance ID does not exist")
}

/// Asks for the groups of instances.
pub fn describe_auto_scaling_groups(_: &mut Scene<'_>) -> Call {
    Call::read(AUTOSCALING, "DescribeAutoScalingGroups").request(json!({"maxRecords": 100}))
}

/// Sets how many instances a group has.
pub fn set_desired_capacity(scene: &mut Scene<'_>) -> Call {
    let group = format!("{}-workers", scene.team);
    let target = scene.arn("autoscaling", &format!("autoScalingGroup:*:autoScalingGroupName/{group}"));
    let capacity = 2 + scene.random.below(6);
    Call::write(AUTOSCALING, "SetDesiredCapacity")
        .request(json!({"autoScalingGroupName": group, "desiredCapacity": capacity, "honorCooldown": false}))
        .needs("autoscaling:SetDesiredCapacity", target)
        .fails("ValidationError", "New SetDesiredCapacity value is above max value for the AutoScalingGroup.")
}

/// Puts targets behind a load balancer.
pub fn register_targets(scene: &mut Scene<'_>) -> Call {
    let id = scene.resource_id("i", 30);
    let hash = scene.key_id().replace('-', "").chars().take(16).collect::<String>();
    let group = scene.arn("elasticloadbalancing", &format!("targetgroup/{}-api/{hash}", scene.team));
    Call::write(ELB, "RegisterTargets")
        .request(json!({"targetGroupArn": group, "targets": [{"id": id, "port": 8080}]}))
        .needs("elasticloadbalancing:RegisterTargets", group)
        .version("2015-12-01")
}

/// How are the targets?
pub fn describe_target_health(scene: &mut Scene<'_>) -> Call {
    let hash = scene.key_id().replace('-', "").chars().take(16).collect::<String>();
    let group = scene.arn("elasticloadbalancing", &format!("targetgroup/{}-api/{hash}", scene.team));
    Call::read(ELB, "DescribeTargetHealth").request(json!({"targetGroupArn": group})).version("2015-12-01")
}

/// A new revision of a task, with the two roles that it passes on.
pub fn register_task_definition(scene: &mut Scene<'_>) -> Call {
    let team = scene.team;
    let image = format!("{}.dkr.ecr.{}.amazonaws.com/{team}/api:{}", scene.account, scene.region, scene.random.hex(12));
    let family = format!("{team}-api");
    let (task_role, execution_role) =
        (scene.iam_arn(&format!("role/{team}/{team}-api")), scene.iam_arn(&format!("role/{team}/{team}-execution")));
    let revision = 1 + scene.random.below(80);
    let definition = scene.arn("ecs", &format!("task-definition/{family}:{revision}"));
    Call::write(ECS, "RegisterTaskDefinition")
        .request(json!({
            "family": family, "taskRoleArn": task_role, "executionRoleArn": execution_role, "networkMode": "awsvpc",
            "requiresCompatibilities": ["FARGATE"], "cpu": "512", "memory": "1024",
            "containerDefinitions": [{
                "name": "api", "image": image, "essential": true, "portMappings": [{"containerPort": 8080, "protocol": "tcp"}],
                "environment": [], "mountPoints": [], "volumesFrom": []
            }]
        }))
        .response(json!({"taskDefinition": {
            "taskDefinitionArn": definition, "family": family, "revision": revision, "status": "ACTIVE",
            "taskRoleArn": task_role, "executionRoleArn": execution_role
        }}))
        .needs("ecs:RegisterTaskDefinition", definition)
        .fails("ClientException", "No Fargate configuration exists for given values.")
}

/// Runs a task once, with the role that it overrides.
pub fn run_task(scene: &mut Scene<'_>) -> Call {
    let team = scene.team;
    let (revision, id) = (1 + scene.random.below(9), scene.random.hex(32));
    let definition = scene.arn("ecs", &format!("task-definition/{team}-migrate:{revision}"));
    let cluster = scene.arn("ecs", &format!("cluster/{team}"));
    let task = scene.arn("ecs", &format!("task/{team}/{id}"));
    Call::write(ECS, "RunTask")
        .request(json!({
            "cluster": cluster, "taskDefinition": definition, "launchType": "FARGATE", "count": 1,
            "overrides": {"taskRoleArn": scene.iam_arn(&format!("role/{team}/{team}-migrate"))},
            "networkConfiguration": {"awsvpcConfiguration": {
                "subnets": [scene.resource_id("subnet", 3)], "securityGroups": [scene.resource_id("sg", 2)],
                "assignPublicIp": "DISABLED"
            }}
        }))
        .response(json!({"tasks": [{"taskArn": task, "clusterArn": cluster, "taskDefinitionArn": definition, "lastStatus": "PROVISIONING"}], "failures": []}))
        .needs("ecs:RunTask", definition)
        .fails("ClusterNotFoundException", "Cluster not found.")
}

/// Rolls a service on to a new task definition.
pub fn update_service(scene: &mut Scene<'_>) -> Call {
    let team = scene.team;
    let service = scene.arn("ecs", &format!("service/{team}/{team}-api"));
    Call::write(ECS, "UpdateService")
        .request(json!({"cluster": team, "service": format!("{team}-api"), "taskDefinition": format!("{team}-api"), "forceNewDeployment": true}))
        .needs("ecs:UpdateService", service)
}

/// Logs in to the registry of images.
pub fn get_authorization_token(_: &mut Scene<'_>) -> Call {
    Call::read(ECR, "GetAuthorizationToken")
}

/// Pulls an image's manifest.
pub fn batch_get_image(scene: &mut Scene<'_>) -> Call {
    let repository = format!("{}/api", scene.team);
    let arn = scene.arn("ecr", &format!("repository/{repository}"));
    let digest = scene.random.hex(64);
    Call::read(ECR, "BatchGetImage")
        .request(json!({
            "registryId": scene.account, "repositoryName": repository, "imageIds": [{"imageDigest": format!("sha256:{digest}")}],
            "acceptedMediaTypes": ["application/vnd.oci.image.manifest.v1+json", "application/vnd.oci.image.index.v1+json"]
        }))
        .resource("AWS::ECR::Repository", arn)
        .fails("RepositoryNotFoundException", "The repository does not exist in the registry.")
}

/// Pushes an image.
pub fn put_image(scene: &mut Scene<'_>) -> Call {
    let repository = format!("{}/api", scene.team);
    let arn = scene.arn("ecr", &format!("repository/{repository}"));
    let tag = scene.random.hex(12);
    Call::write(ECR, "PutImage")
        .request(json!({"registryId": scene.account, "repositoryName": repository, "imageTag": tag, "imageManifestMediaType": "application/vnd.oci.image.manifest.v1+json"}))
        .resource("AWS::ECR::Repository", arn)
        .fails("ImageAlreadyExistsException", "Image already exists and is tagged")
}

/// Hands a job to a queue.
pub fn submit_job(scene: &mut Scene<'_>) -> Call {
    let team = scene.team;
    let (queue, definition) = (
        scene.arn("batch", &format!("job-queue/{team}-nightly")),
        scene.arn("batch", &format!("job-definition/{team}-settle:4")),
    );
    let job = scene.random.uuid();
    Call::write(BATCH, "SubmitJob")
        .request(json!({"jobName": format!("{team}-settle"), "jobQueue": queue, "jobDefinition": definition, "containerOverrides": {}}))
        .response(json!({"jobArn": scene.arn("batch", &format!("job/{job}")), "jobName": format!("{team}-settle"), "jobId": job}))
        .needs("batch:SubmitJob", definition)
        .fails("ClientException", "JobQueue can not be found.")
}
