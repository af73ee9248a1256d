namespace PixelPipeline.Dashboard.Questions;

/// <summary>The tables that questions are about, by the names that the operator gave.</summary>
/// <param name="DatasetId">Such as <c>pixels</c>.</param>
/// <param name="BaseTable">Such as <c>pixel</c>.</param>
/// <param name="AllEvents">The table that holds all events; null where only the tables for each user and day do.</param>
internal sealed record EventTables(string DatasetId, string BaseTable, string? AllEvents)
{
    private const string OnceByHitId =
        "QUALIFY ROW_NUMBER() OVER (PARTITION BY user_id, DATE(event_time), IFNULL(hit_id, event_id) ORDER BY event_time, event_id) = 1";

    /// <summary>True where events have the column <c>hit_id</c>, by which one that a browser sent twice counts once.</summary>
    public bool HasHitIds { get; init; }

    /// <summary>
    /// Writes the tables' names into a query, in place of <c>{events}</c> and <c>{rejected}</c>, and what depends on
    /// <see cref="HasHitIds"/>.
    /// </summary>
    public string NameIn(string sql) => sql
        .Replace("{hit_id}", HasHitIds ? ", hit_id" : "", StringComparison.Ordinal)
        .Replace("{once_by_hit_id}", HasHitIds ? OnceByHitId : "", StringComparison.Ordinal)
        .Replace("{events}", $"`{DatasetId}.{AllEvents ?? $"{BaseTable}_*"}`", StringComparison.Ordinal)
        .Replace("{rejected}", $"`{DatasetId}.rejected_{BaseTable}`", StringComparison.Ordinal);
}
