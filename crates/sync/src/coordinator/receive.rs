//! Messages as they come in. What is wrong with one ends the session; what is of no common space is passed over.

use rota_model::{
    id::AuthorKey,
    limits::{BATCHES_UNDER_WAY_MAX_COUNT, FRAME_MAX_BYTES, FRONTIER_MAX_HEADS},
};

use super::Coordinator;
use crate::{
    cbor::WireError,
    input::AcceptId,
    message::{HeadsUpdate, Message, OpsBatch, PartOfFrontier},
    output::{DropReason, Output},
};

impl Coordinator {
    pub(super) fn receive(&mut self, peer: AuthorKey, bytes: &[u8]) {
        let Some(session) = self.sessions.get(&peer) else {
            return;
        };
        if bytes.len() > FRAME_MAX_BYTES {
            self.drop_peer(peer, WireError::OverLimit("frame").into());
            return;
        }
        let open = session.open.is_some();
        match (Message::decode(bytes), open) {
            (Err(error), _) => self.drop_peer(peer, error.into()),
            (Ok(Message::Bye { code, text }), _) => {
                self.drop_peer(peer, DropReason::Bye { code, text })
            }
            (Ok(Message::Hello(hello)), false) => self.on_hello(peer, hello),
            (Ok(Message::Hello(_)), true) | (Ok(_), false) => {
                self.drop_peer(peer, DropReason::Order)
            }
            (Ok(message), true) => self.on_message(peer, message),
        }
    }

    fn on_message(&mut self, peer: AuthorKey, message: Message) {
        match message {
            Message::Announce(summaries) => self.on_announce(peer, summaries),
            Message::Frontier(part) => self.on_part_of_frontier(peer, &part),
            Message::Heads(update) => self.on_heads(peer, &update),
            Message::Pull { number, changed } => self.on_pull(peer, number, &changed),
            Message::PullStop { space, number } => self.on_pull_stop(peer, space, number),
            Message::Ops(batch) => self.on_ops(peer, batch),
            Message::PullEnd { space, number } => self.on_pull_end(peer, space, number),
            Message::Ack { batch, heads } => self.on_ack(peer, batch, &heads),
            Message::Links { space, members } => self.on_links(peer, space, members),
            Message::Removed { space } => {
                // Only a member can know, and only of a space that is here.
                if self.shared(peer, space).is_some() {
                    self.outputs.push_back(Output::RemovedHere { peer, space });
                }
            }
            Message::Again {
                space,
                number,
                chain,
                from,
            } => self.on_again(peer, space, number, chain, from),
            Message::Presence { space, presence } => self.on_presence(peer, space, presence),
            // Hello and Bye were taken out before.
            Message::Hello(_) | Message::Bye { .. } | Message::Unknown(_) => {}
        }
    }

    fn on_part_of_frontier(&mut self, peer: AuthorKey, part: &PartOfFrontier) {
        let Some(shared) = self.shared(peer, part.space) else {
            return;
        };
        match shared
            .known
            .collect(part.first, part.last, &part.heads, FRONTIER_MAX_HEADS)
        {
            Err(()) => self.drop_peer(peer, DropReason::TooManyHeads),
            Ok(Some(frontier)) => self.on_frontier(peer, part.space, frontier),
            Ok(None) => {}
        }
    }

    fn on_heads(&mut self, peer: AuthorKey, update: &HeadsUpdate) {
        let Some(shared) = self.shared(peer, update.space) else {
            return;
        };
        shared.known.set_chains(&update.heads);
        if shared
            .known
            .told()
            .is_some_and(|told| told.len() > FRONTIER_MAX_HEADS)
        {
            self.drop_peer(peer, DropReason::TooManyHeads);
            return;
        }
        self.note_lacking(peer, update.space, &update.heads, false);
        self.choose_pull(update.space);
    }

    fn on_ops(&mut self, peer: AuthorKey, batch: OpsBatch) {
        let space = batch.space;
        let Some(session) = self.sessions.get_mut(&peer) else {
            return;
        };
        let Some(shared) = session.shared.get_mut(&space) else {
            // It counts no more here and may not know: its batch must not stay under way for ever.
            let heads = HeadsUpdate {
                space,
                heads: Vec::new(),
            };
            self.send(
                peer,
                &Message::Ack {
                    batch: batch.batch,
                    heads,
                },
            );
            return;
        };
        session.accepting += 1;
        if session.accepting > BATCHES_UNDER_WAY_MAX_COUNT {
            self.drop_peer(peer, DropReason::TooManyBatches);
            return;
        }
        batch.ops.iter().for_each(|op| shared.known.gave(op));
        self.pull_moves(peer, space);
        let id = AcceptId(self.next_number());
        self.accept(id, peer, batch);
    }
}
