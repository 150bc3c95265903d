//! The resources of one use, in bounded memory.
//!
//! A container is what generalisation never leaves: an S3 bucket, or all resources of one type in one account and
//! Region. Up to [`DISTINCT`] resources of a container are kept one by one. Past that, names are cut after as many
//! path segments as still fit, and a prefix that holds more than [`EXACT`] of them becomes `prefix/*`.
//!
//! INVARIANT: what is kept is a function of the set of resources alone, so that parts merge in any order to the same
//! aggregate. The cut is the deepest at which at most `DISTINCT` prefixes are left; cutting deeper names to a lower
//! depth loses nothing that a still lower depth would need; and "more than `EXACT` below this prefix" can be told
//! from "more than `EXACT` below a deeper one".

use crate::stat::Stat;
use hashbrown::HashMap;

/// Resources of one container that are kept one by one.
pub const DISTINCT: usize = 1000;
/// Resources below one prefix that stay exact when names are cut.
pub const EXACT: usize = 8;

/// The resources of one use.
#[derive(Clone, Debug, Default)]
pub struct Resources {
    containers: HashMap<String, Container, foldhash::fast::FixedState>,
}

#[derive(Clone, Debug, Default)]
struct Container {
    /// Path segments that are kept of each name; `None` keeps all.
    depth: Option<usize>,
    /// By name, or by the prefix that is left of it.
    nodes: HashMap<String, Node, foldhash::fast::FixedState>,
}

#[derive(Clone, Debug)]
enum Node {
    /// The key itself is the one name: the usual case.
    Exact(Stat),
    /// Names below the prefix.
    Few(Vec<(String, Stat)>),
    /// More names below the prefix than are kept.
    Many(Stat),
}

impl Resources {
    /// Counts one use of `resource`, a pattern as a policy writes it.
    pub fn count(&mut self, resource: &str, count: impl FnOnce(&mut Stat)) {
        let (container, name) = split(resource);
        let container = self.containers.entry_ref(container).or_default();
        match container.depth {
            None => {
                if let Node::Exact(stat) =
                    container.nodes.entry_ref(name).or_insert_with(|| Node::Exact(Stat::default()))
                {
                    count(stat);
                }
                container.bound();
            }
            Some(depth) => {
                let mut stat = Stat::default();
                count(&mut stat);
                container.insert(depth, name, &stat);
                container.bound();
            }
        }
    }

    /// Adds a resource that another aggregate counted; `generalized` patterns end in `*` and stand for all below it.
    pub fn insert(&mut self, resource: &str, generalized: bool, stat: &Stat) {
        let (container, name) = split(resource);
        let container = self.containers.entry_ref(container).or_default();
        let prefix = name.strip_suffix('*').filter(|_| generalized);
        match prefix {
            Some(prefix) => container.absorb(prefix, stat),
            None => container.insert(container.depth.unwrap_or(usize::MAX), name, stat),
        }
        container.bound();
    }

    /// Adds what `other` counted.
    pub fn merge(&mut self, other: &Resources) {
        other.each(|resource, generalized, stat| self.insert(&resource, generalized, stat));
    }

    /// Every resource pattern, whether it stands for more than was kept, and what was counted. In no order.
    pub fn each(&self, mut give: impl FnMut(String, bool, &Stat)) {
        for (container, kept) in &self.containers {
            for (key, node) in &kept.nodes {
                match node {
                    Node::Exact(stat) => give(format!("{container}{key}"), false, stat),
                    Node::Few(names) => {
                        names.iter().for_each(|(name, stat)| give(format!("{container}{name}"), false, stat))
                    }
                    Node::Many(stat) => give(format!("{container}{key}*"), true, stat),
                }
            }
        }
    }
}

impl Container {
    fn insert(&mut self, depth: usize, name: &str, stat: &Stat) {
        let key = cut(name, depth);
        let node = self.nodes.entry_ref(key).or_insert_with(|| Node::Few(Vec::new()));
        // Where nothing is cut off, a key stands for its own name alone; a prefix may have more below it.
        let alone = depth == usize::MAX || !(key.is_empty() || key.ends_with(['/', ':']));
        if alone { node.count_alone(stat) } else { node.count_below(name, stat) }
    }

    /// Everything below `prefix` becomes one entry.
    fn absorb(&mut self, prefix: &str, stat: &Stat) {
        // A prefix of so many segments is left only by a cut at that depth or a deeper one.
        let depth = segments(prefix);
        if self.depth.is_none_or(|known| known > depth) {
            self.lower(depth);
        }
        let key = cut(prefix, self.depth.unwrap_or(depth));
        let node = self.nodes.entry_ref(key).or_insert_with(|| Node::Few(Vec::new()));
        node.widen(stat);
    }

    fn bound(&mut self) {
        while self.nodes.len() > DISTINCT {
            let deepest =
                self.depth.unwrap_or_else(|| self.nodes.keys().map(|name| segments(name)).max().unwrap_or(0) + 1);
            if deepest == 0 {
                return;
            }
            self.lower(deepest - 1);
        }
    }

    fn lower(&mut self, depth: usize) {
        self.depth = Some(depth);
        for (key, node) in std::mem::take(&mut self.nodes) {
            match node {
                Node::Exact(stat) => self.insert(depth, &key, &stat),
                Node::Few(names) => names.iter().for_each(|(name, stat)| self.insert(depth, name, stat)),
                Node::Many(stat) => {
                    let node = self.nodes.entry_ref(cut(&key, depth)).or_insert_with(|| Node::Few(Vec::new()));
                    node.widen(&stat);
                }
            }
        }
    }
}

