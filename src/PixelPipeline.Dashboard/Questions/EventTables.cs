namespace PixelPipeline.Dashboard.Questions;

/// <summary>The tables that questions are about, by the names that the operator gave.</summary>
/// <param name="DatasetId">Such as <c>pixels</c>.</param>
/// <param name="BaseTable">Such as <c>pixel</c>.</param>
/// <param name="Partitioned">True where the base table holds all events; else each user and day has a table.</param>
internal sealed record EventTables(string DatasetId, string BaseTable, bool Partitioned)
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
        .Replace("{events}", $"`{DatasetId}.{BaseTable}{(Partitioned ? "" : "_*")}`", StringComparison.Ordinal)
        .Replace("{rejected}", $"`{DatasetId}.rejected_{BaseTable}`", StringComparison.Ordinal);
}
