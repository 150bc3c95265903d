//! The suite as it runs in an account: the real template, deployed with SAM on MiniStack; files put into the trail's bucket; the
//! answers of the HTTP API held against the same files, counted here.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails may panic"
)]

#[path = "../support/ministack.rs"]
mod ministack;

use ministack::MiniStack;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use store::Contribution;
use usage::{Rows, Usage};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
const HINT: &str = "run `cargo xtask test`, which sets up what this needs";
/// Logical ids of the functions, and their programs.
const FUNCTIONS: [(&str, &str); 4] = [
    ("AnalyzerFunction", "leastwise-analyzer"),
    ("GenerateFunction", "leastwise-generate-function"),
    ("StatsFunction", "leastwise-stats-function"),
    ("ScoreFunction", "leastwise-score-function"),
];
/// What MiniStack does not take is switched off by parameters, not by another template.
const PARAMETERS: [&str; 6] = [
    "Portal=false",
    "Tracing=PassThrough",
    "Architecture=x86_64",
    "AnalyzerConcurrency=0",
    "FoldAfter=1",
    "ModelId=\"\"",
];

/// A deployed suite.
struct Suite {
    stack: MiniStack,
    outputs: BTreeMap<String, String>,
    _folder: tempfile::TempDir,
}

fn environment(endpoint: &str) -> [(&str, &str); 7] {
    [
        ("AWS_ENDPOINT_URL", endpoint),
        ("AWS_ACCESS_KEY_ID", "test"),
        ("AWS_SECRET_ACCESS_KEY", "test"),
        ("AWS_REGION", "eu-west-1"),
        ("AWS_DEFAULT_REGION", "eu-west-1"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
        ("SAM_CLI_TELEMETRY", "0"),
    ]
}

fn set(name: &str) -> PathBuf {
    std::env::var_os(name).unwrap_or_else(|| panic!("{name} is not set: {HINT}")).into()
}

impl Suite {
    /// Deploys with these parameters, into an account that holds these buckets and files.
    fn deploy(parameters: &[&str], bucket: Option<&str>, files: &[(String, Vec<u8>)]) -> Suite {
        let folder = tempfile::tempdir().unwrap();
        let stack = MiniStack::start(&MiniStack::program().expect(HINT), &folder.path().join("ministack")).unwrap();
        let build = folder.path().join("build");
        build_as_sam_does(&build);
        let place =
            "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>";
        for bucket in bucket.into_iter().chain(["artifacts"]) {
            ureq::put(format!("{}/{bucket}", stack.endpoint())).send(place).unwrap();
        }
        for (key, bytes) in files {
            ureq::put(format!("{}/{}/{key}", stack.endpoint(), bucket.unwrap())).send(bytes.as_slice()).unwrap();
        }
        let deployed = Command::new(set("LEASTWISE_SAM"))
            .args(["deploy", "--template-file"])
            .arg(build.join("template.yaml"))
            .args(["--stack-name", "leastwise", "--s3-bucket", "artifacts", "--capabilities", "CAPABILITY_IAM"])
            .args(["--no-confirm-changeset", "--parameter-overrides"])
            .args(PARAMETERS)
            .args(parameters)
            .current_dir(folder.path())
            .envs(environment(&stack.endpoint()))
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&deployed.stdout);
        assert!(deployed.status.success(), "{said}{}", String::from_utf8_lossy(&deployed.stderr));
        let outputs = outputs(&stack);
        Suite { stack, outputs, _folder: folder }
    }

    fn output(&self, name: &str) -> &str {
        self.outputs.get(name).unwrap_or_else(|| panic!("no output {name}: {:?}", self.outputs))
    }

    fn put(&self, key: &str, bytes: &[u8]) {
        let url = format!("{}/{}/{key}", self.stack.endpoint(), self.output("TrailBucketUsed"));
        ureq::put(url).send(bytes).unwrap();
    }

    /// The API, under MiniStack's own address: the host that AWS would give it resolves nowhere.
    fn url(&self, path: &str) -> String {
        format!("{}/_aws/execute-api/{}/$default{path}", self.stack.endpoint(), self.output("ApiId"))
    }

    fn get(&self, path: &str) -> Value {
        let request = ureq::get(self.url(path)).config().http_status_as_error(false).build();
        answered(path, request.call().unwrap())
    }

    /// The status for somebody who brings this token, and what is said.
    fn said(&self, path: &str, token: Option<&str>) -> (u16, String) {
        let mut request = ureq::get(self.url(path));
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let mut answer = request.config().http_status_as_error(false).build().call().unwrap();
        (answer.status().as_u16(), answer.body_mut().read_to_string().unwrap())
    }

    /// Asks a service of the account in its JSON protocol.
    fn ask(&self, service: &str, target: &str, body: &Value) -> Value {
        let credential = format!(
            "AWS4-HMAC-SHA256 Credential=test/20261122/eu-west-1/{service}/aws4_request, SignedHeaders=host, Signature=0"
        );
        let mut answer = ureq::post(self.stack.endpoint())
            .header("x-amz-target", target)
            .header("authorization", credential)
            .content_type("application/x-amz-json-1.1")
            .config()
            .http_status_as_error(false)
            .build()
            .send(body.to_string())
            .unwrap();
        let text = answer.body_mut().read_to_string().unwrap();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// The identity token of a new user in these groups.
    fn token(&self, name: &str, groups: &[&str]) -> String {
        let (pool, client) = (self.output("UserPoolId"), self.output("UserPoolClientId"));
        let ask = |call: &str, body: Value| {
            let answer = self.ask("cognito-idp", &format!("AWSCognitoIdentityProviderService.{call}"), &body);
            assert!(answer.get("__type").is_none(), "{call}: {answer}");
            answer
        };
        // People sign in on a page; a test has none, and lets this client take a password.
        ask(
            "UpdateUserPoolClient",
            json!({"UserPoolId": pool, "ClientId": client,
            "ExplicitAuthFlows": ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]}),
        );
        let password = "Correct-Horse-Battery-1";
        ask(
            "AdminCreateUser",
            json!({"UserPoolId": pool, "Username": name, "MessageAction": "SUPPRESS", "TemporaryPassword": password}),
        );
        ask(
            "AdminSetUserPassword",
            json!({"UserPoolId": pool, "Username": name, "Password": password, "Permanent": true}),
        );
        for group in groups {
            ask("AdminAddUserToGroup", json!({"UserPoolId": pool, "Username": name, "GroupName": group}));
        }
        let answer = ask(
            "AdminInitiateAuth",
            json!({"UserPoolId": pool, "ClientId": client,
            "AuthFlow": "ADMIN_USER_PASSWORD_AUTH", "AuthParameters": {"USERNAME": name, "PASSWORD": password}}),
        );
        let token = answer.pointer("/AuthenticationResult/IdToken").and_then(Value::as_str);
        token.unwrap_or_else(|| panic!("{name} cannot sign in: {answer}")).to_owned()
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        let request = ureq::post(self.url(path)).config().http_status_as_error(false).build();
        answered(path, request.send_json(body).unwrap())
    }

    /// `/stats`, when it counts so many events.
    fn stats_of(&self, events: u64) -> Value {
        let began = Instant::now();
        loop {
            let stats = self.get("/api/stats");
            if stats["totals"]["events"] == events && stats["up_to_date"] == true {
                return stats;
            }
            assert!(began.elapsed() < Duration::from_secs(90), "{events} events do not come: {:#}", stats["totals"]);
            std::thread::sleep(Duration::from_millis(250));
        }
    }
}

