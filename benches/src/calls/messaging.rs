//! Queues, topics, streams, events, workflows, logs and metrics.

use serde_json::json;

use crate::call::{Call, Scene};

const SQS: &str = "sqs.amazonaws.com";
const SNS: &str = "sns.amazonaws.com";
const KINESIS: &str = "kinesis.amazonaws.com";
const EVENTS: &str = "events.amazonaws.com";
const STATES: &str = "states.amazonaws.com";
const LOGS: &str = "logs.amazonaws.com";
const MONITORING: &str = "monitoring.amazonaws.com";

fn on_queue(scene: &Scene<'_>, call: Call) -> Call {
    let name = format!("{}-intake", scene.team);
    let url = format!("https://sqs.{}.amazonaws.com/{}/{name}", scene.region, scene.account);
    let arn = scene.arn("sqs", &name);
    let mut request = json!({"queueUrl": url});
    if let (Some(fields), Some(more)) = (request.as_object_mut(), call.request.as_object()) {
        fields.extend(more.clone());
    }
    call.request(request).resource("AWS::SQS::Queue", arn).data().fails("RequestThrottled", "Request is throttled.")
}

/// Puts an order in the queue.
pub fn send_message(scene: &mut Scene<'_>) -> Call {
    let id = scene.random.uuid();
    let call = Call::write(SQS, "SendMessage")
        .request(json!({"messageBody": "HIDDEN_DUE_TO_SECURITY_REASONS"}))
        .response(json!({"mD5OfMessageBody": scene.random.hex(32), "messageId": id}));
    on_queue(scene, call)
}

/// Takes orders from the queue.
pub fn receive_message(scene: &mut Scene<'_>) -> Call {
    let call = Call::write(SQS, "ReceiveMessage").request(json!({"maxNumberOfMessages": 10, "waitTimeSeconds": 20}));
    on_queue(scene, call)
}

/// Ticks an order off.
pub fn delete_message(scene: &mut Scene<'_>) -> Call {
    let call = Call::write(SQS, "DeleteMessage").request(json!({"receiptHandle": "HIDDEN_DUE_TO_SECURITY_REASONS"}));
    on_queue(scene, call)
}

/// Reads a queue's settings: a management event.
pub fn get_queue_attributes(scene: &mut Scene<'_>) -> Call {
    let call = Call::read(SQS, "GetQueueAttributes").request(json!({"attributeNames": ["All"]}));
    Call { data: false, ..on_queue(scene, call) }
}

/// Tells everybody of an order.
pub fn publish(scene: &mut Scene<'_>) -> Call {
    let topic = scene.arn("sns", &format!("{}-events", scene.team));
    Call::write(SNS, "Publish")
        .request(json!({"topicArn": topic, "message": "HIDDEN_DUE_TO_SECURITY_REASONS", "messageStructure": "json"}))
        .response(json!({"messageId": scene.random.uuid()}))
        .resource("AWS::SNS::Topic", topic)
        .data()
}

/// Lists who listens.
pub fn list_subscriptions(scene: &mut Scene<'_>) -> Call {
    let topic = scene.arn("sns", &format!("{}-events", scene.team));
    Call::read(SNS, "ListSubscriptionsByTopic")
        .request(json!({"topicArn": topic}))
        .needs("sns:ListSubscriptionsByTopic", topic)
}

/// Writes clicks to a stream.
pub fn put_records(scene: &mut Scene<'_>) -> Call {
    let stream = format!("{}-clicks", scene.team);
    let arn = scene.arn("kinesis", &format!("stream/{stream}"));
    Call::write(KINESIS, "PutRecords")
        .request(json!({"streamName": stream, "streamARN": arn}))
        .resource("AWS::Kinesis::Stream", arn)
        .fails("ProvisionedThroughputExceededException", "Rate exceeded for shard")
        .data()
}

/// Looks at a stream.
pub fn describe_stream(scene: &mut Scene<'_>) -> Call {
    let stream = format!("{}-clicks", scene.team);
    let arn = scene.arn("kinesis", &format!("stream/{stream}"));
    Call::read(KINESIS, "DescribeStreamSummary")
        .request(json!({"streamName": stream}))
        .needs("kinesis:DescribeStreamSummary", arn)
}

/// Sends to an event bus; its requests are not recorded in full.
pub fn put_events(scene: &mut Scene<'_>) -> Call {
    let bus = scene.arn("events", &format!("event-bus/{}", scene.team));
    Call::write(EVENTS, "PutEvents").request(json!({"entries": [{"eventBusName": scene.team, "source": "com.example.orders", "detailType": "OrderPlaced"}]}))
        .needs("events:PutEvents", bus)
}

