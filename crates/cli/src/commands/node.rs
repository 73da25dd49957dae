//! `rota node`

use std::net::SocketAddr;

use clap::Args;
use rota_api::{ApiError, Code, NodeEvent};
use rota_node::NodeOptions;

use crate::context::Context;
use crate::failure::Failure;
use crate::output::{Format, Output};
use crate::render;

/// Run the headless computer in the foreground until it is told to end
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The TCP port to listen on [default: the one of the last time, else any]
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    port: Option<u16>,
    /// Neither announce this computer on the network nor look for others
    #[arg(long)]
    no_discovery: bool,
    /// Serve the web page at this address
    #[arg(long, value_name = "ADDR")]
    http: Option<SocketAddr>,
}

/// Runs the command.
pub(crate) async fn run(words: Arguments, context: &Context) -> Result<(), Failure> {
    if words.http.is_some() {
        return Err(
            ApiError::new(Code::Failed, "this version serves no web page")
                .with_hint("leave --http out; the command line and the desktop app work without it")
                .into(),
        );
    }
    let options = NodeOptions {
        data_dir: context.folder()?,
        port: words.port,
        discovery: !words.no_discovery,
    };
    let output = context.output.clone();
    rota_node::run(options, move |event| tell(&event, &output)).await?;
    Ok(())
}

fn tell(event: &NodeEvent, output: &Output) {
    let told = match output.format {
        Format::Json => output.json(event),
        Format::People if output.quiet => Ok(()),
        Format::People => output.people(&lines(event)),
    };
    // A node goes on working when the one who started it no longer listens.
    if let Err(failure) = told
        && let Some(error) = failure.into_error()
    {
        tracing::warn!(%error, "an event could not be told");
    }
}

fn lines(event: &NodeEvent) -> String {
    match event {
        NodeEvent::Ready {
            computer, listen, ..
        } => {
            let name = render::text::one_line(&computer.name);
            let mut out = format!("{} {name}\n", render::styled("Ready:", render::STRONG));
            for address in listen {
                out.push_str(&format!("  {}\n", render::text::one_line(address)));
            }
            out
        }
        NodeEvent::Health { health } => render::health(health),
        NodeEvent::Stopping => format!("{}\n", render::styled("Finishing", render::STRONG)),
    }
}
