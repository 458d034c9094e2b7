//! Takes what came out for what is expected: sample by sample, as somebody says who sees it, or all that may be taken.

use std::io::{BufRead, Write};

use anyhow::Context as _;
use dehusk::samples::{Checked, Failure};

use super::text;
use crate::stdout;

/// What is said of a sample that cannot be accepted.
const GUARDED: &str = "its page.toml says otherwise, or the page cannot be cleaned";
const NOT_MENDED: &str = "what is wrong with it is not what is expected of it";

/// Takes all that may be taken, and says what that is.
pub(super) fn all(samples: &mut [Checked]) -> anyhow::Result<()> {
    // Said before anything is written, so that the differences are seen even if that fails.
    stdout::write_styled(&samples.iter().map(text::sample).collect::<String>())?;
    let mut out = String::new();
    for one in samples.iter_mut().filter(|one| !one.passed()) {
        out += &taken_or_not(one)?;
    }
    stdout::write_styled(&out)
}

/// Asks for each sample that fails.
pub(super) fn ask(samples: &mut [Checked], answers: &mut impl BufRead, out: &mut impl Write) -> anyhow::Result<()> {
    for one in samples.iter_mut() {
        write!(out, "{}", text::sample(one)).context(stdout::UNWRITABLE)?;
        if one.passed() {
            continue;
        }
        if !one.may_be_accepted() {
            write!(out, "{}", taken_or_not(one)?).context(stdout::UNWRITABLE)?;
            continue;
        }
        loop {
            write!(out, "{}: take what came out for what is expected? [t]ake, [s]kip, [q]uit: ", one.name)
                .and_then(|()| out.flush())
                .context(stdout::UNWRITABLE)?;
            let mut answer = String::new();
            let read = answers.read_line(&mut answer).context("the answer cannot be read")?;
            match answer.trim().to_lowercase().as_str() {
                "t" | "take" => write!(out, "{}", taken_or_not(one)?).context(stdout::UNWRITABLE)?,
                "s" | "skip" => {}
                "q" | "quit" => return Ok(()),
                // Nobody answers any more.
                "" if read == 0 => return Ok(()),
                _ => continue,
            }
            break;
        }
    }
    Ok(())
}

fn taken_or_not(one: &mut Checked) -> anyhow::Result<String> {
    if !one.may_be_accepted() {
        let guarded = one.failures.iter().any(Failure::guards);
        return Ok(format!("not accepted {}: {}\n", one.name, if guarded { GUARDED } else { NOT_MENDED }));
    }
    one.accept().with_context(|| format!("{}: the expectation cannot be written", one.name))?;
    let rest = if one.passed() { "" } else { "; something else is still wrong with it, see above" };
    Ok(format!("accepted {}{rest}\n", one.name))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use dehusk::pipeline::Cleaner;
    use dehusk::rules::library::Library;
    use dehusk::samples::{load, run};

    use super::*;

    fn asked(answers: &str) -> (String, Vec<bool>) {
        let folder = tempfile::tempdir().expect("a folder");
        for case in ["a", "b", "c"] {
            let case = folder.path().join("unknown").join(case);
            fs::create_dir_all(&case).expect("a folder");
            fs::write(case.join("page.txt"), "Some text.\n").expect("a file");
            fs::write(case.join("page.toml"), "").expect("a file");
        }
        let samples = load(folder.path(), &[]).expect("samples");
        let mut run = run(&Cleaner::new(Library::empty()), &samples, true);
        let mut out = Vec::new();
        ask(&mut run.samples, &mut answers.as_bytes(), &mut out).expect("asked");
        let written = |sample: &dehusk::samples::Sample| sample.folder.join("expected.md").exists();
        (String::from_utf8(out).expect("text"), samples.iter().map(written).collect())
    }

    #[test]
    fn only_what_is_taken_is_written() {
        let (out, written) = asked("what?\nt\ns\nTake\n");
        assert_eq!(written, [true, false, true]);
        assert_eq!(out.matches("[t]ake, [s]kip, [q]uit").count(), 4, "{out}");
        assert!(out.contains("accepted unknown/a"), "{out}");
        assert_eq!(asked("q\nt\nt\n").1, [false; 3]);
        assert_eq!(asked("").1, [false; 3]);
    }
}
