//! x
use crate::page::InputFormat;
pub(super) struct Root {
    pub(super) body: Vec<u8>,
    pub(super) url: Option<String>,
    pub(super) charset: Option<String>,
    pub(super) format: Option<InputFormat>,
}
pub(super) fn root(_: &[u8]) -> Result<Root, String> {
    Err("soon".into())
}