/// The answer, which must be one.
fn answered(path: &str, mut answer: ureq::http::Response<ureq::Body>) -> Value {
    let text = answer.body_mut().read_to_string().unwrap();
    assert!(answer.status().is_success(), "{path}: {} {text}", answer.status());
    serde_json::from_str(&text).unwrap()
}

/// What `sam build` leaves: each function's program in a folder of its own, and the template that names the folders.
fn build_as_sam_does(build: &Path) {
    let programs = set("LEASTWISE_FUNCTIONS");
    for (function, program) in FUNCTIONS {
        let folder = build.join(function);
        std::fs::create_dir_all(&folder).unwrap();
        let stripped =
            Command::new("strip").arg("-o").arg(folder.join("bootstrap")).arg(programs.join(program)).status();
        assert!(stripped.is_ok_and(|status| status.success()), "{program} is not built: {HINT}");
    }
    let mut function = String::new();
    let template = std::fs::read_to_string(Path::new(ROOT).join("template.yaml")).unwrap();
    let lines = template.lines().map(|line| {
        if let Some(name) = line.strip_prefix("  ").and_then(|line| line.strip_suffix("Function:")) {
            function = format!("{}Function", name.trim());
        }
        if line.trim().starts_with("CodeUri: functions/") {
            let indent = line.len() - line.trim_start().len();
            format!("{}CodeUri: {function}", " ".repeat(indent))
        } else {
            line.to_owned()
        }
    });
    std::fs::write(build.join("template.yaml"), lines.collect::<Vec<_>>().join("\n")).unwrap();
}

