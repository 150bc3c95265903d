//! Which sets of patterns can match one text together: the product of their automata.
//!
//! The search walks over texts, shortest first. Where it stands is, for each pattern, the set of places that it can be
//! at. From there only the characters that some pattern waits for can make a difference, and one that none waits for;
//! so the product is finite and exact, whatever the alphabet.

use hashbrown::HashMap;
use policy::{Pattern, Token, variables::Part};
use smallvec::SmallVec;

use super::{Exhausted, set::Set};
use crate::{
    resource::{ArnPattern, Case},
    text::Text,
};

/// A pattern as the automaton that it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Language {
    steps: Vec<Step>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Step {
    /// This character.
    Is(char),
    /// This character, in either ASCII case.
    IsFolded(char),
    /// Any one character but this: none that ends the segment of an ARN.
    One { except: Option<char> },
    /// Any digit.
    Digit,
    /// Any run of such characters.
    Many { except: Option<char> },
    /// The end of the pattern.
    End,
}

/// A language and what it tells of a text that it matches.
pub(super) type Telling = (Language, Set);

/// All that is told of some text by the languages that match it, with a shortest such text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Class {
    pub told: Set,
    pub text: String,
}

impl Language {
    /// Of a glob whose case matters.
    pub fn glob(pattern: &Pattern) -> Self {
        Language::of(pattern.tokens(), Case::Kept)
    }

    /// Of a glob that ignores ASCII case.
    pub fn folded_glob(pattern: &Pattern) -> Self {
        Language::of(pattern.tokens(), Case::Ignored)
    }

    /// Of one text.
    pub fn literal(text: &str, case: Case) -> Self {
        Language::of(text.chars().map(Token::Literal), case)
    }

    /// Of an ARN pattern; `None` if nothing matches it. A variable stands for any text, which makes the language too
    /// wide: [`is_open`] tells for which patterns.
    pub fn arn(pattern: &ArnPattern) -> Option<Self> {
        match pattern {
            ArnPattern::Any => Some(Language::of([Token::Many], Case::Kept)),
            ArnPattern::Nothing => None,
            ArnPattern::Exactly(text) => Some(Language::literal(text, Case::Kept)),
            ArnPattern::Open(parts) => Some(Language::of(widened(parts), Case::Kept)),
            ArnPattern::Segments(segments, case) => {
                let mut steps: Vec<Step> = "arn".chars().map(Step::Is).collect();
                for (index, text) in segments.iter().enumerate() {
                    let is_resource = index == 4;
                    let fold = *case == Case::Ignored && !is_resource;
                    let except = (!is_resource).then_some(':');
                    steps.push(Step::Is(':'));
                    match text {
                        Text::Fixed(pattern) => {
                            steps.extend(pattern.tokens().map(|token| Step::of(token, fold, except)));
                        }
                        Text::Open(parts) => {
                            steps.extend(widened(parts).map(|token| Step::of(token, fold, except)));
                        }
                    }
                }
                Some(Language { steps })
            }
        }
    }

    /// Of account ids.
    pub fn account() -> Self {
        Language { steps: vec![Step::Digit; 12] }
    }

    /// Of the ARNs of a resource type: `arn:${Partition}:s3:::${BucketName}`. A partition starts with `aws`, an account
    /// has twelve digits, any other variable at least one character; in the resource part it holds no `except`.
    pub fn arn_format(format: &str, except: Option<char>) -> Self {
        let mut steps = Vec::new();
        let mut colons = 0;
        let mut rest = format;
        while let Some(character) = rest.chars().next() {
            let variable = rest.strip_prefix("${").and_then(|inside| inside.split_once('}'));
            let Some((name, after)) = variable else {
                colons += usize::from(character == ':');
                steps.push(Step::of(Token::Literal(character), (1..5).contains(&colons), None));
                rest = rest.get(character.len_utf8()..).unwrap_or_default();
                continue;
            };
            match colons {
                1 => steps.extend("aws".chars().map(Step::Is).chain([Step::Many { except: Some(':') }])),
                4 if name == "Account" => steps.extend([Step::Digit; 12]),
                2..5 => steps.extend([Step::One { except: Some(':') }, Step::Many { except: Some(':') }]),
                _ => steps.extend([Step::One { except }, Step::Many { except }]),
            }
            rest = after;
        }
        Language { steps }
    }

