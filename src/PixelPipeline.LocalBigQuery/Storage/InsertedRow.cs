namespace PixelPipeline.LocalBigQuery.Storage;

/// <summary>A row that fits its table and is ready to be stored.</summary>
/// <param name="InsertId">What it is recognised by when sent again, at most 128 characters; null when the client gave none.</param>
/// <param name="Values">Its stored form: a JSON array in schema order.</param>
/// <param name="LogicalBytes">Its size as BigQuery counts it.</param>
internal readonly record struct InsertedRow(string? InsertId, string Values, int LogicalBytes);
