"""Writes the policies of template.yaml's roles, one file a role, as AWS would see them.

    policies.py TEMPLATE FOLDER

References are replaced by names of examples: a score depends on how much a pattern leaves open, not on what it is called.
"""

import json
import pathlib
import re
import sys

from samtranslator.yaml_helper import yaml_parse

EXAMPLES = {
    "AWS::Partition": "aws",
    "AWS::Region": "eu-west-1",
    "AWS::AccountId": "111122223333",
    "AWS::StackName": "leastwise",
    "AWS::StackId": "arn:aws:cloudformation:eu-west-1:111122223333:stack/leastwise/0f1e2d3c-0000-4000-8000-000000000000",
    "AWS::NoValue": None,
    "TrailKeyArn": "arn:aws:kms:eu-west-1:111122223333:key/0f1e2d3c-0000-4000-8000-000000000000",
    "TrailBucketName": "example-trail",
}
ARNS = {
    "AWS::DynamoDB::Table": "arn:aws:dynamodb:eu-west-1:111122223333:table/leastwise-{}",
    "AWS::SQS::Queue": "arn:aws:sqs:eu-west-1:111122223333:leastwise-{}",
    "AWS::S3::Bucket": "arn:aws:s3:::leastwise-{}",
    "AWS::Logs::LogGroup": "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/leastwise-{}:*",
    "AWS::Serverless::Function": "arn:aws:lambda:eu-west-1:111122223333:function:leastwise-{}",
}


# Whoever may take another account's role may do what that may, which no template knows: it is graded without (docs/DEPLOY.md says so).
WITHOUT = {"HasReaderRole"}


class Resolver:
    def __init__(self, template):
        self.resources = template["Resources"]
        self.defaults = {name: one.get("Default") for name, one in template["Parameters"].items()}

    def name(self, name):
        if name in EXAMPLES:
            return EXAMPLES[name]
        if name in self.defaults:
            return self.defaults[name]
        if "." in name:
            return self.arn(name.split(".")[0])
        given = self.resources.get(name, {}).get("Properties", {}).get("BucketName")
        return self.resolve(given) if given else f"leastwise-{name.lower()}"

    def arn(self, name):
        given = self.resources[name]["Properties"].get("BucketName")
        if given:
            return "arn:aws:s3:::" + self.resolve(given)
        return ARNS[self.resources[name]["Type"]].format(name.lower())

    def resolve(self, value):
        if isinstance(value, list):
            return [one for one in map(self.resolve, value) if one is not None]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            (function, argument), = value.items()
            if function == "Ref":
                return self.name(argument)
            if function == "Fn::GetAtt":
                return self.arn(argument.split(".")[0] if isinstance(argument, str) else argument[0])
            if function == "Fn::If":
                if argument[0] in WITHOUT:
                    return self.resolve(argument[2])
                # Every other statement that can be there is.
                return next(one for one in map(self.resolve, argument[1:]) if one is not None)
            if function == "Fn::Split":
                return self.resolve(argument[1]).split(argument[0])
            if function == "Fn::Select":
                return self.resolve(argument[1])[int(argument[0])]
            if function == "Fn::Sub":
                text, names = argument if isinstance(argument, list) else (argument, {})
                names = {name: self.resolve(one) for name, one in names.items()}
                return re.sub(r"\$\{([^}]+)\}", lambda found: str(names.get(found[1]) or self.name(found[1])), text)
        return {key: self.resolve(one) for key, one in value.items()}


def main():
    template = yaml_parse(pathlib.Path(sys.argv[1]).read_text())
    folder = pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    resolver = Resolver(template)
    for name, resource in template["Resources"].items():
        if resource["Type"] == "AWS::IAM::Role":
            for policy in resource["Properties"]["Policies"]:
                document = json.dumps(resolver.resolve(policy["PolicyDocument"]), indent=2)
                (folder / f"{name}.json").write_text(document + "\n")
                print(folder / f"{name}.json")


main()
