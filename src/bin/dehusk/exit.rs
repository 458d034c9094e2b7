//! What the exit status says.

use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExitStatus {
    /// All is well.
    Success,
    /// Done, but something needs attention: a page could not be cleaned, a sample failed, lint found something.
    Attention,
    /// Nothing was done: the arguments or a rule file are wrong, or there was nowhere to write.
    CouldNotRun,
}

impl ExitStatus {
    /// `Success` if so, else `Attention`.
    pub(crate) fn fine_if(fine: bool) -> Self {
        if fine { Self::Success } else { Self::Attention }
    }
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        Self::from(match status {
            ExitStatus::Success => 0,
            ExitStatus::Attention => 1,
            ExitStatus::CouldNotRun => 2,
        })
    }
}
