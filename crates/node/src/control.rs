//! The local channel to the owner of a data folder: one JSON request a line, answers and events as lines.

mod client;
mod lines;
mod place;
mod server;
mod windows;

pub(crate) use client::{RemoteEvents, RemoteNode, Unreached, gone};
pub(crate) use place::socket_path;
pub(crate) use server::{Listening, serve};
pub(crate) use windows::Windows;
