//! What models take, by family: one table.

use crate::model::Field;

/// What a family of models takes, and costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Capabilities {
    /// How its ids start, without the prefix of an inference profile.
    pub family: &'static str,
    /// Fields that it refuses.
    pub refuses: &'static [Field],
    /// US dollars for a million tokens of questions, and of answers; 0 where it is not known.
    pub price: (f64, f64),
}

/// From the most special to the most general. Prices are those that providers list for their first region.
const TABLE: &[Capabilities] = &[
    Capabilities { family: "anthropic.claude-opus-4", refuses: &[Field::Temperature], price: (15.0, 75.0) },
    Capabilities { family: "anthropic.claude-sonnet-4", refuses: &[], price: (3.0, 15.0) },
    Capabilities { family: "anthropic.claude-haiku-4", refuses: &[], price: (1.0, 5.0) },
    Capabilities { family: "anthropic.claude-3", refuses: &[], price: (3.0, 15.0) },
    Capabilities { family: "amazon.nova", refuses: &[], price: (0.8, 3.2) },
    Capabilities { family: "meta.llama", refuses: &[Field::ToolChoice], price: (0.72, 0.72) },
    Capabilities { family: "mistral.", refuses: &[Field::ToolChoice], price: (2.0, 6.0) },
    Capabilities { family: "claude-opus-4", refuses: &[Field::Temperature], price: (15.0, 75.0) },
    Capabilities { family: "claude-sonnet-4", refuses: &[], price: (3.0, 15.0) },
    Capabilities { family: "claude-haiku-4", refuses: &[], price: (1.0, 5.0) },
    Capabilities { family: "gpt-5", refuses: &[Field::Temperature], price: (1.25, 10.0) },
    Capabilities { family: "o", refuses: &[Field::Temperature], price: (0.0, 0.0) },
    Capabilities { family: "gpt-4", refuses: &[], price: (2.5, 10.0) },
];

/// For models that the table does not know: nothing is sent that any model is known to refuse.
const UNKNOWN: Capabilities =
    Capabilities { family: "", refuses: &[Field::Temperature, Field::ToolChoice, Field::Schema], price: (0.0, 0.0) };

/// What the model of this id takes; inference profiles (`global.`, `us.`, `eu.`, `apac.`, ARNs) are those of their model.
#[must_use]
pub fn capabilities(model: &str) -> Capabilities {
    let name = model.rsplit('/').next().unwrap_or(model);
    let prefixes = ["global.", "us.", "us-gov.", "eu.", "apac.", "jp.", "au."];
    let name = prefixes.iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(name);
    // "o" is a family of its own only with a number behind it: o3, o4-mini.
    let fits = |row: &&Capabilities| {
        name.strip_prefix(row.family)
            .is_some_and(|rest| row.family != "o" || rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    TABLE.iter().find(fits).copied().unwrap_or(UNKNOWN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_and_arns_are_those_of_their_model() {
        for id in [
            "anthropic.claude-sonnet-4-6",
            "global.anthropic.claude-sonnet-4-6",
            "arn:aws:bedrock:eu-west-1:111122223333:inference-profile/eu.anthropic.claude-sonnet-4-6",
        ] {
            assert_eq!(capabilities(id).family, "anthropic.claude-sonnet-4", "{id}");
        }
    }

    #[test]
    fn a_model_that_nobody_knows_is_asked_the_plainest_way() {
        assert_eq!(capabilities("example.model-1").refuses.len(), Field::ALL.len());
        assert_eq!(capabilities("oracle-1").refuses.len(), Field::ALL.len());
        assert_eq!(capabilities("o4-mini").refuses, [Field::Temperature]);
    }
}
