//! The sample trail of `events/cloudtrail`, in the program: `serve --sample` needs nothing else.

/// Key and bytes of each object, as AWS lays them out.
pub static OBJECTS: &[(&str, &[u8])] = &[
    (
        "AWSLogs/111122223333/CloudTrail-Digest/eu-west-1/2026/03/02/111122223333_CloudTrail-Digest_eu-west-1_example-trail_eu-west-1_20260302T090000Z.json.gz",
        include_bytes!(
            "../../events/cloudtrail/AWSLogs/111122223333/CloudTrail-Digest/eu-west-1/2026/03/02/111122223333_CloudTrail-Digest_eu-west-1_example-trail_eu-west-1_20260302T090000Z.json.gz"
        ),
    ),
    (
        "AWSLogs/111122223333/CloudTrail-Insight/eu-west-1/2026/03/02/111122223333_CloudTrail-Insight_eu-west-1_20260302T0805Z_RkvxTupp4sMw8HaR.json.gz",
        include_bytes!(
            "../../events/cloudtrail/AWSLogs/111122223333/CloudTrail-Insight/eu-west-1/2026/03/02/111122223333_CloudTrail-Insight_eu-west-1_20260302T0805Z_RkvxTupp4sMw8HaR.json.gz"
        ),
    ),
    (
        "AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/02/111122223333_CloudTrail_eu-west-1_20260302T0805Z_KH68L3YaA8STAhMt.json.gz",
        include_bytes!(
            "../../events/cloudtrail/AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/02/111122223333_CloudTrail_eu-west-1_20260302T0805Z_KH68L3YaA8STAhMt.json.gz"
        ),
    ),
    (
        "AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/02/111122223333_CloudTrail_eu-west-1_20260302T0905Z_mOrl66d2LFAxd3ud.json.gz",
        include_bytes!(
            "../../events/cloudtrail/AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/02/111122223333_CloudTrail_eu-west-1_20260302T0905Z_mOrl66d2LFAxd3ud.json.gz"
        ),
    ),
    (
        "AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/02/111122223333_CloudTrail_eu-west-1_20260302T1505Z_O9cvKAU2mTZ1GAwj.json.gz",
        include_bytes!(
            "../../events/cloudtrail/AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/02/111122223333_CloudTrail_eu-west-1_20260302T1505Z_O9cvKAU2mTZ1GAwj.json.gz"
        ),
    ),
    (
        "AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/03/111122223333_CloudTrail_eu-west-1_20260303T0205Z_LNhe8QWWAO6bQzUj.json.gz",
        include_bytes!(
            "../../events/cloudtrail/AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/03/111122223333_CloudTrail_eu-west-1_20260303T0205Z_LNhe8QWWAO6bQzUj.json.gz"
        ),
    ),
    (
        "AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/03/111122223333_CloudTrail_eu-west-1_20260303T0805Z_Zg0bp5OcJvQKAue0.json.gz",
        include_bytes!(
            "../../events/cloudtrail/AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/03/111122223333_CloudTrail_eu-west-1_20260303T0805Z_Zg0bp5OcJvQKAue0.json.gz"
        ),
    ),
    (
        "AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/03/111122223333_CloudTrail_eu-west-1_20260303T1105Z_80DuC1LTdgyv9mCe.json.gz",
        include_bytes!(
            "../../events/cloudtrail/AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/03/111122223333_CloudTrail_eu-west-1_20260303T1105Z_80DuC1LTdgyv9mCe.json.gz"
        ),
    ),
    (
        "AWSLogs/111122223333/CloudTrail/us-east-1/2026/03/02/111122223333_CloudTrail_us-east-1_20260302T1105Z_Egec6OFTCZ7TpMzd.json.gz",
        include_bytes!(
            "../../events/cloudtrail/AWSLogs/111122223333/CloudTrail/us-east-1/2026/03/02/111122223333_CloudTrail_us-east-1_20260302T1105Z_Egec6OFTCZ7TpMzd.json.gz"
        ),
    ),
];

#[cfg(test)]
mod tests {
    use super::OBJECTS;
    use std::path::Path;
    use walkdir::WalkDir;

    #[test]
    fn the_whole_sample_trail_is_in_the_program() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../events/cloudtrail");
        let files = WalkDir::new(&folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
        let mut names: Vec<String> =
            files.map(|entry| entry.path().strip_prefix(&folder).unwrap().to_str().unwrap().to_owned()).collect();
        names.sort();
        assert_eq!(OBJECTS.iter().map(|(name, _)| *name).collect::<Vec<_>>(), names);
    }
}
