//! HTTP.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use tokio::net::TcpListener;

use crate::batches::{Batcher, Image, PIXELS};

/// Serves until the task is aborted.
pub(crate) async fn serve(listener: TcpListener, batcher: Batcher) -> std::io::Result<()> {
    let routes = Router::new().route("/classify", post(classify)).with_state(batcher);
    axum::serve(listener, routes).await
}

async fn classify(State(batcher): State<Batcher>, body: Bytes) -> Response {
    let image: Image =
        match serde_json::from_slice::<Vec<f32>>(&body).ok().and_then(|pixels| pixels.try_into().ok()) {
            Some(image) => image,
            None => {
                let message = format!("expected a JSON array of {PIXELS} numbers, an image row by row");
                return (StatusCode::BAD_REQUEST, message).into_response();
            }
        };
    match batcher.scores(image).await {
        Some(scores) => {
            let digit = (0..10).max_by(|&a, &b| f32::total_cmp(&scores[a], &scores[b]));
            let answer = serde_json::json!({ "digit": digit, "scores": scores });
            ([(header::CONTENT_TYPE, "application/json")], answer.to_string()).into_response()
        }
        None => (StatusCode::SERVICE_UNAVAILABLE, "try again").into_response(),
    }
}
