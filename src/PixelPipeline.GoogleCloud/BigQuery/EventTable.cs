using Google.Apis.Bigquery.v2.Data;

namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>A table that holds events.</summary>
/// <param name="Reference">Which one.</param>
/// <param name="HoldsAllEvents">True for the table of all events, in which each event is to be found.</param>
/// <param name="User">Whose table it is, as its suffix spells the attribute; null for a table of many users.</param>
/// <param name="Day">Of which day, UTC; null for a table of many days.</param>
/// <param name="Created">When it was made, UTC.</param>
/// <param name="Expires">When it ends as a whole, UTC; null for never.</param>
public sealed record EventTable(TableReference Reference, bool HoldsAllEvents, string? User, DateOnly? Day, DateTime Created, DateTime? Expires);
