//! x
use super::*;
pub(super) fn open(_: String, _: Bytes, _: &Options) -> Entries {
    Box::new(std::iter::empty())
}