    /// Whether some text is matched by both.
    pub fn meets(&self, other: &Self) -> bool {
        let both = [(self.clone(), Set::of(2, [0])), (other.clone(), Set::of(2, [1]))];
        let product = Product::new(&both, 2);
        let mut seen: HashMap<Places, (), foldhash::fast::FixedState> = HashMap::default();
        let mut open = vec![product.start()];
        while let Some(places) = open.pop() {
            let both = |owner| places.iter().any(|&place| product.owner(place) == owner);
            if !both(0) || !both(1) {
                continue;
            }
            if product.ended(&places) == Set::full(2) {
                return true;
            }
            let next = product.alphabet(&places).into_iter().map(|character| product.read(&places, character));
            open.extend(next.filter(|places| seen.insert(places.clone(), ()).is_none()));
        }
        false
    }

    fn of(tokens: impl IntoIterator<Item = Token>, case: Case) -> Self {
        let fold = case == Case::Ignored;
        Language { steps: tokens.into_iter().map(|token| Step::of(token, fold, None)).collect() }
    }
}

/// Whether a pattern has variables, so that its language is only a bound.
pub(super) fn is_open(pattern: &ArnPattern) -> bool {
    match pattern {
        ArnPattern::Open(_) => true,
        ArnPattern::Segments(segments, _) => segments.iter().any(|text| matches!(text, Text::Open(_))),
        ArnPattern::Any | ArnPattern::Nothing | ArnPattern::Exactly(_) => false,
    }
}

fn widened(parts: &[Part]) -> impl Iterator<Item = Token> + '_ {
    parts.iter().map(|part| match part {
        Part::Token(token) => *token,
        Part::Variable { .. } => Token::Many,
    })
}

impl Step {
    fn of(token: Token, fold: bool, except: Option<char>) -> Self {
        match token {
            Token::Literal(character) if fold && character.is_ascii_alphabetic() => Step::IsFolded(character),
            Token::Literal(character) => Step::Is(character),
            Token::One => Step::One { except },
            Token::Many => Step::Many { except },
        }
    }
}

/// Places in [`Product::steps`], ascending.
type Places = SmallVec<[u32; 8]>;

/// Finds everything that is told together of some text of at least one character. `size` is the size of the sets.
///
/// # Errors
/// When that takes more than `budget` steps.
pub(super) fn classes(languages: &[Telling], size: usize, budget: &mut usize) -> Result<Vec<Class>, Exhausted> {
    let product = Product::new(languages, size);
    let mut found: HashMap<Set, String, foldhash::fast::FixedState> = HashMap::default();
    let mut order: Vec<Set> = Vec::new();
    let mut seen: HashMap<Places, (), foldhash::fast::FixedState> = HashMap::default();
    // Where each visited state came from: the state before and the character read.
    let mut trail: Vec<(Places, usize, char)> = vec![(product.start(), 0, '\0')];
    let mut at = 0;
    let mut emit = |set: Set, text: &dyn Fn() -> String| {
        if !found.contains_key(&set) {
            found.insert(set.clone(), text());
            order.push(set);
        }
    };
    while let Some((places, _, _)) = trail.get(at) {
        let places = places.clone();
        let text = || spell(&trail, at);
        if at > 0 {
            emit(product.ended(&places), &text);
        }
        let follow = match product.rest(&places) {
            // Whatever is read from here changes nothing.
            Rest::Settled => at == 0,
            // One pattern is left that may match or not.
            Rest::Tail(tail) => {
                emit(product.ended_with(&places, tail), &|| text() + &product.complete(tail));
                at == 0
            }
            Rest::Open => true,
        };
        if follow {
            let alphabet = product.alphabet(&places);
            let steps = (places.len() + 1).saturating_mul(alphabet.len());
            *budget = budget.checked_sub(steps).ok_or(Exhausted)?;
            for character in alphabet {
                let next = product.read(&places, character);
                if seen.insert(next.clone(), ()).is_none() {
                    trail.push((next, at, character));
                }
            }
        }
        at += 1;
    }
    Ok(order
        .into_iter()
        .map(|told| {
            let text = found.remove(&told).unwrap_or_default();
            Class { told, text }
        })
        .collect())
}

