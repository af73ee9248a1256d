namespace PixelPipeline.Dashboard.Views;

/// <summary>What an event must have to count.</summary>
/// <param name="Dimension">A column of the schema, or <c>referrer_host</c>: 1 to 300 of <c>[A-Za-z0-9_]</c>, no digit first.</param>
/// <param name="Value">The value as text, as BigQuery casts it; null where there must be none.</param>
public sealed record Filter(string Dimension, string? Value);