fn outputs(stack: &MiniStack) -> BTreeMap<String, String> {
    let asked = [("Action", "DescribeStacks"), ("StackName", "leastwise"), ("Version", "2010-05-15")];
    // Unsigned: the Region stands where a signature would name it.
    let credential = "AWS4-HMAC-SHA256 Credential=test/20261122/eu-west-1/cloudformation/aws4_request, SignedHeaders=host, Signature=0";
    let answer = ureq::post(stack.endpoint())
        .header("authorization", credential)
        .send_form(asked)
        .unwrap()
        .body_mut()
        .read_to_string();
    let answer = answer.unwrap();
    let between = |text: &str, tag: &str| {
        let (_, rest) = text.split_once(&format!("<{tag}>"))?;
        rest.split_once(&format!("</{tag}>")).map(|(value, _)| value.to_owned())
    };
    let members = answer.split("<OutputKey>").skip(1).map(|part| format!("<OutputKey>{part}"));
    members.filter_map(|part| Some((between(&part, "OutputKey")?, between(&part, "OutputValue")?))).collect()
}

fn sample() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(ROOT).join("events/cloudtrail");
    let files = walkdir::WalkDir::new(&folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path);
    files
        .map(|path| (path.strip_prefix(&folder).unwrap().to_str().unwrap().to_owned(), std::fs::read(&path).unwrap()))
        .collect()
}

/// Each delivery file counted by itself, in one aggregate.
fn offline(files: &[(String, Vec<u8>)]) -> Rows {
    let mut usage = Usage::default();
    for (_, bytes) in files.iter().filter(|(key, _)| key.contains("/CloudTrail/")) {
        usage.merge(&Contribution::read(bytes.as_slice(), catalog::builtin()).usage());
    }
    let mut rows = usage.rows();
    // A store keeps the sample events of each use over all its resources.
    usage::thin_samples(&mut rows.usage);
    rows
}

