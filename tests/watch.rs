//! `dehusk test --watch` runs again what a saved file touches.

#![cfg(feature = "cli")]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// More than it takes on a machine with much else to do.
const PATIENCE: Duration = Duration::from_secs(60);

/// The program, which is stopped at the end whatever happens.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn start(folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_dehusk"))
            .args(["test", "--watch"])
            .current_dir(folder)
            .env_remove("DEHUSK_RULES")
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let out = BufReader::new(child.stdout.take().expect("its output"));
        let (sender, lines) = channel();
        thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Self { child, lines }
    }

    /// All that it says until it waits.
    fn run(&self) -> String {
        let mut text = String::new();
        while !text.contains("waiting for a change") {
            text += &(self.lines.recv_timeout(PATIENCE).expect("another line in time") + "\n");
        }
        text
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn saved_files_are_noticed() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    let site = |host: &str| format!("hosts = ['{host}']\n[[drop]]\nid = 'crier'\ncategory = 'share'\ncss = '.crier'\n");
    for host in ["a.example", "b.example"] {
        // The folder of rules of a checkout, without being named.
        write(&format!("rules/sites/{host}.toml"), &site(host));
        write(&format!("samples/{host}/case/page.toml"), &format!("url = 'https://{host}/1'"));
        write(&format!("samples/{host}/case/page.html"), "<p class=crier>Hear ye<p>Some text.");
        write(&format!("samples/{host}/case/expected.md"), "Some text.\n");
    }
    let watching = Watching::start(folder.path());
    let first = watching.run();
    assert!(first.starts_with("==> all samples <==\n"), "{first}");
    assert!(first.contains("FAIL a.example/case") && first.contains("FAIL b.example/case"), "{first}");
    assert!(!first.contains("body ("), "{first}");
    write("rules/sites/a.example.toml", &site("a.example").replace(".crier", ".gone"));
    let second = watching.run();
    assert!(second.starts_with("==> a.example <==\n"), "{second}");
    assert!(second.contains("body (") && second.contains("FAIL a.example/crier: no sample exercises"), "{second}");
    write("samples/b.example/case/expected.md", "Other text.\n");
    let third = watching.run();
    assert!(third.starts_with("==> b.example <==\n") && third.contains("[-Other-]"), "{third}");
    // A mistake is told, on standard error, and waited for.
    write("rules/sites/a.example.toml", "hosts = [");
    thread::sleep(Duration::from_secs(1));
    write("rules/sites/a.example.toml", &site("a.example"));
    assert!(!watching.run().contains("FAIL a.example/crier"));
}