fn spell(trail: &[(Places, usize, char)], mut at: usize) -> String {
    let mut characters = Vec::new();
    while at > 0 {
        let Some((_, before, character)) = trail.get(at) else { break };
        characters.push(*character);
        at = *before;
    }
    characters.into_iter().rev().collect()
}

struct Product<'l> {
    languages: &'l [Telling],
    size: usize,
    /// All patterns, each closed by [`Step::End`].
    steps: Vec<Step>,
    /// The pattern that each step belongs to.
    owners: Vec<u32>,
    starts: Vec<u32>,
}

/// What the future of a state depends on.
enum Rest {
    Settled,
    /// The place of the only pattern that is not settled, which waits for one character there.
    Tail(u32),
    Open,
}

impl<'l> Product<'l> {
    fn new(languages: &'l [Telling], size: usize) -> Self {
        let mut product = Product { languages, size, steps: Vec::new(), owners: Vec::new(), starts: Vec::new() };
        for (owner, (language, _)) in languages.iter().enumerate() {
            product.starts.push(index(product.steps.len()));
            product.steps.extend(&language.steps);
            product.steps.push(Step::End);
            product.owners.resize(product.steps.len(), index(owner));
        }
        product
    }

    fn start(&self) -> Places {
        let mut places = Places::new();
        for &start in &self.starts {
            self.enter(start, &mut places);
        }
        self.normal(places)
    }

    fn step(&self, place: u32) -> Step {
        self.steps.get(place as usize).copied().unwrap_or(Step::End)
    }

    fn owner(&self, place: u32) -> u32 {
        self.owners.get(place as usize).copied().unwrap_or(u32::MAX)
    }

    /// Adds a place and those that can be reached from it without reading.
    fn enter(&self, mut place: u32, places: &mut Places) {
        places.push(place);
        while let Step::Many { .. } = self.step(place) {
            place += 1;
            places.push(place);
        }
    }

    fn read(&self, places: &Places, character: char) -> Places {
        let mut next = Places::new();
        for &place in places {
            match self.step(place) {
                Step::Is(wanted) if wanted == character => self.enter(place + 1, &mut next),
                Step::IsFolded(wanted) if wanted.eq_ignore_ascii_case(&character) => self.enter(place + 1, &mut next),
                Step::Digit if character.is_ascii_digit() => self.enter(place + 1, &mut next),
                Step::One { except } if except != Some(character) => self.enter(place + 1, &mut next),
                Step::Many { except } if except != Some(character) => self.enter(place, &mut next),
                _ => {}
            }
        }
        self.normal(next)
    }

    /// Sorted, and without what makes no difference. Whatever can still match from before a `*` can match from that `*`
    /// too. (Places of one pattern are in one segment of an ARN, since the colons read tell which.) And what is told
    /// already by patterns that have come to their closing `*` need not be told again.
    fn normal(&self, mut places: Places) -> Places {
        places.sort_unstable();
        places.dedup();
        let mut covered = None;
        let mut keep = Places::new();
        let mut told: Option<Set> = None;
        for &place in places.iter().rev() {
            let owner = self.owner(place);
            if covered == Some(owner) {
                continue;
            }
            keep.push(place);
            if let Step::Many { .. } = self.step(place) {
                covered = Some(owner);
            }
            if self.is_closing(place) {
                told = Some(self.tell(owner, told.unwrap_or_else(|| Set::empty(self.size))));
            }
        }
        if let Some(told) = told {
            let closed: SmallVec<[u32; 8]> =
                keep.iter().filter(|&&place| self.is_closing(place)).map(|&place| self.owner(place)).collect();
            keep.retain(|place| {
                let owner = self.owner(*place);
                closed.contains(&owner) || self.tell(owner, told.clone()) != told
            });
        }
        keep.reverse();
        keep
    }

    /// Whether a place is a `*` after which its pattern ends.
    fn is_closing(&self, place: u32) -> bool {
        self.step(place) == Step::Many { except: None } && self.step(place + 1) == Step::End
    }

