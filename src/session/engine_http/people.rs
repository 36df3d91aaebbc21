//! Names of many customers, by byte ranges of the snapshot's file.

use std::ops::Range;

use engine::{EngineError, PeopleIndex};
use snapshot::people::Block;

use super::HttpEngine;

impl HttpEngine {
    /// Looks for the blocks of names, as [`PeopleIndex::open`] does.
    ///
    /// # Errors
    /// As [`PeopleIndex::open`].
    pub async fn people(&self) -> Result<PeopleIndex, EngineError> {
        PeopleIndex::open(self, &self.meta).await
    }

    /// Reads blocks of names, as [`PeopleIndex::read`] does, a second time if they are damaged.
    ///
    /// # Errors
    /// As [`PeopleIndex::read`].
    pub async fn load_people(
        &self,
        index: &PeopleIndex,
        blocks: Range<u32>,
    ) -> Result<Vec<(u32, Block)>, EngineError> {
        match index.read(self, blocks.clone()).await {
            Err(EngineError::Damaged(_)) => {
                self.again().connection.lock().await.take();
                index.read(self, blocks).await
            }
            first => first,
        }
    }
}
