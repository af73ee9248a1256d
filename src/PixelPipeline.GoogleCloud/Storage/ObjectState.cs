namespace PixelPipeline.GoogleCloud.Storage;

/// <summary>An object of Cloud Storage at one moment.</summary>
/// <param name="Generation">Another one than before where the object was replaced.</param>
/// <param name="ContentType">Such as <c>application/json</c>; null where it has none.</param>
/// <param name="ContentEncoding">Such as <c>gzip</c>; null where it has none.</param>
/// <seealso href="https://cloud.google.com/storage/docs/json_api/v1/objects"/>
public sealed record ObjectState(long Generation, string? ContentType, string? ContentEncoding);
