//! Help, version and completion scripts.

use crate::support::Place;

const COMMANDS: [&str; 7] = ["analyze", "generate", "map", "simulate", "diff", "catalog", "completions"];

#[test]
fn completion_scripts_know_commands_and_flags() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = Place::new().run(["completions", shell]).succeeds().out.clone();
        for word in COMMANDS.iter().chain(&["exclude-actions", "min-count", "jsonl"]) {
            assert!(script.contains(word), "{shell} does not know {word}");
        }
    }
    Place::new().run(["completions", "cmd"]).fails_with(&["invalid value 'cmd'", "bash", "zsh", "fish"]);
    Place::new().run(["completions"]).fails_with(&["<SHELL>"]);
}

#[test]
fn every_command_explains_itself() {
    let help = Place::new().run(["--help"]).succeeds().out.clone();
    assert!(help.contains("Exit status: 0 fine"));
    for command in COMMANDS {
        assert!(help.contains(&format!("\n  {command} ")), "{command}");
        let own = Place::new().run([command, "--help"]).succeeds().out.clone();
        assert!(own.contains(&format!("Usage: leastwise {command}")), "{own}");
        // What a flag does stands beside it or below it, further in.
        let lines: Vec<&str> = own.lines().collect();
        for pair in lines.windows(2).filter(|pair| pair[0].starts_with("  -") || pair[0].starts_with("      --")) {
            assert!(
                pair[0].trim_start().contains("  ") || pair[1].starts_with("          "),
                "{command} says nothing about {}",
                pair[0]
            );
        }
        let short = Place::new().run([command, "-h"]).succeeds().out.clone();
        assert!(short.contains(&format!("Usage: leastwise {command}")));
    }
    for command in ["generate", "simulate", "diff"] {
        let help = Place::new().run([command, "--help"]).succeeds().out.clone();
        insta::assert_snapshot!(format!("help_of_{command}"), help);
    }
    assert_eq!(Place::new().run(["catalog", "update", "--help"]).succeeds().code, 0);
}

#[test]
fn the_version_is_the_packages() {
    let expected = concat!("leastwise ", env!("CARGO_PKG_VERSION"), "\n");
    assert_eq!(Place::new().run(["--version"]).succeeds().out, expected);
    assert_eq!(Place::new().run(["-V"]).succeeds().out, expected);
}

#[test]
fn what_is_no_command_is_refused() {
    Place::new().run(["analyse"]).fails_with(&["unrecognized subcommand 'analyse'", "analyze"]);
    Place::new()
        .run(["generate", "--analysis", "a", "--mod", "actions"])
        .fails_with(&["unexpected argument '--mod'", "--mode"]);
    let nothing: [&str; 0] = [];
    Place::new().run(nothing).fails_with(&["Usage: leastwise", "analyze"]);
}