/// Sets a rule and the role that it works with.
pub fn put_rule(scene: &mut Scene<'_>) -> Call {
    let name = format!("{}-nightly", scene.team);
    let arn = scene.arn("events", &format!("rule/{name}"));
    Call::write(EVENTS, "PutRule")
        .request(json!({"name": name, "scheduleExpression": "cron(0 2 * * ? *)", "state": "ENABLED", "roleArn": scene.iam_arn(&format!("role/{0}/{0}-schedule", scene.team))}))
        .response(json!({"ruleArn": arn}))
        .needs("events:PutRule", arn)
}

/// Starts a workflow.
pub fn start_execution(scene: &mut Scene<'_>) -> Call {
    let machine = scene.arn("states", &format!("stateMachine:{}-fulfilment", scene.team));
    let name = scene.random.uuid();
    Call::write(STATES, "StartExecution")
        .request(json!({"stateMachineArn": machine, "name": name, "input": "HIDDEN_DUE_TO_SECURITY_REASONS"}))
        .response(json!({"startDate": "Mar 2, 2026, 10:15:00 AM", "executionArn": scene.arn("states", &format!("execution:{}-fulfilment:{name}", scene.team))}))
        .needs("states:StartExecution", machine)
        .fails("ExecutionAlreadyExists", "Execution Already Exists")
}

/// Looks how a workflow stands.
pub fn describe_execution(scene: &mut Scene<'_>) -> Call {
    let name = scene.random.uuid();
    let execution = scene.arn("states", &format!("execution:{}-fulfilment:{name}", scene.team));
    Call::read(STATES, "DescribeExecution")
        .request(json!({"executionArn": execution}))
        .needs("states:DescribeExecution", execution)
}

/// A new container opens its log.
pub fn create_log_stream(scene: &mut Scene<'_>) -> Call {
    let group = format!("/ecs/{}-api", scene.team);
    let stream = format!("api/{}", scene.random.hex(32));
    let target = scene.arn("logs", &format!("log-group:{group}:log-stream:{stream}"));
    Call::write(LOGS, "CreateLogStream")
        .request(json!({"logGroupName": group, "logStreamName": stream}))
        .needs("logs:CreateLogStream", target)
        .version("20140328")
        .fails("ResourceAlreadyExistsException", "The specified log stream already exists")
}

/// Someone searches the logs.
pub fn start_query(scene: &mut Scene<'_>) -> Call {
    let group = format!("/ecs/{}-api", scene.team);
    let target = scene.arn("logs", &format!("log-group:{group}:log-stream:"));
    Call::read(LOGS, "StartQuery")
        .request(json!({
            "logGroupName": group, "queryString": "fields @timestamp, @message | filter level = 'error' | limit 100",
            "startTime": 1_772_434_800, "endTime": 1_772_438_400
        }))
        .response(json!({"queryId": scene.random.uuid()}))
        .needs("logs:StartQuery", target)
        .version("20140328")
        .fails("MalformedQueryException", "unexpected symbol found")
}

/// The console's list of log groups.
pub fn describe_log_groups(scene: &mut Scene<'_>) -> Call {
    let all = scene.arn("logs", "log-group::log-stream:");
    Call::read(LOGS, "DescribeLogGroups")
        .request(json!({"limit": 50}))
        .needs("logs:DescribeLogGroups", all)
        .version("20140328")
}

/// Sets an alarm; the source is `monitoring`, the action's prefix `cloudwatch`.
pub fn put_metric_alarm(scene: &mut Scene<'_>) -> Call {
    let name = format!("{}-api-errors", scene.team);
    let target = scene.arn("cloudwatch", &format!("alarm:{name}"));
    Call::write(MONITORING, "PutMetricAlarm")
        .request(json!({
            "alarmName": name, "metricName": "5XXError", "namespace": "AWS/ApiGateway", "statistic": "Sum", "period": 60,
            "evaluationPeriods": 5, "threshold": 10.0, "comparisonOperator": "GreaterThanThreshold", "actionsEnabled": true
        }))
        .needs("cloudwatch:PutMetricAlarm", target)
        .version("2010-08-01")
}

/// The console's list of alarms.
pub fn describe_alarms(scene: &mut Scene<'_>) -> Call {
    let all = scene.arn("cloudwatch", "alarm:*");
    Call::read(MONITORING, "DescribeAlarms")
        .request(json!({"maxRecords": 100, "alarmTypes": ["MetricAlarm", "CompositeAlarm"]}))
        .needs("cloudwatch:DescribeAlarms", all)
        .version("2010-08-01")
}
