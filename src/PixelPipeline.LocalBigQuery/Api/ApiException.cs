using Microsoft.AspNetCore.Http;

namespace PixelPipeline.LocalBigQuery.Api;

/// <summary>
/// A request that the local BigQuery refuses, with the status and the reason that BigQuery would give
/// (https://cloud.google.com/bigquery/docs/error-messages). Thrown inside a write it undoes that write.
/// </summary>
internal sealed class ApiException(int status, string reason, string message, string location = "") : Exception(message)
{
    /// <summary>The HTTP status, 400 and up.</summary>
    public int Status => status;

    /// <summary>BigQuery's word for it, <c>notFound</c> for example.</summary>
    public string Reason => reason;

    /// <summary>The field or position that it is about; empty when it is about the whole request.</summary>
    public string Location => location;

    /// <summary>400 <c>invalid</c>: the request is wrong and stays wrong.</summary>
    public static ApiException Invalid(string message, string location = "") =>
        new(StatusCodes.Status400BadRequest, "invalid", message, location);

    /// <summary>404 <c>notFound</c>, as <c>Not found: Table local:pixels.pixel</c>.</summary>
    public static ApiException NotFound(string kind, object name) =>
        new(StatusCodes.Status404NotFound, "notFound", $"Not found: {kind} {name}");

    /// <summary>409 <c>duplicate</c>, as <c>Already Exists: Table local:pixels.pixel</c>.</summary>
    public static ApiException Duplicate(string kind, object name) =>
        new(StatusCodes.Status409Conflict, "duplicate", $"Already Exists: {kind} {name}");

    /// <summary>412 <c>conditionNotMet</c>: the resource is no longer the one that <c>If-Match</c> names.</summary>
    public static ApiException ConditionNotMet() =>
        new(StatusCodes.Status412PreconditionFailed, "conditionNotMet", "Precondition Failed", "If-Match");

    /// <summary>413: more than <paramref name="limit"/> bytes after decompression.</summary>
    public static ApiException TooLarge(long limit) => new(
        StatusCodes.Status413PayloadTooLarge, "requestTooLarge", $"Request payload size exceeds the limit: {limit} bytes.");

    /// <summary>500 <c>internalError</c>: this program failed.</summary>
    public static ApiException Internal() =>
        new(StatusCodes.Status500InternalServerError, "internalError", "An internal error occurred.");

    /// <summary>503 <c>backendError</c>: nothing was done and the same request may work later.</summary>
    public static ApiException Unavailable() =>
        new(StatusCodes.Status503ServiceUnavailable, "backendError", "The service is currently unavailable. Try again.");
}