    /// What a pattern adds to what is told already.
    fn tell(&self, owner: u32, told: Set) -> Set {
        match self.languages.get(owner as usize) {
            Some((_, more)) => told.or(more),
            None => told,
        }
    }

    /// What is told of the text that has been read.
    fn ended(&self, places: &Places) -> Set {
        let mut told = Set::empty(self.size);
        for &place in places {
            if self.step(place) == Step::End {
                told = self.tell(self.owner(place), told);
            }
        }
        told
    }

    fn ended_with(&self, places: &Places, tail: u32) -> Set {
        self.tell(self.owner(tail), self.ended(places))
    }

    fn rest(&self, places: &Places) -> Rest {
        let mut tail = None;
        for &place in places {
            match self.step(place) {
                // A closing `*` has matched, whatever follows; its end stands beside it.
                Step::Many { .. } if self.is_closing(place) => {}
                Step::End => {}
                Step::Many { .. } => return Rest::Open,
                Step::Is(_) | Step::IsFolded(_) | Step::One { .. } | Step::Digit => {
                    if tail.replace(place).is_some() {
                        return Rest::Open;
                    }
                }
            }
        }
        // An end that no closing `*` stands before is left with the next character.
        let fragile = |&place: &u32| {
            self.step(place) == Step::End
                && !places.iter().any(|&before| before + 1 == place && self.is_closing(before))
        };
        match tail {
            _ if places.iter().any(fragile) => Rest::Open,
            Some(tail) => Rest::Tail(tail),
            None => Rest::Settled,
        }
    }

    /// A shortest text that the pattern matches from `place` on.
    fn complete(&self, place: u32) -> String {
        let mut text = String::new();
        for step in self.steps.iter().skip(place as usize) {
            match step {
                Step::Is(character) | Step::IsFolded(character) => text.push(*character),
                Step::One { .. } => text.push('x'),
                Step::Digit => text.push('1'),
                Step::Many { .. } => {}
                Step::End => break,
            }
        }
        text
    }

    /// The characters that make a difference, and one that none waits for.
    fn alphabet(&self, places: &Places) -> SmallVec<[char; 8]> {
        let mut characters: SmallVec<[char; 8]> = SmallVec::new();
        let mut exact = false;
        let mut excepted: SmallVec<[char; 2]> = SmallVec::new();
        for &place in places {
            match self.step(place) {
                Step::Is(character) => {
                    exact |= character.is_ascii_alphabetic();
                    characters.push(character);
                }
                Step::IsFolded(character) => characters.push(character),
                Step::One { except: Some(except) } | Step::Many { except: Some(except) } => excepted.push(except),
                _ => {}
            }
        }
        let folded: SmallVec<[char; 8]> = places
            .iter()
            .filter_map(|&place| match self.step(place) {
                Step::IsFolded(character) => Some(character),
                _ => None,
            })
            .collect();
        if exact && !folded.is_empty() {
            characters.extend(folded.iter().flat_map(|c| [c.to_ascii_lowercase(), c.to_ascii_uppercase()]));
        }
        let other = FRESH.chars().chain(('\u{4e00}'..).take(places.len() + 1)).find(|fresh| {
            !characters.contains(fresh)
                && !excepted.contains(fresh)
                && !folded.iter().any(|character| character.eq_ignore_ascii_case(fresh))
        });
        characters.extend(excepted);
        if places.iter().any(|&place| self.step(place) == Step::Digit) {
            let fresh = ('0'..='9').find(|digit| !characters.contains(digit));
            characters.extend(fresh);
        }
        characters.extend(other);
        characters.sort_unstable();
        characters.dedup();
        // Of two cases of a letter that only case-blind patterns wait for, one is enough.
        if !exact {
            characters.dedup_by(|a, b| a.eq_ignore_ascii_case(b));
            let mut seen: SmallVec<[char; 8]> = SmallVec::new();
            characters.retain(|character| {
                let lower = character.to_ascii_lowercase();
                let new = !seen.contains(&lower);
                seen.push(lower);
                new
            });
        }
        characters
    }
}

/// Characters for places where any will do, nicest first.
const FRESH: &str = "xyzabcdefghijklmnopqrstuvwXYZABCDEFGHIJKLMNOPQRSTUVW0123456789-_./=+@,";

