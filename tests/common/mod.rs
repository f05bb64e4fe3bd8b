//! The harness of the tests that run the program as its user does: a home folder, a run, its outcome.

#![allow(dead_code, unreachable_pub, reason = "each test binary uses a part of it")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use tempfile::TempDir;

/// What a run of the program gave.
#[derive(Debug)]
pub struct Outcome {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Outcome {
    /// The lines of standard output as JSON.
    pub fn json_lines(&self) -> Vec<serde_json::Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// Runs the program in `folder`, with `stdin` as its input.
pub fn run_in(folder: &Path, args: &[&str], stdin: &[u8]) -> Outcome {
    let mut child = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that reads no input may have closed the pipe already.
    let _ = child.stdin.take().unwrap().write_all(stdin);
    let output = child.wait_with_output().unwrap();
    Outcome {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A folder of its own, with an empty corpus.
pub struct Home {
    folder: TempDir,
}

impl Home {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("corpus")).unwrap();
        Self { folder }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file, its folders included.
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    pub fn run(&self, args: &[&str]) -> Outcome {
        run_in(self.path(), args, b"")
    }
}

/// Runs the program on the sample corpus, with an index of this test binary's own.
pub fn sample(args: &[&str]) -> Outcome {
    static INDEX: OnceLock<TempDir> = OnceLock::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let index = INDEX.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let built = run_in(root, &["--index", folder.path().to_str().unwrap(), "index"], b"");
        assert_eq!(built.code, 0, "{}", built.stderr);
        folder
    });
    let mut all = vec!["--index", index.path().to_str().unwrap()];
    all.extend(args);
    run_in(root, &all, b"")
}
