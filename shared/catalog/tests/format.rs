//! The file: whatever the bytes are, they are refused or answered, and nothing panics.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test that fails may panic")]

use leastwise_catalog::{Catalog, CatalogError, Resolution, builtin, pack, unpack};
use std::borrow::Cow;

/// Header: magic, version, and two words for each of the 15 sections.
const HEADER: usize = 8 + 4 + 15 * 8;

fn bytes() -> Vec<u8> {
    pack(&unpack(builtin())).expect("the builtin catalog packs")
}

/// Reads through all that a damaged catalog offers.
fn exercise(catalog: &Catalog) {
    let _ = catalog.release().sources().count();
    for service in catalog.services().take(3) {
        let _ = (service.prefix(), service.title(), service.retired());
        for action in service.actions().take(3) {
            let _ = (action.service(), action.access_level(), action.provenance());
            let _ = action.resources().take(9).map(|resource| resource.resource_type.arn_format().len()).sum::<usize>();
            let _ = action.condition_keys().chain(action.dependent_actions()).take(9).count();
            let _ = action.pass_role().take(9).count();
        }
        for kind in service.resource_types().take(3) {
            let _ = kind.variables().take(9).map(|variable| variable.parameters().take(9).count()).sum::<usize>();
        }
        let _ = service.condition_keys().take(3).map(|key| key.kind().len()).sum::<usize>();
    }
    for (source, event) in [("s3", "GetObject"), ("ec2", "RunInstances"), ("x", "y")] {
        if let Resolution::Permission(operation) = catalog.operation(source, event) {
            let _ = operation.actions().take(9).map(|action| action.name().len()).sum::<usize>();
            let _ = operation.bindings().take(9).count();
            let _ =
                operation.rules().take(9).map(|rule| rule.when().len() + rule.actions().take(9).count()).sum::<usize>();
        }
    }
    let _ = (catalog.id_prefix("i-1"), catalog.called_via("x"), catalog.retired_action("a", "b"));
}

#[test]
fn facts_and_bytes_are_the_same_thing() {
    let facts = unpack(builtin());
    let packed = pack(&facts).expect("facts pack");
    let again = Catalog::from_bytes(packed.clone()).expect("packed facts load");
    assert_eq!(unpack(&again), facts);
    assert_eq!(pack(&unpack(&again)).as_deref(), Ok(packed.as_slice()));
}

#[test]
fn the_committed_file_is_under_three_megabytes() {
    assert!(bytes().len() < 3_000_000);
}

#[test]
fn every_cut_is_refused_or_answered() {
    let whole = bytes();
    for length in (0..HEADER + 64).chain((HEADER..whole.len()).step_by(9_973)) {
        let cut = whole.get(..length).unwrap_or_default().to_vec();
        assert!(Catalog::from_bytes(cut).is_err(), "{length} bytes");
    }
}

#[test]
fn every_flipped_header_bit_is_refused_or_answered() {
    let whole = bytes();
    for at in 0..HEADER {
        for bit in [0x01, 0x80] {
            let mut damaged = whole.clone();
            damaged[at] ^= bit;
            if let Ok(catalog) = Catalog::from_bytes(damaged) {
                exercise(&catalog);
            }
        }
    }
}

#[test]
fn damaged_records_are_answered() {
    let whole = bytes();
    // A fixed walk over the body: what is tried does not depend on chance.
    let mut at = HEADER;
    for step in 0..200_usize {
        let mut damaged = whole.clone();
        for byte in damaged.iter_mut().skip(at).take(16) {
            *byte = 0x5a_u8.wrapping_mul(step as u8) ^ 0xff;
        }
        if let Ok(catalog) = Catalog::from_bytes(damaged) {
            exercise(&catalog);
        }
        at = HEADER + (at * 31 + 7_919) % (whole.len() - HEADER - 16);
    }
}

#[test]
fn other_files_are_refused() {
    let refuse = |bytes: &'static [u8]| Catalog::from_bytes(Cow::Borrowed(bytes)).expect_err("refused");
    assert_eq!(refuse(b""), CatalogError::NotACatalog);
    assert_eq!(refuse(b"{\"Version\":\"2012-10-17\"}"), CatalogError::NotACatalog);
    assert_eq!(refuse(b"LWCATLOG\x09\0\0\0"), CatalogError::Version { expected: 1, found: 9 });
    assert!(matches!(refuse(b"LWCATLOG\x01\0\0\0"), CatalogError::CutShort { section: 0, .. }));
}

#[test]
fn references_to_nothing_are_not_packed() {
    let mut facts = unpack(builtin());
    if let Some(service) = facts.services.get_mut("s3") {
        service.actions.remove("getobject");
    }
    let error = pack(&facts).expect_err("an operation needs the action that is gone");
    assert_eq!(error, "there is no action `s3:GetObject`");
}
