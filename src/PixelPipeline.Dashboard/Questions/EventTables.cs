namespace PixelPipeline.Dashboard.Questions;

/// <summary>The tables that questions are about, by the names that the operator gave.</summary>
/// <param name="DatasetId">Such as <c>pixels</c>.</param>
/// <param name="BaseTable">Such as <c>pixel</c>.</param>
/// <param name="Partitioned">True where the base table holds all events; else each user and day has a table.</param>
internal sealed record EventTables(string DatasetId, string BaseTable, bool Partitioned)
{
    /// <summary>Writes the tables' names into a query, in place of <c>{events}</c> and <c>{rejected}</c>.</summary>
    public string NameIn(string sql) => sql
        .Replace("{events}", $"`{DatasetId}.{BaseTable}{(Partitioned ? "" : "_*")}`", StringComparison.Ordinal)
        .Replace("{rejected}", $"`{DatasetId}.rejected_{BaseTable}`", StringComparison.Ordinal);
}