fn index(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use policy::Version;

    fn found(languages: &[Language]) -> Vec<(Vec<usize>, String)> {
        let size = languages.len();
        let telling: Vec<Telling> =
            languages.iter().enumerate().map(|(at, language)| (language.clone(), Set::of(size, [at]))).collect();
        let mut classes: Vec<_> = classes(&telling, size, &mut 100_000)
            .unwrap()
            .into_iter()
            .map(|class| (class.told.iter().collect(), class.text))
            .collect();
        classes.sort();
        classes
    }

    fn globs(patterns: &[&str]) -> Vec<Language> {
        patterns.iter().map(|pattern| Language::glob(&Pattern::new(pattern))).collect()
    }

    fn sets(languages: &[Language]) -> Vec<Vec<usize>> {
        found(languages).into_iter().map(|(set, _)| set).collect()
    }

    #[test]
    fn each_set_of_globs_that_some_text_matches() {
        let cases: [(&[&str], &[&[usize]]); 8] = [
            (&["a", "b"], &[&[], &[0], &[1]]),
            (&["a*", "ab*"], &[&[], &[0], &[0, 1]]),
            (&["a*", "*b"], &[&[], &[0], &[0, 1], &[1]]),
            (&["*"], &[&[0]]),
            (&["?", "*"], &[&[0, 1], &[1]]),
            (&["get*", "get"], &[&[], &[0], &[0, 1]]),
            (&["a?c", "abc", "a*"], &[&[], &[0, 1, 2], &[0, 2], &[2]]),
            (&["*a*", "*b*"], &[&[], &[0], &[0, 1], &[1]]),
        ];
        for (patterns, expected) in cases {
            assert_eq!(sets(&globs(patterns)), expected, "{patterns:?}");
        }
    }

    #[test]
    fn witnesses_are_matched_by_their_languages_and_no_others() {
        let patterns = ["GetObject*", "Get*Acl", "*Object?", "G*", "GetObjectAcl", "*"];
        for (set, text) in found(&globs(&patterns)) {
            for (index, pattern) in patterns.iter().enumerate() {
                assert_eq!(policy::pattern::matches(pattern, &text), set.contains(&index), "{pattern} {text}");
            }
        }
    }

    #[test]
    fn case_blind_and_exact_patterns_together() {
        let languages = [
            Language::folded_glob(&Pattern::new("Aa")),
            Language::glob(&Pattern::new("aa")),
            Language::glob(&Pattern::new("AA")),
        ];
        assert_eq!(sets(&languages), [vec![], vec![0], vec![0, 1], vec![0, 2]]);
        let blind = [Language::folded_glob(&Pattern::new("get*")), Language::folded_glob(&Pattern::new("GET"))];
        assert_eq!(sets(&blind), [vec![], vec![0], vec![0, 1]]);
    }

    #[test]
    fn wildcards_of_an_arn_stay_in_their_segment() {
        let arn = |text| Language::arn(&ArnPattern::of_resource(text, Version::V2012)).unwrap();
        let languages = [arn("arn:aws:s3:*::b"), arn("arn:aws:s3:::*"), arn("*")];
        let found = found(&languages);
        assert_eq!(
            found.iter().map(|(set, _)| set.clone()).collect::<Vec<_>>(),
            [vec![0, 1, 2], vec![0, 2], vec![1, 2], vec![2]],
            "{found:?}"
        );
    }

    #[test]
    fn a_budget_ends_the_search() {
        let patterns: Vec<String> = (0..30).map(|n| format!("*{}?????????*", char::from(b'a' + n % 26))).collect();
        let telling = |patterns: &[String], of: &dyn Fn(usize) -> usize| -> Vec<Telling> {
            let one = |(at, pattern): (usize, &String)| (Language::glob(&Pattern::new(pattern)), Set::of(30, [of(at)]));
            patterns.iter().enumerate().map(one).collect()
        };
        assert!(classes(&telling(&patterns, &|at| at), 30, &mut 50_000).is_err());
        // Where all tell the same, there is little to find out.
        let parts: Vec<String> = patterns.iter().map(|pattern| pattern.replace('?', "")).collect();
        assert_eq!(classes(&telling(&parts, &|_| 0), 30, &mut 100_000).unwrap().len(), 2);
    }
}