#[test]
fn files_put_into_the_bucket_come_out_as_numbers_policies_and_scores() {
    let suite = Suite::deploy(&["SignIn=none"], None, &[]);
    let files = sample();
    for (key, bytes) in &files {
        suite.put(key, bytes);
    }
    let expected = offline(&files);
    let stats = suite.stats_of(expected.totals.events);
    assert_eq!(stats["totals"], serde_json::to_value(expected.totals).unwrap());

    // Every row of every principal, to the last count.
    // (Who has no name has no path.)
    for principal in expected.principals.iter().filter(|one| !one.principal.is_empty()) {
        let arn: String = principal.principal.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let answer = suite.get(&format!("/api/principals/{arn}"));
        let rows: Vec<Value> = expected
            .usage
            .iter()
            .filter(|row| row.principal == principal.principal)
            .map(|row| serde_json::to_value(row).unwrap())
            .collect();
        assert_eq!(answer["usage"], Value::Array(rows), "{}", principal.principal);
    }
    let options = generate::Options { principal: Some("orders-api".to_owned()), ..generate::Options::default() };
    let policies = generate::generate(&expected, &[], catalog::builtin(), &options).unwrap();
    let answer = suite.post("/api/generate", &json!({"principal": "orders-api"}));
    assert_eq!(answer["principals"], serde_json::to_value(&policies.principals).unwrap());

    let policy = &answer["principals"][0]["policies"][0]["document"];
    let graded = suite.post("/score", &json!({"policy": policy, "minimum": 5}));
    assert_eq!(graded["accepted"], true, "{graded:#}");
    let wide = json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}});
    assert_eq!(suite.post("/api/score", &json!({"policy": wide, "minimum": 2}))["accepted"], false);

    // Again, and something that is no trail: nothing moves, and the bad one is said.
    let (key, bytes) = files.iter().find(|(key, _)| key.contains("/CloudTrail/")).unwrap();
    suite.put(key, bytes);
    suite.put(
        "AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/04/damaged.json.gz",
        b"\x1f\x8b and then nothing of the kind",
    );
    let letter = dead_letter(&suite);
    assert!(letter["key"].as_str().unwrap().ends_with("damaged.json.gz") && letter["reason"].is_string(), "{letter}");
    suite.stats_of(expected.totals.events);
}

#[test]
fn a_bucket_that_was_there_before_is_filled_back_and_answers_who_signs_in() {
    let files = sample();
    let suite = Suite::deploy(&["SignIn=jwt", "TrailBucketName=trail-of-before"], Some("trail-of-before"), &files);
    let sign_in = suite.get("/api/sign-in");
    assert_eq!((&sign_in["kind"], &sign_in["client_id"]), (&json!("oidc"), &json!(suite.output("UserPoolClientId"))));
    for token in [None, Some("not.a.token")] {
        assert_eq!(suite.said("/api/stats", token).0, 401, "{token:?}");
    }
    assert_eq!(suite.said("/api/health", None).0, 200);

    for _ in 0..2 {
        // The second finds that everything is counted.
        let filled = Command::new(set("LEASTWISE_FUNCTIONS").join("leastwise"))
            .args(["backfill", "--prefix", "AWSLogs/"])
            .envs(environment(&suite.stack.endpoint()))
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&filled.stdout);
        assert!(filled.status.success(), "{said}{}", String::from_utf8_lossy(&filled.stderr));
        assert_eq!(said, format!("{} objects worked through, 0 failed\n", files.len()));
    }
    let reader = suite.token("reader@example.com", &["reader"]);
    let stranger = suite.token("stranger@example.com", &[]);
    let (status, said) = suite.said("/api/stats", Some(&stranger));
    assert_eq!(status, 403, "{said}");
    let request = ureq::get(suite.url("/api/stats")).header("authorization", format!("Bearer {reader}"));
    let stats = answered("/api/stats", request.config().http_status_as_error(false).build().call().unwrap());
    assert_eq!(stats["totals"], serde_json::to_value(offline(&files).totals).unwrap());
    let change = ureq::put(suite.url("/api/settings")).header("authorization", format!("Bearer {reader}"));
    let changed = change.config().http_status_as_error(false).build();
    assert_eq!(changed.send_json(json!({"settings": {}, "version": 0})).unwrap().status(), 403);
}

/// The first message in the dead-letter queue, when there is one.
fn dead_letter(suite: &Suite) -> Value {
    let queue = suite.output("DeadLettersUrl");
    let path = queue.splitn(4, '/').nth(3).unwrap();
    let began = Instant::now();
    loop {
        let queue = json!({"QueueUrl": format!("{}/{path}", suite.stack.endpoint())});
        let answer = suite.ask("sqs", "AmazonSQS.ReceiveMessage", &queue);
        if let Some(body) = answer.pointer("/Messages/0/Body").and_then(Value::as_str) {
            return serde_json::from_str(body).unwrap();
        }
        assert!(began.elapsed() < Duration::from_secs(60), "no dead letter comes");
        std::thread::sleep(Duration::from_millis(250));
    }
}
