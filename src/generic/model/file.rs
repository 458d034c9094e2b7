//! Reads model files: JSON, as `training/` writes it.

use serde::Deserialize;

use super::{DEEPEST, LEAVES, Model, Split, Tree};
use crate::generic::features::Feature;

/// The version of the format that is read.
const VERSION: u32 = 1;

/// A model file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    input: Input,
    /// What it was trained on, and when: for people.
    #[serde(rename = "about")]
    _about: String,
    bias: f32,
    /// What the numbers of leaves are multiplied by.
    scale: f32,
    /// The names of the features that splits number.
    features: Vec<String>,
    trees: Vec<WrittenTree>,
    calibration: Vec<[f32; 2]>,
}

/// What kind of page it is for.
#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Input {
    Html,
    Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTree {
    splits: Vec<(usize, f32)>,
    leaves: Vec<i16>,
}

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// It is not JSON, or not of that shape.
    #[error("not a model file: {0}; models are written by training/train.py")]
    Shape(#[from] serde_json::Error),
    /// It is of another version.
    #[error("the model is of version {found}, and this program reads version {VERSION}: train it anew")]
    Version {
        /// That version.
        found: u32,
    },
    /// It asks for what is not measured.
    #[error("the model asks for a feature `{name}`, which this program does not know: train it anew")]
    Feature {
        /// The name of the feature.
        name: String,
    },
    /// The numbers of splits and leaves do not go together.
    #[error("tree {tree} of the model is broken: it has {splits} splits, at most {DEEPEST}, and {leaves} leaves")]
    Tree {
        /// The number of the tree, from 0.
        tree: usize,
        /// How many splits it has.
        splits: usize,
        /// How many leaves.
        leaves: usize,
    },
}

impl Model {
    /// Reads a model file.
    pub fn parse(text: &str) -> Result<Self, ModelError> {
        let file: File = serde_json::from_str(text)?;
        if file.version != VERSION {
            return Err(ModelError::Version { found: file.version });
        }
        let known = |name: &String| Feature::ALL.iter().copied().find(|feature| feature.name() == *name);
        let features: Vec<Feature> = file
            .features
            .iter()
            .map(|name| known(name).ok_or_else(|| ModelError::Feature { name: name.clone() }))
            .collect::<Result<_, _>>()?;
        let trees = file.trees.iter().enumerate().map(|(number, tree)| {
            let (splits, leaves) = (tree.splits.len(), tree.leaves.len());
            let broken = || ModelError::Tree { tree: number, splits, leaves };
            if splits > DEEPEST || leaves != 1 << splits {
                return Err(broken());
            }
            let split = |(feature, border): &(usize, f32)| {
                features.get(*feature).map(|feature| Split { feature: *feature, border: *border }).ok_or_else(broken)
            };
            let mut numbers = [0.0; LEAVES];
            for (number, leaf) in numbers.iter_mut().zip(&tree.leaves) {
                *number = f32::from(*leaf) * file.scale;
            }
            Ok(Tree { splits: tree.splits.iter().map(split).collect::<Result<_, _>>()?, leaves: numbers })
        });
        Ok(Self {
            is_of_html: file.input == Input::Html,
            trees: trees.collect::<Result<_, _>>()?,
            bias: file.bias,
            calibration: file.calibration,
        })
    }

    /// A model that is a part of the program. A test reads them all; were one broken, it would know nothing.
    pub(super) fn built_in(text: &str) -> Self {
        Self::parse(text).unwrap_or(Self { is_of_html: true, trees: Vec::new(), bias: 0.0, calibration: Vec::new() })
    }
}
