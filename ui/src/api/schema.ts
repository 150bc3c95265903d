// Generated from docs/openapi.json by `npm run api`.

export interface paths {
    "/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whether a new policy allows anything that an old one does not, with a request that shows it, and what. */
        post: operations["diff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/generate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Least-privilege policies from what was used, with evidence and proof. */
        post: operations["generate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Answers everybody: load balancers do not sign in. */
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/principals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everybody who was seen, a page at a time. */
        get: operations["list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/principals/{arn}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What one principal used: every permission on every resource, with evidence. */
        get: operations["one"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/score": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Grades a policy, explains the grade, and offers a better version. With `minimum` it is a gate. */
        post: operations["score"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The settings that hold for everybody. */
        get: operations["read"];
        /** Writes the settings, all of them. The group admin may. */
        put: operations["write"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Answers everybody: it is what somebody asks who is not signed in. */
        get: operations["sign_in"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/simulate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decides a request under given policies, and says what decided. */
        post: operations["simulate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Totals, trends, who and what stands out. */
        get: operations["stats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Findings of a policy. */
        post: operations["validate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description What a model said. */
        Advice: {
            /** @description Codes of findings. */
            cited: string[];
            /** @description Null where it gave none: `notes` say why. */
            explanation?: string | null;
            /** @description Whether it was asked before and cost nothing now. */
            kept: boolean;
            /** @description Its id. */
            model: string;
            /** @description What was dropped, and why. */
            notes: string[];
            /** @description A narrower policy, verified. */
            proposal?: Record<string, unknown> | null;
            /** @description A request that the proposal no longer allows. */
            refuses?: Record<string, unknown> | null;
            /** @description Tokens and cost. */
            usage: components["schemas"]["ModelUsage"];
        };
        /** @description A better version. */
        Better: {
            /** @description Fixes in it. */
            applied: components["schemas"]["Step"][];
            /** @description AWS CLI commands that put it in place. */
            apply: string[];
            /** @description `same`, `narrower`, `no-wider` or `nothing-to-compare`, by exact comparison. */
            effect: string;
            /** @description Fixes that could not be made. */
            left: components["schemas"]["Step"][];
            /** @description The policy. */
            policy: Record<string, unknown>;
            /**
             * Format: int32
             * @description Its own.
             */
            risk?: number | null;
            /** @description And back. */
            roll_back: string[];
            /**
             * Format: int32
             * @description Its own.
             */
            score?: number | null;
        };
        /** @description A part of what is added or removed. */
        Block: {
            /** @description Actions, resources, principals, conditions, as a policy writes them. */
            allows: Record<string, unknown>;
            /** @description The policy that grants it, from 0. */
            policy: number;
            /** @description Its statement, from 0. */
            statement: number;
            /** @description Whether all of it is meant, not just a part. */
            whole: boolean;
            /** @description A request in it. */
            witness: Record<string, unknown>;
        };
        /** @description Parts of the risk, 0 to 100. */
        Breakdown: {
            /**
             * Format: int32
             * @description Of what may be done.
             */
            actions: number;
            /**
             * Format: int32
             * @description Of conditions that are missing.
             */
            conditions: number;
            /**
             * Format: int32
             * @description Of whom it is given to.
             */
            effect: number;
            /**
             * Format: int32
             * @description Of what it may be done to.
             */
            resources: number;
        };
        /** @description How a policy stands with a control. */
        Control: {
            /** @description Codes of the findings that break it. */
            codes: string[];
            /** @description Its id. */
            control: string;
            /** @description `pass`, `fail` or `unknown`. */
            status: string;
            /** @description Its name. */
            title: string;
        };
        /** @description A control of a framework. */
        ControlId: {
            /** @description The control's. */
            control: string;
            /** @description The framework's id. */
            framework: string;
        };
        /** @description How two policies differ. */
        DiffAnswer: {
            /** @description What the new one allows beyond the old. */
            added: components["schemas"]["Block"][];
            /** @description The verdict in words. */
            reason: string;
            /** @description What it allows no more. */
            removed: components["schemas"]["Block"][];
            /** @description `no-new-access`, `new-access` or `inconclusive`. */
            verdict: string;
            /** @description Statements that cannot be understood, and so allow nothing in this answer. */
            warnings?: components["schemas"]["Ignored"][];
            /** @description A request that the new policy allows and the old does not. */
            witness?: Record<string, unknown> | null;
        };
        /** @description Two policies to compare. */
        DiffRequest: {
            /** @description The policy's text, which gives answers their lines; or a document; or a list of one principal's documents. */
            new: string | Record<string, unknown> | Record<string, unknown>[];
            /** @description The policy's text, which gives answers their lines; or a document; or a list of one principal's documents. */
            old: string | Record<string, unknown> | Record<string, unknown>[];
            /** @description Whether requests that cannot occur (an action on a resource that it is never about) are left out. */
            service_aware?: boolean;
            /** @description As for `/validate`; identity if nothing is said. */
            type?: string | null;
        };
        /** @description A capability that a policy gives. */
        Driver: {
            /** @description How many actions. */
            actions: number;
            /** @description `escalation`, `credential-exposure`, ... */
            capability: string;
            /** @description Some of them. */
            examples: string[];
            /**
             * Format: double
             * @description 0 to 1: how much of the account it reaches.
             */
            exposure: number;
            /**
             * Format: int32
             * @description Its part of the risk.
             */
            risk: number;
            /** @description Prefix of the service. */
            service: string;
        };
        /** @description A way to more access. */
        Escalation: {
            /** @description The actions that it takes. */
            actions: string[];
            /** @description `new-passrole`, `self-escalation`, ... */
            category: string;
            /** @description Its id. */
            path: string;
            /** @description What the account must hold for it. */
            prerequisites?: string | null;
            /** @description Where it is described. */
            references: string[];
            /** @description In words. */
            title: string;
        };
        /** @description Events, by what became of them. */
        EventTotals: {
            /**
             * Format: int64
             * @description Calls that succeeded.
             */
            allowed: number;
            /**
             * Format: int64
             * @description Calls that were refused.
             */
            denied: number;
            /**
             * Format: int64
             * @description All.
             */
            events: number;
            /**
             * Format: int64
             * @description Calls that were authorised and failed for another reason.
             */
            failed: number;
            /**
             * Format: int64
             * @description Events that needed no permission.
             */
            nothing: number;
            /**
             * Format: int64
             * @description Events that the catalog does not know.
             */
            unknown: number;
        };
        /** @description What a statement rests on. */
        Evidence: components["schemas"]["Stat"] & {
            /** @description By action. */
            actions: Record<string, unknown>;
            /** @description What to know of it. */
            notes: string[];
            /** @description The statement's. */
            sid: string;
        };
        /** @description Something to mend. */
        Finding: {
            /** @description IAM Access Analyzer's code where it has one. */
            code: string;
            /** @description From 1. */
            column: number;
            /** @description Controls that it fails. */
            controls: components["schemas"]["ControlId"][];
            /** @description Behind the last column. */
            end_column: number;
            /** @description The last line. */
            end_line: number;
            /** @description What would mend it. */
            fix?: Record<string, unknown> | null;
            /** @description What to write instead. */
            instead: string;
            /** @description From 1; 0 where the policy came from no text. */
            line: number;
            /** @description What is wrong here. */
            message: string;
            /** @description `Statement[0].Action[1]`. */
            path: string;
            /** @description Other places that it takes. */
            related?: components["schemas"]["Place"][];
            /** @description `error`, `security-warning`, `warning` or `suggestion`. */
            severity: string;
            /** @description The statement's. */
            sid?: string | null;
            /** @description The rule in words. */
            title: string;
            /** @description Why it matters. */
            why: string;
        };
        /** @description How a policy stands with a framework. */
        Framework: {
            /** @description Each of them. */
            controls: components["schemas"]["Control"][];
            /** @description Controls that it breaks. */
            fail: number;
            /** @description Its id. */
            framework: string;
            /** @description Controls that it keeps. */
            pass: number;
            /** @description Its name. */
            title: string;
            /** @description Controls that a policy alone cannot tell. */
            unknown: number;
        };
        /** @description What was generated. */
        GenerateAnswer: {
            /** @description What was asked for and refused. */
            denied: Record<string, unknown>[];
            /** @description Principals that get no policy. */
            not_generated: Record<string, unknown>[];
            /** @description Policies, by principal. */
            principals: components["schemas"]["PrincipalPolicies"][];
            /** @description Events that the catalog does not know. */
            unknown: Record<string, unknown>[];
        };
        /** @description Whose use becomes a policy, and how. */
        GenerateRequest: {
            /** @description The account in which it was used; all accounts if nothing is said. */
            account?: string | null;
            /** @description If there are any, globs of the only actions to take. */
            allow_actions?: string[];
            /** @description The policy's text, which gives answers their lines; or a document; or a list of one principal's documents. */
            compare?: string | Record<string, unknown> | Record<string, unknown>[];
            /** @description Last UTC day that counts. */
            end?: string | null;
            /** @description Globs of actions to leave out. */
            exclude_actions?: string[];
            /** @description More resources than this under one prefix become `prefix/*`. */
            generalize?: number | null;
            /** @description Grant what was refused, too. */
            include_denied?: boolean;
            /** @description `action`, or `service` for every action of the services used. */
            level?: string | null;
            /**
             * Format: int64
             * @description Actions used less often are left out.
             */
            min_count?: number | null;
            /** @description `resources` (as they were used) or `actions` (on `*`). */
            mode?: string | null;
            /** @description Who: an ARN, or a glob over ARNs, names and permission sets. */
            principal: string;
            /** @description `managed`, `role`, `user` or `group`: what the policies will be attached as. */
            quota?: string | null;
            /** @description First UTC day that counts. */
            start?: string | null;
        };
        /** @description Whether the service is there, and of what date it is. */
        Health: {
            /** @description Date of the catalog of what AWS has. */
            catalog: string;
            /** @description `ok`. */
            status: string;
            /** @description Version of leastwise. */
            version: string;
        };
        /** @description An Allow statement that cannot be understood. */
        Ignored: {
            /** @description From 1. */
            column?: number | null;
            /** @description Where it begins in the policy's text, from 1; null where the policy came as an object. */
            line?: number | null;
            /** @description Why. */
            message: string;
            /** @description `old` or `new`. */
            policy: string;
        };
        /** @description What an answer of a model cost. */
        ModelUsage: {
            /**
             * Format: double
             * @description Null where the price is not known.
             */
            dollars?: number | null;
            /**
             * Format: int64
             * @description Tokens.
             */
            input_tokens: number;
            /**
             * Format: int64
             * @description Tokens.
             */
            output_tokens: number;
        };
        /** @description A policy, and what its statements rest on. */
        NamedPolicy: {
            /** @description The policy. */
            document: Record<string, unknown>;
            /** @description By statement. */
            evidence: components["schemas"]["Evidence"][];
            /** @description A name that IAM takes. */
            name: string;
            /** @description Characters that count against its quota. */
            size: number;
        };
        /** @description An OpenID Connect provider. Addresses that are left out stand in the issuer's discovery document. */
        Oidc: {
            /** @description Where a browser is sent to sign in. */
            authorize?: string | null;
            /** @description The public client. */
            client_id: string;
            /** @description Where a browser is sent to sign out. */
            end_session?: string | null;
            /** @description The issuer, an https URL. */
            issuer: string;
            /** @description Scopes to ask for, parted by spaces. */
            scope: string;
            /** @description Where a code becomes tokens. */
            token?: string | null;
        };
        /** @description A place in a policy's text. */
        Place: {
            /** @description From 1. */
            column: number;
            /** @description Behind the last column. */
            end_column: number;
            /** @description The last line. */
            end_line: number;
            /** @description From 1. */
            line: number;
            /** @description `Statement[0].Resource`. */
            path: string;
        };
        /** @description A page of principals. */
        PrincipalList: {
            /** @description What to ask for as `after`; left out on the last page. */
            next?: string | null;
            /** @description By account and name. */
            principals: components["schemas"]["PrincipalSummary"][];
        };
        /** @description The policies of one principal. */
        PrincipalPolicies: {
            /** @description The account that owns it. */
            account: string;
            /** @description Used against attached, where attached policies were given. */
            comparison?: Record<string, unknown> | null;
            /** @description Resources that were joined to a pattern. */
            generalized: Record<string, unknown>[];
            /** @description What it is. */
            kind: string;
            /** @description What is not granted, and why. */
            left_out: Record<string, unknown>[];
            /** @description Of IAM Identity Center. */
            permission_set?: string | null;
            /** @description The policies. */
            policies: components["schemas"]["NamedPolicy"][];
            /** @description ARN. */
            principal: string;
            /** @description What was tried on the finished policies. */
            proof: components["schemas"]["Proof"];
            /** @description What to know before attaching them. */
            warnings: string[];
        };
        /** @description A principal in one account, in numbers. */
        PrincipalSummary: {
            /** @description The account in which it acted. */
            account: string;
            /**
             * Format: int64
             * @description Uses of permissions that were allowed.
             */
            allowed: number;
            /** @description Uses per UTC day. */
            days: {
                [key: string]: number;
            };
            /**
             * Format: int64
             * @description That were refused.
             */
            denied: number;
            /**
             * Format: int64
             * @description Events of all kinds.
             */
            events: number;
            /**
             * Format: int64
             * @description That were allowed and failed for another reason.
             */
            failed: number;
            /** @description RFC 3339. */
            first_seen?: string | null;
            /** @description What it is: `role`, `user`, `service`, ... */
            kinds: string[];
            /** @description RFC 3339. */
            last_seen?: string | null;
            /** @description ARN of the role or user, or the best name that CloudTrail gives. */
            principal: string;
            /** @description Services that it used, by prefix. */
            services: components["schemas"]["ServiceSummary"][];
        };
        /** @description What a principal used. */
        PrincipalUsage: {
            /** @description How many rows are left out: there are at most 5,000, and 4 MB of them, those used most first. */
            more_usage: number;
            /** @description One for each account in which it acted. */
            summaries: components["schemas"]["PrincipalSummary"][];
            /** @description Each permission on each resource: `{"account", "action", "resource", "outcome", "calls", "days", ...}`. */
            usage: Record<string, unknown>[];
        };
        /** @description A problem: what a person reads, and what a program tells apart. */
        Problem: {
            /** @description What was wrong with this request. */
            detail: string;
            /** @description What to do about it. */
            hint?: string;
            /**
             * Format: int32
             * @description The HTTP status.
             */
            status: number;
            /** @description The status in words. */
            title: string;
        };
        /** @description What was tried on the finished policies. */
        Proof: {
            /** @description Of which so many are allowed. */
            allowed: number;
            /**
             * Format: int64
             * @description Calls that were decided again.
             */
            calls: number;
            /** @description Whether nothing beyond them is allowed. */
            contained: boolean;
            /** @description Of which so many are needed. */
            needed: number;
            /** @description Pairs of action and resource that are granted. */
            pairs: number;
            /** @description Different requests among them. */
            requests: number;
        };
        /** @description A graded policy. */
        ScoreAnswer: {
            /** @description Whether the score is at least the minimum; left out where none was given. */
            accepted?: boolean | null;
            advice?: null | components["schemas"]["Advice"];
            better?: null | components["schemas"]["Better"];
            breakdown?: null | components["schemas"]["Breakdown"];
            /** @description Per framework. */
            compliance: components["schemas"]["Framework"][];
            /** @description The capabilities that weigh most. */
            drivers?: components["schemas"]["Driver"][];
            /** @description Ways to more access that are open. */
            escalations: components["schemas"]["Escalation"][];
            /** @description As of `/validate`. */
            findings: components["schemas"]["Finding"][];
            /** @description `rules`: a model explains and never grades. */
            graded_by: string;
            /** @description As of `/validate`. */
            more_findings: number;
            /**
             * Format: int32
             * @description 0 to 100, of the same number as the score.
             */
            risk?: number | null;
            /**
             * Format: int32
             * @description 1 to 10; null where the policy cannot be read.
             */
            score?: number | null;
            /** @description As of `/validate`. */
            suppressed: components["schemas"]["Suppressed"][];
            /** @description As it was said, or told by the policy. */
            type: string;
        };
        /** @description A policy to grade. */
        ScoreRequest: {
            /** @description The account in which they used it; all accounts if nothing is said. */
            account?: string | null;
            /** @description Whether a model is asked at all, where there is one; if nothing is said, it is. */
            advisor?: boolean | null;
            /** @description `general`, `trust`, `resource`, `compliance` or `risk`: what a model is asked to look at. */
            ask?: string | null;
            /** @description What a model should change about `previous`, in words; at most 2,000 characters. Its answer is checked like the first. */
            follow_up?: string | null;
            /** @description `en`, `es` or `pt`: the language of a model's explanation. */
            language?: string | null;
            /**
             * Format: int32
             * @description Makes the answer a gate: `accepted` says whether the score is at least this, 1 to 10, and at least what the settings ask
             *     of every gate.
             */
            minimum?: number | null;
            /** @description The policy's text, which gives answers their lines; or a document; or a list of one principal's documents. */
            policy: string | Record<string, unknown> | Record<string, unknown>[];
            /** @description The policy's text, which gives answers their lines; or a document; or a list of one principal's documents. */
            previous?: string | Record<string, unknown> | Record<string, unknown>[];
            /** @description ARN of who has the policy: a better version still allows what they used. */
            principal?: string | null;
            /** @description As for `/validate`. */
            type?: string | null;
        };
        /** @description A service that a principal used. */
        ServiceSummary: {
            /**
             * Format: int64
             * @description Uses that were authorised.
             */
            calls: number;
            /**
             * Format: int64
             * @description Uses that were refused.
             */
            denied: number;
            /** @description RFC 3339. */
            last_seen?: string | null;
            /** @description Its prefix. */
            service: string;
        };
        /** @description A service over all principals. */
        ServiceTotal: {
            /**
             * Format: int64
             * @description Uses that were authorised.
             */
            calls: number;
            /**
             * Format: int64
             * @description Uses that were refused.
             */
            denied: number;
            /** @description Principals that used it. */
            principals: number;
            /** @description Its prefix. */
            service: string;
        };
        /** @description What holds for everybody who asks. */
        Settings: {
            /** @description Globs of actions that no policy is generated for. */
            exclude_actions?: string[];
            /**
             * Format: int32
             * @description The least score that a gate lets pass, 1 to 10, whatever less is asked for; null where a gate asks alone.
             */
            minimum?: number | null;
            /** @description Findings that somebody has accepted. */
            suppress?: components["schemas"]["Suppression"][];
        };
        /** @description The settings, and who wrote them. */
        SettingsAnswer: {
            /** @description RFC 3339; null where nobody has yet. */
            changed_at?: string | null;
            /** @description The subject of who wrote them. */
            changed_by?: string | null;
            /** @description As they are. */
            settings: components["schemas"]["Settings"];
            /**
             * Format: int64
             * @description How often they were written: what `PUT` sends back, so that nobody overwrites what they have not seen.
             */
            version: number;
        };
        /** @description Settings to write. */
        SettingsRequest: {
            /** @description All of them. */
            settings: components["schemas"]["Settings"];
            /**
             * Format: int64
             * @description The version that they replace.
             */
            version: number;
        };
        /** @description How the API's callers sign in. */
        SignIn: {
            /** @enum {string} */
            kind: "none";
        } | {
            /** @enum {string} */
            kind: "token";
        } | (components["schemas"]["Oidc"] & {
            /** @enum {string} */
            kind: "oidc";
        });
        /** @description A decision. */
        SimulateAnswer: {
            /** @description The statements that decided. */
            by: Record<string, unknown>[];
            /** @description `allowed`, `implicit-deny`, `explicit-deny` or `depends`. */
            decision: string;
            /** @description Where it depends: the ways to be allowed. */
            if?: unknown[] | null;
            /** @description In words. */
            reason: string;
            /** @description Where it depends: the denials of which none may apply. */
            unless?: unknown[] | null;
        };
        /** @description A request to decide. */
        SimulateRequest: {
            /** @description `{"identity", "resource", "boundary", "session", "scps", "rcps", "endpoint"}`, each left out where there is none. */
            policies: Record<string, unknown>;
            /** @description `{"principal", "action", "resource", "resource_account"?, "context"?, "unknown"?}` */
            request: Record<string, unknown>;
        };
        /** @description How often and when something was used. */
        Stat: {
            /**
             * Format: int64
             * @description Calls.
             */
            calls: number;
            /** @description Calls per UTC day. */
            days?: {
                [key: string]: number;
            };
            /** @description RFC 3339. */
            first_seen?: string | null;
            /** @description RFC 3339. */
            last_seen?: string | null;
            /** @description Regions that were called. */
            regions?: string[];
            /** @description The latest few events: time and id. */
            samples?: string[][];
        };
        /** @description Numbers. */
        Stats: {
            /** @description Accounts in which something happened. */
            accounts: string[];
            /** @description The same per UTC day. */
            days: {
                [key: string]: components["schemas"]["EventTotals"];
            };
            /** @description Those who were refused most. */
            denied: components["schemas"]["PrincipalSummary"][];
            /** @description How many principals were seen. */
            principals: number;
            /** @description Services by uses, most used first. */
            services: components["schemas"]["ServiceTotal"][];
            /** @description Those with the most uses; `/principals` lists all. */
            top_principals: components["schemas"]["PrincipalSummary"][];
            /** @description Events, by what became of them. */
            totals: components["schemas"]["EventTotals"];
            /** @description Events that the catalog does not know, most frequent first. */
            unknown: components["schemas"]["UnknownEvent"][];
            /** @description Principals that were not seen since the day asked for. */
            unused: components["schemas"]["PrincipalSummary"][];
            /** @description Whether everything that was delivered is in the numbers; else some of it is on its way. */
            up_to_date: boolean;
        };
        /** @description A fix. */
        Step: {
            /** @description The finding that it mends. */
            code: string;
            /** @description Where that is. */
            path: string;
            /** @description Why it was not made. */
            reason?: string | null;
            /** @description What it does. */
            title: string;
        };
        /** @description A finding that somebody has accepted. */
        Suppressed: {
            /** @description The last day on which it is. */
            expires: string;
            /** @description The finding. */
            finding: components["schemas"]["Finding"];
            /** @description Who accepted it. */
            owner: string;
            /** @description Why it is accepted. */
            reason: string;
        };
        /** @description A finding that somebody accepts. */
        Suppression: {
            /** @description The last day on which it is: `2027-06-30`. */
            expires: string;
            /** @description Who accepts it. */
            owner: string;
            /** @description Only in policies of this principal; wild as well. */
            principal?: string | null;
            /** @description Why it is accepted. */
            reason: string;
            /** @description The rule's code; `*` and `?` are wild. */
            rule: string;
            /** @description Only in statements with this `Sid`; wild as well. */
            sid?: string | null;
        };
        /** @description An event that no permission could be told for. */
        UnknownEvent: {
            /**
             * Format: int64
             * @description How many.
             */
            events: number;
            /** @description The event's name. */
            name: string;
            /** @description What is not known. */
            reason: string;
            /** @description `example.amazonaws.com`. */
            source: string;
        };
        /** @description Findings. */
        ValidateAnswer: {
            /** @description Per framework. */
            compliance: components["schemas"]["Framework"][];
            /** @description Where they stand and what to do; at most 1,000. */
            findings: components["schemas"]["Finding"][];
            /** @description How many there are beyond those. */
            more_findings: number;
            /** @description Findings that somebody has accepted, by the settings. */
            suppressed: components["schemas"]["Suppressed"][];
            /** @description As it was said, or told by the policy. */
            type: string;
        };
        /** @description A policy to look at. */
        ValidateRequest: {
            /** @description The policy's text, which gives answers their lines; or a document; or a list of one principal's documents. */
            policy: string | Record<string, unknown> | Record<string, unknown>[];
            /** @description `identity`, `resource`, `trust`, `boundary`, `session`, `scp`, `rcp`, `endpoint`; told by the policy where it is left out. */
            type?: string | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    diff: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DiffRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DiffAnswer"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    generate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GenerateRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GenerateAnswer"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    list: {
        parameters: {
            query?: {
                /** @description Only what happened in this account. */
                account?: string;
                /** @description Only principals that this glob matches. */
                principal?: string;
                /** @description Principals a page, at most 500. */
                limit?: number;
                /** @description `next` of the page before. */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrincipalList"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    one: {
        parameters: {
            query?: {
                /** @description Only what happened in this account. */
                account?: string;
                /** @description First UTC day. */
                start?: string;
                /** @description Last UTC day. */
                end?: string;
            };
            header?: never;
            path: {
                /** @description ARN of the role or user, percent-encoded */
                arn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrincipalUsage"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    score: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScoreRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScoreAnswer"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsAnswer"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    write: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingsRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsAnswer"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignIn"];
                };
            };
        };
    };
    simulate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SimulateRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SimulateAnswer"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stats: {
        parameters: {
            query?: {
                /** @description Only what happened in this account. */
                account?: string;
                /** @description Only principals that this glob matches; totals of events and unknown events are of all. */
                principal?: string;
                /** @description First UTC day. */
                start?: string;
                /** @description Last UTC day. */
                end?: string;
                /** @description Principals not seen since this UTC day count as unused. */
                unused_since?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Stats"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    validate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ValidateRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidateAnswer"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
