//! Reads HTML.
use ego_tree::NodeId;
/// The tree.
#[derive(Debug)]
pub struct Tree {}
impl Tree {
    /// Path.
    pub fn path(&self, _node: NodeId) -> String {
        String::new()
    }
}