impl Node {
    fn count_alone(&mut self, stat: &Stat) {
        match self {
            Node::Exact(known) | Node::Many(known) => known.merge(stat),
            Node::Few(_) => *self = Node::Exact(stat.clone()),
        }
    }

    fn count_below(&mut self, name: &str, stat: &Stat) {
        match self {
            Node::Exact(known) | Node::Many(known) => known.merge(stat),
            Node::Few(names) => match names.iter().position(|(known, _)| known == name) {
                Some(at) => names.iter_mut().skip(at).take(1).for_each(|(_, known)| known.merge(stat)),
                None if names.len() < EXACT => names.push((name.to_owned(), stat.clone())),
                None => self.widen(stat),
            },
        }
    }

    fn widen(&mut self, stat: &Stat) {
        let mut total = stat.clone();
        match self {
            Node::Exact(known) | Node::Many(known) => total.merge(known),
            Node::Few(names) => names.iter().for_each(|(_, known)| total.merge(known)),
        }
        *self = Node::Many(total);
    }
}

/// Container and name: `arn:aws:s3:::bucket/` and `logs/a.gz`, `arn:aws:ec2:REGION:ACCOUNT:instance/` and `i-1`.
/// What has no name below its type is all container.
fn split(resource: &str) -> (&str, &str) {
    let bytes = resource.as_bytes();
    let mut colons = 0;
    let start = bytes.iter().position(|&byte| {
        colons += u32::from(byte == b':');
        colons == 5
    });
    let Some(start) = start.map(|at| at + 1) else { return (resource, "") };
    // A leading slash belongs to the first segment (`/restapis/x`).
    let first = start + usize::from(bytes.get(start) == Some(&b'/'));
    match bytes.get(first..).and_then(|path| path.iter().position(|byte| matches!(byte, b'/' | b':'))) {
        Some(at) => resource.split_at_checked(first + at + 1).unwrap_or((resource, "")),
        // Buckets and the like: to generalise their names would cross what must not be crossed.
        None => (resource, ""),
    }
}

/// The first `depth` segments of `name`, each with the delimiter behind it; all of it when it has no more.
fn cut(name: &str, depth: usize) -> &str {
    if depth == 0 {
        return "";
    }
    match name.match_indices(['/', ':']).nth(depth - 1) {
        Some((at, _)) => name.get(..=at).unwrap_or(name),
        None => name,
    }
}

fn segments(name: &str) -> usize {
    name.matches(['/', ':']).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(resources: &Resources) -> Vec<(String, bool, u64)> {
        let mut rows = Vec::new();
        resources.each(|resource, generalized, stat| rows.push((resource, generalized, stat.calls)));
        rows.sort();
        rows
    }

    fn one() -> Stat {
        Stat { calls: 1, ..Stat::default() }
    }

    #[test]
    fn containers_are_buckets_and_types() {
        for (resource, container) in [
            ("arn:aws:s3:::b/k/l", "arn:aws:s3:::b/"),
            ("arn:aws:s3:::b", "arn:aws:s3:::b"),
            ("arn:aws:ec2:eu-west-1:111122223333:instance/i-1", "arn:aws:ec2:eu-west-1:111122223333:instance/"),
            ("arn:aws:logs:eu-west-1:111122223333:log-group:/a/b:*", "arn:aws:logs:eu-west-1:111122223333:log-group:"),
            ("arn:aws:apigateway:eu-west-1::/restapis/x/y", "arn:aws:apigateway:eu-west-1::/restapis/"),
            ("*", "*"),
            ("", ""),
        ] {
            assert_eq!(split(resource).0, container);
        }
    }

    #[test]
    fn a_crowded_prefix_is_generalised_and_its_neighbour_is_not() {
        let mut resources = Resources::default();
        for index in 0..DISTINCT + 500 {
            resources.insert(&format!("arn:aws:s3:::b/logs/{index}"), false, &one());
        }
        resources.insert("arn:aws:s3:::b/config/app.json", false, &one());
        resources.insert("arn:aws:s3:::other/x", false, &one());
        let expected = [
            ("arn:aws:s3:::b/config/app.json".to_owned(), false, 1),
            ("arn:aws:s3:::b/logs/*".to_owned(), true, (DISTINCT + 500) as u64),
            ("arn:aws:s3:::other/x".to_owned(), false, 1),
        ];
        assert_eq!(rows(&resources), expected);
    }

    #[test]
    fn memory_is_bounded_whatever_the_shape() {
        let mut resources = Resources::default();
        for index in 0..20_000 {
            resources.insert(
                &format!("arn:aws:s3:::b/{}/{}/{}/{index}", index % 7, index % 101, index % 1009),
                false,
                &one(),
            );
        }
        let rows = rows(&resources);
        assert!(rows.len() <= DISTINCT * EXACT, "{}", rows.len());
        assert_eq!(rows.iter().map(|(_, _, calls)| calls).sum::<u64>(), 20_000);
    }

    #[test]
    fn a_name_and_a_prefix_of_the_same_spelling_are_two_things() {
        let mut resources = Resources::default();
        resources.insert("arn:aws:s3:::b/a", false, &one());
        resources.insert("arn:aws:s3:::b/a/", false, &one());
        resources.insert("arn:aws:s3:::b/*", false, &one());
        assert_eq!(rows(&resources).len(), 3);
    }
}
